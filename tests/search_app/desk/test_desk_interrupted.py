"""A form that another site sends, and one whose session has ended: what is taken up, by whom, and what never is."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search_app.desk.forms.upload_limits import COOKIE, LARGEST_TEXT
from search_app.desk.login.login_sessions import LoginSessions
from search_app.desk.views.guard import OPEN
from search_app.desk.views.resuming import NEVER, PURPOSES, from_here
from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.desk.desk_office import NAME, PARTS, PASSWORD, Office, account, enter, office, token
from tests.search_app.desk.test_desk_door import kept_by

pytestmark = pytest.mark.long

OTHER, THEIRS = "luis", "otra clave de prueba"
WITHDRAWAL = {"que": "mesa", "motivo": "Vendidos", "como": "siempre", "confirmacion": "RETIRAR"}
MESA = "/acervo/foro/mesa-1"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("a-medias"), minutes=1) as made:
        account(made.maker.corpus, OTHER, THEIRS)
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def test_the_form_of_signing_in_is_a_token_of_nothing_else(furnished: Office, staff: FlaskClient) -> None:
    anybodys = token(furnished.client(signed_in=False).get("/entrar"))
    for client in (staff, furnished.client(signed_in=False)):
        answer = client.post(f"{MESA}/retirar", data={"token": anybodys, **WITHDRAWAL})
        assert answer.status_code == 403
        assert "Vendidos" not in answer.text
        assert "<form" not in answer.text.split("<main", 1)[1]


def test_a_form_of_another_account_is_not_taken_up(furnished: Office, staff: FlaskClient) -> None:
    theirs = furnished.client(signed_in=False)
    enter(theirs, OTHER, THEIRS)
    asked = {"token": token(theirs.get("/acervo/agregar")), "de": "Ana Ruiz", "a": "Vendida"}
    answer = staff.post(f"{MESA}/hablantes/nombre", data=asked)
    assert answer.status_code == 403
    assert "Vendida" not in answer.text


def test_what_one_account_left_is_not_sent_by_another_and_not_lost(furnished: Office, staff: FlaskClient) -> None:
    asked = {"token": token(staff.get("/acervo/agregar")), "texto": "hablamos de las urnas"}
    staff.delete_cookie(COOKIE)
    kept = kept_by(staff.post("/acervo/agregar", data=asked).text)
    again = staff.post("/entrar", data=kept)
    furnished.forget_tries()
    refused = staff.post("/entrar", data={**kept, "token": token(again), "nombre": OTHER, "clave": THEIRS})
    assert refused.status_code == 403
    assert f"es de la cuenta {NAME}" in refused.text
    assert staff.get("/acervo/agregar").status_code == 303  # nobody is signed in
    assert 'name="guardado-campo-texto"' in refused.text
    entered = staff.post("/entrar", data={**kept, "token": token(refused), "nombre": NAME, "clave": PASSWORD})
    assert kept_by(entered.text)["texto"] == asked["texto"]


def test_the_forms_of_an_account_that_is_gone_are_none_of_ours(furnished: Office) -> None:
    account(furnished.maker.corpus, "eva", THEIRS)
    gone = furnished.client(signed_in=False)
    enter(gone, "eva", THEIRS)
    asked = {"token": token(gone.get("/acervo/agregar")), "texto": "hablamos de las urnas"}
    furnished.desk.commands.ask("cuenta", "eva", options={"quitar": True})
    answer = gone.post("/acervo/agregar", data=asked)
    assert answer.status_code == 403
    assert "las urnas" not in answer.text


def test_a_withdrawal_is_never_taken_up(furnished: Office, staff: FlaskClient) -> None:
    asked = {"token": token(staff.get("/acervo/agregar")), **WITHDRAWAL}
    furnished.forget_tries()
    staff.delete_cookie(COOKIE)
    for signed_in in (False, True):
        if signed_in:
            enter(staff)  # another session of the same account
        answer = staff.post(f"{MESA}/retirar", data=asked)
        assert answer.status_code == 403
        assert "no se retoma" in answer.text
        assert "Vendidos" in answer.text  # what was typed can be copied
        assert "<form" not in answer.text.split("<main", 1)[1]
    kept = {"guardado-direccion": f"{MESA}/retirar", "guardado-ficha": asked["token"], "guardado-campo-que": "mesa"}
    fresh = furnished.client(signed_in=False)
    form = token(fresh.get("/entrar"))
    entered = fresh.post("/entrar", data={**kept, "token": form, "nombre": NAME, "clave": PASSWORD})
    assert (entered.status_code, entered.headers["Location"]) == (303, "/acervo/")


def test_what_is_sent_again_is_said_in_words_with_every_field(furnished: Office, staff: FlaskClient) -> None:
    before = token(staff.get("/acervo/agregar"))
    furnished.forget_tries()
    staff.delete_cookie(COOKIE)
    enter(staff)
    for address, said in (
        (f"{MESA}/hablantes/nombre", "Cambiar el nombre de quien habla en «Mesa 1. Bodegas»"),
        ("/acervo/historial/paso_12", "Deshacer el paso 12 del historial"),
    ):
        # A field that names a button of another form does not change what is said of this one.
        answer = staff.post(address, data={"token": before, "de": "Ana <b>", "a": "Luis", "accion": "revisar"})
        assert answer.status_code == 403
        assert said in answer.text
        main = unescape(re.sub(r"<[^>]+>", " ", answer.text.split("<main", 1)[1]))
        assert "Ana <b>" in main
        assert "Luis" in main
        assert {"Ana <b>", "Luis", "revisar"} == set(kept_by(answer.text).values())  # nothing is sent that is not shown


def test_a_field_is_called_as_its_own_form_calls_it(furnished: Office, staff: FlaskClient) -> None:
    typed = {"token": token(staff.get("/acervo/agregar")), "inicio": "12:34"}
    furnished.forget_tries()
    staff.delete_cookie(COOKIE)
    for address, called in (("/acervo/nuevo", "Primer día"), (f"/acervo/foro/partir/{PARTS['encargo']}", "Empieza")):
        assert f"<dt>{called}</dt><dd>12:34" in staff.post(address, data=typed).text


def test_of_corrections_only_the_boxes_that_were_edited_come_back(furnished: Office, staff: FlaskClient) -> None:
    address = "/acervo/foro/mesa-3/corregir"
    page = staff.get(address).text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    boxes = dict(re.findall(r'<textarea id="\w+" name="(t\d+)" rows="8">\n(.*?)</textarea>', page, re.DOTALL))
    assert boxes.keys() == {"t1", "t2"}
    furnished.forget_tries()
    staff.delete_cookie(COOKIE)
    left = kept_by(staff.post(address, data={**fields, **boxes, "t2": "otra cosa"}).text)
    assert {name for name in left if name.startswith("guardado-campo-t")} == {"guardado-campo-t2"}
    assert left["guardado-campo-vistos"] == fields["vistos"].split()[1]


def test_what_is_too_much_to_be_kept_is_not_said_to_be_kept(furnished: Office, staff: FlaskClient) -> None:
    asked = {"token": token(staff.get("/acervo/agregar")), "texto": "x" * (LARGEST_TEXT + 1)}
    staff.post("/entrar/salir", data=asked)
    furnished.forget_tries()
    enter(staff)
    answer = staff.post("/acervo/agregar", data=asked)
    assert (answer.status_code, "«Atrás»" in answer.text) == (403, True)
    assert "Enviar otra vez" not in answer.text


def test_every_form_of_the_desk_is_said_in_words_or_never_taken_up(furnished: Office) -> None:
    rules = (rule for rule in furnished.app.url_map.iter_rules() if rule.rule.startswith(("/acervo", "/entrar")))
    posts = {rule.endpoint for rule in rules if "POST" in (rule.methods or ())}
    assert posts - OPEN == PURPOSES.keys() | NEVER


@pytest.mark.parametrize(
    ("site", "origin", "passes"),
    [
        ("same-origin", "https://consta.example", True),
        ("same-origin", "https://detras.example", True),  # a server in front may change the host
        ("none", None, True),
        ("cross-site", "https://consta.example", False),
        ("same-site", "https://otro.consta.example", False),
        (None, None, True),  # a program, without a browser's cookies
        (None, "https://consta.example", True),
        (None, "https://CONSTA.example", True),
        (None, "https://publico.example", True),
        (None, "https://consta.example:8443", False),
        (None, "https://malo.example", False),
        (None, "null", False),
        (None, "", False),
    ],
)
def test_what_a_browser_says_of_where_a_form_comes_from(site: str | None, origin: str | None, passes: bool) -> None:
    assert from_here(site, origin, "consta.example", "https://publico.example/acervo") is passes


def test_another_site_can_send_none_of_the_desks_forms(furnished: Office, staff: FlaskClient) -> None:
    good = {"token": token(staff.get("/acervo/agregar")), "texto": "hablamos de las urnas"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://malo.example"},
    ):
        for address in ("/acervo/agregar", "/entrar", "/entrar/salir", "/acervo/reportar", f"{MESA}/retirar"):
            answer = staff.post(address, data=good, headers=headers)
            assert (answer.status_code, "lo mandó otro sitio" in answer.text) == (403, True), address
    assert staff.get("/acervo/agregar").status_code == 200
    assert staff.post("/acervo/agregar", data=good, headers={"Origin": "http://localhost"}).status_code == 303


def test_a_token_of_one_session_fits_no_other(tmp_path: Path) -> None:
    sessions = LoginSessions(lambda: b"x" * 32, tmp_path)
    ana, again, luis = sessions.enter("ana"), sessions.enter("ana"), sessions.enter("luis")
    form = sessions.token(ana)
    assert sessions.fits(form, ana)
    assert not sessions.fits(form, again)
    assert not sessions.fits(form, luis)
    assert sessions.author(form) == "ana"
    assert sessions.author(sessions.entry_token("k")) is None
    assert not sessions.fits_entry(form, ana.key)
    assert not sessions.fits_entry(sessions.entry_token("k"), "ñ")


@contextmanager
def elsewhere(page: str) -> Iterator[str]:
    """A site of somebody else, with one page."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@needs_chromium[0]
