"""States, local bodies and institutions, as people name them."""

from __future__ import annotations

import pytest

from indexer.language.entities import Entities, default_entities, parse_entities
from indexer.model.vocabulary import Entity

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


def test_the_corpus_adds_and_replaces() -> None:
    own, problems = parse_entities(
        '[[entidades]]\nid = "sonora"\nnombre = "Sonora"\ntipo = "estado"\nformas = ["Son"]\n'
        '[[entidades]]\nid = "icc"\nnombre = "Instituto de Ciencia Cívica"\ntipo = "institucion"\nformas = ["ICC"]\n'
        'solo_mayusculas = ["ICC"]\nestado = "sonora"\n',
        "entidades.toml",
    )
    assert problems == ()
    entities = Entities((*default_entities(), *own))
    assert entities.resolve("son") == "sonora"
    assert entities.entity("icc") == Entity(
        "icc", "Instituto de Ciencia Cívica", "institucion", ("ICC",), ("ICC",), "sonora"
    )
    assert entities.of_post("Vocal del ICC", None, None) == "sonora"
    assert entities.fingerprint != ENTITIES.fingerprint
    assert len(entities.all) == len(ENTITIES.all) + 1


GOOD = '[[entidades]]\nid = "icc"\nnombre = "Instituto Cívico"\ntipo = "institucion"\n'


@pytest.mark.parametrize(
    ("addition", "place", "words"),
    [
        ("rota", ":5", "no es TOML válido"),
        ("color = 1", ":5", "«color»"),
        ("formas = 1", ":5", "no es una lista de textos"),
        ('formas = ["¡!"]', ":5", "no tiene letras"),
        ('formas = ["IEEM"]', ":5", "ya nombra a «ieem»"),
        ('solo_mayusculas = ["X"]', ":5", "no en formas"),
        ('estado = "ieem"', ":5", "no es el id de un estado"),
        ('[[entidades]]\nid = "icc"\nnombre = "Otro"\ntipo = "ople"', ":6", "repetido"),
        ('[[entidades]]\nnombre = "Otro Más"\ntipo = "ople"', ":5", 'id = "otro-mas"'),
        ('[[entidades]]\nid = "otro"\ntipo = "ople"', ":5", "falta «nombre»"),
        ('[[entidades]]\nid = "otro"\nnombre = "Otro"', ":5", "falta «tipo»"),
        ('[[entidades]]\nid = "otro"\nnombre = "Otro"\ntipo = "pueblo"', ":8", "«pueblo»"),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_line_and_its_cure(addition: str, place: str, words: str) -> None:
    entities, problems = parse_entities(GOOD + addition, "entidades.toml")
    assert len(problems) == 1, problems
    assert problems[0].path == f"entidades.toml{place}"
    assert words in str(problems[0])
    assert "no es TOML" in str(problems[0]) or entities[0].id == "icc"
