"""The form that splits the file of a day: its mesas, where each begins and ends, and what is asked of ``partir``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from indexer.language.typed_values import seconds_of
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.shown.formatting import clock

MOST = 200
"""Mesas of one day."""
_LONGEST_TITLE = 300
_LAST = float("inf")


@dataclass(frozen=True, slots=True)
class Part:
    """One mesa of the day.

    Attributes:
        session: Its folder; empty for one that is to be made.
        start, end: As typed: ``1:02:03`` or seconds; empty where it is not said.
        places: Seconds at which its title is spoken.
    """

    session: str = ""
    title: str = ""
    start: str = ""
    end: str = ""
    places: tuple[float, ...] = ()

    @property
    def key(self) -> str:
        """What the buttons beside the text call it."""
        return self.session or self.title


def of_other_days(told: Mapping[str, Any], day: str) -> list[str]:
    """The names of the mesas of the programme that are of another day than the file, where its day is known."""
    return [one["mesa"] for one in told.get("mesas", ()) if day and (one.get("fecha") or day) != day]


def parts_of(told: Mapping[str, Any], typed: str, day: str = "") -> tuple[Part, ...]:
    """The mesas of that day's programme that have no text yet, and those that somebody added; in the order of the day.

    Args:
        told: What ``partir`` says of the file.
        typed: The parts as ``kept`` wrote them; empty at first.
        day: That of the file; empty where nobody said it.
    """
    known = {one.key: one for one in msgspec.json.decode(typed, type=list[Part])} if typed else {}
    parts, others = [], of_other_days(told, day)
    for one in told.get("mesas", []):
        if one["mesa"] in known or not (one["tiene"] or one["mesa"] in others):
            part = known.pop(one["mesa"], Part(one["mesa"]))
            parts.append(replace(part, title=str(one["titulo"]), places=tuple(one["lugares"])))
    return in_order((*parts, *known.values()))


def kept(parts: Iterable[Part]) -> str:
    """What a draft keeps of them."""
    return msgspec.json.encode([replace(part, places=()) for part in parts]).decode()


def parts_typed(form: MultiDict[str, str], parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with what the form says of them: the table, and the button beside the text that was pressed.

    Raises ``InvalidInput``: there are too many, or a title is too long.
    """
    places = {part.key: part.places for part in parts}
    columns = (form.getlist(name)[:MOST] for name in ("mesa", "titulo", "inicio", "fin"))
    cells = ([" ".join((cell or "").split())[:_LONGEST_TITLE] for cell in row] for row in zip_longest(*columns))
    rows = [Part(session, title, start, end) for session, title, start, end in cells]
    found = {row.key: replace(row, places=places.get(row.key, ())) for row in rows if row.key}
    if title := line(form, "nueva", _LONGEST_TITLE, called="El título de la mesa"):
        found.setdefault(title, Part(title=title))
    if len(found) > MOST:
        raise InvalidInput(f"Son demasiadas mesas: {MOST} como máximo")
    number = form.get("empieza") or form.get("termina")
    second, _, key = form.get("lugar", "|").partition("|")
    if number is not None:
        begin, _, end = form.get(f"segundo{number}", "").partition("|")  # of the caption that was chosen
        second, key = (end or begin) if "termina" in form else begin, form.get(f"de{number}", "")
    if "empieza" in form or "lugar" in form:
        found[key] = replace(found.get(key, Part(title=key)), start=_typed(second))
    elif "termina" in form:
        begun = [part for part in found.values() if begins(part) < (seconds_of(second) or 0.0)]
        if not begun:
            raise InvalidInput("Ninguna mesa empieza antes de ahí: diga primero dónde empieza")
        last = max(begun, key=begins)
        found[last.key] = replace(last, end=_typed(second))
    elif (gone := form.get("quitar")) is not None and gone in found:
        part = found.pop(gone)
        found |= {gone: replace(part, start="", end="")} if part.session else {}
    return in_order(found.values())


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Those that begin, by when they do; then the others."""
    return tuple(sorted(parts, key=begins))


def begins(part: Part) -> float:
    """When a part begins; after all others where that is not said."""
    return _LAST if (second := seconds_of(part.start)) is None else second


def lasts(part: Part, parts: Sequence[Part], last_s: float) -> float | None:
    """How long a part lasts; without an end of its own it goes on to the next one. None where that cannot be said."""
    start, end = seconds_of(part.start), seconds_of(part.end)
    if start is None:
        return None
    following = (begins(other) for other in parts if begins(other) > start)
    length = (min(*following, last_s, _LAST) if end is None else end) - start
    return length if length > 0 else None


def cuts_given(parts: Iterable[Part]) -> list[dict[str, str]]:
    """What ``partir --escribir`` reads; raises ``InvalidInput`` where no mesa begins anywhere."""
    cuts = [
        {"inicio_s": part.start, "fin_s": part.end, "mesa": part.session, "titulo": part.title}
        for part in parts
        if part.start or part.end
    ]
    if not cuts:
        raise InvalidInput("Todavía no dice dónde empieza ninguna mesa")
    return cuts


def _typed(second: str) -> str:
    """A second as the table shows it, exactly."""
    value = seconds_of(second)
    if value is None:
        raise InvalidInput(f"«{second[:40]}» no es un segundo: vuelva a abrir la página")
    return clock(value) + f"{value % 1:.3f}"[1:].rstrip("0").rstrip(".")
