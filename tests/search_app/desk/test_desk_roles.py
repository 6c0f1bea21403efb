"""Who may do what at the desk: the whole url map for each role, and an editor's change that waits for a responsable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask.testing import FlaskClient

from indexer.operations.accounts import Accounts
from search_app.desk.forms.upload_limits import COOKIE
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.job import CommandCall, Job
from search_app.desk.jobs.job_store import KEPT_DAYS, JobStore
from search_app.desk.jobs.touched_events import touched_events
from search_app.desk.views.roles import WHO
from tests.search_app.desk.desk_office import PARTS, PASSWORD, Office, account, office, token

pytestmark = pytest.mark.long

MESA = "/acervo/foro/mesa-1"
ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "editora.de.otro": ("editor", ("otro",)),
    "editora": ("editor", ("foro",)),
    "responsable.de.otro": ("responsable", ("otro",)),
    "responsable.de.todo": ("responsable", ()),
}


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office over two events, with an account of each role."""
    with office(tmp_path_factory.mktemp("papeles"), minutes=1) as made:
        made.maker.event("otro", "Otro foro")
        made.maker.mesa("mesa-9", event="otro", transcripcion_txt="LA PRESIDENTA: Hablamos de otra cosa.\n")
        assert not made.maker.update().failed
        for name, (role, events) in ROLES.items():
            account(made.maker.corpus, name, PASSWORD, role, events)
        yield made


def of(staffed: Office, name: str) -> FlaskClient:
    """A browser in which somebody is signed in."""
    client, desk = staffed.client(signed_in=False), staffed.desk
    client.set_cookie(COOKIE, desk.sessions.cookie(desk.sessions.enter(name, desk.accounts.all()[name].seal)))
    return client


def proposed(staffed: Office, *calls: CommandCall, author: str = "editora") -> Job:
    """A job that waits for a responsable."""
    jobs = staffed.desk.jobs
    return jobs.put(jobs.new(author, "?", state="por_revisar", title="Una propuesta", calls=calls, page="foro/mesa-1"))


def naming(was: str, to: str, page: str = "foro/mesa-3") -> CommandCall:
    return CommandCall("hablantes", (page,), {"unir": was, "en": to})


def test_each_address_answers_each_role_as_the_table_says(staffed: Office) -> None:
    """With a token as well: it is the role that refuses. No command is run, but the one that knows the accounts."""
    ask = Commands.ask

    def only_accounts(self: Commands, command: str, *words: str, **more: Any) -> dict[str, Any]:
        if command == "cuenta" and (more.get("options") or {}).get("lista"):
            return ask(self, command, *words, **more)
        raise CommandFailed("No se corre.", {})

    seen = set()
    with mock.patch.object(Commands, "ask", only_accounts):
        browsers = {name: of(staffed, name) for name in ROLES}
        tokens = {name: token(client.get("/acervo/agregar")) for name, client in browsers.items()}
        for rule in staffed.app.url_map.iter_rules():
            if not str(rule.endpoint).startswith("desk."):
                continue
            who = WHO[str(rule.endpoint)]
            seen.add(rule.endpoint)
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: PARTS[found[1]], rule.rule)
            for name, client in browsers.items():
                role, events = ROLES[name]
                theirs = "evento" not in rule.arguments or not events or "foro" in events
                refused = who != "cualquiera" and (not theirs or (who == "responsable" and role != who))
                for method in {"GET", "POST"} & (rule.methods or set()):
                    if rule.endpoint == "desk.leave":
                        continue  # it would send out whoever asks
                    data = {"token": tokens[name]} if method == "POST" else None
                    status = client.open(path, method=method, data=data).status_code
                    lacks = method == "POST" and who == "entrada"  # that form has a token of its own
                    assert ((status == 403) is (refused or lacks), status < 500) == (True, True), (name, method, path)
            if "GET" in (rule.methods or ()) and who not in ("cualquiera", "entrada"):
                answer = staffed.client(signed_in=False).get(path)
                assert (answer.status_code, answer.headers["Location"]) == (303, f"/entrar?next={path}")
                assert answer.headers["Cache-Control"] == "no-store"
    assert seen == WHO.keys()


