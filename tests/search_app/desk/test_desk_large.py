"""A long paste is never lost without a word: whatever became of the session, the page says the truth about it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.desk.forms.upload_limits import BEEN, COOKIE, LARGEST_BODY, LARGEST_TEXT
from search_app.desk.login.login_sessions import LoginSessions
from tests.search_app.browsing import served
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, enter, office, token
from tests.search_app.desk.test_desk_door import kept_by
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

LONG = "0:00\nhablamos de las urnas y de las listas\n" * 3_000
"""A session of two hours, more than anybody may send who never signed in."""
MULTIPART = "multipart/form-data; boundary=xx"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("pegado"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def cookies(client: FlaskClient, *names: str) -> str:
    """What a browser sends of these."""
    found = {name: client.get_cookie(name) for name in names}
    return "; ".join(f"{name}={cookie.value}" for name, cookie in found.items() if cookie)


def body(fields: dict[str, str]) -> bytes:
    """A form as a browser sends it, where no file was chosen."""
    parts = [f'--xx\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    parts += ['--xx\r\nContent-Disposition: form-data; name="archivo"; filename=""\r\n\r\n\r\n--xx--\r\n']
    return "".join(parts).encode()


def posted(base: str, path: str, fields: dict[str, str], held: str = "") -> tuple[int, str, str]:
    """Send a form to a real server; its status, the type and the text of the page."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_S)
    headers = {"Content-Type": MULTIPART, "Cookie": held}
    connection.request("POST", path, body(fields), {name: value for name, value in headers.items() if value})
    answer = connection.getresponse()
    said = answer.status, answer.headers["Content-Type"], answer.read().decode()
    connection.close()
    return said


@pytest.mark.parametrize("left", [False, True])
def test_a_long_paste_is_kept_where_the_session_ran_out_or_was_left(
    furnished: Office, staff: FlaskClient, left: bool
) -> None:
    form = token(staff.get("/acervo/agregar"))
    if left:
        assert staff.post("/entrar/salir", data={"token": form}).status_code == 303
    else:
        staff.delete_cookie(COOKIE)  # its twelve hours are over
    with served(furnished.app) as base:
        status, _, page = posted(base, "/acervo/agregar", {"token": form, "texto": LONG}, cookies(staff, COOKIE, BEEN))
    assert (status, "Su sesión terminó" in page) == (403, True)
    assert kept_by(page)["guardado-campo-texto"] == LONG.strip("\r")


def test_who_signs_in_meanwhile_finds_a_paste_of_two_megabytes_whole(furnished: Office, staff: FlaskClient) -> None:
    typed = {"token": token(staff.get("/acervo/agregar")), "texto": LONG * 16, "mesa": "foro/mesa-2"}
    staff.delete_cookie(COOKIE)
    kept = kept_by(staff.post("/acervo/agregar", data=body(typed), content_type=MULTIPART).text)
    again = staff.post("/entrar", data=body(kept), content_type=MULTIPART)
    who = {"token": token(again), "nombre": NAME, "clave": PASSWORD}
    entered = staff.post("/entrar", data=body({**kept, **who}), content_type=MULTIPART)
    assert 'enctype="multipart/form-data"' in entered.text
    assert kept_by(entered.text)["texto"] == typed["texto"]
    other = furnished.client()  # of the same account, so another session
    confirm = other.post("/acervo/agregar", data=body(typed), content_type=MULTIPART)
    assert (confirm.status_code, kept_by(confirm.text)["texto"]) == (403, typed["texto"])


def test_who_never_signed_in_with_this_browser_is_told_in_spanish_that_nothing_was_kept(furnished: Office) -> None:
    with served(furnished.app) as base:
        status, kind, page = posted(base, "/acervo/agregar", {"texto": LONG})
        assert (status, kind) == (413, "text/html; charset=utf-8")
        assert "«Atrás» vuelve a lo que había escrito; cópielo, entre con su cuenta" in page
        for path, length in (("/acervo/agregar", LARGEST_BODY + 1), ("/buscar", 70_000)):  # refused before it is sent
            connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_S)
            connection.putrequest("POST", path)
            connection.putheader("Content-Length", str(length))
            connection.endheaders()
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
            assert answer.headers["Content-Security-Policy"]
            page = answer.read().decode()
            assert ("Es demasiado grande" in page, "8 MB" in page, "max_body" in page) == (True, True, False)
            connection.close()


def test_text_that_is_too_large_is_not_called_a_file(furnished: Office, staff: FlaskClient) -> None:
    form = token(staff.get("/acervo/agregar"))
    held = cookies(staff, COOKIE)
    with served(furnished.app) as base:
        for size in (LARGEST_TEXT + 1_000_000, LARGEST_BODY + 1_000):
            fields = {"token": form, "titulo_mesa": "La de hoy", "texto": "x" * size}
            status, _, page = posted(base, "/acervo/agregar", fields, held)
            assert (status, "El texto es demasiado grande" in page) == (413, True)
            assert "Guárdelo en un archivo .txt" in page
            assert "«Atrás»" in page
            assert "video" not in page.split("<main", 1)[1]


def test_that_somebody_was_here_opens_nothing(tmp_path: Path) -> None:
    sessions = LoginSessions(lambda: b"x" * 32, tmp_path)
    assert sessions.been_here(sessions.been())
    assert sessions.read(sessions.been()) is None
    assert not sessions.known(sessions.been())
    assert sessions.author(sessions.been()) is None
    assert not sessions.been_here(sessions.cookie(sessions.enter("ana")))
    assert not LoginSessions(lambda: b"y" * 32, tmp_path).been_here(sessions.been())


def test_the_browser_that_somebody_left_is_remembered_and_signed_out(furnished: Office, staff: FlaskClient) -> None:
    assert staff.post("/entrar/salir", data={"token": token(staff.get("/acervo/agregar"))}).status_code == 303
    assert staff.get_cookie(COOKIE) is None
    assert staff.get_cookie(BEEN) is not None
    assert staff.get("/acervo/").status_code == 303
    assert enter(staff).status_code == 303
