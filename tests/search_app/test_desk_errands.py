"""Errands: on the disk before they are acknowledged, done once, also when the server dies."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search_app.desk import Desk, Order
from search_app.desk.commands import CommandFailed, Commands
from search_app.desk.errands import KEPT_DAYS, Errands
from tests.search_app.desk_office import NAME, PASSWORD, ROOT, furnish, panel, token


def test_an_errand_is_on_the_disk_as_a_whole(tmp_path: Path) -> None:
    errands = Errands(tmp_path)
    errand = errands.put(errands.new("ana", "10.0.0.7", title="Agregar"), b"hola", ".txt")
    assert Errands(tmp_path).get(errand.id) == errand
    assert errands.path(errand).read_bytes() == b"hola"
    assert errand.file == "texto.txt"
    assert errands.path(errand).stat().st_mode & 0o077 == 0
    assert errand.origin == f"web 10.0.0.7, encargo {errand.id}"
    assert [one.id for one in errands.all()] == [errand.id]


@pytest.mark.parametrize(
    "name", ["../x", "", ".", "20250101000000_zzzzzzzzzzzz", "20250101000000_0123456789ab/..", "\0"]
)
def test_only_an_id_is_an_id(tmp_path: Path, name: str) -> None:
    errands = Errands(tmp_path)
    assert errands.get(name) is None
    errands.drop(name)
    assert tmp_path.is_dir()


@pytest.mark.parametrize("suffix", ["", ".", "./../x", ".tar/x", ".VTT", ".a b"])
def test_an_odd_suffix_becomes_none(tmp_path: Path, suffix: str) -> None:
    errands = Errands(tmp_path)
    assert errands.put(errands.new("ana", "?"), b"x", suffix).file == "texto"


def test_what_is_done_keeps_no_text(tmp_path: Path) -> None:
    errands = Errands(tmp_path)
    orders = (Order("corregir", given={"secreto": "zafiro"}),)
    errand = errands.put(
        errands.new("ana", "?", orders=orders, typed={"t": "zafiro"}, examined={"t": "zafiro"}), b"zafiro"
    )
    done = errands.finish(errand.id, {"paso": 3, "fragmentos": 2, "texto": "zafiro"})
    assert done is not None
    assert done.answer == {"paso": 3, "fragmentos": 2}
    assert not any(b"zafiro" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_old_errands_and_half_made_ones_go_and_what_waits_stays(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    errands = Errands(tmp_path, now=lambda: now[0])
    draft, waits = errands.put(errands.new("a", "?"), b"x"), errands.put(errands.new("a", "?", state="espera"))
    half = errands.root / ".nuevo-abc"
    half.mkdir()
    os.utime(half, (now[0], now[0]))
    now[0] += KEPT_DAYS * 86_400 + 1
    errands.sweep()
    assert errands.get(draft.id) is None
    assert errands.get(waits.id) is not None
    assert not half.exists()


def test_a_withdrawal_leaves_no_draft_of_its_page(tmp_path: Path) -> None:
    errands = Errands(tmp_path)
    draft = errands.put(errands.new("a", "?", page="foro/mesa-1"), b"zafiro")
    other = errands.put(errands.new("a", "?", page="foro/mesa-2"), b"x")
    errands.forget("foro/mesa-1")
    assert [one.id for one in errands.all()] == [other.id]
    assert errands.get(draft.id) is None


def test_a_command_that_fails_says_why_in_one_sentence(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "corpus", tmp_path / "indice")
    with pytest.raises(CommandFailed, match="no existe"):
        commands.ask("historial", "--no-es-una-opcion/x")
    with pytest.raises(CommandFailed, match=r"No existe la orden .*\.$"):
        commands.ask("no-hay")
    (tmp_path / "corpus").mkdir()
    with pytest.raises(CommandFailed, match="no terminó en 0 segundos"):
        commands.ask("historial", timeout_s=0.01)
    with pytest.raises(CommandFailed, match="no pudo iniciar"):
        commands.ask("historial", "a\0b")
    assert commands.ask("historial") == {"pasos": []}


def test_what_was_taken_and_not_noted_is_not_taken_again(tmp_path: Path) -> None:
    """The server died after the command and before it wrote that down."""
    maker = furnish(tmp_path, minutes=1)
    desk = Desk(maker.corpus, maker.settings.index)
    options: dict[str, str | bool] = {"mesa": "foro/mesa-2", "tipo": "transcripcion"}
    orders = (Order("agregar", (), options, with_file=True),)
    errand = desk.errands.put(desk.errands.new(NAME, "10.0.0.7", orders=orders, page="foro/mesa-2"), b"hola\n", ".txt")
    taken = {**options, "autor": NAME, "desde": errand.origin}
    desk.commands.ask("agregar", str(desk.errands.path(errand)), options=taken)
    desk.errands.change(errand.id, state="en_curso", runs=1)
    desk.start()
    done = desk.worker.wait(errand.id, 60)
    desk.stop()
    assert done is not None
    assert (done.state, done.error) == ("hecho", "")
    assert len(desk.commands.ask("historial")["pasos"]) == 1


@contextlib.contextmanager
def server(root: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The real one, in a process of its own."""
    line = [sys.executable, "-m", "search_app", "servir", "--puerto", str(port)]
    line += [f"--corpus={root / 'corpus'}", f"--indice={root / 'indice'}"]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/salud", timeout=2).read()
                break
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait(10)


class Browser:
    """As much of one as signing in and sending forms needs."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, address: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Where one ends, and what is there."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            with self._opener.open(address if address.startswith("http") else self._base + address, data, 60) as answer:
                return answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.url, error.read().decode()

    def enter(self) -> None:
        """Sign in."""
        _, page = self.open("/entrar")
        self.open("/entrar", {"token": token(page), "nombre": NAME, "clave": PASSWORD})

    def publish(self, word: str) -> str:
        """Paste and publish; the address of the errand."""
        _, form = self.open("/acervo/agregar")
        place = {"titulo_mesa": f"Mesa {word}", "evento": "foro", "texto": panel(1, word)}
        address, page = self.open("/acervo/agregar", {"token": token(form), **place})
        return self.open(address, {"token": token(page), "accion": "publicar"})[0]


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_was_acknowledged_is_there_when_the_server_is_killed(tmp_path: Path) -> None:
    maker = furnish(tmp_path, minutes=1)
    port = free_port()
    words = ["abeto", "olmo", "tejo"]
    sent: dict[str, str] = {}
    for number, word in enumerate(words):
        with server(tmp_path, port) as process:
            browser = Browser(port)
            browser.enter()
            sent[word] = browser.publish(word)  # acknowledged as received, and at work
            time.sleep(0.4 * number)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    with server(tmp_path, port):
        browser = Browser(port)
        browser.enter()
        for word, address in sent.items():
            for _ in range(300):
                if re.search("<h1>(Publicado|No se pudo)", page := browser.open(address)[1]):
                    break
                time.sleep(0.2)
            assert "<h1>Publicado</h1>" in page, word
            found: dict[str, Any] = json.loads(browser.open(f"/api/buscar?q={word}")[1])
            assert found["total"] > 0
    steps = [step["pagina"] for step in Desk(maker.corpus, maker.settings.index).commands.ask("historial")["pasos"]]
    assert sorted(steps) == sorted(f"foro/mesa-{word}" for word in words)
    assert not list((maker.corpus / "_recibidos").glob("*/texto*"))
