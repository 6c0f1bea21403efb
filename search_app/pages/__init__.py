"""Page models: what a page shows, ready to be laid out. Pure data; texts with marks are already escaped."""

from __future__ import annotations

from search_app.pages.common import Gone, Link, Moved, NotFound, Pager
from search_app.pages.reading import (
    EventBlock,
    FactLine,
    FragmentPage,
    HomePage,
    Line,
    ParticipantLine,
    ReadingPage,
    SessionLine,
    Turn,
)
from search_app.pages.results import FacetList, Group, Item, SearchPage, Spelling, Widening
from search_app.pages.topics import TopicEvent, TopicNode, TopicPage, TopicRow, TopicsPage

__all__ = [
    "EventBlock",
    "FacetList",
    "FactLine",
    "FragmentPage",
    "Gone",
    "Group",
    "HomePage",
    "Item",
    "Line",
    "Link",
    "Moved",
    "NotFound",
    "Pager",
    "ParticipantLine",
    "ReadingPage",
    "SearchPage",
    "SessionLine",
    "Spelling",
    "TopicEvent",
    "TopicNode",
    "TopicPage",
    "TopicRow",
    "TopicsPage",
    "Turn",
    "Widening",
]
