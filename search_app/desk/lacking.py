"""What the collection still lacks: transcripts, who speaks."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import PageId
from search_app.collection import Collection, session_title


@dataclass(frozen=True, slots=True)
class Lack:
    """One mesa with what it lacks.

    Attributes:
        page: The mesa.
        title: What it is called, with its event.
        transcript: Whether its transcript is what it lacks.
        unnamed: Fragments of its transcript of which nobody is said to be the speaker.
        passages: Fragments of its transcript.
    """

    page: PageId
    title: str
    transcript: bool
    unnamed: int = 0
    passages: int = 0


def lacking(collection: Collection) -> tuple[Lack, ...]:
    """Of every mesa that lacks something; those of fictitious events need nothing."""
    found = []
    for page, session in collection.sessions.items():
        event = collection.events.get(page.event)
        if event is None or event.fictitious:
            continue
        title = f"{session_title(session)} · {event.title}"
        record = collection.catalogue.pages.get(str(page))
        if not collection.has_transcript(page) or record is None:
            found.append(Lack(page, title, transcript=True))
        elif unnamed := record.transcript_passages - record.speakers:
            found.append(Lack(page, title, transcript=False, unnamed=unnamed, passages=record.transcript_passages))
    return tuple(found)
