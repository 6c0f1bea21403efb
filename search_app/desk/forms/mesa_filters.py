"""What mesas lack, and what the desk's lists of them can be narrowed to: an event, a state of the text, a lack."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indexer.index.protocol import SearchIndex
from indexer.index.query import Query
from indexer.model import PageId, Version
from search_app.shown.addresses import Pair, Pairs
from search_app.shown.collection import Collection, once_per_edition

LACKS = {
    "transcripcion": "Transcripción",
    "hablantes": "Decir quién habla",
    "confirmar": "Confirmar un nombre inferido",
    "horas": "Horas de algunas palabras",
    "fecha": "Fecha",
    "video": "Video",
}
_NO_TEXT = "sin-texto"
Marks = Mapping[str, frozenset[Pair]]
"""Of each page, by its path, every choice that leaves it in the list."""


class Missing(NamedTuple):
    """One mesa with what it lacks.

    Attributes:
        title: What it is called, with its event.
        transcript: Whether its transcript is what it lacks.
        unnamed: Fragments of its transcript, which has ``passages``, of which nobody is said to be the speaker.
        timeless: Of a hundred words of it, how many have no second in the captions beside it.
        inferred: Of those whose speaker is inferred, and nobody has confirmed it.
    """

    page: PageId
    title: str
    transcript: bool
    unnamed: int = 0
    passages: int = 0
    timeless: int = 0
    inferred: int = 0


class Selector(NamedTuple):
    """A choice that narrows a list: its parameter, what it asks, values and what they are called, the one in force."""

    name: str
    called: str
    options: tuple[Pair, ...]
    chosen: str = ""


@once_per_edition
def missing(_: SearchIndex, collection: Collection) -> tuple[Missing, ...]:
    """Of every mesa that lacks something; those of fictitious events need nothing."""
    found = []
    for page, session in collection.sessions.items():
        event, record = collection.events.get(page.event), collection.catalogue.pages.get(str(page))
        if event is None or event.fictitious:
            continue
        one = Missing(page, f"{session.numbered_title} · {event.title}", transcript=True)
        if record is not None and collection.has_transcript(page):
            passages = record.transcript_passages
            timeless = 0 if record.aligned is None else round(100 * (1 - record.aligned))
            one = Missing(*one[:2], False, passages - record.speakers, passages, timeless, record.inferred)
        if one.transcript or one.unnamed or one.timeless or one.inferred:
            found.append(one)
    return tuple(found)


@once_per_edition
def marks(index: SearchIndex, collection: Collection) -> Marks:
    """What every page is and lacks."""
    found: dict[str, set[Pair]] = defaultdict(set)
    for slug in collection.events:
        found[slug].add(("evento", slug))
    for page, session in collection.sessions.items():
        own = found[str(page)]
        own.add(("evento", page.event))
        there = {"transcripcion": collection.has_transcript(page), "fecha": session.date, "video": session.video}
        if not there["transcripcion"]:
            own.add(("estado", _NO_TEXT))
        if not collection.events[page.event].fictitious:  # nothing more is to come there
            own |= {("falta", name) for name, held in there.items() if not held}
    transcripts = Query(correct=False, with_fictitious=True)
    for path, version in index.counted(transcripts, "mesa", "version").pairs:
        if path and version:
            found[path].add(("estado", version))
    for one in missing(index, collection):
        states = {"hablantes": one.unnamed, "confirmar": one.inferred, "horas": one.timeless}
        found[str(one.page)] |= {("falta", name) for name, many in states.items() if many}
    return {path: frozenset(own) for path, own in found.items()}


def selectors(asked: Pairs, collection: Collection, names: Iterable[str]) -> tuple[Selector, ...]:
    """The choices of a list, with what an address chooses of them; a value that there is not is none."""
    chosen = dict(asked)
    states = ((_NO_TEXT, "Sin transcripción"), *((version.value, version.label) for version in Version))
    events = tuple((slug, collection.marked(event.title, slug)) for slug, event in collection.events.items())
    every = {"evento": ("Evento", events), "estado": ("Texto", states), "falta": ("Le falta", tuple(LACKS.items()))}
    return tuple(
        Selector(name, called, options, next((key for key, _ in options if key == chosen.get(name)), ""))
        for name, (called, options) in every.items()
        if name in names and len(options) > 1
    )


def narrowed(page: PageId | str, chosen: Pairs, known: Marks) -> bool:
    """Whether a page is left by what was chosen."""
    return known[str(page)].issuperset(chosen) if str(page) in known else False
