"""``vocabulario.toml`` and ``entidades.toml``: from the files that staff keep to topics and entities."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from indexer.corpus.toml_syntax import TomlFault, parse_toml
from indexer.corpus.toml_validation import CheckedTable
from indexer.corpus.topic_checks import check_relations, settle_forms
from indexer.errors import Problem
from indexer.language.entities import default_entities
from indexer.language.spanish import FUNCTION_WORDS, slug
from indexer.language.vocabulary import form_key
from indexer.model import Entity, Topic
from indexer.model.page_fields import TOPIC_FIELDS

VOCABULARY_FILE = "vocabulario.toml"
ENTITIES_FILE = "entidades.toml"

Named = TypeVar("Named", Topic, Entity)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TOPIC_KEYS = tuple(field.key for field in TOPIC_FIELDS)
_SORTS = ("estado", "ople", "autoridad", "institucion")
_ENTITY_KEYS = ("id", "nombre", "tipo", "formas", "solo_mayusculas", "estado")


def parse_vocabulary(text: str, path: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Read ``vocabulario.toml``.

    Returns:
        The topics that can be used, in the order of the file, and every fault. A faulty part is left out and the rest
        stays: an unknown relation, a form that another topic has already taken, the relation that closes a circle.
        Relations between equals hold both ways, whichever topic says them.
    """
    cure = "ponga otro id a uno de los dos temas, o una los dos en uno"
    topics, rows, problems = _by_id(text, path, "temas", _TOPIC_KEYS, _topic, cure)
    check_relations(topics, rows)
    settle_forms(topics, rows)
    for topic in list(topics.values()):
        narrower = tuple(sorted(other.id for other in topics.values() if topic.id in other.broader))
        topics[topic.id] = replace(topic, narrower=narrower)
    return tuple(topics.values()), tuple(problems)


def _topic(row: CheckedTable) -> Topic | None:
    label = row.text("etiqueta", "Voto en el extranjero", required=True)
    identifier = _identified(row, "tema", label)
    if label is not None and not form_key(label):
        cure = 'escriba el nombre del tema: etiqueta = "…"'
        row.error("la etiqueta no tiene ninguna palabra", cure, key="etiqueta")
    capitals = row.texts("solo_mayusculas", '["SE"]')
    forms = {key: _forms(row, key, capitals) for key in ("siglas", "equivalentes", "ocultas", "signos", "excepto")}
    listed = {form_key(form) for key in ("siglas", "equivalentes", "ocultas", "signos") for form in forms[key]}
    listed.add(form_key(label or ""))
    only = {"solo_mayusculas": capitals, "acompanadas": row.texts("acompanadas", '["2027"]')}
    for key, some in only.items():
        for form in some:
            if form_key(form) not in listed:
                fault = f"«{form}» está en {key} y en ninguna otra lista"
                row.error(fault, "escríbala además en siglas, equivalentes o signos", key=key, value=form)
    topic = Topic(
        id=identifier or "",
        label=label or "",
        acronyms=forms["siglas"],
        equivalents=forms["equivalentes"],
        hidden=forms["ocultas"],
        signs=forms["signos"],
        capitals_only=tuple(form for form in capitals if form_key(form) in listed),
        accompanied=tuple(form for form in only["acompanadas"] if form_key(form) in listed),
        exceptions=forms["excepto"],
        definition=row.text("definicion", "…"),
        norm=row.text("norma", "LGIPE, artículo 219"),
        broader=row.texts("mas_amplio", '["…"]'),
        related=row.texts("relacionado", '["…"]'),
        sources=row.texts("fuentes", '["…"]'),
        verified=row.flag("verificado"),
    )
    return topic if topic.id and form_key(topic.label) else None


def _forms(row: CheckedTable, key: str, capitals: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of one list, without those that could match nothing, or nearly everything."""
    only_capitals = {form_key(form) for form in capitals}
    kept = []
    for form in row.texts(key, '["…", "…"]'):
        words = form_key(form)
        if not words:
            cure = "quítela o escríbala con palabras"
            row.error(f"«{form}» ({key}) no tiene letras ni cifras", cure, key=key, value=form)
        elif FUNCTION_WORDS.issuperset(words) and words not in only_capitals:
            cure = "quítela, o si es una sigla escríbala también en solo_mayusculas"
            row.error(f"«{form}» ({key}) es palabra común y marcaría casi todo", cure, key=key, value=form)
        else:
            kept.append(form)
    return tuple(kept)


def parse_entities(text: str, path: str) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Read ``entidades.toml``.

    Returns:
        The entities of this file alone, to lay over the default ones (an entity of the same id replaces), and every
        fault. What is faulty is left out and the rest stays.
    """
    cure = "ponga otro id a una de las dos entidades, o una las dos en una"
    entities, rows, problems = _by_id(text, path, "entidades", _ENTITY_KEYS, _entity, cure)
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
    identifier = _identified(row, "entidad", name)
    forms, capitals = (row.texts(key, '["IEEM"]') for key in ("formas", "solo_mayusculas"))
    state = row.text("estado", "sonora")
    if name is not None and not form_key(name):
        row.error("el nombre no tiene ninguna palabra", 'escriba el nombre completo: nombre = "…"', key="nombre")
    if sort is not None and sort not in _SORTS:
        row.error(f"el tipo «{sort}» no se conoce", f"escriba uno de estos: {', '.join(_SORTS)}", key="tipo")
    listed = {form_key(form) for form in (name or "", *forms)}
    for form in forms:
        if not form_key(form):
            row.error(f"«{form}» no tiene letras ni cifras", "quítela de formas", key="formas", value=form)
    for form in capitals:
        if form_key(form) not in listed:
            fault = f"«{form}» está en solo_mayusculas y no en formas"
            row.error(fault, "escríbala también en formas", key="solo_mayusculas", value=form)
    if identifier is None or name is None or not form_key(name) or sort not in _SORTS:
        return None
    return Entity(identifier, name, str(sort), tuple(form for form in forms if form_key(form)), capitals, state)


def _identified(row: CheckedTable, kind: str, name: str | None) -> str | None:
    """The id of an element, which its messages are called by from now on; None, with a fault, where it has none.

    Args:
        kind: What it is (``tema``).
        name: What it names: it stands in messages where the id is missing, and suggests one.
    """
    given = row.text("id", slug(name or "") or "nombre-corto", required=True)
    row.label = f"{kind} «{given or name}»" if given or name else row.label
    if given is None or _ID.fullmatch(given):
        return given
    fault = "el id no es solo minúsculas sin acento, cifras y guiones"
    row.error(fault, f'escriba id = "{slug(given)}"', key="id")
    return None


def _by_id(
    text: str, path: str, name: str, keys: Sequence[str], read: Callable[[CheckedTable], Named | None], cure: str
) -> tuple[dict[str, Named], dict[str, CheckedTable], list[Problem]]:
    """What the ``[[tables]]`` of a file hold, and the table of each, by id; of two with one id the first counts.

    Args:
        text: The file; a byte order mark is accepted.
        read: It makes of a table what it holds; None where that cannot be used.
        cure: What to do with a repeated id.
    """
    found: dict[str, Named] = {}
    rows: dict[str, CheckedTable] = {}
    text = text.removeprefix("\ufeff")
    try:
        table = CheckedTable(path, parse_toml(text), ("version", name), text=text)
    except TomlFault as error:
        return found, rows, [error.problem(path)]
    for row in table.tables(name, keys):
        one = read(row)
        if one is not None and one.id in found:
            row.error("el id está repetido", cure, key="id")
        elif one is not None:
            found[one.id], rows[one.id] = one, row
    return found, rows, table.problems
