"""A long text is corrected a part at a time: parts, a filter, the part of one fragment, and on to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search_app.desk.views.corrections import PER_PAGE
from tests.search_app.desk.desk_office import office, token

TURNS = 3 * PER_PAGE - 5
ADDRESS = "/acervo/foro/mesa-larga/corregir"


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with office(tmp_path_factory.mktemp("larga")) as made:
        turns = "\n\n".join(
            f"{'ANA RUIZ' if n % 2 else 'LUIS MORA'}: Punto {n} del orden." for n in range(1, TURNS + 1)
        )
        made.maker.mesa("mesa-larga", title="Larga", transcripcion_txt=turns)
        assert not made.maker.update().failed
        yield made.client()


def boxes(page: str) -> dict[str, str]:
    """The texts of the form, by the names of their boxes."""
    return dict(re.findall(r'<textarea id="\w+" name="(t\d+)" rows="8">\n(.*?)</textarea>', page, re.DOTALL))


def filled(page: str, **typed: str) -> dict[str, str]:
    """The form of a page, as a browser sends it."""
    fields = dict(re.findall(r'<input type="hidden" name="(base|vistos)" value="([^"]*)"', page))
    return {"token": token(page), **fields, **boxes(page), **typed}


def numbers(page: str) -> list[int]:
    """The fragments that a page shows."""
    return [int(name[1:]) for name in boxes(page)]


def test_a_part_holds_so_many_fragments_and_one_fragment_is_found_in_its_part(staff: FlaskClient) -> None:
    assert numbers(staff.get(ADDRESS).text) == list(range(1, PER_PAGE + 1))
    assert numbers(staff.get(f"{ADDRESS}?pagina=3").text) == list(range(2 * PER_PAGE + 1, TURNS + 1))
    second = list(range(PER_PAGE + 1, 2 * PER_PAGE + 1))
    assert numbers(staff.get(f"{ADDRESS}?fragmento={PER_PAGE + 3}").text) == second
    assert numbers(staff.get(f"{ADDRESS}?fragmento={'9' * 5_000}").text) == list(range(1, PER_PAGE + 1))
    assert numbers(staff.get(f"{ADDRESS}?contiene=punto+{PER_PAGE + 3}").text) == [PER_PAGE + 3]


def test_who_saves_goes_on_with_the_next_part_and_nothing_else_is_changed(staff: FlaskClient) -> None:
    part = f"{ADDRESS}?pagina=2"
    edited = f"t{PER_PAGE + 1}"
    before = boxes(staff.get(part).text)
    answer = staff.post(part, data=filled(staff.get(part).text, **{edited: "Asunto 21 del orden.", "accion": "seguir"}))
    assert f"{ADDRESS}?pagina=3&hecho=" in answer.headers["Location"]
    assert "Hecho y publicado" in staff.get(answer.headers["Location"]).text
    assert boxes(staff.get(part).text) == {**before, edited: "Asunto 21 del orden."}


def test_what_cannot_be_written_is_still_there_in_its_part(staff: FlaskClient) -> None:
    part, edited = f"{ADDRESS}?pagina=2", f"t{PER_PAGE + 2}"
    answer = staff.post(part, data=filled(staff.get(part).text, **{edited: "Punto\n\nen otro renglón"}))
    assert answer.status_code == 400
    assert len(numbers(answer.text)) == PER_PAGE
    assert "en otro renglón" in boxes(answer.text)[edited]


def test_every_place_of_a_page_is_ticked_or_none_without_the_script(staff: FlaskClient) -> None:
    asked = {"buscar": "punto 2", "por": "Asunto 2", "donde": "foro/mesa-larga", "accion": "todos"}
    asked["token"] = token(staff.get(ADDRESS).text)
    ticked = staff.post("/acervo/corregir", data=asked).text
    places = re.findall(r'name="lugar" value="([^"]+)" checked', ticked)
    assert len(places) == ticked.count('name="lugar"') > 0
    assert "Quitar todas las marcas" in ticked
    assert " checked" not in staff.post("/acervo/corregir", data={**asked, "lugar": places}).text
