"""Where an added text goes: an existing page, or a new event or session that the form describes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from indexer.language.spanish_dates import day_of
from indexer.model import Kind, PageId, Version
from search_app.desk.forms.form_fields import InvalidInput, folder_name, line, page_of
from search_app.desk.jobs.job import CommandCall
from search_app.shown.collection import Collection
from search_app.shown.video import web_address

FIELDS = (
    "mesa", "evento", "titulo_mesa", "titulo_evento", "inicio", "fin", "tipo", "version", "video", "readmitir",
    "testar", "fecha",
)  # fmt: skip
"""What a form says of the destination of a text."""
_KINDS = frozenset(Kind)


class Choice(NamedTuple):
    """A page that a text may go to, and what texts it has."""

    value: str
    title: str
    kinds: tuple[str, ...]


class EventChoices(NamedTuple):
    """An event with its mesas."""

    slug: str
    title: str
    pages: tuple[Choice, ...]
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a text goes, as what.

    Attributes:
        options: What else the form says, as ``agregar`` takes it.
        new_session: The title of a mesa that is to be made, or empty.
        new_event: The command that makes its event first, where that is new.
        replaces: Whether there is such a text already.
        days: The days of its event, to choose from where a mesa is to be made.
    """

    page: PageId
    title: str
    kind: Kind
    options: Mapping[str, str | bool]
    new_session: str = ""
    new_event: tuple[CommandCall, ...] = ()
    replaces: bool = False
    days: tuple[date, ...] = ()


def choices(collection: Collection) -> tuple[EventChoices, ...]:
    """Every page that a text may go to."""
    found = []
    for slug, event in collection.events.items():
        pages = [PageId(slug, session.slug) for session in collection.by_event.get(slug, ())]
        rows = [Choice(str(page), collection.sessions[page].numbered_title, _kinds(collection, page)) for page in pages]
        announced = bool(_kinds(collection, PageId(slug)))
        found.append(EventChoices(slug, collection.marked(event.title, slug), tuple(rows), announced))
    return tuple(found)


def destination_of(form: Mapping[str, str], collection: Collection, likely: str = "") -> Destination:
    """Read where a text goes.

    Args:
        likely: The kind that the text seems to be. It counts where nobody says the kind and no such text is there:
            what would replace something is never chosen for a person.

    Raises:
        InvalidInput: It is not said, or not possible; with what to do.
    """
    video = line(form, "video", 2_000, called="La dirección del video")
    if video and web_address(video) is None:
        raise InvalidInput("El video se escribe con su dirección completa, que empieza con https://")
    titled = line(form, "titulo_mesa", 300, called="El título de la mesa")
    made = line(form, "titulo_evento", 300, called="El título del evento")
    new_event: tuple[CommandCall, ...] = ()
    if titled or made:
        page, new_event = _new(form, collection, titled, made)
    else:
        asked = page_of(form.get("mesa", ""))
        if asked is None or not collection.exists(asked):
            raise InvalidInput("Elija a qué mesa pertenece el texto, o escriba el título de una mesa nueva")
        page = asked
    there, kind = collection.kinds(page), form.get("tipo", "")
    if page.session is None:
        kind = Kind.ANNOUNCEMENT
    elif kind not in _KINDS or kind == Kind.ANNOUNCEMENT:
        kind = likely
        if kind not in _KINDS or kind in there:
            raise InvalidInput(
                "Elija qué es el texto: su mesa ya tiene uno de esos, y no se reemplaza sin que usted lo diga"
            )
    version = form.get("version", "") if kind == Kind.TRANSCRIPT else ""
    days = _days(collection, page, new_event)
    options: dict[str, str | bool] = {
        "titulo": titled,
        "fecha": _day(form, days) if titled else "",
        "version": version if version in frozenset(Version) else "",
        "testar": form.get("testar", ""),
        "readmitir": form.get("readmitir") == "si",
        "video": video if page.session else "",
    }
    options = {name: value for name, value in options.items() if value}
    title = titled or collection.title(page)
    return Destination(page, title, Kind(kind), options, titled, new_event, kind in there, days)


