"""States, local bodies and institutions, as people name them."""

from __future__ import annotations

import pytest

from indexer.language.entities import Entities, default_entities

ENTITIES = Entities(default_entities())


def test_every_state_has_its_local_body() -> None:
    states = {entity.id for entity in ENTITIES.all if entity.sort == "estado"}
    bodies = [entity.state for entity in ENTITIES.all if entity.sort == "ople"]
    assert len(states) == 32
    assert sorted(filter(None, bodies)) == sorted(states)


def test_no_form_names_two_entities() -> None:
    for entity in default_entities():
        for form in (entity.name, *entity.forms):
            assert ENTITIES.resolve(form) == entity.id, form


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sonora", "sonora"),
        ("SONORA", "sonora"),
        ("edomex", "estado-de-mexico"),
        ("Estado de Mexico", "estado-de-mexico"),
        ("estado-de-mexico", "estado-de-mexico"),
        ("CDMX", "ciudad-de-mexico"),
        ("Michoacan", "michoacan"),
        ("IEEM", "ieem"),
        ("instituto electoral de queretaro", "ieeq"),
        ("INE", "ine"),
        ("Atlántida", None),
        ("IEPC", None),
        ("México", None),
        ("", None),
        ("¿?", None),
    ],
)
def test_an_entity_is_resolved_however_it_is_typed(typed: str, expected: str | None) -> None:
    assert ENTITIES.resolve(typed) == expected


@pytest.mark.parametrize(
    ("post", "institution", "entity", "expected"),
    [
        ("Consejera Electoral del IEEM", None, None, "estado-de-mexico"),
        ("Consejera Electoral del INE", None, None, "ine"),
        ("Consejero Presidente", "Instituto Electoral de Coahuila", None, "coahuila"),
        ("Consejera", "Instituto Electoral del Estado de México (IEEM)", None, "estado-de-mexico"),
        ("Consejera del INE", "IECM", "Sonora", "sonora"),
        ("Consejera del IEPC Jalisco", None, None, "jalisco"),
        ("Consejera del OPLE de Chihuahua", None, None, "chihuahua"),
        ("Consejera de Oaxaca", None, "Atlántida", "oaxaca"),
        ("Moderadora", None, None, None),
        (None, None, None, None),
    ],
)
def test_a_speaker_belongs_to_a_state_or_a_national_body(
    post: str | None, institution: str | None, entity: str | None, expected: str | None
) -> None:
    assert ENTITIES.of_post(post, institution, entity) == expected


def test_labels_and_homes() -> None:
    assert ENTITIES.label("ieem") == "Instituto Electoral del Estado de México"
    assert ENTITIES.label("desconocida") == "desconocida"
    assert (ENTITIES.home("ieem"), ENTITIES.home("ine")) == ("estado-de-mexico", "ine")
