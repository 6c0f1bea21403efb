"""Topics and people on the desk: listed, tried on the collection, saved; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.search_app.desk.desk_office import Office, office, sent

pytestmark = pytest.mark.long

VOCABULARY = '[[temas]]\nid = "urnas"\netiqueta = "Urnas"\n\n[[temas]]\nid = "actas"\netiqueta = "Actas"\n'


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("temas"), minutes=1) as made:
        (made.maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
        assert not made.maker.update().failed
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def test_a_topic_is_tried_before_it_is_saved(furnished: Office, staff: FlaskClient) -> None:
    assert "/acervo/temas/urnas" in staff.get("/acervo/temas?contiene=urna").text
    form = {"antes": "", "id": "listas", "etiqueta": "Listas", "signos": "renglón\nlistas de", "relacionado": "urnas"}
    page = sent(staff, "/acervo/temas/-nuevo", {**form, "accion": "probar"}, of="/acervo/temas/-nuevo")
    assert page.status_code == 200
    assert "Todavía no se guardó nada" in page.text
    assert "etiquetaría" in page.text
    assert "<mark>renglón</mark>" in page.text
    assert "listas de</textarea>" in page.text
    assert furnished.history() == []
    answer = sent(staff, "/acervo/temas/-nuevo", {**form, "accion": "guardar"}, of="/acervo/temas/-nuevo")
    assert answer.status_code == 303
    assert "Hecho y publicado" in staff.get(answer.headers["Location"]).text
    assert (
        'id="relacionado-listas" name="relacionado" type="checkbox" value="listas" checked'
        in staff.get("/acervo/temas/urnas").text
    )


def test_a_phrase_of_a_mesa_becomes_a_topic_with_a_click(furnished: Office, staff: FlaskClient) -> None:
    said = "ANA RUIZ: " + " ".join(["Llega el voto electrónico de quienes viven lejos."] * 9)
    furnished.maker.mesa("mesa-7", title="Siete", transcripcion_txt=said)
    furnished.maker.mesa("mesa-8", title="Ocho", transcripcion_txt="BERTA LUNA: " + "Se mandan las boletas. " * 30)
    assert not furnished.maker.update().failed
    page = staff.get("/acervo/foro/mesa-7/editar").text
    click = page.partition('">Hacer un tema de «voto electrónico»')[0].rpartition('href="')[2]
    form = staff.get(click).text
    assert 'name="etiqueta" value="voto electrónico"' in form
    assert 'name="id" value="voto-electronico"' in form


def test_what_cannot_be_saved_stays_in_the_form(staff: FlaskClient) -> None:
    base = staff.get("/acervo/temas/actas").text.partition('name="base" value="')[2].partition('"')[0]
    form = {"antes": "actas", "base": base, "id": "actas", "etiqueta": "Urnas", "accion": "probar"}
    page = sent(staff, "/acervo/temas/actas", form, of="/acervo/temas/actas")
    assert page.status_code == 400
    assert "ya es equivalente del tema" in page.text
    assert 'name="etiqueta" value="Urnas"' in page.text


def test_two_people_at_one_topic_are_told_and_two_at_two_are_not(furnished: Office, staff: FlaskClient) -> None:
    rows = furnished.desk.commands.ask("temas")["temas"]
    base = next(one["base"] for one in rows if one["id"] == "actas")
    first = {"antes": "actas", "base": base, "id": "actas", "etiqueta": "Actas", "signos": "sello", "accion": "guardar"}
    assert sent(staff, "/acervo/temas/actas", first, of="/acervo/temas/actas").status_code == 303
    second = {**first, "signos": "folio"}
    answer = sent(staff, "/acervo/temas/actas", second, of="/acervo/temas/actas")
    page = staff.get(answer.headers["Location"]).text
    assert "Otra persona cambió esto" in page
    assert "Signos: ahora dice sello; lo suyo, folio" in page
    assert "folio</textarea>" in page


def test_a_person_of_the_list_gets_a_name_and_a_post(furnished: Office, staff: FlaskClient) -> None:
    listed = staff.get("/acervo/personas?contiene=mora").text
    assert "/acervo/personas/luis-mora" in listed
    assert "Ana Ruiz" not in listed
    page = staff.get("/acervo/personas/luis-mora").text
    assert 'name="nombre" value="Luis Mora"' in page
    form = {"antes": "", "nombre": "Luis Mora", "variantes": "L. Mora", "cargo": "Secretario", "accion": "guardar"}
    answer = sent(staff, "/acervo/personas/luis-mora", form, of="/acervo/personas/luis-mora")
    assert "Hecho y publicado" in staff.get(answer.headers["Location"]).text
    assert 'cargo = "Secretario"' in (furnished.maker.corpus / "personas.toml").read_text(encoding="utf-8")
    assert staff.get("/acervo/personas/no-hay-nadie").status_code == 404
