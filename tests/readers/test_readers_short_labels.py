"""What a file's habit makes of a short start: a label, an inference, or a doubt that is said."""

from __future__ import annotations

import pytest

from indexer.readers.labels.speakers import Transcript, read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import said


def transcript_of(*lines: str) -> Transcript:
    """Of lines without print."""
    return read_transcript([Paragraph(line) for line in lines])


def who(found: Transcript) -> list[tuple[str | None, bool]]:
    """Who speaks in each block, and whether that is an inference."""
    return [(b.speaker.shown, b.speaker.inferred) if b.speaker else (None, False) for b in found.blocks]


@pytest.mark.parametrize("mark", [".-", ":", ".–", ".—"])
def test_a_surname_that_stands_once_is_a_label_where_the_mark_is_the_habit(mark: str) -> None:
    """As an inference, with a warning that names it."""
    lines = ("TULIPÁN{} Buenas.", "PERIODISTA{} ¿Cuánto?", "TULIPÁN{} Mucho.", "GIRASOLÍN{} Nada.", "PERIODISTA{} ¿Y?")
    found = transcript_of(*(line.format(mark) for line in lines))
    assert who(found)[3] == ("GIRASOLÍN", True)
    assert not any(inferred for name, inferred in who(found) if name != "GIRASOLÍN")
    assert ["GIRASOLÍN" in fault for fault, _ in found.warnings] == [True]


POINTS = ["PRIMERO", "ÚNICO", "ANTECEDENTES", "ACUERDO", "ORDEN DEL DÍA", "PREP", "NOTA", "Artículo 5", "CONSIDERANDO"]


@pytest.mark.parametrize("point", POINTS)
def test_the_points_of_minutes_are_no_speakers(point: str) -> None:
    """In whatever habit."""
    lines = ("PRESIDENTA.- Dé lectura.", "SECRETARIO.- Con gusto.", f"{point}.- Se aprueba.", "PRESIDENTA.- Gracias.")
    assert said(*lines)[2][0] == "SECRETARIO"


def test_a_word_of_everyday_is_doubted_and_said() -> None:
    """Whoever had the floor keeps it as an inference, in a turn of its own."""
    lines = ("PRESIDENTA: Dé lectura.", "SECRETARIO: Compré flores.", "FLORES: Gracias.", "PRESIDENTA: Sigue.")
    found = transcript_of(*lines)
    assert who(found)[2] == ("SECRETARIO", True)
    assert [b.turn for b in found.blocks] == [0, 1, 2, 3]
    assert any("FLORES" in fault for fault, _ in found.warnings)


def test_a_post_that_may_be_called_is_doubted_and_said() -> None:
    """``Alumna: ¿Cuál?`` under the professor's name would be a wrong name without a word."""
    found = transcript_of("Profesor: Hoy vemos las actas.", "Alumna: ¿Cuál acta?", "Profesor: La primera.")
    assert who(found) == [("Profesor", False), ("Profesor", True), ("Profesor", False)]
    assert any("Alumna" in fault for fault, _ in found.warnings)


def test_surnames_that_take_turns_are_labels() -> None:
    """In mixed case, though no list knows them."""
    lines = ("Tulipán: Buenas.", "Periodista: ¿Cuánto?", "Tulipán: Mucho.", "Periodista: ¿Y?", "Tulipán: Ya.")
    assert [name for name, _ in said(*lines)] == ["Tulipán", "Periodista", "Tulipán", "Periodista", "Tulipán"]


DIALOGUES = [
    ("P.- ¿Qué?", "R.- Un acta.", "P.- ¿Y?", "R.- Nada."),
    ("P: ¿Qué?", "R: Un acta.", "P: ¿Y?", "R: Nada."),
    ("P. ¿Qué?", "R. Un acta.", "P. ¿Y?", "R. Nada."),
    ("P/ ¿Qué?", "R/ Un acta.", "P/ ¿Y?", "R/ Nada."),
    ("E: ¿Qué?", "P1: Un acta.", "E: ¿Y?", "P1: Nada."),
    ("ENTREVISTADORA: ¿Qué?", "E1: Un acta.", "ENTREVISTADORA: ¿Y?", "E1: Nada."),
    ("— E: ¿Qué?", "— I: Un acta.", "— E: ¿Y?", "— I: Nada."),
]


@pytest.mark.parametrize("lines", DIALOGUES, ids=[lines[1][:6] for lines in DIALOGUES])
def test_initials_that_take_turns_are_speakers(lines: tuple[str, ...]) -> None:
    """With any mark."""
    found = said(*lines)
    assert [text for _, text in found] == ["¿Qué?", "Un acta.", "¿Y?", "Nada."]
    assert found[0][0] == found[2][0] != found[1][0] == found[3][0]
    assert None not in {name for name, _ in found}


LISTS = [
    ("A: Uno.", "B: Dos.", "C: Tres.", "A: Uno.", "B: Dos.", "C: Tres."),
    ("I.- Uno.", "II.- Dos.", "III.- Tres.", "IV.- Cuatro."),
    ("A. Prado llegó.", "B. Nieto llegó.", "A. Prado habló."),
    ("P: Uno.", "P: Dos.", "P: Tres.", "P: Cuatro."),
]


@pytest.mark.parametrize("lines", LISTS, ids=[lines[0] for lines in LISTS])
def test_letters_that_count_points_are_no_speakers(lines: tuple[str, ...]) -> None:
    """Nobody answers them."""
    assert said(*lines) == [(None, line) for line in lines]


def test_a_participant_of_an_interview_who_speaks_once_is_inferred() -> None:
    """``P2`` among answers of ``P1``."""
    found = transcript_of("E: ¿Qué?", "P1: Un acta.", "E: ¿Y?", "P2: Yo no.", "E: ¿Y?", "P1: Nada.")
    assert who(found)[3] == ("P2", True)


def test_the_mark_that_more_labels_follow_is_the_habit_of_a_file_with_rules() -> None:
    """A rule before a number is no announcement where labels end in a colon."""
    lines = ("Moderadora: Uno.", "Ponente 1: Dos.", "---", "ACTA 1302", "Moderadora: Tres.")
    assert [name for name, _ in said(*lines)] == ["Moderadora", "Ponente 1", "Ponente 1", "Moderadora"]


def test_names_alone_on_their_lines_are_labels_where_they_come_back() -> None:
    """In mixed case, as web pages set them; a list of those present is none."""
    lines = (
        "Moderadora",
        "Buenas tardes a todas.",
        "Elvira Prado Luna",
        "Gracias por todo.",
        "Moderadora",
        "Adelante.",
    )
    assert [name for name, _ in said(*lines)] == ["Moderadora", "Elvira Prado Luna", "Moderadora"]
    present = ("Elvira Prado Luna", "Óscar Nieto Vela", "Elvira Prado Luna", "Óscar Nieto Vela")
    assert {name for name, _ in said(*present)} == {None}


def test_bold_capitals_with_the_mark_of_the_labels_end_what_was_said_for_sure() -> None:
    """A misspelled label in a file whose labels are printed so: what follows may be another's, and that is told."""
    starts = ("MODERADORA:", "INTERVECIÓN:", "ÓSCAR NIETO:", "MODERADORA:")
    found = read_transcript([Paragraph(f"{start} Hablo de los cómputos.", bold=len(start)) for start in starts])
    assert who(found) == [
        ("MODERADORA", False), ("MODERADORA", True), ("Óscar Nieto", False), ("MODERADORA", False)
    ]  # fmt: skip
    assert ["INTERVECIÓN" in fault for fault, _ in found.warnings] == [True]
