"""The worker goes on, whatever the disk says: what waits is done once it can be, and says until then why it is not."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.engines.live import LiveIndex
from search_app.desk.jobs import job_store, worker
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.jobs.worker import Worker
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.search_app.desk.desk_office import NAME, enter, furnish, sent
from tests.search_app.fakes.desk_commands import Remembering
from tests.waiting import PATIENCE_S, until


class Disk:
    """Stands before what writes the state of jobs, and can be full."""

    def __init__(self, write: Callable[..., None]) -> None:
        self._write = write
        self.full: Callable[[bytes], bool] = lambda _data: False
        self.refused = 0

    def write(self, path: Path, data: bytes, mode: int = 0o644) -> None:
        if self.full(data):
            self.refused += 1
            raise OSError(errno.ENOSPC, "No space left on device")
        self._write(path, data, mode=mode)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(job_store.write_atomic)
    monkeypatch.setattr(job_store, "write_atomic", made.write)
    monkeypatch.setattr(worker, "_LOOK_ROUND_S", 0.02)
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StaffDesk]:
    made = StaffDesk(tmp_path, tmp_path / "indice")
    made.commands = Remembering(tmp_path)
    made.worker = Worker(made.jobs, made.commands)
    yield made
    made.stop()


def waiting(desk: StaffDesk, page: str = "foro/mesa-1") -> Job:
    calls = (CommandCall("agregar", (), {"mesa": page}, with_file=True),)
    job = desk.jobs.new(NAME, "?", state="espera", calls=calls, page=page)
    return desk.jobs.put(job, b"hola\n", ".txt")


def done(desk: StaffDesk, job: Job) -> bool:
    found = desk.jobs.get(job.id)
    return found is not None and found.state == "hecho"


@pytest.mark.parametrize("state", [b'"en_curso"', b'"done":1', b'"hecho"', b'"fallo"'])
def test_a_disk_that_is_full_at_any_moment_of_a_job_ends_nothing(
    desk: StaffDesk, disk: Disk, state: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    if state == b'"fallo"':
        desk.commands.let(refuse=lambda _command, _options: "No se puede.")  # type: ignore[attr-defined]
    job = waiting(desk)
    disk.full = lambda data: state in data
    desk.start()
    until(lambda: "lleno" in desk.worker.trouble(job.id))
    assert done(desk, job) is False
    tries = disk.refused
    until(lambda: disk.refused > tries + 2)  # several looks
    assert [r.levelno for r in caplog.records if job.id in r.getMessage()] == [logging.ERROR]  # said once
    if state == b'"fallo"':
        desk.commands.let(refuse=lambda _command, _options: None)  # type: ignore[attr-defined]
    disk.full = lambda _data: False
    until(lambda: done(desk, job))
    until(lambda: desk.worker.trouble(job.id) == "")
    assert desk.commands.taken() == [("agregar", "foro/mesa-1")]  # type: ignore[attr-defined]
    assert not desk.jobs.path(job).exists()


def test_one_job_that_cannot_be_written_holds_up_no_other(desk: StaffDesk, disk: Disk) -> None:
    stuck, other = waiting(desk, "foro/mesa-1"), waiting(desk, "foro/mesa-2")
    disk.full = lambda data: stuck.id.encode() in data
    desk.start()
    until(lambda: done(desk, other))
    assert desk.worker.wait(stuck.id, PATIENCE_S) is not None  # no answer waits for what is held up
    assert desk.worker.trouble(stuck.id)
    assert not done(desk, stuck)


@pytest.mark.parametrize("broken", ["sweep", "all"])
def test_whatever_fails_around_the_jobs_is_tried_again(
    desk: StaffDesk, disk: Disk, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = waiting(desk)
    times = []

    def fail(*_: object) -> Any:
        times.append(1)
        raise PermissionError(errno.EACCES, "no")

    with monkeypatch.context() as patch:
        patch.setattr(desk.jobs, broken, fail)
        desk.start()
        until(lambda: len(times) > 1)
        assert desk.worker.trouble(job.id)  # and goes on saying it until it does not fail
    until(lambda: done(desk, job))
    until(lambda: desk.worker.trouble(job.id) == "")


def test_a_lock_that_cannot_be_made_is_tried_again(
    desk: StaffDesk, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = waiting(desk)
    lock = desk.jobs.root / worker.LOCK
    lock.symlink_to(lock)
    desk.start()
    until(lambda: desk.worker.trouble(job.id))
    lock.unlink()
    until(lambda: done(desk, job))


def test_a_job_that_nobody_works_at_says_so(desk: StaffDesk) -> None:
    job = waiting(desk)
    assert "no está atendiendo" in desk.worker.trouble(job.id)
    desk.start()
    assert desk.worker.wait(job.id, PATIENCE_S) is not None
    until(lambda: desk.worker.trouble(job.id) == "")


def test_a_text_that_cannot_be_taken_away_does_not_make_a_failure_of_what_was_done(
    desk: StaffDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = threading.Event()

    def refuse(*_: object, **__: object) -> None:
        refused.set()
        raise PermissionError(errno.EPERM, "no")

    job = waiting(desk)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        desk.start()
        assert refused.wait(PATIENCE_S)
    assert done(desk, job)
    assert desk.jobs.path(job).exists()
    desk.jobs.sweep()  # at the next start
    assert not desk.jobs.path(job).exists()


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StaffDesk, FlaskClient]]:
    maker = furnish(tmp_path_factory.mktemp("disco"), minutes=1)
    index = LiveIndex(maker.settings.index)
    made = StaffDesk(maker.corpus, maker.settings.index)  # nobody works at its jobs
    client = create_app(index, desk=made).test_client()
    assert enter(client).status_code == 303
    yield made, client
    index.close()


def test_a_full_disk_is_told_on_every_form_and_nothing_is_taken(
    staff: tuple[StaffDesk, FlaskClient], disk: Disk
) -> None:
    desk, client = staff
    draft = desk.jobs.put(desk.jobs.new(NAME, "?", typed={"mesa": "foro/mesa-2"}), b"hola\n", ".txt")
    disk.full = lambda _data: True
    withdrawn = {"que": "mesa", "motivo": "Una prueba", "como": "siempre", "confirmacion": "RETIRAR"}
    for address, form in {
        "/acervo/historial/paso_1": {},
        "/acervo/foro/mesa-1/retirar": withdrawn,
        "/acervo/foro/mesa-1/hablantes/nombre": {"de": "Ana", "a": "Eva"},
        f"/acervo/agregar/{draft.id}": {"accion": "publicar"},
        "/acervo/agregar": {"texto": "hola"},
    }.items():
        answer = sent(client, address, form)
        assert answer.status_code == 409, address
        assert "lleno" in answer.text, address
    assert client.get(f"/acervo/agregar/{draft.id}").status_code == 200  # what was received can be looked at
    disk.full = lambda _data: False
    assert [one.id for one in desk.jobs.all()] == [draft.id]


def test_the_page_of_a_job_says_when_it_does_not_get_on(staff: tuple[StaffDesk, FlaskClient]) -> None:
    desk, client = staff
    job = waiting(desk)
    said = client.get(f"/acervo/encargos/{job.id}").text
    assert "no está atendiendo los encargos" in said
    assert "En espera de su turno" in said
    state = client.get(f"/acervo/encargos/{job.id}/estado").text
    assert f'data-estado="{state}"' in said
    assert state.endswith("detenido")
    desk.jobs.drop(job.id)


@pytest.mark.parametrize(
    ("page", "answer", "said"),
    [
        ("foro/mesa-1", {"paso": 1, "fragmentos": 3}, "<h1>Publicado</h1>"),
        ("foro/mesa-1", {"paso": 1, "fragmentos": 0, "avisos": ["evento.toml: comillas"]}, "sin publicar</h1>"),
        ("foro/mesa-1", {"pagina": "foro/mesa-1"}, "<h1>Publicado</h1>"),
        ("roto/mesa-1", {"pagina": "roto/mesa-1"}, "sin publicar</h1>"),
    ],
)
def test_only_what_can_be_read_is_called_published(
    staff: tuple[StaffDesk, FlaskClient], page: str, answer: dict[str, Any], said: str
) -> None:
    desk, client = staff
    calls = (CommandCall("agregar", (), {"mesa": page}, with_file=True),)
    job = desk.jobs.put(desk.jobs.new(NAME, "?", state="hecho", calls=calls, page=page, answer=answer))
    shown = client.get(f"/acervo/encargos/{job.id}").text
    assert said in shown
    assert all(one in shown for one in answer.get("avisos", []))
    desk.jobs.drop(job.id)


def test_the_thread_ends_when_it_is_asked_to(desk: StaffDesk) -> None:
    desk.start()
    threads = [thread for thread in threading.enumerate() if thread.name == "encargos"]
    desk.stop()
    assert threads
    assert not any(thread.is_alive() for thread in threads)


def test_the_job_at_work_ends_and_the_next_one_is_left_to_another_server(desk: StaffDesk) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(_command: str, _options: object) -> None:
        begun.set()
        assert may_end.wait(PATIENCE_S)

    desk.commands.let(refuse=slowly)  # type: ignore[attr-defined]
    first, second = waiting(desk), waiting(desk, "foro/mesa-2")
    desk.start()
    assert begun.wait(PATIENCE_S)
    desk.leave_off()
    may_end.set()
    desk.stop()
    assert done(desk, first)
    found = desk.jobs.get(second.id)
    assert found is not None
    assert found.state == "espera"
