"""Two people replace one text: the second publishes nothing that was compared with what is gone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.cli import cli
from indexer.history import Conflict
from tests.search_app.desk.desk_office import TRANSCRIPT, Office, account, enter, office, sent, token
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.long

MESA = "foro/mesa-3"
OTHER, THEIRS = "beto", "otra clave de prueba"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("dos-versiones"), minutes=1) as made:
        account(made.maker.corpus, OTHER, THEIRS)
        yield made


@pytest.fixture
def staff(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    return furnished.client()


@pytest.fixture
def beto(furnished: Office) -> FlaskClient:
    furnished.forget_tries()
    client = furnished.client(signed_in=False)
    enter(client, OTHER, THEIRS)
    return client


def drafted(client: FlaskClient, word: str, **typed: str) -> str:
    """A new version, received and not published."""
    text = TRANSCRIPT.replace("Gomez", word)
    place = {"texto": text, "mesa": MESA, "tipo": "transcripcion", **typed}
    return sent(client, "/acervo/agregar", place).headers["Location"]


def decided(page: TestResponse) -> dict[str, str]:
    """What «Reemplazar y publicar» would send, as the page shows it."""
    hidden = re.findall(r'<input type="hidden" name="(visto|base)" value="([^"]*)"', page.text)
    return {"token": token(page), "accion": "publicar", "mesa": MESA, **dict(hidden)}


def ended(furnished: Office, client: FlaskClient, answer: TestResponse) -> TestResponse:
    """Where it led in the end."""
    job = answer.headers["Location"].rsplit("/", 1)[-1]
    furnished.desk.worker.wait(job, PATIENCE_S)
    return client.get(answer.headers["Location"], follow_redirects=True)


def held(furnished: Office, name: str = "transcripcion.txt") -> str:
    return (furnished.maker.corpus / MESA / name).read_text()


def test_the_second_of_two_sees_the_new_difference_and_publishes_only_then(
    furnished: Office, staff: FlaskClient, beto: FlaskClient
) -> None:
    first, second = drafted(staff, "Robles"), drafted(beto, "Cedros")
    seen = beto.get(second)
    assert "listas de Gomez" in seen.text
    assert "reempláce" not in seen.text, "who replaces it is not told to"
    assert "Publicado" in ended(furnished, staff, staff.post(first, data=decided(staff.get(first)))).text
    steps = len(furnished.history())
    refused = beto.post(second, data=decided(seen))
    ended(furnished, beto, refused)
    assert len(furnished.history()) == steps
    assert "Robles" in held(furnished)
    now = beto.get(second)
    assert "Otra persona cambió este texto" in now.text
    assert "listas de Robles" in now.text
    assert "listas de Gomez" not in now.text
    assert "Publicado" in ended(furnished, beto, beto.post(second, data=decided(now))).text
    assert "Cedros" in held(furnished)


def test_the_answer_leads_back_to_the_page_of_the_draft(
    furnished: Office, staff: FlaskClient, beto: FlaskClient
) -> None:
    draft = drafted(beto, "Sauces")
    form = decided(beto.get(draft))
    steps = len(furnished.history())
    answer = beto.post(draft, data={**form, "base": "0" * 64})
    furnished.desk.worker.wait(draft.rsplit("/", 1)[-1], PATIENCE_S)
    failed = beto.get(f"/acervo/encargos/{draft.rsplit('/', 1)[-1]}")
    assert answer.status_code == 303
    assert "cambió desde que se comparó" in failed.text
    assert f'href="{draft}"' in failed.text
    again = beto.post(failed.request.path, data={"token": token(failed), "accion": "repetir"})
    assert "Otra persona cambió este texto" in ended(furnished, beto, again).text  # the same order is no way around it
    assert len(furnished.history()) == steps


def test_a_text_that_was_taken_back_meanwhile_is_no_longer_there_to_be_replaced(
    furnished: Office, staff: FlaskClient, beto: FlaskClient
) -> None:
    place = {"mesa": "foro/mesa-2"}
    first = drafted(staff, "Pinos", **place)
    staff.post(first, data={**decided(staff.get(first)), **place})
    furnished.desk.worker.wait(first.rsplit("/", 1)[-1], PATIENCE_S)
    second = drafted(beto, "Tules", **place)
    seen = beto.get(second)
    assert "listas de Pinos" in seen.text
    furnished.desk.commands.ask("deshacer", str(furnished.history()[0]["paso"]))
    now = beto.post(second, data={**decided(seen), **place})
    assert (now.status_code, "ya no está" in now.text) == (409, True)
    assert "Publicado" in ended(furnished, beto, beto.post(second, data={**decided(now), **place})).text
    assert "Tules" in (furnished.maker.corpus / "foro/mesa-2/transcripcion.txt").read_text()


@pytest.mark.parametrize("lacks", ["base", "visto"])
def test_nothing_is_replaced_of_which_no_difference_was_seen(furnished: Office, staff: FlaskClient, lacks: str) -> None:
    draft = drafted(staff, "Nogales")
    form = decided(staff.get(draft))
    assert form.pop(lacks)
    for more in ({}, {"base": "x"} if lacks == "base" else {"visto": MESA}):
        answer = staff.post(draft, data={**form, **more})
        assert (answer.status_code, "vea la diferencia" in answer.text) == (409, True)
    assert "Nogales" not in held(furnished)


def test_a_description_is_compared_before_it_is_replaced_as_well(furnished: Office, staff: FlaskClient) -> None:
    for text in ("La mesa habla de encinos.", "La mesa habla de ocotes."):
        draft = drafted(staff, "", texto=text, tipo="descripcion")
        page = staff.get(draft)
        done = ended(furnished, staff, staff.post(draft, data={**decided(page), "tipo": "descripcion"}))
        assert "Publicado" in done.text
    assert "Antes: </span>La mesa habla de encinos" in page.text
    assert "ocotes" in held(furnished, "descripcion.txt")


def test_an_announcement_is_compared_before_it_is_replaced_as_well(furnished: Office, staff: FlaskClient) -> None:
    draft = drafted(staff, "", texto="El foro habla de urnas y de encinos.", mesa="foro", tipo="")
    page = staff.get(draft)
    assert "Antes: </span>El foro habla de urnas y de bodegas" in page.text
    assert "Publicado" in ended(furnished, staff, staff.post(draft, data={**decided(page), "mesa": "foro"})).text


def shell(furnished: Office, *words: str | Path) -> Result:
    """``agregar`` in this process."""
    places = [f"--corpus={furnished.maker.corpus}", f"--indice={furnished.maker.settings.index}", "--json"]
    return CliRunner().invoke(cli, ["agregar", *map(str, words), *places, f"--mesa={MESA}"])


def test_from_the_shell_a_text_is_replaced_only_as_it_was_compared(furnished: Office, tmp_path: Path) -> None:
    new = tmp_path / "acta.txt"
    new.write_text(TRANSCRIPT.replace("Gomez", "Mezquites"))
    present = hashlib.sha256(held(furnished).encode()).hexdigest()
    for base in ("", "0" * 64):
        refused = shell(furnished, new, "--reemplazar", f"--base={base}").exception
        assert isinstance(refused, Conflict)
        assert refused.details == {"conflicto": True, "base": present}
    assert shell(furnished, new, f"--base={present}").exit_code == 2  # without --reemplazar it says nothing
    assert "Mezquites" not in held(furnished)
    assert shell(furnished, new, "--reemplazar", f"--base={present}").exit_code == 0
    assert "Mezquites" in held(furnished)
