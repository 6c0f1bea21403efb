"""What the system refuses is told apart, each with its cure: locks, permission, a disk to read only, no index."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import cli as indexer_cli
from indexer.engines import open_index
from indexer.errors import ConstaError, IndexMissing
from indexer.file_lock import LocksRefused, locked
from search_app.__main__ import cli as search_cli
from search_app.desk.jobs.commands import Commands
from search_app.desk.jobs.job_store import JobStore
from search_app.desk.jobs.worker import Worker
from tests.corpora import CorpusMaker
from tests.waiting import until


@pytest.fixture
def published(maker: CorpusMaker) -> CorpusMaker:
    """One event."""
    maker.event(anuncio_txt="Las casillas abren a las ocho.")
    maker.update()
    return maker


def refuse_lock(*_: object) -> None:
    """What ``flock`` does on NFS without lockd."""
    raise OSError(errno.ENOLCK, "No locks available")


@pytest.fixture
def no_locks(published: CorpusMaker, monkeypatch: pytest.MonkeyPatch) -> CorpusMaker:
    """The same on a file system that gives no locks."""
    monkeypatch.setattr(fcntl, "flock", refuse_lock)
    return published


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    """Opening a file of this name fails, as it does for a user who is not root."""
    really = os.open

    def opened(path: str | Path, *more: int, **options: int) -> int:
        if os.fspath(path).endswith(name):
            raise OSError(code, os.strerror(code), os.fspath(path))
        return really(path, *more, **options)

    monkeypatch.setattr(os, "open", opened)


def told(program: object, *words: str) -> str:
    """What a command says that is refused."""
    done = CliRunner().invoke(program, words, standalone_mode=False)  # type: ignore[arg-type]
    assert isinstance(done.exception, ConstaError), done.output
    return str(done.exception)


def test_a_lock_is_held_by_one_or_shared_by_many(tmp_path: Path) -> None:
    held = locked(tmp_path / "bloqueo")
    assert held is not None
    assert locked(tmp_path / "bloqueo") is None
    assert locked(tmp_path / "bloqueo", shared=True) is None
    os.close(held)
    shared = [locked(tmp_path / "bloqueo", shared=True) for _ in range(2)]
    assert None not in shared
    assert locked(tmp_path / "bloqueo", wait_s=0.05) is None


def test_locks_that_the_file_system_refuses_are_told_wherever_one_is_taken(no_locks: CorpusMaker) -> None:
    """Commands that write, commands that search, the server."""
    places = (f"--corpus={no_locks.corpus}", f"--indice={no_locks.settings.index}")
    said = [
        told(indexer_cli, "actualizar", *places),
        told(indexer_cli, "nuevo", "foro-2", "--titulo=Foro", "--fecha=2025-12-04", *places),
        told(search_cli, "buscar", "casillas", places[1]),
        told(search_cli, "servir", places[1]),
    ]
    for one in said:
        assert "no da bloqueos" in one
        assert "monte la compartida con bloqueos (NFS 4" in one
    assert "actualizar" not in "".join(said), "building the index again does not help"


def test_the_desk_says_that_locks_are_refused(published: CorpusMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = JobStore(published.corpus)
    jobs.put(jobs.new("Ana", "10.0.0.7", state="espera"))
    worker = Worker(jobs, Commands(published.corpus, published.settings.index))
    monkeypatch.setattr(fcntl, "flock", refuse_lock)
    worker.start()
    try:
        assert "no da bloqueos" in until(lambda: worker.trouble("x"))
    finally:
        worker.stop()


@pytest.mark.parametrize(
    ("code", "why", "cure"),
    [(errno.EACCES, "permiso denegado", "chown"), (errno.EROFS, "solo lectura", "monte ese disco con escritura")],
)
def test_what_may_not_be_written_is_told_with_its_cure(
    published: CorpusMaker, monkeypatch: pytest.MonkeyPatch, code: int, why: str, cure: str
) -> None:
    """The lock of the index, that of the corpus, a file of the next generation."""
    places = (f"--corpus={published.corpus}", f"--indice={published.settings.index}")
    refuse_to_open(monkeypatch, "bloqueo", code)
    for words in (("actualizar",), ("nuevo", "foro-2", "--titulo=Foro", "--fecha=2025-12-04")):
        said = told(indexer_cli, *words, *places)
        assert why in said
        assert cure in said


@pytest.mark.parametrize("name", ["uso", "manifest.json", "catalogo.json"])
def test_an_index_of_another_user_is_neither_missing_nor_damaged(
    published: CorpusMaker, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    real = Path.read_bytes
    refuse_to_open(monkeypatch, name, errno.EACCES)

    def read(path: Path) -> bytes:
        os.close(os.open(path, os.O_RDONLY))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr("indexer.generations.manifest.sha256_of", lambda path: read(Path(path)) and "")
    with pytest.raises(ConstaError, match=r"permiso denegado\): dé permiso sobre esa carpeta") as found:
        open_index(published.settings.index)
    assert type(found.value) is ConstaError


def test_a_folder_that_may_not_be_opened_is_not_called_empty(
    published: CorpusMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "readlink", refuse)
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ConstaError, match="No se puede leer el índice"):
        open_index(published.settings.index)
    monkeypatch.undo()
    with pytest.raises(IndexMissing, match="Constrúyalo con"):
        open_index(published.settings.index / "otro")


def test_handles_are_closed_when_locks_are_refused(no_locks: CorpusMaker) -> None:
    before = os.listdir("/proc/self/fd")
    with pytest.raises(LocksRefused):
        locked(no_locks.settings.index / "bloqueo")
    assert len(os.listdir("/proc/self/fd")) == len(before)
