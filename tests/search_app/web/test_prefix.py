"""A site below a folder of another (``--url-publica https://foros.example/sitio/consta``): nothing leads out of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from werkzeug.test import Client

from indexer.errors import SettingInvalid
from indexer.model import PageId
from search_app.__main__ import cli
from search_app.desk.views.guard import within
from search_app.http.public_address import NotPublic, Site, site
from search_app.shown.addresses import address, fragment_address, local, under
from search_app.web.application import create_app
from tests.search_app.browsing import served
from tests.search_app.desk.desk_office import NAME, PASSWORD, ROOT, Office, office, panel, token
from tests.search_app.fakes.forum import forum
from tests.search_app.web.prefix_walk import HOST, PREFIX, PUBLIC, browser_of, got, outside, walk
from tests.waiting import PATIENCE_S

APP = ROOT / "search_app"
SEEDS = (
    "", "/", "/buscar?q=urnas", "/buscar?q=unras", "/buscar?q=nada+de+esto", "/en-contexto?q=urnas",
    "/compania?q=urnas", "/claves?q=urnas",
    "/comparar?q=urnas&q=bodega", "/cotejar?cita=hablamos+de+las+urnas", "/exportar", "/exportar?f=foro/mesa-3/p1",
    "/exportar?q=urnas&formato=json", "/exportar?todo_de=foro/mesa-3&formato=csv", "/ayuda/acervo", "/temas/",
    "/temas.jsonld", "/personas/?ficticio=si", "/buscar.atom?q=urnas", "/opensearch.xml", "/sitemap.xml",
    "/robots.txt", "/favicon.ico", "/api/openapi.json", "/api/buscar?q=urnas", "/api/sugerir?q=urn",
    "/api/sugerir/opensearch?q=urn", "/api/cotejar?cita=hablamos+de+las+urnas", "/salud", "/foro", "/foro/mesa-3",
    "/foro//mesa-3", "/ayuda/", "/foro/p99", "/no-existe/", "/buscar?pagina=x", "/api/nada", "/api/buscar?desde=x",
    "/foro/mesa-3/p1?q=urnas", "/foro/mesa-3/correcciones", "/acervo", "/acervo/", "/acervo/agregar",
    "/acervo/reportes", "/acervo/personas", "/acervo/historial", "/entrar", "/acervo/foro/mesa-1/hablantes",
    "/acervo/foro/mesa-3/corregir", "/acervo/foro/mesa-3/retirar", "/acervo/encargos/nada",
)  # fmt: skip


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("carpeta"), minutes=2, public_url=PUBLIC) as made:
        shutil.copy(ROOT / "corpus" / "vocabulario.toml", made.maker.corpus)
        assert not made.maker.update().failed
        yield made


@pytest.fixture(params=[False, True], ids=["the proxy leaves the prefix", "the proxy takes it off"])
def browser_below(request: pytest.FixtureRequest, furnished: Office) -> Client:
    return browser_of(furnished.app, taken_off=request.param)


def entered(client: Client, after: str = "") -> str:
    """Sign in; where that leads."""
    form = got(client, f"{PREFIX}/entrar", query_string={"next": after})
    data = {"token": token(form), "next": after, "nombre": NAME, "clave": PASSWORD}
    answer = got(client, f"{PREFIX}/entrar", method="POST", data=data)
    assert answer.status_code == 303
    assert outside(answer) == []
    return answer.headers["Location"]


def test_no_page_of_the_site_or_of_its_desk_leads_out_of_the_prefix(browser_below: Client) -> None:
    leading_out = {f"{seed}: {found}" for seed in SEEDS for found in outside(got(browser_below, PREFIX + seed))}
    entered(browser_below)
    pages = 0
    for where, answer in walk(browser_below, SEEDS):
        assert answer.status_code < 500, where
        pages += 1
        leading_out |= {f"{where}: {found}" for found in outside(answer)}
    print(f"\npages under a prefix with an address outside it: {len(leading_out)} (of {pages})")
    assert sorted(leading_out) == []
    assert pages > 150


def test_what_the_desk_answers_to_its_forms_stays_below_the_prefix(furnished: Office, browser_below: Client) -> None:
    entered(browser_below)

    def sent(path: str, **data: str) -> str:
        form = token(got(browser_below, f"{PREFIX}/acervo/agregar"))
        answer = got(browser_below, path, method="POST", data={"token": form, **data})
        assert outside(answer) == []
        return answer.headers.get("Location", "")

    draft = sent(f"{PREFIX}/acervo/agregar", texto=panel(1, "álamo"), mesa="foro/mesa-2")
    assert draft.startswith(f"{PREFIX}/acervo/agregar/")
    assert outside(got(browser_below, draft)) == []
    job = sent(draft, accion="publicar")
    furnished.desk.worker.wait(job.rpartition("/")[2], PATIENCE_S)
    assert "<h1>Publicado</h1>" in got(browser_below, job).text
    last = furnished.history()[0]["paso"]
    undone = sent(f"{PREFIX}/acervo/historial/paso_{last}")
    assert undone.startswith(f"{PREFIX}/acervo/")
    assert sent(f"{PREFIX}/acervo/foro/mesa-3/retirar", que="mesa") == ""
    assert sent(f"{PREFIX}/entrar/salir") == f"{PREFIX}/entrar"
    refused = got(browser_below, f"{PREFIX}/acervo/agregar", method="POST", data={"token": "otra"})
    assert (refused.status_code, outside(refused)) == (403, [])


@pytest.mark.parametrize("prefix", [PREFIX, ""])
def test_signing_in_leads_to_the_desk_and_nowhere_else(prefix: str) -> None:
    home = f"{prefix}/acervo/"
    with under(prefix):
        for asked in ("/acervo/foro/mesa-3/corregir?encargo=1#p2", "/acervo"):
            assert within(prefix + asked) == within(asked) == prefix + asked
        for asked in (
            "", "//otro.example/acervo/", "https://otro.example/acervo/", "/acervo/../otra", "/acervo/%2e%2e/otra",
            "/acervo\\@otro.example", "/acervo/\n//otro.example", "/acervos/", "//[", f"{prefix}//otro.example/acervo/",
            f"{prefix}/..//otro.example/acervo/", "javascript:alert(1)", "/sitio/otra/acervo/",
        ):  # fmt: skip
            assert within(asked) == home, asked


def test_cookies_are_for_the_site_alone(browser_below: Client) -> None:
    form = got(browser_below, f"{PREFIX}/entrar")
    assert f"Path={PREFIX}/entrar" in form.headers["Set-Cookie"]
    entered(browser_below)
    for name in ("consta_personal", "consta_estuvo"):
        assert browser_below.get_cookie(name, domain="foros.example", path=f"{PREFIX}/") is not None


def test_the_prefix_is_told_to_who_asks_for_a_selection_by_its_address(browser_below: Client) -> None:
    for named in (f"{PUBLIC}/foro/mesa-3/p1", f"{PREFIX}/foro/mesa-3/#p1", "foro/mesa-3/p1"):
        found = got(browser_below, f"{PREFIX}/exportar", query_string={"f": named, "formato": "json"})
        assert found.get_json()["direccion"] == f"{PUBLIC}/exportar?f=foro/mesa-3/p1", named


def test_two_applications_in_one_process_keep_their_prefixes_apart() -> None:
    index = forum()
    apps = {prefix: create_app(index, public_url=HOST + prefix) for prefix in (PREFIX, "/b", "")}
    for prefix, app in [*apps.items()] * 2:
        assert f'href="{prefix}/static/consta.css?v=' in app.test_client().get("/buscar?q=PREP").text
        suggested = app.test_client().get("/api/sugerir?q=prep").get_json()["sugerencias"]
        assert suggested
        assert all(re.match(f"{prefix}/(temas|buscar|foro)", one["url"]) for one in suggested)
    assert fragment_address(PageId("foro", "mesa-5"), 42) == "/foro/mesa-5/p42"  # outside of any request


def test_an_address_with_a_prefix_is_told_from_one_that_only_begins_like_it() -> None:
    with under("/consta"):
        assert address("/buscar", ("q", "á b"), anchor="cuenta") == "/consta/buscar?q=%C3%A1+b#cuenta"
        assert [local(path) for path in ("/consta", "/consta/", "/consta/foro/", "/constancia/", "/foro/")] == [
            "/", "/", "/foro/", "/constancia/", "/foro/",
        ]  # fmt: skip
    assert local("/consta/foro/") == "/consta/foro/"


def test_a_public_address_is_scheme_host_and_folders() -> None:
    assert site(None) == site("") == Site()
    assert site("https://consta.example.mx/") == Site("https://consta.example.mx", "")
    assert site("https://instituto.example:8443/sitio/consta_2/") == Site(
        "https://instituto.example:8443", "/sitio/consta_2"
    )
    assert site("http://[::1]:8000/x") == Site("http://[::1]:8000", "/x")


@pytest.mark.parametrize(
    "wrong",
    [
        "instituto.example", "ftp://instituto.example", "https://", "https:///consta", "https://ana:clave@instituto.example",
        "https://instituto.example/consta?x=1", "https://instituto.example/consta#a", "https://instituto.example/../consta",
        "https://instituto.example/a//b", "https://instituto.example/búsqueda", "https://instituto.example/a b",
        "https://instituto.example/%2e%2e", "https://instituto.example/consta\n", "https://instituto.example/buscar",
        "https://instituto.example/api/consta", 'https://instituto.example/"><script>', "https://instituto.example?x",
    ],
)  # fmt: skip
def test_a_public_address_that_cannot_be_one_is_refused(wrong: str) -> None:
    with pytest.raises(NotPublic):
        site(wrong)


def test_the_command_says_what_is_wrong_with_a_public_address_before_it_serves() -> None:
    with pytest.raises(SettingInvalid, match=r"^--url-publica no puede terminar en «/consta\?x=1»"):
        cli.main(["servir", "--url-publica", "https://instituto.example/consta?x=1"], standalone_mode=False)


def test_no_template_holds_a_written_address_and_no_script_fetches_one() -> None:
    written = re.compile(r"""\b(?:href|action|src|data-[a-z-]+)=["']\s*/""")
    fetched = re.compile(r"""["'`]/[a-z]""")
    holding = {*APP.glob("*/templates/**/*.html"), *APP.glob("static/*.js")}
    assert len(holding) > 50
    text = {path: path.read_text(encoding="utf-8") for path in holding}
    assert [path for path in holding if (fetched if path.suffix == ".js" else written).search(text[path])] == []


def test_what_the_server_itself_refuses_and_takes_in_knows_the_prefix(furnished: Office) -> None:
    with served(furnished.app) as base:

        def asked(method: str, path: str, body: bytes = b"") -> tuple[int, str]:
            connection = HTTPConnection(base.removeprefix("http://"))
            connection.request(method, path, body)
            answer = connection.getresponse()
            status, text = answer.status, answer.read().decode()
            connection.close()
            return status, text

        status, refusal = asked("GET", "/" + "a" * 2_000_000)
        assert status == 431
        assert re.findall('href="([^"]*)"', refusal) == [f"{PREFIX}/static/consta.css", f"{PREFIX}/"]
        for prefix in (PREFIX, ""):
            status, taken_in = asked("POST", f"{prefix}/acervo/agregar", b"x" * 100_000)
            assert (status, "Entre y envíelo otra vez" in taken_in) == (413, True)  # the desk says so, not the server