def test_a_change_of_an_editor_waits_and_is_published_by_a_responsable_whom_the_history_names(staffed: Office) -> None:
    editor, chief = of(staffed, "editora"), of(staffed, "responsable.de.todo")
    form = {"token": token(editor.get("/acervo/agregar")), "de": "LA PRESIDENTA", "a": "Ana Ruiz"}
    answer = editor.post("/acervo/foro/mesa-3/hablantes/nombre", data=form)
    waits = editor.get(answer.headers["Location"])
    assert "espera a que un responsable lo publique" in waits.text
    assert staffed.history() == []
    assert "Por publicar" in chief.get("/acervo/").text
    shown = chief.get(answer.headers["Location"])
    assert "Decir quién habla en foro/mesa-3" in shown.text
    assert "Ana Ruiz" in shown.text
    waiting = next(job for job in staffed.desk.jobs.all() if job.state == "por_revisar")
    data = {"token": token(shown), "accion": "publicar", "visto": waiting.says}
    assert f'name="visto" value="{waiting.says}"' in shown.text
    assert chief.post(answer.headers["Location"], data={**data, "visto": "otra cosa"}).status_code == 400
    for client in (editor, of(staffed, "responsable.de.otro"), of(staffed, "editora.de.otro")):
        client.post(answer.headers["Location"], data={**data, "token": token(client.get("/acervo/agregar"))})
        assert staffed.history() == []
    assert "hecho=" in chief.post(answer.headers["Location"], data=data).headers["Location"]
    chief.post(answer.headers["Location"], data=data)  # another one at the same time
    assert [(one["autor"], one["publico"]) for one in staffed.history()] == [("editora", "responsable.de.todo")]


def test_of_the_data_of_a_page_a_proposal_shows_only_what_would_change(staffed: Office) -> None:
    """What somebody else has changed since it was written stays theirs, and is not in the list."""
    ask = staffed.desk.commands.ask
    seen = ask("editar", "foro/mesa-3")
    given = {"base": seen["base"], "campos": {**seen["campos"], "fecha": "2025-12-05"}}
    job = proposed(staffed, CommandCall("editar", ("foro/mesa-3",), {"escribir": True}, given))
    ask("editar", "foro/mesa-3", options={"titulo": "Urnas y votos"})
    shown = of(staffed, "responsable.de.todo").get(f"/acervo/encargos/{job.id}").text
    row = r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>'
    assert re.findall(row, shown) == [("Fecha", "nada", "2025-12-05")]


def test_of_a_topic_a_proposal_shows_only_what_would_change(staffed: Office) -> None:
    written = '[[temas]]\nid = "urnas"\netiqueta = "Urnas"\nsignos = ["votos"]\n'
    (staffed.maker.corpus / "vocabulario.toml").write_text(written, encoding="utf-8")
    fields = {"id": "urnas", "etiqueta": "Urnas", "signos": ["votos", "boletas"]}
    given = {"antes": "urnas", "base": staffed.desk.commands.ask("temas")["temas"][0]["base"], "campos": fields}
    job, chief = (
        proposed(staffed, CommandCall("temas", (), {"escribir": True}, given)),
        of(staffed, "responsable.de.todo"),
    )
    shown = chief.get(f"/acervo/encargos/{job.id}").text
    row = r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>'
    assert [found[1:] for found in re.findall(row, shown)] == [("votos", "votos, boletas")]
    assert "no se publica encima" not in shown
    (staffed.maker.corpus / "vocabulario.toml").write_text(f'{written}siglas = ["U"]\n', encoding="utf-8")
    assert "no se publica encima" in chief.get(f"/acervo/encargos/{job.id}").text
    (staffed.maker.corpus / "vocabulario.toml").unlink()


def test_what_comes_back_says_why_and_can_be_proposed_again(staffed: Office) -> None:
    job = proposed(staffed, naming("EL SECRETARIO", "Luis Mora"))
    address = f"/acervo/encargos/{job.id}"
    editor, chief = of(staffed, "editora"), of(staffed, "responsable.de.todo")
    data = {"token": token(chief.get(address)), "accion": "devolver"}
    assert "Escriba en la nota" in chief.post(address, data=data).text
    assert chief.post(address, data={**data, "nota": "Falta el segundo apellido"}).status_code == 303
    back = editor.get(address)
    assert "responsable.de.todo lo devolvió:" in back.text
    assert "Falta el segundo apellido" in back.text
    editor.post(address, data={"token": token(back), "accion": "repetir"})
    now = staffed.desk.jobs.get(job.id)
    assert now is not None
    assert (now.state, now.note) == ("por_revisar", "")
    editor.post(address, data={"token": token(back), "accion": "descartar"})
    assert staffed.desk.jobs.get(job.id) is None


def test_a_proposal_is_nobodys_but_its_authors_and_of_who_has_its_events(staffed: Office) -> None:
    account(staffed.maker.corpus, "otra.editora", PASSWORD, "editor", ("foro",))
    job = proposed(staffed, naming("a", "b"))
    address = f"/acervo/encargos/{job.id}"
    assert of(staffed, "otra.editora").get(address).status_code == 200
    for name in ("otra.editora", "editora.de.otro", "responsable.de.otro"):
        client = of(staffed, name)
        for action in ("descartar", "publicar", "devolver"):
            data = {"token": token(client.get("/acervo/agregar")), "accion": action, "nota": "no"}
            assert client.post(address, data=data).status_code == 403
    assert staffed.desk.jobs.get(job.id) == job
    assert "Una propuesta" not in of(staffed, "editora.de.otro").get("/acervo/").text


