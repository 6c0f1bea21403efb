"""``/ayuda``: what it shows can be done is done by the shipped corpus."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from search_app.asking.help_examples import EXAMPLES, Example


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_every_example_finds_something_and_nothing_of_it_is_cut(shipped: FlaskClient, example: Example) -> None:
    found = shipped.get("/api/buscar", query_string={"q": example.text, "ficticio": "si", "corregir": "no"}).get_json()
    assert found["total"] > 0
    assert found["avisos"] == []


def test_every_search_that_the_page_links_to_finds_something(shipped: FlaskClient) -> None:
    page = html.unescape(shipped.get("/ayuda").get_data(as_text=True))
    addresses = re.findall(r'href="(/buscar\?[^"]*|/api/buscar\?[^"]*)"', page)
    assert len(addresses) > len(EXAMPLES)
    for address in addresses:
        found = shipped.get(address.replace("/buscar", "/api/buscar") if address[1] == "b" else address).get_json()
        assert found["total"] > 0, address


def test_every_example_is_on_the_page(shipped: FlaskClient) -> None:
    page = html.unescape(shipped.get("/ayuda").get_data(as_text=True))
    for example in EXAMPLES:
        assert f"<code>{example.text}</code>" in page
        assert str(example.says) in page or html.unescape(str(example.says)) in page


def test_the_question_of_the_help_is_understood(shipped: FlaskClient) -> None:
    [question] = [example.text for example in EXAMPLES if "?" in example.text]
    found = shipped.get("/api/buscar", query_string={"q": question, "ficticio": "si"}).get_json()
    assert {one["persona"] for one in found["resultados"]} == {"Consejera A"}
