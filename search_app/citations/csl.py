"""Citations as CSL-JSON 1.0.2, for citation processors (Zotero, pandoc, citeproc)."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from search_app.citations.cited import SITE, Cited
from search_app.citations.prose import notes
from search_app.shown.serializing import to_json

_NUMBERS = re.compile(r"\[\n[\s\d,\[\]]+\]")
"""A list of numbers over several lines; in a string of JSON no line ends."""
MIMETYPE = "application/vnd.citationstyles.csl+json"


def bibliography(cited: Iterable[Cited]) -> list[dict[str, Any]]:
    """All of them, as the schema wants them: a list."""
    return [item(each) for each in cited]


def written(data: Any) -> str:
    """JSON to be read by people too: dates in a line."""
    return _NUMBERS.sub(lambda found: re.sub(r"\s+", "", found[0]).replace(",", ", "), to_json(data, indent=1))


def item(cited: Cited) -> dict[str, Any]:
    """One fragment: a ``speech`` at an event, or a ``webpage`` of the site."""
    event = cited.event
    found: dict[str, Any] = {"id": cited.key, "type": "speech" if cited.spoken else "webpage", "title": cited.title}
    if name := cited.creator:
        found["author"] = [{"family": name.family, "given": name.given} if name.given else {"literal": name.family}]
    if cited.spoken:
        found["genre"] = cited.genre
        found["event-title"] = found["event"] = event.title  # the second for processors older than CSL 1.0.2
        found |= {"event-place": event.venue} if event.venue else {}
        found |= {"publisher": event.organiser} if event.organiser else {}
        if cited.days:
            found["event-date"] = _date(*cited.days)
            found["issued"] = _date(*cited.days) | ({} if cited.date else {"circa": True})
    else:
        found["container-title"] = SITE
    found["note"] = ". ".join(notes(cited))
    found["abstract"] = cited.passage.text
    found["URL"] = cited.address
    found["accessed"] = _date(cited.consulted)
    found["language"] = "es-MX"
    found["source"] = SITE
    return found


def _date(start: dt.date, end: dt.date | None = None) -> dict[str, Any]:
    days = [start] if end is None or end == start else [start, end]
    return {"date-parts": [[day.year, day.month, day.day] for day in days]}
