"""The matcher of topics: every form in a text, the longest equivalents of a query."""

from __future__ import annotations

from indexer.language.spanish import tokens
from indexer.language.vocabulary import ConceptSpan, Vocabulary
from indexer.model.vocabulary import Topic

TOPICS = (
    Topic(
        "prep",
        "Programa de Resultados Electorales Preliminares",
        acronyms=("PREP",),
        equivalents=("resultados preliminares",),
        broader=("resultados",),
    ),
    Topic("resultados", "Resultados electorales", signs=("suma de actas",)),
    Topic(
        "computos",
        "Cómputos",
        equivalents=("cómputo",),
        exceptions=("cómputo en la nube", "equipo de cómputo"),
        broader=("resultados",),
    ),
    Topic("distritales", "Cómputos distritales", broader=("computos",)),
    Topic("ople", "Organismos Públicos Locales Electorales", acronyms=("OPLE",), hidden=("o ples",)),
    Topic("cae", "Capacitadores asistentes", acronyms=("CAE",), capitals_only=("CAE",), signs=("personal de campo",)),
    Topic("se", "Supervisores electorales", acronyms=("SE",), capitals_only=("SE",)),
)
VOCABULARY = Vocabulary(TOPICS)


def tagged(text: str) -> set[str]:
    return {span.topic for span in VOCABULARY.spans(tokens(text), text)}


def asked(query: str) -> list[tuple[str, str]]:
    found = tokens(query)
    return [
        (span.topic, " ".join(token.text for token in found[span.first_token : span.end_token]))
        for span in VOCABULARY.longest(found)
    ]


def test_a_span_says_which_words_it_covers_and_what_it_is() -> None:
    text = "Hoy: la suma de actas y el PREP."
    assert VOCABULARY.spans(tokens(text), text) == [
        ConceptSpan("resultados", 2, 5, False, "suma de actas"),
        ConceptSpan("prep", 7, 8, True, "PREP"),
    ]


def test_nested_forms_are_all_found() -> None:
    assert tagged("el programa de resultados electorales preliminares") == {"prep", "resultados"}
    assert tagged("los cómputos distritales") == {"computos", "distritales"}


def test_accents_capitals_and_captions_spelling_do_not_matter() -> None:
    for text in ("los computos", "LOS CÓMPUTOS", "el prep", "el PREP", "los PREPs", "el P.R.E.P."):
        assert tagged(text) in ({"computos"}, {"prep"})
    for text in ("ople", "OPLEs", "los oples", "los o ples"):
        assert tagged(text) == {"ople"}


def test_a_form_inside_an_exception_does_not_count_and_one_beside_it_does() -> None:
    assert tagged("el cómputo en la nube y el equipo de cómputo") == set()
    assert tagged("equipo de cómputo para el cómputo") == {"computos"}
    assert asked("cómputo en la nube") == []


def test_no_form_runs_over_the_end_of_a_sentence() -> None:
    assert tagged("Hubo resultados. Preliminares fueron.") == set()
    assert tagged("resultados, preliminares") == {"prep"}


def test_ambiguous_acronyms_count_in_capitals_only() -> None:
    assert tagged("La CAE visitó y los CAEs capacitaron") == {"cae"}
    assert tagged("se cae el sistema, se dice") == set()
    assert asked("se cae") == []
    assert asked("SE CAE") == [("se", "SE"), ("cae", "CAE")]


def test_a_title_in_capitals_holds_no_ambiguous_acronym() -> None:
    assert tagged("EL SISTEMA SE CAE CADA DÍA DE LA ELECCIÓN") == set()
    assert tagged("EL PREP DE LA ELECCIÓN") == {"prep"}
    assert tagged("las y los CAE y SE") == {"cae", "se"}


def test_a_query_takes_the_leftmost_longest_equivalents() -> None:
    assert asked("programa de resultados electorales preliminares y cómputos distritales") == [
        ("prep", "programa de resultados electorales preliminares"),
        ("distritales", "cómputos distritales"),
    ]


def test_a_sign_tags_and_never_widens_a_query() -> None:
    assert tagged("el personal de campo") == {"cae"}
    assert asked("personal de campo") == []


def test_a_topic_is_resolved_from_whatever_a_person_calls_it() -> None:
    for value in ("prep", "PREP", "Programa de resultados electorales preliminares"):
        assert VOCABULARY.resolve(value) == "prep"
    assert VOCABULARY.resolve("suma de actas") is None
    assert VOCABULARY.resolve("") is None


def test_the_fingerprint_follows_what_is_matched_and_not_the_order() -> None:
    assert Vocabulary(reversed(TOPICS)).fingerprint == VOCABULARY.fingerprint
    assert Vocabulary(TOPICS[1:]).fingerprint != VOCABULARY.fingerprint


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert Vocabulary(()).spans(tokens("el PREP"), "el PREP") == []
