"""What was read when it was published is not read again, and nothing of it is told once it is no longer so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.corpus.adding import add_file
from indexer.corpus.snapshot import read_corpus
from indexer.engines.whoosh.segments import FOLDER, Segments
from indexer.history import step
from indexer.model import Kind, PageId
from indexer.model.session import Session
from indexer.model.transcript import Document
from indexer.pipeline import pages, pending, plan, review, update
from indexer.pipeline.last_good import LastGood
from indexer.readers import read
from indexer.readers.limits import Answer, LimitedReader, Request
from tests.corpora import CorpusMaker

SPEECH = "MODERADORA: Buenas tardes.\nCONSEJERA ANA PRUEBA LÓPEZ: Las actas se digitalizan.\n"
UNFIT = "numero\tde\ta\tvez\n1\tpalabra ausente\tpalabra\t1\n"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were handed to a reader, by mesa and name."""
    found: list[str] = []

    def noted(path: Path, kind: Kind) -> Document:
        found.append(f"{path.parent.name}/{path.name}")
        return read(path, kind)

    monkeypatch.setattr(pages, "read", noted)
    return found


@pytest.fixture
def published(maker: CorpusMaker, opened: list[str]) -> CorpusMaker:
    """An event with two mesas, one of them with a correction that does not fit."""
    maker.event(anuncio_md="Se anuncia un foro.")
    maker.mesa("mesa-1", transcripcion_txt=SPEECH, correcciones_tsv=UNFIT)
    maker.mesa("mesa-2", transcripcion_txt="Sin nombres ni horas.\n", descripcion_txt="De qué se trata.")
    maker.update()
    opened.clear()
    return maker


def test_what_is_published_as_it_is_now_is_told_without_a_file_being_read(
    published: CorpusMaker, opened: list[str], tmp_path: Path
) -> None:
    """The same is said as of a corpus that was never published, of which every file is read."""
    told = (review(published.settings).problems, pending(published.settings))
    assert opened == []
    alone = replace(published.settings, index=tmp_path / "nada")
    reviewed = tuple(problem for problem in review(alone).problems if "índice publicado" not in problem.fault)
    assert len(opened) == 4
    assert told == (reviewed, pending(alone))
    assert any("correcciones.tsv" in problem.path for problem in told[0])


def test_a_changed_file_is_read_again_and_no_other_one(published: CorpusMaker, opened: list[str]) -> None:
    published.mesa("mesa-2", transcripcion_txt="LUIS PRUEBA RUIZ: Con nombre.\n")
    rows, _ = pending(published.settings)
    assert not any("quién habla" in lack for row in rows for lack in row.lacks if row.page == "foro/mesa-2")
    assert set(opened) == {"mesa-2/descripcion.txt", "mesa-2/transcripcion.txt"}
    opened.clear()
    assert review(published.settings).problems
    assert set(opened) == {"mesa-2/descripcion.txt", "mesa-2/transcripcion.txt"}


