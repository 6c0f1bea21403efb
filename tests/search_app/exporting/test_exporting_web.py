"""``/exportar``: what an address asks for, what is refused, what the files are called."""

from __future__ import annotations

import datetime as dt
import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
from flask.testing import FlaskClient

from indexer.model import Kind, PageId
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from search_app.citations.cited import today
from search_app.exporting.selection import MOST
from search_app.web.application import create_app
from tests.search_app.browsing import served
from tests.search_app.fakes.forum import forum
from tests.search_app.fakes.memory import index_of

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(forum(), public_url="https://consta.example.mx").test_client()


@pytest.fixture(scope="module")
def crowd() -> FlaskClient:
    """A page with more fragments than one download holds."""
    foro = Event("foro", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    said = tuple(Passage(n, n, Kind.TRANSCRIPT, n, f"El cómputo {n}.") for n in range(1, MOST + 3))
    page = PageId("foro", "mesa-1")
    return create_app(index_of((foro,), (Session("foro", "mesa-1", "Uno"),), {page: said})).test_client()


class TestWhatIsAsked:
    @pytest.mark.parametrize(
        "name",
        [
            "foro/mesa-5/p42", "/foro/mesa-5/p42", "foro/mesa-5%23p42", "foro/mesa-5/%23p42", "foro/mesa-cinco/p42",
            "https://consta.example.mx/foro/mesa-5/p42", "https://otra.example/foro/mesa-5/?q=x%23p42",
            "https://consta.example.mx/foro/mesa-5/p42?q=PREP", "foro-viejo/mesa-5/p42",
        ],
    )  # fmt: skip
    def test_a_fragment_goes_by_its_name_its_id_or_its_address(self, client: FlaskClient, name: str) -> None:
        found = client.get(f"/exportar?f={name}&formato=json").json["resultados"]
        assert [each["id"] for each in found] == ["foro/mesa-5#p42"]

    def test_fragments_come_in_the_order_asked_each_once(self, client: FlaskClient) -> None:
        asked = "f=foro/p1&f=foro/mesa-5/p43&f=foro/p1&f=&f=foro/mesa-5/p42"
        found = client.get(f"/exportar?{asked}&formato=json").json["resultados"]
        assert [each["id"] for each in found] == ["foro#p1", "foro/mesa-5#p43", "foro/mesa-5#p42"]

    def test_a_search_is_taken_whole_with_its_filters(self, client: FlaskClient) -> None:
        data = client.get("/exportar?q=PREP&mesa=foro/mesa-5&por_pagina=1&pagina=7&formato=json").json
        assert {each["id"] for each in data["resultados"]} == {"foro/mesa-5#p1", "foro/mesa-5#p42"}
        assert data["consulta"] == "PREP"
        assert (
            data["direccion"]
            == "https://consta.example.mx/buscar?q=PREP&mesa=foro%2Fmesa-5&por_pagina=1&edicion=3f9c01d2ab77"
        )

    def test_a_search_leaves_fictitious_texts_out_until_they_are_asked_for(self, client: FlaskClient) -> None:
        assert "ensayo/" not in client.get("/exportar?q=PREP&formato=csv").get_data(as_text=True)
        assert "ensayo/" in client.get("/exportar?q=PREP&ficticio=si&formato=csv").get_data(as_text=True)

    def test_an_empty_search_is_everything(self, client: FlaskClient) -> None:
        assert client.get("/exportar?q=&formato=json").json["total"] == 6

    def test_nothing_asked_for_is_a_page_that_explains_and_no_file(self, client: FlaskClient) -> None:
        text = client.get("/exportar").get_data(as_text=True)
        assert "Mi selección" in text
        assert "Todavía no ha elegido ningún fragmento" in text
        answer = client.get("/exportar?formato=csv")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert "No se dijo qué llevarse" in answer.json["detail"]

    def test_the_page_offers_the_formats_of_what_was_chosen(self, client: FlaskClient) -> None:
        text = client.get("/exportar?f=foro/mesa-5/p42&f=foro/mesa-5/p44").get_data(as_text=True)
        assert "Selección de 2 fragmentos" in text
        assert 'href="/exportar?f=foro/mesa-5/p42&amp;f=foro/mesa-5/p44&amp;formato=docx"' in text
        assert 'class="quitar-fragmento" href="/exportar?f=foro/mesa-5/p44" data-fragmento="foro/mesa-5/p42"' in text
        assert "Subtítulos automáticos" in text
        whole = client.get("/exportar?todo_de=foro/mesa-5").get_data(as_text=True)
        assert 'href="/exportar?todo_de=foro/mesa-5&amp;formato=vtt"' in whole


class TestManyFragments:
    ALL = [f"foro/mesa-1/p{n}" for n in range(1, MOST + 1)]  # noqa: RUF012

    def test_a_thousand_are_taken_by_a_form(self, crowd: FlaskClient) -> None:
        answer = crowd.post("/exportar", data={"f": self.ALL, "formato": "json"})
        assert [each["id"].replace("#", "/") for each in answer.json["resultados"]] == self.ALL
        form = {"f": self.ALL, "formato": "json"}
        assert crowd.post("/exportar", data=form, content_type="multipart/form-data").json == answer.json
        assert answer.json["direccion"].endswith("/exportar?" + "&".join(f"f={name}" for name in self.ALL))
        assert "1,001 fragmentos" in crowd.post("/exportar", data={"f": [*self.ALL, "foro/p1"]}, headers=HTML).text

    def test_their_page_goes_on_by_forms_and_does_not_repeat_them_in_every_line(self, crowd: FlaskClient) -> None:
        page = crowd.post("/exportar", data={"f": self.ALL})
        assert page.text.count('type="hidden" name="f"') == 2 * MOST
        assert "?f=" not in page.text.partition("<main")[2]
        assert '<button class="discreto" form="eleccion" name="formato" value="docx">Word</button>' in page.text
        assert "demasiados fragmentos para una dirección" in page.text
        less = crowd.post("/exportar", data={"f": self.ALL, "menos": self.ALL[1], "formato": "json"})
        assert (less.json["total"], less.json["resultados"][1]["id"]) == (MOST - 1, "foro/mesa-1#p3")

    def test_an_address_that_nobody_takes_in_is_not_written_into_a_file(self) -> None:
        foro, slug = Event("foro", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5)), "m" * 60
        said = tuple(Passage(n, n, Kind.TRANSCRIPT, n, f"El cómputo {n}.") for n in range(1, MOST + 1))
        index = index_of((foro,), (Session("foro", slug, "Uno"),), {PageId("foro", slug): said})
        form = {"f": [f"foro/{slug}/p{n}" for n in range(1, MOST + 1)], "formato": "json"}
        with served(create_app(index)) as base:
            body = urllib.parse.urlencode(form, doseq=True).encode()
            assert len(body) > 65_536, "more than any other address takes"
            with urllib.request.urlopen(f"{base}/exportar", body) as answer:
                found = json.load(answer)
            with pytest.raises(urllib.error.HTTPError, match="413"):
                urllib.request.urlopen(f"{base}/exportar", body * 4)
        assert (found["total"], found["direccion"]) == (MOST, f"{base}/exportar")

    def test_too_long_an_address_says_that_a_form_will_do(self, crowd: FlaskClient) -> None:
        answer = crowd.get("/exportar?" + "&".join(f"f={name}" for name in self.ALL * 2))
        assert answer.status_code == 400
        assert "mande la selección como formulario (POST)" in answer.text


