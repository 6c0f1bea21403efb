"""What people put into the corpus by hand is on the disk before anybody is told that it was published."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import CorpusError
from indexer.generations import Update
from tests.corpora import CorpusMaker

Flushed = Callable[[], set[Path]]


@pytest.fixture
def flushed(maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch) -> Flushed:
    """Update, and tell which files and folders of the corpus were flushed when the new generation began to serve."""

    def update() -> set[Path]:
        real_fsync, real_publish = os.fsync, Update.publish
        seen: set[int] = set()
        then: set[int] = set()

        def fsync(handle: int) -> None:
            seen.add(os.fstat(handle).st_ino)
            real_fsync(handle)

        def publish(*words: object, **named: object) -> bool:
            then.update(seen)
            return real_publish(*words, **named)  # type: ignore[arg-type]

        with monkeypatch.context() as disk:
            disk.setattr(os, "fsync", fsync)
            disk.setattr(Update, "publish", publish)
            assert maker.update().published
        every = (maker.corpus, *maker.corpus.rglob("*"))
        return {path.relative_to(maker.corpus) for path in every if path.stat().st_ino in then}

    return update


def paths(*names: str) -> set[Path]:
    return set(map(Path, names))


def test_a_new_mesa_is_on_the_disk_with_every_folder_above_it(maker: CorpusMaker, flushed: Flushed) -> None:
    maker.event(anuncio_md="El foro.")
    maker.mesa(transcripcion_txt="ANA: Hola a todas.\n", hablantes_tsv="0\tAna\n")
    (maker.corpus / "personas.toml").write_text("")
    every = {path.relative_to(maker.corpus) for path in maker.corpus.rglob("*")}
    assert flushed() >= every | paths(".")


def test_of_a_changed_mesa_its_files_are_flushed_and_not_those_of_others(maker: CorpusMaker, flushed: Flushed) -> None:
    maker.event()
    folder = maker.mesa(transcripcion_txt="ANA: Hola a todas.\n")
    maker.mesa("mesa-2", transcripcion_txt="EVA: Buenas tardes.\n")
    maker.update()
    (folder / "transcripcion.txt").write_text("ANA: Hola a todos.\n")
    told = flushed()
    assert told >= paths(".", "foro", "foro/mesa-1", "foro/mesa-1/mesa.toml", "foro/mesa-1/transcripcion.txt")
    assert not {path for path in told if "mesa-2" in path.parts}


def test_a_mesa_that_was_taken_away_stays_away(maker: CorpusMaker, flushed: Flushed) -> None:
    maker.event()
    maker.mesa(transcripcion_txt="ANA: Hola a todas.\n")
    maker.update()
    for path in (maker.corpus / "foro/mesa-1").iterdir():
        path.unlink()
    (maker.corpus / "foro/mesa-1").rmdir()
    assert flushed() >= paths("foro")


@pytest.mark.parametrize(("refused", "published"), [(errno.EIO, False), (errno.ENOSPC, False), (errno.EINVAL, True)])
def test_what_the_disk_lost_is_not_published(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch, refused: int, published: bool
) -> None:
    """A file system that knows no flush is no reason to publish nothing."""
    maker.event()
    folder = maker.mesa(transcripcion_txt="ANA: Hola a todas.\n")
    lost, real = (folder / "transcripcion.txt").stat().st_ino, os.fsync

    def fsync(handle: int) -> None:
        if os.fstat(handle).st_ino == lost:
            raise OSError(refused, os.strerror(refused))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    if published:
        assert maker.update().published
    else:
        with pytest.raises(CorpusError, match=r"foro/mesa-1/transcripcion\.txt .*nada se publicó"):
            maker.update()
        assert not (maker.settings.index / "actual").exists()
