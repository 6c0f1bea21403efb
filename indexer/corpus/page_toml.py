"""``evento.toml`` and ``mesa.toml``: an event, a session, and what both have: facts, sources, participants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from indexer.corpus.toml_validation import CheckedTable, is_web_address, shown
from indexer.errors import Problem
from indexer.model import Certainty, Version
from indexer.model.session import Channel, Event, Fact, Participant, Session, Source
from indexer.readers.paragraphs import some

EVENT_FILE = "evento.toml"
EVENT_KEYS = (
    "titulo", "inicio", "fin", "organiza", "sede", "ficticio", "redaccion", "canales", "fuentes", "hechos",
)  # fmt: skip
SESSION_FILE = "mesa.toml"
SESSION_KEYS = (
    "titulo", "numero", "numero_inferido", "fecha", "temas", "video", "video_inicio_s", "desde_s", "hasta_s",
    "version", "redaccion", "participantes", "fuentes", "hechos",
)  # fmt: skip
_SOURCE_KEYS = ("id", "titulo", "url", "fecha")
_FACT_KEYS = ("texto", "certeza", "fuentes")
_PARTICIPANT_KEYS = ("nombre", "cargo", "institucion", "entidad", "modera", "variantes")
_CHANNEL_KEYS = ("nombre", "url")


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """What a session's table is checked against.

    Attributes:
        event_slug: Folder of its event.
        event: The event; None when its own TOML cannot be used.
        topics: Ids of the vocabulary; None when it could not be read, so that no topic is doubted.
        has_vocabulary: False when the corpus has no ``vocabulario.toml`` at all.
    """

    event_slug: str
    event: Event | None
    topics: frozenset[str] | None
    has_vocabulary: bool = True


class _Wording(StrEnum):
    """Values of ``redaccion``."""

    OWN = "propia"


def read_event(slug: str, values: Mapping[str, Any], path: str) -> tuple[Event | None, list[Problem]]:
    """Check the table of an event.

    Returns:
        The event, None when it cannot be published at all, and every problem. A key with an error is as if absent,
        but ``ficticio`` and ``redaccion``, where a slip must not make real what is not.
    """
    table = CheckedTable(path, values, EVENT_KEYS)
    title = table.text("titulo", "Foro Experiencia e Innovación", required=True)
    start = table.date("inicio", "2025-12-04", required=True)
    end = table.date("fin", "2025-12-05", required=True)
    in_order = start is None or end is None or start <= end
    if not in_order:
        cure = f"escriba fin = {start} o posterior, o corrija inicio"
        table.error(f"«fin» ({end}) es anterior a «inicio» ({start})", cure)
    sources = _sources(table)
    event = Event(
        slug=slug,
        title=title or "",
        start=start or dt.date.min,
        end=end or dt.date.max,
        organiser=table.text("organiza", "Instituto Electoral del Estado de México"),
        venue=table.text("sede", "Auditorio del IEEM, Toluca"),
        fictitious=table.flag("ficticio") or bool(table.raw("ficticio")),
        own_wording=_own_wording(table),
        channels=_channels(table),
        sources=sources,
        facts=_facts(table, {source.id for source in sources}),
    )
    if title is None or start is None or end is None or not in_order:
        return None, table.problems
    return event, table.problems


def read_session(
    slug: str, setting: SessionSetting, values: Mapping[str, Any], path: str
) -> tuple[Session | None, list[Problem]]:
    """Check the table of a session.

    Returns:
        The session, None when it cannot be published at all, and every problem. A key with an error is as if absent.
    """
    table = CheckedTable(path, values, SESSION_KEYS)
    title = table.text("titulo", "Innovación tecnológica", required=True)
    from_s, to_s = _part(table)
    sources = _sources(table)
    event = setting.event
    known = None if event is None else {source.id for source in (*sources, *event.sources)}
    session = Session(
        event=setting.event_slug,
        slug=slug,
        title=title or "",
        number=table.integer("numero", 5),
        number_inferred=table.flag("numero_inferido"),
        date=table.date("fecha"),
        topics=_topics(table, setting),
        video=table.address("video", "https://www.youtube.com/watch?v=…"),
        video_start_s=table.seconds("video_inicio_s") or 0.0,
        from_s=from_s,
        to_s=to_s,
        version=table.choice("version", Version),
        own_wording=_own_wording(table),
        participants=_participants(table),
        sources=sources,
        facts=_facts(table, known),
    )
    if event is not None and session.date is not None and not event.start <= session.date <= event.end:
        fault = f"«fecha» ({session.date}) queda fuera de los días del evento ({event.start} a {event.end})"
        table.warning(fault, "corrija la fecha de la mesa, o inicio y fin en evento.toml")
    return None if title is None else session, table.problems


def _part(table: CheckedTable) -> tuple[float | None, float | None]:
    """``desde_s`` and ``hasta_s``: both absent when they are the wrong way round."""
    from_s, to_s = table.seconds("desde_s"), table.seconds("hasta_s", "3600")
    if from_s is not None and to_s is not None and from_s >= to_s:
        cure = "escriba en desde_s el segundo en que empieza la mesa y en hasta_s el segundo en que termina"
        table.error(f"«desde_s» ({from_s:g}) no es menor que «hasta_s» ({to_s:g})", cure)
        return None, None
    return from_s, to_s


def _topics(table: CheckedTable, setting: SessionSetting) -> tuple[str, ...]:
    """``temas``, without the ones that the vocabulary does not have."""
    named = table.texts("temas", '["prep", "computos"]')
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


def _own_wording(table: CheckedTable) -> bool:
    """True for ``redaccion = "propia"``, and for a wrong value: our text must not pass for speech over a slip."""
    return table.choice("redaccion", _Wording) is _Wording.OWN or bool(table.raw("redaccion"))


def _sources(table: CheckedTable) -> tuple[Source, ...]:
    """``[[fuentes]]``; those without id or title, and repeated ids, are left out."""
    sources: dict[str, Source] = {}
    for item in table.tables("fuentes", _SOURCE_KEYS):
        id_ = item.text("id", "A", required=True)
        title = item.text("titulo", "Boletín del IEEM, 4 de diciembre de 2025", required=True)
        url = item.address("url", "https://www.ieem.org.mx/boletin.html")
        date = item.date("fecha")
        if id_ is None or title is None:
            continue
        if id_ in sources:
            item.error(f"el id {shown(id_)} ya lo tiene otra fuente", "escriba un id distinto para cada fuente")
            continue
        sources[id_] = Source(id_, title, url, date)
    return tuple(sources.values())


def _facts(table: CheckedTable, known: Container[str] | None) -> tuple[Fact, ...]:
    """``[[hechos]]``; those without text or certainty are left out.

    Args:
        table: Of the event or session.
        known: Ids of the sources that a fact may name; None when they could not be read, so that none is doubted.
    """
    facts = []
    for item in table.tables("hechos", _FACT_KEYS):
        text = item.text("texto", "El foro fue en el Auditorio del IEEM.", required=True)
        certainty = item.choice("certeza", Certainty, required=True)
        named = item.texts("fuentes", '["A"]')
        for id_ in named:
            if known is not None and id_ not in known:
                cure = f"agregue una [[fuentes]] con ese id y su titulo, o quite {shown(id_)} de fuentes"
                item.error(f"no hay ninguna fuente con el id {shown(id_)}", cure)
        if text is not None and certainty is not None:
            facts.append(Fact(text, certainty, tuple(id_ for id_ in named if known is None or id_ in known)))
    return tuple(facts)


def _participants(table: CheckedTable) -> tuple[Participant, ...]:
    """``[[participantes]]``; those without a name are left out."""
    people = []
    for item in table.tables("participantes", _PARTICIPANT_KEYS):
        name = item.text("nombre", "Nombre Apellido", required=True)
        post = item.text("cargo", "Consejera Electoral")
        institution = item.text("institucion", "Instituto Electoral del Estado de México")
        entity = item.text("entidad", "ieem")
        moderates = item.flag("modera")
        variants = item.texts("variantes", '["MODERADORA"]')
        if name is not None:
            people.append(Participant(name, post, institution, entity, moderates, tuple(variants)))
    return tuple(people)


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
    found = []
    for item in table.tables("canales", _CHANNEL_KEYS):
        name = item.text("nombre", "YouTube del IEEM")
        url = item.address("url", "https://www.youtube.com/@IEEMOficial", required=True)
        if url is not None:
            found.append(Channel(name or urlsplit(url).hostname or url, url))
    return tuple(found)
