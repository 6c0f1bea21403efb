"""A text that is just arriving is never swept away, however slowly it comes; what a crash left is."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from search_app.desk.forms.upload_limits import COOKIE
from search_app.desk.jobs import job_store as job_store_module
from search_app.desk.jobs import worker
from search_app.desk.jobs.job_store import KEPT_DAYS, JobStore
from search_app.desk.jobs.unfinished_folders import BEING_MADE, being_made, sweep_unless_held
from tests.search_app.browsing import served
from tests.search_app.desk.desk_office import ROOT, Office, office, token
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.long

YEARS_S = 100 * 365 * 86_400


@pytest.fixture
def sweeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office whose worker sweeps without rest."""
    monkeypatch.setattr(worker, "_LOOK_ROUND_S", 0.01)
    monkeypatch.setattr(worker, "_SWEEP_S", 0.0)
    with office(tmp_path, minutes=1) as made:
        yield made


def test_a_text_that_is_written_slowly_is_not_swept_whatever_the_clocks_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_800_000_000.0]
    jobs, write = JobStore(tmp_path, now=lambda: now[0]), job_store_module.write_atomic
    writing, go_on = threading.Event(), threading.Event()

    def slow(path: Path, data: bytes, mode: int = 0o644) -> None:
        if BEING_MADE in str(path):
            writing.set()
            assert go_on.wait(PATIENCE_S)
        write(path, data, mode=mode)

    monkeypatch.setattr(job_store_module, "write_atomic", slow)
    draft = jobs.new("ana", "?", state="espera")
    thread = threading.Thread(target=jobs.put, args=(draft, b"hola", ".txt"))
    thread.start()
    assert writing.wait(PATIENCE_S)
    now[0] += YEARS_S
    JobStore(tmp_path, now=lambda: now[0]).sweep()  # another server
    jobs.sweep()
    go_on.set()
    thread.join()
    found = jobs.get(draft.id)
    assert found is not None
    assert jobs.path(found).read_bytes() == b"hola"
    assert not list(jobs.root.glob(f"{BEING_MADE}*"))


def test_an_upload_that_comes_byte_by_byte_while_the_desk_is_swept_is_received(
    sweeping: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = [0]
    sweep = sweeping.desk.jobs.sweep

    def counted() -> None:
        sweep()
        swept[0] += 1

    monkeypatch.setattr(sweeping.desk.jobs, "sweep", counted)
    sweeping.desk.jobs.put(sweeping.desk.jobs.new("ana", "?"))  # there is something to sweep from now on
    staff = sweeping.client()
    cookie = staff.get_cookie(COOKIE)
    assert cookie is not None
    fields = {"token": token(staff.get("/acervo/agregar")), "mesa": "foro/mesa-2", "texto": "Habla de las jacarandas."}
    body = "".join(f'--xx\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    sent = f"{body}--xx--\r\n".encode()
    with served(sweeping.app) as base:
        connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE_S)
        connection.putrequest("POST", "/acervo/agregar")
        connection.putheader("Content-Type", "multipart/form-data; boundary=xx")
        connection.putheader("Content-Length", str(len(sent)))
        connection.putheader("Cookie", f"{COOKIE}={cookie.value}")
        connection.endheaders()
        for place in range(0, len(sent), 64):
            before = swept[0]
            connection.send(sent[place : place + 64])
            until(lambda seen=before: swept[0] > seen)  # type: ignore[misc]
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 303
        name = str(answer.headers["Location"]).rpartition("/")[2]
        connection.close()
    before = swept[0]
    until(lambda: swept[0] > before + 1)
    job = sweeping.desk.jobs.get(name)
    assert job is not None
    assert sweeping.desk.jobs.path(job).read_text().strip() == fields["texto"]


def test_what_a_killed_server_left_half_made_goes_at_once(tmp_path: Path) -> None:
    code = (
        "import pathlib, signal, sys\n"
        "from search_app.desk.jobs.unfinished_folders import being_made\n"
        "with being_made(pathlib.Path(sys.argv[1])) as folder:\n"
        "    print(folder, flush=True); signal.pause()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        assert server.stdout is not None
        folder = tmp_path / Path(server.stdout.readline().strip()).name
        sweep_unless_held(folder)
        assert folder.is_dir()
        server.send_signal(signal.SIGKILL)
        server.wait()
    sweep_unless_held(folder)
    assert not folder.exists()


def test_no_other_folder_is_ever_swept(tmp_path: Path) -> None:
    """Not even the current one, which is what an empty name means."""
    (tmp_path / "acervo").mkdir()
    for folder in (tmp_path / "acervo", Path(""), Path(".")):
        sweep_unless_held(folder)
        assert folder.is_dir()


def test_a_folder_that_cannot_be_filled_is_taken_away(tmp_path: Path) -> None:
    def fill() -> None:
        with being_made(tmp_path) as folder:
            (folder / "texto.txt").write_text("hola")
            raise OSError("lleno")

    with pytest.raises(OSError, match="lleno"):
        fill()
    assert not list(tmp_path.iterdir())


def test_drafts_are_kept_for_days_by_the_clock_of_who_made_them(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    jobs = JobStore(tmp_path, now=lambda: now[0])
    draft = jobs.put(jobs.new("ana", "?"), b"hola")
    now[0] += KEPT_DAYS * 86_400 - 1
    jobs.sweep()
    assert jobs.get(draft.id) is not None
