"""The form of a new event with its mesas, or of new mesas of an event, as its programme says them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.model.page_fields import EVENT_FIELDS, SESSION_FIELDS, Field
from search_app.desk.forms.form_fields import lines
from search_app.desk.forms.page_editing import faults_of

LONGEST = 200_000
_OF_EVENT = ("titulo", "inicio", "fin", "organiza", "sede")
_OF_MESA = ("titulo", "numero", "fecha")
_MESA = re.compile(r"mesas\.([0-9]{1,3})\.\w+")
EVENT: Sequence[Field] = [one for one in EVENT_FIELDS if one.key in _OF_EVENT]
"""What is asked of a new event; the rest is for its own page."""
MESA: Sequence[Field] = [one for one in SESSION_FIELDS if one.key in _OF_MESA]


@dataclass(frozen=True, slots=True)
class ProgrammeForm:
    """The page.

    Attributes:
        event: The folder of the event that gets the mesas; empty for a new one.
        said: What is said of a new event, by key.
        mesas: What is said of each, by key; ``participantes`` as a text with a person a line.
        programme: What was pasted.
        left: Lines of it that are of no mesa.
    """

    event: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    mesas: Sequence[Mapping[str, Any]] = ()
    programme: str = ""
    left: Sequence[str] = ()

    @property
    def given(self) -> dict[str, Any]:
        """What ``programa --escribir`` reads."""
        kept = {key: value for key, value in self.said.items() if value}
        mesas = [
            {
                "campos": {key: mesa[key] for key in _OF_MESA if mesa.get(key)},
                "participantes": mesa.get("participantes", ""),
            }
            for mesa in self.mesas
        ]
        return {"campos": {} if self.event else kept, "mesas": mesas}

    @property
    def faults(self) -> list[str]:
        """What cannot be used, with what to write instead."""
        said = {**self.said, "fin": self.said.get("fin") or self.said.get("inicio")}
        found = [] if self.event else faults_of({"campos": said}, EVENT)
        for number, mesa in enumerate(self.mesas, 1):
            found += [f"Mesa {number} de la lista: {fault}" for fault in faults_of({"campos": mesa}, MESA)]
        return found


def programme_form(event: str, given: Mapping[str, Any], programme: str = "") -> ProgrammeForm:
    """The page of what was understood, or of what was to be written."""
    mesas = [
        {**one["campos"], "participantes": _people(one.get("participantes", ()))} for one in given.get("mesas", ())
    ]
    return ProgrammeForm(event, given.get("campos", {}), mesas, programme, given.get("aparte", ()))


def typed_form(form: Mapping[str, str], *, more: int = 0) -> ProgrammeForm:
    """The page as it was sent; ``more`` empty mesas are added.

    Raises:
        InvalidInput: Something is far too long.
    """
    said = {one.key: lines(form, one.key, 2_000, called=f"«{one.label}»") for one in EVENT}
    mesas = []
    for number in sorted({int(found[1]) for found in map(_MESA.fullmatch, form) if found}):
        mesa = {key: lines(form, f"mesas.{number}.{key}", 20_000) for key in (*_OF_MESA, "participantes")}
        if any(mesa.values()) and not form.get(f"mesas.{number}.quitar"):
            mesas.append(mesa)
    programme = lines(form, "programa", LONGEST, called="El programa")
    return ProgrammeForm(form.get("evento", ""), said, [*mesas, *[{}] * more], programme)


def _people(people: str | Sequence[Mapping[str, Any]]) -> str:
    """Participants, one a line, as they are typed."""
    if isinstance(people, str):
        return people
    shown = [" | ".join(str(one.get(key, "")) for key in ("nombre", "cargo", "institucion")) for one in people]
    plain = (re.sub(r"( \| )+\Z", "", line.rstrip(" ") + " ").rstrip() for line in shown)
    return "\n".join(
        f"{'Modera: ' if one.get('modera') else ''}{line}" for one, line in zip(people, plain, strict=True)
    )
