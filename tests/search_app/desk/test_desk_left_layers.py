"""What replacing leaves without use is told before it is done, and can be taken away in the browser."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.search_app.desk.desk_office import Office, office, sent, token
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

MESA = "foro/mesa-1"
TABLE = "numero\tde\ta\tvez\tautor\tfecha\n1\tgomez\tGómez\t1\tana\t2025-12-04\n1\t\t\t\tana\t2025-12-04\n"
OFFICIAL = "LA PRESIDENTA: Se abre la sesión con el orden del día.\n\nEL SECRETARIO: Doy cuenta de las actas.\n"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("sobras"), minutes=1) as made:
        folder = made.maker.corpus / MESA
        (folder / "correcciones.tsv").write_text(TABLE, encoding="utf-8")
        (folder / "hablantes.tsv").write_text("inicio_s\tpersona\n0\tAna Ruiz\n", encoding="utf-8")
        assert not made.maker.update().failed
        yield made


def done(furnished: Office, staff: FlaskClient, answer: TestResponse) -> None:
    """Wait for what was sent."""
    assert answer.status_code == 303, answer.text
    name = answer.headers["Location"].rpartition("/")[2].rpartition("=")[2]
    found = furnished.desk.worker.wait(name, PATIENCE_S)
    assert found is not None
    assert (found.state, found.error) == ("hecho", "")


def test_what_a_replacement_leaves_without_use_is_told_before_and_taken_away_after(furnished: Office) -> None:
    staff, folder = furnished.client(), furnished.maker.corpus / MESA
    file = (io.BytesIO(OFFICIAL.encode()), "oficial.txt")
    shown = sent(staff, "/acervo/agregar", {"mesa": MESA, "tipo": "transcripcion", "archivo": file}).headers["Location"]
    review = staff.get(shown)
    assert "deja de valer algo" in review.text
    assert "1 corrección de palabras que ya no están: «gomez» (fragmento 1)" in review.text
    assert "1 fragmento cotejado con el video que ya no está" in review.text
    assert "el texto nuevo no trae tiempos" in review.text
    fields = dict(
        part.split('" value="')
        for part in review.text.replace('name="', "\n").splitlines()
        if part.startswith(("visto", "base"))
        for part in [part.split('">')[0]]
    )
    done(furnished, staff, sent(staff, shown, {"accion": "publicar", **fields}, of=shown))

    page = staff.get(f"/acervo/{MESA}/corregir")
    assert "Fragmento 1: «gomez» → «Gómez»" in page.text
    assert "quite el renglón" not in page.text
    base = page.text.split('name="base" value="')[1].split('"')[0]
    marked = {"token": token(page), "base": base, "sobra": ["1|1|gomez", "1", "8|1|otra"]}
    done(furnished, staff, staff.post(f"/acervo/{MESA}/corregir/sobrantes", data=marked))
    assert not (folder / "correcciones.tsv").exists()
    assert "ya no se aplican" not in staff.get(f"/acervo/{MESA}/corregir").text

    named = staff.get(f"/acervo/{MESA}/hablantes")
    assert "Con este no se usa" in named.text
    base = named.text.split('name="base" value="')[1].split('"')[0]
    form = {"token": token(named), "base": base, "con_programa": "si"}
    done(furnished, staff, staff.post(f"/acervo/{MESA}/hablantes", data=form))
    assert not (folder / "hablantes.tsv").exists()
    assert "Con este no se usa" not in staff.get(f"/acervo/{MESA}/hablantes").text
    assert furnished.history()[0]["resumen"] == "Quién habla: se quitó la lista de cambios"


def test_nothing_marked_takes_nothing_away(furnished: Office) -> None:
    staff = furnished.client()
    answer = sent(staff, f"/acervo/{MESA}/corregir/sobrantes", {"base": ""})
    assert (answer.status_code, "Marque las correcciones" in answer.text) == (400, True)
