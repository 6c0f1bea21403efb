"""What the collection still lacks: transcripts, and names of speakers."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import PageId
from search_app.shown.collection import Collection


@dataclass(frozen=True, slots=True)
class Missing:
    """One mesa with what it lacks.

    Attributes:
        page: The mesa.
        title: What it is called, with its event.
        transcript: Whether its transcript is what it lacks.
        unnamed: Fragments of its transcript of which nobody is said to be the speaker.
        passages: Fragments of its transcript.
        timeless: Of a hundred words of it, how many have no second in the captions beside it.
        inferred: Of those whose speaker is inferred, and nobody has confirmed it.
    """

    page: PageId
    title: str
    transcript: bool
    unnamed: int = 0
    passages: int = 0
    timeless: int = 0
    inferred: int = 0


def missing(collection: Collection) -> tuple[Missing, ...]:
    """Of every mesa that lacks something; those of fictitious events need nothing."""
    found = []
    for page, session in collection.sessions.items():
        event = collection.events.get(page.event)
        if event is None or event.fictitious:
            continue
        title = f"{session.numbered_title} · {event.title}"
        record = collection.catalogue.pages.get(str(page))
        if not collection.has_transcript(page) or record is None:
            found.append(Missing(page, title, transcript=True))
            continue
        unnamed = record.transcript_passages - record.speakers
        timeless = 0 if record.aligned is None else round(100 * (1 - record.aligned))
        if unnamed or timeless or record.inferred:
            passages = record.transcript_passages
            found.append(Missing(page, title, False, unnamed, passages, timeless, record.inferred))
    return tuple(found)
