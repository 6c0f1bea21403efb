"""SpeakersForm people without the script: whoever is not on the list is put on it, and nothing chosen is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.forms.speakers import Change, added_people, changes_of, choosing, speakers_form
from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, office

pytestmark = pytest.mark.long

SPEAKERS = "/acervo/foro/mesa-1/hablantes"
TWICE: dict[str, Any] = {
    "base": "c" * 64,
    "cambios": [{"inicio_s": float(s), "persona": p} for s, p in ((0, "Ana"), (5, "Eva"), (10, "Luis"), (15, "Ana"))],
    "fragmentos": [
        {
            "numero": 1,
            "inicio_s": 0.0,
            "fin_s": 20.0,
            "persona": "Ana",
            "texto": "uno dos tres cuatro cinco",
            "subtitulos": [{"inicio_s": float(s), "texto": "uno"} for s in (0, 5, 10, 15, 18)],
        }
    ],
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("sin-lista"), minutes=3) as made:
        toml = made.maker.corpus / "foro" / "mesa-1" / "mesa.toml"
        toml.write_text(toml.read_text().split("[[participantes]]")[0])
        assert not made.maker.update().failed
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def fields(page: TestResponse) -> MultiDict[str, str]:
    """What the form would send as it stands."""
    form = page.text.split('class="formulario atribuir"', 1)[1].split("</form>", 1)[0]
    sent = MultiDict[str, str]()
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        sent.add(name, unescape(value))
    for name, inside in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', inside)
        sent.add(name, unescape(chosen[1] or chosen[2]) if chosen else "")
    sent["personas"] = unescape(re.findall(r'name="personas"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)[0])
    return sent


def fill(form: MultiDict[str, str], typed: dict[str, str]) -> None:
    """Type over what stands there."""
    for name, value in typed.items():
        form[name] = value


def test_who_is_put_on_the_list_can_be_chosen_and_what_was_chosen_stays(furnished: Office, staff: FlaskClient) -> None:
    before = len(furnished.history())
    form = fields(staff.get(SPEAKERS))
    fill(form, {"personas": "Rosa  Vega\r\n\r\nJuan <Ríos>\r\nRosa Vega\r\n", "f1": "-", "accion": "lista"})
    listed = staff.post(SPEAKERS, data=form)
    assert listed.status_code == 200
    assert "Ya están en la lista: Rosa Vega, Juan &lt;Ríos&gt;" in listed.text
    assert 'name="de" value="Rosa Vega"' not in listed.text  # who only is on the list cannot be called otherwise here
    again = fields(listed)
    assert again["f1"] == "-"
    assert again["base"] == form["base"]
    again["personas"] += "\nEva Paz"
    third = fields(staff.post(SPEAKERS, data={**again.to_dict(flat=False), "accion": "lista"}))
    assert third.getlist("en_lista") == ["Rosa Vega", "Juan <Ríos>", "Eva Paz"]
    assert len(furnished.history()) == before
    fill(third, {"f1": "Rosa Vega", "f2": "Juan <Ríos>"})
    saved = staff.post(SPEAKERS, data=third, follow_redirects=True)
    assert "Hecho y publicado" in saved.text
    assert 'name="de" value="Rosa Vega"' in saved.text
    assert [person for _, person in told(furnished)][:2] == ["Rosa Vega", "Juan <Ríos>"]


def told(furnished: Office) -> list[Change]:
    """The changes that are written."""
    found = furnished.desk.commands.ask("hablantes", "foro/mesa-1")["cambios"]
    return [(one["inicio_s"], one["persona"]) for one in found]


def test_a_name_that_was_typed_and_chosen_nowhere_is_not_lost_by_saving(furnished: Office, staff: FlaskClient) -> None:
    before = len(furnished.history())
    form = fields(staff.get(SPEAKERS))
    fill(form, {"personas": "Marta Gil", "f2": "-"})
    held = staff.post(SPEAKERS, data=form)
    assert held.status_code == 400
    assert "No se guardó nada todavía" in held.text
    assert fields(held)["f2"] == "-"
    assert ">Marta Gil</option>" in held.text
    assert len(furnished.history()) == before
    assert "Hecho y publicado" in staff.post(SPEAKERS, data=fields(held), follow_redirects=True).text


def test_a_list_that_cannot_be_read_is_told_and_everything_is_still_there(staff: FlaskClient) -> None:
    form = fields(staff.get(SPEAKERS))
    for typed, said in (("x" * 201, "más de 200 letras"), ("\n".join(f"P {n}" for n in range(101)), "100 como máximo")):
        fill(form, {"personas": typed, "f2": "-", "accion": "lista"})
        answer = staff.post(SPEAKERS, data=form)
        assert (answer.status_code, said in answer.text) == (400, True)
        assert fields(answer)["f2"] == "-"
        assert fields(answer)["personas"].replace("\r", "") == typed


@pytest.mark.parametrize("second", ["9" * 400, "nan", "-1", ""])
def test_a_second_that_no_recording_has_is_refused(staff: FlaskClient, second: str) -> None:
    form = fields(staff.get(SPEAKERS))
    answer = staff.post(SPEAKERS, data={**form, "con_programa": "si", "cambio": f"{second}|Ana Ruiz"})
    assert (answer.status_code, "no es un segundo" in answer.text) == (400, True)


def test_people_are_read_one_a_line_without_what_nobody_sees() -> None:
    form = MultiDict({"personas": "  Ana\u200b  Ruiz \r\n-\r\n\r\nAna Ruiz\nLuis\tMora"})
    assert added_people(form) == ("Ana Ruiz", "Luis Mora")
    with pytest.raises(InvalidInput):
        added_people(MultiDict({"personas": "x" * 201}))


def test_changes_for_which_a_fragment_has_no_field_go_along_however_often_it_is_sent() -> None:
    page = speakers_form(TWICE)
    kept = [f"{cue.second}|{cue.change}" for cue in page.rows[0].cues[1:] if cue.change][1:]
    assert kept == ["10.0|Luis", "15.0|Ana"]
    form = MultiDict([("f1", "Ana"), ("desde1", "18.0"), ("luego1", "Eva"), *(("queda", value) for value in kept)])
    changes = changes_of(form, page.rows)
    assert changes == [(0.0, "Ana"), (10.0, "Luis"), (15.0, "Ana"), (18.0, "Eva")]
    # The page that comes back with a longer list shows another one first; none of them is lost by that.
    again = choosing(TWICE, changes, "b", "Rosa", ["Rosa"])
    assert again.others == ()
    assert again.people == ("Ana", "Eva", "Luis", "Rosa")
    first, *others = (cue for cue in again.rows[0].cues[1:] if cue.change)
    second = [("desde1", str(first.second)), ("luego1", str(first.change))]
    second += [("queda", f"{cue.second}|{cue.change}") for cue in others]
    assert changes_of(MultiDict([("f1", "Ana"), *second]), page.rows) == changes


def entered(page: Any, base: str) -> None:
    page.goto(f"{base}/entrar?next={SPEAKERS}")
    page.fill("#nombre", NAME)
    page.fill("#clave", PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_url(f"**{SPEAKERS}")


@needs_chromium[0]
@needs_chromium[1]
def test_without_script_a_new_mesa_gets_its_people(furnished: Office, browser: Any) -> None:
    furnished.forget_tries()
    with served(furnished.app) as base, opened(browser, java_script_enabled=False) as page:
        entered(page, base)
        page.fill("#personas", "Carmen Luz\nOtilia Paz")
        page.get_by_role("button", name="Añadir a la lista").click()
        page.locator("#f1").select_option("Carmen Luz")
        page.locator("#f2").select_option("Otilia Paz")
        page.get_by_role("button", name="Guardar y publicar").click()
        page.locator("main .hecho[role=status]").wait_for()
        assert page.locator(".habla").all_inner_texts()[:2] == ["Carmen Luz", "Otilia Paz"]


@needs_chromium[0]
@needs_chromium[1]
def test_enter_adds_another_person_and_saves_nothing(furnished: Office, browser: Any) -> None:
    furnished.forget_tries()
    before = len(furnished.history())
    with served(furnished.app) as base, opened(browser) as page:
        entered(page, base)
        assert page.locator("#personas").is_hidden()
        page.fill("#otra", "Delia Sanz")
        page.press("#otra", "Enter")
        assert page.get_by_role("button", name="Desde aquí habla Delia Sanz").count() > 0
        assert page.input_value("#otra") == ""
        assert page.url.endswith(SPEAKERS)
    assert len(furnished.history()) == before
