"""Errors that readers reported, as the desk lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.language.spanish import fold
from indexer.model.passage import Passage
from search_app.desk.forms.history import moment


@dataclass(frozen=True, slots=True)
class Reported:
    """One report."""

    name: str
    when: str
    page: str
    number: int
    sentence: str
    text: str
    state: str
    closed: bool
    reason: str


def reports(answer: Mapping[str, Any]) -> tuple[Reported, ...]:
    """What ``reportes`` answered, the newest first."""
    found = [
        Reported(
            name=str(one["reporte"]),
            when=moment(str(one.get("fecha", ""))),
            page=str(one.get("pagina") or ""),
            number=int(one.get("numero") or 0),
            sentence=str(one.get("frase") or ""),
            text=str(one.get("texto") or ""),
            state=str(one.get("estado") or ""),
            closed=str(one.get("estado")) == "cerrado",
            reason=str(one.get("motivo") or ""),
        )
        for one in sorted(answer.get("reportes", []), key=lambda one: str(one.get("fecha", "")), reverse=True)
    ]
    return tuple(found)


def report_number(passages: Sequence[Passage], asked: str, sentence: str) -> int | None:
    """The fragment that a report is about: as asked, else the first that holds the sentence."""
    numbers = {passage.number for passage in passages}
    plain = asked.strip().lstrip("#p¶ ")
    if plain.isascii() and plain.isdecimal() and len(plain) < 10 and int(plain) in numbers:
        return int(plain)
    sought = " ".join(fold(sentence).split())
    if not sought:
        return None
    return next((p.number for p in passages if sought in " ".join(fold(p.text).split())), None)
