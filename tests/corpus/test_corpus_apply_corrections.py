"""``correcciones.tsv``, read, written and laid over fragments."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.apply_corrections import apply_corrections, corrected_passage, occurrences
from indexer.corpus.corrections_file import Correction, Corrections, clean_side, parse_corrections
from indexer.model import Kind
from indexer.model.passage import Checked, Passage

PATH = "foro/mesa-1/correcciones.tsv"
HEAD = "numero\tde\ta\tvez\tautor\tfecha\n"


def passage(text: str, number: int = 1, **more: object) -> Passage:
    """A fragment of a transcript."""
    return Passage(number, number - 1, Kind.TRANSCRIPT, 0, text, **more)  # type: ignore[arg-type]


def mended(text: str, *changes: tuple[object, ...], **more: object) -> Passage:
    """The fragment with these corrections, which must all apply."""
    found, notes = corrected_passage(passage(text, **more), [Correction(1, *change) for change in changes])  # type: ignore[arg-type]
    assert not notes
    return found


# The file


def test_a_line_says_what_who_and_when() -> None:
    read, problems = parse_corrections(
        HEAD + "42\tlectoral\telectoral\t2\tana\t2026-01-02\n7\t\t\t\tana\t2026-01-03\n", PATH
    )
    assert problems == ()
    day = dt.date(2026, 1, 2)
    assert read.corrections == (Correction(42, "lectoral", "electoral", 2, "ana", day),)
    assert read.checked == (Correction(7, "", "", 0, "ana", dt.date(2026, 1, 3)),)


@pytest.mark.parametrize("number", ["42", "p42", "#p42", '"42"'])
def test_a_line_by_hand_needs_three_columns(number: str) -> None:
    read, problems = parse_corrections(f"\ufeff{number}\t o  ples \tOPLEs\r\n# nota\r\n\r\n", PATH)
    assert (read.corrections, problems) == ((Correction(42, "o ples", "OPLEs"),), ())


def test_quotes_of_a_spreadsheet_are_not_part_of_the_text() -> None:
    read, _ = parse_corrections('1\t"hola, mundo"\t"dijo ""sí"""\n', PATH)
    assert read.corrections == (Correction(1, "hola, mundo", 'dijo "sí"'),)


@pytest.mark.parametrize(
    ("line", "fault", "severity"),
    [
        ("42 lectoral electoral", "tabuladores", "error"),
        ("x\ta\tb", "«x» no es el número de un fragmento", "error"),
        ("0\ta\tb", "«0» no es el número", "error"),
        ("1\t\telectoral", "falta lo que dice el original", "error"),
        ("1\ta\ta", "dicen lo mismo", "error"),
        ("1\ta\tb\tcero", "«cero» no es una vez", "error"),
        ("1\ta\tb\t0", "«0» no es una vez", "error"),
        ("1\ta\tb\u202e", "no se ven", "error"),
        (f"1\ta\t{'b' * 1_001}", "pasa de 1,000 letras", "error"),
        ("<<<<<<< HEAD", "conflicto de git", "error"),
        ("1\ta\tb\t1\tana\tayer", "«ayer» no es una fecha", "aviso"),
        ("1\ta\tb\t1\tana\t2026-01-01\tmás", "sobra una columna", "aviso"),
    ],
)
def test_a_wrong_line_is_told_with_its_cure_and_the_others_serve(line: str, fault: str, severity: str) -> None:
    read, problems = parse_corrections(f"{HEAD}{line}\n2\tc\td\n", PATH)
    [problem] = problems
    assert problem.path == f"{PATH}:2"
    assert fault in problem.fault
    assert problem.cure
    assert problem.severity == severity
    assert Correction(2, "c", "d") in read.corrections


def test_of_two_lines_that_contradict_each_other_the_first_holds() -> None:
    read, problems = parse_corrections("1\ta\tb\n1\ta\tc\n1\ta\tb\n", PATH)
    assert read.corrections == (Correction(1, "a", "b"),)
    assert [problem.path for problem in problems] == [f"{PATH}:2"]


def test_a_file_without_lines_is_a_warning() -> None:
    assert [problem.severity for problem in parse_corrections(HEAD, PATH)[1]] == ["aviso"]


SIDE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.integers(1, 99), SIDE, SIDE, st.integers(1, 9)), max_size=6), st.sets(st.integers(1, 99)))
def test_what_is_written_is_read_again(rows: list[tuple[int, str, str, int]], checked: set[int]) -> None:
    made = {}
    for number, was, reads, time in rows:
        one = Correction(number, clean_side(was), clean_side(reads), time, "ana", dt.date(2026, 1, 2))
        if one.was and one.was != one.reads:
            made.setdefault(one.key, one)
    said = Corrections((*made.values(), *(Correction(n, "", "", 0, "ana") for n in sorted(checked))))
    read, problems = parse_corrections(said.render() or HEAD, PATH)
    assert sorted(read.corrections, key=lambda c: c.key) == sorted(said.corrections, key=lambda c: c.key)
    assert read.checked == said.checked
    assert [p for p in problems if p.severity == "error"] == []


# Laid over fragments


def test_a_correction_changes_the_text_and_says_where() -> None:
    found = mended("El instituto lectoral, sí.", ("lectoral", "electoral"))
    assert found.text == "El instituto electoral, sí."
    assert found.original == "El instituto lectoral, sí."
    [change] = found.changes
    assert found.text[change.start : change.end] == "electoral"
    assert found.original[change.was_start : change.was_end] == "lectoral"


