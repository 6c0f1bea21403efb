"""The addresses that refine a search, neighbours shown together, and what is offered where nothing was found."""

from __future__ import annotations

import dataclasses
import html
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.facets import FACETS
from indexer.index.results import FacetValue, Hit, Results
from indexer.model import Kind, PageId
from search_app.asking.parameters import read
from search_app.finding.facets import SHOWN_AT_ONCE, Variants, facet_lists
from search_app.finding.grouping import grouped
from search_app.finding.results_page import item
from search_app.reading.lookup import page_at
from search_app.shown.addresses import quoted
from search_app.shown.collection import Collection
from search_app.shown.current_index import CurrentIndex
from search_app.web.application import create_app
from tests.search_app.fakes.desk import desk
from tests.search_app.fakes.forum import MESA, OTRA, forum

values = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=6)
filters = st.lists(st.tuples(st.sampled_from(sorted(FACETS)), values), max_size=5)
texts = st.sampled_from(["", "PREP", 'a "b c"', "año & día"])


@given(texts, filters, st.tuples(st.sampled_from(sorted(FACETS)), values))
def test_an_address_written_at_once_is_the_one_written_in_parts(
    text: str, chosen: list[tuple[str, str]], pair: tuple[str, str]
) -> None:
    asked = read([("q", text), *chosen, ("ficticio", "si"), ("pagina", "3")])
    variants = Variants(asked)
    assert variants.without(pair) == asked.address(without=[pair])
    if pair not in asked.chosen:
        assert variants.before(pair[0]) + quoted(pair[1]) == asked.address(plus=[pair])


def hits(places: list[tuple[PageId, int, bool]]) -> list[Any]:
    index = forum()
    collection = Collection(index.overview())
    event, session = collection.events["foro"], collection.sessions[MESA]
    passage = index.pages[MESA][1]
    return [
        item(Hit(page, event, session, _at(passage, order), full, 1.0), "", collection) for page, order, full in places
    ]


def _at(passage: Any, order: int) -> Any:
    return dataclasses.replace(passage, order=order, number=order + 100, kind=Kind.TRANSCRIPT)


places = st.lists(
    st.tuples(st.sampled_from([MESA, OTRA]), st.integers(0, 6), st.booleans()), max_size=12, unique_by=lambda p: p[:2]
)


