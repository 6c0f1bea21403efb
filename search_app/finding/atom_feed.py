"""A search as an Atom feed (RFC 4287, paged by RFC 5005): full matches, the newest sessions first."""

import datetime as dt
from dataclasses import replace
from operator import attrgetter
from xml.etree.ElementTree import Element

from markupsafe import Markup

from indexer.index.orders import RECENT
from indexer.index.protocol import SearchIndex
from indexer.index.results import Hit
from indexer.language.inferred_names import called
from indexer.model import Kind
from search_app.asking.parameters import Asked, read
from search_app.citations.cautions import caution
from search_app.finding.page_model import Item
from search_app.finding.results_page import item
from search_app.shown.addresses import Pairs, address, paged_address, topic_address
from search_app.shown.collection import Collection, topic_name
from search_app.shown.formatting import CENTRAL_MEXICO, marked
from search_app.shown.serializing import document, put

MIMETYPE = "application/atom+xml"
ADDRESS = "/buscar.atom"
ENTRIES = 50
"""Entries of a page of a feed."""
UNNAMED = "Persona no identificada"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_OF_THE_PAGE = ("por_pagina", "orden")
"""How a page of results is laid out, which a feed decides by itself."""


def feed(pairs: Pairs, index: SearchIndex, collection: Collection, base: str) -> bytes:
    """The feed of a search.

    Args:
        pairs: Parameters of ``/buscar``; of them ``por_pagina`` and ``orden`` do not count.
        base: Scheme and host (``https://consta.example.mx``): identifiers are whole addresses.

    Raises:
        QueryRejected: As ``asking.read``.
    """
    asked = read([pair for pair in pairs if pair[0] not in _OF_THE_PAGE])
    results = index.search(replace(replace(asked, order=RECENT, per_page=ENTRIES).query(), facets=()))
    root = _head(asked, collection, base, results.total_full)
    for hit in filter(attrgetter("full"), results.hits):
        _entry(root, hit, item(hit, asked.text, collection, asked.widening()), collection, base)
    return document(root)


def _address(asked: Asked, page: int = 1) -> str:
    return paged_address(ADDRESS, asked.pairs(), page)


def _head(asked: Asked, collection: Collection, base: str, total: int) -> Element:
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "es-MX"})
    put(root, "id", base + _address(asked))
    put(root, "title", f"Consta · {title(asked, collection)}")
    put(root, "subtitle", "Lo que se dijo en sesiones grabadas. No publica resultados electorales.")
    put(root, "updated", collection.catalogue.built_at.astimezone(dt.UTC).isoformat(timespec="seconds"))
    put(put(root, "author"), "name", "Consta")
    put(root, "generator", "Consta")
    put(root, "icon", base + address("/favicon.ico"))
    pages = max(1, -(-total // ENTRIES))
    _link(root, "self", base + _address(asked, asked.page), MIMETYPE)
    _link(root, "alternate", base + asked.address(), "text/html")
    _link(root, "first", base + _address(asked), MIMETYPE)
    _link(root, "last", base + _address(asked, pages), MIMETYPE)
    if asked.page > 1:
        _link(root, "previous", base + _address(asked, min(asked.page - 1, pages)), MIMETYPE)
    if asked.page < pages:
        _link(root, "next", base + _address(asked, asked.page + 1), MIMETYPE)
    return root


def title(asked: Asked, collection: Collection) -> str:
    """What a search is called: its text and its filters in words."""
    parts = [f"«{asked.text}»"] if asked.text else []
    parts += [collection.in_words(*pair) for pair in asked.chosen]
    return " · ".join(parts or ["todo el acervo"])


def _entry(root: Element, hit: Hit, shown: Item, collection: Collection, base: str) -> None:
    entry = put(root, "entry")
    lasting = base + shown.lasting
    put(entry, "id", lasting)
    speaker = called(hit.passage.person, hit.passage.inferred)
    said = [speaker, shown.place, shown.date, shown.clock, f"fragmento {hit.passage.number}", *shown.cautions]
    put(entry, "title", " · ".join(part for part in said if part))
    day = _moment((hit.session.date if hit.session else None) or hit.event.start)
    put(entry, "published", day)
    corrected = [change.date for change in hit.passage.changes if change.date]
    put(entry, "updated", max([day, *(_moment(date) for date in corrected)]))
    put(put(entry, "author"), "name", _author(hit))
    _link(entry, "alternate", lasting, "text/html")
    _link(entry, "related", base + shown.context, "text/html")
    if shown.video:
        _link(entry, "via", shown.video, "text/html")
    for topic in hit.passage.topics:
        known = collection.topics.get(topic)
        label = topic_name(known) if known else topic
        put(entry, "category", attributes={"term": topic, "scheme": base + topic_address(""), "label": label})
    put(entry, "content", _content(hit), {"type": "html"})


def _content(hit: Hit) -> str:
    """The whole fragment, marked, after what one must know before quoting it."""
    warning = caution(hit.passage, hit.event)
    before = Markup("<p><strong>{}</strong></p>").format(warning) if warning else ""
    said = marked(hit.passage.text, hit.marks).replace("\n", Markup("<br>"))
    return str(Markup("{}<p>{}</p>").format(before, said))


def _author(hit: Hit) -> str:
    """Who said it; of what nobody said, who wrote it."""
    passage = hit.passage
    if passage.kind is Kind.TRANSCRIPT:
        name = called(passage.person, passage.inferred) or UNNAMED
        return f"{name} ({passage.post})" if passage.person and passage.post else name
    return "Consta (redacción propia)" if passage.own_wording else hit.event.organiser or hit.event.title


def _moment(day: dt.date) -> str:
    """The beginning of a day, since nothing tells the hour."""
    return dt.datetime.combine(day, dt.time(), CENTRAL_MEXICO).isoformat()


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    put(parent, "link", attributes={"rel": rel, "href": href, "type": kind})
