"""An edition that was kept is opened again: what it said then, and never what was withdrawn since."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import cli as staff
from indexer.engines import open_index
from search_app.__main__ import cli
from search_app.exporting import downloads
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.browsing import needs_chromium, opened, served

SAID = "ANA RUIZ: Un secreto de {}.\n\nLUIS PAZ: Las actas de ayer.\n\nEVA SOL: Los cómputos de hoy.\n"
MESAS = ("fragmento", "entera", "movida", "renombrada", "prestada", "intacta")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> CorpusMaker:
    """A corpus whose first edition was kept, and then edited."""
    maker = CorpusMaker(tmp_path_factory.mktemp("antes"))
    maker.event(anuncio_txt="Se hablará de todo.")
    maker.mesa("vacia")
    for name in MESAS:
        maker.mesa(name, extra="fecha = 2025-12-04\n", transcripcion_txt=SAID.format(name))
    exported(maker)
    for name in MESAS:
        file = maker.corpus / "foro" / name / "transcripcion.txt"
        file.write_text(file.read_text().replace("actas de ayer", "actas de anteayer"))
    maker.update()
    return maker


@pytest.fixture
def made(before: CorpusMaker, tmp_path: Path) -> CorpusMaker:
    for name in ("corpus", "indice", "descargas"):
        shutil.copytree(before.corpus.parent / name, tmp_path / name, symlinks=True)
    return CorpusMaker(tmp_path)


def exported(made: CorpusMaker, code: int = 0) -> str:
    """What ``exportar`` says of a night."""
    made.update()
    line = [
        "exportar",
        str(made.corpus.parent / "descargas"),
        "--indice",
        str(made.settings.index),
        "--formato",
        "jsonl",
    ]
    done = CliRunner().invoke(cli, line)
    assert done.exit_code == code, done.output
    return done.output


@contextmanager
def reading(made: CorpusMaker) -> Iterator[FlaskClient]:
    index = open_index(made.settings.index)
    yield create_app(index, kept=made.corpus.parent / "descargas").test_client()
    index.close()


def order(made: CorpusMaker, *words: str) -> None:
    where = ["--corpus", str(made.corpus), "--indice", str(made.settings.index)]
    done = CliRunner().invoke(staff, [*words, *where])
    assert done.exit_code == 0, done.output


def kept(made: CorpusMaker) -> Path:
    """The oldest edition."""
    return min((made.corpus.parent / "descargas").glob("*.zip"), key=lambda path: path.stat().st_mtime)


def taken(client: FlaskClient, address: str) -> str:
    with client.get(f"{address}?formato=jsonl") as answer:
        files = zipfile.ZipFile(io.BytesIO(answer.data))
    sums = dict(line.split("  ")[::-1] for line in files.read("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(files.read(name)).hexdigest() for name in ("LEEME.txt", "fragmentos.jsonl")}
    return files.read("fragmentos.jsonl").decode()


def test_a_cited_edition_says_what_it_said_then(made: CorpusMaker) -> None:
    edition = kept(made).stem[-12:]
    with reading(made) as client:
        notice = client.get(f"/api/buscar?q=actas&edicion={edition}").json["avisos"][0]
        address = notice.rpartition(" ")[2]
        assert address == f"/descargas/{edition}"
        assert address in client.get("/descargas/").text
        cited = "https://instituto.example/foro/entera"
        for named in (
            "foro/entera/p2",
            "foro/entera%23p2",
            f"{cited}/p2",
            f"{cited}/?q=actas%23p2",
            "/foro/entera/p2/",
        ):
            shown = client.get(f"{address}?f={named}").text
            assert "Las actas de ayer." in shown
            assert "· 4 de diciembre de 2025<" in shown
        assert "anteayer" not in taken(client, address)
        assert client.get(f"{address}?f=foro/entera/p99").status_code == 404
        assert client.get("/descargas/000000000000").status_code == 404


@needs_chromium[0]
@needs_chromium[1]
def test_who_reads_a_citation_finds_the_edition_that_it_names(before: CorpusMaker, browser: Any) -> None:
    edition = kept(before).stem[-12:]
    with (
        reading(before) as client,
        served(client.application) as base,
        opened(browser, java_script_enabled=False) as page,
    ):
        page.goto(f"{base}/foro/entera/p2")
        page.get_by_role("contentinfo").get_by_role("link", name="edición").click()
        page.get_by_role("link", name=edition).click()
        page.get_by_label("Ver un fragmento como estaba").fill(f"{base}/foro/entera/p2")
        page.get_by_role("button", name="Ver").click()
        assert page.get_by_text("Las actas de ayer.").is_visible()
        page.goto(f"{base}/buscar?q=actas&edicion={edition}")
        page.get_by_role("link", name=f"/descargas/{edition}").click()
        assert page.get_by_role("heading", name=f"Edición {edition}").is_visible()


def test_what_is_withdrawn_goes_from_every_kept_edition_whatever_it_was_called_then(made: CorpusMaker) -> None:
    edition, day = kept(made).stem[-12:], kept(made).stat().st_mtime
    order(made, "mover", "foro/movida", "foro/otra")
    order(made, "mover", "foro/prestada", "foro/vacia", "--tipo", "transcripcion")
    (made.corpus / "foro" / "renombrada").rename(made.corpus / "foro" / "nueva")
    order(made, "retirar", "foro/fragmento#p1", "--motivo", "A petición")
    gone = ("entera", "otra", "vacia", "nueva")
    for name in gone:
        shutil.rmtree(made.corpus / "foro" / name)
    with (made.corpus / "retirados.toml").open("a", encoding="utf-8") as file:
        file.writelines(f'[[retirados]]\nruta = "foro/{name}"\nfecha = 2026-02-03\nmotivo = "Sí"\n' for name in gone)
    made.update()
    with reading(made) as client:
        text = taken(client, f"/descargas/{edition}")
        assert [name for name in MESAS if f"secreto de {name}" in text] == ["intacta"]
        assert client.get(f"/descargas/{edition}?f=foro/movida/p1").status_code == 404
        # What no withdrawal met is as it was, though it was edited; of a page that one met, what is read today.
        assert text.count("actas de ayer") == 1
        assert text.count("cómputos de hoy") == 2
    # The words are on the disk until the next night, which a damaged file does not stop.
    (kept(made).parent / "consta-acervo-jsonl-0123456789ab.zip").write_bytes(b"no zip")
    with reading(made) as client:
        assert client.get("/descargas/0123456789ab?f=foro/p1").status_code == 503
    assert kept(made).name in exported(made, 1)
    (kept(made).parent / "consta-acervo-jsonl-0123456789ab.zip").unlink()
    with zipfile.ZipFile(kept(made)) as files:
        assert files.read("fragmentos.jsonl").decode() == text
    assert kept(made).stat().st_mtime == pytest.approx(day)
    assert kept(made).name not in exported(made)


def test_a_night_that_fails_leaves_the_file_of_the_last_one(made: CorpusMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    exported(made)
    folder = made.corpus.parent / "descargas"
    (folder / ".consta-acervo-jsonl-x.zip.abcdefgh.tmp").write_bytes(b"of a night that was killed")
    before = {path.name: path.read_bytes() for path in folder.glob("consta-*")}

    def fails(out: io.BytesIO, *_: object) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("search_app.exporting.packages.write_package", fails)
        line = ["exportar", str(folder), "--indice", str(made.settings.index), "--formato", "jsonl"]
        assert CliRunner().invoke(cli, line).exit_code == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_disk_without_room_is_told_with_its_cure(made: CorpusMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads.tempfile, "TemporaryFile", lambda: open("/dev/full", "r+b"))  # noqa: SIM115
    with reading(made) as client:
        answer = client.get("/exportar?q=&formato=todo")
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert "TMPDIR" in answer.json["detail"]
        assert "TMPDIR" in client.get("/exportar?q=&formato=todo", headers={"Accept": "text/html"}).text
        lines = client.get("/en-contexto?q=casilla&formato=csv")
        assert (lines.status_code, "TMPDIR" in lines.text) == (503, True)
