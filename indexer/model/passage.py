"""What is indexed, found and cited: one passage, with the corrections and checks that staff made."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from indexer.model.kinds import Kind, Version


class Change(NamedTuple):
    """Where a correction stands in a fragment: ``text[start:end]`` reads for ``original[was_start:was_end]``.

    ``date`` is the day on which staff made it, or None.
    """

    start: int
    end: int
    was_start: int
    was_end: int
    date: dt.date | None = None


class Checked(NamedTuple):
    """Staff compared a fragment with the video: who (an account, never shown to readers), and on which day."""

    by: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A fragment: the unit that is indexed, found and cited. Never crosses a turn, never overlaps another.

    Attributes:
        number: The ``42`` of ``#p42``: never used twice on a page.
        order: Ordinal on the page in reading order, from 0.
        kind: Of which text it is.
        turn: Ordinal of its turn on the page; passages of one turn are neighbours.
        text: Paragraphs parted by newlines; captions in one line.
        person: Name of the one who speaks, else the role as printed, else None.
        identified: True when ``person`` is a name, False when it is a role.
        post: The post (``cargo``), or None.
        entity: Id of the entity the speaker belongs to, or None.
        start_s: First second, or None without times.
        end_s: Start of the next fragment; for the last one the end of its last cue; None without times.
        cues: ``(offset in text, start_s)`` of each cue; empty without times.
        version: Kind of transcript; None for announcements and descriptions.
        own_wording: True when the text is ours, from sources (``redaccion = "propia"``).
        fact: Index in the page's facts when this fragment is one of ``[[hechos]]``.
        topics: Ids of the topics it is tagged with, narrowest as found, sorted.
        mentions: Ids of the entities named in the text, sorted.
        original: The text as received, where ``text`` has corrections of staff; else None.
        changes: Where those corrections stand, in order.
        checked: That it was compared with the video; None when it was not.
        inferred: True when ``person`` rests on a guess of the reader that no person has confirmed.
    """

    number: int
    order: int
    kind: Kind
    turn: int
    text: str
    person: str | None = None
    identified: bool = False
    post: str | None = None
    entity: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    cues: tuple[tuple[int, float], ...] = ()
    version: Version | None = None
    own_wording: bool = False
    fact: int | None = None
    topics: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    original: str | None = None
    changes: tuple[Change, ...] = ()
    checked: Checked | None = None
    inferred: bool = False
