"""Plans the work: the pages of the corpus, each with a fingerprint of everything that its fragments depend on."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from indexer.corpus.folders import FileRef
from indexer.corpus.page_files import CLOCK, CORRECTIONS, SPEAKERS, PageFiles
from indexer.corpus.snapshot import CorpusSnapshot, EventFolder
from indexer.language.tagging import topics_of_page
from indexer.language.vocabulary import Vocabulary, vocabulary_of
from indexer.model import Event, Kind, PageId, Session
from indexer.pipeline.last_good import LastGood

Described = TypeVar("Described", Event, Session)

READING = "2"
"""Raise it when readers, layers or the segmenter change what they make of a file: every page is then read again."""


@dataclass(frozen=True, slots=True)
class PageWork:
    """One page as the corpus has it now.

    Attributes:
        page, event, session: Which; ``session`` is None on the event's page.
        folder: Where its files are; None when it can only be served as it was last published.
        files: Its texts and the files beside them.
        about: Ids of the topics that it is about, by its TOML and its titles.
        fingerprint: Equal to the last one: nothing to do.
    """

    page: PageId
    event: Event
    session: Session | None
    folder: Path | None
    files: PageFiles
    about: Collection[str]
    fingerprint: str


def plan(snapshot: CorpusSnapshot, last: LastGood) -> tuple[PageWork, ...]:
    """Every page that there will be, completed by ``last``: events by date, each followed by its sessions in order."""
    common = _Common(msgspec.json.encode((READING, snapshot.people)), vocabulary_of(snapshot.topics or ()))
    groups = filter(None, (tuple(_event_works(folder, last, common)) for folder in snapshot.events))
    ordered = sorted(groups, key=lambda works: (works[0].event.start, works[0].event.slug))
    return tuple(work for group in ordered for work in group)


@dataclass(frozen=True, slots=True)
class _Common:
    """What all pages depend on: the fingerprint of that, and the topics, for what a page is about."""

    fingerprint: bytes
    topics: Vocabulary


def _event_works(folder: EventFolder, last: LastGood, common: _Common) -> Iterator[PageWork]:
    event = _preferred(folder.event, folder.faulty, last.events.get(folder.slug))
    if event is None:
        return
    if folder.unreadable:  # every text of every page stays as it was
        files = PageFiles(failed=frozenset(Kind))
        kept = (session for page, session in last.sessions.items() if page.event == folder.slug)
        yield from (_work(replace(common, fingerprint=b""), event, session, None, files) for session in (None, *kept))
        return
    yield _work(common, event, None, folder.folder, folder.files)
    works = []
    for one in folder.sessions:
        session = _preferred(one.session, one.faulty, last.sessions.get(PageId(folder.slug, one.slug)))
        if session is not None:
            works.append(_work(common, event, session, one.folder, one.files))
    yield from sorted(works, key=_session_key)


def _described(page: Event | Session) -> tuple[object, ...]:
    """What the fragments of a page owe to its TOML; the rest (title, date, video) stands in the catalogue alone."""
    own = (page.own_wording, page.facts)
    return own if isinstance(page, Event) else (*own, page.participants, page.from_s, page.to_s, page.version)


def _session_key(work: PageWork) -> tuple[dt.date, float, str]:
    assert work.session is not None
    number = work.session.number
    return work.session.date or work.event.start, float("inf") if number is None else number, work.session.slug


def _preferred(now: Described | None, faulty: bool, before: Described | None) -> Described | None:
    """A TOML with a fault gives way to its last good version; without one, what can be read of it serves."""
    return before if before is not None and (faulty or now is None) else now


def _work(common: _Common, event: Event, session: Session | None, folder: Path | None, files: PageFiles) -> PageWork:
    """A page, with its fingerprint."""

    def state(name: str, file: FileRef | None) -> str | bool | None:
        return True if name in files.refused else None if file is None else file.sha256

    topics = topics_of_page(common.topics, event, session)
    texts = [(kind, file.relative, file.sha256) for kind, file in files.texts.items()]
    parts: list[object] = [
        event.slug,
        session and session.slug,
        *_described(session or event),
        texts,
        state(SPEAKERS, files.speakers),
        sorted(files.failed),
        sorted(topics),
    ]
    if corrections := state(CORRECTIONS, files.corrections):
        parts.append(corrections)
    if clock := state(CLOCK, files.clock):
        parts.append({"subtitulos": clock})
    fingerprint = hashlib.sha256(common.fingerprint + msgspec.json.encode(parts)).hexdigest()
    page = PageId(event.slug, session.slug if session else None)
    return PageWork(page, event, session, folder, files, topics, fingerprint)
