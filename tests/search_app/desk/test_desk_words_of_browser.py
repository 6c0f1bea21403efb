"""The desk speaks to somebody at a browser: what was done is said as done, and the cure is a button, not a command."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.program import STAFF
from search_app.desk.forms.wording import capitalized, done_words
from search_app.desk.jobs import commands
from search_app.desk.jobs.browser_messages import CURES, answer_for_browser, for_browser
from search_app.desk.jobs.commands import CommandFailed, Commands
from tests.search_app.desk.desk_office import ROOT, Office, office, sent
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("palabras"), minutes=1) as made:
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


def test_every_cure_of_the_shell_is_still_said_by_some_command() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "indexer").rglob("*.py")))
    said = said.replace("{STAFF}", STAFF)
    assert [told for told, _ in CURES if told not in said] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("No hay nada que buscar: escriba una palabra o un nombre después de --buscar",
         "No hay nada que buscar: escriba una palabra o un nombre en «Donde diga»"),
        ("No se pudo escribir: libere espacio y repita el comando",
         "No se pudo escribir: libere espacio e inténtelo otra vez"),
        ("«urna» va aparte: quítelo de su .toml",
         "«urna» va aparte: quítelo de su .toml. Eso se cambia en el servidor: pídalo a quien lo cuida"),
        ("foro/mesa-1/mesa.toml: falta el título: escríbalo", "foro/mesa-1/mesa.toml: falta el título: escríbalo"),
        ("El nombre «--ana» no se entiende: escriba otro", "El nombre «--ana» no se entiende: escriba otro"),
    ],
)  # fmt: skip
def test_a_cure_is_one_that_the_browser_has(said: str, told: str) -> None:
    assert for_browser(said) == told
    assert for_browser(told) == told


def test_warnings_and_problems_are_told_so_as_well() -> None:
    given = {
        "paso": 3,
        "avisos": ["x: quite el renglón"],
        "problemas": [{"texto": "quite el renglón", "gravedad": "a"}],
    }
    assert answer_for_browser(given) == {
        "paso": 3, "avisos": ["x: quítela en «Corregir»"],
        "problemas": [{"texto": "quítela en «Corregir»", "gravedad": "a"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Deshacer el paso 8", "Se deshizo el paso 8"),
        ("Retirar toda la mesa de Bodegas", "Se retiró toda la mesa de Bodegas"),
        ("Quién habla en Bodegas", "Se guardó quién habla en Bodegas"),
        ("«Ana» se llama «Ana Ruiz» en Bodegas", "Ahora «Ana» se llama «Ana Ruiz» en Bodegas"),
        ("«gomez» por «Gómez» en 3 lugares", "Se corrigió «gomez» por «Gómez» en 3 lugares"),
        ("Otra cosa", "Otra cosa"),
    ],
)
def test_what_was_done_is_said_as_done(title: str, told: str) -> None:
    assert done_words(title) == told


def test_an_address_or_a_file_gets_no_capital() -> None:
    assert capitalized("foro/mesa-1 ya tiene texto") == "foro/mesa-1 ya tiene texto"
    assert capitalized("a.exe: no se conoce") == "a.exe: no se conoce"
    assert capitalized("el archivo está vacío") == "El archivo está vacío"
    assert capitalized("") == ""


def test_what_cannot_be_read_is_called_as_it_was_and_nothing_else_is_said_of_it(staff: FlaskClient) -> None:
    for name, data in (("a.exe", b"MZ"), ("vacio.vtt", b"WEBVTT\n\n")):
        shown = sent(staff, "/acervo/agregar", {"mesa": "foro/mesa-2", "archivo": (io.BytesIO(data), name)})
        page = staff.get(shown.headers["Location"]).text
        assert "No se puede leer así" in page
        assert "Cómo empieza" not in page
        assert "Texto.exe" not in page
    assert ">Qué se entendió de «vacio.vtt»" in page


def test_a_mesa_that_is_not_there_is_an_address_that_is_not_there(staff: FlaskClient) -> None:
    for what in ("corregir", "hablantes", "retirar", "reemplazar"):
        answer = staff.get(f"/acervo/foro/no-existe/{what}")
        assert answer.status_code == 404
        assert "lo que había escrito" not in answer.text


def test_an_undo_of_an_undo_does_not_tell_all_that_was_before(furnished: Office, staff: FlaskClient) -> None:
    def undo(number: int) -> None:
        answer = sent(staff, f"/acervo/historial/paso_{number}", {})
        furnished.desk.worker.wait(answer.headers["Location"].rpartition("=")[2].rpartition("/")[2], PATIENCE_S)
        assert "Se deshizo el paso" in staff.get(answer.headers["Location"]).text

    furnished.desk.commands.ask("nuevo", "foro/otra", options={"titulo": "Otra"})
    first = furnished.history()[0]["paso"]
    undo(first)
    undo(first + 1)
    assert furnished.history()[0]["resumen"] == f"Se deshizo el paso {first + 1}, que deshacía el paso {first}"


def test_a_report_that_cannot_be_taken_is_no_try(furnished: Office) -> None:
    reader = furnished.client(signed_in=False)
    furnished.forget_tries()
    for _ in range(7):
        assert reader.post("/acervo/reportar", data={"pagina": "foro/mesa-1", "texto": ""}).status_code == 400
    good = {"pagina": "foro/mesa-1", "fragmento": "1", "texto": "Dice otra cosa"}
    assert [reader.post("/acervo/reportar", data=good).status_code for _ in range(6)] == [200] * 5 + [429]


def test_only_so_many_children_run_at_once_and_who_waits_in_vain_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_ROOM", threading.BoundedSemaphore(1))
    monkeypatch.setattr(commands, "_PATIENCE_S", 0.01)
    desk = Commands(tmp_path, tmp_path / "indice")
    assert desk.ask("historial") == {"pasos": []}
    with commands._a_place(own=False):
        with pytest.raises(CommandFailed, match="El servidor está ocupado"):
            desk.ask("historial")
        with commands._a_place(own=True):
            pass  # the worker does not wait for those who look
    assert desk.ask("historial") == {"pasos": []}
