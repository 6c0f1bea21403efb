"""A search as a feed: what RFC 4287 asks of it, in which order, and what stays out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis.strategies import text

from indexer.engines import open_index
from search_app.shown.serializing import document, lawful, put
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

BASE = "https://consta.example.mx"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    maker = CorpusMaker(tmp_path_factory.mktemp("fuentes"))
    maker.event("foro", "Foro <de> prueba")
    maker.mesa(
        "mesa-1",
        extra="fecha = 2025-12-04\n",
        transcripcion_txt="ANA RUIZ: El acta se cuenta.\n\nLUIS SOTO: Y el acta sigue.\n",
    )
    maker.mesa("mesa-2", extra="fecha = 2025-12-05\n", transcripcion_txt="ANA RUIZ: Otra acta con paquete.\n")
    maker.mesa("mesa-3", extra='redaccion = "propia"\n', descripcion_md="Se habló del acta & de más.\n")
    maker.event("ensayo", "Ensayo", "ficticio = true\n")
    maker.mesa("mesa-1", event="ensayo", transcripcion_txt="EVA: Un acta inventada.\n")
    maker.update()
    index = open_index(maker.settings.index)
    yield create_app(index, public_url=BASE).test_client()
    index.close()


def strict(feed: bytes) -> Any:
    """Read a feed as RFC 4287 wants it, and fail on what it does not allow."""
    root = ElementTree.fromstring(feed, forbid_dtd=True)
    assert root.tag == f"{ATOM}feed"
    for node in (root, *root.findall(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{tag}")) == 1, tag
        address = node.findtext(f"{ATOM}id")
        assert urlsplit(address).scheme == "https"
        for tag in ("updated", "published"):
            for moment in node.findall(f"{ATOM}{tag}"):
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)", moment.text)
                assert dt.datetime.fromisoformat(moment.text).tzinfo
        assert all(author.findtext(f"{ATOM}name") for author in node.findall(f"{ATOM}author"))
        links = [(link.get("rel"), link.get("type")) for link in node.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert all(urlsplit(link.get("href")).scheme == "https" for link in node.findall(f"{ATOM}link"))
        assert all(category.get("term") for category in node.findall(f"{ATOM}category"))
    assert root.find(f"{ATOM}author") is not None
    assert ("self", "application/atom+xml") in [(x.get("rel"), x.get("type")) for x in root.findall(f"{ATOM}link")]
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    known = {f"{ATOM}{tag}" for tag in
             ("feed", "entry", "id", "title", "subtitle", "updated", "published", "author", "name", "generator", "icon",
              "link", "category", "content")}  # fmt: skip
    assert {node.tag for node in root.iter()} <= known
    return root


def entries(client: FlaskClient, query: str) -> list[Any]:
    answer = client.get(f"/buscar.atom?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    found: list[Any] = strict(answer.data).findall(f"{ATOM}entry")
    return found


def ids(found: list[Any]) -> list[str]:
    return [entry.findtext(f"{ATOM}id").removeprefix(BASE) for entry in found]


def test_the_newest_session_comes_first_and_nothing_fictitious(client: FlaskClient) -> None:
    assert ids(entries(client, "q=acta")) == [
        "/foro/mesa-2/p1",
        "/foro/mesa-3/p1",
        "/foro/mesa-1/p1",
        "/foro/mesa-1/p2",
    ]
    days = [entry.findtext(f"{ATOM}updated") for entry in entries(client, "q=acta")]
    assert days == sorted(days, reverse=True)


def test_fictitious_texts_come_when_asked_for_and_say_so(client: FlaskClient) -> None:
    for query in ("q=acta&ficticio=si", "q=acta&evento=ensayo"):
        [entry] = [e for e in entries(client, query) if "/ensayo/" in e.findtext(f"{ATOM}id")]
        assert "Texto ficticio" in entry.findtext(f"{ATOM}title")
        assert "Texto ficticio" in entry.findtext(f"{ATOM}content")


def test_only_full_matches_are_news(client: FlaskClient) -> None:
    assert ids(entries(client, "q=acta+paquete")) == ["/foro/mesa-2/p1"]


def test_identifiers_are_the_lasting_addresses_whatever_was_asked(client: FlaskClient) -> None:
    assert set(ids(entries(client, "q=paquete"))) < set(ids(entries(client, "")))
    for address in ids(entries(client, "")):
        assert client.get(address).status_code == 200


def test_an_entry_says_who_spoke_and_own_wording_is_nobody_s_speech(client: FlaskClient) -> None:
    by_id = {entry.findtext(f"{ATOM}id").removeprefix(BASE): entry for entry in entries(client, "q=acta")}
    assert by_id["/foro/mesa-1/p2"].find(f"{ATOM}author").findtext(f"{ATOM}name").lower() == "luis soto"
    own = by_id["/foro/mesa-3/p1"]
    assert own.find(f"{ATOM}author").findtext(f"{ATOM}name") == "Consta (redacción propia)"
    assert "Redacción propia" in own.findtext(f"{ATOM}title")
    assert "<mark>acta</mark> &amp; de más" in own.findtext(f"{ATOM}content")


def test_pages_hold_every_match_once_from_the_newest_on(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ids(entries(client, "q=acta"))
    monkeypatch.setattr("search_app.finding.atom_feed.ENTRIES", 3)
    address, seen = "/buscar.atom?q=acta", []
    for _ in range(3):
        root = strict(client.get(address).data)
        seen += ids(root.findall(f"{ATOM}entry"))
        following = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"]
        if not following:
            break
        address = following[0].removeprefix(BASE)
    assert seen == whole
    assert entries(client, f"q=acta&pagina={10**30}") == []


def test_a_feed_of_nothing_is_a_feed(client: FlaskClient) -> None:
    assert entries(client, "q=zzzqqq") == []


@given(text())
def test_letters_that_xml_does_not_know_are_left_out(letters: str) -> None:
    root = Element("a", {"b": ""})
    put(root, "c", letters, {"d": letters})
    read = ElementTree.fromstring(document(root))
    assert read.find("c").get("d") == lawful(letters)
    assert (read.findtext("c") or "").replace("\n", "\r") == lawful(letters).replace("\n", "\r")


def test_a_search_of_odd_letters_is_a_feed_all_the_same(client: FlaskClient) -> None:
    for query in ("q=%00acta%0b%EF%BF%BE", "tema=%0b%01", "q=%ff%fe", "persona=%F0%9F%92%A9%26%3C"):
        entries(client, query)


def test_the_page_of_results_leads_to_its_feed(client: FlaskClient) -> None:
    page = client.get("/buscar?q=acta&mesa=foro/mesa-1&orden=cronologico&pagina=2&por_pagina=1").text
    [address] = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', page)
    assert address == "/buscar.atom?q=acta&amp;mesa=foro%2Fmesa-1"
    assert len(ids(entries(client, address.partition("?")[2].replace("&amp;", "&")))) == 2
