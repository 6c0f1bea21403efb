"""Who speaks, from label to label."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Kind
from indexer.model.transcript import Speaker
from indexer.readers import read
from indexer.readers.labels.label_parts import MAX_LABEL
from indexer.readers.labels.names import person_case
from indexer.readers.labels.speakers import blocks_of_prose, read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import blocks, said


def test_a_label_without_its_colon_is_known_from_where_it_has_one() -> None:
    """Run in, with or without a space; a roll call of the same words is not taken."""
    full = "Consejera Electoral del INE, Elvira Prado Luna"
    who = "Elvira Prado Luna"
    lines = (f"{full}: A favor.", f"{full} Presente.", f"{full}Presente.", f"{full}.", "Consejera Elvira Prado.")
    assert said(*lines) == [
        (who, "A favor."),
        (who, "Presente."),
        (who, "Presente."),
        (who, f"{full}."),
        (who, "Consejera Elvira Prado."),
    ]


def test_a_full_label_that_runs_into_its_words_is_seen_without_another() -> None:
    """Post and name are there: the capital inside a word ends them."""
    assert said("Consejero Electoral del INE, Óscar Nieto VelaPresente.") == [("Óscar Nieto Vela", "Presente.")]


def test_ruled_transcripts_announce_the_speaker_after_a_rule() -> None:
    """The label stands alone; acts after a rule are a turn of nobody; notes in parentheses go."""
    found = blocks(
        "Versión estenográfica",
        "---",
        "ELVIRA PRADO-LUNA DE LA CRUZ, DIRECTORA GENERAL DEL INSTITUTO DE ACTAS (IDA)",
        "Buenas tardes.",
        "Son dos cosas: una y otra.",
        "---",
        "(INICIA VIDEO)",
        "Voz del video.",
        "---",
        "PREGUNTA",
        "¿Cuánto?",
        "---",
        "GOBERNADOR DE LA COSTA, ÓSCAR NIETO VELA (ENLACE VIDEOLLAMADA)",
        "(Inaudible)",
        "---",
        "VOZ MUJER",
        "Otra.",
        "—000—",
    )
    assert [(b.turn, b.speaker.shown if b.speaker else None, b.text) for b in found] == [
        (0, None, "Versión estenográfica"),
        (1, "Elvira Prado-Luna de la Cruz", "Buenas tardes."),
        (1, "Elvira Prado-Luna de la Cruz", "Son dos cosas: una y otra."),
        (2, None, "(INICIA VIDEO)"),
        (2, None, "Voz del video."),
        (3, "PREGUNTA", "¿Cuánto?"),
        (4, "Óscar Nieto Vela", "(Inaudible)"),
        (5, "VOZ MUJER", "Otra."),
    ]
    assert found[1].speaker == Speaker(
        "Elvira Prado-Luna de la Cruz",
        None,
        "Directora General del Instituto de Actas (IDA)",
        "Instituto de Actas (IDA)",
    )


def test_a_post_and_its_name_on_the_next_line_are_one_label() -> None:
    """As when a label was broken in two."""
    (block,) = blocks("---", "SUBDIRECTORA DE ACTAS", "ELVIRA PRADO LUNA: Gracias.")
    assert block.speaker == Speaker("Elvira Prado Luna", None, "Subdirectora de Actas")
    assert block.text == "Gracias."


def test_bare_labels_in_capitals_need_no_rule() -> None:
    """But a list of those who are present is a list."""
    assert said("MODERADORA", "Buenas tardes.", "ÓSCAR NIETO VELA, CONSEJERO ELECTORAL", "Gracias.") == [
        ("MODERADORA", "Buenas tardes."),
        ("Óscar Nieto Vela", "Gracias."),
    ]
    present = ("ÓSCAR NIETO VELA, CONSEJERO ELECTORAL", "ELVIRA PRADO LUNA, CONSEJERA ELECTORAL")
    assert said("ORDEN DEL DÍA", *present) == [(None, "ORDEN DEL DÍA"), (None, present[0]), (None, present[1])]


def test_an_acta_runs_its_labels_in_between_filler() -> None:
    """Filler and footers go; labels in capitals inside a paragraph open turns."""
    assert said(
        "- - - - LA CONSEJERA PRESIDENTA EN USO DE LA PALABRA: “Buenos días.” - - - - - EL SECRETARIO EJECUTIVO: “Sí.” "
        "LA CONSEJERA ELVIRA PRADO LUNA: “Gracias.” - - - -",
        "1 de 58",
        "Página 1 de 14",
        "Elaboró: EPL",
        "Continúa.",
    ) == [
        ("LA CONSEJERA PRESIDENTA", "“Buenos días.”"),
        ("EL SECRETARIO EJECUTIVO", "“Sí.”"),
        ("Elvira Prado Luna", "“Gracias.”"),
        ("Elvira Prado Luna", "Continúa."),
    ]


def test_acts_stay_in_the_turn_they_interrupt() -> None:
    """On a line of their own, or as all that was said."""
    found = blocks("Moderadora: Gracias.", "(Aplausos)", "Seguimos.", "Ponente 1: (Inaudible)", "[Música]")
    assert [(b.turn, b.text) for b in found] == [
        (0, "Gracias."), (0, "(Aplausos)"), (0, "Seguimos."), (1, "(Inaudible)"), (1, "[Música]"),
    ]  # fmt: skip


def test_what_precedes_the_first_label_is_a_turn_of_nobody() -> None:
    """And a label is a new turn even when the same person goes on."""
    found = blocks("Sesión de prueba", "Segunda línea", "Moderadora: Uno.", "Moderadora: Dos.")
    assert [(b.turn, b.speaker is None) for b in found] == [(0, True), (0, True), (1, False), (2, False)]


def test_a_strange_name_is_taken_when_it_comes_back_or_is_bold() -> None:
    """Once, and plain, it may be a heading."""
    assert said("Xunka Tzotz Pat: Uno.", "Ikal Balam Ek: Dos.", "Xunka Tzotz Pat: Tres.")[0][0] == "Xunka Tzotz Pat"
    assert said("Xunka Tzotz Pat: Uno.")[0][0] is None
    bold = read_transcript([Paragraph("Xunka Tzotz Pat: Uno.", bold=15)]).blocks
    assert bold[0].speaker == Speaker("Xunka Tzotz Pat")


def test_those_who_are_called_do_not_speak() -> None:
    """However often they are."""
    lines = ("Señor presidente: Quisiera una respuesta.", "Presidenta: ¿se ha planteado esto?") * 2
    assert {who for who, _ in said("Moderadora: Adelante.", *lines)} == {"Moderadora"}
    assert said("C. Presidente: Se abre la sesión.") == [("C. Presidente", "Se abre la sesión.")]


def test_an_organisation_may_speak() -> None:
    """When its label is bold, or stands among sure ones."""
    organisation = "Observatorio Ciudadano de la Costa"
    assert said("Presentadora: Adelante.", f"{organisation}: Gracias.", f"{organisation}: 45 %.") == [
        ("Presentadora", "Adelante."),
        (organisation, "Gracias."),
        (organisation, "45 %."),
    ]
    assert said(f"{organisation}: vigila.")[0][0] is None
    bold = read_transcript([Paragraph("Observatorio Ciudadano de la Costa: Uno.", bold=34)]).blocks
    assert bold[0].speaker is not None
    assert bold[0].speaker.shown == bold[0].speaker.institution == "Observatorio Ciudadano de la Costa"


def test_a_label_after_a_line_break_and_one_that_is_broken_are_seen() -> None:
    """Lines that continue a paragraph are joined, but for labels."""
    found = read_transcript(
        [
            Paragraph("Moderadora: Buenas tardes"),
            Paragraph("a todas.", continues=True),
            Paragraph("Ponente 1: Gracias.", continues=True),
            Paragraph("Directora General del Instituto de la Costa,"),
            Paragraph("Elvira Prado Luna: Sigo", continues=True),
            Paragraph("yo.", continues=True),
        ]
    ).blocks
    assert [(b.speaker.shown if b.speaker else None, b.text) for b in found] == [
        ("Moderadora", "Buenas tardes a todas."), ("Ponente 1", "Gracias."), ("Elvira Prado Luna", "Sigo yo."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("MARÍA DE LA LUZ PÉREZ", "María de la Luz Pérez"),
        ("HUGO LÓPEZ-GATELL", "Hugo López-Gatell"),
        ("ZOÉ ROBLEDO", "Zoé Robledo"),
        ("ARTURO LELO DE LARREA Y RÍOS", "Arturo Lelo de Larrea y Ríos"),
        ("Norma De La Cruz", "Norma De La Cruz"),
        ("Norma DE LA CRUZ", "Norma de la Cruz"),
    ],
)
def test_names_in_capitals_are_written_the_spanish_way(printed: str, written: str) -> None:
    """Mixed case stays as printed."""
    assert person_case(printed) == written


def test_only_transcripts_are_searched_for_labels(tmp_path: Path) -> None:
    """A description keeps its colons and has one turn of nobody."""
    path = tmp_path / "descripcion.txt"
    path.write_text("Moderadora: Elvira Prado.\n1 de 58\n", encoding="utf-8")
    found = read(path, Kind.DESCRIPTION).blocks
    assert [(b.text, b.speaker, b.turn) for b in found] == [
        ("Moderadora: Elvira Prado.", None, 0),
        ("1 de 58", None, 0),
    ]


ADVERSARIAL = [
    "A" * 100_000, "a " * 50_000, "A, " * 33_333, "Ab " * 33_333, "EL A" * 25_000, ". LA A" * 16_666, "(" * 100_000,
    "El presidente " * 7_000, ":" * 100_000, "- " * 50_000, "A:1" * 33_333, "**" * 50_000, "LA CONSEJERA " * 7_500,
]  # fmt: skip


@pytest.mark.parametrize("text", ADVERSARIAL, ids=range(len(ADVERSARIAL)))
def test_a_hostile_paragraph_is_text_and_keeps_its_letters(text: str) -> None:
    """A rule that cost exponential time would hang here; ``benchmarks/labels.py`` prints what they take."""
    found = read_transcript([Paragraph(text, bold=3)]).blocks
    letters = [c for c in text if c.isalpha()]
    kept = [c for b in found for c in b.text if c.isalpha()]
    assert kept == letters or len(letters) - len(kept) <= MAX_LABEL  # some begin with what is a label indeed


WORDS = ("Sí.", "El", "presidente", "dijo:", "Ana", "López:", "LA", "CONSEJERA", "acta,", "¿Cuánto?", "urna", "PREP")
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
LABEL = st.sampled_from(["Moderadora:", "El C. Presidente:", "PONENTE 2:", "Mtra. Elvira Prado Luna:"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(LINE, st.sampled_from(["(Aplausos)", "---"])), min_size=1, max_size=12))
def test_no_word_of_prose_is_ever_lost(lines: list[str]) -> None:
    """Outside transcripts nothing is a label."""
    found = blocks_of_prose([Paragraph(line) for line in lines])
    assert " ".join(b.text for b in found).split() == " ".join(line for line in lines if line != "---").split()


SPEECH = st.lists(st.sampled_from(("hola", "gracias", "acta", "urna", "voto", "prep")), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(LABEL, SPEECH), max_size=8))
def test_every_word_but_the_labels_is_kept_in_order(turns: list[tuple[str, list[str]]]) -> None:
    """A turn a label, in order, with the words that followed it."""
    found = blocks(*(f"{label} {' '.join(spoken).capitalize()}." for label, spoken in turns))
    assert [re.findall(r"\w+", b.text.lower()) for b in found] == [spoken for _, spoken in turns]
    assert [b.turn for b in found] == list(range(len(turns)))
