"""Programmes as institutes write them: lists, tables, prose; whatever is pasted, nothing is lost without a word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.operations.programme_reading import Programme, read_person, read_programme

LIST = """Programa
Foro Experiencia e Innovación en los Procesos Electorales Locales
4 y 5 de diciembre de 2025
Sede: Auditorio del IEEM, Toluca

Jueves 4 de diciembre de 2025
9:00 – 9:30 Registro
10:00 – 11:30 Mesa 1. Buenas prácticas de los OPLEs
Modera: Eva Sol Paz, Consejera Electoral del IEEM
Participantes:
• Dra. Ana Ruiz Pérez, Consejera Presidenta, IEEG
• Mtro. Luis Mora Paz – Consejero Electoral – IEEQ
11:30 – 11:45 Receso
11:45 a 13:00 hrs. Mesa 2: “Eficiencia operativa”
Ponentes: Rosa Díaz Mar, Consejera Electoral de Sonora; Juan Gil Rey (INE)

Viernes 5 de diciembre
Mesa III
Innovación tecnológica
Panelistas
Sara Luz Vega
Consejera Electoral del Instituto Electoral de Coahuila
Tomás Ríos Cano (moderador)
Clausura
"""
TABLE = (
    "Horario\tActividad\tParticipantes\n10:00-11:30\tMesa 1. Buenas prácticas\tAna Ruiz, Consejera, IEEM; Luis Mora\n"
    "11:30\tReceso\t\n12:00-13:00\tPanel 2: Eficiencia\tEva Sol, UNAM\n"
)
MARKDOWN = (
    "| mesa | nombre | día |\n|---|---|---|\n| 1 | Buenas prácticas | 4/12/2025 |\n| 2 | Eficiencia | 5/12/2025 |\n"
)
ORDINALS = """Segundo Encuentro Estatal
Día 1. 14 de mayo de 2026
Primera mesa: Voto en el extranjero (09:00 a 10:30 horas)
Moderadora: Eva Sol
Participan: Ana Ruiz
Mesa redonda. Paridad
Coordina: Luis Mora
Conferencia magistral: Las elecciones de 2027
Imparte: Dr. Juan Gil Rey
"""

BLOCKS = """PROGRAMA GENERAL
SEMINARIO NACIONAL
14 y 15 de mayo de 2026 | Ciudad de México
MIÉRCOLES 14 DE MAYO
09:15 a. m. Palabras de bienvenida
MESA 1
“EL VOTO EN EL EXTRANJERO”
De 10:00 a 11:30 horas
Ponentes

Dra. Ana Ruiz Pérez
Consejera Electoral del INE
Moderador
Mtro. Pedro Lima Gil
12:00 - 13:00 Conferencia Magistral “Las elecciones de 2027”, a cargo de la Dra. Eva Sol Paz
JUEVES 15 DE MAYO
MESA 2. PARIDAD
Modera la Consejera Electoral Rosa Díaz Mar
Participantes: Ana Ruiz, Luis Mora y Eva Sol
"""
LETTER = """Estimadas consejerías:
Les compartimos el programa del foro del 3 de marzo de 2026.

Mesa I: Archivos (10:00-11:30)
Moderadora: por confirmar
Panelistas: Luis Mora, director del Archivo; Eva Sol, UNAM

