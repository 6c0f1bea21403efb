"""States, local electoral bodies and institutions: how a person names them, and which one a speaker belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from indexer.errors import Problem
from indexer.language.spanish import Token, slug, tokens
from indexer.language.staff_tables import Row, StaffTables
from indexer.language.vocabulary import ConceptSpan, Vocabulary, form_key
from indexer.model.vocabulary import Entity, Topic

SORTS = ("estado", "ople", "autoridad", "institucion")
_KEYS = frozenset({"id", "nombre", "tipo", "formas", "solo_mayusculas", "estado"})
_SHIPPED = "entidades.toml"


@cache
def default_entities() -> tuple[Entity, ...]:
    """The entities that come with the program, from ``entidades.toml`` beside this module."""
    text = resources.files("indexer.language").joinpath(_SHIPPED).read_text(encoding="utf-8")
    entities, problems = _parse(text, _SHIPPED, ())
    if problems:
        raise AssertionError(f"the shipped entities are faulty: {problems[0]}")
    return entities


def parse_entities(text: str, path: str) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Read the corpus's ``entidades.toml``.

    Args:
        text: The file.
        path: As staff know it, relative to the corpus.

    Returns:
        The entities of this file alone, to lay over the default ones (an entity of the same id replaces), and every
        fault. What is faulty is left out and the rest stays.
    """
    return _parse(text, path, default_entities())


class Entities:
    """Entities found by id, name or any form. Of two with one id the last counts.

    Never changes once made: safe to share between threads.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id = {entity.id: entity for entity in entities}
        self.all: tuple[Entity, ...] = tuple(self._by_id.values())
        self._named: dict[tuple[str, ...], str] = {}
        for entity in self.all:
            for form in (entity.name, *entity.forms):
                self._named.setdefault(form_key(form), entity.id)
        # The matcher of the topics finds names in a post just as well: an entity is a topic with equivalents only.
        self._matcher = Vocabulary(
            Topic(entity.id, entity.name, equivalents=entity.forms, capitals_only=entity.capitals_only)
            for entity in self.all
        )

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of this id."""
        return self._by_id.get(entity_id)

    def label(self, entity_id: str) -> str:
        """Its name as shown; the id itself for one that is not known (any more)."""
        entity = self._by_id.get(entity_id)
        return entity_id if entity is None else entity.name

    def resolve(self, value: str) -> str | None:
        """The id of what a person typed: an id, a name, an acronym or any form, however written; None if unknown."""
        if value in self._by_id:
            return value
        if (short := slug(value)) in self._by_id:
            return short
        return self._named.get(form_key(value)) or self._named.get(form_key(short.replace("-", " ")))

    def home(self, entity_id: str) -> str:
        """Where a speaker of this entity is counted: the state of a local body, the entity itself otherwise."""
        entity = self._by_id.get(entity_id)
        return entity.state if entity is not None and entity.state is not None else entity_id

    def spans(self, words: Sequence[Token]) -> list[ConceptSpan]:
        """Every name of an entity found among the words, nested ones too; ``topic`` holds the entity's id."""
        return self._matcher.spans(words)

    def of_post(self, post: str | None, institution: str | None, entity_text: str | None) -> str | None:
        """The entity that a speaker belongs to; for a local electoral body, its state (IEEM: ``estado-de-mexico``).

        Args:
            post: The post as printed (``Consejera Electoral del IEEM``), or None.
            institution: The institution as printed, or None.
            entity_text: What a participant's ``entidad`` says, which goes before the others, or None.

        Returns:
            An id, or None when none of the three names a known entity. Where a text names several the first counts,
            by its longest name.
        """
        for text in (entity_text, institution, post):
            if text is None:
                continue
            found = self.resolve(text)
            if found is None:
                spans = self._matcher.longest(tokens(text))
                found = spans[0].topic if spans else None
            if found is not None:
                return self.home(found)
        return None

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all that finding them depends on."""
        return self._matcher.fingerprint


def _parse(text: str, path: str, known: Iterable[Entity]) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    tables = StaffTables(text, path, "entidades")
    entities, rows = tables.by_id(_entity, "ponga otro id a una de las dos entidades, o una las dos en una")
    everyone = {entity.id: entity for entity in known} | entities
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
            row.fault(fault, "corrija el id, por ejemplo sonora", key="estado")
        taken = []
        for form in (entity.name, *entity.forms):
            first = owner.setdefault(form_key(form), entity.id)
            if first != entity.id:
                cure = "déjela en una sola, o precise la forma con el estado"
                key = "nombre" if form == entity.name else "formas"
                row.fault(f"«{form}» ya nombra a «{first}»", cure, key=key, value=form)
                taken.append(form)
        entities[entity.id] = replace(
            entity,
            forms=tuple(form for form in entity.forms if form not in taken),
            state=entity.state if state is not None and state.sort == "estado" else None,
        )
    return tuple(entities.values()), tuple(tables.problems)


def _entity(row: Row) -> Entity | None:
    name, sort = row.text("nombre"), row.text("tipo")
    identifier = row.identify("una entidad", name, _KEYS)
    if name is None or not form_key(name):
        row.fault("falta «nombre»", 'escriba el nombre completo: nombre = "…"')
    if sort not in SORTS:
        fault = "falta «tipo»" if sort is None else f"el tipo «{sort}» no se conoce"
        row.fault(fault, f"escriba uno de estos: {', '.join(SORTS)}", key="tipo")
    forms, capitals, state = row.texts("formas"), row.texts("solo_mayusculas"), row.text("estado")
    listed = {form_key(form) for form in (name or "", *forms)}
    for form in forms:
        if not form_key(form):
            row.fault(f"«{form}» no tiene letras ni cifras", "quítela de formas", key="formas", value=form)
    for form in capitals:
        if form_key(form) not in listed:
            fault = f"«{form}» está en solo_mayusculas y no en formas"
            row.fault(fault, "escríbala también en formas", key="solo_mayusculas", value=form)
    if identifier is None or name is None or not form_key(name) or sort not in SORTS:
        return None
    return Entity(identifier, name, str(sort), tuple(form for form in forms if form_key(form)), capitals, state)
