"""Fragments to cite: the cases that must come out right, and random ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from indexer.model import Kind, PageId, Version
from indexer.model.passage import Passage
from indexer.model.session import Event, Participant, Session
from search_app.citations.cited import Cited, cite

CONSULTED = dt.date(2026, 11, 22)
BASE = "https://consta.example.mx"


def cited(*, event: dict[str, Any] | None = None, session: dict[str, Any] | None = None, **passage: Any) -> Cited:
    """A fragment of a session's transcript, said by Ana Ruiz; each part otherwise where a test says so."""
    named = {"title": "Foro de prueba", "start": dt.date(2025, 12, 4), "end": dt.date(2025, 12, 5), "organiser": "IEEM"}
    foro = Event("foro", **(named | (event or {})))
    known = {
        "title": "Innovación",
        "number": 5,
        "date": dt.date(2025, 12, 5),
        "participants": (Participant("Ana Ruiz", "Consejera", "Instituto de Prueba"),),
    }
    mesa = Session("foro", "mesa-5", **(known | (session or {})))
    said = {"person": "Ana Ruiz", "identified": True, "post": "Consejera", "version": Version.OFFICIAL}
    given = {"number": 42, "order": 0, "kind": Kind.TRANSCRIPT, "turn": 0, "text": "Buenas tardes."} | said | passage
    page = PageId("foro", "mesa-5")
    return cite(page, foro, mesa, Passage(**given), base=BASE, edition="3f9c01d2ab77", consulted=CONSULTED)


def announced(*, event: dict[str, Any] | None = None, **passage: Any) -> Cited:
    """A fragment of an event's own page."""
    named = {"title": "Foro de prueba", "start": dt.date(2025, 12, 4), "end": dt.date(2025, 12, 5), "organiser": "IEEM"}
    foro = Event("foro", **(named | (event or {})))
    given = {"number": 1, "order": 0, "kind": Kind.ANNOUNCEMENT, "turn": 0, "text": "Habrá un foro."} | passage
    return cite(PageId("foro"), foro, None, Passage(**given), base=BASE, edition="3f9c01d2ab77", consulted=CONSULTED)


# Letters that some format gives a meaning to, among plain ones and every other that can be printed.
_LETTERS = st.one_of(
    st.sampled_from("\\{}%$&#_~^<>|@\"'=,;: -–áéñÑ¿¡«»“”abcXYZ012"), st.characters(exclude_categories=["C", "Zl", "Zp"])
)
TEXTS = st.text(_LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))


@st.composite
def any_cited(draw: st.DrawFn) -> Cited:
    """A fragment of a transcript, with any texts, with and without name, post, date, times and fiction."""
    optional = st.none() | TEXTS
    start = draw(_DAYS)
    person = draw(optional)
    return cited(
        event={
            "title": draw(TEXTS),
            "start": start,
            "end": start + dt.timedelta(draw(st.integers(0, 40))),
            "organiser": draw(optional),
            "venue": draw(optional),
            "fictitious": draw(st.booleans()),
        },
        session={
            "title": draw(TEXTS),
            "number": draw(st.none() | st.integers(1, 99)),
            "date": draw(st.none() | _DAYS),
            "number_inferred": draw(st.booleans()),
            "video": draw(st.sampled_from([None, "https://youtu.be/a_b-c%20d?x=1", "https://videos.example.mx/%7Bx"])),
        },
        number=draw(st.integers(1, 999)),
        text=draw(TEXTS),
        person=person,
        identified=draw(st.booleans()),
        inferred=person is not None and draw(st.booleans()),
        post=draw(optional),
        start_s=draw(st.none() | st.floats(0, 40_000)),
        version=draw(st.sampled_from(Version)),
        own_wording=draw(st.booleans()),
    )
