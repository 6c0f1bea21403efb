"""Citations as RIS records, for Zotero, EndNote and Mendeley."""

from collections.abc import Iterable

from search_app.citations.cited import SITE, Cited
from search_app.citations.prose import notes, one_line

MIMETYPE = "application/x-research-info-systems"


def bibliography(cited: Iterable[Cited]) -> str:
    """A .ris file."""
    return "".join(map(record, cited))


def record(cited: Cited) -> str:
    """One fragment: a presentation (``SLIDE``, which Zotero gives back as a speech), or a page of the site."""
    event, spoken = cited.event, cited.spoken
    fields: list[tuple[str, str | None]] = [("TY", "SLIDE" if spoken else "ELEC"), ("ID", cited.key)]
    fields += [("AU", cited.creator.inverted if cited.creator else None), ("TI", cited.title)]
    fields += [("T2", event.title if spoken else SITE), ("PB", event.organiser if spoken else SITE)]
    fields += [("CY", event.venue if spoken else None), ("M3", cited.genre), ("PY", str(cited.year or ""))]
    fields += [("DA", f"{cited.date:%Y/%m/%d}/" if cited.date else None), ("AB", cited.passage.text)]
    fields += [*(("N1", sentence) for sentence in notes(cited)), ("LA", "es"), ("DP", SITE), ("UR", cited.address)]
    fields += [("Y2", f"{cited.consulted:%Y/%m/%d}/")]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])
