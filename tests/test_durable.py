"""What a crash leaves half written is swept; what somebody is writing is not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.durable import is_temporary, sweep, temporary_below, write_atomic
from tests.corpora import CorpusMaker


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Path]:
    """A file that another process is writing, for as long as the test runs: it waits for its disk."""
    path = tmp_path / "texto.txt"
    at_work, asked = os.pipe()
    done, stop = os.pipe()
    child = os.fork()
    if child == 0:

        def slow(_: int) -> None:
            os.write(asked, b"x")
            os.read(done, 1)

        os.fsync = slow
        write_atomic(path, b"lo nuevo")
        os._exit(0)
    os.read(at_work, 1)
    yield path
    os.write(stop, b"xx")
    os.waitpid(child, 0)


def test_a_file_that_a_living_process_writes_stays_and_arrives(writer: Path, tmp_path: Path) -> None:
    (temporary,) = temporary_below(tmp_path)
    sweep([temporary])
    assert temporary.read_bytes() == b"lo nuevo"


def test_a_file_that_is_swept_before_it_could_be_locked_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, made = tempfile.mkstemp, []

    def swept_at_once(**named: object) -> tuple[int, str]:
        handle, name = real(**named)  # type: ignore[call-overload]
        made.append(name)
        if len(made) == 1:
            sweep([Path(name)])
        return handle, name

    monkeypatch.setattr(tempfile, "mkstemp", swept_at_once)
    write_atomic(tmp_path / "texto.txt", b"lo nuevo")
    assert (len(made), os.listdir(tmp_path)) == (2, ["texto.txt"])


@pytest.mark.parametrize("name", [".texto.tmp", "texto.txt.k3_9zq0a.tmp", ".syncthing.texto.txt.tmp", ".texto.txt.swp"])
def test_what_other_programs_write_is_none_of_ours(name: str) -> None:
    assert not is_temporary(name)


def left(folder: Path) -> Path:
    """What a process that was killed while it wrote a file left in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if child == 0:
        os.fsync = lambda _: os._exit(1)
        write_atomic(folder / "algo.tsv", b"a medias")
    os.waitpid(child, 0)
    (path,) = (path for path in folder.iterdir() if is_temporary(path.name))
    return path


def test_an_update_sweeps_what_a_crash_left_anywhere_in_the_corpus(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt="ANA: Hola a todas.\n")
    maker.update()
    folders = (
        ". foro foro/mesa-1 foro/otra/cosa _historial _historial/objetos _historial/anclas/foro _personal _reportes "
        "_retirados _recibidos/20260101000000_0123456789ab"
    )
    every = [left(maker.corpus / folder) for folder in folders.split()]
    other = maker.corpus / "foro/.nota.tmp"
    other.write_text("de otro programa")
    maker.update()
    assert [path for path in every if path.exists()] == []
    assert other.exists()


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o640])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "evento.toml"
    path.write_bytes(b"antes")
    path.chmod(mode)
    write_atomic(path, b"despues")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"despues", mode)


@pytest.mark.parametrize(("umask", "mode"), [(0o002, 0o664), (0o077, 0o600)])
def test_a_new_file_gets_the_permissions_of_the_user_s_files(tmp_path: Path, umask: int, mode: int) -> None:
    code = "import sys, pathlib, indexer.durable; indexer.durable.write_atomic(pathlib.Path(sys.argv[1]), b'')"
    path = tmp_path / "mesa.toml"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, cwd=Path(__file__).parents[1], umask=umask)
    assert path.stat().st_mode & 0o777 == mode
