"""Facets, orders, citation forms, downloads: each table is what pages show, and a row is the whole change."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.engines import open_index
from indexer.formats import USUAL_CAPTIONS
from indexer.index.facets import FACETS, Facet
from indexer.index.orders import ORDERS, Order
from indexer.index.query import NO_VALUE
from indexer.pipeline import update
from search_app.__main__ import cli
from search_app.asking.parameters import read
from search_app.asking.periods import UNITS
from search_app.citations.forms import FORMS, Form
from search_app.citations.prose import Run
from search_app.exporting.formats import FORMATS, Format, offered
from search_app.exporting.packages import PACKAGES
from search_app.exporting.selection import SelectionKind
from search_app.finding.facets import files
from search_app.shown.formatting import listed
from search_app.study.comparison_counts import rows_offered
from search_app.study.comparison_rows import DAY
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum

ROOT = Path(__file__).parents[3]
FRAGMENT = "foro/mesa-5/p42"


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def parameter(client: FlaskClient, address: str, name: str) -> dict[str, Any]:
    """What the API's description says of a parameter."""
    described = client.get("/api/openapi.json").get_json()["paths"][address]["get"]["parameters"]
    found: dict[str, Any] = next(one for one in described if one["name"] == name)
    return found


@pytest.fixture
def small() -> FlaskClient:
    return create_app(forum(), public_url="https://consta.example.mx").test_client()


