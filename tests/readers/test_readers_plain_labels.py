"""Labels that the rest of a file does not bear out are nobody's or inferences, and said."""

from __future__ import annotations

from indexer.readers.labels.speakers import Transcript, read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import said

LONG = "una palabra más " * 30


def who(found: Transcript) -> list[tuple[str | None, bool]]:
    """Who speaks in each block, and whether that is an inference."""
    return [(b.speaker.shown, b.speaker.inferred) if b.speaker else (None, False) for b in found.blocks]


def test_a_name_in_the_heading_of_the_page_is_whom_it_is_about() -> None:
    """Or who wrote it; the labels below are read, and the heading is told."""
    heading = Paragraph("Elvira Prado Luna", bold=17, heading=True)
    found = read_transcript([heading, Paragraph("Hoy hablamos de una poeta de la costa.")])
    assert who(found) == [(None, False), (None, False)]
    interview = [heading, Paragraph("1 I: ¿Y cómo fue?"), Paragraph("2 E: Bien."), Paragraph("3 I: ¿Y después?")]
    found = read_transcript([*interview, Paragraph("4 E: También.")])
    assert [name for name, _ in who(found)] == [None, "I", "E", "I", "E"]


def test_names_in_headings_that_take_turns_speak() -> None:
    """Two of them are enough."""
    names = [Paragraph("Elvira Prado", heading=True), Paragraph("Óscar Nieto", heading=True)]
    found = read_transcript([names[0], Paragraph("Buenas."), names[1], Paragraph("Gracias.")])
    assert [name for name, _ in who(found)] == ["Elvira Prado", "Óscar Nieto"]


def test_a_bold_name_within_a_title_of_several_lines_is_an_inference() -> None:
    """Questions and answers follow, and nobody marked whose they are."""
    lines = [("Entrevista 1", 12), ("Óscar Nieto Vela", 16), ("¿A qué se dedica?", 0), ("A la pesca.", 0)]
    found = read_transcript([Paragraph(text, bold) for text, bold in lines])
    assert all(inferred for name, inferred in who(found) if name)
    assert found.warnings


def test_one_label_above_nearly_all_words_is_an_inference() -> None:
    """It names nobody and stands once: a field or a definition."""
    found = read_transcript([Paragraph("TEMA: Las urnas.", 5), Paragraph(LONG), Paragraph("Moderadora: Gracias.")])
    assert ("Moderadora", False) in who(found)
    assert all(inferred for name, inferred in who(found) if name == "TEMA")


def test_answers_that_alone_have_a_mark_are_an_inference() -> None:
    """The questions between them are nobody's, and nobody marked them."""
    lines = ("¿Cómo empezó?", "Respuesta: En el taller.", "¿Y después?", "Respuesta: En la feria.", "¿Sigue?")
    assert all(inferred for name, inferred in who(read_transcript([Paragraph(line) for line in lines])) if name)


def test_capitals_above_a_line_that_goes_on_are_emphasis() -> None:
    """As a recogniser's lines have them."""
    lines = ("hablemos de esto", "MODO AHORRO", "hace que los costos", "bajen mucho.") * 3
    assert {name for name, _ in said(*lines)} == {None}


def test_an_interview_in_which_one_speaks_twice_in_a_row_has_two_voices() -> None:
    """The other takes turns all the same."""
    lines = ("E: ¿Sí?", "A: No.", "E: Ya.", "E: ¿Y?", "E: Siga.", "A: Fui.", "E: ¿Y?", "A: Volví.", "E: Ya.")
    assert {name for name, _ in said(*lines)} == {"E", "A"}


def test_a_table_whose_rows_all_begin_with_one_name_is_no_dialogue_for_sure() -> None:
    """Whose need it is, not who speaks."""
    rows = ("Elvira Prado | Quiere inventario.", "Elvira Prado | Quiere ventas.", "Elvira Prado | Y un control.")
    assert all(inferred for name, inferred in who(read_transcript([Paragraph(row) for row in rows])) if name)


def test_unknown_words_in_bold_that_take_turns_with_names_end_the_turn_before() -> None:
    """``El president`` in a parliament whose language no list knows: an inference, and said."""
    names = ("Elvira Prado Luna", "El batlle", "Óscar Nieto Vela", "El batlle", "Elvira Prado Luna", "El batlle")
    lines = [part for name in names for part in (Paragraph(name, bold=len(name)), Paragraph("Gràcies."))]
    found = read_transcript(lines)
    assert who(found)[:3] == [("Elvira Prado Luna", False), ("El batlle", True), ("Óscar Nieto Vela", False)]
    assert found.warnings


def test_a_person_who_stands_once_in_bold_among_others_speaks() -> None:
    """Not whoever spoke above."""
    names = ("Elvira Prado Luna", "Óscar Nieto Vela", "Elvira Prado Luna", "Zuriñe Arkaitz")
    lines = [part for name in names for part in (Paragraph(name, bold=len(name)), Paragraph("Gracias a usted."))]
    assert [name for name, _ in who(read_transcript(lines))] == list(names)


def test_one_rule_is_no_habit() -> None:
    """The line under a title does not make the next one a label."""
    lines = [Paragraph("ACTA"), Paragraph("", rule=True), Paragraph("ASISTENTES DE LA COSTA"), Paragraph("Se abre.")]
    assert {name for name, _ in who(read_transcript(lines))} == {None}


def test_an_organisation_among_sure_labels_speaks_and_that_is_an_inference() -> None:
    """Three words and a sentence after them; a fact about it stays with whoever speaks."""
    lines = ["MODERADORA: Buenas tardes a todas.", "Instituto Electoral de la Costa: Nosotros tenemos otros datos."]
    found = read_transcript([Paragraph(line) for line in [*lines, "MODERADORA: Gracias por venir."]])
    assert who(found) == [("MODERADORA", False), ("Instituto Electoral de la Costa", True), ("MODERADORA", False)]


def test_a_post_that_only_ever_has_a_name_behind_it_is_a_list_of_who_holds_it() -> None:
    lines = ["Moderadora: Buenas tardes a todas.", "Óscar Nieto: Gracias.", "Moderadora: ¿Y los cómputos?"]
    found = read_transcript([Paragraph(line) for line in [*lines, "Relator: Luz Vela Ríos", "Óscar Nieto: Van bien."]])
    assert [name for name, _ in who(found)] == ["Moderadora", "Óscar Nieto", "Moderadora", None, "Óscar Nieto"]
    assert found.blocks[3].text == "Relator: Luz Vela Ríos"


def test_words_alone_on_their_line_that_may_be_a_heading_are_an_inference() -> None:
    """In bold, and a role that somebody may have."""
    names = ("Elvira Prado", "Óscar Nieto", "MODERADORA", "Pregunta")
    lines = [more for name in names for more in (Paragraph(name, bold=len(name)), Paragraph("Seguimos con la mesa."))]
    assert who(read_transcript(lines))[-1] == ("Pregunta", True)


def test_where_a_rule_announces_each_speaker_acts_between_rules_are_nobodys_turn() -> None:
    """Though more acts than names stand behind the rules."""
    lines = ("-----", "ELVIRA PRADO", "Buenas tardes.", "-----", "(Aplausos)", "-----", "ÓSCAR NIETO", "Gracias.")
    acts = ("-----", "(Música)", "-----", "(Inaudible)", "-----", "Seguimos.")
    found = read_transcript([Paragraph(line, rule=line == "-----") for line in (*lines, *acts)])
    assert [name for name, _ in who(found)][:3] == ["Elvira Prado", None, "Óscar Nieto"]
