"""``anclas.tsv``: what is written is read again; what is damaged is said and costs nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.corpus.anchors import Anchors, Row, text_codes, word_code
from indexer.model import Kind

PATH = "foro/mesa-1/anclas.tsv"


def row(number: int, text: str, kind: Kind = Kind.TRANSCRIPT, whole: bool = False) -> Row:
    """A row for a text."""
    return Row(number, kind, whole, text_codes(text))


SOME = Anchors(
    (
        row(3, "De qué trató la mesa", Kind.DESCRIPTION, True),
        row(1, "Buenas tardes a todas las personas"),
        row(7, "Gracias.", whole=True),
    ),
    12,
)


def test_what_is_written_is_read_again() -> None:
    """Without a warning."""
    assert Anchors.parse(SOME.render(), PATH) == (SOME, ())


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(list(Kind)), st.booleans(), st.text(min_size=1, max_size=40)), max_size=6),
    st.integers(0, 500),
)
def test_any_rows_survive_the_file(made: list[tuple[Kind, bool, str]], more: int) -> None:
    """Whatever the words."""
    rows = tuple(Row(n, kind, whole, text_codes(f"x {text}")) for n, (kind, whole, text) in enumerate(made, start=1))
    anchors = Anchors(rows, len(rows) + 1 + more)
    assert Anchors.parse(anchors.render(), PATH) == (anchors, ())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    """Anything is read as what can be used of it."""
    anchors, _ = Anchors.parse(text, PATH)
    assert anchors.next_number > max((row.number for row in anchors.rows), default=0)


def test_the_file_holds_no_word_of_the_text() -> None:
    """What is withdrawn leaves no copy."""
    written = SOME.render()
    assert all(word not in written for word in ("Buenas", "tardes", "personas", "trató"))


def test_a_changed_fragment_is_one_changed_line() -> None:
    """Good diffs in git."""
    other = Anchors((SOME.rows[0], row(1, "Buenas noches a todas las personas"), SOME.rows[2]), 12)
    before, after = SOME.render().splitlines(), other.render().splitlines()
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1


def test_a_code_is_that_of_the_word_without_case_accents_and_punctuation() -> None:
    """Mending those keeps the number; another word has another code."""
    assert word_code("«Cómputo»,") == word_code("computo")
    assert word_code("cómputos") != word_code("computo")
    assert len(text_codes("— ¿Sí? —")) == 6


def test_codes_are_a_format_and_never_change() -> None:
    """Files of years ago hold these: if this fails, every address is lost."""
    assert text_codes("Cómputo distrital — 2025") == "Vwkevasr"


def test_damaged_lines_are_said_and_the_others_serve() -> None:
    """Each with its line."""
    lines = SOME.render().splitlines()
    lines[3] = lines[3][:-1]
    lines.append("cuatro\ttranscripcion\tparte\t1\tAAAA")
    anchors, problems = Anchors.parse("\n".join(lines), PATH)
    assert [r.number for r in anchors.rows] == [3, 7]
    assert anchors.next_number == 12
    assert [p.path for p in problems] == [f"{PATH}:4", f"{PATH}:6"]
    assert all(p.severity == "aviso" and p.cure for p in problems)


def test_a_merge_conflict_serves_both_sides() -> None:
    """One warning; no number goes back."""
    mine, theirs = row(12, "lo que agregué yo"), row(13, "lo que agregó ella")
    lines = SOME.render().splitlines()
    first = ["<<<<<<< HEAD", lines[0], "=======", lines[0].replace("siguiente=12", "siguiente=14"), ">>>>>>> otra"]
    text = "\r\n".join([*first, *lines[1:], *Anchors((mine, theirs), 1).render().splitlines()[2:]])
    anchors, problems = Anchors.parse("\ufeff" + text, PATH)
    assert anchors.rows == (*SOME.rows, mine, theirs)
    assert anchors.next_number == 14
    assert [p.severity for p in problems] == ["aviso"]
    assert "conflicto" in problems[0].fault


def test_a_number_given_twice_serves_once() -> None:
    """The first keeps it."""
    text = SOME.render() + "7\ttranscripcion\tparte\t2\tAAAA\n"
    anchors, problems = Anchors.parse(text, PATH)
    assert anchors == SOME
    assert "dos veces" in problems[0].fault


def test_a_file_without_its_first_line_goes_on_after_the_greatest_number() -> None:
    """And says so."""
    text = "\n".join(SOME.render().splitlines()[1:])
    anchors, problems = Anchors.parse(text, PATH)
    assert (anchors.rows, anchors.next_number) == (SOME.rows, 8)
    assert len(problems) == 1


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n"])
def test_an_empty_file_is_said(text: str) -> None:
    """As a warning."""
    anchors, problems = Anchors.parse(text, PATH)
    assert anchors == Anchors()
    assert [p.severity for p in problems] == ["aviso"]


def test_the_file_of_a_newer_version_is_never_written_over() -> None:
    """What can be read of it serves; the text is given back as it was."""
    text = SOME.render().replace("# consta-anclas 1", "# consta-anclas 2")
    anchors, problems = Anchors.parse(text, PATH)
    assert (anchors.rows, anchors.next_number) == (SOME.rows, 12)
    assert anchors.render() == text
    assert [p.severity for p in problems] == ["error"]
    assert "actualice Consta" in problems[0].cure


def test_rows_that_only_the_copy_has_go_to_their_place() -> None:
    """A file that is behind, or lost rows, is completed from the copy; where both have a number, the file's holds."""
    rows = [Row(number, Kind.TRANSCRIPT, True, f"A{number}") for number in range(6)]
    other = Row(3, Kind.TRANSCRIPT, True, "ZZ")
    file = Anchors((rows[1], other), next_number=4)
    copy = Anchors((rows[5], rows[1], rows[2], rows[3], rows[4]), next_number=6)
    assert file.completed(copy) == Anchors((rows[5], rows[1], rows[2], other, rows[4]), next_number=6)
    assert Anchors().completed(copy) == copy
    assert copy.completed(Anchors()) == copy


def test_a_row_that_is_damaged_comes_from_the_copy_though_another_stood_there_before() -> None:
    short, long, new = (
        Row(number, Kind.TRANSCRIPT, True, codes) for number, codes in ((1, "AB"), (1, "ABCD"), (2, "CD"))
    )
    copy = Anchors((short, new), next_number=3, before=(long,))
    text = copy.render()
    for at in range(len(text)):
        read = Anchors.parse(text[:at] + "\x14" + text[at + 1 :], PATH)[0].completed(copy)
        assert {row.number for row in read.rows} == {1, 2}, at
    assert Anchors((new,), 3, before=(short,)).completed(copy).rows == (new,)  # it went before a power cut
