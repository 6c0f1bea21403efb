"""``evento.toml`` and ``mesa.toml``: an event, a session, and what both have: facts, sources, participants."""

import datetime as dt
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from indexer.corpus.people_file import surnames_of
from indexer.corpus.toml_validation import CheckedTable, shown
from indexer.errors import Problem
from indexer.language.typed_values import is_web_address
from indexer.model import Channel, Event, Fact, Participant, Session, Source, Wording
from indexer.model.page_fields import EVENT_FIELDS, SESSION_FIELDS, Field, FieldType
from indexer.readers.paragraphs import some

EVENT_FILE = "evento.toml"
EVENT_KEYS = tuple(field.key for field in EVENT_FIELDS)
SESSION_FILE = "mesa.toml"
SESSION_KEYS = tuple(field.key for field in SESSION_FIELDS)
_ROWS = {field.key: field.fields for field in (*EVENT_FIELDS, *SESSION_FIELDS)}


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """What a session's table is checked against.

    Attributes:
        event: The event; None when its own TOML cannot be used.
        topics: Ids of the vocabulary; None when it could not be read, so that no topic is doubted.
        has_vocabulary: False when the corpus has no ``vocabulario.toml`` at all.
    """

    event_slug: str
    event: Event | None
    topics: frozenset[str] | None
    has_vocabulary: bool = True


def read_event(slug: str, values: Mapping[str, Any], path: str) -> tuple[Event | None, list[Problem]]:
    """Check the table of an event.

    Returns:
        The event, None when it cannot be published at all, and every problem. A key with an error is as if absent,
        but ``ficticio`` and ``redaccion``, where a slip must not make real what is not.
    """
    table = CheckedTable(path, values, EVENT_KEYS)
    said = _read(table, EVENT_FIELDS)
    title, start, end = said["title"], said["start"], said["end"]
    in_order = start is None or end is None or start <= end
    if not in_order:
        cure = f"escriba fin = {start} o posterior, o corrija inicio"
        table.error(f"«fin» ({end}) es anterior a «inicio» ({start})", cure)
    sources = _sources(table)
    said |= {"title": title or "", "start": start or dt.date.min, "end": end or dt.date.max}
    said |= {"channels": _channels(table), "sources": sources}
    said["fictitious"] |= bool(table.raw("ficticio"))
    event = Event(slug=slug, **said, facts=_facts(table, {source.id for source in sources}))
    if title is None or start is None or end is None or not in_order:
        return None, table.problems
    return event, table.problems


def read_session(
    slug: str, setting: SessionSetting, values: Mapping[str, Any], path: str
) -> tuple[Session | None, list[Problem]]:
    """Check the table of a session; see ``read_event``."""
    table = CheckedTable(path, values, SESSION_KEYS)
    said = _read(table, SESSION_FIELDS)
    title, event, sources = said["title"], setting.event, _sources(table)
    known = None if event is None else {source.id for source in (*sources, *event.sources)}
    said["from_s"], said["to_s"] = _part(table, said["from_s"], said["to_s"])
    said |= {"title": title or "", "video_start_s": said["video_start_s"] or 0.0, "sources": sources}
    said |= {"topics": _topics(table, said["topics"], setting), "participants": _participants(table)}
    session = Session(event=setting.event_slug, slug=slug, **said, facts=_facts(table, known))
    if event is not None and session.date is not None and not event.start <= session.date <= event.end:
        fault = f"«fecha» ({session.date}) queda fuera de los días del evento ({event.start} a {event.end})"
        table.warning(fault, "corrija la fecha de la mesa, o inicio y fin en evento.toml")
    return None if title is None else session, table.problems


def _read(table: CheckedTable, fields: Sequence[Field]) -> dict[str, Any]:
    """The checked values of all fields but rows, by their names in the model."""
    return {one.attribute: _READERS[one.kind](table, one) for one in fields if one.kind is not FieldType.ROWS}


_READERS: dict[FieldType, Callable[[CheckedTable, Field], Any]] = {
    FieldType.TEXT: lambda table, field: table.text(field.key, field.example, required=field.required),
    FieldType.LINES: lambda table, field: table.text(field.key, field.example, required=field.required),
    FieldType.INTEGER: lambda table, field: table.integer(field.key, int(field.example)),
    FieldType.SECONDS: lambda table, field: table.seconds(field.key, field.example),
    FieldType.DATE: lambda table, field: table.date(field.key, field.example, required=field.required),
    FieldType.FLAG: lambda table, field: table.flag(field.key),
    FieldType.CHOICE: lambda table, field: _choice(table, field),
    FieldType.ADDRESS: lambda table, field: table.address(field.key, field.example, required=field.required),
    FieldType.TEXTS: lambda table, field: table.texts(field.key, field.example),
}


