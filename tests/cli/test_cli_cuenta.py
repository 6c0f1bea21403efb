"""``cuenta``, as somebody at the terminal uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner

from indexer.cli import cli
from indexer.operations import accounts
from tests.corpora import CorpusMaker

PASSWORD = "cuatro palabras bien largas\n"


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CorpusMaker:
    """An event; passwords cost next to nothing here."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    made = CorpusMaker(tmp_path)
    made.event()
    return made


def test_accounts_are_made_changed_and_listed_with_what_they_may_do(maker: CorpusMaker) -> None:
    def run(*words: str, given: str = "", code: int = 0) -> str:
        done = CliRunner().invoke(cli, ["cuenta", *words, f"--corpus={maker.corpus}"], input=given)
        assert done.exit_code == code, done.output
        return done.output or str(done.exception)  # which ``console.run`` tells a person

    assert "sin --papel editor" in run("ana", "--papel", "editor", "--clave-por-entrada", given=PASSWORD, code=1)
    run("ana", "--clave-por-entrada", given=PASSWORD)
    link = re.search(r"llave=([\w-]+)", run("luis", "--papel=editor", "--eventos=foro", "--enlace"))
    assert link
    run("--canjear", given=f'{{"enlace": "{link[1]}", "clave": "{PASSWORD.strip()}"}}')
    run("luis", "--papel=responsable")
    run("eva", "--clave-por-entrada", given=PASSWORD)  # not the first: an editor, unless told
    run("eva", "--desactivar")
    told = "ana · responsable\neva · editor · desactivada\nluis · responsable de foro\n"
    assert run("--lista") == told
    assert "último responsable" in run("ana", "--eventos=foro", code=1)
    assert "No hay una cuenta «rosa»" in run("rosa", "--cerrar-sesiones", code=1)
    run("luis", "--eventos=")
    assert run("--lista") == told.replace("responsable de foro", "responsable")
