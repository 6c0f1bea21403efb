"""``personas.toml``: canonical names of people, and names that are alike but of different people."""

from collections.abc import Mapping
from typing import Any

from indexer.corpus.toml_validation import CheckedTable, shown
from indexer.errors import Problem
from indexer.language.spanish import fold
from indexer.model import PersonName
from indexer.model.page_fields import PERSON_FIELDS

PEOPLE_FILE = "personas.toml"
PERSON_KEYS = tuple(field.key for field in PERSON_FIELDS)


People = tuple[tuple[PersonName, ...], tuple[tuple[str, ...], ...]]
"""The canonical names, and the groups of names that are alike but belong to different people."""


def read_people(values: Mapping[str, Any], path: str) -> tuple[People, list[Problem]]:
    """Check ``personas.toml``. A spelling that two people claim stays with the first."""
    table = CheckedTable(path, values, ("personas", "distintas"))
    owners: dict[str, str] = {}
    people = []
    for item in table.tables("personas", PERSON_KEYS):
        name = item.text("nombre", "Nombre Apellido", required=True)
        variants = item.texts("variantes", '["N. Apellido"]')
        if name is None:
            continue
        kept = []
        for form in (name, *variants):
            owner = owners.setdefault(fold(form), name)
            if owner != name:
                item.error(f"{shown(form)} ya es {shown(owner)}", "deje esa forma en una sola persona")
            elif form != name:
                kept.append(form)
        surnames = surnames_of(item, name, item.text("apellidos", "Ruiz López"))
        people.append(PersonName(name, tuple(kept), surnames, item.text("cargo", "Consejera Electoral")))
    distinct = [
        item.texts("nombres", '["Ana Ruiz", "Ana Ruiz López"]') for item in table.tables("distintas", ("nombres",))
    ]
    return (tuple(people), tuple(names for names in distinct if len(names) > 1)), table.problems


def surnames_of(item: CheckedTable, name: str, surnames: str | None) -> str | None:
    """The surnames that staff wrote of a name, which must end with them."""
    if surnames is None or f" {name}".endswith(f" {surnames}"):
        return surnames
    item.error(f"«apellidos» no es el final de {shown(name)}", "escriba los apellidos como están en el nombre")
    return None
