"""``mesa.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.corpus.dossier import read_facts, read_own_wording, read_participants, read_sources
from indexer.corpus.toml_validation import CheckedTable, shown
from indexer.errors import Problem
from indexer.model import Version
from indexer.model.session import Event, Session
from indexer.readers.paragraphs import some

FILE_NAME = "mesa.toml"
KEYS = (
    "titulo", "numero", "numero_inferido", "fecha", "temas", "video", "video_inicio_s", "desde_s", "hasta_s",
    "version", "redaccion", "participantes", "fuentes", "hechos",
)  # fmt: skip


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


def read_session(
    slug: str, setting: SessionSetting, values: Mapping[str, Any], path: str
) -> tuple[Session | None, list[Problem]]:
    """Check the table of a session.

    Returns:
        The session, None when it cannot be published at all, and every problem. A key with an error is as if absent.
    """
    table = CheckedTable(path, values, KEYS)
    title = table.text("titulo", "Innovación tecnológica", required=True)
    from_s, to_s = _part(table)
    sources = read_sources(table)
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
        own_wording=read_own_wording(table),
        participants=read_participants(table),
        sources=sources,
        facts=read_facts(table, known),
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
