"""Captions beside an official text: read for their clock alone, at every update, and told where they do not serve."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from indexer.model import PageId, Version
from indexer.model.passage import Passage
from indexer.operations.open_pages import open_page
from indexer.operations.speakers import speakers_view
from indexer.pipeline import Report, pending, review
from tests import clocked_session as session
from tests.corpora import CorpusMaker

PAGE = "foro/mesa-1"


def published(maker: CorpusMaker, extra: str = "", **files: str | bytes) -> tuple[Report, tuple[Passage, ...]]:
    maker.event()
    maker.mesa(extra=extra, **files)
    return maker.update(), maker.passages(PAGE)


def warned(report: Report) -> str:
    return " | ".join(str(problem) for problem in report.problems)


def test_an_official_text_has_the_seconds_of_its_captions_and_nothing_else_of_them(maker: CorpusMaker) -> None:
    """Its words, its names, its version; each turn begins when it was said."""
    report, passages = published(maker, transcripcion_txt=session.official(), subtitulos_vtt=session.vtt())
    assert not report.problems
    assert [passage.person for passage in passages] == ["Eva Prueba", "Luz Prueba"] * 2
    assert [passage.start_s for passage in passages] == [session.second(turn) for turn in range(4)]
    assert [passage.end_s for passage in passages] == [40.0, 80.0, 120.0, 160.0]
    assert {passage.version for passage in passages} == {Version.PRELIMINARY}
    assert "enmienda" in passages[0].text
    assert [second for _, second in passages[1].cues] == [session.second(1, at) for at in range(10)]
    assert report.catalogue is not None
    assert report.catalogue.pages[PAGE].aligned == 1.0


def test_a_changed_clock_has_the_page_made_again_and_another_edition(maker: CorpusMaker) -> None:
    before, _ = published(maker, transcripcion_txt=session.official(), subtitulos_vtt=session.vtt())
    maker.mesa(subtitulos_vtt=session.vtt(late_s=7.5))
    after = maker.update()
    assert after.changed == (PAGE,)
    assert before.catalogue is not None
    assert after.catalogue is not None
    assert before.catalogue.edition != after.catalogue.edition
    assert [passage.start_s for passage in maker.passages(PAGE)] == [7.5, 47.5, 87.5, 127.5]
    assert maker.update().changed == ()


def test_without_captions_there_are_no_seconds_and_nothing_is_said_of_them(maker: CorpusMaker) -> None:
    report, passages = published(maker, transcripcion_txt=session.official())
    assert {passage.start_s for passage in passages} == {None}
    assert report.catalogue is not None
    assert report.catalogue.pages[PAGE].aligned is None
    assert not any("hora" in lack for row in pending(maker.settings)[0] for lack in row.lacks)


def test_captions_of_another_session_give_no_second_and_a_warning(maker: CorpusMaker) -> None:
    """Said at each update and review until it is mended, and by ``pendientes``."""
    other = "WEBVTT\n\n" + "\n\n".join(
        f"00:{at:02d}:00.000 --> 00:{at:02d}:05.000\nnada de esto se dijo ahí {at}" for at in range(40)
    )
    report, passages = published(maker, transcripcion_txt=session.official(), subtitulos_vtt=other)
    assert {passage.start_s for passage in passages} == {None}
    assert "subtitulos.vtt: ninguna de las palabras" in warned(report)
    assert not report.failed
    assert "ninguna de las palabras" in warned(review(maker.settings))
    assert "ninguna de las palabras" in warned(maker.update())
    lacks = [lack for row in pending(maker.settings)[0] for lack in row.lacks]
    assert any(lack.startswith("la hora de 100 % de las palabras") for lack in lacks)


def test_a_text_with_its_own_times_does_not_need_the_clock(maker: CorpusMaker) -> None:
    report, passages = published(maker, transcripcion_vtt=session.vtt(), subtitulos_vtt=session.vtt(late_s=9))
    assert passages[0].start_s == 0.0
    assert "ya trae sus tiempos, así que no se usa" in warned(report)


def test_what_is_no_clock_is_told(maker: CorpusMaker) -> None:
    """A text without times; captions without a transcript; two of them; a file that nobody can read."""
    report, _ = published(maker, transcripcion_txt=session.official(), subtitulos_txt="Sin horas.\n")
    assert "no trae tiempos, así que no da horas a nada" in warned(report)
    folder = maker.corpus / "foro" / "mesa-1"
    (folder / "subtitulos.vtt").write_text(session.vtt(), encoding="utf-8")
    assert "hay 2 archivos de subtitulos" in warned(maker.update())
    (folder / "subtitulos.txt").unlink()
    assert not maker.update().problems
    (folder / "subtitulos.vtt").write_bytes(b"")
    report = maker.update()
    assert report.failed
    assert maker.passages(PAGE)[1].start_s == session.second(1)  # the last good version
    (folder / "subtitulos.vtt").write_text(session.vtt(), encoding="utf-8")
    (folder / "transcripcion.txt").unlink()
    assert "no hay una transcripción a la que darle horas" in warned(maker.update())


def test_the_part_of_a_stream_is_told_on_the_clock_of_the_captions(maker: CorpusMaker) -> None:
    """The second turn and the third."""
    files = {"transcripcion_txt": session.official(), "subtitulos_vtt": session.vtt()}
    _, passages = published(maker, "desde_s = 40\nhasta_s = 120\n", **files)
    assert [(passage.person, passage.start_s) for passage in passages] == [("Luz Prueba", 40.0), ("Eva Prueba", 80.0)]


def test_who_speaks_is_told_by_the_second_only_where_the_text_names_nobody(maker: CorpusMaker) -> None:
    """The same list: laid over a text without labels; left aside, and said, where the text has its own."""
    speakers = "inicio_s\tpersona\n0\tAna Prueba\n39.7\tRosa Prueba\n120.2\tAna Prueba\n"
    files = {"subtitulos_vtt": session.vtt(), "hablantes_tsv": speakers}
    report, passages = published(maker, transcripcion_txt=session.official(labels=False), **files)
    assert not report.problems
    names = [passage.person for passage in passages]
    assert names == ["Ana Prueba", "Rosa Prueba", "Rosa Prueba", "Ana Prueba"]
    assert not speakers_view(open_page(maker.settings, PageId.parse(PAGE)))["por_rotulos"]
    report, passages = published(maker, transcripcion_txt=session.official(), **files)
    assert [name for name, _ in groupby(passages, lambda passage: passage.person)] == ["Eva Prueba", "Luz Prueba"] * 2
    assert "la transcripción misma dice quién habla" in warned(report)
    assert speakers_view(open_page(maker.settings, PageId.parse(PAGE)))["por_rotulos"]


def test_words_between_two_people_without_a_second_are_nobodys(maker: CorpusMaker, tmp_path: Path) -> None:
    """A paragraph that nobody said stands where the speaker changes: it is given to neither, and that is said."""
    text = session.official(labels=False).split("\n\n")
    text.insert(1, " ".join(f"Acotación{at}" for at in range(40)) + ".")
    speakers = "inicio_s\tpersona\n0\tAna Prueba\n40\tRosa Prueba\n"
    report, passages = published(
        maker, transcripcion_txt="\n\n".join(text), subtitulos_vtt=session.vtt(), hablantes_tsv=speakers
    )
    assert [(passage.person, passage.text.startswith("Acotación")) for passage in passages[:3]] == [
        ("Ana Prueba", False), (None, True), ("Rosa Prueba", False)
    ]  # fmt: skip
    assert passages[1].start_s is None
    assert "40 palabras quedan sin decir quién habla" in warned(report)
