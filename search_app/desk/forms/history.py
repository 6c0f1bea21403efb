"""The history of changes, as the desk shows it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search_app.shown import formatting

_ACTIONS = {
    "nuevo": "Hizo",
    "agregar": "Agregó",
    "reemplazar": "Reemplazó",
    "retirar": "Retiró",
    "hablantes": "Dijo quién habla",
    "corregir": "Corrigió",
    "deshacer": "Deshizo",
}
_JOB = re.compile(r", encargo [0-9_a-f]+")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file of a step.

    Attributes:
        path: In the corpus.
        change: What became of it, in words, with its sizes.
        lines: Each line before and after; None where it was not there.
        more: How many further lines differ.
        told: Whether its lines are compared at all.
    """

    path: str
    change: str
    lines: tuple[tuple[str | None, str | None], ...]
    more: int
    told: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        number: Its number.
        when: Day and hour in central Mexico.
        author, origin: Who, from where.
        action: What was done, in a word or two.
        page: ``evento/mesa``, or empty.
        summary: A line about it.
        undoes, undone_by: Numbers of the steps that it takes back, and that takes it back.
        undoable: Whether it can be undone now.
        reason: Why not, where the history says so.
        files: What it changed, where that was asked for.
    """

    number: int
    when: str
    author: str
    origin: str
    action: str
    page: str
    summary: str
    undoes: int | None
    undone_by: int | None
    undoable: bool
    reason: str
    files: tuple[ChangedFile, ...] = ()


def steps(answer: Mapping[str, Any]) -> tuple[Step, ...]:
    """What ``historial`` answered, the newest first."""
    return tuple(_step(step) for step in answer.get("pasos", []))


def _step(said: Mapping[str, Any]) -> Step:
    may = said.get("se_puede_deshacer")
    return Step(
        number=int(said.get("paso", 0)),
        when=moment(str(said.get("fecha", ""))),
        author=str(said.get("autor") or "?"),
        origin=_JOB.sub("", str(said.get("desde") or "")),
        action=_ACTIONS.get(str(said.get("accion")), str(said.get("accion") or "")),
        page=str(said.get("pagina") or ""),
        summary=str(said.get("resumen") or ""),
        undoes=said.get("deshace"),
        undone_by=said.get("deshecho_por"),
        undoable=bool(may) and may != "no",
        reason=str(said.get("impedimento") or ""),
        files=tuple(map(_file, said.get("archivos", []))),
    )


def _file(said: Mapping[str, Any]) -> ChangedFile:
    lines = said.get("renglones")
    return ChangedFile(
        path=str(said["ruta"]),
        change=_change(said),
        lines=tuple((line.get("antes"), line.get("despues")) for line in lines or ()),
        more=int(said.get("faltan_renglones") or 0),
        told=lines is not None,
    )


def _change(said: Mapping[str, Any]) -> str:
    before, after = said.get("bytes_antes"), said.get("bytes_despues")
    if said.get("retirado"):
        return "lo que contenía se retiró después: no queda copia"
    if said.get("cambio") == "nuevo":
        return f"nuevo, {_size(after)}"
    if said.get("cambio") == "quitado":
        return f"quitado; tenía {_size(before)}"
    return f"cambió, de {_size(before)} a {_size(after)}"


def _size(count: int | None) -> str:
    if count is None:
        return "un tamaño que no consta"
    if count < 2_000:
        return formatting.count(count, "byte", "bytes")
    return f"{formatting.number(round(count / 1_000))} KB"


def moment(text: str) -> str:
    """``4 de diciembre de 2025, 13:05``, in central Mexico."""
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    here = when.astimezone(formatting.CENTRAL_MEXICO)
    return f"{formatting.day(here.date())}, {here:%H:%M}"


def day_of(seconds: float) -> str:
    """The same of a second of the epoch."""
    return moment(dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat())
