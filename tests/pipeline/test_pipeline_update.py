"""From files to a published index, and from edition to edition."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
from pathlib import Path

import pytest

from indexer.index import catalogue as catalogues
from indexer.model import Kind
from tests.corpora import CorpusMaker
from tests.direct_writer import DIRECT

SPEECH = (
    "MODERADORA: Buenas tardes a todas las personas.\n"
    "CONSEJERA ANA PRUEBA LÓPEZ: El cómputo distrital se transmite en vivo y las actas se digitalizan.\n"
    "CONSEJERO LUIS ENSAYO RUIZ: La capacitación de quienes integran las casillas empieza en marzo.\n"
)


def errors(report: object) -> list[str]:
    """The errors of a report, as text."""
    return [str(problem) for problem in report.problems if problem.severity == "error"]  # type: ignore[attr-defined]


def test_a_transcript_is_found_by_its_words_with_its_speaker(maker: CorpusMaker) -> None:
    """The thinnest way through, from end to end."""
    maker.event()
    maker.mesa(transcripcion_txt=SPEECH)
    report = maker.update()
    assert report.published
    assert not errors(report)
    hit = maker.search("cómputo").hits[0]
    assert hit.passage.post == "Consejera"
    assert hit.passage.person == "Ana Prueba López"
    assert hit.passage.text.startswith("El cómputo distrital")


def test_an_update_leaves_the_search_for_cycles_as_it_was(maker: CorpusMaker) -> None:
    before = gc.get_threshold()
    maker.event()
    maker.update()
    assert gc.get_threshold() == before


def test_nothing_changed_publishes_nothing(maker: CorpusMaker) -> None:
    """The same generation goes on serving."""
    maker.event()
    maker.mesa(transcripcion_txt=SPEECH)
    first = maker.update()
    second = maker.update()
    assert not second.published
    assert second.catalogue == first.catalogue


def test_only_the_changed_page_is_analysed_again(maker: CorpusMaker) -> None:
    """Two mesas, one edited."""
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=SPEECH)
    folder = maker.mesa("mesa-2", transcripcion_txt=SPEECH)
    maker.update()
    (folder / "transcripcion.txt").write_text(SPEECH + "PONENTE TRES: Una bodega segura.\n", encoding="utf-8")
    report = maker.update()
    assert report.changed == ("foro/mesa-2",)
    assert [str(hit.page) for hit in maker.search("bodega").hits] == ["foro/mesa-2"]
    assert {str(hit.page) for hit in maker.search("cómputo").hits} == {"foro/mesa-1", "foro/mesa-2"}


def test_a_file_that_breaks_keeps_its_last_good_version_and_says_so_every_time(maker: CorpusMaker) -> None:
    """Nothing is lost by a bad file; the others go on."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH, descripcion_txt="Sobre los cómputos.")
    maker.update()
    before = maker.passages("foro/mesa-1")
    (folder / "transcripcion.txt").write_bytes(b"\x00\x01\x02\x00" * 200)
    (folder / "descripcion.txt").write_text("Sobre las urnas electrónicas.", encoding="utf-8")
    for _ in range(2):
        report = maker.update()
        assert report.failed
        assert any("foro/mesa-1/transcripcion.txt" in error for error in errors(report))
    after = maker.passages("foro/mesa-1")
    spoken = [(p.number, p.text) for p in before if p.kind is Kind.TRANSCRIPT]
    assert [(p.number, p.text) for p in after if p.kind is Kind.TRANSCRIPT] == spoken
    assert "urnas electrónicas" in after[0].text
    (folder / "transcripcion.txt").write_text(SPEECH, encoding="utf-8")
    assert not maker.update().failed


@pytest.mark.parametrize("content", [b"", b"titulo = ", b"\xff\xfe\x00", b'titulo = 3\nnumero = "x"\n'])
def test_a_broken_toml_keeps_the_last_good_session(maker: CorpusMaker, content: bytes) -> None:
    """Its texts stay searchable under the last good title."""
    maker.event()
    folder = maker.mesa(title="La mesa buena", transcripcion_txt=SPEECH)
    maker.update()
    (folder / "mesa.toml").write_bytes(content)
    report = maker.update()
    assert report.failed
    hit = maker.search("cómputo").hits[0]
    assert hit.session is not None
    assert hit.session.title == "La mesa buena"


