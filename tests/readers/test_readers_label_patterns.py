"""Speaker labels of published transcripts, pattern by pattern, and the sentences that only look like one."""

from __future__ import annotations

import pytest

from indexer.model.transcript import Speaker
from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import blocks, said

PATTERNS = [
    (
        "Consejera Electoral del INE, Elvira Prado Luna: Gracias.",
        Speaker("Elvira Prado Luna", None, "Consejera Electoral", "INE"),
        "Gracias.",
    ),
    (
        "Elvira Prado Luna, Consejera Presidenta del Instituto Electoral de la Costa: Bienvenidas.",
        Speaker("Elvira Prado Luna", None, "Consejera Presidenta", "Instituto Electoral de la Costa"),
        "Bienvenidas.",
    ),
    ("Presentadora: Iniciamos.", Speaker(role="Presentadora"), "Iniciamos."),
    (
        "Representante del PRD, Óscar Nieto Vela: A favor.",
        Speaker("Óscar Nieto Vela", None, "Representante del PRD", "PRD"),
        "A favor.",
    ),
    ("El C. Presidente: Se abre la sesión.", Speaker(role="El C. Presidente"), "Se abre la sesión."),
    ("El C. Secretario: Hay quórum.", Speaker(role="El C. Secretario"), "Hay quórum."),
    (
        "El presidente diputado Óscar Nieto Vela (17:17 horas) Se abre la sesión.",
        Speaker("Óscar Nieto Vela", None, "Presidente diputado"),
        "Se abre la sesión.",
    ),
    (
        "La secretaria senadora Elvira Prado Luna: Con gusto.",
        Speaker("Elvira Prado Luna", None, "Secretaria senadora"),
        "Con gusto.",
    ),
    (
        "El diputado Óscar Nieto Vela (desde la curul): Pido la palabra.",
        Speaker("Óscar Nieto Vela", None, "Diputado"),
        "Pido la palabra.",
    ),
    (
        "El Presidente Senador Óscar Nieto Vela: Adelante.",
        Speaker("Óscar Nieto Vela", None, "Presidente Senador"),
        "Adelante.",
    ),
    ("SEÑOR MINISTRO PRESIDENTE.- Continúe.", Speaker(role="SEÑOR MINISTRO PRESIDENTE"), "Continúe."),
    ("SEÑOR MINISTRO PRESIDENTE: Continúe.", Speaker(role="SEÑOR MINISTRO PRESIDENTE"), "Continúe."),
    ("EL DIP. PRESIDENTE.- Se somete a votación.", Speaker(role="EL DIP. PRESIDENTE"), "Se somete a votación."),
    (
        "LA CONSEJERA PRESIDENTA EN USO DE LA PALABRA: “Buenos días.",
        Speaker(role="LA CONSEJERA PRESIDENTA"),
        "“Buenos días.",
    ),
    (
        "ELVIRA PRADO DE LA LUZ, CONSEJERA ELECTORAL: Sí.",
        Speaker("Elvira Prado de la Luz", None, "Consejera Electoral"),
        "Sí.",
    ),
    ("Mtra. Elvira Prado Luna: Gracias.", Speaker("Elvira Prado Luna"), "Gracias."),
    ("Elvira Prado: Gracias.", Speaker("Elvira Prado"), "Gracias."),
    ("MODERADORA: Gracias.", Speaker(role="MODERADORA"), "Gracias."),
    ("Ponente 1: Gracias.", Speaker(role="Ponente 1"), "Gracias."),
    ("Moderador: buenas tardes a todas", Speaker(role="Moderador"), "buenas tardes a todas"),
    (
        "Consejera A, integrante de la Comisión de Organización: Gracias.",
        Speaker(None, "Consejera A", "integrante de la Comisión de Organización", "Comisión de Organización"),
        "Gracias.",
    ),
    (
        "CONSEJERO C, INTEGRANTE DE LA COMISIÓN DE QUEJAS: Gracias.",
        Speaker(None, "CONSEJERO C", "Integrante de la Comisión de Quejas", "Comisión de Quejas"),
        "Gracias.",
    ),
    ("Consejera A: Gracias.", Speaker(role="Consejera A"), "Gracias."),
    ("Consejero C: Gracias.", Speaker(role="Consejero C"), "Gracias."),
    ("CONSEJERA UNO: Gracias.", Speaker(role="CONSEJERA UNO"), "Gracias."),
    ("Consejero Dos: Gracias.", Speaker(role="Consejero Dos"), "Gracias."),
    ("Ponente Tres: Gracias.", Speaker(role="Ponente Tres"), "Gracias."),
    ("Segundo ponente: Gracias.", Speaker(role="Segundo ponente"), "Gracias."),
    ("Segunda persona del público: Gracias.", Speaker(role="Segunda persona del público"), "Gracias."),
    ("Maestra de ceremonias: Bienvenidas.", Speaker(role="Maestra de ceremonias"), "Bienvenidas."),
    (
        "Maestro de ceremonias, Óscar Nieto Vela: Bienvenidas.",
        Speaker("Óscar Nieto Vela", None, "Maestro de ceremonias"),
        "Bienvenidas.",
    ),
    ("Elvira Prado Luna (moderadora): Gracias.", Speaker("Elvira Prado Luna", None, "Moderadora"), "Gracias."),
]


