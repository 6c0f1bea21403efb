"""``entidades.toml``: from the file that staff keep to entities, with every fault of it."""

from __future__ import annotations

from dataclasses import replace

from indexer.corpus.tables_by_id import by_id, identified
from indexer.corpus.toml_validation import CheckedTable
from indexer.errors import Problem
from indexer.language.entities import default_entities
from indexer.language.vocabulary import form_key
from indexer.model.vocabulary import Entity

SORTS = ("estado", "ople", "autoridad", "institucion")
_KEYS = ("id", "nombre", "tipo", "formas", "solo_mayusculas", "estado")


def parse_entities(text: str, path: str) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Read ``entidades.toml``.

    Args:
        text: The file.
        path: As staff know it, relative to the corpus.

    Returns:
        The entities of this file alone, to lay over the default ones (an entity of the same id replaces), and every
        fault. What is faulty is left out and the rest stays.
    """
    cure = "ponga otro id a una de las dos entidades, o una las dos en una"
    entities, rows, problems = by_id(text, path, "entidades", _KEYS, _entity, cure)
    everyone = {entity.id: entity for entity in default_entities()} | entities
    owner: dict[tuple[str, ...], str] = {}
    for entity in everyone.values():
        if entity.id not in entities:
            for form in (entity.name, *entity.forms):
                owner.setdefault(form_key(form), entity.id)
    for entity in list(entities.values()):
        row = rows[entity.id]
        state = everyone.get(entity.state) if entity.state is not None else None
        if entity.state is not None and (state is None or state.sort != "estado"):
            fault = f"«estado» dice «{entity.state}», que no es el id de un estado"
            row.error(fault, "corrija el id, por ejemplo sonora", key="estado")
        taken = []
        for form in (entity.name, *entity.forms):
            first = owner.setdefault(form_key(form), entity.id)
            if first != entity.id:
                cure = "déjela en una sola, o precise la forma con el estado"
                key = "nombre" if form == entity.name else "formas"
                row.error(f"«{form}» ya nombra a «{first}»", cure, key=key, value=form)
                taken.append(form)
        entities[entity.id] = replace(
            entity,
            forms=tuple(form for form in entity.forms if form not in taken),
            state=entity.state if state is not None and state.sort == "estado" else None,
        )
    return tuple(entities.values()), tuple(problems)


def _entity(row: CheckedTable) -> Entity | None:
    name = row.text("nombre", "Instituto Electoral del Estado de México", required=True)
    sort = row.text("tipo", "institucion", required=True)
    identifier = identified(row, "entidad", name)
    forms, capitals = (row.texts(key, '["IEEM"]') for key in ("formas", "solo_mayusculas"))
    state = row.text("estado", "sonora")
    if name is not None and not form_key(name):
        row.error("el nombre no tiene ninguna palabra", 'escriba el nombre completo: nombre = "…"', key="nombre")
    if sort is not None and sort not in SORTS:
        row.error(f"el tipo «{sort}» no se conoce", f"escriba uno de estos: {', '.join(SORTS)}", key="tipo")
    listed = {form_key(form) for form in (name or "", *forms)}
    for form in forms:
        if not form_key(form):
            row.error(f"«{form}» no tiene letras ni cifras", "quítela de formas", key="formas", value=form)
    for form in capitals:
        if form_key(form) not in listed:
            fault = f"«{form}» está en solo_mayusculas y no en formas"
            row.error(fault, "escríbala también en formas", key="solo_mayusculas", value=form)
    if identifier is None or name is None or not form_key(name) or sort not in SORTS:
        return None
    return Entity(identifier, name, str(sort), tuple(form for form in forms if form_key(form)), capitals, state)
