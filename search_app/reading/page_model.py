"""Page models of the front page, events, sessions and fragments."""

from dataclasses import dataclass

from markupsafe import Markup

from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.model.session import Channel, Event, Fact, Participant, Session, Source
from search_app.asking.listing import Part
from search_app.exporting.page import CitationForms
from search_app.reading.spread import Spread
from search_app.shown.page_parts import Link
from search_app.shown.video import Player


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list: what it has and lacks."""

    session: Session
    date: str
    has: str


@dataclass(frozen=True, slots=True)
class EventBlock:
    """An event in the list of the home page, with its first sessions."""

    event: Event
    sessions: tuple[SessionLine, ...]
    more: int
    coverage: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page.

    Attributes:
        events: The newest first; ``years`` lead to those of each year, where there are several parts.
    """

    topics: tuple[Link, ...]
    events: Part[EventBlock]
    years: tuple[Link, ...]
    fictitious: tuple[EventBlock, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class Line:
    """A fragment on its page.

    Attributes:
        video: The address of its second of the video, where a link can lead to it; ``video_s`` is that second.
        place: Which of the fragments found on the page it is, from 1; None when it was not found.
        previous_mark, next_mark: Numbers of the fragments found before and after it.
        replaced: Numbers that an edit took away and that lead here; so that ``#p42`` does, too.
        withdrawn: The same of numbers that were withdrawn.
    """

    passage: Passage
    text: Markup
    lasting: str
    clock: str | None
    video: str | None
    video_s: int | None = None
    place: int | None = None
    previous_mark: int | None = None
    next_mark: int | None = None
    replaced: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says without a break."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Passage:
        """Its first fragment, which says who speaks."""
        return self.lines[0].passage

    @property
    def inferred(self) -> bool:
        """Whether who speaks is inferred."""
        return any(line.passage.inferred for line in self.lines)


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact with its sources; ``line`` is its fragment."""

    line: Line | None
    fact: Fact
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The page of an event or of a session.

    Attributes:
        text: What was asked for when it was opened from a search.
        within: The filters that say which fragments were found, in words.
        found: Links to the fragments found, in order: as many as have a ``place``. None when nothing was asked for.
        spread: Where in the transcript they fall.
        results: The address of the search that it was opened from.
        by_speaker: The address of the same search in this mesa, compared by who speaks.
        participants: Each with post, institution and entity in words.
        player: What can play its video on the page.
        about: Fragments of the announcement or the description.
        turns: The transcript.
        version, caution: Kind of the transcript in words, and what to know before quoting it.
        sources: Of the page, then those of the event that its facts name.
        corrections: Address of what staff corrected or checked on it; None where there is nothing.
        corrected: Whether the text of any fragment was corrected.
        original: Whether those texts are shown as they were received.
        phrases: The searches for its key phrases, where few of its fragments bear a topic.
        sessions_found: The sessions before and after it in which the search that it was opened from finds something.
    """

    id: PageId
    event: Event
    session: Session | None
    title: str
    text: str
    within: tuple[str, ...]
    found: tuple[Link, ...] | None
    spread: Spread | None
    results: str
    by_speaker: str
    facts: tuple[FactLine, ...]
    participants: tuple[tuple[Participant, str], ...]
    about: tuple[Line, ...]
    turns: tuple[Turn, ...]
    version: str | None
    caution: str | None
    unnamed: bool
    video: str | None
    player: Player | None
    topics: tuple[Link, ...]
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...]
    sessions: Part[SessionLine]
    coverage: str
    previous: Session | None
    next: Session | None
    corrections: str | None = None
    corrected: bool = False
    original: bool = False
    sessions_found: tuple[Link | None, Link | None] = (None, None)
    phrases: tuple[Link, ...] = ()

    @property
    def inferred(self) -> int:
        """In how many turns who speaks is inferred."""
        return sum(turn.inferred for turn in self.turns)


@dataclass(frozen=True, slots=True)
class FragmentPage:
    """One fragment between its neighbours, with how to cite it."""

    id: PageId
    event: Event
    session: Session | None
    title: str
    text: str
    line: Line
    before: Line | None
    after: Line | None
    citations: CitationForms
    context: str
    video: str | None
    video_clock: str | None
    topics: tuple[Link, ...]
    mentions: tuple[Link, ...]
    fact: FactLine | None
    corrections: str | None = None
    original: bool = False
    came_from: int | None = None
    """Number of a fragment that an edit took away, whose address led here."""
