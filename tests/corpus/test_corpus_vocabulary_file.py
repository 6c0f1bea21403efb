"""Every fault of a vocabulary file is told with its place and its cure, and the rest of the file serves."""

from __future__ import annotations

from dataclasses import fields

import pytest

from indexer.corpus.vocabulary_files import parse_vocabulary
from indexer.errors import Problem
from indexer.model.vocabulary import Topic

GOOD = """
[[temas]]
id = "prep"
etiqueta = "PREP"
"""


def read(text: str) -> tuple[dict[str, Topic], tuple[Problem, ...]]:
    topics, problems = parse_vocabulary(text, "vocabulario.toml")
    return {topic.id: topic for topic in topics}, problems


def test_a_whole_topic_is_read() -> None:
    topics, problems = read(
        """
version = "1"
[[temas]]
id = "prep"
etiqueta = "  Programa  de Resultados "
siglas = ["PREP"]
equivalentes = ["resultados preliminares", "resultados preliminares", ""]
ocultas = ["pre p"]
signos = ["captura de las actas", "SE"]
solo_mayusculas = ["SE"]
acompanadas = ["captura de las actas"]
excepto = ["prep school"]
mas_amplio = ["resultados"]
relacionado = ["computos"]
definicion = "Mecanismo."
norma = "LGIPE 219"
fuentes = ["https://example.org/"]
verificado = true
[[temas]]
id = "resultados"
etiqueta = "Resultados"
[[temas]]
id = "computos"
etiqueta = "Cómputos"
relacionado = ["prep"]
"""
    )
    assert problems == ()
    assert topics["prep"] == Topic(
        id="prep",
        label="Programa de Resultados",
        acronyms=("PREP",),
        equivalents=("resultados preliminares",),
        hidden=("pre p",),
        signs=("captura de las actas", "SE"),
        capitals_only=("SE",),
        accompanied=("captura de las actas",),
        exceptions=("prep school",),
        broader=("resultados",),
        related=("computos",),
        definition="Mecanismo.",
        norm="LGIPE 219",
        sources=("https://example.org/",),
        verified=True,
    )
    assert topics["resultados"].narrower == ("prep",)
    # A field that the file cannot fill would stand here with its default.
    defaults = Topic("prep", "Programa de Resultados")
    unread = [f.name for f in fields(Topic) if getattr(topics["prep"], f.name) == getattr(defaults, f.name)]
    assert unread == ["id", "label", "narrower"]


def test_a_byte_order_mark_is_accepted() -> None:
    assert read("\ufeff" + GOOD)[0].keys() == {"prep"}


def test_an_empty_file_is_an_empty_vocabulary() -> None:
    assert read("") == ({}, ())


@pytest.mark.parametrize(
    ("addition", "place", "words"),
    [
        ("clave rota", ":5", "falta el signo ="),
        ("colores = 3", ":5", "«colores»"),
        ("siglas = 5", ":5", "debe ser una lista de textos"),
        ("signos = [1]", ":5", "debe ser una lista de textos"),
        ("definicion = 5", ":5", "debe ser un texto"),
        ('verificado = "no"', ":5", "debe ser true o false"),
        ('mas_amplio = ["nadie"]', ":5", "no existe"),
        ('relacionado = ["nadie"]', ":5", "no existe"),
        ('mas_amplio = ["prep"]', ":5", "al propio tema"),
        ('solo_mayusculas = ["RE"]', ":5", "en ninguna otra lista"),
        ('signos = ["¿?"]', ":5", "no tiene letras ni cifras"),
        ('siglas = ["SE"]', ":5", "solo_mayusculas"),
        ('[[temas]]\nid = "prep"\netiqueta = "Otro"', ":6", "repetido"),
        (
            '[[temas]]\nid = "otro"\netiqueta = "Otro"\nequivalentes = ["prep"]',
            ":8",
            "ya es equivalente del tema «prep»",
        ),
        ('[[temas]]\nid = "otro"\netiqueta = "prep"', ":7", "etiqueta"),
        ('[[temas]]\netiqueta = "Sin nombre"', ":5", 'id = "sin-nombre"'),
        ('[[temas]]\nid = "solo-id"', ":5", "falta «etiqueta»"),
        ('[[temas]]\nid = "Con Espacio"\netiqueta = "Otro"', ":6", 'id = "con-espacio"'),
        ('[[temas]]\nid = "vacio"\netiqueta = "¡!"', ":7", "no tiene ninguna palabra"),
        ("[otra]\nx = 1", "", "«otra»"),
        ('signos = [\n  "urnas",\n  "¿?",\n]', ":7", "no tiene letras ni cifras"),
        ('equivalentes = ["el prep"]\nexcepto = ["el prep"]', ":6", "excepto"),
        ('[[temas]]\nid = "otro"\netiqueta = "Otro"\nsignos = ["prep"]', ":8", "es equivalente del tema «prep»"),
        ('siglas = ["SIJE"]\n[[temas]]\nid = "b"\netiqueta = "B"\nsignos = ["los sijes", "sijes"]', ":9", "«sijes»"),
    ],
)
def test_a_fault_is_told_with_its_line_and_its_cure(addition: str, place: str, words: str) -> None:
    topics, problems = read(GOOD + addition)
    assert len(problems) == 1, problems
    [problem] = problems
    assert problem.path == f"vocabulario.toml{place}"
    assert words in str(problem)
    assert problem.cure
    assert problem.severity == "error"
    assert "falta el signo" in str(problem) or "prep" in topics