def test_a_removed_file_is_gone(maker: CorpusMaker) -> None:
    """Removal is not damage."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.mesa("mesa-2", transcripcion_txt="MODERADORA: Otra mesa con boletas.\n")
    maker.update()
    (folder / "transcripcion.txt").unlink()
    assert not maker.update().failed
    assert maker.search("cómputo").total_full == 0
    assert maker.search("boletas").total_full == 1


def test_numbers_are_kept_by_the_file_and_by_the_copy_in_the_index(maker: CorpusMaker) -> None:
    """``anclas.tsv`` deleted: the copy serves, with a warning, and the file comes back."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    anchors = (folder / "anclas.tsv").read_text(encoding="utf-8")
    (folder / "transcripcion.txt").write_text("MODERADORA: Aviso nuevo.\n" + SPEECH, encoding="utf-8")
    (folder / "anclas.tsv").unlink()
    numbers = {p.text: p.number for p in maker.passages("foro/mesa-1")}
    report = maker.update()
    assert not report.failed
    assert any("anclas.tsv" in problem.path for problem in report.problems)
    again = {p.text: p.number for p in maker.passages("foro/mesa-1")}
    assert {text: again[text] for text in numbers} == numbers
    assert (folder / "anclas.tsv").read_text(encoding="utf-8") != anchors


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; see the test with a failing write")
def test_a_read_only_corpus_is_a_warning(maker: CorpusMaker) -> None:
    """It builds; the numbers are kept in the index."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    folder.chmod(0o555)
    try:
        report = maker.update()
    finally:
        folder.chmod(0o755)
    assert not report.failed
    assert any("anclas.tsv" in problem.path for problem in report.problems)


def test_a_corpus_that_cannot_be_written_is_a_warning_and_keeps_its_numbers(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy in the index serves from update to update."""

    def refuse(path: Path, data: bytes, mode: int = 0) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(sys.modules["indexer.pipeline.anchor_files"], "write_atomic", refuse)
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    report = maker.update()
    assert not report.failed
    assert any("anclas.tsv" in problem.path for problem in report.problems)
    numbers = {p.text: p.number for p in maker.passages("foro/mesa-1")}
    (folder / "transcripcion.txt").write_text("MODERADORA: Aviso nuevo.\n" + SPEECH, encoding="utf-8")
    maker.update()
    again = {p.text: p.number for p in maker.passages("foro/mesa-1")}
    assert {text: again[text] for text in numbers} == numbers


def test_an_updated_index_answers_like_one_built_anew(maker: CorpusMaker, tmp_path: Path) -> None:
    """Same anchors, same texts: same hits, scores and totals."""
    maker.event(anuncio_md="Un anuncio sobre cómputos y actas.")
    folder = maker.mesa("mesa-1", transcripcion_txt=SPEECH)
    maker.mesa("mesa-2", transcripcion_txt="MODERADORA: Las actas y los paquetes.\n" * 3)
    maker.update()
    (folder / "transcripcion.txt").write_text(SPEECH.replace("marzo", "abril"), encoding="utf-8")
    maker.mesa("mesa-3", transcripcion_txt="MODERADORA: Las actas del cómputo.\n")
    maker.update()
    updated = maker.search("actas cómputo")
    anew = CorpusMaker.__new__(CorpusMaker)
    anew.settings = type(maker.settings)(maker.corpus, tmp_path / "otro")
    anew.corpus = maker.corpus
    anew.update()
    fresh = anew.search("actas cómputo")
    assert [(h.page, h.passage, h.full, round(h.score, 9)) for h in updated.hits] == [
        (h.page, h.passage, h.full, round(h.score, 9)) for h in fresh.hits
    ]
    assert updated.facets == fresh.facets


def test_the_catalogue_is_dated_and_carries_the_edition(maker: CorpusMaker) -> None:
    """Twelve hex digits, and a time in UTC."""
    maker.event()
    maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    catalogue = catalogues.load(maker.settings.index / "actual")
    assert len(catalogue.edition) == 12
    assert catalogue.built_at.utcoffset() == dt.timedelta(0)


def test_a_word_that_only_a_withdrawn_text_had_is_in_no_file(maker: CorpusMaker) -> None:
    """A withdrawal rewrites the index: not a byte of the text stays, in no generation."""
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=SPEECH + "PONENTE TRES: La palabra secretísima es xilocopa.\n")
    maker.mesa("mesa-2", transcripcion_txt=SPEECH)
    maker.update()
    maker.update()
    from indexer.corpus.withdrawing import withdraw
    from indexer.model import PageId

    withdraw(maker.corpus, PageId("foro", "mesa-1"), Kind.TRANSCRIPT, "a petición", (1, 2, 3), to=DIRECT)
    maker.update()
    files = [path for path in maker.settings.index.rglob("*") if path.is_file()]
    assert not [path for path in files if b"xilocopa" in path.read_bytes()]
    assert maker.search("cómputo").total_full == 1