def calls(destination: Destination, base: str = "", *, with_clock: bool = False) -> tuple[CommandCall, ...]:
    """The commands that bring a text there; ``base``: the state of the one that is replaced, as the person saw it."""
    where = {"mesa" if destination.page.session else "evento": str(destination.page)}
    options = {"tipo": destination.kind.value, **where, **destination.options}
    options |= {"reemplazar": True, "base": base} if destination.replaces else {}
    return (*destination.new_event, CommandCall("agregar", (), options, with_file=True, with_clock=with_clock))


def video_calls(destination: Destination, address: str) -> tuple[CommandCall, ...]:
    """The commands that make an address the video of a mesa. Raises ``InvalidInput``: it is no mesa."""
    page, asked = str(destination.page), destination.new_event
    if destination.page.session is None:
        raise InvalidInput("Un video es de una mesa: elija cuál, o escriba el título de una nueva")
    if destination.new_session:
        told = {name: destination.options[name] for name in ("titulo", "fecha") if name in destination.options}
        asked = (*asked, CommandCall("nuevo", (page,), told))
    return (*asked, CommandCall("editar", (page,), {"video": address}))


def _new(
    form: Mapping[str, str], collection: Collection, titled: str, made: str
) -> tuple[PageId, tuple[CommandCall, ...]]:
    """A mesa that is made with its text, and the command that makes its event, where that is new too."""
    if not titled:
        raise InvalidInput("Escriba también el título de la mesa nueva")
    event = form.get("evento", "")
    new_event: tuple[CommandCall, ...] = ()
    if made:
        days = [day_of(form.get(name, "")) for name in ("inicio", "fin" if form.get("fin", "").strip() else "inicio")]
        if not (days[0] and days[1]):
            called = "último" if days[0] else "primer"
            raise InvalidInput(f"Escriba el {called} día del evento como 2025-12-04 (año, mes y día)")
        if days[1] < days[0]:
            raise InvalidInput("El evento termina antes de empezar: corrija sus días")
        event = event_name(made, collection)
        options = {"titulo": made, "fecha": days[0].isoformat(), "fin": days[1].isoformat()}
        new_event = (CommandCall("nuevo", (event,), options),)
    elif event not in collection.events:
        raise InvalidInput("Elija de qué evento es la mesa nueva, o escriba el título de un evento nuevo")
    taken = frozenset(session.slug for session in collection.by_event.get(event, ()))
    return PageId(event, folder_name(titled, taken | _withdrawn(collection, f"{event}/"), "mesa")), new_event


def _day(form: Mapping[str, str], days: tuple[date, ...]) -> str:
    """The day of a new mesa: as typed; where nobody was asked yet, that of an event of one day."""
    if typed := form.get("fecha", "").strip():
        if (day := day_of(typed)) is None:
            raise InvalidInput("Escriba el día de la mesa como 2025-12-04 (año, mes y día), o déjelo vacío")
        return day.isoformat()
    return days[0].isoformat() if len(days) == 1 and "fecha" not in form else ""


def _days(collection: Collection, page: PageId, new_event: tuple[CommandCall, ...]) -> tuple[date, ...]:
    """The days of the event of a page, also where it is to be made; of a longer one, the first month."""
    event = collection.events.get(page.event)
    if new_event:
        first, last = (date.fromisoformat(str(new_event[0].options[name])) for name in ("fecha", "fin"))
    elif event:
        first, last = event.start, event.end
    else:
        return ()
    return tuple(first + timedelta(days=n) for n in range(min((last - first).days + 1, 31)))


def event_name(title: str, collection: Collection) -> str:
    """A free name for the folder of a new event."""
    return folder_name(title, frozenset(collection.events) | _withdrawn(collection, ""), "evento")


def _withdrawn(collection: Collection, within: str) -> frozenset[str]:
    """Names of folders that were withdrawn: nothing can be made there again."""
    paths = (one.path for one in collection.catalogue.withdrawals if one.sha256 is None)
    return frozenset(path[len(within) :] for path in paths if path.startswith(within))


def _kinds(collection: Collection, page: PageId) -> tuple[str, ...]:
    return tuple(Kind(kind).label.lower() for kind in collection.kinds(page))