@needs_chromium[1]
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_page_of_another_site_does_nothing_in_the_browser_of_who_is_signed_in(
    furnished: Office, browser: Any, host: str
) -> None:
    anybodys = token(furnished.client(signed_in=False).get("/entrar"))
    steps = len(furnished.history())
    furnished.forget_tries()
    with served(furnished.app) as base, opened(browser, refused=True) as page:
        fields = {"token": anybodys, **WITHDRAWAL}
        inputs = "".join(f'<input name="{name}" value="{escape(value)}">' for name, value in fields.items())
        trap = f'<form method="post" action="{base}{MESA}/retirar">{inputs}</form>'
        trap += "<script>document.forms[0].submit()</script>"
        with elsewhere(trap) as site:
            page.goto(f"{base}/entrar")
            page.fill("#nombre", NAME)
            page.fill("#clave", PASSWORD)
            page.get_by_role("button", name="Entrar", exact=True).click()
            page.wait_for_url("**/acervo/")
            # From another site the cookie stays behind; from another port of the same one it goes along.
            page.goto(f"http://{site.replace('localhost', host)}/")
            page.wait_for_url(f"{base}{MESA}/retirar")
            assert "lo mandó otro sitio" in page.inner_text("main")
            assert page.locator("main form").count() == 0
            page.goto(f"{base}/acervo/historial")
            assert "Historial" in page.inner_text("h1")
    assert len(furnished.history()) == steps
