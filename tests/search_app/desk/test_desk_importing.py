"""Many files are brought to the desk: shown line by line, mended, and published as one step."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search_app.desk.forms import upload_limits
from search_app.desk.jobs.job import Job
from search_app.desk.jobs.unfinished_folders import safe_name
from tests.made_recordings import ID, captions, yt_dlp_pair
from tests.search_app.desk.desk_office import Office, office, token
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("importar"), minutes=1) as made:
        yield made


@pytest.fixture(scope="module")
def staff(furnished: Office) -> FlaskClient:
    return furnished.client()


def posted(furnished: Office, staff: FlaskClient, address: str, **fields: object) -> Job:
    """Send a form, and wait; the job as it is then."""
    page = staff.get(address)
    answer = staff.post(address, data={"token": token(page), **fields}, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    found = furnished.desk.worker.wait(answer.headers["Location"].rpartition("/")[2], PATIENCE_S)
    assert found is not None
    return found


def shown(staff: FlaskClient, job: Job) -> TestResponse:
    return staff.get(job.retry)


def test_a_year_is_sent_mended_and_published_as_one_step(furnished: Office, staff: FlaskClient, tmp_path: Path) -> None:
    for number in (4, 5, 6):
        yt_dlp_pair(tmp_path, number)
    with zipfile.ZipFile(tmp_path / "más.zip", "w") as archive:
        archive.writestr("carpeta/Del zip.srt", "1\n00:00:01,000 --> 00:00:04,000\nesto vino en un zip\n")
    sent = [(io.BytesIO(path.read_bytes()), f"../../año/{path.name}") for path in sorted(tmp_path.iterdir())]
    job = posted(furnished, staff, "/acervo/importar", evento="foro", archivos=sent)
    assert (job.state, furnished.history()) == ("borrador", [])
    page = shown(staff, job).text
    assert "4 grabaciones" in page
    assert 'value="Sesión ficticia 4"' in page
    titles = [row["titulo"] for row in (job.examined or {})["renglones"]]
    assert titles == ["Sesión ficticia 4", "Sesión ficticia 5", "Sesión ficticia 6", "Del zip"]
    mended = {"visto1": "si", "titulo1": "Otra", "fecha1": "2025-12-05", "mesa1": "la-otra", "evento1": "foro",
              "version1": "subtitulos_corregidos", "visto2": "si", "fuera2": "si", "titulo2": titles[1],
              "fecha2": "2025-12-05", "evento2": "foro", "mesa2": "sesion-ficticia-5"}  # fmt: skip
    job = posted(furnished, staff, job.retry, accion="revisar", evento="foro", **mended)
    assert [row["estado"] for row in (job.examined or {})["renglones"]] == [
        "importar",
        "omitida",
        "importar",
        "importar",
    ]
    job = posted(furnished, staff, job.retry, accion="publicar")
    assert (job.state, job.title, (job.answer or {})["fragmentos"]) == ("hecho", "Importar 3 grabaciones", 3)
    assert [(step["accion"], step["resumen"]) for step in furnished.history()] == [
        ("importar", "Se importaron 3 grabaciones"),
    ]  # fmt: skip
    toml = (furnished.maker.corpus / "foro/la-otra/mesa.toml").read_text(encoding="utf-8")
    for part in ('titulo = "Otra"', "fecha = 2025-12-05", 'version = "subtitulos_corregidos"', ID.format(4)):
        assert part in toml
    assert until(lambda: staff.get("/foro/del-zip/").status_code == 200)
    assert not list(furnished.desk.jobs.root.glob("*/archivos"))  # the files are in the corpus alone


def test_what_cannot_be_imported_says_why_and_nothing_is_lost(furnished: Office, staff: FlaskClient) -> None:
    job = posted(furnished, staff, "/acervo/importar", archivos=[(io.BytesIO(b"PK\x05\x06roto"), "x.zip")])
    assert "dañado" in shown(staff, job).text
    job = posted(
        furnished, staff, "/acervo/importar", archivos=[(io.BytesIO(captions("sin evento").encode()), "x.vtt")]
    )
    page = shown(staff, job).text
    assert "No dice de qué evento es: elíjalo arriba" in page
    assert 'value="publicar" disabled' in page
    job = posted(furnished, staff, job.retry, accion="revisar", evento="foro")
    assert [row["estado"] for row in (job.examined or {})["renglones"]] == ["importar"]
    staff.post(job.retry, data={"token": token(shown(staff, job)), "accion": "descartar"})
    assert furnished.desk.jobs.get(job.id) is None


def test_nothing_and_too_much_are_told_before_anything_is_kept(
    staff: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"token": token(staff.get("/acervo/importar"))}
    assert "Elija varios archivos" in staff.post("/acervo/importar", data=form).text
    monkeypatch.setattr(upload_limits, "LARGEST_BATCH", 1_000)
    answer = staff.post("/acervo/importar", data={**form, "archivos": (io.BytesIO(bytes(2_000)), "x.vtt")})
    assert answer.status_code == 413
    assert "pasan juntos de 128 MB" in answer.text


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Año 2025\\a.vtt", "C:/Año 2025/a.vtt"),
        ("..", "sin-nombre"),
        ("a\n\0b.vtt", "a__b.vtt"),
        ("ñ" * 200 + ".es.vtt", "ñ" * 90 + "ñ" * 26 + ".es.vtt"),
    ],
)
def test_a_name_as_it_was_sent_leads_down_only(name: str, path: str) -> None:
    assert safe_name(name).as_posix() == path


def test_a_new_event_has_the_days_of_its_recordings(furnished: Office, staff: FlaskClient, tmp_path: Path) -> None:
    yt_dlp_pair(tmp_path, 7)
    yt_dlp_pair(tmp_path, 9)
    sent = [(io.BytesIO(path.read_bytes()), path.name) for path in tmp_path.iterdir()]
    job = posted(furnished, staff, "/acervo/importar", titulo_evento="Acervo", archivos=sent)
    job = posted(furnished, staff, job.retry, accion="publicar")
    assert (job.state, job.page) == ("hecho", "evento-acervo")
    toml = (furnished.maker.corpus / "evento-acervo/evento.toml").read_text(encoding="utf-8")
    assert toml.startswith('titulo = "Acervo"\ninicio = 2025-12-07\nfin = 2025-12-09\n')
