"""Every field of an event, a mesa, a topic and a person: what reads, checks, asks for or shows one is made of these."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from indexer.model.kinds import Certainty, PageId, Version, Wording
from indexer.word_lists import beside


class FieldType(StrEnum):
    """What kind of value a field has; its value is what a command calls it."""

    TEXT = "TEXTO"
    INTEGER = "N"
    SECONDS = "SEGUNDO"
    DATE = "AAAA-MM-DD"
    FLAG = "si|no"
    CHOICE = "PALABRA"
    ADDRESS = "URL"
    LINES = "RENGLONES"
    TEXTS = "LISTA"
    ROWS = "TABLAS"


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        key: Its name in TOML, in JSON and in forms.
        label: What a person reads.
        kind: Of its value.
        attribute: Its name in the model.
        example: In messages, as TOML.
        required: Whether a page, or a row, is nothing without it.
        note: What a person should know who fills it in.
        choices: The words that it may be, where it is one of a list.
        fields: Of each row, where it holds rows.
    """

    key: str
    label: str
    kind: FieldType
    attribute: str
    example: str = ""
    required: bool = False
    note: str = ""
    choices: type[StrEnum] | None = None
    fields: "tuple[Field, ...]" = ()

    @property
    def option(self) -> str:
        """Its option of ``editar``."""
        return f"--{self.key.replace('_', '-')}"


_ROWS = beside(__file__)
_CHOICES: dict[str, type[StrEnum]] = {one.__name__: one for one in (Certainty, Version, Wording)}


def _fields(name: str) -> tuple[Field, ...]:
    return tuple(_field(**row) for row in _ROWS[name])


def _field(kind: str, choices: str = "", **row: Any) -> Field:
    fields = _fields(row["key"]) if kind == FieldType.ROWS.name else ()
    return Field(**row, kind=FieldType[kind], choices=_CHOICES.get(choices), fields=fields)


EVENT_FIELDS, SESSION_FIELDS = _fields("evento"), _fields("mesa")
TOPIC_FIELDS, PERSON_FIELDS = _fields("tema"), _fields("persona")
DAY_FIELDS = {field.key: field for field in SESSION_FIELDS if field.key in ("video", "video_inicio_s", "fecha")}
"""What the mesas of one day have in common."""


def fields_of(page: PageId) -> tuple[Field, ...]:
    """The fields of an event or of a mesa."""
    return EVENT_FIELDS if page.session is None else SESSION_FIELDS


_PAGE = (*EVENT_FIELDS, *SESSION_FIELDS)
LABELS = MappingProxyType(
    {one.key: one.label for field in _PAGE for one in field.fields} | {f.key: f.label for f in _PAGE}
)
"""What each key is called where only the key is known: for a message."""
