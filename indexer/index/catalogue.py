"""The catalogue of a generation: everything but the fragments. Neutral to the engine, kept as JSON beside it.

The texts of ``anclas.tsv`` are in a file of their own: they are most of the bytes, and only an update reads them.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from indexer.durable import write_atomic
from indexer.errors import IndexDamaged, Problem
from indexer.model.session import Event, Session, Withdrawal
from indexer.model.vocabulary import Entity, PersonName, Topic
from indexer.program import STAFF

FILE_NAME = "catalogo.json"
ANCHORS_FILE = "anclas.json"
MOST_WARNINGS = 50


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What the index knows of one page.

    Attributes:
        fingerprint: SHA-256 over everything its fragments depend on; equal means nothing to do.
        passages: How many fragments it has.
        words: How many words they hold.
        kinds: Kinds of text that it has (values of ``Kind``).
        anchors: The text of its ``anclas.tsv``: the copy that serves when the file is gone. Empty where the catalogue
            was loaded without.
        anchors_seen: SHA-256 of the file that was there when ``anchors`` was made; empty when there was none. Where
            the corpus cannot be written the file stays so, and is no reason to do the page again.
        moved_numbers: Numbers that an edit took away, each with the one that is nearest now.
        stale: Relative paths of files that could not be read this time, whose last good version is served.
        speakers: How many fragments of the transcript have a person.
        transcript_passages: How many fragments the transcript has.
        inferred: In how many of those with a person that is inferred.
        problems: What was wrong with its files when they were last read; said again while they stay as they are.
        aligned: Of the words of its transcript, the share that has the second of the captions beside it; None without
            such captions.
    """

    fingerprint: str
    passages: int
    words: int
    kinds: tuple[str, ...] = ()
    anchors: str = ""
    stale: tuple[str, ...] = ()
    speakers: int = 0
    transcript_passages: int = 0
    problems: tuple[Problem, ...] = ()
    anchors_seen: str = ""
    moved_numbers: dict[int, int] = field(default_factory=dict)
    aligned: float | None = None
    inferred: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A fixed state of the whole collection.

    Attributes:
        edition: First 12 hex digits over the corpus (section 3 of the design).
        built_at: When it was published, UTC.
        analyzer: Fingerprint of the analysis; an index of another one is rebuilt.
        events: In order of date, then slug.
        sessions: Of every event, in order: event's order, date, number, slug.
        pages: By ``str(PageId)``.
        topics, entities: The vocabulary it was tagged with.
        people: Canonical names and their misspellings.
        distinct: Names that are alike and are of different people, as staff said.
        redirects: As ``indexer.corpus.redirects.read_redirects`` gives them.
        withdrawals: What was withdrawn.
        problems: Faults and warnings of the corpus at that time.
    """

    edition: str
    built_at: dt.datetime
    analyzer: str
    events: tuple[Event, ...] = ()
    sessions: tuple[Session, ...] = ()
    pages: dict[str, PageRecord] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    entities: tuple[Entity, ...] = ()
    people: tuple[PersonName, ...] = ()
    redirects: dict[str, str] = field(default_factory=dict)
    withdrawals: tuple[Withdrawal, ...] = ()
    problems: tuple[Problem, ...] = ()
    distinct: tuple[tuple[str, ...], ...] = ()

    def warnings(self) -> tuple[str, ...]:
        """The first problems in words, and how many more there are: machines ask for them every few seconds."""
        left = len(self.problems) - MOST_WARNINGS
        more = [f"… y {left:,} más; todos los dice: {STAFF} revisar"] if left > 0 else []
        return (*map(str, self.problems[:MOST_WARNINGS]), *more)


def save(catalogue: Catalogue, folder: Path) -> None:
    """Write it into a generation's folder, as new files: the old ones may be hard links of the last generation."""
    anchors = {name: record.anchors for name, record in catalogue.pages.items() if record.anchors}
    pages = {name: replace(record, anchors="") for name, record in catalogue.pages.items()}
    write_atomic(folder / ANCHORS_FILE, msgspec.json.encode(anchors), mode=0o600)
    write_atomic(folder / FILE_NAME, msgspec.json.encode(replace(catalogue, pages=pages)), mode=0o600)


def load(folder: Path, *, anchors: bool = False) -> Catalogue:
    """Read it from a generation's folder.

    Args:
        anchors: True to read the texts of ``anclas.tsv`` as well.

    Raises:
        IndexDamaged: It is missing or not of this form.
    """
    try:
        catalogue = msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=Catalogue)
        if not anchors:
            return catalogue
        texts = msgspec.json.decode((folder / ANCHORS_FILE).read_bytes(), type=dict[str, str])
        pages = {name: replace(record, anchors=texts.get(name, "")) for name, record in catalogue.pages.items()}
        return replace(catalogue, pages=pages)
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"no tiene un catálogo legible ({error})") from error
