"""How an engine says it understood a query: topics left out on request, clauses that a fragment has and lacks."""

from __future__ import annotations

import pytest

from indexer.index.protocol import SearchIndex
from indexer.index.query import AnyOf, Phrase, Prefix, Query, Word
from indexer.index.results import Results

LONG = tuple(map(Word, ("programa", "de", "resultados", "electorales", "preliminares")))


def topics(found: Results) -> list[str]:
    return [expansion.topic for expansion in found.expansions]


def numbers(found: Results) -> list[int]:
    return sorted(hit.passage.number for hit in found.hits if hit.full)


def test_a_topic_that_is_not_wanted_does_not_widen_the_query(index: SearchIndex) -> None:
    assert numbers(index.search(Query((Word("PREP"),)))) == [1, 2]
    found = index.search(Query((Word("PREP"),), without_topics=("prep", "nadie")))
    assert (topics(found), numbers(found)) == ([], [1])


def test_only_the_topic_that_is_not_wanted_is_left_out(index: SearchIndex) -> None:
    clauses = (Word("PREP"), Word("recuento"), Word("cómputos"))
    assert topics(index.search(Query(clauses))) == ["prep", "recuento", "computos"]
    assert topics(index.search(Query(clauses, without_topics=("recuento",)))) == ["prep", "computos"]
    group = (AnyOf((Word("PREP"), Word("recuento"))),)
    assert topics(index.search(Query(group, without_topics=("prep",)))) == ["recuento"]


def test_a_quoted_phrase_is_never_widened(index: SearchIndex) -> None:
    for words in (("PREP",), ("cómputos", "distritales")):
        assert index.search(Query((Phrase(words),))).expansions == ()


def test_a_partial_match_says_what_it_has_and_what_it_lacks_as_typed(index: SearchIndex) -> None:
    query = Query((*LONG, Word("MUJERES"), Prefix("casi"), AnyOf((Word("sonora"), Phrase(("de", "cada"))))))
    said = {hit.passage.number: (hit.has, hit.lacks) for hit in index.search(query).hits if hit.page.session}
    name = "programa de resultados electorales preliminares"
    assert said[3] == (("MUJERES",), (name, "casi*", "sonora o «de cada»"))
    assert not any(hit.full for hit in index.search(query).hits)
    every = {name, "MUJERES", "casi*", "sonora o «de cada»"}
    assert all(set(has) | set(lacks) == every for has, lacks in said.values())


@pytest.mark.parametrize("clauses", [(Word("PREP"),), (Phrase(("gracias",)),), ()])
def test_a_full_match_has_nothing_to_say(index: SearchIndex, clauses: tuple[Word | Phrase, ...]) -> None:
    assert all(not hit.has and not hit.lacks for hit in index.search(Query(clauses)).hits)
