"""The wheel: what it holds, and the command ``consta`` run from what it holds, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from indexer.cli import cli as staff
from search_app.__main__ import cli as readers
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

HERE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel unpacks."""
    built, unpacked = tmp_path_factory.mktemp("rueda"), tmp_path_factory.mktemp("instalado")
    line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(line, cwd=HERE, check=True, capture_output=True, timeout=PATIENCE_S)
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(unpacked)
    return unpacked


def consta(installed: Path, cwd: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from search_app.command import main; main()", *arguments],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE_S,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), **environment},
    )  # fmt: skip


def test_the_wheel_holds_every_file_of_both_programs(installed: Path) -> None:
    def files(root: Path) -> set[str]:
        found = (path for program in ("indexer", "search_app") for path in (root / program).rglob("*"))
        return {str(path.relative_to(root)) for path in found if path.is_file() and path.suffix != ".pyc"}

    assert files(installed) == files(HERE)


def test_one_command_has_the_orders_of_both_programs(installed: Path, tmp_path: Path) -> None:
    told = consta(installed, tmp_path, "--help").stdout
    listed = [
        line.split()[0]
        for line in told.partition("Órdenes:")[2].splitlines()
        if line.startswith("  ") and line[2] != " "
    ]
    assert listed == [*readers.commands, *staff.list_commands(None)]  # type: ignore[arg-type]
    wrong = consta(installed, tmp_path, "buscra", "x")
    assert wrong.returncode == 2
    assert "No existe la orden «buscra»" in wrong.stderr


def test_without_home_or_locale_a_corpus_is_built_and_searched(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    made = consta(installed, tmp_path, "nuevo", "foro", "--titulo", "Foro", "--fecha", "2025-12-04", **ascii_only)
    assert made.returncode == 0, made.stderr
    assert "consta actualizar" in made.stdout
    assert "python -m" not in made.stdout
    (tmp_path / "corpus/foro/anuncio.txt").write_text("Se hablará de los cómputos distritales.", encoding="utf-8")
    assert consta(installed, tmp_path, "actualizar", **ascii_only).returncode == 0
    found = consta(installed, tmp_path, "buscar", "cómputos", **ascii_only)
    assert "1 fragmento" in found.stdout, found.stderr


def test_a_cure_names_the_command_that_is_installed(installed: Path, tmp_path: Path) -> None:
    refused = consta(installed, tmp_path, "buscar", "cómputos", HOME=str(tmp_path))
    assert refused.returncode == 1
    assert "consta actualizar" in refused.stderr
    assert "python -m" not in refused.stderr
