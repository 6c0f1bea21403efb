"""The desk lists the names that are guesses, and one press confirms one."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.guesses import SAID
from tests.search_app.desk.desk_office import Office, sent, token
from tests.search_app.desk.guessing_office import TIMED, UNTIMED, guessing_office

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with guessing_office(tmp_path_factory.mktemp("por-confirmar")) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def words(answer: TestResponse) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def to_confirm(staff: FlaskClient, mesa: str) -> list[str]:
    """Who is listed as to be confirmed."""
    page = staff.get(f"/acervo{mesa}/hablantes").text
    listed = re.search(r'<h2 id="inferidos">.*?</section>', page, re.DOTALL)
    return re.findall(r'<span class="menor">([^<]*)</span></li>', listed[0]) if listed else []


def test_the_first_page_says_where_names_are_to_be_confirmed(staff: FlaskClient) -> None:
    home = staff.get("/acervo/")
    assert "2 fragmentos con nombre inferido · confirmarlo en Mesa 4. Carpas" in words(home)
    assert f'href="/acervo{TIMED}/hablantes#inferidos"' in home.text


def test_guessed_fragments_are_listed_and_marked_where_people_are_named_and_texts_mended(staff: FlaskClient) -> None:
    assert to_confirm(staff, TIMED) == ["Eva Paz", "Ana Ruiz"]
    page = staff.get(f"/acervo{TIMED}/hablantes")
    assert 'data-propia="Eva Paz (nombre inferido)"' in page.text
    assert words(page).count("Eva Paz (nombre inferido)") == 2
    assert "Eva Paz (nombre inferido)" in words(staff.get(f"/acervo{TIMED}/corregir"))


def test_what_was_understood_of_a_file_says_how_many_turns_are_guesses(staff: FlaskClient) -> None:
    file = (io.BytesIO(SAID.replace("xilocopa", "abejorro").encode()), "nueva.txt")
    form = {"mesa": "foro/mesa-2", "tipo": "transcripcion", "archivo": file}
    understood = sent(staff, "/acervo/agregar", form)
    seen = words(staff.get(understood.headers["Location"]))
    assert "Ana Ruiz 2 (1 con nombre inferido) , Eva Paz 1 (1 con nombre inferido) , PREGUNTA 1" in seen


@pytest.mark.parametrize("mesa", [TIMED, UNTIMED])
def test_one_press_confirms_a_name_and_leaves_the_doubt_of_a_place(
    furnished: Office, staff: FlaskClient, mesa: str
) -> None:
    address = f"/acervo{mesa}/hablantes"
    form = {"token": token(staff.get(address)), "de": "Eva Paz", "a": "Eva Paz"}
    before = len(furnished.history())
    assert staff.post(f"{address}/nombre", data=form).status_code == 303
    assert len(furnished.history()) == before
    done = staff.post(f"{address}/nombre", data={**form, "confirma": "si"}, follow_redirects=True)
    assert "Hecho y publicado. Se confirmó que habla «Eva Paz» en" in words(done)
    assert to_confirm(staff, mesa) == ["Ana Ruiz"]
    assert "Eva Paz (nombre inferido)" not in words(staff.get(f"{mesa}/"))


def test_to_say_who_speaks_from_a_moment_on_confirms_that_moment(staff: FlaskClient) -> None:
    address = f"/acervo{TIMED}/hablantes"
    page = staff.get(address)
    base = re.findall(r'name="base" value="([^"]*)"', page.text)[0]
    changes = ["20.0|Ana Ruiz", "30.0|Pregunta"]
    form = {"token": token(page), "base": base, "con_programa": "si", "cambio": changes}
    assert "Hecho y publicado" in staff.post(address, data=form, follow_redirects=True).text
    assert "Ana Ruiz" not in to_confirm(staff, TIMED)
