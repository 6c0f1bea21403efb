"""The heads of documents: fields that nobody says; and the warnings where one label holds nearly everything."""

from __future__ import annotations

import pytest

from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import said

HEADS = [
    (
        "ACTA 12",
        "FECHA: 3 de marzo",
        "ASISTENTES: Elvira Prado Luna",
        "Óscar Nieto Vela",
        "ORDEN DEL DÍA:",
        "1. Lectura",
    ),
    ("Materia: Historia", "Profesor: Óscar Nieto Vela", "Duración: 41 min"),
    ("Participantes:", "Moderadora: Elvira Prado Luna", "Ponente 1: Óscar Nieto Vela"),
    ("Elvira Prado Luna: moderadora", "Óscar Nieto Vela: consejero electoral"),
    ("PRESIDENTA: ELVIRA PRADO LUNA", "SECRETARIO: ÓSCAR NIETO VELA", "LUGAR: SALA UNO"),
    ("Entrevistadora: Elvira Prado", "Entrevistado: Óscar Nieto", "Fecha: 3 de mayo"),
    ("ALCALDE-PRESIDENTE:", "SR. D. ÓSCAR NIETO VELA.", "SECRETARIA:", "Dª LUZ CANO BUENO", "AUSENTES: NINGUNO"),
    ("Lugar: Sala 2", "Entrevistado: Óscar - Cargo: dueño", "Objetivo: saber qué piensa"),
    ("Invitados: Elvira Prado Luna, Óscar Nieto Vela y Luz Mora Ruiz",),
    ("ALCALDESA:", "Dª Mar BUENO PLAZA", "SECRETARIO:", "D. ÓSCAR NIETO VELA"),
]
SPEECH = ("Moderadora: Buenas tardes a todas.", "Ponente 1: Gracias por la invitación.")


@pytest.mark.parametrize("head", HEADS, ids=[head[-1][:30] for head in HEADS])
def test_the_fields_of_a_head_are_said_by_nobody(head: tuple[str, ...]) -> None:
    """They stay as text; the first label with speech behind it ends the head."""
    assert said(*head, *SPEECH) == [
        *((None, line) for line in head),
        ("Moderadora", "Buenas tardes a todas."),
        ("Ponente 1", "Gracias por la invitación."),
    ]


def test_those_who_attend_may_speak_later() -> None:
    """And a professor speaks in a class."""
    assert said("Moderadora: ¿Sí?", "ASISTENTES: Sí.")[1] == ("ASISTENTES", "Sí.")
    assert said(*("Profesor: Hola a todas, hoy vemos las actas.",) * 2)[0][0] == "Profesor"


def faults(*lines: str) -> str:
    """The faults that are warned of."""
    return " ".join(fault for fault, _ in read_transcript([Paragraph(line) for line in lines]).warnings)


def test_a_label_that_names_nobody_and_holds_nearly_all_is_said() -> None:
    """A person who does so is not."""
    long = "una palabra " * 40
    assert "no nombra a nadie" in faults(f"Moderadora: Buenas. {long}", "Ponente 1: Gracias.")
    assert not faults(f"Elvira Prado Luna: Buenas. {long}", "Moderadora: Gracias.")


def test_a_turn_of_more_than_five_thousand_words_is_said() -> None:
    """Only in a file with labels."""
    long = "una palabra " * 2_501
    assert "palabras seguidas" in faults(f"Elvira Prado Luna: Buenas. {long}", "Moderadora: Gracias.")
    assert not faults(long)
