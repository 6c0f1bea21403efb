"""People: who speaks and who took part, how much each said, and with which posts."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from indexer.index.orders import CHRONOLOGICAL
from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE
from indexer.index.results import Hit, Tally
from indexer.language.collation import alphabetical
from indexer.language.spanish import fold, slug
from indexer.model import PageId
from indexer.model.passage import Passage
from search_app.asking.listing import PER_PAGE, ListAsked, Part, names_of, sought
from search_app.registers.participants import Listed, Post, participants, post_listed
from search_app.registers.tallies import Pairs, TallyRow, key_phrases, mesa_row, tally_row, topics, transcripts_query
from search_app.shown.addresses import (
    entity_address,
    fictitious_too,
    fragment_address,
    page_address,
    person_address,
    search_address,
)
from search_app.shown.collection import Collection, mesa_title, once_per_edition
from search_app.shown.page_parts import Link, NotFound

MOST_PLACES = 20
"""Mesas, and lists of participants, that are told for a post."""
MOST_READ = 2_000
"""Fragments of one person that are read for the posts printed with them."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list; ``key`` ends their address, ``post`` is the first one printed."""

    key: str
    name: str
    url: str
    post: str | None
    tally: Tally
    mesas: int
    fictitious: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everybody who is named.

    Attributes:
        people: The part of the list that is shown.
        roles: Speakers of whom only a role is printed; those who say most.
        unnamed: Fragments of transcripts that name nobody; None where there are none.
    """

    people: Part[PersonLine]
    roles: tuple[TallyRow, ...]
    unnamed: TallyRow | None
    coverage: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person, or one role that is printed in place of a name.

    Attributes:
        names: Spellings with this address; the first is the heading.
        identified: False for a role: more than one person may stand behind it.
        all: What was said in all.
        mesas: Where they speak, then where they took part and nothing is transcribed.
        more_posts: Lists of participants that are not told.
        named: The search for the name in the texts.
        rest: Topics that are not listed.
        phrases: The searches for the key phrases, where few fragments bear a topic.
    """

    names: tuple[str, ...]
    identified: bool
    only_fictitious: bool
    all: TallyRow
    posts: tuple[Post, ...]
    more_posts: int
    mesas: Part[TallyRow]
    topics: tuple[TallyRow, ...]
    rest: int
    phrases: tuple[Link, ...]
    entities: tuple[Link, ...]
    named: str
    coverage: str


@dataclass(slots=True)
class Somebody:
    """All that has one address.

    Attributes:
        names: Spellings that differ by more than accents are apart in a search; the most frequent is first.
        spoken: What each said, by name.
        pages: Mesas where they speak or are listed.
        silent: Those of them of which there is no transcript, in the order of the sessions.
    """

    names: list[str] = field(default_factory=list)
    spoken: dict[str, Tally] = field(default_factory=dict)
    pages: set[PageId] = field(default_factory=set)
    silent: dict[PageId, None] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """All that they said."""
        every = self.spoken.values()
        first = next((tally.first for tally in every if tally.first), None)
        return Tally(
            fragments=sum(tally.fragments for tally in every),
            words=sum(tally.words for tally in every),
            turns=sum(tally.turns for tally in every),
            first=first,
            inferred=sum(tally.inferred for tally in every),
        )

    def only_fictitious(self, collection: Collection) -> bool:
        """Whether no real event knows of them."""
        return all(collection.events[page.event].fictitious for page in self.pages)

    def first(self, index: SearchIndex) -> Passage | None:
        """The first fragment that is theirs."""
        first = self.tally.first
        return index.passage(*first) if first else None


@once_per_edition
def everybody(index: SearchIndex, collection: Collection, *, fictitious: bool) -> dict[str, Somebody]:
    """Who speaks or is listed, by the last part of their address."""
    counted = index.counted(transcripts_query(fictitious), "persona", "mesa")
    found: dict[str, Somebody] = defaultdict(Somebody)
    for value in sorted(counted.values, key=lambda value: -value.tally.fragments):
        if value.value is not None:
            somebody = found[_key(value.value)]
            somebody.names.append(value.value)
            somebody.spoken[value.value] = value.tally
    for name, mesa in counted.pairs:
        if name is not None and mesa is not None:
            found[_key(name)].pages.add(PageId.parse(mesa))
    for listed in participants(collection, fictitious=fictitious):
        somebody = found[_key(listed.participant.name)]
        somebody.listed.append(listed)
        somebody.pages.add(listed.session.page)
        if not collection.has_transcript(listed.session.page):
            somebody.silent[listed.session.page] = None
        if fold(listed.participant.name) not in map(fold, somebody.names):
            somebody.names.append(listed.participant.name)
    return dict(found)


@once_per_edition
def _lists(
    index: SearchIndex, collection: Collection, *, fictitious: bool
) -> tuple[list[PersonLine], list[str], list[TallyRow], TallyRow | None]:
    """Everybody who is named, their names folded, the roles printed in place of names, how much names nobody."""
    named: list[PersonLine] = []
    roles: list[TallyRow] = []
    for key, somebody in everybody(index, collection, fictitious=fictitious).items():
        passage = somebody.first(index)
        if passage is not None and not passage.identified and not somebody.listed:
            where = (*(("persona", name) for name in somebody.spoken), *fictitious_too(fictitious))
            roles.append(tally_row(somebody.names[0], person_address(key, fictitious), somebody.tally, where))
        else:
            named.append(_line(key, somebody, passage, collection, fictitious))
    named.sort(key=lambda line: (alphabetical(line.name), line.url))
    roles.sort(key=lambda role: (-role.words, alphabetical(role.label)))
    return named, [sought(f"{line.name} {line.post or ''}") for line in named], roles, _unnamed(index, fictitious)


