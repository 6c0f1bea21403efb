"""Page models of people and entities."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.results import Tally
from indexer.model.session import Source
from indexer.model.vocabulary import Entity
from search_app.shown.page_parts import Link, Pager


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How much was said of something, or by someone.

    Attributes:
        label, url: What it is called, and its own page where it has one.
        found: Its fragments: their number as text, the search that lists them; None where there is no transcript.
        turns, words: Of those fragments; in ``inferred`` of the turns who speaks is inferred.
        note: What to know of it, or None.
    """

    label: str
    url: str | None
    found: Link | None
    turns: int = 0
    words: int = 0
    note: str | None = None
    inferred: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post as printed, and where: in transcripts, or in the list of participants of a mesa.

    Attributes:
        text: Post, institution and entity, as given; None where only the presence is known.
        moderates: Whether the list says so.
        places: The mesas, each with the first fragment that prints it; None where it is the list that says so.
        sources: Of the mesa whose list it is.
        inferred: Whether it is printed nowhere but with a name that is inferred.
    """

    text: str | None
    moderates: bool
    places: tuple[tuple[Link, Link | None], ...]
    sources: tuple[Source, ...] = ()
    fictitious: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list; ``post`` is the first one printed."""

    name: str
    url: str
    post: str | None
    tally: Tally
    mesas: int
    fictitious: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everybody who is named.

    Attributes:
        people: Names of this page of the list; ``total`` of all.
        roles: Speakers of whom only a role is printed.
        unnamed: Fragments of transcripts that name nobody; None where there are none.
    """

    people: tuple[PersonLine, ...]
    total: int
    roles: tuple[TallyRow, ...]
    unnamed: TallyRow | None
    coverage: str
    fictitious: bool
    pager: Pager


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person, or one role that is printed in place of a name.

    Attributes:
        names: Spellings with this address; the first is the heading.
        identified: False for a role: more than one person may stand behind it.
        all: What was said in all.
        named: The search for the name in the texts.
        rest: Topics that are not listed.
    """

    names: tuple[str, ...]
    identified: bool
    only_fictitious: bool
    all: TallyRow
    posts: tuple[Post, ...]
    mesas: tuple[TallyRow, ...]
    topics: tuple[TallyRow, ...]
    rest: int
    entities: tuple[Link, ...]
    named: str
    coverage: str


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in a list: what its people said, and where it is named."""

    name: str
    url: str
    spoken: TallyRow | None
    mentioned: Link | None
    participants: int


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """Entities of one sort."""

    label: str
    lines: tuple[EntityLine, ...]


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """Every entity that anything is known of; ``silent`` counts the others."""

    groups: tuple[EntityGroup, ...]
    silent: int
    without: TallyRow | None
    coverage: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity.

    Attributes:
        sort: What it is, in words.
        home: Where its speakers are counted, when that is another entity.
        part: Entities whose speakers are counted here.
        all: What its people said; ``people``, ``mesas``, ``topics`` are of it.
        participants: Of the lists of participants.
        mentioned: Where it is named, by mesa; ``mentions`` is all of it.
    """

    entity: Entity
    sort: str
    home: Link | None
    part: tuple[Link, ...]
    all: TallyRow
    people: tuple[TallyRow, ...]
    participants: tuple[tuple[Link, Post], ...]
    mesas: tuple[TallyRow, ...]
    topics: tuple[TallyRow, ...]
    rest: int
    mentions: TallyRow
    mentioned: tuple[TallyRow, ...]
    coverage: str
