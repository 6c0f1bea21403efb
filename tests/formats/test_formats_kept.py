"""What an earlier release wrote is read; what a newer one wrote is refused in words, and left as it is."""

from __future__ import annotations

import contextlib
import json
import logging
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer import history
from indexer.config import Settings
from indexer.engines import open_index
from indexer.engines.live import LiveIndex
from indexer.engines.whoosh.schema import FORMAT
from indexer.errors import IndexDamaged
from indexer.format_version import NewerFormat
from indexer.generations import Generations, manifest
from indexer.history import Undoing
from indexer.model import PageId
from indexer.operations.accounts import Accounts
from indexer.operations.backup import restore
from indexer.operations.reader_reports import reports
from indexer.operations.verifying import verify
from indexer.pipeline import update
from search_app.desk.jobs.job import Job
from search_app.desk.jobs.job_store import JobStore
from tests.corpora import CorpusMaker
from tests.formats.make_release import PASSWORD, TURNS

RELEASES = sorted(path.name.removesuffix(".tar.gz") for path in Path(__file__).parent.glob("*.tar.gz"))
NEWER = "lo escribió una versión más nueva de Consta"


def unpacked(release: str, folder: Path) -> Settings:
    """The files of a release."""
    with tarfile.open(Path(__file__).with_name(f"{release}.tar.gz")) as tar:
        tar.extractall(folder, filter="tar")
    return Settings(folder / "corpus", folder / "indice")


def answered(settings: Settings) -> dict[str, Any]:
    """What an index says of each page."""
    index = open_index(settings.index)
    try:
        catalogue = index.overview().catalogue
        pages = {name: index.session(PageId.parse(name)) for name in catalogue.pages}
        texts = {name: [[one.number, one.text] for one in page.passages] for name, page in pages.items() if page}
        return {"edicion": catalogue.edition, "fragmentos": texts}
    finally:
        index.close()


def job_of(settings: Settings) -> Job | None:
    """The job that waits."""
    jobs = JobStore(settings.corpus)
    return jobs.get(next(path.name for path in jobs.root.iterdir() if path.is_dir()))


@pytest.mark.parametrize("release", RELEASES)
def test_the_corpus_and_the_index_of_a_release_are_taken_over(release: str, tmp_path: Path) -> None:
    """The same texts stand under the same numbers; history, account, job and report are there."""
    settings = unpacked(release, tmp_path)
    said = json.loads((tmp_path / "responde.json").read_text())
    with contextlib.suppress(IndexDamaged):  # an older index is refused in words until it is built anew
        assert answered(settings) == said
    update(settings)
    assert answered(settings) == said
    assert verify(settings).problems == ()
    accounts = Accounts(settings.corpus)
    assert accounts.check("Ana Ruiz", PASSWORD) == "Ana Ruiz"
    assert [(one["papel"], one["eventos"], one["activa"]) for one in accounts.told()] == [("responsable", [], True)]
    assert [one.text for one in reports(settings.corpus)] == ["No se oye."]
    job = job_of(settings)
    assert job is not None
    assert (job.state, job.calls[0].command) == ("espera", "agregar")
    undoing = Undoing(settings.corpus)
    assert [one.record.action for one in undoing.past()][:3] == ["retirar", "reemplazar", "agregar"]
    with history.step(settings.corpus, "Ana", "terminal", "deshacer") as taken:
        undoing.take_back(taken, undoing.past(most=1)[0].record.number)
    update(settings)
    assert [TURNS[2].partition(": ")[2] in text for _, text in answered(settings)["fragmentos"]["foro/mesa-2"]][2]
    assert verify(settings).problems == ()


@pytest.mark.parametrize("release", [one for one in RELEASES if one != "0.0"])
def test_the_backup_of_a_release_is_restored(release: str, tmp_path: Path) -> None:
    unpacked(release, tmp_path)
    settings = Settings(tmp_path / "otro", tmp_path / "otro-indice")
    restore(settings.corpus, tmp_path / "respaldo.tar.gz")
    update(settings)
    assert answered(settings) == json.loads((tmp_path / "responde.json").read_text())


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("file", "ask"),
    [
        ("indice/g*/manifest.json", lambda settings: open_index(settings.index)),
        ("indice/g*/manifest.json", update),
        ("indice/g*/manifest.json", verify),
        ("corpus/_historial/ultimo.json", lambda settings: history.recover(settings.corpus)),
        ("corpus/_historial/ultimo.json", lambda settings: history.step(settings.corpus, "", "", "").__enter__()),
        ("corpus/_historial/ultimo.json", verify),
        ("corpus/_personal/cuentas.json", lambda settings: Accounts(settings.corpus).check("Ana Ruiz", PASSWORD)),
        ("corpus/_reportes/*.json", lambda settings: reports(settings.corpus)),
    ],
)
def test_what_a_newer_version_wrote_is_refused_and_left(
    file: str, ask: Callable[[Settings], object], tmp_path: Path
) -> None:
    """Whatever else is in it: its other keys may mean something else by then."""
    settings = unpacked(RELEASES[-1], tmp_path)
    update(settings)
    for path in tmp_path.glob(file):
        path.write_text('{"version": 99, "paso": "nuevo"}')
    before = everything(tmp_path)
    with pytest.raises(NewerFormat, match=rf"{NEWER} \(formato 99; aquí se conoce hasta el \d\): actualice Consta"):
        ask(settings)
    assert everything(tmp_path) == before


def test_a_new_format_of_the_engine_is_a_new_version_of_the_generation() -> None:
    """Raise both: an older program must know without opening it."""
    assert (manifest.VERSION, FORMAT) == (5, 9)


def test_a_job_of_a_newer_version_waits_for_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = unpacked(RELEASES[-1], tmp_path)
    path = next(settings.corpus.glob("_recibidos/*/encargo.json"))
    path.write_text('{"version": 99}')
    assert job_of(settings) is None
    with caplog.at_level(logging.ERROR):
        JobStore(settings.corpus, now=lambda: 4e9).sweep()
    assert "una versión más nueva de Consta" in caplog.text
    assert path.read_text() == '{"version": 99}'


def test_numbers_of_a_newer_version_are_left_and_told(tmp_path: Path) -> None:
    settings = unpacked(RELEASES[-1], tmp_path)
    path = settings.corpus / "foro/mesa-1/anclas.tsv"
    path.write_text(text := re.sub(r"(# consta-anclas) \d+", r"\1 99", path.read_text()))
    assert [NEWER in str(problem) for problem in update(settings).problems] == [True]
    assert path.read_text() == text


def test_a_server_goes_on_when_a_newer_version_publishes(maker: CorpusMaker) -> None:
    maker.event(anuncio_txt="Las casillas abren a las ocho.")
    maker.update()
    live = LiveIndex(maker.settings.index, look_every_s=0, watch_every_s=None)
    try:
        edition = live.health().edition
        maker.event(anuncio_txt="Las casillas abren a las nueve.")
        maker.update()
        (Generations(maker.settings.index).folders()[-1] / "manifest.json").write_text('{"version": 99}')
        live.look()
        assert live.health().edition == edition
        assert NEWER in live.health().warnings[0]
    finally:
        live.close()