Saludos cordiales,
La Secretaría Ejecutiva
"""


def told(programme: Programme) -> list[tuple[int | None, str, str]]:
    return [(one.number, one.title, str(one.day or "")) for one in programme.mesas]


def names(programme: Programme, place: int) -> list[str]:
    return [str(person["nombre"]) for person in programme.mesas[place].people]


def test_a_list_with_days_bullets_and_breaks_becomes_mesas_with_participants() -> None:
    found = read_programme(LIST)
    assert found.title == "Foro Experiencia e Innovación en los Procesos Electorales Locales"
    assert found.venue == "Auditorio del IEEM, Toluca"
    assert (min(found.days), max(found.days)) == (dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    assert told(found) == [
        (1, "Buenas prácticas de los OPLEs", "2025-12-04"),
        (2, "Eficiencia operativa", "2025-12-04"),
        (3, "Innovación tecnológica", "2025-12-05"),
    ]
    assert found.mesas[0].people == [
        {"nombre": "Eva Sol Paz", "cargo": "Consejera Electoral", "institucion": "IEEM", "modera": True},
        {"nombre": "Ana Ruiz Pérez", "cargo": "Consejera Presidenta", "institucion": "IEEG"},
        {"nombre": "Luis Mora Paz", "cargo": "Consejero Electoral", "institucion": "IEEQ"},
    ]  # fmt: skip
    assert names(found, 1) == ["Rosa Díaz Mar", "Juan Gil Rey"]
    assert found.mesas[2].people == [
        {"nombre": "Sara Luz Vega", "cargo": "Consejera Electoral", "institucion": "Instituto Electoral de Coahuila"},
        {"nombre": "Tomás Ríos Cano", "modera": True},
    ]
    assert found.left == ["Registro", "Receso", "Clausura"]


def test_a_table_is_read_by_what_its_columns_are_called() -> None:
    found = read_programme(TABLE)
    assert told(found) == [(1, "Buenas prácticas", ""), (2, "Eficiencia", "")]
    assert (names(found, 0), names(found, 1)) == (["Ana Ruiz", "Luis Mora"], ["Eva Sol"])
    days = ["2025-12-04", "2025-12-05"]
    assert told(read_programme(MARKDOWN)) == [(1, "Buenas prácticas", days[0]), (2, "Eficiencia", days[1])]


def test_sessions_without_a_number_and_ordinals_are_read() -> None:
    found = read_programme(ORDINALS)
    assert told(found) == [
        (1, "Voto en el extranjero", "2026-05-14"),
        (None, "Paridad", "2026-05-14"),
        (None, "Las elecciones de 2027", "2026-05-14"),
    ]
    assert found.title == "Segundo Encuentro Estatal"
    assert [names(found, place) for place in range(3)] == [["Eva Sol", "Ana Ruiz"], ["Luis Mora"], ["Juan Gil Rey"]]


def test_names_stand_over_their_posts_or_in_a_row() -> None:
    found = read_programme(BLOCKS)
    assert told(found) == [
        (1, "EL VOTO EN EL EXTRANJERO", "2026-05-14"),
        (None, "Las elecciones de 2027", "2026-05-14"),
        (2, "PARIDAD", "2026-05-15"),
    ]
    assert found.mesas[0].people[0] == {
        "nombre": "Ana Ruiz Pérez", "cargo": "Consejera Electoral", "institucion": "INE",
    }  # fmt: skip
    assert names(found, 1) == ["Eva Sol Paz"]
    assert names(found, 2) == ["Rosa Díaz Mar", "Ana Ruiz", "Luis Mora", "Eva Sol"]
    assert [bool(person.get("modera")) for person in found.mesas[2].people] == [True, False, False, False]


def test_what_is_nobodys_name_becomes_no_participant() -> None:
    found = read_programme(LETTER)
    assert (found.title, names(found, 0)) == ("", ["Luis Mora", "Eva Sol"])
    assert found.left[-3:] == ["por confirmar", "Saludos cordiales", "La Secretaría Ejecutiva"]


def test_whoever_has_a_title_is_a_participant_however_rare_the_name() -> None:
    said = "Mesa 1. Uno\nParticipan:\n- Mtro. Gumaro Sosa Paz, Cartógrafo\n- Dra. Odilia Vera Mar, Bibliotecaria"
    found = read_programme(said)
    assert [one["nombre"] for one in found.mesas[0].people] == ["Gumaro Sosa Paz", "Odilia Vera Mar"]
    assert found.left == []


def test_prose_has_no_mesas_and_every_line_of_it_is_told() -> None:
    prose = "El foro está estructurado por seis mesas temáticas; el 4 de diciembre participarán consejerías.\n" * 2
    found = read_programme(f"{prose}Mesa directiva y sesión solemne fueron palabras del anuncio.\n")
    assert found.mesas == []
    assert len([found.title, *found.left]) == 3


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Modera: Ana Ruiz | Vocal, de Toluca", {"nombre": "Ana Ruiz", "cargo": "Vocal, de Toluca", "modera": True}),
        ("Ana Ruiz | | INE", {"nombre": "Ana Ruiz", "institucion": "INE"}),
        ("Lic. Ana Ruiz Paz (Modera)", {"nombre": "Ana Ruiz Paz", "modera": True}),
        ("Ana Ruiz", {"nombre": "Ana Ruiz"}),
        ("Mtro. Gumaro Sosa Paz, Cartógrafo", {"nombre": "Gumaro Sosa Paz", "cargo": "Cartógrafo"}),
        (" | INE", None),
        ("—", None),
    ],
)  # fmt: skip
def test_a_line_is_a_participant(line: str, person: dict[str, Any] | None) -> None:
    assert read_person(line) == person


_LINES = st.lists(
    st.sampled_from(LIST.splitlines() + TABLE.splitlines() + MARKDOWN.splitlines() + BLOCKS.splitlines())
    | st.text(max_size=60),
    max_size=12,
)


@given(_LINES)
def test_no_text_whatever_makes_it_raise_or_makes_a_mesa_without_a_title(lines: list[str]) -> None:
    found = read_programme("\n".join(lines))
    assert all(mesa.title for mesa in found.mesas)
    assert all(person["nombre"] for mesa in found.mesas for person in mesa.people)
    again = read_programme("\n".join(f"Mesa {n}. {mesa.title}" for n, mesa in enumerate(found.mesas, 1)))
    assert len(again.mesas) == len(found.mesas)
