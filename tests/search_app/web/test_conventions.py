"""What any site has: a way to add it to a browser, a map for crawlers, an icon, answers that need not come twice."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient

from indexer.engines import open_index
from indexer.model import RESERVED
from search_app.shown.page_parts import NotFound
from search_app.web.application import create_app
from search_app.web.sitemap import sitemap
from tests.corpora import CorpusMaker
from tests.search_app.fakes.forum import forum

BASE = "https://consta.example.mx"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(forum(), public_url=BASE).test_client()


def head(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True).partition("</head>")[0]


def linked_data(text: str) -> list[Any]:
    return [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)]


class TestOpenSearch:
    def test_every_page_leads_to_the_description(self, client: FlaskClient) -> None:
        for address in ("/", "/buscar?q=PREP", "/foro/", "/ayuda"):
            assert 'type="application/opensearchdescription+xml" title="Consta" href="/opensearch.xml"' in head(
                client, address
            )

    def test_the_description_has_what_the_specification_asks(self, client: FlaskClient) -> None:
        answer = client.get("/opensearch.xml")
        assert answer.mimetype == "application/opensearchdescription+xml"
        root = ElementTree.fromstring(answer.data)
        assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
        assert 0 < len(root.findtext(f"{OPENSEARCH}ShortName")) <= 16
        assert 0 < len(root.findtext(f"{OPENSEARCH}Description")) <= 1024
        templates = {url.get("type"): url.get("template") for url in root.findall(f"{OPENSEARCH}Url")}
        assert all(template.startswith(BASE) for template in templates.values())
        for kind, filled in (("text/html", "/buscar?q=PREP&pagina="), ("application/x-suggestions+json", None)):
            address = templates[kind].replace("{searchTerms}", "PREP").replace("{startPage?}", "")
            assert filled is None or address == BASE + filled
            assert client.get(address.removeprefix(BASE)).mimetype == kind

    def test_an_image_of_it_is_there(self, client: FlaskClient) -> None:
        root = ElementTree.fromstring(client.get("/opensearch.xml").data)
        for image in root.findall(f"{OPENSEARCH}Image"):
            with client.get(image.text.removeprefix(BASE)) as answer:
                assert answer.status_code == 200

    def test_suggestions_are_four_lists_side_by_side(self, client: FlaskClient) -> None:
        typed, texts, labels, addresses = client.get("/api/sugerir/opensearch?q=pre").get_json()
        assert typed == "pre"
        assert texts[0] == "PREP"
        assert len(texts) == len(labels) == len(addresses)
        assert addresses[0] == f"{BASE}/temas/prep"

    def test_of_nothing_typed_nothing_is_suggested(self, client: FlaskClient) -> None:
        assert client.get("/api/sugerir/opensearch").get_json() == ["", [], [], []]


class TestCrawlers:
    def test_the_map_names_pages_that_answer_and_nothing_fictitious(self, client: FlaskClient) -> None:
        answer = client.get("/sitemap.xml")
        assert answer.mimetype == "application/xml"
        addresses = [loc.text for loc in ElementTree.fromstring(answer.data).iter(f"{SITEMAP}loc")]
        assert f"{BASE}/foro/mesa-5/" in addresses
        assert f"{BASE}/temas/prep" in addresses
        assert f"{BASE}/personas/ana-ruiz" in addresses
        assert len(addresses) == len(set(addresses))
        assert not [address for address in addresses if "ensayo" in address]
        for address in addresses:
            assert client.get(address.removeprefix(BASE)).status_code == 200, address

    def test_more_addresses_than_a_map_holds_become_an_index_of_maps(self) -> None:
        paths = [f"/p/{n}" for n in range(7)]
        root = ElementTree.fromstring(sitemap(paths, BASE, most=3))
        assert root.tag == f"{SITEMAP}sitemapindex"
        assert [loc.text for loc in root.iter(f"{SITEMAP}loc")] == [f"{BASE}/sitemap.xml?parte={n}" for n in (1, 2, 3)]
        parts = [ElementTree.fromstring(sitemap(paths, BASE, part, most=3)) for part in (1, 2, 3)]
        assert [loc.text for part in parts for loc in part.iter(f"{SITEMAP}loc")] == [BASE + path for path in paths]
        with pytest.raises(NotFound):
            sitemap(paths, BASE, 4, most=3)

    @pytest.mark.parametrize(
        ("part", "status"), [("1", 200), ("2", 404), ("0", 404), ("x", 400), ("²", 400), ("", 200)]
    )
    def test_a_part_that_is_none_is_said(self, client: FlaskClient, part: str, status: int) -> None:
        assert client.get("/sitemap.xml", query_string={"parte": part}).status_code == status

    def test_searches_are_left_alone(self, client: FlaskClient) -> None:
        answer = client.get("/robots.txt")
        assert answer.mimetype == "text/plain"
        lines = answer.text.splitlines()
        assert "Disallow: /buscar" in lines
        assert "Disallow: /api/" in lines
        assert f"Sitemap: {BASE}/sitemap.xml" in lines

    @pytest.mark.parametrize("address", ["/buscar?q=PREP&ficticio=si", "/personas/ana-ruiz?ficticio=si"])
    def test_an_answer_with_fictitious_texts_asks_not_to_be_listed(self, client: FlaskClient, address: str) -> None:
        assert client.get(address).headers["X-Robots-Tag"] == "noindex"
        assert "X-Robots-Tag" not in client.get(address.replace("ficticio", "otro")).headers

    @pytest.mark.parametrize("address", ["/ensayo/", "/ensayo/mesa-1/", "/ensayo/mesa-1/p1", "/buscar?q=PREP"])
    def test_what_is_fictitious_and_what_is_a_search_asks_not_to_be_listed(
        self, client: FlaskClient, address: str
    ) -> None:
        text = head(client, address)
        assert '<meta name="robots" content="noindex">' in text
        assert linked_data(text) == []

    @pytest.mark.parametrize("address", ["/", "/foro/", "/foro/mesa-5/", "/foro/mesa-5/p42", "/temas/prep", "/ayuda"])
    def test_a_page_names_its_own_lasting_address(self, client: FlaskClient, address: str) -> None:
        text = head(client, f"{address}?q=PREP")
        assert f'<link rel="canonical" href="{BASE}{address}">' in text
        assert text.count('rel="canonical"') == 1
        assert "noindex" not in text

    @pytest.mark.parametrize(
        ("address", "status"), [("/buscar?q=a", 200), ("/nada-de-eso/", 404), ("/buscar?desde=x", 400)]
    )
    def test_a_search_and_an_error_have_no_lasting_address(
        self, client: FlaskClient, address: str, status: int
    ) -> None:
        assert "canonical" not in head(client, address, status)


class TestStructuredData:
    def test_an_event_tells_its_days_and_sessions(self, client: FlaskClient) -> None:
        [data] = linked_data(head(client, "/foro/"))
        assert (data["@context"], data["@type"]) == ("https://schema.org", "Event")
        assert data["name"] == "Foro de experiencias <y> saberes"
        assert (data["startDate"], data["endDate"]) == ("2025-12-04", "2025-12-05")
        assert f"{BASE}/foro/mesa-5/" in [part["url"] for part in data["subEvent"]]

    def test_a_session_tells_its_video_in_clips_on_the_clock_of_the_video(self, maker: CorpusMaker) -> None:
        maker.event("foro", "Foro </script><b>")
        maker.mesa(
            extra='numero = 2\nfecha = 2025-12-05\nvideo = "https://youtu.be/abc123"\nvideo_inicio_s = 10\n'
            '[[participantes]]\nnombre = "Ana Ruiz"\ncargo = "Consejera"\ninstitucion = "OPLE de Sonora"\n',
            transcripcion_vtt="WEBVTT\n\n00:01.000 --> 00:05.500\n<v Ana Ruiz>Buenas tardes a todos.\n\n"
            "00:05.500 --> 00:09.000\n<v Luis Soto>Gracias, muy amable.\n",
        )
        maker.update()
        index = open_index(maker.settings.index)
        [data] = linked_data(head(create_app(index, public_url=BASE).test_client(), "/foro/mesa-1/"))
        index.close()
        assert (data["@type"], data["startDate"], data["name"]) == ("Event", "2025-12-05", "Mesa 2. Mesa")
        assert data["superEvent"]["name"] == "Foro </script><b>"
        assert data["performer"] == [
            {
                "@type": "Person",
                "name": "Ana Ruiz",
                "jobTitle": "Consejera",
                "affiliation": {"@type": "Organization", "name": "OPLE de Sonora"},
            }
        ]
        video = data["recordedIn"]
        assert (video["@type"], video["url"]) == ("VideoObject", "https://youtu.be/abc123")
        assert [(clip["name"], clip["startOffset"], clip["endOffset"], clip["url"]) for clip in video["hasPart"]] == [
            ("Ana Ruiz (Consejera)", 11, 16, "https://youtu.be/abc123?t=11"),
            ("Luis Soto", 15, 19, "https://youtu.be/abc123?t=15"),
        ]

    def test_a_session_without_a_video_tells_of_none(self, client: FlaskClient) -> None:
        [data] = linked_data(head(client, "/foro/mesa-6/"))
        assert "recordedIn" not in data


class TestKeeping:
    @pytest.mark.parametrize("address", ["/", "/buscar?q=PREP", "/api/buscar?q=PREP", "/salud", "/sitemap.xml"])
    def test_what_did_not_change_does_not_come_twice(self, client: FlaskClient, address: str) -> None:
        first = client.get(address)
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Content-Security-Policy" in again.headers
        other = client.get(address, headers={"If-None-Match": 'W/"otra"'})
        assert other.data == first.data

    def test_the_mark_changes_with_what_is_shown(self, client: FlaskClient) -> None:
        assert client.get("/buscar?q=PREP").headers["ETag"] != client.get("/buscar?q=capacitación").headers["ETag"]

    @pytest.mark.parametrize(
        ("address", "status"),
        [("/nada-de-eso/", 404), ("/foro/mesa-5/p7", 410), ("/foro-viejo/", 301), ("/foro", 301), ("/ayuda/", 301),
         ("/static/nada.css", 404)],
    )  # fmt: skip
    def test_a_refusal_and_a_redirect_are_kept_only_by_asking_again(
        self, client: FlaskClient, address: str, status: int
    ) -> None:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-cache")
        assert "ETag" not in answer.headers

    def test_a_file_of_ours_is_kept_for_good_under_the_address_of_its_state(self, client: FlaskClient) -> None:
        [address] = re.findall(r'href="(/static/consta\.css\?v=[^"]+)"', head(client, "/"))
        for asked, kept in ((address, True), ("/static/consta.css", False), ("/static/consta.css?v=0000", False)):
            with client.get(asked) as answer:
                assert ("immutable" in answer.headers["Cache-Control"]) is kept

    @pytest.mark.parametrize(
        "address", ["/buscar?q=PREP", "/static/consta.css", "/api/buscar?q=PREP", "/opensearch.xml"]
    )
    def test_who_takes_gzip_gets_the_same_in_fewer_bytes(self, client: FlaskClient, address: str) -> None:
        with client.get(address) as plain, client.get(address, headers={"Accept-Encoding": "br, gzip"}) as small:
            assert "Content-Encoding" not in plain.headers
            assert small.headers["Content-Encoding"] == "gzip"
            assert "Accept-Encoding" in plain.headers["Vary"]
            assert gzip.decompress(small.data) == plain.data
            assert len(small.data) == int(small.headers["Content-Length"]) < len(plain.data)
            tag = small.headers["ETag"]
        with client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}) as again:
            assert again.status_code == 304

    @pytest.mark.parametrize("refusal", ["gzip;q=0", "identity", ""])
    def test_who_does_not_take_it_gets_it_plain(self, client: FlaskClient, refusal: str) -> None:
        answer = client.get("/buscar?q=PREP", headers={"Accept-Encoding": refusal})
        assert "Content-Encoding" not in answer.headers

    @pytest.mark.parametrize(
        "address",
        ["/", "/buscar?q=PREP", "/buscar.atom", "/opensearch.xml", "/sitemap.xml", "/robots.txt", "/favicon.ico",
         "/api/openapi.json", "/api/sugerir/opensearch", "/salud", "/foro/mesa-5/p42", "/static/favicon.svg", "/nada/"],
    )  # fmt: skip
    def test_a_head_is_a_get_without_its_body(self, client: FlaskClient, address: str) -> None:
        with client.get(address) as whole, client.head(address) as only:
            assert only.status_code == whole.status_code
            assert only.data == b""
            for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
                assert only.headers.get(name) == whole.headers.get(name), name


def test_the_icon_stands_where_browsers_look(client: FlaskClient) -> None:
    with client.get("/favicon.ico") as answer:
        assert answer.data[:4] == b"\0\0\1\0"
    assert "data:," not in head(client, "/")


@pytest.mark.parametrize("address", ["/.well-known/security.txt", "/.well-known/"])
def test_nothing_is_promised_under_well_known(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api", 404), ("GET", "/api/nada", 404), ("GET", "/api/buscar?pagina=x", 400),
        ("POST", "/api/buscar", 405), ("GET", "/buscar.atom?pagina=x", 400), ("GET", "/sitemap.xml?parte=9", 404),
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*", "image/png"])
def test_programs_get_a_problem_whatever_they_accept(
    client: FlaskClient, method: str, address: str, status: int, accept: str
) -> None:
    answer = client.open(address, method=method, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = json.loads(answer.data)
    assert problem["status"] == status
    assert set(problem) == {"type", "title", "status", "detail"}


def test_a_page_that_fails_is_a_problem_for_who_asks_for_one(client: FlaskClient) -> None:
    asked = {"Accept": "application/problem+json, application/json;q=0.9"}
    assert client.get("/nada-de-eso/", headers=asked).mimetype == "application/problem+json"
    for browser in ("text/html,application/xhtml+xml,*/*;q=0.8", "*/*", ""):
        assert client.get("/nada-de-eso/", headers={"Accept": browser}).mimetype == "text/html"


def test_the_first_part_of_every_address_of_ours_is_kept_from_events(client: FlaskClient) -> None:
    rules = [rule.rule.strip("/").split("/")[0] for rule in client.application.url_map.iter_rules()]
    ours = {part for part in rules if part and "<" not in part and "." not in part}
    assert ours <= set(RESERVED)
