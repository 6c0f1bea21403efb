"""Entities (states, institutions): what their people said, and where texts mention them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.index.results import Counted, CountedValue, CountedValues, Tally
from indexer.language.collation import alphabetical
from indexer.language.entities import Entities
from indexer.language.spanish import slug
from indexer.model.vocabulary import Entity
from search_app.registers.participants import Listed, Post, participants, post_listed
from search_app.registers.tallies import Pairs, TallyRow, mesas, tally_row, topics, transcripts_query
from search_app.shown.addresses import entity_address, fictitious_too, person_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.page_parts import Link, NotFound, counted_link

SORTS = {
    "estado": "Entidades federativas",
    "ople": "Organismos públicos locales electorales",
    "autoridad": "Autoridades electorales",
    "institucion": "Otras instituciones",
}
ONE = {
    "estado": "Entidad federativa",
    "ople": "Organismo público local electoral",
    "autoridad": "Autoridad electoral",
    "institucion": "Institución",
}


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in a list: what its people said, and where it is named."""

    name: str
    url: str
    spoken: TallyRow | None
    mentioned: Link | None
    participants: int


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """Entities of one sort."""

    label: str
    lines: tuple[EntityLine, ...]


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """Every entity that anything is known of; ``silent`` counts the others."""

    groups: tuple[EntityGroup, ...]
    silent: int
    without: TallyRow | None
    coverage: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity.

    Attributes:
        sort: What it is, in words.
        home: Where its speakers are counted, when that is another entity.
        part: Entities whose speakers are counted here.
        all: What its people said; ``people``, ``mesas``, ``topics`` are of it.
        participants: Of the lists of participants.
        mentioned: Where it is named, by mesa; ``mentions`` is all of it.
    """

    entity: Entity
    sort: str
    home: Link | None
    part: tuple[Link, ...]
    all: TallyRow
    people: tuple[TallyRow, ...]
    participants: tuple[tuple[Link, Post], ...]
    mesas: tuple[TallyRow, ...]
    topics: tuple[TallyRow, ...]
    rest: int
    mentions: TallyRow
    mentioned: tuple[TallyRow, ...]
    coverage: str


@once_per_edition
def entities_page(index: SearchIndex, collection: Collection, *, fictitious: bool) -> EntitiesPage:
    """Every entity that anything is known of, by its sort."""
    more = fictitious_too(fictitious)
    spoken = {value.value: value.tally for value in index.counted(transcripts_query(fictitious), "entidad").values}
    named = {value.value: value.tally for value in index.counted(_named(fictitious), "menciona").values}
    listed = Counter(_home(one, collection) for one in participants(collection, fictitious=fictitious))
    lines: dict[str, list[EntityLine]] = {sort: [] for sort in SORTS}
    every = collection.catalogue.entities
    for entity in every:
        if entity.id in spoken or entity.id in named or listed[entity.id]:
            url = entity_address(entity.id, fictitious)
            tally = spoken.get(entity.id)
            line = EntityLine(
                name=entity.name,
                url=url,
                spoken=tally_row(entity.name, url, tally, (("entidad", entity.id), *more)) if tally else None,
                mentioned=counted_link(named[entity.id].fragments, ("menciona", entity.id), *more)
                if entity.id in named
                else None,
                participants=listed[entity.id],
            )
            lines.setdefault(entity.sort, []).append(line)
    groups = [
        EntityGroup(SORTS.get(sort, sort), tuple(sorted(found, key=lambda line: alphabetical(line.name))))
        for sort, found in lines.items()
        if found
    ]
    where = (("entidad", NO_VALUE), ("tipo", "transcripcion"), *more)
    return EntitiesPage(
        groups=tuple(groups),
        silent=len(every) - sum(len(group.lines) for group in groups),
        without=tally_row("Sin entidad", None, spoken[None], where) if None in spoken else None,
        coverage=collection.coverage_of_all(fictitious=fictitious),
        fictitious=fictitious,
    )


def entity_page(name: str, index: SearchIndex, collection: Collection, *, fictitious: bool) -> EntityPage:
    """One entity.

    Raises:
        NotFound: There is no such entity.
    """
    known = _known(collection.catalogue.entities)
    entity = known.entity(name)
    if entity is None:
        raise NotFound
    home = known.home(entity.id)
    query = transcripts_query(fictitious, entidad=(entity.id,))

    def counted(facet: str) -> Counted:
        """What its people said; that of a local body's is its state's."""
        return index.counted(query, facet) if home == entity.id else Counted(Tally(0, 0, 0), CountedValues())

    more = fictitious_too(fictitious)
    where: Pairs = (("entidad", entity.id), *more)
    by_mesa, by_topic = counted("mesa"), counted("tema")
    mentions = index.counted(_named(fictitious, entity.id), "mesa")
    named: Pairs = (("menciona", entity.id), *more)
    listed_topics, rest = topics(by_topic.values, where, collection)
    there = _by_home(index, collection, fictitious=fictitious).get(entity.id, ())
    return EntityPage(
        entity=entity,
        sort=ONE.get(entity.sort, entity.sort),
        home=None if home == entity.id else Link(known.label(home), entity_address(home, fictitious)),
        part=tuple(_link(other, fictitious) for other in known.all if other.state == entity.id),
        all=tally_row("En todas", None, by_mesa.total, where),
        people=tuple(_person(value, where, fictitious) for value in counted("persona").values),
        participants=tuple(
            (
                Link(one.participant.name, person_address(slug(one.participant.name), fictitious)),
                post_listed(one, collection),
            )
            for one in there
        ),
        mesas=mesas(by_mesa.values, where, collection),
        topics=listed_topics,
        rest=rest,
        mentions=tally_row("En todas", None, mentions.total, named),
        mentioned=mesas(mentions.values, named, collection),
        coverage=collection.coverage_of_all(fictitious=fictitious),
    )


def _named(fictitious: bool, *entities: str) -> Query:
    """The fragments of any text that name an entity."""
    return Query(filters=Filters({"menciona": entities} if entities else {}), correct=False, with_fictitious=fictitious)


@lru_cache(maxsize=2)
def _known(entities: tuple[Entity, ...]) -> Entities:
    return Entities(entities)


@once_per_edition
def _by_home(index: SearchIndex, collection: Collection, *, fictitious: bool) -> dict[str | None, list[Listed]]:
    """The participants of every list, by the entity that they belong to."""
    found: dict[str | None, list[Listed]] = {}
    for one in participants(collection, fictitious=fictitious):
        found.setdefault(_home(one, collection), []).append(one)
    return found


def _home(listed: Listed, collection: Collection) -> str | None:
    """The entity that a participant belongs to, as it is found for speakers."""
    one = listed.participant
    return _known(collection.catalogue.entities).of_post(one.post, one.institution, one.entity)


def _link(entity: Entity, fictitious: bool) -> Link:
    return Link(entity.name, entity_address(entity.id, fictitious))


def _person(value: CountedValue, where: Pairs, fictitious: bool) -> TallyRow:
    pair = ("persona", NO_VALUE if value.value is None else value.value)
    url = None if value.value is None else person_address(slug(value.value), fictitious)
    return tally_row(value.value or "Sin nombre", url, value.tally, (*where, pair))
