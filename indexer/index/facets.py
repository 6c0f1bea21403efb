"""Every facet, in one table: what filters, counts, labels, lists or explains facets is made from it.

A facet that is read off a page (its event, its session) needs no field of the index; one that is read off a passage is
a field of it. With a new facet of either kind the index is built anew.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from indexer.index.catalogue import Catalogue
from indexer.model import Kind, Version
from indexer.model.passage import Passage
from indexer.model.session import Event, Session

MOST_VALUES = 20
"""Values of a facet that a search tells, the most frequent ones; the others are counted together."""


class Means(Enum):
    """How a value that a reader typed is understood; case and accents never matter."""

    LABEL = auto()  # a value or its label
    VALUE = auto()  # a value alone
    SESSION = auto()  # the folder, the address or the number of a session
    PERSON = auto()  # a name or its slug; spellings that differ in case and accents are one value
    TOPIC = auto()  # any name of a topic; a passage of a topic belongs to its broader topics too
    ENTITY = auto()  # any name of an entity
    HOME = auto()  # any name of an entity; the speakers of a local body are counted in its state


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort passages: a filter, a list beside the results, a key of the answers, a field of the text.

    Attributes:
        name: The parameter, the field of the text (``mesa:5``) and the key of the answers.
        label: What pages call it.
        of_page: Its values on a page, where the page decides; else None.
        field: The field of the index that holds its values, where the passage decides; else empty.
        of_passage: The values of a passage, written into ``field``; else None.
        labels: The labels of its values that have one.
        means: How a typed value is understood.
        none: What a passage without a value is called; empty where every passage has one.
        no_value: Why a passage may have no value, as a note beside ``none``.
        rows: What ``/comparar`` calls its rows; empty where it does not count by it.
        newest_first: Whether pages list its values from the last one to the first, not by their counts.
    """

    name: str
    label: str
    of_page: Callable[[Event, Session | None], Iterable[str]] | None = None
    field: str = ""
    of_passage: Callable[[Passage], Iterable[str]] | None = None
    labels: Callable[[Catalogue], Mapping[str, str]] = lambda _: {}
    means: Means = Means.LABEL
    none: str = ""
    no_value: str = ""
    rows: str = ""
    newest_first: bool = False


def _some(value: str | None) -> Iterable[str]:
    return (value,) if value else ()


def _years(event: Event, session: Session | None) -> Iterable[str]:
    """The years that a page may be of: that of its day, or those of its event where its day is not confirmed."""
    day = session.date if session else None
    return map(str, range((day or event.start).year, (day or event.end).year + 1))


def _entities(catalogue: Catalogue) -> Mapping[str, str]:
    return {entity.id: entity.label for entity in catalogue.entities}


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            "evento", "Evento", of_page=lambda event, _: (event.slug,), means=Means.VALUE, none="sin evento",
            labels=lambda catalogue: {event.slug: event.title for event in catalogue.events},
        ),
        Facet(
            "mesa", "Mesa", means=Means.SESSION, none="ninguna: el anuncio", rows="Por mesa",
            of_page=lambda _, session: (str(session.page),) if session else (),
            labels=lambda catalogue: {str(s.page): s.numbered_title for s in catalogue.sessions},
        ),
        Facet("anio", "Año", means=Means.VALUE, of_page=_years, newest_first=True),
        Facet(
            "persona", "Quién habla", field="person", of_passage=lambda passage: _some(passage.person),
            means=Means.PERSON, none="sin nombre", rows="Por quien habla",
            no_value="nadie está identificado, o el texto no es una transcripción",
        ),
        Facet(
            "entidad", "Entidad de quien habla", field="entity", of_passage=lambda passage: _some(passage.entity),
            labels=_entities, means=Means.HOME, none="sin entidad", rows="Por entidad de quien habla",
            no_value="no consta de qué entidad es quien habla, o el texto no es una transcripción",
        ),
        Facet(
            "menciona", "Se menciona", field="mention", of_passage=lambda passage: passage.mentions,
            labels=_entities, means=Means.ENTITY, none="no se menciona nada",
        ),
        Facet(
            "tema", "Tema", field="topic", of_passage=lambda passage: passage.topics, means=Means.TOPIC,
            labels=lambda catalogue: {topic.id: topic.label for topic in catalogue.topics}, none="sin tema",
        ),
        Facet(
            "tipo", "Tipo de texto", field="kind", of_passage=lambda passage: (passage.kind.value,),
            labels=lambda _: {kind.value: kind.label for kind in Kind},
        ),
        Facet(
            "version", "Versión", field="version", of_passage=lambda passage: _some(passage.version),
            labels=lambda _: {version.value: version.label for version in Version}, none="no es transcripción",
        ),
    )
}  # fmt: skip
"""By name, in the order in which pages show them."""


def filter_label(name: str) -> str:
    """What a parameter that filters is called: a facet, or one of the two dates."""
    return FACETS[name].label if name in FACETS else name.capitalize()
