"""The pages and the API as a browser or a program sees them, over a small index in memory."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from indexer.errors import EngineUnavailable, IndexMissing, NotOffered
from indexer.index.results import Overview
from indexer.model.session import Session
from search_app.http.security_headers import HEADERS
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum
from tests.search_app.fakes.memory import MemoryIndex


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(forum(), public_url="https://consta.example.mx/").test_client()


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def api(client: FlaskClient, **params: str) -> dict[str, Any]:
    answer = client.get("/api/buscar?" + urlencode(params))
    assert answer.status_code == 200
    data: dict[str, Any] = answer.get_json()
    return data


EVERY = [
    "/", "/buscar", "/buscar?q=PREP", "/foro/", "/foro/mesa-5/", "/foro/mesa-5/p42", "/foro/p1", "/temas/",
    "/temas/prep", "/ayuda", "/salud", "/api/buscar", "/static/consta.css",
    "/static/sugerir.js", "/api/sugerir", "/api/sugerir?q=prep",
    "/foro", "/foro/mesa-5", "/foro-viejo/", "/no-existe/", "/foro/p99", "/foro/mesa-5/p7", "/buscar?pagina=x",
    "/api/nada", "/api/buscar?desde=x", "/static/nada.css", "/%ff%fe", "/foro/../..",
]  # fmt: skip


@pytest.mark.parametrize("address", EVERY)
def test_every_answer_carries_the_headers_policy_first(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    assert next(iter(headers.keys())) == "Content-Security-Policy"
    policy, *rest = [(name, headers[name]) for name, _ in HEADERS]
    assert rest == list(HEADERS[1:])
    player = "; frame-src https://www.youtube-nocookie.com" if address == "/foro/mesa-5/" else ""
    assert policy[1] == HEADERS[0][1] + player


def test_other_methods_are_refused_with_the_headers_too(client: FlaskClient) -> None:
    answer = client.post("/buscar", data={"q": "x"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.headers["Content-Security-Policy"] == HEADERS[0][1]


@pytest.mark.parametrize("address", [a for a in EVERY[:10] if not a.startswith("/static")])
def test_pages_hold_nothing_that_the_policy_would_block(client: FlaskClient, address: str) -> None:
    text = page(client, address)
    # Every script is a file of ours; blocks of data (JSON-LD) are not executed, so that the policy lets them be.
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == text.count("<script") == text.count("</script") > 0
    for attributes, inside in scripts:
        data = attributes == ' type="application/ld+json"'
        assert data or (attributes.startswith(' src="/static/') and not inside), attributes
    assert "style=" not in text
    assert " onclick" not in text
    assert '<html lang="es-MX">' in text
    assert "No publica resultados electorales" in text


class TestApi:
    def test_an_answer_has_exactly_the_keys_of_the_contract(self, client: FlaskClient) -> None:
        data = api(client, q="PREP")
        assert list(data) == [
            "consulta", "edicion", "total", "total_algunas", "pagina", "por_pagina", "sugerencia", "corregida",
            "avisos", "ampliaciones", "facetas", "resultados", "siguiente",
        ]  # fmt: skip
        assert set(data["facetas"]) == {
            "mesa", "anio", "evento", "tipo", "persona", "entidad", "menciona", "tema", "version"
        }  # fmt: skip
        assert list(data["resultados"][0]) == [
            "id", "evento", "mesa", "tipo", "titulo", "persona", "cargo", "inicio_s", "fin_s", "texto", "extracto",
            "temas", "version", "redaccion", "ficticio", "fecha", "persona_inferida", "completo", "relevancia", "url",
            "video",
        ]  # fmt: skip
        assert data["edicion"] == "3f9c01d2ab77"
        assert data["ampliaciones"] == [{"texto": "PREP", "tema": "prep"}]

    def test_a_result_of_a_transcript(self, client: FlaskClient) -> None:
        [result] = [r for r in api(client, q="PREP tres")["resultados"] if r["completo"]]
        assert result["id"] == "foro/mesa-5#p42"
        assert result["url"] == "/foro/mesa-5/#p42"
        assert (result["persona"], result["cargo"]) == ("Ana Ruiz", "Consejera")
        assert (result["inicio_s"], result["fin_s"]) == (12.5, 61.0)
        assert result["version"] == "subtitulos_automaticos"
        assert result["video"] == "https://www.youtube.com/watch?v=abc123&t=22"
        assert "<mark>PREP</mark>" in result["extracto"]
        assert "&lt;datos&gt;" in result["extracto"]
        assert "<datos>" in result["texto"]

    def test_a_result_of_an_announcement_names_no_mesa_and_no_person(self, client: FlaskClient) -> None:
        [result] = api(client, q="reúne")["resultados"]
        assert (result["id"], result["url"], result["mesa"]) == ("foro#p1", "/foro/#p1", None)
        assert result["titulo"] == "Foro de experiencias <y> saberes"
        assert [result[key] for key in ("persona", "cargo", "version", "redaccion", "video")] == [None] * 5

    def test_own_wording_says_so(self, client: FlaskClient) -> None:
        results = api(client, q="equipos")["resultados"]
        assert [(r["redaccion"], r["version"]) for r in results] == [("propia", None)]

    def test_a_page_past_the_end_is_empty_but_keeps_the_totals(self, client: FlaskClient) -> None:
        data = api(client, q="PREP", pagina=str(10**30))
        assert data["resultados"] == []
        assert data["total"] == 2
        assert data["pagina"] == 10**30

    def test_notices_of_the_grammar_reach_the_answer(self, client: FlaskClient) -> None:
        assert "8 palabras" in api(client, q='"a b c d e f g h i j"')["avisos"][0]

    @pytest.mark.parametrize(
        ("address", "status"),
        [("/api/buscar?pagina=x", 400), ("/api/buscar?q=" + "x" * 2000, 400), ("/api/nada", 404), ("/api/", 404)],
    )
    def test_errors_are_problems_in_spanish(self, client: FlaskClient, address: str, status: int) -> None:
        answer = client.get(address)
        assert answer.status_code == status
        assert answer.mimetype == "application/problem+json"
        data = json.loads(answer.data)
        assert data["status"] == status
        assert {"type", "title", "detail"} < set(data)

    def test_health_says_what_is_served(self, client: FlaskClient) -> None:
        data = client.get("/salud").get_json()
        assert set(data) == {"estado", "edicion", "ultima_construccion", "fragmentos", "avisos"}
        assert (data["estado"], data["edicion"], data["fragmentos"]) == ("ok", "3f9c01d2ab77", 7)


BOMBS = [
    "q=%ED%A0%80", "q=%00%FF", "q=%FF%FE", "q=a&q=b&mesa=&tema=%00", "q=" + "%F0%9F%A4%96" * 200, "q=" + "%28" * 10_000,
    "q=" + "x" * 50_000, "q=" + "x" * 1_000_000, "q=*", "q=%22", "q=OR+OR", "q=" + "-" * 300, "q=mesa:999",
    "mesa=" + "9" * 400, "persona=%E2%80%AE", "&&&===", "q=%", "desde=0000-01-01", "pagina=%EF%BC%91",
]  # fmt: skip


@pytest.mark.parametrize("raw", BOMBS)
@pytest.mark.parametrize("path", ["/buscar", "/api/buscar", "/foro/mesa-5/", "/"])
def test_no_query_breaks_anything(client: FlaskClient, path: str, raw: str) -> None:
    answer = client.get(f"{path}?{raw}")
    assert answer.status_code in (200, 400)
    assert b"Traceback" not in answer.data


def test_what_is_typed_is_never_markup(client: FlaskClient) -> None:
    text = page(client, "/buscar?q=%3Cscript%3Ealert(1)%3C/script%3E&mesa=%22%3E%3Cb%3E")
    assert "<script>" not in text
    assert '"><b>' not in text


class TestResults:
    def test_totals_coverage_and_widening_are_said_in_words(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP+tres")
        assert "1 fragmento con todas las palabras; 1 más con algunas" in text
        assert "1 de 2 mesas con transcripción" in text
        assert "PREP = Programa de Resultados Electorales Preliminares" in text
        assert "ampliar=no" in text
        assert "Con algunas de las palabras" in text

    def test_a_result_leads_to_its_context_its_video_and_its_citation(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=probó")
        assert '"/foro/mesa-5/?q=prob%C3%B3#p42"' in text
        assert "Ver el video en <span" in text
        assert '"/foro/mesa-5/p42"' in text
        assert "Subtítulos automáticos" in text

    def test_a_chosen_filter_is_named_and_can_be_taken_away(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP&mesa=foro/mesa-5&persona=Ana+Ruiz")
        assert "Mesa: Innovación tecnológica" in text
        assert 'href="/buscar?q=PREP&amp;persona=Ana+Ruiz"' in text
        assert '<input type="hidden" name="mesa" value="foro/mesa-5">' in text

    def test_nothing_found_offers_what_would_find_something(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP&persona=Nadie")
        assert "Ningún fragmento" in text
        assert "Quitar «Quién habla: Nadie»" in text

    def test_a_phrase_that_is_nowhere_is_offered_without_its_quotes(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=%22tres+veces+PREP%22~0")
        assert "Buscar sin comillas" in text
        assert "/buscar?q=tres+veces+PREP" in text

    def test_fictitious_texts_are_offered_when_only_they_have_it(self, client: FlaskClient) -> None:
        assert "Buscar también en los textos ficticios" in page(client, "/buscar?q=inventadas")
        text = page(client, "/buscar?q=inventadas&ficticio=si")
        assert "Texto ficticio" in text

    def test_filters_mark_what_is_fictitious(self, client: FlaskClient) -> None:
        assert "Mesa: Ensayo de mesa (texto ficticio)" in page(client, "/buscar?mesa=ensayo/mesa-1")
        assert "Evento: Sesiones de ensayo (texto ficticio)" in page(client, "/buscar?evento=ensayo")

    def test_a_page_past_the_end_leads_back(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP&por_pagina=1&pagina=9")
        assert "más allá de la última" in text
        assert "pagina=2" in text


class TestReading:
    def test_every_fragment_has_its_anchor_and_its_lasting_address(self, client: FlaskClient) -> None:
        text = page(client, "/foro/mesa-5/")
        for number in (1, 42, 43, 44):
            assert f'<article id="p{number}"' in text
            assert f'href="/foro/mesa-5/p{number}"' in text

    def test_a_time_leads_to_its_second_of_the_video(self, client: FlaskClient) -> None:
        assert "https://www.youtube.com/watch?v=abc123&amp;t=22" in page(client, "/foro/mesa-5/")

    def test_a_speaker_heads_a_turn_once(self, client: FlaskClient) -> None:
        text = page(client, "/foro/mesa-5/")
        assert text.count('<h3 class="quien">Ana Ruiz') == 1
        assert text.count('<h3 class="quien rotulo">PREGUNTA <span class="cargo">no consta su nombre</span>') == 1

    def test_opened_from_a_search_it_shows_the_marks_and_counts_them(self, client: FlaskClient) -> None:
        text = page(client, "/foro/mesa-5/?q=PREP")
        assert text.count("<mark>PREP</mark>") == 2
        assert "<strong>2 fragmentos</strong>" in text
        assert 'href="#p42">Siguiente coincidencia' in text
        assert 'value="PREP"' in text

    def test_what_is_uncertain_or_missing_is_said(self, client: FlaskClient) -> None:
        assert "número inferido" in page(client, "/foro/mesa-5/")
        text = page(client, "/foro/mesa-6/")
        assert "fecha no confirmada" in text
        assert "Sin transcripción todavía" in text

    def test_an_event_shows_announcement_facts_and_sessions(self, client: FlaskClient) -> None:
        text = page(client, "/foro/")
        assert '<article id="p1"' in text
        assert '<article id="p2"' in text
        assert "Las fuentes discrepan" in text
        assert "https://diario.example.mx/cronica" in text
        assert "javascript:" not in text
        assert "Mesa 6. Lo que viene" in text

    def test_a_fragment_stands_between_its_neighbours_with_its_citation(self, client: FlaskClient) -> None:
        text = page(client, "/foro/mesa-5/p43")
        assert "/foro/mesa-5/p42" in text
        assert "/foro/mesa-5/p44" in text
        assert (
            "Ruiz, Ana (Consejera, Instituto de Prueba), intervención en la mesa 5 (número inferido), “Innovación "
            "tecnológica”, <i>Foro de experiencias &lt;y&gt; saberes</i>, Instituto de Prueba, 5 de diciembre de 2025, "
            "subtítulos automáticos, sin revisar, minuto 1:11 del video, fragmento 43, en <i>Consta</i>, edición "
            "3f9c01d2ab77. Disponible en: https://consta.example.mx/foro/mesa-5/p43 (fecha de consulta: "
        ) in text
        assert "no es una versión oficial" in text

    @pytest.mark.parametrize(
        ("address", "words"),
        [("/foro/mesa-5/p1", "no es cita de lo que se dijo"), ("/ensayo/mesa-1/p1", "nadie lo dijo")],
    )
    def test_a_citation_never_passes_for_speech(self, client: FlaskClient, address: str, words: str) -> None:
        text = page(client, address)
        assert words in text[text.index("Cómo citarlo") :]

    def test_fictitious_pages_answer_and_say_so(self, client: FlaskClient) -> None:
        assert "Texto ficticio" in page(client, "/ensayo/mesa-1/")
        assert "Probar con textos ficticios" in page(client, "/")


class TestAddresses:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("/foro/mesa-cinco/", "/foro/mesa-5/"),
            ("/foro/mesa-cinco/p42", "/foro/mesa-5/p42"),
            ("/foro-viejo/", "/foro/"),
            ("/foro-viejo/p1", "/foro/p1"),
            ("/foro-viejo/mesa-5/p42?q=a%20b", "/foro/mesa-5/p42?q=a%20b"),
            ("/foro-viejo/mesa-cinco/", "/foro/mesa-5/"),
        ],
    )
    def test_a_renamed_folder_leads_on_for_good(self, client: FlaskClient, old: str, new: str) -> None:
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)

    def test_a_fragment_opened_from_a_search_shows_its_marks(self, client: FlaskClient) -> None:
        text = page(client, "/foro/mesa-5/p42?q=PREP")
        assert "<mark>PREP</mark>" in text
        assert 'href="/foro/mesa-5/?q=PREP#p42"' in text
        assert "<mark>" not in page(client, "/foro/mesa-5/p42")

    @pytest.mark.parametrize("address", ["/foro/mesa-5/p7", "/foro/mesa-9/", "/foro/mesa-9/p1"])
    def test_what_was_withdrawn_is_gone_with_its_reason(self, client: FlaskClient, address: str) -> None:
        text = page(client, address, 410)
        assert "de febrero de 2026" in text
        assert "Motivo:" in text

    @pytest.mark.parametrize(
        "address",
        ["/foro/mesa-5/p9", "/foro/p042", "/foro/mesa-7/", "/temas/nada", "/temas/%3Cscript%3E", "/Foro/", "/foro/p0"],
    )
    def test_what_never_was_is_not_found(self, client: FlaskClient, address: str) -> None:
        assert "No existe" in page(client, address, 404)

    @pytest.mark.parametrize(
        ("given", "meant"),
        [
            ("/ayuda/", "/ayuda"),
            ("/buscar/?q=a%20b", "/buscar?q=a%20b"),
            ("/foro/mesa-5/p42/", "/foro/mesa-5/p42"),
            ("/temas/prep/", "/temas/prep"),
            ("/salud/", "/salud"),
            ("/api/buscar/?q=a", "/api/buscar?q=a"),
        ],
    )
    def test_a_slash_too_many_leads_to_the_address_without(self, client: FlaskClient, given: str, meant: str) -> None:
        answer = client.get(given)
        assert (answer.status_code, answer.headers["Location"]) == (301, meant)

    def test_an_endless_path_is_refused_not_sent_back(self, client: FlaskClient) -> None:
        answer = client.get("/foro/" + "x" * 100_000)
        assert answer.status_code == 414
        assert "Location" not in answer.headers

    def test_a_missing_last_slash_is_added(self, client: FlaskClient) -> None:
        answer = client.get("/foro/mesa-5?q=a", headers={"Host": "otro.example.mx"})
        assert (answer.status_code, answer.headers["Location"]) == (301, "/foro/mesa-5/?q=a")


class TestTopics:
    def test_the_tree_shows_narrower_topics_with_their_counts(self, client: FlaskClient) -> None:
        text = page(client, "/temas/")
        assert text.index("Resultados") < text.index("Programa de Resultados Electorales Preliminares (PREP)")

    def test_a_topic_defines_itself_and_leads_to_its_fragments(self, client: FlaskClient) -> None:
        text = page(client, "/temas/prep")
        assert "Programa que publica resultados" in text
        assert "/buscar?tema=prep" in text


class _Broken(MemoryIndex):
    error: Exception = IndexMissing("no hay")

    def overview(self) -> Overview:
        raise self.error

    health = overview  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IndexMissing("no hay"), 503),
        (RuntimeError("secreto"), 500),
        (MemoryError("secreto"), 503),
        (EngineUnavailable("http://secreto:9200: 500"), 503),
        (NotOffered("las frases"), 501),
    ],
)
def test_a_broken_index_is_answered_in_spanish_and_tells_no_secrets(error: Exception, status: int) -> None:
    index = forum()
    broken = _Broken(index.catalogue, index.pages)
    broken.error = error
    client = create_app(broken).test_client()
    assert "secreto" not in page(client, "/", status)
    answer = client.get("/salud")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert ("Retry-After" in answer.headers) is isinstance(error, MemoryError | EngineUnavailable)
    assert next(iter(answer.headers.keys())) == "Content-Security-Policy"


def test_an_event_with_thousands_of_sessions_is_paged() -> None:
    index = forum()
    many = tuple(Session("foro", f"mesa-{n:05d}", f"Sesión {n}", number=n) for n in range(3_000))
    index.catalogue = dataclasses.replace(index.catalogue, sessions=many)
    client = create_app(index).test_client()
    home, event = page(client, "/"), page(client, "/foro/?pagina=30")
    assert "2,988 mesas más" in home
    assert home.count("Sesión") == 12
    assert event.count("Sesión") == 100
    assert "Página 30 de 30" in event
