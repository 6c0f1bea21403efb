"""The form of a new event with its mesas, or of new mesas of an event, as its programme says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.model.page_fields import EVENT_FIELDS, SESSION_FIELDS, Field, FieldType
from search_app.desk.forms.form_fields import lines
from search_app.desk.forms.page_editing import faults_of, rows_of, shown

LONGEST = 200_000
_OF_EVENT = ("titulo", "inicio", "fin", "organiza", "sede", "ficticio")
EVENT: Sequence[Field] = [one for one in EVENT_FIELDS if one.key in _OF_EVENT]
"""What is asked of a new event; the rest is for its own page."""
_OF_MESA = [one for one in SESSION_FIELDS if one.key in ("titulo", "numero", "fecha")]
_PEOPLE = Field(
    "participantes", "Participantes", FieldType.LINES, "participants",
    note="Uno por renglón: nombre | cargo | institución; «Modera:» delante de quien modera.",
)  # fmt: skip
MESAS = Field("mesas", "Mesas", FieldType.ROWS, "mesas", fields=(*_OF_MESA, _PEOPLE))


@dataclass(frozen=True, slots=True)
class ProgrammeForm:
    """The page.

    Attributes:
        event: The folder of the event that gets the mesas; empty for a new one.
        said, mesas: What is said of a new event, and of each mesa, by key.
        left: Lines of the programme that are of no mesa.
        more: Empty mesas beside them.
    """

    event: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    mesas: Sequence[Mapping[str, Any]] = ()
    programme: str = ""
    left: Sequence[str] = ()
    more: int = 0

    @property
    def rows(self) -> list[list[tuple[Field, Any]]]:
        """Each mesa, with what stands in its fields."""
        rows = [*self.mesas, *[{}] * self.more]
        return [[(one, shown(one, row.get(one.key))) for one in MESAS.fields] for row in rows]

    @property
    def given(self) -> dict[str, Any]:
        """What ``programa --escribir`` reads."""
        mesas = []
        for mesa in self.mesas:
            people = mesa.get(_PEOPLE.key, "")
            mesas.append({"campos": {one.key: mesa.get(one.key) or None for one in _OF_MESA}, _PEOPLE.key: people})
        kept = {key: value for key, value in self.said.items() if value}
        return {"campos": {} if self.event else kept, "mesas": mesas}

    @property
    def faults(self) -> list[str]:
        """What cannot be used, with what to write instead."""
        said = {**self.said, "fin": self.said.get("fin") or self.said.get("inicio")}
        return faults_of({"campos": said, MESAS.key: self.mesas}, [*([] if self.event else EVENT), MESAS])


def programme_form(event: str, given: Mapping[str, Any], programme: str = "") -> ProgrammeForm:
    """The page of what was understood, or of what was to be written."""
    mesas = [{**one["campos"], _PEOPLE.key: _people(one.get(_PEOPLE.key, ()))} for one in given.get("mesas", ())]
    return ProgrammeForm(event, given.get("campos", {}), mesas, programme, given.get("aparte", ()))


def typed_form(form: Mapping[str, str], *, more: int = 0) -> ProgrammeForm:
    """The page as it was sent, with ``more`` empty mesas. Raises ``InvalidInput``: something is far too long."""
    said = {one.key: lines(form, one.key, 2_000, called=f"«{one.label}»") for one in EVENT}
    programme = lines(form, "programa", LONGEST, called="El programa")
    return ProgrammeForm(form.get("evento", ""), said, rows_of(form, MESAS), programme, more=more)


def _people(people: str | Sequence[Mapping[str, Any]]) -> str:
    """Participants, one a line, as they are typed."""
    if isinstance(people, str):
        return people
    shown_people = []
    for one in people:
        parts = " | ".join(str(one.get(key, "")) for key in ("nombre", "cargo", "institucion")).rstrip(" |")
        shown_people.append(f"{'Modera: ' if one.get('modera') else ''}{parts}")
    return "\n".join(shown_people)