def test_readers_that_make_something_else_of_a_file_read_all_of_them(
    published: CorpusMaker, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.pipeline.plan.READING", "otra")
    pending(published.settings)
    assert len(opened) == 4


def test_a_fault_is_looked_for_again_and_gone_once_it_is_mended(published: CorpusMaker, opened: list[str]) -> None:
    """A page with an error is read each time: what hindered it may have passed."""
    folder = published.mesa("mesa-2", transcripcion_txt=b"\x00\x01\x02\x00" * 200)
    published.update()
    assert review(published.settings).failed
    assert any("no se puede leer" in lack for row in pending(published.settings)[0] for lack in row.lacks)
    (folder / "transcripcion.txt").write_text("Sin nombres ni horas.\n", encoding="utf-8")
    assert not review(published.settings).failed
    assert not any("no se puede leer" in lack for row in pending(published.settings)[0] for lack in row.lacks)


def test_numbers_that_somebody_damaged_are_told_though_no_text_changed(
    published: CorpusMaker, opened: list[str]
) -> None:
    (published.corpus / "foro" / "mesa-1" / "anclas.tsv").write_text("nada\n", encoding="utf-8")
    assert any("anclas.tsv" in problem.path for problem in review(published.settings).problems)
    assert opened == []


def test_a_page_that_stays_keeps_who_speaks_through_an_update_of_another(
    published: CorpusMaker, opened: list[str]
) -> None:
    published.mesa("mesa-3", transcripcion_txt=SPEECH)
    published.update()
    opened.clear()
    assert {row.page for row in pending(published.settings)[0]} >= {"foro/mesa-1", "foro/mesa-2", "foro/mesa-3"}
    assert opened == []


def test_the_sessions_of_the_last_generation_are_gone_through_once(published: CorpusMaker) -> None:
    """Not once for each mesa: sixteen thousand of them are looked up."""

    class Counted(tuple[Session, ...]):
        times = 0

        def __iter__(self) -> Iterator[Session]:
            Counted.times += 1
            return super().__iter__()

    last = LastGood.published(published.settings.index)
    assert last.catalogue is not None
    sessions: Sequence[Session] = Counted(last.catalogue.sessions)
    last = replace(last, catalogue=replace(last.catalogue, sessions=sessions))
    assert len(plan.plan(read_corpus(published.corpus), last)) == 3
    assert Counted.times == 1


def test_a_file_that_is_checked_is_published_without_being_read_once_more(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The child is asked once for the same bytes; for others, of course, again."""
    asked: list[bytes] = []
    ask = LimitedReader.ask

    def noted(self: LimitedReader, request: Request) -> Answer:
        asked.append(request.data)
        return ask(self, request)

    monkeypatch.setattr(LimitedReader, "ask", noted)
    maker.event()
    maker.mesa("mesa-1")
    file = tmp_path / "nueva.txt"
    for text in ("ANA PRUEBA RUIZ: Un texto que nadie ha leído.\n", "ANA PRUEBA RUIZ: Y otro que lo reemplaza.\n"):
        file.write_text(text, encoding="utf-8")
        with step(maker.corpus, "Ana", "terminal", "agregar", PageId("foro", "mesa-1")) as taken:
            add_file(maker.corpus, file, PageId("foro", "mesa-1"), Kind.TRANSCRIPT, replace=True, to=taken)
        assert maker.update().changed
        assert maker.passages("foro/mesa-1")[0].text in text
        assert asked.pop().decode() == text
        assert asked == []


def test_a_withdrawal_leaves_no_word_in_any_file_and_reads_no_other_text(maker: CorpusMaker, opened: list[str]) -> None:
    """The segment that held it is written anew without it; what it held of other mesas is not analysed again."""
    maker.event()
    for number in range(12):
        maker.mesa(f"mesa-{number}", transcripcion_txt=f"ANA PRUEBA RUIZ: Se habla de xilocopa{number}.\n")
    maker.update()
    maker.mesa("mesa-3", transcripcion_txt="ANA PRUEBA RUIZ: Otra versión sin nada.\n")
    maker.update()  # its first text is deleted, and still in the files
    shutil.rmtree(maker.corpus / "foro" / "mesa-4")
    opened.clear()
    assert update(maker.settings, purge=True).published
    assert opened == []
    held = b"".join(path.read_bytes() for path in maker.settings.index.rglob("*") if path.is_file())
    assert [number for number in range(12) if f"xilocopa{number}".encode() not in held] == [3, 4]
    with closing(Segments(maker.settings.index / "actual" / FOLDER)) as segments:  # what is stored is compressed
        stored = [segments.stored(at, n) for at, size in enumerate(segments.sizes()) for n in range(size)]
    assert [number for number in range(12) if f"xilocopa{number}.".encode() not in b"".join(stored)] == [3, 4]
    assert maker.search("xilocopa5").total_full == 1
