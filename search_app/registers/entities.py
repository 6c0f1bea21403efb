"""Entities (states, institutions): what their people said, and where texts mention them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.index.results import Counted, CountedValue, CountedValues, Tally
from indexer.language.collation import alphabetical
from indexer.language.entities import Entities
from indexer.language.spanish import slug
from indexer.model.vocabulary import PERSON, PLACE, UNCONFIRMED, Entity
from search_app.asking.listing import ListAsked, Part, names_of, sought
from search_app.registers.participants import Listed, Post, participants, post_listed
from search_app.registers.tallies import Pairs, TallyRow, mesa_row, tally_row, topics, transcripts_query
from search_app.shown.addresses import entity_address, fictitious_too, person_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.page_parts import Link, NotFound, counted_link

LISTS = ("personas", "participantes", "mesas", "nombrada")
"""The lists on the page of an entity, any of which may be asked for alone (``lista``)."""
SORTS = {
    "estado": ("Entidad federativa", "Entidades federativas"),
    "ople": ("Organismo público local electoral", "Organismos públicos locales electorales"),
    "autoridad": ("Autoridad electoral", "Autoridades electorales"),
    "institucion": ("Institución", "Otras instituciones"),
    PLACE: ("Lugar", "Lugares que se mencionan"),
    PERSON: ("Persona que se menciona", "Personas que se mencionan"),
    UNCONFIRMED: ("Nombre que se menciona, sin confirmar", "Nombres que se mencionan, sin confirmar"),
}
"""What one entity of a sort is called, and several."""


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in a list: what its people said, and where it is named."""

    name: str
    url: str
    spoken: Link | None
    mentioned: Link | None
    participants: int


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """Every entity that anything is known of; ``silent`` counts the others.

    Attributes:
        groups: Those of ``part``, the part of the list that is shown, under the name of their sort.
    """

    groups: tuple[tuple[str, tuple[EntityLine, ...]], ...]
    part: Part[tuple[str, EntityLine]]
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
        everything: The address of the whole page, where one list is asked for alone; else None.
    """

    entity: Entity
    sort: str
    home: Link | None
    part: tuple[Link, ...]
    all: TallyRow
    people: Part[TallyRow]
    participants: Part[tuple[Link, Post]]
    mesas: Part[TallyRow]
    topics: tuple[TallyRow, ...]
    rest: int
    mentions: TallyRow
    mentioned: Part[TallyRow]
    everything: str | None
    coverage: str


@once_per_edition
def entity_lines(
    index: SearchIndex, collection: Collection, *, fictitious: bool
) -> tuple[list[tuple[str, EntityLine]], TallyRow | None]:
    """Every entity that anything is known of with its sort, in the order of the page; what is of no entity."""
    more = fictitious_too(fictitious)
    spoken = {value.value: value.tally for value in index.counted(transcripts_query(fictitious), "entidad").values}
    named = {value.value: value.tally for value in index.counted(_named(fictitious), "menciona").values}

    def link(tallies: dict[str | None, Tally], facet: str, name: str) -> Link | None:
        return counted_link(tallies[name].fragments, (facet, name), *more) if name in tallies else None

    listed = Counter(_home(one, collection) for one in participants(collection, fictitious=fictitious))
    lines: dict[str, list[EntityLine]] = {sort: [] for sort in SORTS}
    for entity in collection.catalogue.entities:
        if entity.id in spoken or entity.id in named or listed[entity.id]:
            line = EntityLine(
                name=entity.name,
                url=entity_address(entity.id, fictitious),
                spoken=link(spoken, "entidad", entity.id),
                mentioned=link(named, "menciona", entity.id),
                participants=listed[entity.id],
            )
            lines.setdefault(entity.sort, []).append(line)
    ordered = [
        (sort, line) for sort, found in lines.items() for line in sorted(found, key=lambda one: alphabetical(one.name))
    ]
    where = (("entidad", NO_VALUE), ("tipo", "transcripcion"), *more)
    return ordered, tally_row("Sin entidad", None, spoken[None], where) if None in spoken else None


def entities_page(index: SearchIndex, collection: Collection, asked: ListAsked) -> EntitiesPage:
    """Lay out a part of the list of entities, by their sort."""
    lines, without = entity_lines(index, collection, fictitious=asked.fictitious)
    part = asked.part(
        len(lines), lines.__getitem__, ("entidad", "entidades"), lambda: [sought(line.name) for _, line in lines]
    )
    return EntitiesPage(
        groups=tuple(
            (SORTS.get(sort, (sort, sort))[1], tuple(line for _, line in found))
            for sort, found in groupby(part.rows, key=lambda row: row[0])
        ),
        part=part,
        silent=len(collection.catalogue.entities) - len(lines),
        without=without,
        coverage=collection.coverage_of_all(fictitious=asked.fictitious),
        fictitious=asked.fictitious,
    )


def entity_page(name: str, index: SearchIndex, collection: Collection, asked: ListAsked) -> EntityPage:
    """One entity.

    Raises:
        NotFound: There is no such entity.
    """
    fictitious = asked.fictitious
    known = _known(collection.catalogue.entities)
    entity = known.entity(name)
    if entity is None:
        raise NotFound
    home = known.home(entity.id)
    query = transcripts_query(fictitious, entidad=(entity.id,))

    def counted(which: Query, facet: str, of: str = "") -> Counted:
        """Nothing where another list is asked for alone, or where its people are counted in its state."""
        counts = asked.only in ("", of) and (home == entity.id or which is not query)
        return index.counted(which, facet) if counts else Counted(Tally(0, 0, 0), CountedValues())

    more = fictitious_too(fictitious)
    where: Pairs = (("entidad", entity.id), *more)
    named: Pairs = (("menciona", entity.id), *more)
    by_mesa, mentions = counted(query, "mesa", asked.only), counted(_named(fictitious, entity.id), "mesa", "nombrada")
    listed_topics, rest = topics(counted(query, "tema").values, where, collection)
    there = _by_home(index, collection, fictitious=fictitious).get(entity.id, [])

    def participant(place: int) -> tuple[Link, Post]:
        listed, _ = there[place]
        name = listed.participant.name
        return Link(name, person_address(slug(name), fictitious)), post_listed(listed, collection)

    def part(of: str, facet: str, values: CountedValues, row: Callable[[CountedValue], TallyRow]) -> Part[TallyRow]:
        called = ("mesa", "mesas") if facet == "mesa" else ("persona", "personas")
        names = partial(names_of, facet, values.values, index, collection)
        return asked.part(len(values), lambda place: row(values.row(place)), called, names, of=of)

    people = counted(query, "persona", "personas").values
    return EntityPage(
        entity=entity,
        sort=SORTS.get(entity.sort, (entity.sort,))[0],
        home=None if home == entity.id else Link(known.label(home), entity_address(home, fictitious)),
        part=tuple(
            Link(other.name, entity_address(other.id, fictitious)) for other in known.all if other.state == entity.id
        ),
        all=tally_row("En todas", None, by_mesa.total, where),
        people=part("personas", "persona", people, lambda value: _person(value, where, fictitious)),
        participants=asked.part(
            len(there), participant, ("participación", "participaciones"), lambda: [name for _, name in there],
            of="participantes",
        ),
        mesas=part("mesas", "mesa", by_mesa.values, lambda value: mesa_row(value, where, collection)),
        topics=listed_topics,
        rest=rest,
        mentions=tally_row("En todas", None, mentions.total, named),
        mentioned=part("nombrada", "mesa", mentions.values, lambda value: mesa_row(value, named, collection)),
        everything=entity_address(entity.id, fictitious) if asked.only else None,
        coverage=collection.coverage_of_all(fictitious=fictitious),
    )  # fmt: skip


def _named(fictitious: bool, *entities: str) -> Query:
    """The fragments of any text that name an entity."""
    return Query(filters=Filters({"menciona": entities} if entities else {}), correct=False, with_fictitious=fictitious)


@lru_cache(maxsize=2)
def _known(entities: tuple[Entity, ...]) -> Entities:
    return Entities(entities)


@once_per_edition
def _by_home(
    index: SearchIndex, collection: Collection, *, fictitious: bool
) -> dict[str | None, list[tuple[Listed, str]]]:
    """The participants of every list with their folded names, by the entity that they belong to."""
    found: dict[str | None, list[tuple[Listed, str]]] = {}
    for one in participants(collection, fictitious=fictitious):
        found.setdefault(_home(one, collection), []).append((one, sought(one.participant.name)))
    return found


def _home(listed: Listed, collection: Collection) -> str | None:
    """The entity that a participant belongs to, as it is found for speakers."""
    one = listed.participant
    return _known(collection.catalogue.entities).of_post(one.post, one.institution, one.entity)


def _person(value: CountedValue, where: Pairs, fictitious: bool) -> TallyRow:
    pair = ("persona", NO_VALUE if value.value is None else value.value)
    url = None if value.value is None else person_address(slug(value.value), fictitious)
    return tally_row(value.value or "Sin nombre", url, value.tally, (*where, pair))
