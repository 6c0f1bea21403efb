"""``sitemap.xml``: every page worth finding, without fictitious ones."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from indexer.model.vocabulary import UNCONFIRMED
from search_app.registers.entities import entity_lines
from search_app.registers.people import everybody
from search_app.shown.addresses import address, page_address, person_address, topic_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.page_parts import NotFound
from search_app.shown.serializing import document, put

MOST = 2_000
"""Addresses of one sitemap. The protocol allows 50,000; with fewer, no answer grows with the collection."""
SITES = (
    "/",
    "/temas/",
    "/personas/",
    "/entidades/",
    "/en-contexto",
    "/compania",
    "/claves",
    "/comparar",
    "/cotejar",
    "/ayuda",
)
"""Pages that are always there."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@once_per_edition
def addresses(index: SearchIndex, collection: Collection) -> list[str]:
    """Every page that is no search: events, their sessions, people, entities, topics that somebody speaks of.

    Fragments are not: the page of their session holds every one of them. Nor is a name that nobody confirmed.
    """
    found = list(map(address, SITES))
    for event in collection.events.values():
        if not event.fictitious:
            found.append(page_address(PageId(event.slug)))
            found += (page_address(s.page) for s in collection.by_event.get(event.slug, ()))
    found += map(person_address, everybody(index, collection, fictitious=False))
    entities, _ = entity_lines(index, collection, fictitious=False)
    found += (line.url for sort, line in entities if sort != UNCONFIRMED)
    counts = collection.overview.topic_counts
    return found + [topic_address(topic) for topic in collection.topics if counts.get(topic)]


def sitemap(paths: Sequence[str], base: str, part: int | None = None, most: int = MOST) -> bytes:
    """A sitemap of these addresses; of more than ``most``, the index of its parts, or the ``part`` asked for (from 1).

    Raises:
        NotFound: There is no such part.
    """
    parts = max(1, -(-len(paths) // most))
    if part is not None and not 1 <= part <= parts:
        raise NotFound
    if part is None and parts > 1:
        root, tag = Element("sitemapindex", {"xmlns": _NAMESPACE}), "sitemap"
        paths = [address("/sitemap.xml", ("parte", str(number))) for number in range(1, parts + 1)]
    else:
        root, tag = Element("urlset", {"xmlns": _NAMESPACE}), "url"
        start = ((part or 1) - 1) * most
        paths = paths[start : start + most]
    for path in paths:
        put(put(root, tag), "loc", base + path)
    return document(root)