def people_page(index: SearchIndex, collection: Collection, asked: ListAsked) -> PeoplePage:
    """Lay out a part of the list of people, with the roles and what names nobody."""
    named, names, roles, unnamed = _lists(index, collection, fictitious=asked.fictitious)
    return PeoplePage(
        people=asked.part(len(named), named.__getitem__, ("persona", "personas"), lambda: names),
        roles=tuple(roles[:PER_PAGE]),
        unnamed=unnamed,
        coverage=collection.coverage_of_all(fictitious=asked.fictitious),
        fictitious=asked.fictitious,
    )


def person_page(key: str, index: SearchIndex, collection: Collection, asked: ListAsked) -> PersonPage:
    """One person.

    Raises:
        NotFound: Nobody of this name speaks or is listed; of a fictitious event alone, where those are not asked for.
    """
    fictitious = asked.fictitious
    somebody = everybody(index, collection, fictitious=fictitious).get(key)
    if somebody is None:
        raise NotFound
    names = tuple(somebody.names)
    query = transcripts_query(fictitious, persona=names)
    by_mesa, by_topic = index.counted(query, "mesa"), index.counted(query, "tema")
    where: Pairs = (*(("persona", name) for name in somebody.spoken or names), *fictitious_too(fictitious))
    printed, identified, homes = _printed(index, collection, key=key, fictitious=fictitious)
    said, silent = by_mesa.values, list(somebody.silent)

    def mesa(place: int) -> TallyRow:
        if place < len(said):
            return mesa_row(said.row(place), where, collection)
        page = silent[place - len(said)]
        note = "sin transcripción: no consta lo que dijo"
        return TallyRow(mesa_title(page, collection), page_address(page), None, note=note)

    listed_topics, rest = topics(by_topic.values, where, collection)
    return PersonPage(
        names=names,
        identified=identified or bool(somebody.listed),
        only_fictitious=somebody.only_fictitious(collection),
        all=tally_row("En todas", None, by_mesa.total, where),
        posts=(*printed, *(post_listed(listed, collection) for listed in somebody.listed[:MOST_PLACES])),
        more_posts=len(somebody.listed[MOST_PLACES:]),
        mesas=asked.part(
            len(said) + len(silent),
            mesa,
            ("mesa", "mesas"),
            lambda: names_of("mesa", [*said.values, *map(str, silent)], index, collection),
        ),
        topics=listed_topics,
        rest=rest,
        phrases=key_phrases(index, collection, facet="persona", values=names, fictitious=fictitious),
        entities=tuple(
            Link(collection.entities[home], entity_address(home, fictitious))
            for home in homes
            if home in collection.entities
        ),
        named=search_address(("q", f'"{names[0]}"'), *fictitious_too(fictitious)),
        coverage=collection.coverage_of_all(fictitious=fictitious),
    )


def _key(name: str) -> str:
    return slug(name) or "sin-letras"


def _line(
    key: str, somebody: Somebody, passage: Passage | None, collection: Collection, fictitious: bool
) -> PersonLine:
    listed = next((one.participant.post for one in somebody.listed if one.participant.post), None)
    return PersonLine(
        key=key,
        name=somebody.names[0],
        url=person_address(key, fictitious),
        post=(passage.post if passage else None) or listed,
        tally=somebody.tally,
        mesas=len(somebody.pages),
        fictitious=somebody.only_fictitious(collection),
    )


def _unnamed(index: SearchIndex, fictitious: bool) -> TallyRow | None:
    tally = index.counted(transcripts_query(fictitious, persona=(NO_VALUE,)), "tipo").total
    where = (("persona", NO_VALUE), ("tipo", "transcripcion"), *fictitious_too(fictitious))
    return tally_row("Sin nombre", None, tally, where) if tally.fragments else None


@once_per_edition
def _printed(
    index: SearchIndex, collection: Collection, *, key: str, fictitious: bool
) -> tuple[tuple[Post, ...], bool, tuple[str, ...]]:
    """Posts as printed in transcripts, each where it first stands; whether anything is a name; entities."""
    somebody = everybody(index, collection, fictitious=fictitious)[key]
    if not somebody.spoken:
        return (), False, ()
    query = transcripts_query(fictitious, persona=tuple(somebody.spoken))
    found = index.search(replace(query, order=CHRONOLOGICAL, limit=MOST_READ, facets=()))
    posts: dict[str, dict[PageId, Hit]] = {}
    for hit in found.hits:
        if hit.passage.post:
            posts.setdefault(fold(hit.passage.post), {}).setdefault(hit.page, hit)
    printed = tuple(_post(list(where.values()), collection) for where in posts.values())
    homes = dict.fromkeys(hit.passage.entity for hit in found.hits if hit.passage.entity)
    return printed, any(hit.passage.identified for hit in found.hits), tuple(homes)


def _post(firsts: list[Hit], collection: Collection) -> Post:
    """A post with the first fragment of each mesa that prints it."""
    places = tuple(
        (
            Link(mesa_title(hit.page, collection), page_address(hit.page)),
            Link(f"fragmento {hit.passage.number}", fragment_address(hit.page, hit.passage.number)),
        )
        for hit in firsts[:MOST_PLACES]
    )
    fictitious = all(hit.event.fictitious for hit in firsts)
    inferred = all(hit.passage.inferred for hit in firsts)
    more = len(firsts[MOST_PLACES:])
    return Post(firsts[0].passage.post, False, places, (), fictitious, inferred, more)
