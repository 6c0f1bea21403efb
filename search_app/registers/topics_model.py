"""Page models of the vocabulary and of a topic."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model.session import Event
from indexer.model.vocabulary import Topic
from search_app.finding.page_model import Item
from search_app.shown.page_parts import Link


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
