"""Where an added text goes: an existing page, or a new event or session that the form describes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from indexer.language.spanish_dates import day_of
from indexer.model import Kind, PageId, Version
from search_app.desk.forms.form_fields import InvalidInput, folder_name, line, page_of
from search_app.desk.jobs.job import CommandCall
from search_app.shown.collection import Collection
from search_app.shown.video import web_address

M = TypeVar("M", bound=StrEnum)

FIELDS = (
    "mesa", "evento", "titulo_mesa", "titulo_evento", "inicio", "fin", "tipo", "version", "video", "readmitir",
    "testar",
)  # fmt: skip
"""What a form says of the destination of a text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A page that a text may go to."""

    value: str
    title: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventChoices:
    """An event with its mesas."""

    slug: str
    title: str
    pages: tuple[Choice, ...]
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a text goes, as what.

    Attributes:
        page: The page.
        title: What it is called.
        kind: What the text is.
        version: Which kind of transcript; None for what the format says.
        video: The address of the mesa's video, or empty.
        new_session: The title of a mesa that is to be made, or empty.
        new_event: Title, first and last day of an event that is to be made.
        replaces: Whether there is such a text already.
        readmits: Whether it may be a text that was withdrawn: the decision changed.
        redacted: The numbers of what looks like personal data and is to be left out of it, parted by commas.
    """

    page: PageId
    title: str
    kind: Kind
    version: Version | None = None
    video: str = ""
    new_session: str = ""
    new_event: tuple[str, dt.date, dt.date] | None = None
    replaces: bool = False
    readmits: bool = False
    redacted: str = ""


def choices(collection: Collection) -> tuple[EventChoices, ...]:
    """Every page that a text may go to."""
    found = []
    for slug, event in collection.events.items():
        pages = [PageId(slug, session.slug) for session in collection.by_event.get(slug, ())]
        rows = [Choice(str(page), collection.sessions[page].numbered_title, _kinds(collection, page)) for page in pages]
        found.append(
            EventChoices(
                slug, collection.marked(event.title, slug), tuple(rows), bool(_kinds(collection, PageId(slug)))
            )
        )
    return tuple(found)


def destination_of(form: Mapping[str, str], collection: Collection, likely: str = "") -> Destination:
    """Read where a text goes.

    Args:
        form: What was typed.
        collection: What is published.
        likely: The kind that the text seems to be. It counts where nobody says the kind and no such text is there:
            what would replace something is never chosen for a person.

    Raises:
        InvalidInput: It is not said, or not possible; with what to do.
    """
    version = _member(Version, form.get("version", ""))
    video = line(form, "video", 2_000, called="La dirección del video")
    if video and web_address(video) is None:
        raise InvalidInput("El video se escribe con su dirección completa, que empieza con https://")
    titled = line(form, "titulo_mesa", 300, called="El título de la mesa")
    made = line(form, "titulo_evento", 300, called="El título del evento")
    new_event = None
    if titled or made:
        page, new_event = _new(form, collection, titled, made)
    else:
        asked = page_of(form.get("mesa", ""))
        if asked is None or not collection.exists(asked):
            raise InvalidInput("Elija a qué mesa pertenece el texto, o escriba el título de una mesa nueva")
        page = asked
    kind = _member(Kind, form.get("tipo", ""))
    if page.session is None:
        kind = Kind.ANNOUNCEMENT
    elif kind in (None, Kind.ANNOUNCEMENT):
        kind = _member(Kind, likely)
        if kind is None or kind.value in collection.kinds(page):
            raise InvalidInput(
                "Elija qué es el texto: su mesa ya tiene uno de esos, y no se reemplaza sin que usted lo diga"
            )
    title, replaces = titled or collection.title(page), kind.value in collection.kinds(page)
    readmits, redacted = form.get("readmitir") == "si", form.get("testar", "")
    return Destination(page, title, kind, version, video, titled, new_event, replaces, readmits, redacted)


