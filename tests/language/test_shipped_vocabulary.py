"""The vocabulary that the project ships, ``corpus/vocabulario.toml``."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus.vocabulary_files import parse_vocabulary
from indexer.language.spanish import fold, tokens
from indexer.language.vocabulary import Vocabulary, equivalents_of, form_key
from indexer.model.vocabulary import Topic

FILE = Path(__file__).parents[2] / "corpus" / "vocabulario.toml"
TOPICS, PROBLEMS = parse_vocabulary(FILE.read_text(encoding="utf-8"), FILE.name)
VOCABULARY = Vocabulary(TOPICS)


def tagged(text: str) -> set[str]:
    return {span.topic for span in VOCABULARY.spans(tokens(text), text)}


def test_it_has_no_fault_and_all_its_topics() -> None:
    assert PROBLEMS == ()
    assert len(TOPICS) == 84


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_every_form_is_found_as_its_topic_in_a_sentence(topic: Topic) -> None:
    for form in (*equivalents_of(topic), *topic.signs):
        assert topic.id in tagged(f"Hoy hablamos de {form} en esta mesa."), form


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_every_equivalent_typed_as_a_query_means_its_topic(topic: Topic) -> None:
    for form in equivalents_of(topic):
        assert [span.topic for span in VOCABULARY.longest(tokens(form))] == [topic.id], form


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_an_equivalent_is_known_without_accents_and_in_any_case_unless_it_is_also_a_word(topic: Topic) -> None:
    capitals = {form_key(form) for form in topic.capitals_only}
    for form in equivalents_of(topic):
        if form_key(form) in capitals:
            assert VOCABULARY.longest(tokens(form.lower())) == [], form
        else:
            for written in (form.lower(), form.upper(), fold(form)):
                assert [span.topic for span in VOCABULARY.longest(tokens(written))] == [topic.id], written


def test_no_sign_widens_a_query() -> None:
    equivalents = {(topic.id, form_key(form)) for topic in TOPICS for form in equivalents_of(topic)}
    for topic in TOPICS:
        for sign in topic.signs:
            found = tokens(sign)
            for span in VOCABULARY.longest(found):
                words = tuple(token.form for token in found[span.first_token : span.end_token])
                acronym = words[0].removesuffix("s") if len(words) == 1 else ""
                assert {(span.topic, words), (span.topic, (acronym,))} & equivalents


def test_acronyms_match_as_captions_write_them_unless_they_are_words() -> None:
    assert tagged("el prep y los oples con el ine") == {"prep", "ople", "ine"}
    assert tagged("se cae, va de gt a pr, re y cr, eva y la sei") == set()
    assert {"se-supervisor", "cae"} <= tagged("las y los SE y CAE trabajan")


@pytest.mark.parametrize(
    "text",
    [
        "cómputo en la nube",
        "equipo de cómputo",
        "una casilla de verificación",
        "la mesa siguiente",
        "no tuvo resultado",
        "la aplicación de la ley",
        "su plataforma",
        "un paquete",
        "la fiscalía",
        "votar y participar",
    ],
)
def test_what_is_too_general_or_another_thing_tags_nothing(text: str) -> None:
    assert tagged(text) == set()


@pytest.mark.parametrize(
    ("form", "topic", "other"),
    [
        ("paisanos", "aa-migrantes", "voto-extranjero"),
        ("comicios", "procesos-electorales", "jornada-electoral"),
        ("capacitadores", "cae", "capacitacion-electoral"),
    ],
)
def test_a_form_that_stood_under_two_topics_stands_under_one(form: str, topic: str, other: str) -> None:
    assert topic in tagged(form)
    assert other not in tagged(form)


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("programa de resultados electorales preliminares", "prep"),
        ("acciones afirmativas", "acciones-afirmativas"),
        ("acción afirmativa", "acciones-afirmativas"),
        ("cómputos", "computos"),
        ("computo", "computos"),
        ("2027", "pel-2027"),
        ("dos mil veintisiete", "pel-2027"),
        ("buenas prácticas", "buenas-practicas"),
        ("OPLES", "ople"),
        ("o ples", "ople"),
    ],
)
def test_what_people_ask_for_is_a_concept(query: str, topic: str) -> None:
    assert [span.topic for span in VOCABULARY.longest(tokens(query))] == [topic]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("la capacitación del personal", "capacitacion-electoral"),
        ("el presupuesto aprobado", "presupuesto"),
        ("las boletas llegaron", "documentacion-electoral"),
        ("las cuotas", "acciones-afirmativas"),
    ],
)
def test_a_sign_tags_a_fragment(text: str, topic: str) -> None:
    assert topic in tagged(text)
    assert VOCABULARY.longest(tokens(text)) == []
