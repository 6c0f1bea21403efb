"""Who may pass to the desk, and with which forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engines.live import LiveIndex
from search_app.desk.forms.upload_limits import COOKIE
from search_app.desk.login.login_sessions import IDLE_S, LONGEST_S, LoginSessions
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.search_app.desk.desk_office import NAME, PARTS, PASSWORD, Office, account, enter, furnish, office, token

pytestmark = pytest.mark.long

REPORTING = "/acervo/reportar"
"""What a reader reports needs neither session nor token: it is held back by the minute."""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("puerta"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def addresses(furnished: Office, method: str) -> list[str]:
    """Every address of the desk that answers a method, with values that exist."""
    rules = (rule for rule in furnished.app.url_map.iter_rules() if rule.rule.startswith(("/acervo", "/entrar")))
    return [
        re.sub(r"<(?:\w+:)?(\w+)>", lambda found: PARTS[found[1]], rule.rule)
        for rule in rules
        if method in (rule.methods or ())
    ]


def kept_by(page: str) -> dict[str, str]:
    """What a page of an interrupted form holds, readable and not."""
    shown = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]* readonly[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="((?!token|next)[^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in (*shown, *hidden)}


def test_every_post_without_a_token_is_refused(furnished: Office, staff: FlaskClient) -> None:
    before = len(furnished.history())
    posts = addresses(furnished, "POST")
    assert len(posts) >= 12
    for address in posts:
        if address == REPORTING:
            continue
        for client in (staff, furnished.client(signed_in=False)):
            for form in ({}, {"token": "x"}, {"token": furnished.desk.sessions.entry_token("another")}):
                answer = client.post(address, data=form)
                assert answer.status_code == 403, address
    assert len(furnished.history()) == before
    assert staff.get("/acervo/").status_code == 200


def test_no_other_method_does_anything(furnished: Office, staff: FlaskClient) -> None:
    for address in addresses(furnished, "POST"):
        for method in ("PUT", "DELETE", "PATCH"):
            assert staff.open(address, method=method).status_code in (403, 405), (method, address)


def test_a_wrong_password_and_an_unknown_name_are_told_alike(furnished: Office) -> None:
    client = furnished.client(signed_in=False)
    said = set()
    for name in (NAME, "nadie"):
        furnished.forget_tries()
        answer = enter(client, name, "una clave que no es")
        assert answer.status_code == 401
        said.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(said) == 1


def test_signing_in_leads_only_within_the_desk(furnished: Office) -> None:
    for after in (
        "https://malo.example/acervo/",
        "//malo.example/",
        "/\\malo.example",
        "/acervo/\n",
        "javascript:1",
        "/",
    ):
        furnished.forget_tries()
        assert enter(furnished.client(signed_in=False), after=after).headers["Location"] == "/acervo/"
    furnished.forget_tries()
    answer = enter(furnished.client(signed_in=False), after="/acervo/historial?pagina=2")
    assert answer.headers["Location"] == "/acervo/historial?pagina=2"


def test_the_cookie_is_for_this_site_alone_and_another_one_at_every_sign_in(furnished: Office) -> None:
    seen = set()
    for _ in range(2):
        furnished.forget_tries()
        answer = enter(furnished.client(signed_in=False))
        cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith(COOKIE))
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie
        seen.add(cookie.split(";")[0])
    assert len(seen) == 2


def test_the_cookie_is_for_https_alone_where_the_site_is(furnished: Office) -> None:
    furnished.forget_tries()
    client = furnished.client(signed_in=False)
    form = client.get("/entrar", base_url="https://localhost")
    data = {"token": token(form), "nombre": NAME, "clave": PASSWORD}
    answer = client.post("/entrar", data=data, base_url="https://localhost")
    assert all("Secure" in value for value in answer.headers.getlist("Set-Cookie") if value.startswith(COOKIE))


def test_who_left_is_out_whoever_still_has_the_cookie(furnished: Office, staff: FlaskClient) -> None:
    kept = staff.get_cookie(COOKIE)
    assert kept is not None
    assert staff.post("/entrar/salir", data={"token": token(staff.get("/acervo/agregar"))}).status_code == 303
    assert staff.get("/acervo/").status_code == 303
    other = furnished.client(signed_in=False)
    other.set_cookie(COOKIE, kept.value)
    assert other.get("/acervo/").status_code == 303


def test_a_session_ends_without_use_and_after_twelve_hours(tmp_path: Path) -> None:
    now = [1_000_000.0]
    sessions = LoginSessions(lambda: b"x" * 32, tmp_path, lambda: now[0])
    visit = sessions.enter("ana")
    now[0] += IDLE_S - 1
    assert sessions.read(sessions.cookie(visit)) is not None
    now[0] += 2
    assert sessions.read(sessions.cookie(visit)) is None
    visit = sessions.enter("ana")
    end = now[0] + LONGEST_S
    while now[0] < end - IDLE_S:
        now[0] += IDLE_S - 1
        found = sessions.read(sessions.cookie(visit))
        assert found is not None
        visit = sessions.used(found)
    now[0] = end + 1
    assert sessions.read(sessions.cookie(sessions.used(visit))) is None


def test_a_cookie_that_was_changed_or_signed_elsewhere_is_none(tmp_path: Path) -> None:
    sessions = LoginSessions(lambda: b"x" * 32, tmp_path)
    good = sessions.cookie(sessions.enter("ana"))
    other = LoginSessions(lambda: b"y" * 32, tmp_path).cookie(sessions.enter("ana"))
    for cookie in (
        None,
        "",
        good[:-1],
        good + "x",
        other,
        "a.b",
        "ñ",
        sessions.entry_token("k"),
        sessions.token(sessions.enter("ana")),
        "x" * 5000,
    ):
        assert sessions.read(cookie) is None


def test_what_was_typed_when_the_session_ended_can_be_sent_after_signing_in(
    furnished: Office, staff: FlaskClient
) -> None:
    form = staff.get("/acervo/agregar")
    typed = {"token": token(form), "texto": "0:00\nhablamos <de> las «urnas»\n0:06\notra vez", "mesa": "foro/mesa-2"}
    staff.delete_cookie(COOKIE)
    ended = staff.post("/acervo/agregar", data=typed)
    assert ended.status_code == 403
    assert "Su sesión terminó" in ended.text
    asked = kept_by(ended.text)
    assert asked["guardado-campo-texto"] == typed["texto"]
    again = staff.post("/entrar", data=asked)
    assert "se conserva" in again.text
    furnished.forget_tries()
    entered = staff.post("/entrar", data={**asked, "token": token(again), "nombre": NAME, "clave": PASSWORD})
    assert "Siga donde estaba" in entered.text
    resumed = {name.removeprefix("guardado-campo-"): value for name, value in asked.items() if "campo" in name}
    done = staff.post("/acervo/agregar", data={**resumed, "token": token(entered)})
    assert done.status_code == 303
    assert "hablamos &lt;de&gt;" in staff.get(done.headers["Location"]).text


def test_who_lost_the_account_is_out(tmp_path: Path) -> None:
    maker = furnish(tmp_path, minutes=1)
    index = LiveIndex(maker.settings.index)
    desk = StaffDesk(maker.corpus, maker.settings.index)
    client = create_app(index, desk=desk).test_client()
    assert enter(client).status_code == 303
    assert client.get("/acervo/agregar").status_code == 200
    account(maker.corpus, "luis")
    desk.commands.ask("cuenta", NAME, options={"quitar": True})
    assert client.get("/acervo/agregar").status_code == 303
    desk.commands.ask("cuenta", "luis", options={"quitar": True})
    shut = client.get("/acervo/agregar")
    assert shut.status_code == 404
    assert "python -m indexer cuenta NOMBRE" in shut.text
    index.close()


def test_another_password_ends_every_session_of_its_account_and_of_no_other(tmp_path: Path) -> None:
    maker = furnish(tmp_path, minutes=1)
    index = LiveIndex(maker.settings.index)
    app = create_app(index, desk=StaffDesk(maker.corpus, maker.settings.index))
    account(maker.corpus, "luis")
    one, other, luis = (app.test_client() for _ in range(3))
    assert [enter(one), enter(other), enter(luis, "luis")]
    assert [client.get("/acervo/agregar").status_code for client in (one, other, luis)] == [200, 200, 200]
    form = one.get("/acervo/agregar")
    account(maker.corpus, NAME, "otra clave de prueba")
    assert [client.get("/acervo/agregar").status_code for client in (one, other, luis)] == [303, 303, 200]
    refused = one.post("/acervo/agregar", data={"token": token(form), "texto": "hola a todas"})
    assert refused.status_code == 403
    assert "hola a todas" in refused.text
    account(maker.corpus, NAME, PASSWORD)  # the same one as before: what was ended stays ended
    assert one.get("/acervo/agregar").status_code == 303
    assert enter(one).status_code == 303
    assert one.get("/acervo/agregar").status_code == 200
    index.close()


def test_accounts_that_never_could_be_read_are_told_as_that_and_no_page_fails(tmp_path: Path) -> None:
    maker = furnish(tmp_path, minutes=1)
    (maker.corpus / "_personal" / "cuentas.json").write_text("{")
    index = LiveIndex(maker.settings.index)
    client = create_app(index, desk=StaffDesk(maker.corpus, maker.settings.index)).test_client()
    assert client.get("/foro/mesa-1/p1").status_code == 200
    for address in ("/acervo/", "/entrar"):
        shut = client.get(address)
        assert shut.status_code == 503
        assert "No se pudieron leer las cuentas" in shut.text
        assert "Todavía no hay cuentas" not in shut.text
    index.close()


def test_without_a_corpus_the_desk_is_off_and_says_how_it_is_turned_on(shipped: FlaskClient) -> None:
    for address in ("/entrar", "/acervo/", "/acervo/agregar", "/acervo/reportar"):
        answer = shipped.get(address)
        assert answer.status_code == 404
        assert "--corpus" in answer.text
    assert shipped.post("/acervo/agregar", data={"texto": "x"}).status_code == 404
    assert "Reportar un error" not in shipped.get("/foro-ieem-2025/mesa-5-innovacion-tecnologica/").text


def test_robots_are_told_to_stay_away(shipped: FlaskClient) -> None:
    lines = shipped.get("/robots.txt").text.splitlines()
    assert {"Disallow: /acervo", "Disallow: /entrar"} <= set(lines)
