"""What staff write of a page: its event or session, participants, sources and facts, and what was withdrawn."""

import datetime as dt
from dataclasses import dataclass

from indexer.model.kinds import Certainty, PageId, Version

KEPT_DAYS = 30
"""For how long a withdrawal can be undone, where a copy is kept."""


@dataclass(frozen=True, slots=True)
class Source:
    """One of ``[[fuentes]]``: where a fact is from."""

    id: str
    title: str
    url: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One of ``[[hechos]]``; ``sources`` are ids of the page's or the event's sources."""

    text: str
    certainty: Certainty
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """One of ``[[participantes]]``; ``variants`` are what this session's transcript calls them (``MODERADORA``)."""

    name: str
    post: str | None = None
    institution: str | None = None
    entity: str | None = None
    moderates: bool = False
    variants: tuple[str, ...] = ()
    surnames: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """One of ``canales``: where the event's videos are published."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """``evento.toml``."""

    slug: str
    title: str
    start: dt.date
    end: dt.date
    organiser: str | None = None
    venue: str | None = None
    fictitious: bool = False
    own_wording: bool = False
    channels: tuple[Channel, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """``mesa.toml``. Seconds are on the clock of the transcript file.

    ``day_file`` names the file of a whole day, in the folder of the event, of which this session is a part.
    """

    event: str
    slug: str
    title: str
    number: int | None = None
    number_inferred: bool = False
    date: dt.date | None = None
    topics: tuple[str, ...] = ()
    video: str | None = None
    video_start_s: float = 0.0
    day_file: str | None = None
    from_s: float | None = None
    to_s: float | None = None
    version: Version | None = None
    own_wording: bool = False
    participants: tuple[Participant, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def page(self) -> PageId:
        """Its page."""
        return PageId(self.event, self.slug)

    @property
    def numbered_title(self) -> str:
        """Its title, with its number."""
        return numbered(self.title, self.number)


def numbered(title: str, number: int | None) -> str:
    """``Mesa 5. Innovación tecnológica``; a title that begins with «mesa» stays as it is."""
    return title if number is None or title.casefold().startswith("mesa ") else f"Mesa {number}. {title}"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One of ``retirados.toml``: what was withdrawn and must not come back.

    Attributes:
        path: The file or folder, relative to the corpus.
        sha256: Of the file; None for a folder.
        date: When.
        reason: Why, as staff wrote it.
        numbers: Numbers of the fragments that its address served.
        admits: What staff put there since, knowing of it: another text (``otro``), or the same one after all
            (``mismo``); empty where nothing may stand there.
    """

    path: str
    sha256: str | None
    date: dt.date
    reason: str
    numbers: tuple[int, ...] = ()
    admits: str = ""

    @property
    def page(self) -> PageId:
        """The page whose file or folder it names."""
        parts = [part for part in self.path.split("/") if part]
        if self.sha256 is not None or (parts and "." in parts[-1]):
            parts = parts[:-1]
        return PageId(parts[0] if parts else "", parts[1] if len(parts) > 1 else None)
