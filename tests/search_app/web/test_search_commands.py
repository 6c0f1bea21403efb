"""``python -m search_app`` over a real index: asking from a terminal, serving, saying what is wrong."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.finding.json_results import COLUMNS
from tests.corpora import CorpusMaker
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

HERE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published index of one mesa."""
    maker = CorpusMaker(tmp_path_factory.mktemp("ordenes"))
    maker.event(title="Foro de órdenes")
    maker.mesa(
        title="Herramientas",
        extra='numero = 5\nfecha = 2025-12-05\nvideo = "https://youtu.be/abc"\n',
        transcripcion_srt="1\n00:00:12,000 --> 00:00:20,000\nLa capacitación empezó antes que el PREP.\n",
    )
    maker.update()
    return maker.settings.index


def ask(*arguments: str, index: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "search_app", *arguments, "--indice", str(index)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=PATIENCE_S, env=environment)


def test_a_terminal_reads_where_it_was_said(index: Path) -> None:
    done = ask("buscar", "capacitacion", index=index)
    assert done.returncode == 0, done.stderr
    assert "1 fragmento" in done.stdout
    assert "Mesa 5. Herramientas · 5 de diciembre de 2025 · Transcripción · 0:12" in done.stdout
    assert "/foro/mesa-1/p1" in done.stdout


def test_json_is_that_of_the_api(index: Path) -> None:
    data = json.loads(ask("buscar", "capacitación", "--formato", "json", index=index).stdout)
    assert data["total"] == 1
    assert data["resultados"][0]["url"] == "/foro/mesa-1/#p1"
    assert data["resultados"][0]["video"] == "https://youtu.be/abc?t=12"


def test_csv_has_one_row_a_result(index: Path) -> None:
    told = ask("buscar", "capacitación", "--formato", "csv", "--sep", "punto y coma", index=index).stdout
    [row] = csv.DictReader(io.StringIO(told), delimiter=";")
    assert (row["id"], row["inicio_s"], row["ficticio"]) == ("foro/mesa-1#p1", "12.0", "no")


def test_csv_of_nothing_has_its_header_all_the_same(index: Path) -> None:
    done = ask("buscar", "inexistente", "--formato", "csv", index=index)
    assert done.returncode == 0
    assert csv.DictReader(io.StringIO(done.stdout)).fieldnames == list(COLUMNS)


@pytest.mark.parametrize(
    ("order", "why"),
    [(["x" * 1001], "1,000 caracteres"), (["x", "--pagina", "0"], "«pagina»"), (["x", "--por-pagina", "101"], "100"),
     (["x", "--sep", "raya"], "tabulador")],
)  # fmt: skip
def test_a_search_that_is_refused_is_wrong_usage_and_says_why(index: Path, order: list[str], why: str) -> None:
    done = ask("buscar", *order, index=index)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("order", [["servir", "--puerto", "0"], ["buscar", "PREP"]])
def test_without_an_index_the_cure_is_said(tmp_path: Path, order: list[str]) -> None:
    done = ask(*order, index=tmp_path / "nada")
    assert done.returncode == 1
    assert "python -m indexer actualizar" in done.stderr
    assert "Traceback" not in done.stderr


@contextlib.contextmanager
def serving(index: Path, *more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port, told to end by SIGTERM."""
    command = [sys.executable, "-m", "search_app", "servir", "--indice", str(index), "--puerto", "0", *more]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    # Without a terminal, as a service: in one, SIGHUP says that it was closed.
    with subprocess.Popen(
        command, cwd=HERE, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None
            yield address[0].rstrip("/"), process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)


def test_a_server_answers_refuses_and_ends_when_told(index: Path) -> None:
    corpus = str(index.parent / "corpus")
    with serving(index, "--corpus", corpus) as (base, process):
        assert process.stdout is not None
        assert f"python -m indexer cuenta NOMBRE --corpus {corpus}" in process.stdout.readline()
        health = json.load(urllib.request.urlopen(base + "/salud", timeout=PATIENCE_S))
        assert health["estado"] == "ok"
        assert "/spacy/" not in Path(f"/proc/{process.pid}/maps").read_text()

        with pytest.raises(urllib.error.HTTPError) as long:
            urllib.request.urlopen(base + "/api/buscar?q=" + "x" * 1_000_000, timeout=PATIENCE_S)
        assert long.value.code == 400
        long.value.close()

        host, port = base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as raw:
            raw.sendall(b"NADA\r\n\r\n")
            assert raw.recv(4096).split(b"\r\n")[1].startswith(b"Content-Security-Policy: default-src 'none'")

        process.send_signal(signal.SIGHUP)
        with urllib.request.urlopen(base + "/", timeout=PATIENCE_S) as answer:
            assert next(iter(answer.headers)) == "Content-Security-Policy"

        taken = ask("servir", "--puerto", port, index=index)
        assert taken.returncode == 1
        assert "--puerto" in taken.stderr
        assert "Traceback" not in taken.stderr
    assert process.returncode == 0
