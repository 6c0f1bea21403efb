"""The active filters of a search: as parameters, and in words with the address that removes each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from search_app.asking.parameters import Asked
from search_app.shown.addresses import Pair
from search_app.shown.collection import Collection
from search_app.shown.page_parts import Link


def in_force(
    asked: Asked, collection: Collection, without: Callable[[Pair], str], labels: Mapping[Pair, str] | None = None
) -> tuple[Link, ...]:
    """The filters in force in words, each with the address of the page without it.

    Args:
        asked: The search.
        collection: Gives the names of values.
        without: Address of the page without one parameter.
        labels: Names that the index gave to values, by parameter and value.
    """
    labels = labels or {}
    return tuple(Link(_words(pair, collection, labels.get(pair, "")), without(pair)) for pair in asked.state())


def less(pairs: Iterable[Pair], gone: Pair) -> list[Pair]:
    """The parameters without one of them."""
    return [pair for pair in pairs if pair != gone]


def coverage_asked_in(asked: Asked, collection: Collection) -> str:
    """How many sessions of the events that a search asks in have a transcript, in words."""
    named = {*asked.filters.of("evento"), *asked.parsed.filters.of("evento")}
    chosen = [collection.events[slug] for slug in named if slug in collection.events]
    return collection.coverage(chosen) if chosen else collection.coverage_of_all(fictitious=asked.fictitious)


def _words(pair: Pair, collection: Collection, label: str) -> str:
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
            return collection.in_words(name, value, label)
