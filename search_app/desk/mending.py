"""Mending a mesa: its text by fragment, what was corrected, what to look at; and what a form of it asks to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from search_app.desk.typed import Unfit, lines
from search_app.desk.word_changes import word_changes
from search_app.present import clock

_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Mendable:
    """One fragment.

    Attributes:
        number, clock, second, person: Which it is.
        text, original: As it reads now, and as it was received.
        shown: What the box of its text holds: what was typed, where that could not be written.
        checked: Whether it was compared with the video.
        checked_by: By whom and when.
        corrections: What was corrected: the words, what they read, by whom and when.
    """

    number: int
    clock: str | None
    second: float | None
    person: str | None
    text: str
    original: str
    shown: str
    checked: bool
    checked_by: str
    corrections: tuple[tuple[str, str, str], ...]

    @property
    def open(self) -> bool:
        """Whether its box holds something that is not written yet."""
        return self.shown != self.text


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful word in its place."""

    word: str
    number: int
    before: str
    after: str
    near: str


@dataclass(frozen=True, slots=True)
class Mending:
    """The page."""

    base: str
    fragments: tuple[Mendable, ...]
    doubts: tuple[Doubt, ...]
    corrections: int
    checked: int
    notices: tuple[str, ...]
    answer: Mapping[str, Any]


def mending(answer: Mapping[str, Any], typed: Mapping[str, str] | None = None) -> Mending:
    """The page of what ``corregir`` answered.

    Args:
        answer: The present state.
        typed: A form that could not be written: its texts are shown in place of the present ones.
    """
    typed = typed or {}
    made: dict[int, list[tuple[str, str, str]]] = {}
    for one in answer.get("correcciones", []):
        made.setdefault(int(one["numero"]), []).append((one["de"], one["a"], _by(one)))
    fragments = tuple(_fragment(one, made, typed) for one in answer.get("fragmentos", []))
    return Mending(
        base=str(answer.get("base") or ""),
        fragments=fragments,
        doubts=tuple(
            Doubt(str(d["palabra"]), int(d["numero"]), str(d["antes"]), str(d["despues"]), str(d.get("cerca_de") or ""))
            for d in answer.get("dudosas", [])
        ),
        corrections=len(answer.get("correcciones", [])),
        checked=sum(fragment.checked for fragment in fragments),
        notices=tuple(map(str, answer.get("avisos", []))),
        answer=answer,
    )


def as_edited(form: MultiDict[str, str], now: Mending) -> dict[str, Any]:
    """What ``corregir --escribir`` reads, of the boxes of a form: those that were changed.

    Raises:
        Unfit: A text cannot be had by correcting words.
    """
    fresh: dict[int, list[dict[str, Any]]] = {}
    checked = set()
    for fragment in now.fragments:
        if form.get(f"c{fragment.number}"):
            checked.add(fragment.number)
        name = f"t{fragment.number}"
        if name not in form:
            continue
        text = lines(form, name, _LONGEST)
        if text == _plain(fragment.text):
            continue
        try:
            changes = word_changes(fragment.original, text)
        except Unfit as fault:
            raise Unfit(f"Fragmento {fragment.number}: {fault}") from fault
        fresh[fragment.number] = [
            {"numero": fragment.number, "de": one.was, "a": one.reads, "vez": one.time} for one in changes
        ]
    kept = [_bare(one) for one in now.answer.get("correcciones", []) if int(one["numero"]) not in fresh]
    gone = set(map(int, now.answer.get("cotejados", []))) - {fragment.number for fragment in now.fragments}
    return {
        "base": form.get("base", ""),
        "correcciones": [*kept, *(one for some in fresh.values() for one in some)],
        "cotejados": sorted(checked | gone),
    }


def as_accepted(places: Iterable[Mapping[str, Any]], now: Mapping[str, Any]) -> dict[str, Any]:
    """What ``corregir --escribir`` reads, of places that were accepted one by one."""
    kept = [_bare(one) for one in now.get("correcciones", [])]
    fresh = [_bare(place) for place in places]
    keys = {(one["numero"], one["de"], one["vez"]) for one in fresh}
    rest = [one for one in kept if (one["numero"], one["de"], one["vez"]) not in keys]
    return {"base": str(now.get("base") or ""), "correcciones": [*rest, *fresh]}


def chosen(values: Sequence[str], places: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The accepted places, by page."""
    wanted = set(values)
    found: dict[str, list[Mapping[str, Any]]] = {}
    for place in places:
        if place_name(place) in wanted:
            found.setdefault(str(place["pagina"]), []).append(place)
    return found


def place_name(place: Mapping[str, Any]) -> str:
    """How a form calls a place; another text there is another place."""
    return f"{place['pagina']}|{place['numero']}|{place['vez']}|{place['de']}"


def _fragment(
    said: Mapping[str, Any], made: Mapping[int, list[tuple[str, str, str]]], typed: Mapping[str, str]
) -> Mendable:
    number, start = int(said["numero"]), said.get("inicio_s")
    checked = said.get("cotejado")
    held = f"c{number}" in typed if typed else checked is not None
    text = str(said["texto"])
    shown = typed.get(f"t{number}", text).replace("\r\n", "\n")
    return Mendable(
        number=number,
        clock=None if start is None else clock(start),
        second=start,
        person=said.get("persona"),
        text=text,
        original=str(said.get("texto_original") or text),
        shown=text if shown.strip() == _plain(text) else shown,
        checked=held,
        checked_by=_by(checked) if checked else "",
        corrections=tuple(made.get(number, ())),
    )


def _bare(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"numero": int(one["numero"]), "de": one["de"], "a": one["a"], "vez": int(one.get("vez") or 1)}


def _by(one: Mapping[str, Any]) -> str:
    return ", ".join(str(one[name]) for name in ("autor", "fecha") if one.get(name))


def _plain(text: str) -> str:
    return lines({"t": text}, "t", len(text) + 1)
