"""Participants as the sessions list them, with or without a transcript."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model.session import Participant, Session, Source
from search_app.shown.addresses import page_address
from search_app.shown.collection import Collection, mesa_title
from search_app.shown.page_parts import Link
from search_app.shown.video import web_address


@dataclass(frozen=True, slots=True)
class Post:
    """A post as printed, and where: in transcripts, or in the list of participants of a mesa.

    Attributes:
        text: Post, institution and entity, as given; None where only the presence is known.
        moderates: Whether the list says so.
        places: The mesas, each with the first fragment that prints it; None where it is the list that says so.
        sources: Of the mesa whose list it is.
        inferred: Whether it is printed nowhere but with a name that is inferred.
        more: Mesas that are not told.
    """

    text: str | None
    moderates: bool
    places: tuple[tuple[Link, Link | None], ...]
    sources: tuple[Source, ...] = ()
    fictitious: bool = False
    inferred: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A participant of a mesa."""

    participant: Participant
    session: Session
    fictitious: bool


def participants(collection: Collection, *, fictitious: bool) -> Iterator[Listed]:
    """Every entry of every list; those of fictitious events where they are asked for."""
    for session in collection.catalogue.sessions:
        made_up = collection.events[session.event].fictitious
        if made_up and not fictitious:
            continue
        for participant in session.participants:
            yield Listed(participant, session, made_up)


def post_listed(listed: Listed, collection: Collection) -> Post:
    """A participant's post with the sources of the mesa that lists it."""
    participant = listed.participant
    parts = (participant.post, participant.institution, participant.entity)
    text = ", ".join(dict.fromkeys(part for part in parts if part)) or None
    place = Link(mesa_title(listed.session.page, collection), page_address(listed.session.page))
    sources = tuple(replace(source, url=web_address(source.url)) for source in listed.session.sources)
    return Post(text, participant.moderates, ((place, None),), sources, listed.fictitious)
