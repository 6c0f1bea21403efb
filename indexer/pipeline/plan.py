"""Plans the work: the pages of the corpus, each with a fingerprint of everything that its fragments depend on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from indexer.corpus.folders import FileRef
from indexer.corpus.page_files import CLOCK, CORRECTIONS, SPEAKERS, PageFiles
from indexer.corpus.snapshot import CorpusSnapshot, EventFolder, SessionFolder
from indexer.model import Kind, PageId
from indexer.model.session import Event, Session
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
        fingerprint: Equal to the last one: nothing to do.
    """

    page: PageId
    event: Event
    session: Session | None
    folder: Path | None
    files: PageFiles
    fingerprint: str


def plan(snapshot: CorpusSnapshot, last: LastGood) -> tuple[PageWork, ...]:
    """Every page that will be there: events by date, each followed by its sessions in their order.

    Args:
        snapshot: The corpus, completed by ``last``.
        last: The last good state.
    """
    common = msgspec.json.encode((READING, snapshot.people))
    groups = filter(None, (tuple(_event_works(folder, last, common)) for folder in snapshot.events))
    ordered = sorted(groups, key=lambda works: (works[0].event.start, works[0].event.slug))
    return tuple(work for group in ordered for work in group)


def _event_works(folder: EventFolder, last: LastGood, common: bytes) -> Iterator[PageWork]:
    event = _preferred(folder.event, folder.faulty, last.events.get(folder.slug))
    if event is not None and folder.unreadable:
        kept = (session for page, session in last.sessions.items() if page.event == folder.slug)
        yield from (_as_published(event, None), *(_as_published(event, session) for session in kept))
        return
    if event is None:
        return
    fingerprint = _fingerprint(common, event, None, folder.files)
    yield PageWork(PageId(folder.slug), event, None, folder.folder, folder.files, fingerprint)
    works = [work for session in folder.sessions if (work := _session_work(event, session, last, common))]
    yield from sorted(works, key=_session_key)


def _as_published(event: Event, session: Session | None) -> PageWork:
    """A page whose folder cannot be listed: every text of it stays as it was."""
    files = PageFiles(failed=frozenset(Kind))
    page = PageId(event.slug, session.slug if session else None)
    return PageWork(page, event, session, None, files, _fingerprint(b"", event, session, files))


def _session_key(work: PageWork) -> tuple[dt.date, float, str]:
    assert work.session is not None
    number = work.session.number
    return work.session.date or work.event.start, float("inf") if number is None else number, work.session.slug


def _session_work(event: Event, folder: SessionFolder, last: LastGood, common: bytes) -> PageWork | None:
    page = PageId(event.slug, folder.slug)
    session = _preferred(folder.session, folder.faulty, last.sessions.get(page))
    if session is None:
        return None
    fingerprint = _fingerprint(common, event, session, folder.files)
    return PageWork(page, event, session, folder.folder, folder.files, fingerprint)


def _preferred(now: Described | None, faulty: bool, before: Described | None) -> Described | None:
    """A TOML with a fault gives way to its last good version; without one, what can be read of it serves."""
    return before if before is not None and (faulty or now is None) else now


def _fingerprint(common: bytes, event: Event, session: Session | None, files: PageFiles) -> str:
    def state(name: str, file: FileRef | None) -> str | bool | None:
        return True if name in files.refused else None if file is None else file.sha256

    texts = [(kind, file.relative, file.sha256) for kind, file in files.texts.items()]
    parts: list[object] = [event, session, texts, state(SPEAKERS, files.speakers), sorted(files.failed)]
    if corrections := state(CORRECTIONS, files.corrections):
        parts.append(corrections)
    if clock := state(CLOCK, files.clock):
        parts.append({"subtitulos": clock})
    return hashlib.sha256(common + msgspec.json.encode(parts)).hexdigest()
