"""JobStore are done in the order in which they were sent, and who looks at the desk sees what to do about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.desk.jobs import worker
from search_app.desk.jobs.job_store import KEPT_DAYS, JobStore
from search_app.desk.jobs.worker import Worker
from tests.search_app.desk.desk_office import Office, office, panel, sent, token
from tests.search_app.fakes.desk_commands import Remembering
from tests.waiting import until

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("orden"), minutes=1) as made:
        yield made


def test_jobs_of_one_moment_sort_as_they_came(tmp_path: Path) -> None:
    jobs = JobStore(tmp_path, now=lambda: 1_800_000_000.2)
    names = [jobs.new("ana", "?").id for _ in range(200)]
    assert sorted(names) == names
    assert len(set(names)) == 200


def test_a_clock_that_goes_back_puts_nobody_before_others(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    jobs = JobStore(tmp_path, now=lambda: now[0])
    jobs.put(jobs.new("ana", "?", title="primero"))
    now[0] -= 3_600
    jobs.put(jobs.new("ana", "?", title="segundo"))
    after = JobStore(tmp_path, now=lambda: now[0])  # a server that was started again
    after.put(after.new("ana", "?", title="tercero"))
    assert [one.title for one in after.all()] == ["primero", "segundo", "tercero"]
    assert [one.made_s for one in after.all()] == [1_800_000_000.0, 1_799_996_400.0, 1_799_996_400.0]


def test_what_failed_says_whose_and_when_and_goes_by_one_press(furnished: Office) -> None:
    staff = furnished.client()
    failed = furnished.desk.jobs.put(furnished.desk.jobs.new("luis", "?", title="Deshacer el paso 99"))
    furnished.desk.jobs.change(failed.id, state="fallo", error="no hay")
    page = staff.get("/acervo/")
    row = page.text.split(failed.id, 1)[1].split("</li>")[0]
    assert "luis" in row
    assert " de 20" in row  # the day
    assert "se guarda 7 días" in row
    answer = staff.post(f"/acervo/encargos/{failed.id}", data={"token": token(page), "accion": "descartar"})
    assert (answer.status_code, furnished.desk.jobs.get(failed.id)) == (303, None)


def test_a_draft_that_was_given_up_in_another_tab_is_not_published_and_breaks_nothing(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = furnished.client()
    place = {"titulo_mesa": "Dos pestañas", "evento": "foro", "texto": panel(1, "pestaña")}
    shown = sent(staff, "/acervo/agregar", place).headers["Location"]
    form, name = token(staff.get(shown)), shown.rpartition("/")[2]
    whole = furnished.desk.send

    def after_it_was_given_up(*asked: object, **values: object) -> object:
        assert furnished.desk.jobs.discard(name)
        return whole(*asked, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(furnished.desk, "send", after_it_was_given_up)
    answer = staff.post(shown, data={"token": form, "accion": "publicar"})
    assert (answer.status_code, "ya no está: se descartó" in answer.text) == (404, True)
    assert furnished.history() == []


def test_a_step_that_cannot_be_undone_says_why_in_the_list(furnished: Office) -> None:
    staff = furnished.client()
    desk = furnished.desk.commands
    desk.ask("nuevo", "foro/otra", options={"titulo": "Otra"})
    desk.ask("deshacer", "1")
    said = re.sub(r"<[^>]*>", "", staff.get("/acervo/historial").text)
    assert "No se puede deshacer. Ya lo deshizo el paso 2" in said


def test_what_is_old_goes_also_while_the_server_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_LOOK_ROUND_S", 0.01)
    monkeypatch.setattr(worker, "_SWEEP_S", 0.0)
    now = [1_800_000_000.0]
    jobs = JobStore(tmp_path, now=lambda: now[0])
    working = Worker(jobs, Remembering(tmp_path))
    working.start()
    try:
        draft = jobs.put(jobs.new("ana", "?"), b"hola", ".txt")
        now[0] += KEPT_DAYS * 86_400 + 1
        until(lambda: jobs.get(draft.id) is None)
    finally:
        working.stop()
