"""The history as the desk shows it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from search_app import present

_HERE = ZoneInfo("America/Mexico_City")
_ACTIONS = {
    "nuevo": "Hizo",
    "agregar": "Agregó",
    "reemplazar": "Reemplazó",
    "retirar": "Retiró",
    "hablantes": "Dijo quién habla",
    "corregir": "Corrigió",
    "deshacer": "Deshizo",
}
_ERRAND = re.compile(r", encargo [0-9_a-f]+")


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


def steps(answer: Mapping[str, Any]) -> tuple[Step, ...]:
    """What ``historial`` answered, the newest first."""
    return tuple(_step(step) for step in answer.get("pasos", []))


def _step(said: Mapping[str, Any]) -> Step:
    may = said.get("se_puede_deshacer")
    return Step(
        number=int(said.get("paso", 0)),
        when=moment(str(said.get("fecha", ""))),
        author=str(said.get("autor") or "?"),
        origin=_ERRAND.sub("", str(said.get("desde") or "")),
        action=_ACTIONS.get(str(said.get("accion")), str(said.get("accion") or "")),
        page=str(said.get("pagina") or ""),
        summary=str(said.get("resumen") or ""),
        undoes=said.get("deshace"),
        undone_by=said.get("deshecho_por"),
        undoable=bool(may) and may != "no",
        reason=str(said.get("impedimento") or ""),
    )


def moment(text: str) -> str:
    """``4 de diciembre de 2025, 13:05``, in central Mexico."""
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    here = when.astimezone(_HERE)
    return f"{present.day(here.date())}, {here:%H:%M}"
