"""The active filters of a search: as parameters, and in words with the address that removes each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from indexer.index.protocol import SearchIndex
from indexer.language.spanish import fold, slug
from search_app.asking.parameters import Asked
from search_app.shown.addresses import Pair
from search_app.shown.collection import Collection
from search_app.shown.formatting import listed
from search_app.shown.page_parts import Link

MOST_NAMED = 8
"""People who bear a part of a name that are named."""
_SAID = {
    "ficticio": "Con textos ficticios",
    "ampliar": "Solo estas palabras",
    "corregir": "Tal como se escribió",
    "sentido": "Sin ordenar por sentido",
}


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
    shown = [Link(_words(pair, collection, labels.get(pair, "")), without(pair)) for pair in asked.state()]
    if asked.reading and not asked.parsed.filters.of("persona"):
        for name in asked.reading.parsed.filters.of("persona"):
            shown.append(Link(collection.in_words("persona", name, ""), asked.address(plus=[("corregir", "no")])))
    return tuple(shown)


def people_meant(asked: Asked, index: SearchIndex) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was asked for as somebody and is no whole name, with all who bear it."""
    values = (*asked.filters.of("persona"), *asked.searched.filters.of("persona"))
    found = ((value, index.people(value, with_fictitious=asked.fictitious)) for value in dict.fromkeys(values))
    return tuple(
        (value, names)
        for value, names in found
        if {fold(value), slug(value)}.isdisjoint(name for one in names for name in (fold(one), slug(one))) and names
    )


def people_notices(asked: Asked) -> Iterator[str]:
    """Whom a part of a name means, in words."""
    for value, names in asked.people:
        if not names:
            yield f"Nadie llamado «{value}» habla ni participa en el acervo"
            continue
        who = listed([*names[:MOST_NAMED], *(["otras personas"] if len(names) > MOST_NAMED else [])])
        yield f"«{value}» es parte del nombre de {who}"


def person_choices(asked: Asked) -> tuple[Link, ...]:
    """The same search of one alone of the people whom a part of a name means."""
    searched = asked.as_searched()
    fields = [place for place in searched.parsed.fields if fold(searched.text[slice(*place)]).startswith("persona:")]
    alone = replace(searched, parsed=replace(searched.parsed, text=searched.parsed.without(fields)))
    values = [("persona", value) for value, _ in asked.people]
    names = dict.fromkeys(name for _, names in asked.people if len(names) > 1 for name in names[:MOST_NAMED])
    return tuple(Link(name, alone.address(without=values, plus=[("persona", name)])) for name in names)


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
    if name == "sin":
        return f"Sin el tema: {collection.label('tema', value)}"
    return _SAID[name] if name in _SAID else collection.in_words(name, value, label)
