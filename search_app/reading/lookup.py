"""From an address to its page: an event, a session, a fragment; or moved, withdrawn, not found."""

import re
from dataclasses import replace

from indexer.index.orders import CHRONOLOGICAL, ORDERS, RECENT
from indexer.index.protocol import SearchIndex
from indexer.index.results import Page
from indexer.model import PageId
from indexer.model.session import Session
from search_app.asking.listing import ListAsked, contained, names_of
from search_app.asking.marking import open_page, read_marking
from search_app.asking.parameters import Asked, read
from search_app.citations.cited import today
from search_app.reading.corrections import wants_original
from search_app.reading.next_sessions import sessions_found
from search_app.reading.page import fragment_page, reading_page, session_line
from search_app.reading.page_model import FragmentPage, ReadingPage
from search_app.registers.tallies import key_phrases
from search_app.shown.addresses import Pairs, address, anchor_address, fragment_address, page_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.page_parts import Gone, Link, Moved, NotFound


def page_at(page: PageId, pairs: Pairs, index: SearchIndex, collection: Collection) -> ReadingPage:
    """The page of an event or of a session, with marks where ``q`` is given.

    Raises:
        NotFound: There is no such page.
        Gone: Staff withdrew it.
        Moved: It has another address now.
    """
    _must_exist(collection, page)
    asked = read_marking(pairs)
    found = _found(page, asked, index, collection)
    original = wants_original(pairs)
    phrases = key_phrases(index, collection, facet="mesa" if page.session else "evento", values=(str(page),))
    if page.session is not None:
        beside = sessions_found(found, pairs, index, collection)
        return replace(
            reading_page(found, collection, asked, original=original), sessions_found=beside, phrases=phrases
        )
    order = read([pair for pair in pairs if pair[0] == "orden"]).order
    lists = _sessions(collection, page.event)
    order = order if order in lists else RECENT
    every = lists[order]
    sessions = ListAsked(f"/{page}/", [("orden", order)] if order != RECENT else [], asked.page, contained(pairs)).part(
        len(every),
        lambda place: session_line(every[place], collection),
        ("mesa", "mesas"),
        lambda: _session_names(index, collection, event=page.event, order=order),
    )
    links = (
        Link(ORDERS[name].label, address(f"/{page}/", ("orden", name), anchor="mesas"), chosen=name == order)
        for name in lists
    )
    if lists[RECENT] != lists[CHRONOLOGICAL]:
        sessions = replace(sessions, orders=tuple(links))
    return replace(reading_page(found, collection, asked, sessions=sessions, original=original), phrases=phrases)


def _sessions(collection: Collection, event: str) -> dict[str, tuple[Session, ...]]:
    """The sessions of an event, by the order of the list."""
    orders = {RECENT: collection.newest_sessions, CHRONOLOGICAL: collection.by_event}
    return {name: of.get(event, ()) for name, of in orders.items()}


@once_per_edition
def _session_names(index: SearchIndex, collection: Collection, *, event: str, order: str) -> list[str]:
    return names_of("mesa", [str(one.page) for one in _sessions(collection, event)[order]], index, collection)


def fragment_at(
    page: PageId, number: int, pairs: Pairs, index: SearchIndex, collection: Collection, *, base: str
) -> FragmentPage:
    """One fragment, with marks where ``q`` is given; raises as ``page_at`` does.

    Args:
        page: Where the fragment stands.
        number: Its number there.
        pairs: The parameters of the address.
        index: One generation.
        collection: Its catalogue.
        base: Scheme and host of the lasting address (``https://consta.example.mx``).
    """
    _must_exist(collection, page, number)
    asked = read_marking(pairs)
    found = _found(page, asked, index, collection)
    model = fragment_page(found, number, collection, base, today(), asked.text, original=wants_original(pairs))
    if model is not None:
        return replace(model, came_from=_came_from(pairs, page, number, collection))
    withdrawal = collection.withdrawn(page, number)
    after = collection.succeeded(page, number)
    if after is not None and not (withdrawal and number in withdrawal.numbers):
        raise Moved(fragment_address(page, after, ("antes", str(number))))
    if to := collection.handed_on(page, number, index.passage):
        raise Moved(fragment_address(*to))
    if withdrawal:
        raise Gone(withdrawal)
    raise NotFound


def corrected_at(page: PageId, index: SearchIndex, collection: Collection) -> Page:
    """The page of a session, to tell what staff corrected or checked on it; raises as ``page_at`` does."""
    _must_exist(collection, page)
    return _found(page, read_marking(()), index, collection)


def _found(page: PageId, asked: Asked, index: SearchIndex, collection: Collection) -> Page:
    found = open_page(index, collection, page, asked)
    if found is None:
        raise NotFound
    return found


def _must_exist(collection: Collection, page: PageId, number: int | None = None) -> None:
    if collection.exists(page):
        return
    moved = collection.moved(page)
    # A page that lives on elsewhere is not gone because a file of it once was: its new address knows.
    if (moved is None or not collection.exists(moved)) and (withdrawal := collection.withdrawn(page, number)):
        raise Gone(withdrawal)
    if moved:
        there, at = collection.fragment_now(page, number or 1)
        if number is not None:
            raise Moved(fragment_address(there, at))
        # A browser would take its own #p5 along, which is another fragment where numbers changed.
        raise Moved(page_address(moved) if at == 1 else anchor_address(there, at))
    raise NotFound


def _came_from(pairs: Pairs, page: PageId, number: int, collection: Collection) -> int | None:
    """The number of the lost fragment whose address led here (``antes``); None where it did not."""
    text = next((value for name, value in pairs if name == "antes"), "")
    known = re.fullmatch(r"[1-9][0-9]{0,8}", text) and collection.succeeded(page, int(text)) == number
    return int(text) if known else None
