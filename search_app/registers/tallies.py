"""Counts of a person or an entity by session and by topic, and key phrases, each with the search for its fragments."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.index.company import PHRASE, ContrastAsked
from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.index.results import CountedValue, Tally
from indexer.language.spanish import tokens
from indexer.model import Kind, PageId
from search_app.shown.addresses import fictitious_too, page_address, search_address, topic_address
from search_app.shown.collection import Collection, mesa_title, once_per_edition, topic_name
from search_app.shown.page_parts import Link, counted_link

MOST_TOPICS = 20
"""Topics that a page lists."""
LEAST_SAID, MOST_PHRASES = 4, 10
"""How often a key phrase must be said, and how many a page lists."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How much was said of something, or by someone.

    Attributes:
        label, url: What it is called, and its own page where it has one.
        found: Its fragments: their number as text, the search that lists them; None where there is no transcript.
        turns, words: Of those fragments; in ``inferred`` of the turns who speaks is inferred.
        note: What to know of it, or None.
    """

    label: str
    url: str | None
    found: Link | None
    turns: int = 0
    words: int = 0
    note: str | None = None
    inferred: int = 0


def transcripts_query(fictitious: bool, **filters: tuple[str, ...]) -> Query:
    """The fragments of transcripts that filters leave."""
    wanted = Filters({"tipo": (Kind.TRANSCRIPT.value,), **filters})
    return Query(filters=wanted, correct=False, with_fictitious=fictitious)


def tally_row(label: str, url: str | None, tally: Tally | None, where: Pairs) -> TallyRow:
    """One row; nothing is linked where nothing was found."""
    if tally is None:
        return TallyRow(label, url, None)
    return TallyRow(
        label, url, counted_link(tally.fragments, *where), tally.turns, tally.words, inferred=tally.inferred
    )


def mesa_row(value: CountedValue, where: Pairs, collection: Collection) -> TallyRow:
    """A mesa; the announcement, which is of none."""
    if value.value is None:
        return tally_row("Anuncio", None, value.tally, (*where, ("mesa", NO_VALUE)))
    page = PageId.parse(value.value)
    return tally_row(mesa_title(page, collection), page_address(page), value.tally, (*where, ("mesa", value.value)))


def topics(values: Iterable[CountedValue], where: Pairs, collection: Collection) -> tuple[tuple[TallyRow, ...], int]:
    """The most frequent topics, and how many others there are."""
    known = [(value.value, value.tally) for value in values if value.value in collection.topics]
    known.sort(key=lambda row: -row[1].fragments)  # of equals, the first by name, as they are counted
    rows = [
        tally_row(topic_name(collection.topics[name]), topic_address(name), tally, (*where, ("tema", name)))
        for name, tally in known[:MOST_TOPICS]
        if name is not None
    ]
    return tuple(rows), max(0, len(known) - MOST_TOPICS)


@once_per_edition
def key_phrases(
    index: SearchIndex, collection: Collection, *, facet: str, values: tuple[str, ...], fictitious: bool = False
) -> tuple[Link, ...]:
    """The searches for the key phrases of what a filter leaves; none where half of its fragments bear a topic."""
    query = transcripts_query(fictitious, **{facet: values})
    topics = index.counted(query, "tema")
    if 2 * sum(value.tally.fragments for value in topics.values if value.value is None) <= topics.total.fragments:
        return ()
    found = index.contrast(query, ContrastAsked(PHRASE, least=LEAST_SAID, limit=MOST_PHRASES))
    phrases = [" ".join(token.text for token in tokens(row.word)) for row in found.rows]
    where = (*((facet, value) for value in values), *fictitious_too(fictitious))
    return tuple(Link(phrase, search_address(("q", f'"{phrase}"'), *where)) for phrase in phrases)
