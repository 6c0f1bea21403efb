"""The pages of an event, of a session with its transcript by turns, and of one fragment with its citation."""

import datetime as dt
from bisect import bisect_left
from dataclasses import replace
from itertools import groupby

from indexer.index.results import Page, Spans
from indexer.model import Kind, PageId, Version
from indexer.model.passage import Passage
from indexer.model.session import Fact, Participant, Session, Source
from search_app.asking.listing import Part
from search_app.asking.marking import marks_anything
from search_app.asking.parameters import Asked
from search_app.citations.cautions import AUTOMATIC, CHECKED
from search_app.citations.cited import cite
from search_app.exporting.page import citation_forms
from search_app.reading.corrections import has_corrections, notice, shown
from search_app.reading.page_model import FactLine, FragmentPage, Line, ReadingPage, SessionLine, Turn
from search_app.reading.spread import spread
from search_app.shown.addresses import (
    address,
    anchor_address,
    fragment_address,
    page_address,
    search_address,
    topic_address,
)
from search_app.shown.collection import Collection, page_title, topic_name
from search_app.shown.dates import brief_date
from search_app.shown.formatting import clock, listed, paragraphs
from search_app.shown.page_parts import Link
from search_app.shown.video import part_of_video, video_link, web_address


def reading_page(
    page: Page,
    collection: Collection,
    asked: Asked,
    *,
    sessions: Part[SessionLine] | None = None,
    original: bool = False,
) -> ReadingPage:
    """Lay out the page of an event or of a session; ``page.marks`` are of what was ``asked`` for.

    Args:
        sessions: The part of the list of its sessions that the page of an event shows.
        original: Whether texts that staff corrected are shown as they were received.
    """
    event, session = page.event, page.session
    sought = marks_anything(asked)
    lines = _lines(page, original, collection)
    facts = _facts(page, collection, lines)
    about = tuple(lines[p.number] for p in page.passages if p.kind is not Kind.TRANSCRIPT and p.fact is None)
    said = [p for p in page.passages if p.kind is Kind.TRANSCRIPT]
    versions = [p.version for p in said if p.version]
    siblings = collection.by_event.get(event.slug, ())
    previous, following = _beside(page.id, siblings, collection) if session else (None, None)
    video, screen = part_of_video(session) if session else (None, None)
    return ReadingPage(
        id=page.id,
        event=event,
        session=session,
        title=page_title(event, session),
        text=asked.text if sought else "",
        within=tuple(collection.in_words(*pair) for pair in asked.chosen),
        found=_found(page, lines) if sought else None,
        spread=spread(page) if sought else None,
        results=asked.address(),
        by_speaker=address("/comparar", *asked.pairs(), ("mesa", str(page.id)), ("por", "persona")),
        facts=facts,
        participants=tuple((one, _role(one, collection)) for one in session.participants) if session else (),
        about=about,
        turns=_turns(said, lines),
        version=versions[0].label if versions else None,
        caution=_transcript_caution(said, page),
        unnamed=bool(said) and not any(p.person for p in said),
        video=video,
        player=screen,
        topics=_topics(session.topics if session else (), collection),
        sources=_sources(page, facts),
        channels=tuple(c for c in event.channels if web_address(c.url)),
        sessions=sessions or Part(),
        coverage=collection.coverage([event]),
        previous=previous,
        next=following,
        corrections=f"{page_address(page.id)}correcciones" if has_corrections(page) else None,
        corrected=any(passage.original is not None for passage in page.passages),
        original=original,
    )


def _lines(page: Page, original: bool, collection: Collection) -> dict[int, Line]:
    """Every fragment, laid out; each one that was found knows which of them it is, and its neighbours; each one to
    which lost numbers lead knows them."""
    replaced, withdrawn = collection.lost(page.id)
    found = [passage.number for passage in page.passages if passage.number in page.marks]
    places = {number: at for at, number in enumerate(found, 1)}
    around = [None, *found, None]
    lines: dict[int, Line] = {}
    for passage in page.passages:
        line = _line(page.id, page.session, passage, page.marks.get(passage.number, ()), original)
        if passage.number in replaced or passage.number in withdrawn:
            lost = replaced.get(passage.number, ()), withdrawn.get(passage.number, ())
            line = replace(line, replaced=lost[0], withdrawn=lost[1])
        if at := places.get(passage.number):
            line = replace(line, place=at, previous_mark=around[at - 1], next_mark=around[at + 1])
        lines[passage.number] = line
    return lines


def _found(page: Page, lines: dict[int, Line]) -> tuple[Link, ...]:
    found = [lines[passage.number] for passage in page.passages if lines[passage.number].place]
    return tuple(Link(line.clock or f"p{line.passage.number}", f"#p{line.passage.number}") for line in found)


def _line(page: PageId, session: Session | None, passage: Passage, marks: Spans = (), original: bool = False) -> Line:
    address, second = video_link(session, passage)
    return Line(
        passage=passage,
        text=paragraphs(shown(passage, marks, original=original)),
        lasting=fragment_address(page, passage.number),
        clock=clock(passage.start_s) if passage.start_s is not None else None,
        video=address if second is not None else None,
        video_s=second,
    )


