"""Labels in square brackets, and the initials that take their place later."""

from __future__ import annotations

from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import said

DEBATE = ("[Elvira Prado] Buenas noches.", "[Óscar Nieto] Gracias.", "[EP] ¿Empieza usted?", "[ON] Sí. [Aplausos]")


def test_names_in_brackets_speak_and_their_initials_are_theirs() -> None:
    """As an inference, which is said; an act in brackets stays in the text."""
    found = read_transcript([Paragraph(line) for line in DEBATE])
    speakers = [block.speaker for block in found.blocks if block.speaker]
    assert [(s.shown, s.inferred) for s in speakers] == [
        *(("Elvira Prado", False), ("Óscar Nieto", False)),
        *(("Elvira Prado", True), ("Óscar Nieto", True)),
    ]
    assert found.blocks[3].text == "Sí. [Aplausos]"
    assert found.warnings


def test_a_heading_in_brackets_is_said_by_nobody() -> None:
    """It ends the turn before."""
    assert said(*DEBATE, "[REGLAS DEL DEBATE]", "[Elvira Prado] Siga.")[4] == (None, "[REGLAS DEL DEBATE]")


def test_brackets_that_are_no_habit_of_names_stay_in_the_text() -> None:
    """Acts, and a name that stands once."""
    lines = ("[Aplausos] Gracias.", "[Elvira Prado] Buenas.", "[Risas] Bueno.", "[Aplausos] Ya.")
    assert {name for name, _ in said(*lines)} == {None}
