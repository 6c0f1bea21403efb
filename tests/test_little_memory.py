"""Where the memory does not suffice, a sentence says so: no crash, no trace, no word of a fault of the program."""

from __future__ import annotations

import errno
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import HashingError, VerificationError
from click.testing import CliRunner

from indexer import pipeline
from indexer.cli import cli
from indexer.console import _guarded
from indexer.errors import CorpusError, TooLittleMemory, memory_errors
from indexer.history import Journal
from indexer.operations.accounts import Accounts
from tests.corpora import CorpusMaker

ROOT = Path(__file__).parents[1]
SAID = "No alcanzó la memoria."


def caused(error: Exception) -> Exception:
    """An error of a library that met the lack of memory."""
    error.__cause__ = MemoryError()
    return error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        ImportError("libopenblas.so: failed to map segment from shared object"),
        caused(SystemError("error return without exception set")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_lack_of_memory_is_told_however_it_is_put(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    def call() -> None:
        raise error

    assert _guarded(call) == 1
    assert capsys.readouterr().err.startswith(f"Error: {SAID}")


@pytest.mark.parametrize(
    "error", [RuntimeError("otra cosa"), OSError(errno.EIO, "no"), caused(CorpusError("ya dicho"))]
)
def test_other_errors_stay_what_they_are(error: Exception) -> None:
    with pytest.raises(type(error), match=str(error.args[-1])) as raised, memory_errors():
        raise error
    assert not isinstance(raised.value, TooLittleMemory)


def test_a_build_with_too_little_memory_ends_with_that_sentence(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt="ANA: Hola a todas.\n")
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "actualizar", f"--corpus={maker.corpus}", f"--indice={maker.settings.index}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (140 << 20, 140 << 20)),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {SAID}")
    assert done.stderr.count("\n") == 1


def test_a_step_that_could_not_be_published_says_that_it_was_taken(
    maker: CorpusMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker.event()
    maker.mesa()
    maker.update()
    text = tmp_path / "texto.txt"
    text.write_text("ANA: Hola a todas.\n", encoding="utf-8")

    def short(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pipeline, "update_in_turn", short)
    line = ["agregar", str(text), "--mesa=foro/mesa-1", "--json", f"--corpus={maker.corpus}"]
    done = CliRunner().invoke(cli, [*line, f"--indice={maker.settings.index}"])
    assert str(done.exception).startswith(SAID)
    assert "ya está en el acervo, pero sin publicar" in str(done.exception)
    assert len(Journal(maker.corpus).read()[0]) == 1


def test_a_password_that_could_not_be_hashed_is_no_wrong_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = Accounts(tmp_path)
    accounts.put("ana", "cuatro palabras bien largas")

    def no_memory(kind: type[Exception], words: str) -> object:
        def refuse(*_: object) -> None:
            raise kind(words)

        return refuse

    for words in ("Memory allocation error", "Threading failure"):
        monkeypatch.setattr(PasswordHasher, "verify", no_memory(VerificationError, words))
        monkeypatch.setattr(PasswordHasher, "hash", no_memory(HashingError, words))
        with pytest.raises(MemoryError):
            accounts.check("ana", "cuatro palabras bien largas")
        with pytest.raises(MemoryError):
            accounts.put("eva", "otras palabras bien largas")
