"""The number of a fragment that an edit took away leads to the nearest one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.anchors import Anchors, Row, text_codes
from indexer.corpus.successors import moved_numbers
from indexer.model import Kind
from tests.corpora import CorpusMaker

ONE = "la capacitación de quienes integran las casillas empieza en marzo"
TWO = "los paquetes llegan a la bodega con sus cintas y sus sellos"
THREE = "las actas se digitalizan en cada uno de los centros de acopio"
FOUR = "el conteo rápido no sustituye a los resultados de los cómputos"


def row(number: int, text: str, kind: Kind = Kind.TRANSCRIPT) -> Row:
    return Row(number, kind, True, text_codes(text))


def moved(old: list[Row], new: list[Row], before: tuple[tuple[int, int], ...] = ()) -> dict[int, int]:
    return dict(moved_numbers(Anchors(tuple(old), 99, moved=before), new))


def test_what_is_still_there_leads_nowhere() -> None:
    assert moved([row(1, ONE), row(2, TWO)], [row(2, TWO), row(1, ONE)]) == {}


def test_a_lost_fragment_leads_to_what_stands_between_its_neighbours() -> None:
    assert moved([row(1, ONE), row(2, TWO), row(3, THREE)], [row(1, ONE), row(4, FOUR), row(3, THREE)]) == {2: 4}


def test_of_several_there_the_one_that_shares_its_words_is_nearest() -> None:
    new = [row(1, ONE), row(4, FOUR), row(5, f"además {TWO} completos"), row(3, THREE)]
    assert moved([row(1, ONE), row(2, TWO), row(3, THREE)], new) == {2: 5}


def test_where_nothing_took_its_place_the_neighbour_before_is_nearest() -> None:
    assert moved([row(1, ONE), row(2, TWO), row(3, THREE)], [row(1, ONE), row(3, THREE)]) == {2: 1}
    assert moved([row(1, ONE), row(2, TWO)], [row(2, TWO)]) == {1: 2}


def test_a_text_that_was_replaced_as_a_whole_is_followed_by_words_then_by_place() -> None:
    new = [row(7, f"{ONE} y {TWO}"), row(8, f"{THREE} y {FOUR}")]
    assert moved([row(1, ONE), row(2, TWO), row(3, THREE), row(4, FOUR)], new) == {1: 7, 2: 7, 3: 8, 4: 8}
    assert moved([row(1, "uno"), row(2, "dos")], [row(7, "tres"), row(8, "cuatro")]) == {1: 7, 2: 8}


def test_a_chain_of_edits_leads_to_its_end_and_what_comes_back_leads_nowhere() -> None:
    assert moved([row(1, ONE), row(5, TWO)], [row(1, ONE), row(6, FOUR)], before=((2, 5),)) == {2: 6, 5: 6}
    assert moved([row(1, ONE), row(5, TWO)], [row(1, ONE), row(2, THREE)], before=((2, 5),)) == {5: 2}


def test_a_kind_of_text_that_goes_leaves_nothing_to_lead_to() -> None:
    assert moved([row(1, ONE), row(2, TWO, Kind.DESCRIPTION)], [row(1, ONE)]) == {}


@given(st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, "gracias", "sí"]), max_size=12), st.data())
def test_whatever_is_lost_leads_to_a_fragment_that_is_there(texts: list[str], data: st.DataObject) -> None:
    old = [row(number, text) for number, text in enumerate(texts, 1)]
    kept = [one for one in old if data.draw(st.booleans())]
    new = data.draw(st.permutations([*kept, *(row(50 + n, FOUR) for n in range(data.draw(st.integers(0, 3))))]))
    found = moved(old, list(new))
    here = {one.number for one in new}
    assert set(found) == ({one.number for one in old} - here if new else set())
    assert set(found.values()) <= here


def test_the_file_keeps_them_and_an_older_consta_passes_over_them() -> None:
    anchors = Anchors((row(5, ONE),), 9, moved=((2, 5), (3, 5)))
    text = anchors.render()
    assert Anchors.parse(text, "anclas.tsv") == (anchors, ())
    assert all(line.startswith("#") for line in text.splitlines() if "sigue en" in line)


def test_an_edit_of_the_corpus_is_followed_in_the_index_and_after_it_is_lost(maker: CorpusMaker) -> None:
    speech = "".join(
        f"CONSEJERA {name} PRUEBA: {said}.\n" for name, said in (("ANA", ONE), ("EVA", TWO), ("LUZ", THREE))
    )
    maker.event()
    folder = maker.mesa(transcripcion_txt=speech)
    maker.update()
    (folder / "transcripcion.txt").write_text(speech.replace(TWO, FOUR), encoding="utf-8")
    for _ in range(2):
        report = maker.update()
        assert report.catalogue is not None
        assert report.catalogue.pages["foro/mesa-1"].moved_numbers == {2: 4}
        for path in sorted(maker.settings.index.rglob("*"), reverse=True):
            path.unlink() if path.is_file() or path.is_symlink() else path.rmdir()
