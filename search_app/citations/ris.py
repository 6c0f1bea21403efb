"""Citations as RIS records, for Zotero, EndNote and Mendeley."""

from __future__ import annotations

from collections.abc import Iterable

from search_app.citations.cited import SITE, Cited
from search_app.citations.prose import notes, one_line

MIMETYPE = "application/x-research-info-systems"


def bibliography(cited: Iterable[Cited]) -> str:
    """A .ris file."""
    return "".join(map(record, cited))


def record(cited: Cited) -> str:
    """One fragment: a presentation (``SLIDE``, which Zotero gives back as a speech), or a page of the site."""
    event = cited.event
    fields: list[tuple[str, str | None]] = [("TY", "SLIDE" if cited.spoken else "ELEC"), ("ID", cited.key)]
    fields += [("AU", cited.creator.inverted if cited.creator else None), ("TI", cited.title)]
    if cited.spoken:
        fields += [("T2", event.title), ("PB", event.organiser), ("CY", event.venue), ("M3", cited.genre)]
        fields += [("PY", str(cited.year) if cited.year else None)]
        fields += [("DA", f"{cited.date:%Y/%m/%d}/" if cited.date else None)]
    else:
        fields += [("T2", SITE), ("PB", SITE)]
    fields += [("AB", cited.passage.text), *(("N1", sentence) for sentence in notes(cited))]
    fields += [("LA", "es"), ("DP", SITE), ("UR", cited.address), ("Y2", f"{cited.consulted:%Y/%m/%d}/")]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])
