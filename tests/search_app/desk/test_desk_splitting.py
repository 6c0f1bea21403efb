"""A day's captions on the desk: the mesas of the programme are found in the text, cut, and published as one job."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.forms.splitting import Part, cuts_given, kept, lasts, of_other_days, parts_of, parts_typed
from tests.search_app.desk.desk_office import office, sent
from tests.waiting import until

SPLIT = "/acervo/foro/partir"
SAID = ["buenos días a todas", "pasamos a lo que viene después", "se cuentan los votos", "ahora la clausura", "gracias"]
DAY = "WEBVTT\n\n" + "\n\n".join(f"00:0{at}:00.000 --> 00:0{at}:05.000\n{said}" for at, said in enumerate(SAID))
TOLD: dict[str, Any] = {
    "fin_s": 600.0,
    "mesas": [
        {"mesa": "mesa-1", "titulo": "Mesa 1. Uno", "tiene": False, "lugares": [30.0]},
        {"mesa": "mesa-2", "titulo": "Mesa 2. Dos", "tiene": False, "lugares": []},
        {"mesa": "mesa-3", "titulo": "Mesa 3. Tres", "tiene": True, "lugares": []},
    ],
}


def after(parts: tuple[Part, ...], **pressed: str) -> tuple[Part, ...]:
    """The parts after the table of the page was sent with a button and what stands beside it."""
    form = MultiDict[str, str](list(pressed.items()))
    for part in parts:
        for name, value in zip(
            ("mesa", "titulo", "inicio", "fin"), (part.session, part.title, part.start, part.end), strict=True
        ):
            form.add(name, value)
    return parts_typed(form, parts)


def test_the_programme_is_there_without_the_mesas_that_have_a_text() -> None:
    assert [part.key for part in parts_of(TOLD, "")] == ["mesa-1", "mesa-2"]


def test_mesas_of_another_day_are_left_out_but_for_those_that_were_placed() -> None:
    days = zip(TOLD["mesas"], ("2025-12-04", "2025-12-05", None), strict=True)
    told = {**TOLD, "mesas": [{**one, "fecha": day, "tiene": False} for one, day in days]}
    assert [part.key for part in parts_of(told, "", "2025-12-05")] == ["mesa-2", "mesa-3"]
    assert of_other_days(told, "2025-12-05") == ["mesa-1"]
    placed = kept([Part("mesa-1", "Uno", "0:10")])
    assert [part.key for part in parts_of(told, placed, "2025-12-05")] == ["mesa-1", "mesa-2", "mesa-3"]


def test_a_mesa_begins_and_ends_where_the_buttons_say() -> None:
    parts = after(parts_of(TOLD, ""), empieza="7", segundo7="62.5", de7="mesa-2")
    parts = after(parts, lugar="30.0|mesa-1")
    parts = after(parts, termina="9", segundo9="3700", de9="mesa-1")
    assert [(part.key, part.start, part.end) for part in parts] == [
        ("mesa-1", "0:30", ""),
        ("mesa-2", "1:02.5", "1:01:40"),
    ]
    assert [lasts(part, parts, 4000.0) for part in parts] == [32.5, 3637.5]
    assert parts_of(TOLD, kept(parts)) == parts
    assert cuts_given(parts)[1] == {"inicio_s": "1:02.5", "fin_s": "1:01:40", "mesa": "mesa-2", "titulo": "Mesa 2. Dos"}


def test_a_new_mesa_is_added_and_taken_away_again() -> None:
    parts = after(parts_of(TOLD, ""), nueva="Receso y más")
    assert [part.key for part in parts] == ["mesa-1", "mesa-2", "Receso y más"]
    assert [part.key for part in after(parts, quitar="Receso y más")] == ["mesa-1", "mesa-2"]
    placed = after(parts, lugar="5|mesa-1")
    assert after(placed, quitar="mesa-1")[0].start == ""


@pytest.mark.parametrize(
    "pressed", [{"termina": "1", "segundo1": "5"}, {"empieza": "1", "segundo1": "x", "de1": "mesa-1"}, {"lugar": "|"}]
)
def test_what_cannot_be_placed_is_told(pressed: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        after(parts_of(TOLD, ""), **pressed)


def as_it_stands(client: FlaskClient, address: str, **more: str) -> list[tuple[str, str]]:
    """The fields of the page as a browser without the script would send them."""
    page = client.get(address).text
    form = page.split('id="cortes"', 1)[1].split("</form>", 1)[0]
    found = re.findall(r'<input (?:type="hidden" )?name="([^"]+)" value="([^"]*)"', form)
    chosen = re.findall(r'name="((?:segundo|de)\d+)">.*?<option value="([^"]*)"(?: selected)?>', page, re.DOTALL)
    return [(name, unescape(value)) for name, value in (*found, *chosen, *more.items())]


def test_a_day_is_split_without_the_script(tmp_path: Path) -> None:
    with office(tmp_path, minutes=3) as made:
        staff = made.client()
        wrong = sent(staff, SPLIT, {"video": "no es", "archivo": (io.BytesIO(DAY.encode()), "dia.vtt")}, of=SPLIT)
        assert (wrong.status_code, 'value="no es"' in wrong.text) == (400, True)
        draft = sent(staff, SPLIT, {"archivo": (io.BytesIO(DAY.encode()), "dia.vtt")}, of=SPLIT).location
        assert "recibido, sin publicar" in staff.get("/acervo/").text
        shown = staff.get(draft).text
        assert "Mesa 2. Lo que viene" in shown
        assert "Se nombra en" in shown
        typed = MultiDict([*as_it_stands(staff, draft, accion="filtrar", contiene="votos"), ("inicio", "1:00")])
        typed.setlist("inicio", ["1:00", *typed.getlist("inicio")[1:]])
        filtered = staff.post(draft, data=typed).location
        assert (filtered, "se cuentan los votos" in staff.get(filtered).text) == (f"{draft}?contiene=votos#texto", True)
        assert 'name="inicio" value="1:00"' in staff.get(draft).text, "what was typed is kept when words are sought"
        for button, place in (
            ({"fragmento": "1"}, "?pagina=1#p1"),
            ({"pagina": "2"}, "?contiene=votos&pagina=2#texto"),
        ):
            typed = MultiDict(as_it_stands(staff, filtered, **button))
            typed.setlist("fin", ["1:30", *typed.getlist("fin")[1:]])
            assert staff.post(filtered, data=typed).location == draft + place
        assert 'name="fin" value="1:30"' in staff.get(draft).text, "and when another part of the text is looked at"
        staff.post(draft, data=MultiDict(as_it_stands(staff, draft, quitar="mesa-2")))
        assert staff.post(draft, data=MultiDict(as_it_stands(staff, draft, accion="publicar"))).status_code == 400
        assert staff.post(draft, data=MultiDict(as_it_stands(staff, draft, lugar="60.0|mesa-2"))).location == draft
        kept_typed = staff.post(draft, data=MultiDict(as_it_stands(staff, draft, nueva="Clausura", accion="guardar")))
        assert kept_typed.location == draft
        staff.post(draft, data=MultiDict(as_it_stands(staff, draft, lugar="180.0|Clausura")))
        done = staff.post(draft, data=MultiDict(as_it_stands(staff, draft, accion="publicar")))
        job = draft.rpartition("/")[2]
        until(lambda: made.desk.jobs.get(job).state == "hecho")  # type: ignore[union-attr]
        assert done.status_code == 303
        assert [step["accion"] for step in made.history()] == ["partir"]
        home = staff.get(done.location).text
        assert '<a href="/foro/mesa-2/">Mesa 2. Lo que viene</a>' in home
        assert '<a href="/foro/clausura/">Clausura</a>' in home
        said = staff.get("/foro/mesa-2/").text
        assert "se cuentan los votos" in said
        assert "gracias" not in said
        assert "ahora la clausura" in staff.get("/foro/clausura/").text