def test_the_page_that_a_form_names_is_looked_at_and_not_its_address_alone(staffed: Office) -> None:
    """A draft of one's own that is sent to a mesa of another event."""
    editor = of(staffed, "editora")
    jobs = staffed.desk.jobs
    assert "Otro foro" not in editor.get("/acervo/agregar").text
    draft = jobs.put(jobs.new("editora", "?", name="texto pegado"), b"hablamos de lilas\n", ".txt")
    data = {"token": token(editor.get("/acervo/agregar")), "accion": "publicar", "tipo": "descripcion"}
    refused = editor.post(f"/acervo/agregar/{draft.id}", data={**data, "mesa": "otro/mesa-9"})
    assert (refused.status_code, "Su cuenta es de estos eventos: foro" in refused.text) == (403, True)
    assert editor.post(f"/acervo/agregar/{draft.id}", data={**data, "mesa": "foro/mesa-2"}).status_code == 303
    now = jobs.get(draft.id)
    assert now is not None
    assert now.state == "por_revisar"
    page = of(staffed, "responsable.de.todo").get(f"/acervo/encargos/{draft.id}", follow_redirects=True)
    assert "hablamos de lilas" in page.text
    assert "Devolver con esta nota" in page.text


def test_the_history_of_an_event_is_nobodys_but_of_who_has_it(staffed: Office) -> None:
    """Nor is what somebody typed in a form that failed, by the name of its job."""
    commands = staffed.desk.commands
    given = {"campos": {"descripcion": "Se habló de lirios"}}
    step = commands.ask("editar", "otro", options={"escribir": True}, given={"campos": {"sede": "La de los lirios"}})
    address, failed = f"/acervo/historial/paso_{step['paso']}", proposed(staffed, naming("a", "b"), author="ana")
    call = CommandCall("editar", ("otro",), {"escribir": True}, given)
    failed = staffed.desk.jobs.change(failed.id, state="fallo", page="otro", calls=(call,)) or failed
    for name, status in (("responsable.de.todo", 200), ("editora.de.otro", 200), ("editora", 404)):
        client, theirs = of(staffed, name), status == 200
        answer = client.get(address)
        assert (answer.status_code, "La de los lirios" in answer.text) == (status, theirs)
        assert (address in client.get("/acervo/historial?de=otro").text) is theirs
        assert (address in client.get("/acervo/").text) is theirs
    for name in ("encargo", "hecho"):
        assert of(staffed, "editora").get(f"/acervo/foro/editar?{name}={failed.id}").status_code == 403
    commands.ask("deshacer", str(step["paso"]))


def test_who_is_made_an_editor_while_signed_in_publishes_nothing_more(staffed: Office) -> None:
    account(staffed.maker.corpus, "luis", PASSWORD)
    luis = of(staffed, "luis")
    form = token(luis.get("/acervo/agregar"))
    Accounts(staffed.maker.corpus).change("luis", "editor", ("foro",), end=False)
    before = len(staffed.history())
    data = {"token": form, "de": "LA PRESIDENTA", "a": "Eva Sol"}
    assert luis.post(f"{MESA}/hablantes/nombre", data=data).status_code == 303
    assert luis.post(f"{MESA}/retirar", data={"token": form}).status_code == 403
    assert luis.post("/acervo/otro/mesa-9/hablantes/nombre", data=data).status_code == 403
    assert len(staffed.history()) == before
    Accounts(staffed.maker.corpus).change("luis", None, None, enabled=False, end=False)
    assert luis.get("/acervo/").status_code == 303


@pytest.mark.parametrize(
    ("calls", "events"),
    [
        ([naming("a", "b", "foro/mesa-1")], {"foro"}),
        ([CommandCall("retirar", ("foro/mesa-1#p3",))], {"foro"}),
        ([CommandCall("agregar", (), {"mesa": "otro/mesa-9"}, with_file=True)], {"otro"}),
        ([CommandCall("mover", ("foro/mesa-1", "otro/mesa-8"))], {"foro", "otro"}),
        ([CommandCall("personas", (), {"unir": "foro", "en": "b"})], None),
        ([CommandCall("temas", ("foro",))], None),
        ([CommandCall("corregir", ("foro",), {"buscar": "a"}, {"lugares": ["otro/mesa-9|1|2"]})], {"foro", "otro"}),
        ([naming("a", "b"), CommandCall("personas")], None),
    ],
)
def test_the_events_of_a_job_are_those_of_its_commands_and_all_where_that_is_not_certain(
    staffed: Office, calls: list[CommandCall], events: set[str] | None
) -> None:
    job = staffed.desk.jobs.new("ana", "?", calls=tuple(calls), page="foro/mesa-1")
    assert touched_events(staffed.desk.commands, job) == events


def test_what_waits_for_a_responsable_outlives_the_days_of_a_draft(tmp_path: Path) -> None:
    jobs = JobStore(tmp_path)
    job = jobs.put(jobs.new("ana", "?", state="por_revisar"))
    later = JobStore(tmp_path, now=lambda: job.made_s + (KEPT_DAYS + 1) * 86_400)
    later.sweep()
    assert later.get(job.id) == job
