"""The corpus's own entities extend those of the program; every fault of their file is told with its place."""

from __future__ import annotations

from importlib import resources

import pytest

from indexer.corpus.vocabulary_files import parse_entities
from indexer.language.entities import Entities, default_entities
from indexer.model.vocabulary import Entity

ENTITIES = Entities(default_entities())


def test_the_shipped_entities_have_no_fault() -> None:
    """They are read as they stand, without a check."""
    shipped = resources.files("indexer.language").joinpath("entidades.toml").read_text(encoding="utf-8")
    assert parse_entities(shipped, "entidades.toml") == (default_entities(), ())


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
        ("rota", ":5", "falta el signo ="),
        ("color = 1", ":5", "«color»"),
        ("formas = 1", ":5", "debe ser una lista de textos"),
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
    assert "falta el signo" in str(problems[0]) or entities[0].id == "icc"