def _turns(said: list[Passage], lines: dict[int, Line]) -> tuple[Turn, ...]:
    turns = groupby(said, key=lambda p: p.turn)
    return tuple(Turn(tuple(lines[p.number] for p in passages)) for _, passages in turns)


def _facts(page: Page, collection: Collection, lines: dict[int, Line]) -> tuple[FactLine, ...]:
    facts = page.session.facts if page.session else page.event.facts
    by_fact = {p.fact: lines[p.number] for p in page.passages if p.fact is not None}
    return tuple(_fact(page, fact, by_fact.get(at)) for at, fact in enumerate(facts))


def _fact(page: Page, fact: Fact, line: Line | None) -> FactLine:
    known = {s.id: s for s in page.event.sources}
    if page.session:
        known |= {s.id: s for s in page.session.sources}
    return FactLine(line, fact, tuple(_safe(known[name]) for name in fact.sources if name in known))


def _safe(source: Source) -> Source:
    """The source, without an address that a browser must not be sent to."""
    return Source(source.id, source.title, web_address(source.url), source.date)


def _sources(page: Page, facts: tuple[FactLine, ...]) -> tuple[Source, ...]:
    own = page.session.sources if page.session else page.event.sources
    named = [source for fact in facts for source in fact.sources]
    return tuple({source.id: source for source in [*map(_safe, own), *named]}.values())


def _transcript_caution(said: list[Passage], page: Page) -> str | None:
    if not said or page.event.fictitious:
        return None  # the page says so at its head
    automatic = [p for p in said if p.version is Version.AUTOMATIC_CAPTIONS]
    if not automatic:
        return None
    return CHECKED if all(p.checked is not None for p in automatic) else AUTOMATIC


def _role(person: Participant, collection: Collection) -> str:
    entity = collection.entities.get(person.entity, person.entity) if person.entity else None
    parts = [part for part in (person.post, person.institution, entity) if part]
    return ", ".join(dict.fromkeys(parts))


def _topics(ids: tuple[str, ...], collection: Collection) -> tuple[Link, ...]:
    return tuple(
        Link(topic_name(collection.topics[topic]), topic_address(topic)) for topic in ids if topic in collection.topics
    )


def _beside(
    page: PageId, siblings: tuple[Session, ...], collection: Collection
) -> tuple[Session | None, Session | None]:
    """The sessions before and after one among those of its event, which may be thousands."""
    at = bisect_left(siblings, collection.places[page], key=lambda session: collection.places[session.page])
    around = (None, *siblings, None)
    return around[at], around[at + 2]


def session_line(session: Session, collection: Collection) -> SessionLine:
    """A session in a list: what it has, and what it lacks."""
    page = session.page
    record = collection.catalogue.pages.get(str(page))
    kinds = collection.kinds(page)
    transcribed = Kind.TRANSCRIPT.value in kinds
    has = []
    if Kind.DESCRIPTION.value in kinds:
        has.append("descripción")
    if transcribed:
        has.append("transcripción")
    words = listed(has) if has else "sin textos"
    if not transcribed:
        words += "; sin transcripción todavía" if has else " todavía"
    elif record and not record.speakers:
        words += " (no dice quién habla)"
    event = collection.events[session.event]
    return SessionLine(session, brief_date(event, session), words)


def fragment_page(
    page: Page,
    number: int,
    collection: Collection,
    base: str,
    consulted: dt.date,
    text: str = "",
    *,
    original: bool = False,
) -> FragmentPage | None:
    """Lay out one fragment; None when the page has no such number.

    Args:
        base: Scheme and host that the lasting address begins with, without a slash at its end.
        consulted: The day that its citation gives as the one of consultation.
        text: What was asked for when it was opened from a search.
        original: As in ``reading_page``.
    """
    place = next((at for at, p in enumerate(page.passages) if p.number == number), None)
    if place is None:
        return None
    passage = page.passages[place]
    near = {at: page.passages[at] for at in (place - 1, place, place + 1) if 0 <= at < len(page.passages)}
    lines = {at: _line(page.id, page.session, p, page.marks.get(p.number, ()), original) for at, p in near.items()}
    video, second = video_link(page.session, passage)
    facts = page.session.facts if page.session else page.event.facts
    fact = facts[passage.fact] if passage.fact is not None and passage.fact < len(facts) else None
    cited = cite(
        page.id, page.event, page.session, passage,
        base=base, edition=collection.catalogue.edition, consulted=consulted, surnames=collection.surnames,
    )  # fmt: skip
    topics = _topics(passage.topics, collection)
    return FragmentPage(
        id=page.id,
        event=page.event,
        session=page.session,
        title=page_title(page.event, page.session),
        text=text,
        line=lines[place],
        before=lines.get(place - 1),
        after=lines.get(place + 1),
        citations=citation_forms(cited, f"{page.id}/p{number}", tuple(topic.text for topic in topics)),
        context=anchor_address(page.id, number, text),
        video=video if passage.start_s is not None else None,
        video_clock=None if second is None else clock(second),
        topics=topics,
        mentions=tuple(
            Link(collection.entities.get(name, name), search_address(("menciona", name))) for name in passage.mentions
        ),
        fact=_fact(page, fact, None) if fact else None,
        corrections=notice(passage),
        original=original,
    )