@pytest.mark.parametrize(("line", "speaker", "text"), PATTERNS, ids=[p[0].partition(":")[0][:40] for p in PATTERNS])
def test_a_label_before_its_words_is_taken_off_and_read(line: str, speaker: Speaker, text: str) -> None:
    """A single occurrence in a document is enough."""
    (block,) = blocks(line)
    assert (block.speaker, block.text) == (speaker, text)


SENTENCES = [
    "Primero, quiero decir algo: que estamos listos.",
    "Son dos cosas: una y otra.",
    "Y dijo: aquí estamos.",
    "Artículo 5: la autoridad resolverá.",
    "Por ejemplo: las actas.",
    "El presidente del INE dijo lo siguiente: que habrá actas.",
    "La consejera Prado señaló: no hay datos.",
    "Mesa 3: Innovación tecnológica.",
    "Pregunta número dos: ¿cuánto cuesta?",
    "Tema: Innovación.",
    "Proceso Electoral Local: avances.",
    "Estado de México: 45 distritos.",
    "Nuevo León: 26 distritos.",
    "Muchas gracias, Presidenta: con esto termino.",
    "Presidenta: ¿se ha planteado esto?",
    "Otra situación, señor presidente: los costos.",
    "Señor presidente: quisiera decir algo.",
    "A las 17:17 horas terminó: fue tarde.",
    "Consejera Elvira Prado.",
    "Consejera Electoral del INE, Elvira Prado Luna.",
    "Bien. Regresando, Presidenta, al tema: lo que falta.",
    "http://ejemplo.mx: una dirección.",
    "(INICIA VIDEO: Elvira Prado Luna)",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_with_a_colon_is_no_label(line: str) -> None:
    """It stays whole, in the turn of the one who speaks."""
    assert said("Moderadora: Buenas tardes.", line)[1] == ("Moderadora", line)


BOLD_LABELS = [
    "Persona del público", "Segunda persona del público", "Persona asistente", "Tercera persona asistente",
    "Una persona del público", "Otra voz", "Vecino de la colonia", "Representación del PRD", "Presidencia",
    "Especialista en voto desde el extranjero", "Ponente del área de administración", "INE", "IEEM", "IEE Sonora",
]  # fmt: skip


@pytest.mark.parametrize("label", BOLD_LABELS)
@pytest.mark.parametrize("form", ["**{}:** {}", "**{}**: {}"])
def test_a_bold_label_needs_no_name(label: str, form: str) -> None:
    """The colon inside the bold or just outside; once is enough, and nobody else gets the question."""
    inside = form.startswith("**{}:")
    line = Paragraph(f"{label}: ¿Cuánto cuesta?", bold=len(label) + inside)
    found = read_transcript([Paragraph("Moderadora: Adelante."), line]).blocks
    assert found[1].speaker is not None
    assert (found[1].speaker.shown, found[1].text, found[1].turn) == (label, "¿Cuánto cuesta?", 1)


BOLD_LEADS = [
    "Primero", "En segundo lugar", "Nota", "Artículo 5", "Tema 3", "Acuerdo", "Acuerdos", "Por ejemplo", "Conclusión",
    "Inteligencia Artificial", "Voto electrónico", "Segunda pregunta", "Segunda sesión", "Objetivo general", "Único",
    "NOTA", "ACUERDO", "ORDEN DEL DÍA", "EN CONTRA", "PREP", "Costo por voto",
    "Lo que se vio en la jornada", "Una cosa que se dijo en la mesa y que no todas las personas conocen de cerca",
]  # fmt: skip


@pytest.mark.parametrize("lead", BOLD_LEADS)
def test_a_bold_lead_is_no_speaker(lead: str) -> None:
    """However often it comes back."""
    line = Paragraph(f"{lead}: Hay que decirlo.", bold=len(lead) + 1)
    found = read_transcript([Paragraph("Moderadora: Adelante."), line, line]).blocks
    assert [(b.speaker and b.speaker.shown, b.text) for b in found[1:]] == [("Moderadora", line.text)] * 2


def test_a_bold_lead_that_nobody_knows_is_a_speaker_when_it_comes_back() -> None:
    """Once it may open a point."""
    line = Paragraph("Tejedora de la sierra: Gracias.", bold=23)
    assert read_transcript([line]).blocks[0].speaker is None
    assert {b.speaker.shown for b in read_transcript([line, line]).blocks if b.speaker} == {"Tejedora de la sierra"}


def test_an_acronym_that_comes_back_speaks() -> None:
    """Plain, it needs to be there twice; what a transcript explains does not speak."""
    assert said("INE: Gracias.", "Moderadora: Sí.", "INE: De nada.") == [
        ("INE", "Gracias."), ("Moderadora", "Sí."), ("INE", "De nada."),
    ]  # fmt: skip
    assert said("Moderadora: Sí.", "INE: organiza.")[1] == ("Moderadora", "INE: organiza.")
    assert said("Moderadora: Sí.", "PREP: Un programa.", "PREP: Otra vez.")[2] == ("Moderadora", "PREP: Otra vez.")
