"""What failed and is sent again: nothing that was done is done twice, and nothing that was not is called done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from search_app.desk.jobs.completed_steps import first_to_do, mark
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.jobs.worker import Worker
from search_app.desk.staff_desk import StaffDesk
from tests.search_app.desk.desk_office import NAME, office, panel, sent, token
from tests.search_app.fakes.desk_commands import Remembering
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

EVENT = CommandCall("nuevo", ("foro",), {"titulo": "Foro", "fecha": "2026-01-01"})


def adding(page: str, **options: str) -> CommandCall:
    return CommandCall("agregar", (), {"mesa": page, "tipo": "transcripcion", **options}, with_file=True)


def refusing(*pages: str) -> Callable[[str, Mapping[str, Any]], str | None]:
    return lambda _command, options: "No se puede." if options.get("mesa") in pages else None


class Place:
    """A desk whose commands keep their history in memory."""

    def __init__(self, corpus: Path) -> None:
        self.commands = Remembering(corpus)
        self.desk = StaffDesk(corpus, corpus / "indice")
        self.desk.commands = self.commands
        self.desk.worker = Worker(self.desk.jobs, self.commands)
        self.desk.worker.start()

    def draft(self, *calls: CommandCall) -> Job:
        job = self.desk.jobs.new(NAME, "10.0.0.7", calls=calls, page="foro/mesa-1")
        return self.desk.jobs.put(job, b"hola\n", ".txt")

    def sent(self, job: Job, **values: Any) -> Job:
        """It, once it is done or has failed."""
        return self.after(self.desk.send(job, **values))

    def after(self, job: Job | None) -> Job:
        assert job is not None
        done = self.desk.worker.wait(job.id, PATIENCE_S)
        assert done is not None
        assert not done.waiting
        return done


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.desk.stop()


def test_a_text_sent_to_another_mesa_after_its_event_was_made_gets_there(place: Place) -> None:
    place.commands.let(refuse=refusing("foro/mesa-1"))
    failed = place.sent(place.draft(EVENT, adding("foro/mesa-1")))
    assert (failed.state, failed.error, failed.done) == ("fallo", "No se puede.", 1)
    done = place.sent(failed, calls=(adding("foro/mesa-2"),))
    assert done.state == "hecho"
    assert place.commands.taken() == [("nuevo", "foro"), ("agregar", "foro/mesa-2")]
    assert done.answer == {"paso": 2, "pagina": "foro/mesa-2", "fragmentos": 1, "avisos": ["aviso de foro/mesa-2"]}


def test_a_text_that_was_taken_and_not_published_goes_also_where_it_is_sent_now(place: Place) -> None:
    place.commands.let(publishes=False)
    failed = place.sent(place.draft(adding("foro/mesa-1")))
    assert "todavía no se publica" in failed.error
    assert [one.summary for one in place.desk.completed_steps(failed)] == ["Se hizo foro/mesa-1"]
    place.commands.let(publishes=True)
    assert place.sent(failed, calls=(adding("foro/mesa-2"),)).state == "hecho"
    assert place.commands.taken() == [("agregar", "foro/mesa-1"), ("agregar", "foro/mesa-2")]


def test_what_was_taken_is_not_taken_again_and_is_done_only_when_it_is_published(place: Place) -> None:
    place.commands.let(publishes=False)
    failed = place.sent(place.draft(EVENT, adding("foro/mesa-1")))
    assert place.sent(failed).state == "fallo"
    place.commands.let(publishes=True)
    done = place.sent(failed, calls=failed.calls)
    assert (done.state, (done.answer or {})["paso"]) == ("hecho", 2)
    assert place.commands.taken() == [("nuevo", "foro"), ("agregar", "foro/mesa-1")]


def test_a_part_that_was_done_is_kept_when_only_the_rest_is_sent_otherwise(place: Place) -> None:
    place.commands.let(refuse=refusing("foro/mesa-1"))
    failed = place.sent(place.draft(EVENT, adding("foro/mesa-1")))
    assert place.sent(failed, calls=(EVENT, adding("foro/mesa-2", titulo="Otra"))).state == "hecho"
    assert place.commands.taken() == [("nuevo", "foro"), ("agregar", "foro/mesa-2")]


def test_what_was_undone_meanwhile_is_done_again(place: Place) -> None:
    place.commands.let(refuse=refusing("foro/mesa-2"))
    failed = place.sent(place.draft(adding("foro/mesa-1"), adding("foro/mesa-2")))
    place.commands.undo(1)
    assert place.desk.completed_steps(failed) == ()
    place.commands.let(refuse=refusing())
    assert place.sent(failed).state == "hecho"
    assert place.commands.taken() == [
        ("agregar", "foro/mesa-1"),
        ("agregar", "foro/mesa-1"),
        ("agregar", "foro/mesa-2"),
    ]


def test_a_job_of_several_orders_tells_the_warnings_of_all(place: Place) -> None:
    done = place.sent(place.draft(adding("foro/mesa-1"), adding("foro/mesa-2")))
    assert (done.answer or {})["avisos"] == ["aviso de foro/mesa-1", "aviso de foro/mesa-2"]


def test_what_says_nothing_to_do_is_never_called_done(place: Place) -> None:
    draft = place.draft()
    assert place.desk.send(draft) is None
    failed = place.after(place.desk.queue(place.desk.jobs.new(NAME, "?", state="espera")))
    assert (failed.state, place.commands.taken()) == ("fallo", [])
    assert place.desk.jobs.path(draft).read_bytes() == b"hola\n"


def test_each_order_has_a_mark_of_its_own() -> None:
    job = Job(id="x", author="ana", origin="web ?, encargo x", made_s=0, calls=(adding("a/b"), adding("a/b")))
    assert mark(job, 0) != mark(job, 1)
    assert mark(job, 0).startswith("web ?, encargo x_")
    other = Job(id="x", author="ana", origin=job.origin, made_s=0, calls=(adding("a/d"), adding("a/b")))
    assert mark(other, 0) != mark(job, 0)
    assert mark(other, 1) == mark(job, 1)
    assert first_to_do(job, ()) == 0


def test_who_reviews_is_told_what_was_done_already_and_the_text_is_published_where_they_say(tmp_path: Path) -> None:
    with office(tmp_path, minutes=1) as made:
        staff = made.client()
        where = {"titulo_evento": "Callado", "inicio": "2026-01-01", "titulo_mesa": "Mesa callada", "mesa": ""}
        shown = sent(staff, "/acervo/agregar", {**where, "texto": panel(1, "teodolito")}).headers["Location"]
        draft = made.desk.jobs.get(shown.rpartition("/")[2])
        assert draft is not None
        form = {"token": token(staff.get(shown)), "accion": "publicar"}
        text = made.desk.jobs.path(draft)
        aside = text.rename(text.with_name("aparte"))  # the event is made, its text cannot be read
        staff.post(shown, data=form)
        failed = made.desk.worker.wait(draft.id, PATIENCE_S)
        assert failed is not None
        assert failed.state == "fallo"
        aside.rename(text)
        for page in (f"/acervo/encargos/{draft.id}", shown):
            said = staff.get(page).text
            assert "De este encargo ya se hizo" in said
            assert "Se creó callado" in said
        staff.post(shown, data={**form, "titulo_evento": "", "titulo_mesa": "", "mesa": "foro/mesa-2"})
        done = made.desk.worker.wait(draft.id, PATIENCE_S)
        assert done is not None
        assert (done.state, done.page) == ("hecho", "foro/mesa-2")
        assert staff.get("/api/buscar", query_string={"q": "teodolito"}).json["total"] > 0  # type: ignore[index]
        assert not text.exists()