def _choice(table: CheckedTable, field: Field) -> StrEnum | bool | None:
    """A word of a list; of ``redaccion`` whether it is ours: it must not pass for speech over a slip either."""
    assert field.choices is not None
    word = table.choice(field.key, field.choices, required=field.required)
    return bool(word or table.raw(field.key)) if field.choices is Wording else word


def _rows(table: CheckedTable, key: str) -> Iterator[tuple[CheckedTable, dict[str, Any]]]:
    """Each row of ``[[key]]`` that has all it needs, with its values."""
    for item in table.tables(key, [field.key for field in _ROWS[key]]):
        said = _read(item, _ROWS[key])
        if all(said[field.attribute] is not None for field in _ROWS[key] if field.required):
            yield item, said


def _part(table: CheckedTable, from_s: float | None, to_s: float | None) -> tuple[float | None, float | None]:
    """``desde_s`` and ``hasta_s``: both absent when they are the wrong way round."""
    if from_s is not None and to_s is not None and from_s >= to_s:
        cure = "escriba en desde_s el segundo en que empieza la mesa y en hasta_s el segundo en que termina"
        table.error(f"«desde_s» ({from_s:g}) no es menor que «hasta_s» ({to_s:g})", cure)
        return None, None
    return from_s, to_s


def _topics(table: CheckedTable, named: tuple[str, ...], setting: SessionSetting) -> tuple[str, ...]:
    """``temas``, without the ones that the vocabulary does not have."""
    if setting.topics is None:
        return named
    unknown = [topic for topic in named if topic not in setting.topics]
    if unknown:
        table.warning(
            f"en «temas» hay ids que no están en vocabulario.toml: {some([*map(shown, unknown)], 5)}",
            "use los ids del vocabulario, o agréguelos ahí"
            if setting.has_vocabulary
            else "agregue vocabulario.toml al acervo, o quite «temas»",
        )
    return tuple(topic for topic in named if topic in setting.topics)


def _sources(table: CheckedTable) -> tuple[Source, ...]:
    """``[[fuentes]]``; those without id or title, and repeated ids, are left out."""
    sources: dict[str, Source] = {}
    for item, said in _rows(table, "fuentes"):
        source = Source(**said)
        if source.id in sources:
            fault = f"el id {shown(source.id)} ya lo tiene otra fuente"
            item.error(fault, "escriba un id distinto para cada fuente")
        sources.setdefault(source.id, source)
    return tuple(sources.values())


def _facts(table: CheckedTable, known: Container[str] | None) -> tuple[Fact, ...]:
    """``[[hechos]]``; those without text or certainty are left out.

    Args:
        table: Of the event or session.
        known: Ids of the sources that a fact may name; None when they could not be read, so that none is doubted.
    """
    facts = []
    for item, said in _rows(table, "hechos"):
        for id_ in said["sources"]:
            if known is not None and id_ not in known:
                cure = f"agregue en [[fuentes]] una con ese id y su titulo, o quite {shown(id_)} de fuentes"
                item.error(f"no hay ninguna fuente con el id {shown(id_)}", cure)
        facts.append(Fact(**said | {"sources": tuple(i for i in said["sources"] if known is None or i in known)}))
    return tuple(facts)


def _participants(table: CheckedTable) -> tuple[Participant, ...]:
    """``[[participantes]]``; those without a name are left out."""
    rows = _rows(table, "participantes")
    return tuple(
        Participant(**said | {"surnames": surnames_of(item, said["name"], said["surnames"])}) for item, said in rows
    )


def _channels(table: CheckedTable) -> tuple[Channel, ...]:
    """``canales``: tables with ``nombre`` and ``url``, or addresses alone (named by their host)."""
    value = table.raw("canales")
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        channels = []
        for address in value:
            if is_web_address(address):
                channels.append(Channel(urlsplit(address).hostname or address, address))
            else:
                fault = f"«canales» tiene {shown(address)}, que no es una dirección http:// o https:// completa"
                table.error(fault, 'escriba canales = ["https://www.youtube.com/@IEEMOficial"]')
        return tuple(channels)
    rows = (said for _, said in _rows(table, "canales"))
    return tuple(Channel(said["name"] or urlsplit(said["url"]).hostname or said["url"], said["url"]) for said in rows)
