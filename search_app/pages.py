"""Page models: what a page shows, ready to be laid out. Pure data; texts with marks are already escaped."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from indexer.index.results import Hit, Results
from indexer.model import Channel, Event, PageId, Passage, Session, Source, Topic, Withdrawal


class NotFound(Exception):
    """There is nothing at this address."""


class Gone(Exception):
    """What was at this address was withdrawn."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.path)
        self.withdrawal = withdrawal


class Moved(Exception):
    """What was at this address is at another one, for good."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; ``count`` where fragments are counted, ``chosen`` when it is in force."""

    text: str
    url: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet as a quiet list. ``rest`` counts the fragments of the values that are not listed."""

    name: str
    label: str
    values: tuple[Link, ...]
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a list, and how to move on; addresses are None at the ends."""

    page: int
    pages: int
    previous: str | None
    next: str | None

    @property
    def needed(self) -> bool:
        """Whether there is more than one page."""
        return self.pages > 1


@dataclass(frozen=True, slots=True)
class Item:
    """One result as a page shows it."""

    hit: Hit
    place: str
    kind: str
    clock: str | None
    speaker: str | None
    post: str | None
    extract: Markup
    context: str
    lasting: str
    video: str | None
    video_clock: str | None
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a page says of mistyped words.

    Attributes:
        notice: Which words were searched otherwise; None where all were searched as typed.
        as_typed: The search for the words as they are.
        meant: The search that may have been meant; None where there is no better one.
    """

    notice: str | None = None
    as_typed: Link | None = None
    meant: Link | None = None


@dataclass(frozen=True, slots=True)
class Widening:
    """``PREP = Programa de Resultados Electorales Preliminares``: the topic's address, the search without it."""

    text: str
    url: str
    without: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results page.

    Attributes:
        results: As the index gave them.
        summary: The totals in words.
        coverage: How much of what was asked in has a transcript, in words.
        spelling: What is said of mistyped words.
        widened: What was searched besides; ``narrow`` is the address without any of it.
        chosen: Filters in force, each with the address that removes it.
        partial_from: Position in ``items`` from which on all are partial matches, or None.
        remedies: On an empty page: what to try, with the number of fragments each would give.
        kept: Parameters that the search box keeps.
    """

    text: str
    results: Results
    summary: str
    coverage: str
    notices: tuple[str, ...]
    widened: tuple[Widening, ...]
    narrow: str | None
    chosen: tuple[Link, ...]
    facets: tuple[FacetList, ...]
    orders: tuple[Link, ...]
    items: tuple[Item, ...]
    partial_from: int | None
    pager: Pager
    remedies: tuple[Link, ...]
    with_fictitious: Link | None
    kept: tuple[tuple[str, str], ...]
    spelling: Spelling = Spelling()


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list: what it has and lacks."""

    session: Session
    url: str
    title: str
    date: str
    has: str
    transcribed: bool


@dataclass(frozen=True, slots=True)
class EventBlock:
    """An event in the list of the home page, with its first sessions."""

    event: Event
    url: str
    date: str
    sessions: tuple[SessionLine, ...]
    more: int
    coverage: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page."""

    topics: tuple[Link, ...]
    events: tuple[EventBlock, ...]
    fictitious: tuple[EventBlock, ...]
    passages: int
    pager: Pager


@dataclass(frozen=True, slots=True)
class Line:
    """A fragment on its page.

    Attributes:
        video: The address of its second of the video, where a link can lead to it.
        next_mark: Number of the next fragment that has marks.
    """

    passage: Passage
    text: Markup
    lasting: str
    clock: str | None
    video: str | None
    marked: bool = False
    next_mark: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says without a break."""

    speaker: str | None
    post: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact with its certainty and sources; ``line`` is its fragment."""

    line: Line | None
    text: str
    certainty: str
    certain: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """Someone who took part, with post, institution and entity in words."""

    name: str
    role: str
    moderates: bool


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The page of an event or of a session.

    Attributes:
        text: What was asked for when it was opened from a search.
        found: Links to the fragments with marks, in order.
        about: Fragments of the announcement or the description.
        turns: The transcript.
        version, caution: Kind of the transcript in words, and what to know before quoting it.
        sources: Of the page, then those of the event that its facts name.
    """

    id: PageId
    event: Event
    session: Session | None
    title: str
    date: str
    text: str
    found: tuple[Link, ...]
    facts: tuple[FactLine, ...]
    participants: tuple[ParticipantLine, ...]
    about: tuple[Line, ...]
    about_own_wording: bool
    turns: tuple[Turn, ...]
    version: str | None
    caution: str | None
    unnamed: bool
    video: str | None
    topics: tuple[Link, ...]
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...]
    sessions: tuple[SessionLine, ...]
    coverage: str
    pager: Pager
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class FragmentPage:
    """One fragment between its neighbours, with how to cite it."""

    id: PageId
    event: Event
    session: Session | None
    title: str
    text: str
    line: Line
    speaker: str | None
    post: str | None
    before: Line | None
    after: Line | None
    kind: str
    version: str | None
    date: str
    caution: str | None
    address: str
    citation: str
    context: str
    video: str | None
    video_clock: str | None
    topics: tuple[Link, ...]
    mentions: tuple[Link, ...]
    fact: FactLine | None
    edition: str


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic in the tree; ``count`` is None where no fragment has it."""

    id: str
    name: str
    count: int | None
    narrower: tuple[TopicNode, ...]
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """The vocabulary as a tree; ``coverage`` says in words how many mesas have a transcript."""

    nodes: tuple[TopicNode, ...]
    coverage: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """How often a mesa speaks of a topic: in its transcript, in its description. None where it has no such text."""

    title: str
    url: str
    said: Link | None
    about: Link | None
    transcribed: bool


@dataclass(frozen=True, slots=True)
class TopicEvent:
    """The mesas of an event, and how often its announcement speaks of a topic; None where it does not."""

    event: Event
    url: str
    rows: tuple[TopicRow, ...]
    announced: Link | None


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One topic.

    Attributes:
        also: Its other names.
        events: Where it is spoken of, mesa by mesa; ``rest`` counts the fragments of mesas that are not listed.
        coverage: How many mesas have a transcript, in words.
        items: Some of its fragments.
    """

    topic: Topic
    name: str
    also: tuple[str, ...]
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    related: tuple[Link, ...]
    fragments: Link | None
    fictitious: Link | None
    events: tuple[TopicEvent, ...] = ()
    rest: int = 0
    coverage: str = ""
    items: tuple[Item, ...] = ()
