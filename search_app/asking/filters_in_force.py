"""A search's filters on pages other than the results: as parameters, and in words with the way to take each out."""

from __future__ import annotations

from collections.abc import Callable

from search_app.asking.parameters import Asked
from search_app.finding.results_page import coverage
from search_app.shown.addresses import Pair
from search_app.shown.collection import Collection
from search_app.shown.page_parts import Link


def state(asked: Asked) -> list[Pair]:
    """What narrows and widens a search: all of its state but the text, the order and the slice."""
    pairs = [*asked.chosen, *asked.widening()]
    if not asked.correct:
        pairs.append(("corregir", "no"))
    if asked.fictitious:
        pairs.append(("ficticio", "si"))
    return pairs


def in_force(asked: Asked, collection: Collection, to: Callable[[list[Pair]], str]) -> tuple[Link, ...]:
    """What is in force, in words, each with the address without it.

    Args:
        asked: The search.
        collection: What its values are called.
        to: The page's address with a state as ``state`` gives it.
    """
    pairs = state(asked)

    def without(gone: Pair) -> str:
        return to([pair for pair in pairs if pair != gone])

    return tuple(Link(_words(pair, collection), without(pair)) for pair in pairs)


def coverage_asked_in(asked: Asked, collection: Collection) -> str:
    """Of what was asked in, how many mesas have a transcript, in words."""
    named = {*asked.filters.of("evento"), *asked.parsed.filters.of("evento")}
    events = list(collection.events.values())
    chosen = [event for event in events if event.slug in named]
    return coverage(*collection.transcribed(chosen or [e for e in events if asked.fictitious or not e.fictitious]))


def _words(pair: Pair, collection: Collection) -> str:
    name, value = pair
    match name:
        case "ficticio":
            return "Con textos ficticios"
        case "ampliar":
            return "Solo estas palabras"
        case "corregir":
            return "Sin corregir la ortografía"
        case "sin":
            return f"Sin el tema: {collection.label('tema', value)}"
        case _:
            return collection.in_words(name, value)
