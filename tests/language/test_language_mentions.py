"""Who and what a text names: persons by title or given name and capitals; places, common words beside evidence."""

from __future__ import annotations

import pytest

from indexer.language.entities import Entities, default_entities, places
from indexer.language.mentions import named
from indexer.language.people_in_text import People
from indexer.language.spanish import tokens

KNOWN = Entities((*places(), *default_entities()))
JUDGED = (
    ("La consejera Ana Prueba explicó el cómputo.", {"Ana Prueba"}),
    ("La Consejera Presidenta Zulma Ensayo López abrió la sesión.", {"Zulma Ensayo López"}),
    ("Gracias, doctor Quintanilla-Prueba.", {"Quintanilla-Prueba"}),
    ("Lo dijo Rosa María de la Torre ante el exgobernador Ficticio.", {"Rosa María de la Torre", "Ficticio"}),
    ("Presidente Muy buenas tardes, presidenta Yo quisiera preguntar.", set()),
    ("La consejera Electoral y el secretario General tomaron nota.", set()),
    ("En la avenida Laura Méndez y el Hospital “Carlos Ensayo” hubo casillas.", set()),
    ("Soy estudiante. Mencionaron las urnas.", set()),
    ("Lo dijo la Mtra. Ensayo y lo firmó Ana J. Prueba.", {"Ensayo", "Ana J. Prueba"}),
    ("Gracias, doctora Beatriz; el general Luis sandoval espera.", set()),
    ("La Fundación Julia Ensayo donó equipo.", set()),
    ("Se instalaron casillas en Toluca, Ecatepec y Chetumal.", {"toluca", "ecatepec-de-morelos", "chetumal"}),
    ("El municipio de Juárez y el de Centro.", {"juarez"}),
    ("En Benito Juárez se votó; Benito Juárez fue presidente.", {"benito-juarez", "Benito Juárez"}),
    ("Se habló de Madera y de Progreso, en la casilla de Reforma.", set()),
    ("Vinieron de Metepec, Juárez y Toluca.", {"metepec", "juarez", "toluca"}),
    ("El INEGI, la FGR, la Corte y el Banco de México.", {"inegi", "fgr", "scjn", "banxico"}),
    ("La Corte Interamericana no es la corte del traje.", {"corte-idh"}),
    ("La secretaria de Salud habló de la Secretaría de Salud en España.", {"secretaria-de-salud", "espana"}),
    ("hablamos con el imss en ecatepec y con gente de madera y de china", {"imss", "ecatepec-de-morelos"}),
    ("El cártel de Sinaloa y la calle de Sonora.", set()),
    ("En la plaza, en Oaxaca; en la plaza en Puebla.", {"oaxaca", "puebla"}),
)


def found(text: str, people: People | None = None) -> set[str]:
    return {name.value for name in named(text, tokens(text), KNOWN, people or People(()))}


@pytest.mark.parametrize(("text", "expected"), JUDGED)
def test_a_text_names_these_and_no_others(text: str, expected: set[str]) -> None:
    assert found(text) == expected


def test_people_of_the_page_are_known_however_they_are_called() -> None:
    people = People(["Dra. Ana Prueba López", "Luis Ensayo Ruiz"])
    assert found("gracias ana prueba y luis ensayo ruiz", people) == {"Dra. Ana Prueba López", "Luis Ensayo Ruiz"}
    assert found("Como decía la doctora Prueba, falta capacitar.", people) == {"Dra. Ana Prueba López"}
    assert found("Eso lo vio ya Ensayo, en la otra mesa.", people) == {"Luis Ensayo Ruiz"}
    assert found("Ensayo y error.", people) == set()


def test_a_surname_that_two_people_of_the_page_have_is_nobody_in_particular() -> None:
    people = People(["Ana Prueba López", "Luis Prueba Ruiz"])
    assert found("Eso lo vio ya Prueba.", people) == set()
    assert found("Eso dijo la consejera Prueba.", people) == {"Prueba"}


def test_who_was_named_in_full_is_known_by_the_surname_further_on() -> None:
    people = People(())
    assert found("Lo presentó Ximena Ficticia Ruiz.", people) == {"Ximena Ficticia Ruiz"}
    assert found("Según Ficticia, faltaron boletas.", people) == {"Ximena Ficticia Ruiz"}


def test_every_place_is_of_one_line_and_no_entity_hides_it() -> None:
    assert len(places()) > 2400
    assert not {place.id for place in places()} & {entity.id for entity in default_entities()}


def test_nobody_speaks_for_a_place() -> None:
    assert KNOWN.of_post("Presidenta municipal de Toluca", None, None) is None
    assert KNOWN.of_post(None, "IEEM, en Toluca", "Toluca") == "estado-de-mexico"
