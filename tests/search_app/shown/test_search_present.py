"""What is shown: snippets that cut nothing, times, dates, links to the second of a video."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.facets import FACETS
from indexer.index.results import Spans
from indexer.model import Kind
from indexer.model.passage import Passage
from indexer.model.session import Session
from search_app.shown.collection import coverage_words
from search_app.shown.formatting import clock, count, days, listed, marked, plain_snippet, snippet
from search_app.shown.video import moment, video_link, web_address
from tests.search_app.fakes.memory import index_of


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, Spans]:
    """A text of short words, some of them marked."""
    words = draw(st.lists(st.text(alphabet="añé<&\"'z9", min_size=1, max_size=9), min_size=1, max_size=120))
    spans, at = [], 0
    for word in words:
        if draw(st.integers(0, 9)) == 0:
            spans.append((at, at + len(word)))
        at += len(word) + 1
    return " ".join(words), tuple(spans)


def bare(markup: str) -> str:
    return html.unescape(re.sub("</?mark>", "", markup))


@given(marked_texts(), st.integers(20, 90))
def test_a_snippet_cuts_no_word_and_breaks_no_mark(given_text: tuple[str, Spans], width: int) -> None:
    text, marks = given_text
    shown = str(snippet(text, marks, width))
    assert shown.count("<mark>") == shown.count("</mark>")
    whole = text.split()
    parts = [part.split() for part in bare(shown).split("…") if part.strip()]
    for part in parts:
        assert any(whole[at : at + len(part)] == part for at in range(len(whole)))
    forms = {text[a:b] for a, b in marks}
    assert {html.unescape(m) for m in re.findall("<mark>(.*?)</mark>", shown)} <= forms
    if marks:
        assert "<mark>" in shown


@given(marked_texts(), st.integers(20, 90))
def test_a_snippet_stays_near_its_width(given_text: tuple[str, Spans], width: int) -> None:
    text, marks = given_text
    assert len(bare(str(snippet(text, marks, width)))) <= width + 40


@given(st.text(max_size=400))
def test_nothing_of_a_text_reaches_the_page_unescaped(text: str) -> None:
    assert "<" not in str(snippet(text, (), 50))
    assert "<" not in str(marked(text, ()))


def test_far_apart_words_are_shown_in_two_windows() -> None:
    text = "alfa " + "relleno " * 60 + "omega"
    shown = snippet(text, ((0, 4), (len(text) - 5, len(text))), 100)
    assert "<mark>alfa</mark>" in shown
    assert "<mark>omega</mark>" in shown
    assert " … " in shown


def test_a_snippet_prefers_the_place_with_most_different_words() -> None:
    text = "alfa alfa alfa " + "relleno " * 30 + "alfa beta " + "relleno " * 30
    place = text.index("beta")
    marks = ((0, 4), (5, 9), (10, 14), (place - 5, place - 1), (place, place + 4))
    assert "<mark>alfa</mark> <mark>beta</mark>" in snippet(text, marks, 80)


def test_an_endless_word_does_not_make_an_endless_snippet() -> None:
    assert len(snippet("x" * 50_000, (), 100)) < 300


def test_a_terminal_gets_neither_marks_nor_control_characters() -> None:
    assert plain_snippet("uno\x1b[31m dos\ntres", ((0, 3),)) == "uno[31m dos tres"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (12.9, "0:12"), (724, "12:04"), (3723.4, "1:02:03"), (-3, "0:00")]
)
def test_a_time_reads(seconds: float, words: str) -> None:
    assert clock(seconds) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-12-04", "2025-12-04", "4 de diciembre de 2025"),
        ("2025-12-04", "2025-12-05", "4 y 5 de diciembre de 2025"),
        ("2025-12-04", "2025-12-08", "del 4 al 8 de diciembre de 2025"),
        ("2025-11-30", "2025-12-02", "del 30 de noviembre al 2 de diciembre de 2025"),
        ("2025-12-30", "2026-01-02", "del 30 de diciembre de 2025 al 2 de enero de 2026"),
    ],
)
def test_days_read(start: str, end: str, words: str) -> None:
    assert days(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == words


@pytest.mark.parametrize(
    ("transcribed", "total", "words"),
    [
        (0, 0, "Sin mesas todavía"),
        (0, 1, "La única mesa no tiene transcripción todavía"),
        (0, 6, "Ninguna de las 6 mesas tiene transcripción todavía"),
        (1, 6, "1 de 6 mesas con transcripción"),
        (1, 1, "1 de 1 mesa con transcripción"),
    ],
)
def test_what_is_missing_is_a_sentence(transcribed: int, total: int, words: str) -> None:
    assert coverage_words(transcribed, total) == words


def test_numbers_and_lists_read_as_in_mexico() -> None:
    assert count(1, "fragmento", "fragmentos") == "1 fragmento"
    assert count(1234, "fragmento", "fragmentos") == "1,234 fragmentos"
    assert listed(["a", "b", "c"]) == "a, b y c"
    assert listed(["a", "iglesia"]) == "a e iglesia"


@pytest.mark.parametrize(
    ("url", "link", "exact"),
    [
        ("https://www.youtube.com/watch?v=abc&t=5", "https://www.youtube.com/watch?v=abc&t=22", True),
        ("https://youtu.be/abc?si=x", "https://youtu.be/abc?si=x&t=22", True),
        ("https://www.youtube.com/live/abc", "https://www.youtube.com/watch?v=abc&t=22", True),
        ("https://www.youtube.com/embed/abc?start=9", "https://www.youtube.com/watch?v=abc&t=22", True),
        ("https://youtube.com/shorts/abc", "https://www.youtube.com/watch?v=abc&t=22", True),
        ("https://vimeo.com/123", "https://vimeo.com/123#t=22s", True),
        ("https://videos.example.mx/sesion.mp4", "https://videos.example.mx/sesion.mp4#t=22", True),
        ("https://www.facebook.com/watch/?v=1", "https://www.facebook.com/watch/?v=1", False),
        ("https://www.youtube.com/@canal", "https://www.youtube.com/@canal", False),
    ],
)
def test_a_link_leads_to_the_second_where_the_host_can(url: str, link: str, exact: bool) -> None:
    assert moment(url, 22) == (link, exact)


def test_the_second_of_the_video_counts_from_where_the_transcript_begins() -> None:
    session = Session("e", "m", "Mesa", video="https://youtu.be/abc", video_start_s=10.6)
    passage = Passage(1, 0, Kind.TRANSCRIPT, 0, "Hola", start_s=12.5)
    assert video_link(session, passage) == ("https://youtu.be/abc?t=23", 23)
    assert video_link(session, Passage(1, 0, Kind.TRANSCRIPT, 0, "Hola")) == ("https://youtu.be/abc", None)
    assert video_link(Session("e", "m", "Mesa"), passage) == (None, None)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//otro.mx", "", None, "http://[mal"])
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize(
    ("title", "number", "called"),
    [
        ("Innovación", 5, "Mesa 5. Innovación"),
        ("Innovación", None, "Innovación"),
        ("MESA V. Innovación", 5, "MESA V. Innovación"),
        ("Mesas directivas", 5, "Mesa 5. Mesas directivas"),
    ],
)
def test_a_mesa_is_called_by_its_number_in_pages_and_facets_alike(title: str, number: int | None, called: str) -> None:
    session = Session("foro", "mesa-5", title, number)
    catalogue = index_of((), (session,), {}).catalogue
    assert session.numbered_title == called
    assert FACETS["mesa"].labels(catalogue) == {"foro/mesa-5": called}
