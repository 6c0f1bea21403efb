"""A form made of a table of fields (of an event, a mesa, a topic, a person), and what its answer asks to write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from indexer.errors import CorpusError
from indexer.language.typed_values import seconds_of, typed_value
from indexer.model.page_fields import Field, FieldType
from search_app.desk.forms.form_fields import lines
from search_app.shown.formatting import clock
from search_app.shown.video import moment, web_address

LONGEST = 20_000
_EMPTY_ROWS = 2
_ROW = re.compile(r"(\w+)\.([0-9]{1,4})\.(\w+)")
_MORE = "mas-"

Values = Mapping[str, Any]
"""``campos`` and each list of rows, as commands give and take them."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """The form.

    Attributes:
        base: The state that is shown.
        more: The list for which more empty rows were asked.
        others: What somebody else changed meanwhile: the field, what is there now, what was typed.
    """

    fields: Sequence[Field]
    base: str
    values: Values
    more: str = ""
    others: tuple[tuple[str, str, str], ...] = ()

    @property
    def single(self) -> list[tuple[Field, Any]]:
        """Each field that is no list of rows, with what stands in it; a list of texts as it is."""
        found = []
        for field in (field for field in self.fields if field.kind is not FieldType.ROWS):
            value = self.values["campos"].get(field.key)
            found.append((field, (value or []) if field.kind is FieldType.TEXTS else shown(field, value)))
        return found

    @property
    def lists(self) -> list[tuple[Field, list[list[tuple[Field, Any]]]]]:
        """Each list with its rows, and some empty ones."""
        found = []
        for field in (field for field in self.fields if field.kind is FieldType.ROWS):
            empty = _EMPTY_ROWS + (3 if self.more == field.key else 0)
            rows = [*self.values.get(field.key, ()), *[{}] * empty]
            found.append((field, [[(one, shown(one, row.get(one.key))) for one in field.fields] for row in rows]))
        return found

    @property
    def trial(self) -> tuple[str, int] | None:
        """Where the video stands at the text's 0:00, to be tried, with the second; None without a video."""
        said = self.values["campos"]
        url = web_address(str(said.get("video") or ""))
        second = int(seconds_of(str(said.get("video_inicio_s") or 0)) or 0)
        return None if url is None else (moment(url, second)[0], second)


def field_form(fields: Sequence[Field], now: Mapping[str, Any], typed: Mapping[str, Any] | None = None) -> FieldForm:
    """The form of what a command answered; with ``typed``, what somebody wanted to write when that got in the way."""
    others = () if typed is None or typed.get("base") == now["base"] else differences(fields, now, typed)
    return FieldForm(fields, str(now["base"]), typed or now, others=others)


def given_of(form: MultiDict[str, str], fields: Sequence[Field]) -> dict[str, Any]:
    """What ``--escribir`` reads; a list of texts has one a line, or a box each. Raises ``InvalidInput``."""
    said: dict[str, Any] = {}
    rows: dict[str, Any] = {}
    for field in fields:
        if field.kind is FieldType.ROWS:
            rows[field.key] = rows_of(form, field)
        elif field.kind is FieldType.TEXTS:
            said[field.key] = [one for text in form.getlist(field.key) for one in text.splitlines() if one.strip()]
        else:
            said[field.key] = lines(form, field.key, LONGEST, called=f"«{field.label}»")
    return {"base": form.get("base", ""), "campos": said, **rows}


def rows_of(form: Mapping[str, str], field: Field) -> list[dict[str, str]]:
    """The rows of a list in which something was typed and that are not to go, in their order."""
    numbers = {int(name[2]) for name in map(_ROW.fullmatch, form) if name and name[1] == field.key}
    found = []
    for number in sorted(numbers):
        at = f"{field.key}.{number}."
        row = {one.key: lines(form, at + one.key, LONGEST, called=f"«{one.label}»") for one in field.fields}
        if any(row.values()) and not form.get(f"{at}quitar"):
            found.append(row)
    return found


def more_of(form: Mapping[str, str]) -> str:
    """The list to which more rows are to be added; empty where none is asked for."""
    action = form.get("accion", "")
    return action.removeprefix(_MORE) if action.startswith(_MORE) else ""


def faults_of(given: Mapping[str, Any], fields: Sequence[Field]) -> list[str]:
    """What cannot be used of what was typed, field by field, with what to write instead."""
    faults = []
    for field in fields:
        try:
            typed_value(field, given[field.key] if field.kind is FieldType.ROWS else given["campos"].get(field.key))
        except CorpusError as fault:
            faults.append(str(fault))
    return faults


def shown(field: Field, value: Any) -> Any:
    """A value as it stands in its field: seconds as a time, a list with commas."""
    if field.kind is FieldType.SECONDS and isinstance(value, int):
        return clock(value)
    if field.kind is FieldType.TEXTS and isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else value


def differences(fields: Sequence[Field], now: Values, typed: Values) -> tuple[tuple[str, str, str], ...]:
    """Each field in which what is there now and what was typed differ."""
    found = []
    for field in fields:
        here, mine = (_in_words(field, side.get(field.key, side["campos"].get(field.key))) for side in (now, typed))
        if here != mine:
            found.append((field.label, here, mine))
    return tuple(found)


def _in_words(field: Field, value: Any) -> str:
    """A value for a comparison: as it is typed, whatever it is typed as."""
    try:
        value = typed_value(field, value)
    except CorpusError:
        return str(value)
    if field.kind is FieldType.ROWS:
        return (
            "; ".join(", ".join("sí" if one is True else str(one) for one in row.values()) for row in value) or "nada"
        )
    return "nada" if value in (None, []) else "sí" if value is True else str(shown(field, value))
