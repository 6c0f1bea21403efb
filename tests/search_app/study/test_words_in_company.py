"""Collocates, keywords and whole concordances as a researcher asks for them: pages, files, the API."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from search_app.study import lines_file
from search_app.study.concordance import read_concordance
from tests.search_app.study.studied_forum import Studied, opened_forum

NEAR = "/compania?q=PREP&minimo=1"
SPOKEN = "/claves?persona=Ana+Ruiz+Pe%C3%B1a&minimo=1"


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    with opened_forum(tmp_path_factory.mktemp("compania")) as found:
        yield found


def taken(forum: Studied, address: str) -> bytes:
    """A file."""
    with forum.client.get(address) as answer:
        assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")
        return answer.data


def lines_of(forum: Studied, url: str) -> int:
    asked = read_concordance(parse_qsl(urlsplit(unescape(url)).query))
    return forum.index.lines(asked.search.query(), asked.lines()).total


@pytest.mark.parametrize("address", [NEAR, f"{NEAR}&por=forma&antes=0", SPOKEN, "/claves?q=presupuesto&minimo=1"])
def test_every_number_is_a_link_to_as_many_lines(forum: Studied, address: str) -> None:
    found = forum.client.get(f"/api{address}").get_json()
    assert found["total"] >= len(found["resultados"]) > 0
    for row in found["resultados"]:
        assert (lines_of(forum, row["url"]), lines_of(forum, row["url_resto"])) == (row["veces"], row["resto"]), row
        assert row["url"].replace("&", "&amp;") in forum.page(address)


def test_the_list_is_told_in_words_and_function_words_stand_apart(forum: Studied) -> None:
    html = forum.page(NEAR)
    assert "en 242 palabras de 5 palabras antes y 5 después de 25 apariciones que en las otras" in html
    words = {row["palabra"] for row in forum.client.get(f"/api{NEAR}").get_json()["resultados"]}
    apart = {row["palabra"] for row in forum.client.get(f"/api{NEAR}&funcionales=si").get_json()["resultados"]}
    assert "número" in words
    assert "El" in apart
    assert not words & apart


def test_keywords_of_everything_or_of_nobody_are_none_and_the_pages_explain_themselves(forum: Studied) -> None:
    for address in ("/claves", "/compania", "/compania?persona=Ana+Ruiz+Pe%C3%B1a", "/claves?orden=veces"):
        assert 'class="cuentas"' not in forum.page(address)
        assert "Cada número lleva a sus líneas" in forum.page(address)
    assert "Ninguna palabra está aquí 3 veces o más" in forum.page("/claves?persona=Nadie")
    assert "más allá de la última" in forum.page(f"{NEAR}&pagina=99")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/compania?q=x&antes=11", "«antes» debe ser un número entero entre 0 y 10"),
        ("/compania?q=x&por=raiz", "escriba por=lema o por=forma"),
        ("/compania?q=x&orden=diferencia", "escriba orden=g2, orden=logdice u orden=veces"),
        ("/claves?q=x&orden=logdice", "escriba orden=g2, orden=diferencia u orden=veces"),
        ("/claves?q=x&formato=xls", "escriba formato=csv"),
        ("/api/claves?q=x&minimo=0", "«minimo» debe ser un número entero entre 1 y 1000"),
        ("/en-contexto?q=x&palabra=dos+palabras", "«palabra» es una sola palabra"),
        ("/en-contexto?q=x&formato=pdf", "escriba formato=csv, formato=tsv o formato=docx"),
        ("/en-contexto?q=x&orden=d1,d2,d3,d4", "o hasta 3 posiciones"),
        ("/en-contexto?q=x&orden=d6", "i1 a i5"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(forum: Studied, address: str, told: str) -> None:
    answer = forum.client.get(address)
    assert answer.status_code == 400
    assert told in unescape(" ".join(answer.text.split()))


def test_the_list_is_taken_away_whole(forum: Studied) -> None:
    answer = forum.client.get(f"{NEAR}&por_pagina=2&formato=csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="compania-PREP-')
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    found = forum.client.get(f"/api{NEAR}&por_pagina=100").get_json()
    assert [row["palabra"] for row in rows] == [row["palabra"] for row in found["resultados"]]
    assert rows[0]["url"].startswith("http://localhost/en-contexto?q=PREP&palabra=")
    assert b'"palabra";"formas"' in forum.client.get(f"{NEAR}&formato=csv&sep=punto-y-coma").data


def test_a_line_near_a_word_shows_both(forum: Studied) -> None:
    html = forum.page("/en-contexto?q=PREP&palabra=prob%C3%B3&por=forma&antes=0&despues=5")
    assert "24 apariciones en 3 fragmentos" in html
    assert html.count("<b>probó</b>") == 24
    assert "«probó», tal como está escrita, dentro de 0 palabras antes y 5 después de «PREP»" in html


def test_lines_are_sorted_by_the_positions_of_a_form(forum: Studied) -> None:
    typed = forum.page("/en-contexto?q=presupuesto&orden=d1&orden=&orden=i1")
    assert typed.count(" selected>") == 2
    assert "orden=d1%2Ci1" in forum.page("/en-contexto?q=de&orden=d1,i1")


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("csv&sep=punto-y-coma", ";"), ("tsv", "\t")])
def test_all_lines_are_taken_away_in_the_order_asked_for(
    forum: Studied, monkeypatch: pytest.MonkeyPatch, form: str, separator: str
) -> None:
    monkeypatch.setattr(lines_file, "AT_ONCE", 4)
    address = "/en-contexto?q=de&orden=derecha"
    written = taken(forum, f"{address}&formato={form}").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written), delimiter=separator))
    asked = read_concordance([("q", "de"), ("orden", "derecha")])
    found = forum.index.lines(asked.search.query(), asked.lines())
    assert len(rows) == found.total > 50
    assert [row["id"] for row in rows] == [f"{one.hit.page}#p{one.hit.passage.number}" for one in found.part(0, 99)]
    assert [row["linea"] for row in rows] == [str(n) for n in range(1, found.total + 1)]
    assert {row["fecha"] for row in rows} == {"", "2025-12-04", "2025-12-05"}
    assert rows[-1]["direccion"].startswith("http://localhost/foro/")


def test_all_lines_are_a_document_for_word(forum: Studied) -> None:
    with zipfile.ZipFile(io.BytesIO(taken(forum, "/en-contexto?q=presupuesto&formato=docx"))) as file:
        text = file.read("word/document.xml").decode()
    assert text.count("<w:b/>") == text.count('w:val="Renglon"') / 2 == 6
    assert "Ana Ruiz Peña · 4 de diciembre de 2025 · Mesa 1. Uno · http://localhost/foro/mesa-1/p" in text