def calls(destination: Destination, base: str = "", *, with_clock: bool = False) -> tuple[CommandCall, ...]:
    """The commands that bring a text there.

    Args:
        destination: Where it goes.
        base: Of a text that is replaced: the state of the one that the person saw the difference with.
        with_clock: Whether captions came with it, for its seconds.
    """
    asked = _new_event(destination)
    options: dict[str, str | bool] = {"tipo": destination.kind.value}
    options["mesa" if destination.page.session else "evento"] = str(destination.page)
    if destination.new_session:
        options["titulo"] = destination.new_session
    if destination.version and destination.kind is Kind.TRANSCRIPT:
        options["version"] = destination.version.value
    if destination.redacted:
        options["testar"] = destination.redacted
    if destination.readmits:
        options["readmitir"] = True
    if destination.video and destination.page.session:
        options["video"] = destination.video
    if destination.replaces:
        options |= {"reemplazar": True, "base": base}
    return (*asked, CommandCall("agregar", (), options, with_file=True, with_clock=with_clock))


def video_calls(destination: Destination, address: str) -> tuple[CommandCall, ...]:
    """The commands that make an address the video of a mesa.

    Raises:
        InvalidInput: It is no mesa.
    """
    page, asked = str(destination.page), _new_event(destination)
    if destination.page.session is None:
        raise InvalidInput("Un video es de una mesa: elija cuál, o escriba el título de una nueva")
    if destination.new_session:
        asked = (*asked, CommandCall("nuevo", (page,), {"titulo": destination.new_session}))
    return (*asked, CommandCall("editar", (page,), {"video": address}))


def _new_event(destination: Destination) -> tuple[CommandCall, ...]:
    if destination.new_event is None:
        return ()
    title, start, end = destination.new_event
    options: dict[str, str | bool] = {"titulo": title, "fecha": start.isoformat(), "fin": end.isoformat()}
    return (CommandCall("nuevo", (destination.page.event,), options),)


def _new(
    form: Mapping[str, str], collection: Collection, titled: str, made: str
) -> tuple[PageId, tuple[str, dt.date, dt.date] | None]:
    """A mesa that is made with its text, maybe with its event."""
    if not titled:
        raise InvalidInput("Escriba también el título de la mesa nueva")
    new_event = None
    if made:
        start = _day(form, "inicio", "el primer día del evento")
        end = _day(form, "fin", "el último día del evento") if form.get("fin", "").strip() else start
        if end < start:
            raise InvalidInput("El evento termina antes de empezar: corrija sus días")
        event = folder_name(made, frozenset(collection.events) | withdrawn_names(collection, ""), "evento")
        new_event = (made, start, end)
    else:
        event = form.get("evento", "")
        if event not in collection.events:
            raise InvalidInput("Elija de qué evento es la mesa nueva, o escriba el título de un evento nuevo")
    taken = frozenset(session.slug for session in collection.by_event.get(event, ()))
    return PageId(event, folder_name(titled, taken | withdrawn_names(collection, f"{event}/"), "mesa")), new_event


def withdrawn_names(collection: Collection, within: str) -> frozenset[str]:
    """Names of folders that were withdrawn: nothing can be made there again."""
    paths = (one.path for one in collection.catalogue.withdrawals if one.sha256 is None)
    return frozenset(path[len(within) :] for path in paths if path.startswith(within))


def _day(form: Mapping[str, str], name: str, called: str) -> dt.date:
    """A day of a form; refused where it is none."""
    day = day_of(form.get(name, ""))
    if day is None:
        raise InvalidInput(f"Escriba {called} como 2025-12-04 (año, mes y día)")
    return day


def _member(kinds: type[M], value: str) -> M | None:
    try:
        return kinds(value) if value else None
    except ValueError:
        return None


def _kinds(collection: Collection, page: PageId) -> tuple[str, ...]:
    return tuple(Kind(kind).label.lower() for kind in collection.kinds(page))
