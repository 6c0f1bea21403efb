"""Accounts in the browser: made with a link, changed, disabled; one's own password and sessions; proxies."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.engines.live import LiveIndex
from search_app.desk.forms.upload_limits import COOKIE
from search_app.web.application import create_app
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, account, enter, office, token

pytestmark = pytest.mark.long

PAGE, OWN = "/acervo/cuentas", "/acervo/mi-cuenta"
OTHER = "otras palabras de prueba"


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("cuentas"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(staffed: Office) -> FlaskClient:
    """Who manages the accounts."""
    staffed.forget_tries()
    return staffed.client()


def asked(client: FlaskClient, **form: object) -> str:
    """What the page of the accounts answers to a form."""
    return client.post(PAGE, data={"token": token(client.get(PAGE)), **form}, follow_redirects=True).text


def test_an_account_is_made_with_a_link_that_is_shown_once_and_used_once(staffed: Office, staff: FlaskClient) -> None:
    made = asked(staff, accion="crear", nombre="luis", papel="editor", eventos="foro")
    found = re.search(r'value="(http://localhost/entrar/enlace\?llave=[\w-]+)"', made)
    assert found
    link = unescape(found[1])
    assert link not in staff.get(PAGE).text
    luis = staffed.client(signed_in=False)
    for _ in range(2):  # whoever looks at a message opens it too
        opened = luis.get(link)
        assert opened.headers["Location"] == "/entrar/enlace"  # no later address, referrer or page holds the secret
    form = luis.get("/entrar/enlace")
    assert link.partition("llave=")[2] not in form.text
    data = {"token": token(form), "clave": OTHER, "otra_vez": OTHER}
    assert "no son iguales" in luis.post("/entrar/enlace", data={**data, "otra_vez": "x"}).text
    assert luis.post("/entrar/enlace", data={**data, "token": "x"}).status_code == 403
    assert "Su clave está lista" in luis.post("/entrar/enlace", data=data).text
    again = staffed.client(signed_in=False)
    again.get(link)
    assert "ya se usó" in again.post("/entrar/enlace", data={**data, "token": token(again.get("/entrar/enlace"))}).text
    assert enter(luis, "luis", OTHER).status_code == 303
    assert "Editor de foro" in luis.get(OWN).text
    assert luis.get(PAGE).status_code == 403


def test_what_a_responsable_of_one_event_may_not_do_they_cannot_give(staffed: Office, staff: FlaskClient) -> None:
    account(staffed.maker.corpus, "eva", PASSWORD, "responsable", ("foro",))
    eva = staffed.client(signed_in=False)
    enter(eva, "eva")
    assert NAME not in re.findall(r"<strong>(\w+)</strong>", eva.get(PAGE).text)
    for form in (
        {"accion": "enlace", "nombre": NAME},
        {"accion": "papel", "nombre": "eva", "papel": "responsable"},
        {"accion": "crear", "nombre": "rita", "papel": "responsable"},
        {"accion": "crear", "nombre": "rita", "papel": "editor", "eventos": "otro"},
    ):
        assert "puede más que la suya" in asked(eva, **form)
    assert "Ya hay una cuenta «ana»" in asked(eva, accion="crear", nombre="ＡＮＡ", papel="editor", eventos="foro")
    assert "Es el último responsable" in asked(staff, accion="desactivar", nombre=NAME)
    assert asked(staff, accion="desactivar", nombre="eva").count("desactivada") == 1
    assert eva.get("/acervo/agregar").status_code == 303


def test_another_password_asks_for_the_present_one_and_ends_the_other_sessions(staffed: Office) -> None:
    account(staffed.maker.corpus, "rosa", PASSWORD, "editor")
    staffed.forget_tries()
    one, other = staffed.client(signed_in=False), staffed.client(signed_in=False)
    enter(one, "rosa"), enter(other, "rosa")
    before = one.get_cookie(COOKIE)
    data = {"token": token(one.get(OWN)), "actual": "no es esta", "clave": OTHER, "otra_vez": OTHER}
    assert "La clave actual no es esa" in one.post(OWN, data=data).text
    assert "12 o más" in one.post(OWN, data={**data, "actual": PASSWORD, "clave": "x", "otra_vez": "x"}).text
    done = one.post(OWN, data={**data, "actual": PASSWORD}, follow_redirects=True)
    assert "Su clave cambió" in done.text
    after = one.get_cookie(COOKIE)
    assert (before and before.value) != (after and after.value)
    assert other.get(OWN).status_code == 303
    lost = other.post(OWN, data={**data, "token": data["token"]})
    assert lost.status_code == 403
    assert OTHER not in lost.text  # no password stands on the page that keeps what was typed


def test_sessions_are_listed_and_ended_one_by_one_and_nobody_elses(staffed: Office, staff: FlaskClient) -> None:
    account(staffed.maker.corpus, "dora", PASSWORD, "editor")
    staffed.forget_tries()
    one, other = staffed.client(signed_in=False), staffed.client(signed_in=False)
    enter(one, "dora"), enter(other, "dora")
    keys = re.findall(r'name="sesion" value="(\w+)"', one.get(OWN).text)
    assert len(keys) == 1
    staff.post(OWN, data={"token": token(staff.get(OWN)), "sesion": keys[0]})
    assert other.get(OWN).status_code == 200
    one.post(OWN, data={"token": token(one.get(OWN)), "sesion": keys[0]})
    assert (one.get(OWN).status_code, other.get(OWN).status_code) == (200, 303)
    asked(staff, accion="cerrar-sesiones", nombre="dora")
    assert one.get(OWN).status_code == 303


def test_who_a_trusted_proxy_names_is_in_and_nobody_else_is_believed(staffed: Office) -> None:
    account(staffed.maker.corpus, "inés", PASSWORD, "editor")
    proxies = [ipaddress.ip_network("10.0.0.1")]
    index = LiveIndex(staffed.maker.settings.index)
    app = create_app(index, desk=staffed.desk, proxies=proxies, user_header="X-Remote-User")
    name = {"X-Remote-User": "Inés".encode().decode("latin-1"), "X-Forwarded-For": "203.0.113.9"}
    by = {"environ_base": {"REMOTE_ADDR": "10.0.0.1"}, "headers": name}
    client = app.test_client()
    assert client.get(OWN, headers=name).status_code == 303  # not by the proxy
    page = client.get(OWN, **by)
    assert "Su cuenta: inés" in page.text
    assert client.get(OWN, **{**by, "headers": {}}).status_code == 303  # it holds as long as the proxy says so
    assert client.post(OWN, data={"sesion": "x"}, **by).status_code == 403
    assert client.post(OWN, data={"sesion": "x", "token": token(client.get(OWN, **by))}, **by).status_code == 303
    unknown = client.get("/entrar", **{**by, "headers": {"X-Remote-User": "<b>nadie"}})
    assert (unknown.status_code, "«&lt;b&gt;nadie»" in unknown.text) == (403, True)
    left = client.post("/entrar/salir", data={"token": token(client.get(OWN, **by))}, **by)
    assert "cierre también la sesión de su instituto" in left.text
    account(staffed.maker.corpus, NAME, PASSWORD)
    plain = create_app(index, desk=staffed.desk, proxies=proxies).test_client()
    assert plain.get(OWN, **by).status_code == 303  # off unless told
    index.close()