def test_the_time_counts_places_of_the_original_whatever_is_corrected_before() -> None:
    found = mended("voto y voto y voto", ("voto", "bote", 2), ("voto", "vota", 1))
    assert found.text == "vota y bote y voto"


@pytest.mark.parametrize(
    ("text", "was", "places"),
    [
        ("OPINE el INE, INE.", "INE", [9, 14]),
        ("I.N.E. y N", "N", [9]),
        ("tiene 3.5 y 5", "5", [12]),
        ("lo político-electoral es electoral", "electoral", [12, 25]),
        ("cómputo computo", "computo", [8]),
        ("de de de", "de de", [0]),
    ],
)
def test_only_whole_words_are_places(text: str, was: str, places: list[int]) -> None:
    assert [start for start, _ in occurrences(text, was)] == places


@pytest.mark.parametrize(
    ("text", "was", "time", "after"),
    [
        ("es de de veras", "de", 2, "es de veras"),
        ("Este, bueno", "Este,", 1, "bueno"),
        ("bueno, este", "este", 1, "bueno,"),
        ("uno\neh dos", "eh", 1, "uno\ndos"),
    ],
)
def test_words_that_go_take_their_space_along(text: str, was: str, time: int, after: str) -> None:
    assert mended(text, (was, "", time)).text == after


def test_times_never_change() -> None:
    text = "buenas tardes o ples de todos los estados"
    cues = ((0, 1.0), (14, 2.0), (16, 3.0), (24, 4.0))
    found = mended(text, ("o ples", "organismos públicos locales"), start_s=1.0, end_s=9.0, cues=cues)
    assert [second for _, second in found.cues] == [1.0, 2.0, 3.0, 4.0]
    assert (found.start_s, found.end_s) == (1.0, 9.0)
    assert [found.text[at:].split()[0] for at, _ in found.cues] == ["buenas", "organismos", "públicos", "todos"]
    fewer = mended(text, ("o ples", "OPLEs"), cues=cues)
    assert [fewer.text[at:].split()[0] for at, _ in fewer.cues] == ["buenas", "OPLEs", "de", "todos"]


@pytest.mark.parametrize(
    ("correction", "fault"),
    [
        (Correction(9, "a", "b"), "la página no tiene un fragmento 9"),
        (Correction(2, "descripción", "b"), "no es de la transcripción"),
        (Correction(1, "lector", "b"), "solo es parte de otra palabra"),
        (Correction(1, "casilla", "b"), "«casilla» ya no está en el fragmento 1"),
        (Correction(1, "lectoral", "b", 2), "«lectoral» está una vez en el fragmento 1, no 2"),
        (Correction(1, "El instituto lectoral", ""), "no deja ninguna palabra"),
    ],
)
def test_what_cannot_be_applied_is_told_by_name_and_nothing_changes(correction: Correction, fault: str) -> None:
    pages = (passage("El instituto lectoral"), Passage(2, 1, Kind.DESCRIPTION, 1, "Una descripción"))
    found, problems = apply_corrections(pages, Corrections((correction,)), PATH)
    assert found == pages
    assert fault in problems[0].fault
    assert problems[0].severity == "aviso"


def test_of_two_corrections_of_one_word_the_first_holds() -> None:
    asked = [Correction(1, "instituto lectoral", "Instituto Electoral"), Correction(1, "lectoral", "x")]
    found, notes = corrected_passage(passage("El instituto lectoral"), asked)
    assert found.text == "El Instituto Electoral"
    assert "se encima con otra corrección" in notes[0][1][0]


def test_a_fragment_that_was_checked_says_so_corrected_or_not() -> None:
    checked = Checked("ana", dt.date(2026, 1, 2))
    checks = (Correction(number, "", "", 0, checked.by, checked.date) for number in (1, 2))
    said = Corrections((Correction(1, "a", "b"), *checks))
    found, problems = apply_corrections((passage("a c"), passage("d", 2)), said, PATH)
    assert problems == ()
    assert [(p.text, p.checked) for p in found] == [("b c", checked), ("d", checked)]


def test_no_correction_leaves_the_very_same_fragments() -> None:
    pages = (passage("uno dos"), passage("tres", 2))
    assert apply_corrections(pages, Corrections(), PATH) == (pages, ())


@pytest.mark.parametrize("seed", range(30))
def test_a_corrected_text_is_the_original_but_for_its_changes(seed: int) -> None:
    rng = random.Random(seed)
    words = "el la de los o ples cómputo, voto voto. mesa; 1,500 político-electoral".split()  # noqa: SIM905
    text = " ".join(rng.choices(words, k=rng.randrange(1, 40)))
    starts = [0]
    for word in text.split(" ")[:-1]:
        starts.append(starts[-1] + len(word) + 1)
    cues = tuple((at, float(n)) for n, at in enumerate(starts) if n == 0 or rng.random() < 0.3)
    asked = []
    for _ in range(6):
        was = " ".join(rng.choices(words, k=rng.choice((1, 1, 2)))).rstrip(",.;")
        asked.append(Correction(1, was, rng.choice(("x", "y z", "")), rng.choice((1, 2))))
    found, notes = corrected_passage(passage(text, cues=cues), asked)
    assert len(found.changes) + len(notes) == len(asked)
    kept = found.original if found.original is not None else found.text
    assert kept == text
    at = was = 0
    for change in found.changes:
        assert found.text[at : change.start] == kept[was : change.was_start]
        at, was = change.end, change.was_end
    assert found.text[at:] == kept[was:]
    assert [second for _, second in found.cues] == [second for _, second in cues]
    offsets = [offset for offset, _ in found.cues]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(found.text) for offset in offsets)
