"""Who speaks in each transcript, and whom and what the texts of its page mention, as they were read.

A generation keeps it, so that ``pendientes`` reads no file again, and what no text mentions any more is forgotten.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from indexer.corpus.page import PageText
from indexer.durable import write_atomic
from indexer.language.entities import places
from indexer.language.spanish import slug
from indexer.model import Kind
from indexer.model.vocabulary import PERSON, UNCONFIRMED, Entity, PersonName
from indexer.pipeline.plan import PageWork

FILE_NAME = "quien-habla.json"
LISTED = 5
"""Guesses that are kept with their first words."""
_FIRST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class WhoSpeaks:
    """What the transcript of a page says of its speakers.

    Attributes:
        paragraphs: How many paragraphs or captions it has.
        unnamed: How many of them have no speaker.
        names: Every name, with the paragraphs that it has.
        guesses: How many turns have a speaker that is inferred.
        first_guesses: The speaker and the first words of the first ones.
        mentioned: Ids of the places and persons that the texts of the page mention, with the names of the persons.
    """

    paragraphs: int = 0
    unnamed: int = 0
    names: dict[str, int] = field(default_factory=dict)
    guesses: int = 0
    first_guesses: tuple[tuple[str, str], ...] = ()
    mentioned: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[PageText]) -> "WhoSpeaks":
        """The speakers of the transcript among the texts of a page, after the layers of staff."""
        blocks = [block for text in texts if text.kind is Kind.TRANSCRIPT for block in text.document.blocks]
        speakers = [block.speaker for block in blocks]
        turns = {block.turn: block for block in reversed(blocks) if block.speaker and block.speaker.inferred}
        guesses = [(one.speaker.shown or "", _start(one.text)) for _, one in sorted(turns.items()) if one.speaker]
        names = Counter(speaker.name for speaker in speakers if speaker and speaker.name)
        return cls(len(blocks), speakers.count(None), dict(names), len(guesses), tuple(guesses[:LISTED]))


def mentioned(
    pages: Mapping[str, WhoSpeaks], works: Iterable[PageWork], people: Sequence[PersonName]
) -> tuple[Entity, ...]:
    """The places and persons that the texts of some pages mention, in the order of their ids.

    A person is confirmed where the collection knows the name: of a speaker, of a participant, or in ``personas.toml``.
    """
    known = {name for page in pages.values() for name in page.names}
    known.update(one.name for work in works if work.session for one in work.session.participants)
    known.update(form for person in people for form in (person.name, *person.variants))
    confirmed = set(map(slug, known))
    of_places = {place.id: place for place in places()}
    named = {short: name for page in sorted(pages, reverse=True) for short, name in pages[page].mentioned.items()}
    return tuple(
        Entity(short, name, PERSON if slug(name) in confirmed else UNCONFIRMED) if name else of_places[short]
        for short, name in sorted(named.items())
    )


def save(pages: Mapping[str, WhoSpeaks], folder: Path) -> None:
    """Write it into the folder of a generation, by page."""
    write_atomic(folder / FILE_NAME, msgspec.json.encode(pages), mode=0o600)


def load(folder: Path | None) -> dict[str, WhoSpeaks]:
    """Read it from the folder of a generation; empty where it is not kept."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=dict[str, WhoSpeaks]) if folder else {}
    except (OSError, ValueError):
        return {}


def _start(text: str) -> str:
    return text if len(text) <= _FIRST_LETTERS else f"{text[:_FIRST_LETTERS].rsplit(' ', 1)[0]}…"