@given(places)
def test_grouping_moves_nothing_and_loses_nothing_and_joins_only_neighbours(
    listed: list[tuple[PageId, int, bool]],
) -> None:
    items = hits(listed)
    groups = grouped(items)
    assert [each for group in groups for each in group.items] == items
    assert [group.start for group in groups] == [items.index(group.items[0]) for group in groups]
    for group in groups:
        orders = sorted(each.hit.passage.order for each in group.items)
        assert orders == list(range(orders[0], orders[0] + len(orders)))
        assert len({(each.hit.page, each.hit.full) for each in group.items}) == 1
    for one, other in itertools.pairwise(groups):
        first, near = other.items[0].hit, [each.hit for each in one.items]
        apart = (first.page, first.full) != (near[0].page, near[0].full)
        assert apart or all(abs(first.passage.order - hit.passage.order) != 1 for hit in near)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    opened = desk(Path(tmp_path_factory.mktemp("afinar")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(index: Any) -> FlaskClient:
    return create_app(index).test_client()


def page(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def test_long_facets_fold_and_what_is_chosen_stays_in_sight(index: Any) -> None:
    listed = tuple(FacetValue(f"t{n}", f"Tema {n}", 50 - n) for n in range(20))
    results = Results(0, 0, (), {"tema": (*listed, FacetValue(None, "otros", 7))})
    [facet] = facet_lists(read([("tema", "t15")]), results, Collection(index.overview()))
    assert [link.text for link in facet.values] == [*(f"Tema {n}" for n in range(SHOWN_AT_ONCE)), "Tema 15"]
    assert facet.values[-1].chosen
    assert len(facet.folded) == 20 - len(facet.values)
    assert facet.rest == 7


def test_what_a_followed_search_finds_in_each_mesa_is_what_a_search_finds_there(client: FlaskClient) -> None:
    followed = client.get("/api/seguir?q=carpas+OR+presupuesto&orden=reciente&pagina=7").get_json()
    assert set(followed["mesas"]) == {"foro/mesa-5", "foro/mesa-7"}
    found = {mesa: f"/api/buscar?q=carpas+OR+presupuesto&mesa={mesa}" for mesa in followed["mesas"]}
    assert {mesa: client.get(at).get_json()["total"] for mesa, at in found.items()} == followed["mesas"]
    announced = client.get("/api/buscar?q=carpas+OR+presupuesto&tipo=anuncio").get_json()["total"]
    assert followed["total"] == sum(followed["mesas"].values()) + announced
    assert client.get("/api/seguir?desde=ayer").status_code == 400
    assert 'href="/seguir?q=zzqq"' in client.get("/buscar?q=zzqq").text, "what nobody said yet can be followed too"


def test_values_that_begin_alike_are_told_apart_by_their_ends(index: Any) -> None:
    days = tuple(FacetValue(f"x/{n}", f"Conferencia de prensa matutina del {n} de mayo", 9) for n in (12, 13, 14))
    results = Results(0, 0, (), {"mesa": days, "persona": days})
    sessions, people = facet_lists(read(()), results, Collection(index.overview()))
    assert sessions.shared == "Conferencia de prensa matutina del"
    assert [link.text for link in sessions.values] == [f"… {n} de mayo" for n in (12, 13, 14)]
    assert people.values[0].text == days[0].label, "a name is never cut"


@pytest.mark.parametrize(
    ("address", "offer"),
    [
        ("q=presupuesto&persona=Nadie", "Quitar «Quién habla: Nadie»"),
        ("q=presupuesto&persona=Nadie&tipo=descripcion", "Quitar todos los filtros"),
        ("q=presupuesto+mesa:99", "Buscar sin los campos del texto"),
        ("q=%22casillas+presupuesto%22", "Buscar sin comillas"),
        ("q=presup&corregir=no", "Buscar «presup*»: lo que empieza con «presup»"),
        ("q=presupuesto+-sala+-casillas+-año+-preguntas", "Buscar sin excluir nada"),
        ("q=%22casillas+presupuesto%22&persona=Nadie", "Buscar las palabras, sin comillas ni filtros"),
    ],
)
def test_nothing_found_offers_what_to_take_out_and_that_finds_something(
    client: FlaskClient, address: str, offer: str
) -> None:
    text = page(client, f"/buscar?{address}")
    assert "Ningún fragmento" in text
    found = re.search(rf'<a href="([^"]+)">{re.escape(offer)}</a> <span class="n">(\d+) ', text)
    assert found, text[text.index('class="nada"') :]
    data = client.get("/api" + html.unescape(found[1])).get_json()
    assert data["total"] + data["total_algunas"] == int(found[2]) > 0


def test_nothing_found_in_a_mesa_without_a_transcript_says_so(client: FlaskClient) -> None:
    text = page(client, "/buscar?q=presupuesto&mesa=foro/mesa-6")
    assert "Mesa 6. Lo que viene: sin transcripción todavía" in text
    assert "3 de 4 mesas con transcripción" in text


@pytest.mark.parametrize(
    "asked",
    [
        "q=presupuesto", "q=presupuesto&persona=Ana+Ruiz", "q=presupuesto&tipo=descripcion", "q=carpas+presupuesto",
        "persona=Luis+Mora", "q=presupuesto+persona:%22Ana+Ruiz%22", "q=presupesto", "q=presupesto&corregir=no",
        "q=%22nadie+pidió%22&version=subtitulos_automaticos", "q=cas*+-sala", "tipo=transcripcion",
    ],
)  # fmt: skip
def test_a_mesa_counts_and_marks_what_the_results_count_in_it(client: FlaskClient, asked: str) -> None:
    data = client.get(f"/api/buscar?{asked}&mesa=foro/mesa-5&por_pagina=100").get_json()
    wanted = sorted(int(result["id"].partition("#p")[2]) for result in data["resultados"])
    text = page(client, f"/buscar?{asked}&mesa=foro/mesa-5")
    for context in re.findall(r'href="(/foro/mesa-5/[^"]*)#p\d+"', text)[:1]:
        opened = page(client, html.unescape(context))
        assert [int(n) for n in re.findall(r'<article id="p(\d+)" class="fragmento hallado"', opened)] == wanted
        counted = re.findall(r'<strong class="cifra">(\d+) de (\d+)</strong>', opened)
        assert counted == [(str(n), str(len(wanted))) for n in range(1, len(wanted) + 1)]
        for article in re.findall(r"<article .*?</article>", opened, re.DOTALL):
            assert ("<mark>" in article) <= (' hallado"' in article)
    assert bool(wanted) == ("Ver en su contexto" in text)


def test_the_page_of_an_event_counts_its_own_fragments_alone(client: FlaskClient) -> None:
    text = page(client, "/foro/?q=presupuesto&tipo=anuncio")
    assert "<strong>1 fragmento</strong> de esta página coincide con «presupuesto» (Tipo de texto: Anuncio)" in text


def test_results_lead_to_other_views_and_files_with_their_filters(client: FlaskClient) -> None:
    text = page(client, "/buscar?q=presupuesto&persona=Ana+Ruiz&orden=cronologico&pagina=1")
    assert 'href="/en-contexto?q=presupuesto&amp;persona=Ana+Ruiz"' in text
    assert 'href="/comparar?q=presupuesto&amp;persona=Ana+Ruiz"' in text
    assert 'href="/exportar?q=presupuesto&amp;persona=Ana+Ruiz&amp;formato=csv"' in text
    assert "/en-contexto?" not in page(client, "/buscar?persona=Ana+Ruiz")


def test_a_fictitious_mesa_marks_words_that_only_it_has() -> None:
    with CurrentIndex(forum()).now() as (index, collection):
        opened = page_at(PageId("ensayo", "mesa-1"), [("q", "inventadas")], index, collection)
    assert [link.url for link in opened.found or ()] == ["#p1"]
