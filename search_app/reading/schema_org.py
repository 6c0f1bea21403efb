"""An event and its sessions as schema.org JSON-LD, for the heads of their pages.

Of what nobody knows (the hour, the day on which a video was put up) nothing is said. Fictitious events are no events.
"""

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from indexer.language.inferred_names import called
from indexer.model import PageId
from indexer.model.session import Event, Participant, Session
from search_app.reading.page_model import ReadingPage, Turn
from search_app.shown.addresses import page_address
from search_app.shown.dates import date_words
from search_app.shown.video import moment, web_address

MOST_CLIPS = 200
"""Turns of a session that are told of; a page must not weigh twice what it shows."""
MOST_SESSIONS = 200
LANGUAGE = "es-MX"


def document(page: ReadingPage, base: str) -> dict[str, Any] | None:
    """What the page of an event or of a session is about; None for a fictitious one.

    Args:
        page: As it is shown.
        base: Scheme and host of the addresses (``https://consta.example.mx``).
    """
    if page.event.fictitious:
        return None
    node = _session(page, page.session, base) if page.session else _whole(page, base)
    return {"@context": "https://schema.org", **_told(node)}


def _whole(page: ReadingPage, base: str) -> dict[str, Any]:
    named = [_session_node(line.session, page.event, base) for line in page.sessions.rows[:MOST_SESSIONS]]
    return {**_event_node(page.event, base), **_held(page.event), "subEvent": named}


def _event_node(event: Event, base: str) -> dict[str, Any]:
    return _node(PageId(event.slug), event.title, event.start, event.end, base)


def _session_node(session: Session, event: Event, base: str) -> dict[str, Any]:
    days = session.date or event.start, session.date or event.end
    return _node(session.page, session.numbered_title, *days, base)


def _node(page: PageId, name: str, start: dt.date, end: dt.date, base: str) -> dict[str, Any]:
    address = base + page_address(page)
    return {
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": name,
        "startDate": start.isoformat(),
        "endDate": end.isoformat(),
        "inLanguage": LANGUAGE,
    }


def _held(event: Event) -> dict[str, Any]:
    """Who holds an event, and where."""
    return {
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else None,
        "location": {"@type": "Place", "name": event.venue} if event.venue else None,
    }


def _session(page: ReadingPage, session: Session, base: str) -> dict[str, Any]:
    return {
        **_session_node(session, page.event, base),
        **_held(page.event),
        "superEvent": _event_node(page.event, base),
        "about": [{"@type": "DefinedTerm", "name": t.text, "url": base + t.url} for t in page.topics],
        "performer": [_person(person) for person in session.participants],
        "recordedIn": _video(page, session, base),
    }


def _person(person: Participant) -> dict[str, Any]:
    belongs = {"@type": "Organization", "name": person.institution} if person.institution else None
    return _told({"@type": "Person", "name": person.name, "jobTitle": person.post, "affiliation": belongs})


def _video(page: ReadingPage, session: Session, base: str) -> dict[str, Any] | None:
    address = web_address(session.video)
    if address is None:
        return None
    return _told(
        {
            "@type": "VideoObject",
            "name": page.title,
            "description": f"{page.title}. {page.event.title}, {date_words(page.event, session)}.",
            "url": address,
            "mainEntityOfPage": base + page_address(page.id),
            "inLanguage": LANGUAGE,
            "hasPart": list(_clips(page.turns, session, address)),
        }
    )


def _clips(turns: tuple[Turn, ...], session: Session, video: str) -> Iterator[dict[str, Any]]:
    """A clip a turn, on the clock of the video."""
    timed = [turn for turn in turns if turn.first.start_s is not None]
    for turn in timed[:MOST_CLIPS]:
        first, last = turn.first, turn.lines[-1].passage
        start = max(0, math.floor((first.start_s or 0) + session.video_start_s))
        end = math.ceil(last.end_s + session.video_start_s) if last.end_s is not None else None
        yield _told(
            {
                "@type": "Clip",
                "name": _clip_name(turn),
                "startOffset": start,
                "endOffset": end if end is not None and end > start else None,
                "url": moment(video, start)[0],
            }
        )


def _clip_name(turn: Turn) -> str:
    speaker = called(turn.first.person, turn.inferred)
    if speaker is None:
        return "Persona no identificada"
    return f"{speaker} ({turn.first.post})" if turn.first.post else speaker


def _told(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in node.items() if value not in (None, [], {})}
