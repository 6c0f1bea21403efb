"""States, local electoral bodies and institutions: how a person names them, and which one a speaker belongs to."""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path

from indexer.language.spanish import Token, slug, tokens
from indexer.language.vocabulary import ConceptSpan, Vocabulary
from indexer.model.vocabulary import MENTIONED, PERSON, PLACE, UNCONFIRMED, Entity, Topic
from indexer.word_lists import beside


@cache
def default_entities() -> tuple[Entity, ...]:
    """The entities that come with the program, from ``entidades.toml`` beside this module."""
    rows = beside(__file__, "entidades.toml")
    return tuple(
        Entity(
            *(row["id"], row["nombre"], row["tipo"]),
            forms=tuple(row.get("formas", ())),
            capitals_only=tuple(row.get("solo_mayusculas", ())),
            state=row.get("estado"),
        )
        for row in rows["entidades"]
    )


@cache
def places() -> tuple[Entity, ...]:
    """The places that come with the program, from ``paises.tsv`` and ``municipios.tsv``; nobody speaks for one."""
    found: dict[str, Entity] = {}
    for table in ("paises", "municipios"):
        for line in Path(__file__).with_name(f"{table}.tsv").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, _, forms, common, *_ = (*line.split("\t"), "", "", "")
                usual = tuple(form for form in forms.split("; ") if form)
                found.setdefault(slug(name), Entity(slug(name), name, PLACE, usual, common=bool(common)))
    return tuple(found.values())


class Entities:
    """Entities found by id, name or any form. Of two with one id the last counts.

    Never changes once made: safe to share between threads.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_id = {entity.id: entity for entity in entities}
        self.all: tuple[Entity, ...] = tuple(self._by_id.values())
        self._only_mentioned = frozenset(entity.id for entity in self.all if entity.sort in MENTIONED)

    @cached_property
    def _matcher(self) -> Vocabulary:
        """That of the topics finds names in a post just as well; made when a name is looked for first."""
        return Vocabulary(
            Topic(entity.id, entity.name, equivalents=entity.forms, capitals_only=entity.capitals_only)
            for entity in self.all
            if entity.sort not in (PERSON, UNCONFIRMED)  # a page knows its people better
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
        short = slug(value)
        found = self._matcher.resolve(value) or self._matcher.resolve(short.replace("-", " "))
        return found or next((name for name in (short, f"{short}-{PERSON}") if name in self._by_id), None)

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
            if found is None or found in self._only_mentioned:
                spans = self._matcher.longest(tokens(text), self._only_mentioned)
                found = spans[0].topic if spans else None
            if found is not None:
                return self.home(found)
        return None

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all that finding them depends on."""
        return self._matcher.fingerprint