class TestFacets:
    @pytest.fixture
    def with_place(
        self, shipped: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[FlaskClient]:
        """The shipped corpus, updated with one row more in the table: the index is built anew by itself."""
        place = Facet(
            "sede", "Sede del evento", rows="Por sede", none="sin sede", no_value="no consta",
            of_page=lambda event, _: (event.venue,) if event.venue else (),
        )  # fmt: skip
        monkeypatch.setitem(FACETS, "sede", place)
        with shipped.application.extensions["consta"].now() as (index, _):
            shutil.copytree(index.folder.parents[1], tmp_path / "todo", symlinks=True)
        settings = Settings(tmp_path / "todo" / "corpus", tmp_path / "todo" / "indice")
        assert update(settings).published
        opened = open_index(settings.index)
        yield create_app(opened, public_url="https://consta.example.mx").test_client()
        opened.close()

    def test_every_facet_is_wherever_facets_are(self, shipped: FlaskClient) -> None:
        found = shipped.get("/api/buscar?q=&ficticio=si").get_json()["facetas"]
        assert list(found) == list(FACETS)
        described = shipped.get("/api/openapi.json").get_json()
        assert set(described["components"]["schemas"]["Facetas"]["properties"]) == set(FACETS)
        shown, explained = page(shipped, "/buscar?q=&ficticio=si"), page(shipped, "/ayuda")
        for name, facet in FACETS.items():
            assert parameter(shipped, "/api/buscar", name)["description"].startswith(facet.label)
            assert f"{name}:" in explained
            wanted = NO_VALUE if facet.none and not found[name] else found[name][0]["valor"]
            by_text = shipped.get("/api/buscar", query_string={"q": f'{name}:"{wanted}"', "ficticio": "si"}).get_json()
            by_parameter = shipped.get("/api/buscar", query_string={name: wanted, "ficticio": "si"}).get_json()
            assert by_text["total"] == by_parameter["total"] > 0
            assert f"{facet.label}: " in page(shipped, f"/buscar?{name}={wanted}&ficticio=si")
            if found[name]:
                assert by_text["total"] == found[name][0]["n"]
                assert f"<h2>{facet.label}<" in shown

    def test_what_is_compared_is_what_the_table_counts_by(self, small: FlaskClient) -> None:
        assert set(rows_offered()) - {DAY, *UNITS} == {name for name, facet in FACETS.items() if facet.rows}
        for name, label in rows_offered().items():
            assert label in page(small, f"/comparar?q=PREP&por={name}")

    def test_a_row_is_the_whole_of_a_new_facet(self, with_place: FlaskClient) -> None:
        venue = "Auditorio del IEEM"
        found = with_place.get("/api/buscar?q=foro").get_json()
        assert [(one["valor"], one["etiqueta"]) for one in found["facetas"]["sede"]] == [(venue, venue)]
        narrowed = with_place.get("/api/buscar", query_string={"q": 'foro sede:"auditorio del ieem"'}).get_json()
        assert narrowed["total"] == found["facetas"]["sede"][0]["n"] == found["total"]
        assert with_place.get("/api/buscar?sede=nada").get_json()["total"] == 0
        assert parameter(with_place, "/api/buscar", "sede")["schema"]["type"] == "array"
        shown = page(with_place, f"/buscar?q=foro&sede={venue}")
        assert "<h2>Sede del evento<" in shown
        assert f"Sede del evento: {venue}" in shown
        assert "<code>sede:</code>" in page(with_place, "/ayuda")
        assert "por entidad de quien habla o por sede" in page(with_place, "/ayuda")
        assert "por entidad de quien habla o por sede" in page(with_place, "/comparar")
        compared = page(with_place, "/comparar?q=foro&por=sede")
        assert "Por sede" in compared
        assert f'<th scope="row">{venue}' in compared
        assert f"Sede del evento: {venue}" in page(with_place, f"/exportar?q=foro&sede={venue}")
        assert f"Sede del evento: {venue}" in page(with_place, f"/buscar.atom?q=foro&sede={venue}")


class TestOrders:
    def test_a_row_is_the_whole_of_a_new_order(self, small: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(ORDERS, "corrido", Order("De corrido", "place"))
        assert parameter(small, "/api/buscar", "orden")["schema"]["enum"] == list(ORDERS)
        for name, order in ORDERS.items():
            assert order.label in page(small, f"/buscar?q=PREP&orden={name}")
        detail = small.get("/api/buscar?q=PREP&orden=otro").get_json()["detail"]
        assert "escriba orden=relevancia, orden=cronologico, orden=reciente u orden=corrido" in detail


class TestCitationForms:
    def test_a_record_on_the_page_ends_as_its_format_asks(self, small: FlaskClient) -> None:
        assert "\nER  - </pre>" in page(small, f"/{FRAGMENT}")  # RIS: the tag, two blanks, a hyphen, a blank

    def test_a_row_is_the_whole_of_a_new_form(self, small: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        prose = Form("Chicago", "en Chicago", lambda cited: (Run(f"Chicago: {cited.id}"),), key="chicago")
        monkeypatch.setitem(FORMS, "chicago", prose)
        tei = Form("TEI", "TEI", source=lambda cited: f"<bibl>{cited.passage.number}</bibl>")
        monkeypatch.setitem(FORMS, "tei", tei)
        shown = page(small, f"/{FRAGMENT}")
        assert '<p class="cita" id="chicago">Chicago: foro/mesa-5#p42</p>' in shown
        assert "<bibl>42</bibl>" in shown
        for anchor, form in FORMS.items():
            assert f'<h3 id="{anchor}-titulo">{form.label}</h3>' in shown
        explained = page(small, "/ayuda")
        assert "en APA 7; en Chicago; y en BibTeX, RIS, CSL-JSON y TEI." in explained
        (record,) = small.get(f"/exportar?f={FRAGMENT}&formato=json").get_json()["resultados"]
        assert record["chicago"] == "Chicago: foro/mesa-5#p42"
        assert page(small, f"/exportar?f={FRAGMENT}&formato=csv").splitlines()[0].endswith('"cita","apa","chicago"')


class TestDownloads:
    def test_a_row_is_the_whole_of_a_new_format(self, small: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        everything = frozenset({SelectionKind.FRAGMENTS, SelectionKind.SEARCH, SelectionKind.PAGE})
        row = Format("Lista", "nadie", "lst", "text/x-lista", lambda _: "uno", everything, cites=True)
        monkeypatch.setitem(FORMATS, "lista", row)
        for address in (f"f={FRAGMENT}", "q=PREP", "todo_de=foro/mesa-5"):
            assert '>Lista</a> <span class="menor">nadie</span>' in page(small, f"/exportar?{address}")
            file = small.get(f"/exportar?{address}&formato=lista")
            assert (file.data, file.mimetype) == (b"uno", "text/x-lista")
            assert '.lst"' in file.headers["Content-Disposition"]
        assert ">Lista</a>" in page(small, f"/{FRAGMENT}")
        assert "CSL-JSON y Lista." in page(small, "/ayuda")
        assert "WebVTT, CSV, JSON o Lista" in page(small, "/ayuda")
        assert parameter(small, "/exportar", "formato")["schema"]["enum"] == [*FORMATS, *PACKAGES]
        described = small.get("/api/openapi.json").get_json()["paths"]["/exportar"]["get"]
        assert "text/x-lista" in described["responses"]["200"]["content"]
        assert "csl o lista." in small.get(f"/exportar?f={FRAGMENT}&formato=otro").get_json()["detail"]

    def test_papers_and_the_command_name_the_formats_of_the_table(self) -> None:
        names = [f"`{name}`" for name in offered(SelectionKind.FRAGMENTS)]
        whole = [f"`{name}`" for name in offered(SelectionKind.PAGE)]
        assert (
            f"`formato` is {', '.join(names[:-1])} or {names[-1]} for fragments and searches; "
            f"{', '.join(whole[:-1])} or {whole[-1]} for a whole page"
        ) in (ROOT / "docs" / "contract-additions.md").read_text(encoding="utf-8")
        labels = listed(form.label for form in offered(SelectionKind.PAGE).values() if form.label != "Texto")
        assert f"mesas enteras en texto, {labels}" in (ROOT / "README.md").read_text(encoding="utf-8")
        (printed,) = (option for option in cli.commands["buscar"].params if option.name == "formato")
        assert set(printed.type.choices) <= set(FORMATS)  # type: ignore[attr-defined]
        offers = [link for link in files(read([("q", "PREP")])) if "formato=" in link.url]
        formats = [FORMATS[dict(parse_qsl(link.url))["formato"]] for link in offers]
        assert [form.label for form in formats] == [link.text for link in offers] == ["CSV", "JSON"]


def test_captions_are_proposed_by_the_table_alone() -> None:
    """No message writes its own list of them."""
    listing = re.compile(r"\.vtt, \.srt[^\"]")
    for path in [*(ROOT / "indexer").rglob("*.py"), *(ROOT / "search_app").rglob("*.html")]:
        if path.name != "formats.py":
            assert not listing.search(path.read_text(encoding="utf-8")), path
    assert USUAL_CAPTIONS == ".vtt, .srt, .sbv, .json"