class TestRefusals:
    def test_a_file_is_whole_or_is_none(self, client: FlaskClient) -> None:
        answer = client.get("/exportar?f=foro/mesa-5/p42&f=foro/mesa-5/p99&f=no-hay&formato=docx")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert "foro/mesa-5/p99: no existe; no-hay: no existe" in answer.json["detail"]

    def test_what_was_withdrawn_never_comes_out(self, client: FlaskClient) -> None:
        answer = client.get("/exportar?f=foro/mesa-5/p7&formato=json")
        assert answer.status_code == 410
        assert (
            "foro/mesa-5/p7: se retiró el 3 de febrero de 2026. Motivo: Lo pidió quien habla" in answer.json["detail"]
        )
        assert client.get("/exportar?todo_de=foro/mesa-9&formato=csv").status_code == 410

    def test_the_page_lists_what_is_missing_and_offers_the_rest(self, client: FlaskClient) -> None:
        text = client.get("/exportar?f=foro/mesa-5/p42&f=foro/mesa-5/p7").get_data(as_text=True)
        assert "se retiró el 3 de febrero de 2026" in text
        assert 'href="/exportar?f=foro/mesa-5/p42&amp;formato=csv"' in text

    @pytest.mark.parametrize(
        ("asked", "status", "says"),
        [
            ("f=foro/p1&formato=pdf", 400, "escriba formato=docx, texto, csv"),
            ("f=foro/p1&formato=vtt", 400, "no hay «vtt»"),
            ("todo_de=foro/mesa-5&formato=docx", 400, "escriba formato=texto, vtt, csv o json"),
            ("todo_de=foro/nada&formato=csv", 404, "No existe «foro/nada»"),
            ("todo_de=%00%3Cb%3E&formato=csv", 404, "No existe"),
            ("q=x&orden=y&formato=csv", 400, "El orden «y» no existe"),
            ("&".join(["f=foro/p1"] * (MOST + 1)) + "&formato=csv", 400, "1,001 fragmentos"),
        ],
    )
    def test_bad_input_is_told_with_its_cure(self, client: FlaskClient, asked: str, status: int, says: str) -> None:
        answer = client.get(f"/exportar?{asked}")
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert says in answer.json["detail"]

    def test_people_get_a_page_for_a_problem(self, client: FlaskClient) -> None:
        answer = client.get("/exportar?f=foro/p99&formato=csv", headers=HTML)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert "foro/p99: no existe" in answer.get_data(as_text=True)


