"""Corrections through an update: published, found in both forms, taken back, kept when the file breaks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from indexer.engines import open_index
from indexer.index.query import Query, Word
from indexer.index.results import Results
from indexer.pipeline import review
from tests.corpora import CorpusMaker

CAPTIONS = """WEBVTT

00:01.000 --> 00:03.000
el instituto lectoral del estado

00:03.000 --> 00:06.000
con los o ples de todo el país
"""
HEAD = "numero\tde\ta\tvez\tautor\tfecha\n"
FIRST = HEAD + "1\tlectoral\telectoral\t1\tana\t2026-01-02\n"


@pytest.fixture
def maker(tmp_path: Path) -> CorpusMaker:
    """Two mesas, one with captions that need a correction."""
    maker = CorpusMaker(tmp_path)
    maker.event()
    maker.mesa(transcripcion_vtt=CAPTIONS)
    maker.mesa(
        "mesa-2", transcripcion_txt="CONSEJERA ANA RUIZ: El instituto electoral capacita.\n\nPREGUNTA: ¿Y la casilla?\n"
    )
    maker.update()
    return maker


def answers(maker: CorpusMaker) -> list[Results]:
    """What many searches give, whole."""
    index = open_index(maker.settings.index)
    try:
        words = ("instituto", "electoral", "lectoral", "oples", "ples", "casilla", "estado")
        return [index.search(Query((Word(word),), limit=50)) for word in words]
    finally:
        index.close()


def test_a_correction_is_published_and_only_its_page_is_analysed_again(maker: CorpusMaker) -> None:
    numbers = (maker.corpus / "foro/mesa-1/anclas.tsv").read_bytes()
    received = (maker.corpus / "foro/mesa-1/transcripcion.vtt").read_bytes()
    maker.mesa(correcciones_tsv=FIRST)
    report = maker.update()
    assert report.changed == ("foro/mesa-1",)
    assert not report.problems
    [passage] = maker.passages("foro/mesa-1")
    assert passage.text.startswith("el instituto electoral del")
    assert (passage.original or "").startswith("el instituto lectoral del")
    assert (maker.corpus / "foro/mesa-1/anclas.tsv").read_bytes() == numbers
    assert (maker.corpus / "foro/mesa-1/transcripcion.vtt").read_bytes() == received
    assert [hit.passage.number for hit in maker.search("lectoral", correct=False).hits] == [1]
    assert maker.search("electoral").total_full == 2


def test_the_same_file_again_changes_nothing(maker: CorpusMaker) -> None:
    maker.mesa(correcciones_tsv=FIRST)
    maker.update()
    assert not maker.update().published


def test_a_correction_that_is_taken_out_gives_the_very_same_answers_back(maker: CorpusMaker) -> None:
    before, passages = answers(maker), maker.passages("foro/mesa-1")
    maker.mesa(correcciones_tsv=FIRST + "1\to ples\tOPLEs\n1\t\t\t\tana\t2026-01-02\n")
    maker.update()
    assert answers(maker) != before
    assert maker.passages("foro/mesa-1")[0].checked is not None
    (maker.corpus / "foro/mesa-1/correcciones.tsv").unlink()
    assert maker.update().changed == ("foro/mesa-1",)
    assert (answers(maker), maker.passages("foro/mesa-1")) == (before, passages)


def test_a_file_that_corrects_nothing_changes_nothing(maker: CorpusMaker) -> None:
    before, passages = answers(maker), maker.passages("foro/mesa-1")
    maker.mesa(correcciones_tsv=HEAD)
    assert [problem.severity for problem in maker.update().problems] == ["aviso"]
    assert (answers(maker), maker.passages("foro/mesa-1")) == (before, passages)


def test_a_correction_whose_words_are_gone_is_named_and_comes_back_with_them(maker: CorpusMaker) -> None:
    maker.mesa(correcciones_tsv=FIRST, transcripcion_vtt=CAPTIONS.replace("lectoral", "nacional"))
    report = maker.update()
    [problem] = report.problems
    assert problem.path == "foro/mesa-1/correcciones.tsv:2"
    assert "«lectoral» ya no está en el fragmento 1" in problem.fault
    assert not report.failed
    assert review(maker.settings).problems == report.problems
    maker.mesa(transcripcion_vtt=CAPTIONS)
    assert not maker.update().problems
    assert maker.passages("foro/mesa-1")[0].original is not None


@pytest.mark.parametrize("broken", [b"\x00\x01\x02\xff\xfe\x00binario\x00", b"1 lectoral electoral\n"])
def test_a_file_that_cannot_be_used_leaves_the_last_good_transcript(maker: CorpusMaker, broken: bytes) -> None:
    maker.mesa(correcciones_tsv=FIRST)
    maker.update()
    passages = maker.passages("foro/mesa-1")
    numbers = (maker.corpus / "foro/mesa-1/anclas.tsv").read_bytes()
    maker.mesa(correcciones_tsv=broken)
    report = maker.update()
    assert report.failed
    assert report.problems[0].path.startswith("foro/mesa-1/correcciones.tsv")
    assert maker.passages("foro/mesa-1") == passages
    assert (maker.corpus / "foro/mesa-1/anclas.tsv").read_bytes() == numbers
    maker.mesa(correcciones_tsv=FIRST)
    assert not maker.update().failed
    assert maker.passages("foro/mesa-1") == passages


def test_a_transcript_that_breaks_keeps_its_corrections_and_its_numbers(maker: CorpusMaker) -> None:
    maker.mesa(correcciones_tsv=FIRST)
    maker.update()
    passages = maker.passages("foro/mesa-1")
    numbers = (maker.corpus / "foro/mesa-1/anclas.tsv").read_bytes()
    maker.mesa(transcripcion_vtt=b"\x00\x01\x02\xff\xfe\x00binario\x00")
    assert maker.update().failed
    assert maker.passages("foro/mesa-1") == passages
    assert (maker.corpus / "foro/mesa-1/anclas.tsv").read_bytes() == numbers


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_corrected_numbers_times_and_boundaries_stay(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    maker = CorpusMaker(tmp_path)
    maker.event()
    words = "el la de los o ples lectoral casilla cómputo voto mesa jornada consejera".split()  # noqa: SIM905
    cues = []
    for n in range(120):
        said = " ".join(rng.choices(words, k=rng.randrange(3, 9)))
        cues.append(f"{n // 60:02d}:{n % 60:02d}.000 --> {n // 60:02d}:{n % 60:02d}.900\n{said}\n")
    maker.mesa(transcripcion_vtt="WEBVTT\n\n" + "\n".join(cues))
    maker.update()
    before = maker.passages("foro/mesa-1")
    rows = []
    for _ in range(40):
        was = rng.choice(words)
        rows.append(f"{rng.choice(before).number}\t{was}\t{rng.choice(('x', 'y z', ''))}\t{rng.choice((1, 2, 3))}\n")
    maker.mesa(correcciones_tsv=HEAD + "".join(rows))
    assert not maker.update().failed
    after = maker.passages("foro/mesa-1")
    assert [p.original or p.text for p in after] == [p.text for p in before]
    told = [
        [(p.number, p.order, p.turn, p.start_s, p.end_s, [s for _, s in p.cues]) for p in some]
        for some in (before, after)
    ]
    assert told[0] == told[1]
    assert any(p.original for p in after)