@pytest.mark.parametrize("text", ['temas = "x"', "temas = [1]", "[temas]\nid = 'x'"])
def test_topics_that_are_no_tables_are_told(text: str) -> None:
    topics, problems = read(text)
    assert topics == {}
    assert "[[temas]]" in str(problems[0])


def test_a_circle_is_told_once_and_broken() -> None:
    names = ["uno", "dos", "tres"]
    text = "".join(
        f'[[temas]]\nid = "{name}"\netiqueta = "{name}"\nmas_amplio = ["{above}"]\n'
        for name, above in zip(names, names[1:] + names[:1], strict=True)
    )
    topics, problems = read(text)
    assert len(problems) == 1
    assert "uno > dos > tres > uno" in problems[0].fault
    assert topics["tres"].broader == ()
    assert topics["uno"].broader == ("dos",)


def test_a_form_of_two_topics_stays_with_the_first() -> None:
    topics, problems = read(
        GOOD + '[[temas]]\nid = "otro"\netiqueta = "Otro"\nsiglas = ["Prep"]\nequivalentes = ["otra cosa"]\n'
    )
    assert len(problems) == 1
    assert topics["otro"].acronyms == ()
    assert topics["otro"].equivalents == ("otra cosa",)


def test_all_faults_are_told_at_once() -> None:
    text = '[[temas]]\nid = "a"\n[[temas]]\netiqueta = "B"\n[[temas]]\nid = "c"\netiqueta = "C"\ncolor = 1\n'
    _, problems = read(text)
    assert sorted(problem.path for problem in problems) == [f"vocabulario.toml:{line}" for line in (1, 3, 8)]


def test_a_relation_that_one_topic_says_is_told_and_holds_both_ways() -> None:
    topics, problems = read(GOOD + 'relacionado = ["b"]\n[[temas]]\nid = "b"\netiqueta = "B"\n')
    assert topics["b"].related == ("prep",)
    [problem] = problems
    assert (problem.path, problem.severity) == ("vocabulario.toml:5", "aviso")
    assert "«prep» en relacionado de «b»" in problem.cure


def test_what_is_above_or_below_is_not_related_as_well() -> None:
    topics, problems = read(
        GOOD
        + 'mas_amplio = ["b"]\nrelacionado = ["c"]\n'
        + '[[temas]]\nid = "b"\netiqueta = "B"\nmas_amplio = ["c"]\n'
        + '[[temas]]\nid = "c"\netiqueta = "C"\nrelacionado = ["prep"]\n'
    )
    assert topics["prep"].related == topics["c"].related == ()
    assert [(p.path, p.severity) for p in problems] == [
        ("vocabulario.toml:6", "aviso"),
        ("vocabulario.toml:14", "aviso"),
    ]


def test_a_sign_that_holds_an_equivalent_of_its_topic_is_told_and_left_out() -> None:
    """It would widen a query with its own topic, and tags nothing that the equivalent does not tag."""
    topics, problems = read(GOOD + 'signos = ["actas PREP", "actas"]\n')
    assert topics["prep"].signs == ("actas",)
    [problem] = problems
    assert problem.severity == "aviso"
    assert "«actas PREP» (signos) sobra" in problem.fault