class TestBounds:
    def test_a_search_beyond_the_bound_is_cut_and_says_so(self, crowd: FlaskClient) -> None:
        answer = crowd.get("/exportar?q=cómputo&formato=json")
        assert answer.json["total"] == MOST + 2
        assert len(answer.json["resultados"]) == MOST
        (notice,) = answer.json["avisos"]
        assert "Son 1,002 fragmentos, y se dan 1,000 de una vez: faltan 2" in notice
        assert "consta-busqueda-computo-primeros-1000-de-1002.json" in answer.headers["Content-Disposition"]
        assert "faltan 2" in crowd.get("/exportar?q=cómputo").get_data(as_text=True)
        assert "faltan 2" in crowd.get("/exportar?q=cómputo&formato=bibtex").get_data(as_text=True)

    def test_a_whole_page_has_no_bound(self, crowd: FlaskClient) -> None:
        assert len(crowd.get("/exportar?todo_de=foro/mesa-1&formato=json").json["resultados"]) == MOST + 2


class TestHeaders:
    @pytest.mark.parametrize(
        ("form", "mimetype", "suffix"),
        [
            ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            ("texto", "text/plain", "txt"),
            ("csv", "text/csv", "csv"),
            ("json", "application/json", "json"),
            ("bibtex", "application/x-bibtex", "bib"),
            ("ris", "application/x-research-info-systems", "ris"),
            ("csl", "application/vnd.citationstyles.csl+json", "csl.json"),
        ],
    )
    def test_a_file_has_its_media_type_and_name(
        self, client: FlaskClient, form: str, mimetype: str, suffix: str
    ) -> None:
        answer = client.get(f"/exportar?f=foro/mesa-5/p42&formato={form}")
        assert answer.mimetype == mimetype
        assert f'filename="consta-foro-mesa-5-p42.{suffix}"' in answer.headers["Content-Disposition"]
        assert next(iter(answer.headers))[0] == "Content-Security-Policy"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_the_name_of_a_search_keeps_its_accents_for_who_reads_them(self, client: FlaskClient) -> None:
        said = client.get("/exportar?q=cómputos%0d%0a%22x&formato=csv").headers["Content-Disposition"]
        assert said == (
            'attachment; filename="consta-busqueda-computos-x.csv"; '
            "filename*=UTF-8''consta-b%C3%BAsqueda-c%C3%B3mputos-x.csv"
        )

    def test_a_file_of_what_nobody_said_is_called_so(self, client: FlaskClient) -> None:
        said = client.get("/exportar?todo_de=ensayo/mesa-1&formato=csv").headers["Content-Disposition"]
        assert "consta-ensayo-mesa-1-texto-ficticio.csv" in said


class TestEditions:
    @pytest.mark.parametrize("address", ["/buscar?q=PREP", "/exportar?q=PREP", "/exportar?f=foro/p1"])
    def test_an_address_that_holds_its_edition_says_when_the_corpus_changed(
        self, client: FlaskClient, address: str
    ) -> None:
        changed = "El acervo cambió desde que se guardó esta dirección"
        was = client.get(f"{address}&edicion=0123456789ab").get_data(as_text=True)
        assert f"{changed}: era la edición 0123456789ab y ahora es la 3f9c01d2ab77" in was
        assert changed not in client.get(f"{address}&edicion=3f9c01d2ab77").get_data(as_text=True)
        assert changed not in client.get(address).get_data(as_text=True)

    def test_the_api_says_it_too(self, client: FlaskClient) -> None:
        assert "otra edición" in client.get("/api/buscar?q=PREP&edicion=%3Cb%3E").json["avisos"][0]
        assert client.get("/api/buscar?q=PREP&edicion=3f9c01d2ab77").json["avisos"] == []

    def test_a_search_is_offered_with_its_edition(self, client: FlaskClient) -> None:
        text = client.get("/exportar?q=PREP").get_data(as_text=True)
        assert 'href="https://consta.example.mx/buscar?q=PREP&amp;edicion=3f9c01d2ab77"' in text


def test_the_day_is_that_of_central_mexico() -> None:
    assert abs((today() - dt.datetime.now(dt.UTC).date()).days) <= 1
    offset = dt.timezone(dt.timedelta(hours=-6))
    assert today() in {dt.datetime.now(offset).date(), (dt.datetime.now(offset) - dt.timedelta(seconds=5)).date()}
