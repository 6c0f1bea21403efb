"""``evento.toml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from indexer.corpus.dossier import read_channels, read_facts, read_own_wording, read_sources
from indexer.corpus.toml_validation import CheckedTable
from indexer.errors import Problem
from indexer.model.session import Event

FILE_NAME = "evento.toml"
KEYS = (
    "titulo", "inicio", "fin", "organiza", "sede", "ficticio", "redaccion", "canales", "fuentes", "hechos",
)  # fmt: skip


def read_event(slug: str, values: Mapping[str, Any], path: str) -> tuple[Event | None, list[Problem]]:
    """Check the table of an event.

    Returns:
        The event, None when it cannot be published at all, and every problem. A key with an error is as if absent,
        but ``ficticio`` and ``redaccion``, where a slip must not make real what is not.
    """
    table = CheckedTable(path, values, KEYS)
    title = table.text("titulo", "Foro Experiencia e Innovación", required=True)
    start = table.date("inicio", "2025-12-04", required=True)
    end = table.date("fin", "2025-12-05", required=True)
    in_order = start is None or end is None or start <= end
    if not in_order:
        cure = f"escriba fin = {start} o posterior, o corrija inicio"
        table.error(f"«fin» ({end}) es anterior a «inicio» ({start})", cure)
    sources = read_sources(table)
    event = Event(
        slug=slug,
        title=title or "",
        start=start or dt.date.min,
        end=end or dt.date.max,
        organiser=table.text("organiza", "Instituto Electoral del Estado de México"),
        venue=table.text("sede", "Auditorio del IEEM, Toluca"),
        fictitious=table.flag("ficticio") or bool(table.raw("ficticio")),
        own_wording=read_own_wording(table),
        channels=read_channels(table),
        sources=sources,
        facts=read_facts(table, {source.id for source in sources}),
    )
    if title is None or start is None or end is None or not in_order:
        return None, table.problems
    return event, table.problems
