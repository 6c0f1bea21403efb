"""Suggestions while one types: what they are, where they lead, who is told of what, and what hostile texts get."""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from indexer.index.results import Overview
from indexer.model.vocabulary import Topic
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum

PEOPLE = {"Ana Ruiz": 3, "María de la Peña": 2}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The forum with its speakers counted, and one more topic."""
    index = forum()
    ople = Topic("ople", "Organismos Públicos Locales", ("OPLE",), hidden=("o ples",))
    catalogue = dataclasses.replace(index.catalogue, topics=(*index.catalogue.topics, ople))
    told = Overview(catalogue, {"prep": 4}, {}, 5, PEOPLE, {"LA MODERADORA": 1})
    index.overview = lambda: told  # type: ignore[method-assign]
    return create_app(index).test_client()


def suggest(client: FlaskClient, text: str, **more: str) -> list[dict[str, Any]]:
    answer = client.get("/api/sugerir?" + urlencode({"q": text, **more}))
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    found: list[dict[str, Any]] = answer.get_json()["sugerencias"]
    assert all(list(one) == ["texto", "clase", "etiqueta", "url"] for one in found)
    return found


def named(client: FlaskClient, text: str, kind: str, **more: str) -> list[str]:
    return [one["texto"] for one in suggest(client, text, **more) if one["clase"] == kind]


def test_a_topic_is_suggested_by_any_of_its_names_its_acronym_first(client: FlaskClient) -> None:
    for text in ("prep", "PRE", "programa de resul", "resultados prelim", "preliminares programa"):
        assert "PREP" in named(client, text, "tema"), text
    assert named(client, "o pl", "tema") == ["OPLE"]
    assert suggest(client, "prep")[0] == {
        "texto": "PREP",
        "clase": "tema",
        "etiqueta": "Tema · Programa de Resultados Electorales Preliminares · 4 fragmentos",
        "url": "/temas/prep",
    }


def test_a_person_is_suggested_by_any_word_of_the_name_without_accents(client: FlaskClient) -> None:
    assert named(client, "rui", "persona") == ["Ana Ruiz"]
    assert named(client, "pena", "persona") == []
    assert named(client, "peñ", "persona") == ["María de la Peña"]
    assert named(client, "maria", "persona") == ["María de la Peña"]
    assert suggest(client, "ana ru")[0]["url"] == "/buscar?persona=Ana+Ruiz"


def test_a_session_is_suggested_by_its_number_and_the_words_of_its_title(client: FlaskClient) -> None:
    assert [one["url"] for one in suggest(client, "mesa 5") if one["clase"] == "mesa"] == ["/foro/mesa-5/"]


def test_words_go_on_from_the_last_one_and_keep_those_before(client: FlaskClient) -> None:
    found = [one for one in suggest(client, "PREP capac") if one["clase"] == "palabra"]
    assert [one["texto"] for one in found] == ["PREP capacitación"]
    assert found[0]["url"] == "/buscar?q=PREP+capacitaci%C3%B3n"


@pytest.mark.parametrize("text", ["PREP capac ", "mesa:capac", "c", "capacitación"])
def test_no_word_goes_on_after_a_blank_in_a_field_from_one_letter_or_when_it_is_whole(
    client: FlaskClient, text: str
) -> None:
    assert named(client, text, "palabra") == []


def test_fictitious_events_are_suggested_only_where_they_are_asked_for(client: FlaskClient) -> None:
    for text, kind in (("moderad", "persona"), ("frase", "palabra")):
        assert named(client, text, kind) == [], text
        assert named(client, text, kind, ficticio="si") != [], text
    assert all("/ensayo" not in one["url"] for one in suggest(client, "mesa"))
    assert any("/ensayo" in one["url"] for one in suggest(client, "mesa", ficticio="si"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        '"""',
        "-",
        "*",
        "((((",
        "%",
        "\U0010ffff",
        "a" * 5_000,
        "a " * 2_000,
        "..",
        "ñ\u0303" * 50,
        "<b>",
    ],
)
def test_hostile_texts_get_an_answer(client: FlaskClient, text: str) -> None:
    assert len(suggest(client, text)) <= 8


@pytest.mark.parametrize("address", ["/api/sugerir", "/api/sugerir?q=", "/api/sugerir?q=%ff%fe", "/api/sugerir?x=1"])
def test_without_a_text_there_is_nothing_to_suggest(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.get_json()["sugerencias"] == []
