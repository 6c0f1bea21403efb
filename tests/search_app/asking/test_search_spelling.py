"""What answers and pages say of mistyped words, and how the typed text is written again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from indexer.index.query import Query
from indexer.index.results import Correction, Results
from search_app.asking.parameters import read
from search_app.asking.spelling import corrected_text, spelling, suggested_text
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum

SLIP = Correction("capasitación", "capacitación", True)
DOUBT = Correction("botos", "votos", False)


def given(*corrections: Correction) -> Results:
    return Results(1, 0, (), {}, corrections=corrections)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("capasitación", "capacitación"),
        ("la capasitación mesa:5", "la capacitación mesa:5"),
        ('"capasitación" (capasitación)', '"capasitación" (capacitación)'),
        ("-capasitación capasitación capasitación*", "-capasitación capacitación capasitación*"),
        ("PREP OR capasitación", "PREP OR capacitación"),
        ("tema:capasitación  capasitación-electoral", "tema:capasitación capacitación-electoral"),
        ("«x» “y” capasitación “z”", "«x» “y” capacitación “z”"),
    ],
)
def test_the_text_is_written_again_with_its_operators_quotes_and_fields(typed: str, searched: str) -> None:
    assert corrected_text(read([("q", typed)]), given(SLIP)) == searched


def test_without_corrections_nothing_is_written_again() -> None:
    asked = read([("q", "votos")])
    assert corrected_text(asked, given()) is None
    assert suggested_text(asked, given()) is None
    assert spelling(asked, given()).notice is None


def test_a_suggestion_is_the_whole_text_quotes_included() -> None:
    asked = read([("q", 'capasitación "los botos" botos')])
    found = given(SLIP, DOUBT)
    assert suggested_text(asked, found) == 'capacitación "los votos" votos'
    assert corrected_text(asked, found) == 'capacitación "los botos" botos'
    assert suggested_text(asked, given(SLIP)) is None


def test_a_word_that_is_both_loose_and_quoted_is_mended_outside_the_quotes_alone() -> None:
    asked = read([("q", '"la capasitación" capasitación')])
    found = given(SLIP, replace(SLIP, applied=False))
    assert corrected_text(asked, found) == '"la capasitación" capacitación'
    assert suggested_text(asked, found) == '"la capacitación" capacitación'


def test_the_page_says_it_plainly_with_a_way_back() -> None:
    said = spelling(read([("q", "capasitación"), ("mesa", "5")]), given(SLIP))
    assert said.notice == "No hay fragmentos con «capasitación»; se buscó «capacitación»"
    assert said.as_typed is not None
    assert said.as_typed.text == "Buscar «capasitación» tal cual"
    assert said.as_typed.url == "/buscar?" + urlencode({"q": "capasitación", "mesa": "5", "corregir": "no"})
    assert said.meant is None


def test_several_words_are_said_in_one_sentence() -> None:
    more = given(SLIP, Correction("presupesto", "presupuesto", True), Correction("bodgas", "bodegas", True))
    said = spelling(read([("q", "capasitación presupesto bodgas")]), more)
    assert said.notice == (
        "No hay fragmentos con «capasitación», «presupesto» ni «bodgas»; "
        "se buscó «capacitación», «presupuesto» y «bodegas»"
    )
    assert said.as_typed is not None
    assert said.as_typed.text == "Buscar lo escrito tal cual"


class TestPage:
    @pytest.fixture
    def client(self) -> Any:
        index = forum()
        plain = index.search

        def search(query: Query) -> Results:
            if not query.correct:
                return plain(query)
            return replace(plain(query), corrections=(SLIP, Correction("botos", "<votos>", False)))

        index.search = search  # type: ignore[method-assign]
        return create_app(index).test_client()

    def test_both_are_links_and_escaped(self, client: Any) -> None:
        text = client.get("/buscar?q=capasitación+botos+PREP").text
        assert "No hay fragmentos con «capasitación»; se buscó «capacitación»." in text
        assert "Buscar «capasitación» tal cual</a>" in text
        assert "¿Quiso decir <a" in text
        assert ">capacitación &lt;votos&gt; PREP</a>?" in text

    def test_results_lead_to_the_marks_of_what_was_searched(self, client: Any) -> None:
        assert "?q=capacitaci%C3%B3n+botos+PREP" in client.get("/buscar?q=capasitación+botos+PREP").text

    def test_corregir_no_says_nothing_and_can_be_taken_back(self, client: Any) -> None:
        text = client.get("/buscar?q=capasitación&corregir=no").text
        assert "se buscó «" not in text
        assert "Tal como se escribió" in text

    def test_the_answer_has_both_texts(self, client: Any) -> None:
        data = client.get("/api/buscar?q=capasitación+botos").get_json()
        assert data["consulta"] == "capasitación botos"
        assert data["corregida"] == "capacitación botos"
        assert data["sugerencia"] == "capacitación <votos>"
