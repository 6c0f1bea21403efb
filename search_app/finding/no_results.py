"""The page without results: other searches that find something, and what the collection lacks."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase, Query, Word
from indexer.language.spanish import FUNCTION_WORDS
from indexer.model import PageId
from search_app.asking.parameters import Asked, any_filter, read
from search_app.asking.question_words import ABOUT
from search_app.asking.questions import without_quotes
from search_app.asking.terms import SHORTEST_PREFIX
from search_app.shown.collection import Collection
from search_app.shown.page_parts import Link

MOST_ALTERNATIVES = 4
"""Filters that are tried without, each a search of its own."""


def alternatives(asked: Asked, index: SearchIndex, collection: Collection) -> tuple[Link, ...]:
    """What the same search gives without one of its parts, with the number of fragments."""
    links = [
        Link(text, other.address(), found)
        for text, other in _tries(asked, collection)
        if (found := _total(index, other.query()))
    ]
    if not links and (asked.chosen or any_filter(asked.parsed)):
        words = read([("q", without_quotes(asked.parsed.without(asked.parsed.fields)))])
        if words.parsed.clauses and (found := _total(index, words.query())):
            links.append(Link("Buscar las palabras, sin comillas ni filtros", words.address(), found))
    return tuple(links)


def instead_of_nobody(asked: Asked, index: SearchIndex) -> tuple[Link, ...]:
    """Of a question about somebody who does not speak: where the name stands, and the rest of the question alone."""
    links: list[Link] = []
    for name in (name for name, names in asked.people if not names):
        rest = asked.parsed.text.partition(name)[2].strip(" ?¿.,")
        while (word := rest.partition(" "))[0].lower() in FUNCTION_WORDS | ABOUT:
            rest = word[2]
        for said, text in ("Dónde se le menciona", f'"{name}"'), (f"Buscar solo «{rest}»", rest):
            other = _retyped(asked, text)
            if text and (found := _total(index, other.query())):
                links.append(Link(said, other.address(), found))
    return tuple(links)


def _tries(asked: Asked, collection: Collection) -> Iterator[tuple[str, Asked]]:
    for name, value in asked.chosen[:MOST_ALTERNATIVES]:
        kept = [pair for pair in asked.pairs() if pair != (name, value)]
        yield f"Quitar «{collection.in_words(name, value)}»", read(kept)
    if len(asked.chosen) > 1:
        kept = [pair for pair in asked.pairs() if pair not in asked.chosen]
        yield "Quitar todos los filtros", read(kept)
    if any_filter(asked.parsed):
        yield "Buscar sin los campos del texto", _retyped(asked, asked.parsed.without(asked.parsed.fields))
    if any(isinstance(clause, Phrase) for clause in asked.parsed.clauses):
        yield "Buscar sin comillas", _retyped(asked, without_quotes(asked.text))
    last = asked.parsed.clauses[-1] if asked.parsed.clauses else None
    if isinstance(last, Word) and len(last.text) >= SHORTEST_PREFIX and last.at + len(last.text) == len(asked.text):
        begun = f"{asked.text}*"
        yield f"Buscar «{begun}»: lo que empieza con «{last.text}»", _retyped(asked, begun)
    if asked.parsed.excluded and asked.parsed.clauses:
        yield "Buscar sin excluir nada", _retyped(asked, asked.parsed.without(asked.parsed.exclusions))


def _retyped(asked: Asked, text: str) -> Asked:
    return read([(name, text if name == "q" else value) for name, value in asked.pairs()])


def with_fictitious(asked: Asked, index: SearchIndex) -> Link | None:
    """The door to the fictitious texts, when only they hold what was looked for."""
    if asked.fictitious or not asked.parsed.clauses:
        return None
    found = _total(index, replace(asked.query(), with_fictitious=True))
    address = asked.address(plus=[("ficticio", "si")])
    return Link("Buscar también en los textos ficticios", address, found) if found else None


def untranscribed(asked: Asked, collection: Collection) -> tuple[str, ...]:
    """The mesas chosen of which there is no transcript to search."""
    pages = (PageId.parse(value) for name, value in asked.chosen if name == "mesa")
    return tuple(
        collection.title(page) for page in pages if page in collection.sessions and not collection.has_transcript(page)
    )


def _total(index: SearchIndex, query: Query) -> int:
    results = index.search(replace(query, offset=0, limit=0, facets=()))
    return results.total_full + results.total_partial
