"""Where in a session what was looked for falls."""

from __future__ import annotations

import datetime as dt

from indexer.index.results import Page
from indexer.model import Kind, PageId
from indexer.model.passage import Passage
from indexer.model.session import Event
from search_app.reading.spread import spread
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum

EVENT = Event("foro", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5))


def page(*found: int) -> Page:
    """Ten fragments of one length after a description that is no part of the transcript."""
    said = [Passage(n, n, Kind.TRANSCRIPT, n, "a" * 50, "Ana Ruiz", start_s=60.0 * n) for n in range(1, 11)]
    about = Passage(99, 0, Kind.DESCRIPTION, 0, "a" * 500)
    marks = dict.fromkeys(found, ((0, 1), (2, 3)))
    return Page(PageId("foro", "mesa-1"), EVENT, None, (about, *said), marks)


def test_neighbours_are_one_stretch_at_its_place_and_leads_to_the_first() -> None:
    found = spread(page(3, 4, 10))
    assert found is not None
    assert [(one.x, one.width, one.number, one.says) for one in found.stretches] == [
        (200, 200, 3, "3:00 · Ana Ruiz · 2 fragmentos"),
        (900, 100, 10, "10:00 · Ana Ruiz · 1 fragmento"),
    ]
    assert found.dispersion == "0.70"


def test_what_is_everywhere_is_even_and_what_nobody_said_has_no_strip() -> None:
    even = spread(page(*range(1, 11)))
    assert even is not None
    assert even.dispersion == "0.00"
    assert spread(page(99)) is None


def test_a_session_opened_from_a_search_shows_the_strip_and_its_speakers() -> None:
    html = create_app(forum()).test_client().get("/foro/mesa-5/?q=PREP").text
    assert '<a href="#p42" tabindex="-1"><title>0:12 · Ana Ruiz · 1 fragmento</title>' in html
    assert 'href="/comparar?q=PREP&amp;mesa=foro%2Fmesa-5&amp;por=persona"' in html
    assert "tira" not in create_app(forum()).test_client().get("/foro/mesa-5/").text
