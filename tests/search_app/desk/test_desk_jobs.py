"""JobStore: on the disk before they are acknowledged, done once, also when the server dies."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from indexer.model import PageId
from indexer.model.received import RECORD
from indexer.operations.reader_reports import report
from indexer.operations.verifying import verify
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.completed_steps import mark
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.jobs.job_store import KEPT_DAYS, JobStore
from search_app.desk.staff_desk import StaffDesk
from tests.corpora import CorpusMaker
from tests.search_app.desk.desk_office import NAME, furnish
from tests.search_app.desk.desk_server import Browser, free_port, server
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.long


def test_a_job_is_on_the_disk_as_a_whole(tmp_path: Path) -> None:
    jobs = JobStore(tmp_path)
    job = jobs.put(jobs.new("ana", "10.0.0.7", title="Agregar"), b"hola", ".txt")
    assert JobStore(tmp_path).get(job.id) == job
    assert jobs.path(job).read_bytes() == b"hola"
    assert job.file == "texto.txt"
    assert jobs.path(job).stat().st_mode & 0o077 == 0
    assert job.origin == f"web 10.0.0.7, encargo {job.id}"
    assert [one.id for one in jobs.all()] == [job.id]


@pytest.mark.parametrize(
    "name", ["../x", "", ".", "20250101000000_zzzzzzzzzzzz", "20250101000000_0123456789ab/..", "\0"]
)
def test_only_an_id_is_an_id(tmp_path: Path, name: str) -> None:
    jobs = JobStore(tmp_path)
    assert jobs.get(name) is None
    jobs.drop(name)
    assert tmp_path.is_dir()


def test_a_job_that_an_older_server_left_is_read_and_its_steps_are_found_again(tmp_path: Path) -> None:
    name, jobs = "20260101000000_0123456789ab", JobStore(tmp_path)
    call = {"command": "corregir", "words": ["foro/mesa-1"], "options": {"escribir": True}, "given": {"fragmentos": []}}
    left = {
        "id": name,
        "author": "ana",
        "origin": "web ?, encargo x",
        "made_s": 1.5,
        "state": "espera",
        "orders": [call],
    }
    (jobs.root / name).mkdir(parents=True)
    (jobs.root / name / RECORD).write_text(json.dumps(left))
    job = jobs.get(name)
    assert job is not None
    assert job.calls == (CommandCall("corregir", ("foro/mesa-1",), {"escribir": True}, {"fragmentos": []}),)
    assert mark(job, 0) == "web ?, encargo x_6fff7944"
    jobs.change(name, done=1)
    assert json.loads((jobs.root / name / RECORD).read_text())["orders"][0]["command"] == "corregir"


@pytest.mark.parametrize("suffix", ["", ".", "./../x", ".tar/x", ".VTT", ".a b"])
def test_an_odd_suffix_becomes_none(tmp_path: Path, suffix: str) -> None:
    jobs = JobStore(tmp_path)
    assert jobs.put(jobs.new("ana", "?"), b"x", suffix).file == "texto"


def test_what_the_desk_writes_is_verified(maker: CorpusMaker) -> None:
    maker.event(anuncio_txt="Habrá dos mesas.")
    maker.update()
    jobs = JobStore(maker.corpus)
    jobs.put(jobs.new("ana", "10.0.0.7", state="espera", title="Agregar"), b"hola", ".txt")
    report(maker.corpus, PageId("foro"), 1, {"texto": "dice otra cosa"})
    found = verify(maker.settings)
    assert (found.problems, found.counts["encargos"], found.counts["reportes"]) == ((), 1, 1)


def test_what_is_done_keeps_no_text(tmp_path: Path) -> None:
    jobs = JobStore(tmp_path)
    calls = (CommandCall("corregir", given={"secreto": "zafiro"}),)
    job = jobs.put(jobs.new("ana", "?", calls=calls, typed={"t": "zafiro"}, examined={"t": "zafiro"}), b"zafiro")
    done = jobs.finish(job.id, {"paso": 3, "fragmentos": 2, "texto": "zafiro"})
    assert done is not None
    assert done.answer == {"paso": 3, "fragmentos": 2}
    assert not any(b"zafiro" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_old_jobs_and_half_made_ones_go_and_what_waits_stays(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    jobs = JobStore(tmp_path, now=lambda: now[0])
    draft, waits = jobs.put(jobs.new("a", "?"), b"x"), jobs.put(jobs.new("a", "?", state="espera"))
    half = jobs.root / ".nuevo-abc"
    half.mkdir()
    now[0] += KEPT_DAYS * 86_400 + 1
    jobs.sweep()
    assert jobs.get(draft.id) is None
    assert jobs.get(waits.id) is not None
    assert not half.exists()


def test_who_waits_is_told_how_many_go_before(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    jobs = JobStore(tmp_path, now=lambda: now[0])

    def put(**values: Any) -> Job:
        now[0] += 1
        return jobs.put(jobs.new("a", "?", **values))

    put()  # a draft
    put(state="hecho")
    one, two, three = (put(state="espera") for _ in range(3))
    assert [jobs.before(each) for each in (one, two, three)] == [0, 1, 2]
    working = jobs.change(two.id, state="en_curso")  # whatever the order in which they came
    assert working is not None
    assert [jobs.before(each) for each in (one, working, three)] == [1, 0, 2]
    jobs.finish(two.id, {})
    assert jobs.before(three) == 1


@pytest.mark.parametrize(("state", "given_up"), [("borrador", True), ("fallo", True), ("espera", False)])
def test_whoever_gives_up_what_another_has_just_sent_does_not_take_it_away(
    tmp_path: Path, state: str, given_up: bool
) -> None:
    jobs = JobStore(tmp_path)
    job = jobs.put(jobs.new("a", "?", state=state), b"x")
    assert jobs.discard(job.id) is given_up
    assert (jobs.get(job.id) is None) is given_up


def test_a_withdrawal_leaves_no_draft_of_its_page(tmp_path: Path) -> None:
    jobs = JobStore(tmp_path)
    draft = jobs.put(jobs.new("a", "?", page="foro/mesa-1"), b"zafiro")
    meant = jobs.put(jobs.new("a", "?", typed={"mesa": "foro/mesa-1"}), b"zafiro")
    other = jobs.put(jobs.new("a", "?", page="foro/mesa-2"), b"x")
    jobs.forget("foro/mesa-1")
    assert jobs.get(meant.id) is None
    assert [one.id for one in jobs.all()] == [other.id]
    assert jobs.get(draft.id) is None


def test_a_command_that_fails_says_why_in_one_sentence(tmp_path: Path) -> None:
    commands = Commands(tmp_path / "corpus", tmp_path / "indice")
    with pytest.raises(CommandFailed, match=r"No existe la orden .*\.$"):
        commands.ask("no-hay")
    (tmp_path / "corpus").mkdir()
    with pytest.raises(CommandFailed, match="no terminó en 0 segundos"):
        commands.ask("historial", timeout_s=0.01)
    with pytest.raises(CommandFailed, match="no pudo iniciar"):
        commands.ask("historial", "a\0b")
    assert commands.ask("historial") == {"pasos": []}


def test_what_was_taken_and_not_noted_is_not_taken_again(tmp_path: Path) -> None:
    """The server died after the command and before it wrote that down."""
    maker = furnish(tmp_path, minutes=1)
    desk = StaffDesk(maker.corpus, maker.settings.index)
    options: dict[str, str | bool] = {"mesa": "foro/mesa-2", "tipo": "transcripcion"}
    calls = (CommandCall("agregar", (), options, with_file=True),)
    job = desk.jobs.put(desk.jobs.new(NAME, "10.0.0.7", calls=calls, page="foro/mesa-2"), b"hola\n", ".txt")
    taken = {**options, "autor": NAME, "desde": mark(job, 0)}
    desk.commands.ask("agregar", str(desk.jobs.path(job)), options=taken)
    desk.jobs.change(job.id, state="en_curso", runs=1)
    desk.start()
    done = desk.worker.wait(job.id, PATIENCE_S)
    desk.stop()
    assert done is not None
    assert (done.state, done.error) == ("hecho", "")
    assert (done.answer or {}).get("paso") == 1
    assert len(desk.commands.ask("historial")["pasos"]) == 1


def states(corpus: Path) -> str:
    """What the jobs on the disk say of themselves."""
    return "\n".join(path.read_text() for path in (corpus / "_recibidos").glob("*/encargo.json"))


def test_what_was_acknowledged_is_there_when_the_server_is_killed(tmp_path: Path) -> None:
    maker = furnish(tmp_path, minutes=1)
    port = free_port()
    words = ["abeto", "olmo"]  # a hundred, in benchmarks/desk_crash.py
    sent: dict[str, str] = {}
    for number, word in enumerate(words):
        with server(tmp_path, port) as process:
            browser = Browser(port)
            browser.enter()
            sent[word] = browser.publish(word)  # acknowledged as received, and at work
            if number:  # the second one dies at work, or after it: its answer may have waited for that
                until(lambda: '"espera"' not in states(maker.corpus))
            process.send_signal(signal.SIGKILL)
            process.wait()
    with server(tmp_path, port):
        browser = Browser(port)
        browser.enter()
        for word, address in sent.items():
            assert "<h1>Publicado</h1>" in browser.ended(address), word
            found: dict[str, Any] = json.loads(browser.open(f"/api/buscar?q={word}")[1])
            assert found["total"] > 0
    steps = [
        step["pagina"] for step in StaffDesk(maker.corpus, maker.settings.index).commands.ask("historial")["pasos"]
    ]
    assert sorted(steps) == sorted(f"foro/mesa-{word}" for word in words)
    assert not list((maker.corpus / "_recibidos").glob("*/texto*"))
