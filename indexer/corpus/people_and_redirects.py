"""Tables of the whole corpus: canonical names of people, and addresses that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.corpus.slugs import is_slug
from indexer.corpus.toml_validation import CheckedTable, shown
from indexer.errors import Problem
from indexer.language.spanish import fold
from indexer.model.vocabulary import PersonName

PEOPLE_FILE = "personas.toml"
REDIRECTS_FILE = "redirecciones.toml"
PERSON_KEYS = ("nombre", "variantes")


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
        people.append(PersonName(name, tuple(kept)))
    distinct = [
        item.texts("nombres", '["Ana Ruiz", "Ana Ruiz López"]') for item in table.tables("distintas", ("nombres",))
    ]
    return (tuple(people), tuple(names for names in distinct if len(names) > 1)), table.problems


def read_redirects(values: Mapping[str, Any], path: str) -> tuple[dict[str, str], list[Problem]]:
    """Check ``redirecciones.toml``: ``"vieja" = "nueva"``, at the top or under ``[redirecciones]``.

    Returns:
        Old address to the last one of its chain, as ``evento`` or ``evento/mesa``; circles are left out.
    """
    problems: list[Problem] = []
    pairs: dict[str, Any] = {key: value for key, value in values.items() if key != "redirecciones"}
    nested = values.get("redirecciones")
    if isinstance(nested, dict):
        pairs |= nested
    elif nested is not None:
        problems.append(Problem(path, "«redirecciones» debe ser una tabla", "escriba [redirecciones] en una línea"))
    steps: dict[str, str] = {}
    for written, target in pairs.items():
        old = page_address(written)
        new = page_address(target) if isinstance(target, str) else None
        if old is None or new is None:
            wrong = written if old is None else target
            cure = 'escriba "evento/carpeta-vieja" = "evento/carpeta-nueva", entre comillas'
            problems.append(Problem(path, f"{shown(wrong)} no es la dirección de un evento o de una mesa", cure))
        elif steps.setdefault(old, new) != new:
            problems.append(Problem(path, f"«{old}» está dos veces con destinos distintos", "deje una sola línea"))
    return _resolved(steps, path, problems), problems


def page_address(text: str) -> str | None:
    """``/evento/mesa/`` as ``evento/mesa``; None when it is no address of a page."""
    parts = text.strip().strip("/").split("/")
    return "/".join(parts) if len(parts) <= 2 and all(is_slug(part) for part in parts) else None


def _resolved(steps: dict[str, str], path: str, problems: list[Problem]) -> dict[str, str]:
    """Follow the chains to their ends, in linear time; each circle is reported once."""
    ends: dict[str, str | None] = {}
    for first in steps:
        trail: dict[str, None] = {}
        here = first
        while here in steps and here not in ends and here not in trail:
            trail[here] = None
            here = steps[here]
        if here in trail:
            names = list(trail)
            circle = names[names.index(here) :]
            listed = " -> ".join(circle[:6]) + (" -> …" if len(circle) > 6 else f" -> {here}")
            problems.append(Problem(path, f"estas direcciones dan vueltas: {listed}", "quite una de esas líneas"))
            end = None
        else:
            end = ends.get(here, here)
        ends.update(dict.fromkeys(trail, end))
    return {old: end for old in steps if (end := ends[old]) is not None}
