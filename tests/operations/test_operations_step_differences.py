"""What a step did to each file, as a person reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import history
from indexer.model import PageId
from indexer.operations.step_differences import MOST, _changed, step_differences
from indexer.operations.withdrawal import withdraw_fragment
from tests.corpora import CorpusMaker

MESA = PageId("foro", "mesa-1")
CORRECTIONS = "numero\tde\ta\tvez\tautor\tfecha\n"
SPEAKERS = "inicio_s\tpersona\n"
TEXT = "CONSEJERA EVA PRUEBA: La xilocopa y la zarigüeya llegan a la bodega con sus sellos.\n"


@pytest.fixture
def mesa(maker: CorpusMaker) -> CorpusMaker:
    maker.event()
    maker.mesa(transcripcion_txt=TEXT)
    maker.update()
    return maker


def stepped(maker: CorpusMaker, **files: str | None) -> list[dict[str, Any]]:
    """One step over files of the mesa; what is told of it."""
    with history.step(maker.corpus, "ana", "terminal", "corregir", MESA) as taken:
        for name, text in files.items():
            path = maker.corpus / str(MESA) / ".".join(name.rsplit("_", 1))
            if text is None:
                taken.remove(path)
            else:
                taken.write(path, text.encode())
    return told(maker)


def told(maker: CorpusMaker) -> list[dict[str, Any]]:
    """Of the last step."""
    return step_differences(maker.corpus, history.Journal(maker.corpus).read()[0][-1])


def lines(file: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    return [(line["antes"], line["despues"]) for line in file["renglones"]]


def test_who_speaks_is_told_by_the_clock(mesa: CorpusMaker) -> None:
    (made,) = stepped(mesa, hablantes_tsv=f"{SPEAKERS}0\tEva\n216.4\t-\n3723\tLuz\n")
    assert (made["ruta"], made["cambio"], made["bytes_antes"]) == ("foro/mesa-1/hablantes.tsv", "nuevo", None)
    assert lines(made) == [(None, "0:00 · Eva"), (None, "3:36.4 · no se sabe"), (None, "1:02:03 · Luz")]
    (changed,) = stepped(mesa, hablantes_tsv=f"{SPEAKERS}0.0\tEva\n216.4\tAna\n3723\tLuz\n")
    assert changed["cambio"] == "cambiado"
    assert lines(changed) == [("3:36.4 · no se sabe", "3:36.4 · Ana")]
    (gone,) = stepped(mesa, hablantes_tsv=None)
    assert gone["cambio"] == "quitado"
    assert [after for _, after in lines(gone)] == [None, None, None]


def test_a_correction_is_told_by_its_fragment_and_both_readings(mesa: CorpusMaker) -> None:
    stepped(mesa, correcciones_tsv=f"{CORRECTIONS}7\to ples\tOPLEs\t2\tana\t2026-01-01\n")
    (file,) = stepped(
        mesa, correcciones_tsv=f"{CORRECTIONS}7\to ples\tOPLEs\t2\tana\t2026-01-01\n3\t\t\t\tana\t2026-01-02\n"
    )
    assert lines(file) == [(None, "Fragmento 3: cotejado con el video")]
    first, *_ = history.Journal(mesa.corpus).read()[0]
    assert lines(step_differences(mesa.corpus, first)[0]) == [(None, "Fragmento 7: «o ples» → «OPLEs» (vez 2)")]


def test_data_of_a_mesa_are_told_line_by_line_and_a_transcript_by_its_size(mesa: CorpusMaker) -> None:
    data, text = stepped(mesa, mesa_toml='titulo = "Mesa"\nnumero = 3\n', transcripcion_txt=TEXT + TEXT)
    assert lines(data) == [(None, "numero = 3")]
    assert text["renglones"] is None
    assert (text["bytes_antes"], text["bytes_despues"]) == (len(TEXT.encode()), 2 * len(TEXT.encode()))


def test_a_table_that_cannot_be_read_is_told_as_it_stands(mesa: CorpusMaker) -> None:
    (file,) = stepped(mesa, hablantes_tsv="esto no es una tabla\n")
    assert lines(file) == [(None, "esto no es una tabla")]
    (bytes_,) = stepped(mesa, hablantes_tsv="\0\0")
    assert bytes_["renglones"] is None


def test_of_many_lines_the_first_are_told_and_how_many_are_left(mesa: CorpusMaker) -> None:
    rows = "".join(f"{second}\tEva {second}\n" for second in range(MOST + 30))
    (file,) = stepped(mesa, hablantes_tsv=SPEAKERS + rows)
    assert (len(file["renglones"]), file["faltan_renglones"]) == (MOST, 30)


def test_of_what_was_withdrawn_nothing_is_told(mesa: CorpusMaker) -> None:
    stepped(mesa, correcciones_tsv=f"{CORRECTIONS}1\txilocopa\txilófono\t1\tana\t2026-01-01\n")
    mesa.update()
    with history.step(mesa.corpus, "ana", "terminal", "retirar", MESA) as taken:
        withdraw_fragment(taken, mesa.settings, MESA, 1, "A petición", keep=False)
    for record in history.Journal(mesa.corpus).read()[0]:
        for file in step_differences(mesa.corpus, record):
            assert "xil" not in str(file)
            assert file["retirado"] or file["ruta"] == "retirados.toml"


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_every_line_that_goes_or_comes_is_told_once(before: list[str], after: list[str]) -> None:
    changed = list(_changed(before, after))
    gone = sorted(one["antes"] for one in changed if one["antes"] is not None)
    come = sorted(one["despues"] for one in changed if one["despues"] is not None)
    left = sorted(before)
    for line in gone:
        left.remove(line)
    assert sorted(left + come) == sorted(after)
