"""Numbers that were published last, whatever happens to ``anclas.tsv``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.generations import Update
from tests.corpora import CorpusMaker

SPEECH = "".join(
    f"CONSEJERA {who} PRUEBA LÓPEZ: {what}.\n"
    for who, what in (
        ("ANA", "El cómputo distrital se transmite en vivo y las actas se digitalizan"),
        ("EVA", "La capacitación de quienes integran las casillas empieza en marzo"),
        ("INÉS", "Los paquetes llegan a la bodega con sus cintas y sus sellos completos"),
        ("LUZ", "Las acciones afirmativas se aprueban antes del registro de candidaturas"),
    )
)
MORE = "CONSEJERA OLGA PRUEBA LÓPEZ: Una intervención nueva sobre los simulacros del sistema de resultados.\n"


def numbers(maker: CorpusMaker) -> dict[str, int]:
    """The number of each text of the page."""
    return {passage.text: passage.number for passage in maker.passages("foro/mesa-1")}


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, no ``anclas.tsv`` can be written."""

    def refuse(path: Path, data: bytes, mode: int = 0) -> None:
        raise OSError(30, "Read-only file system", str(path))

    return lambda: monkeypatch.setattr(sys.modules["indexer.pipeline.anchor_files"], "write_atomic", refuse)


def test_numbers_given_while_the_corpus_cannot_be_written_stay(
    maker: CorpusMaker, read_only: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is then behind the index: what the index gave holds, and nothing is done twice."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    (folder / "transcripcion.txt").write_text(MORE + SPEECH, encoding="utf-8")
    read_only()
    maker.update()
    given = numbers(maker)
    again = maker.update()
    assert not again.published
    assert [problem.path for problem in again.problems] == ["foro/mesa-1/anclas.tsv"]
    (folder / "transcripcion.txt").write_text(SPEECH + MORE, encoding="utf-8")
    maker.update()
    assert numbers(maker) == given
    monkeypatch.undo()
    report = maker.update()
    assert not report.problems
    assert numbers(maker) == given
    assert not maker.update().problems
    assert f"{max(given.values())}\t" in (folder / "anclas.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("keep", [0, 3, 4])
def test_rows_that_a_file_lost_come_back_from_the_index(maker: CorpusMaker, keep: int) -> None:
    """A truncated file does not give new numbers to what was published."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    before = numbers(maker)
    path = folder / "anclas.tsv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:keep]), encoding="utf-8")
    maker.update()
    assert numbers(maker) == before
    assert path.read_text(encoding="utf-8") == "".join(lines)


def test_a_damaged_row_is_told_once_since_the_file_is_mended(maker: CorpusMaker) -> None:
    """The next update finds a good file and says nothing."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    before = numbers(maker)
    path = folder / "anclas.tsv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join((*lines[:3], "basura\n", *lines[4:])), encoding="utf-8")
    assert [problem.path for problem in maker.update().problems] == ["foro/mesa-1/anclas.tsv:4"]
    assert numbers(maker) == before
    assert not maker.update().problems


def power_cut_before_publishing(maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that ends between ``anclas.tsv`` and the new generation."""

    def cut(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Update, "publish", cut)
        with pytest.raises(SystemExit):
            maker.update()


@pytest.mark.parametrize("kept", [0, 2])
def test_numbers_that_were_written_before_a_power_cut_lead_where_they_were_to_lead(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    said = SPEECH.splitlines(keepends=True)
    edited = [f"{' '.join(line.split()[:9])} y ya no se sabe de qué más habló en aquella sesión.\n" for line in said]
    (folder / "transcripcion.txt").write_text("".join(said[:kept]) + MORE * 3 + "".join(edited[kept:]), "utf-8")
    power_cut_before_publishing(maker, monkeypatch)
    written = (folder / "anclas.tsv").read_text(encoding="utf-8")
    assert len(set(re.findall(r"# sigue en\t\d+\t(\d+)", written))) == 4 - kept
    maker.update()
    assert (folder / "anclas.tsv").read_text(encoding="utf-8") == written


def test_a_text_that_is_put_back_after_a_power_cut_has_its_numbers_again(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    before = numbers(maker)
    (folder / "transcripcion.txt").write_text(MORE * 2, encoding="utf-8")
    power_cut_before_publishing(maker, monkeypatch)
    (folder / "transcripcion.txt").write_text(SPEECH, encoding="utf-8")
    maker.update()
    assert numbers(maker) == before


def test_a_text_that_comes_back_gets_its_numbers_back(maker: CorpusMaker) -> None:
    """A file that rots or is replaced by mistake may be published before somebody brings the good one."""
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH)
    maker.update()
    given = numbers(maker)
    for damaged in (SPEECH[: len(SPEECH) // 3], SPEECH.replace("paquetes llegan a la bodega con sus cintas", "x")):
        (folder / "transcripcion.txt").write_text(damaged, encoding="utf-8")
        maker.update()
        assert numbers(maker) != given
        (folder / "transcripcion.txt").write_text(SPEECH, encoding="utf-8")
        maker.update()
        assert numbers(maker) == given


def test_a_text_that_was_cut_otherwise_meanwhile_gets_its_fragments_back(maker: CorpusMaker) -> None:
    """Turns that began elsewhere for a while leave no fragment behind, nor does a text that ended too early."""
    maker.event()
    cues = (f"00:00:{6 * n:02d}.000 --> 00:00:{6 * n + 6:02d}.000\nla consejera anota la caja {n}" for n in range(9))
    captions, table = "WEBVTT\n\n" + "\n\n".join(cues) + "\n", "inicio_s\tpersona\n"
    whole = {"transcripcion.vtt": captions, "hablantes.tsv": f"{table}0\tAna Ruiz\n24\tEva Sol\n"}
    folder = maker.mesa(**{name.replace(".", "_"): text for name, text in whole.items()})
    maker.update()
    given = [(one.number, one.text, one.person) for one in maker.passages("foro/mesa-1")]
    for file, damaged in (
        ("hablantes.tsv", f"{table}0\tAna Ruiz\n26\tEva Sol\n"),
        ("hablantes.tsv", f"{table}0\tAna Ruiz\n2\tEva Sol\n"),
        ("transcripcion.vtt", captions[: len(captions) // 4]),
        ("transcripcion.vtt", captions[: 3 * len(captions) // 4]),
    ):
        for text in (damaged, whole[file]):
            (folder / file).write_text(text, encoding="utf-8")
            maker.update()
        assert [(one.number, one.text, one.person) for one in maker.passages("foro/mesa-1")] == given, damaged


def test_of_a_text_that_is_withdrawn_no_row_is_kept(maker: CorpusMaker) -> None:
    maker.event()
    folder = maker.mesa(transcripcion_txt=SPEECH, descripcion_md="De qué trató la mesa: de los cómputos.\n")
    maker.update()
    (folder / "transcripcion.txt").write_text(MORE, encoding="utf-8")
    maker.update()
    assert "# estuvo" in (folder / "anclas.tsv").read_text(encoding="utf-8")
    (folder / "transcripcion.txt").unlink()
    maker.update()
    left = (folder / "anclas.tsv").read_text(encoding="utf-8")
    assert "# estuvo" not in left
    assert "transcripcion" not in left
