"""From files to pages: a real corpus, a real index that moves to new generations, the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import cli
from indexer.engines.live import LiveIndex
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.waiting import until

DOCUMENT = """\
CONSEJERA ANA RUIZ: Buenas tardes. La capacitación del personal empezó en marzo.

SEÑOR LUIS PEÑA: Los años previos costó más; el presupuesto no alcanzaba.

CONSEJERA ANA RUIZ: Gracias.
"""


def write(maker: CorpusMaker) -> None:
    maker.event(title="Foro de extremo a extremo")
    maker.mesa(title="Personal", extra="numero = 3\n", transcripcion_txt=DOCUMENT)
    maker.update()


@contextmanager
def serving(maker: CorpusMaker) -> Iterator[FlaskClient]:
    """The application over an index that looks for a new generation before every answer."""
    index = LiveIndex(maker.settings.index, look_every_s=0, watch_every_s=0.1)
    yield create_app(index).test_client()
    index.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    maker = CorpusMaker(tmp_path_factory.mktemp("extremo"))
    write(maker)
    with serving(maker) as client:
        yield client


def moved_on(client: FlaskClient, before: str) -> str:
    """The edition that is served after this one: the thread of the index may be opening it at this moment."""

    def another() -> str | None:
        now = str(client.get("/salud").get_json()["edicion"])
        return now if now != before else None

    return until(another) or ""


def urls(client: FlaskClient, query: str) -> list[str]:
    return [result["url"] for result in client.get("/api/buscar?" + query).get_json()["resultados"]]


def test_every_result_leads_to_its_anchor_and_its_lasting_address(client: FlaskClient) -> None:
    found = urls(client, "q=&por_pagina=100")
    assert len(found) == 3
    for url in found:
        page, anchor = url.split("#")
        assert f'<article id="{anchor}"' in client.get(page).get_data(as_text=True)
        assert client.get(page + anchor).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=capacitacion",
        "q=CAPACITACIÓN",
        "q=capacit*",
        'q="capacitación del personal"',
        'q="personal capacitación"~2',
        "q=marzo+-presupuesto",
        "q=nada+OR+marzo",
        "q=marzo+mesa:3",
        "q=marzo&mesa=foro/mesa-1",
    ],
)
def test_each_form_of_the_grammar_finds_the_turn(client: FlaskClient, query: str) -> None:
    assert urls(client, query) == ["/foro/mesa-1/#p1"]


def test_the_neighbours_of_a_fragment_say_who_speaks(client: FlaskClient) -> None:
    text = client.get("/foro/mesa-1/p2").get_data(as_text=True)
    assert text.count("· Ana Ruiz</p>") == 2
    assert "· Luis Peña</p>" in client.get("/foro/mesa-1/p1").get_data(as_text=True)


def test_each_value_of_a_facet_gives_as_many_fragments_as_it_says(client: FlaskClient) -> None:
    facets = client.get("/api/buscar?q=").get_json()["facetas"]
    checked = 0
    for name, values in facets.items():
        for value in values:
            answer = client.get("/api/buscar", query_string={name: value["valor"]}).get_json()
            assert answer["total"] == value["n"], (name, value)
            checked += 1
    assert checked >= 5


def test_the_page_of_results_and_the_api_count_the_same(client: FlaskClient) -> None:
    data = client.get("/api/buscar?q=capacitación+presupuesto").get_json()
    assert (data["total"], data["total_algunas"]) == (0, 2)
    text = client.get("/buscar?q=capacitación+presupuesto").get_data(as_text=True)
    assert "Ningún fragmento con todas las palabras; 2 fragmentos con algunas" in text
    assert text.count('class="resultado"') == 2


def test_pages_follow_the_collection_without_a_restart(maker: CorpusMaker) -> None:
    """A mesa comes, one is renamed, one is withdrawn: the running application knows at once."""
    write(maker)
    with serving(maker) as client:
        before = client.get("/salud").get_json()["edicion"]
        maker.mesa("mesa-2", title="Otra", transcripcion_txt="SEÑORA PAZ LUNA: Llegó la lluvia.\n")
        (maker.corpus / "foro" / "mesa-1").rename(maker.corpus / "foro" / "mesa-del-personal")
        moved = '"foro/mesa-1" = "foro/mesa-del-personal"\n'
        (maker.corpus / "redirecciones.toml").write_text(moved, encoding="utf-8")
        maker.update()
        after = moved_on(client, before)
        assert urls(client, "q=lluvia") == ["/foro/mesa-2/#p1"]
        assert after in client.get("/").get_data(as_text=True)
        old = client.get("/foro/mesa-1/p1")
        assert (old.status_code, old.headers["Location"]) == (301, "/foro/mesa-del-personal/p1")
        assert client.get("/foro/mesa-del-personal/p1").status_code == 200

        places = ["--corpus", str(maker.corpus), "--indice", str(maker.settings.index)]
        done = CliRunner().invoke(cli, ["retirar", "foro/mesa-2", "--motivo", "Lo pidió quien habla", *places])
        assert done.exit_code == 0, done.output
        assert urls(client, "q=lluvia") == []
        for address in ("/foro/mesa-2/p1", "/foro/mesa-2/"):
            gone = client.get(address)
            assert gone.status_code == 410
            assert "Lo pidió quien habla" in gone.get_data(as_text=True)


def test_a_renamed_mesa_is_not_gone_because_a_text_of_it_once_was(maker: CorpusMaker) -> None:
    write(maker)
    places = ["--corpus", str(maker.corpus), "--indice", str(maker.settings.index)]
    order = ["retirar", "foro/mesa-1", "--tipo", "transcripcion", "--motivo", "Lo pidió quien habla", *places]
    assert CliRunner().invoke(cli, order).exit_code == 0
    (maker.corpus / "foro" / "mesa-1").rename(maker.corpus / "foro" / "mesa-del-personal")
    moved = '"foro/mesa-1" = "foro/mesa-del-personal"\n'
    (maker.corpus / "redirecciones.toml").write_text(moved, encoding="utf-8")
    maker.update()
    with serving(maker) as client:
        for old, new in (("", ""), ("p1", "p1")):
            answer = client.get(f"/foro/mesa-1/{old}")
            assert (answer.status_code, answer.headers.get("Location")) == (301, f"/foro/mesa-del-personal/{new}")
        assert client.get("/foro/mesa-del-personal/").status_code == 200
        assert client.get("/foro/mesa-del-personal/p1").status_code == 410


def test_a_withdrawn_address_answers_with_the_reason_of_the_whole_mesa_or_else_the_last_one(maker: CorpusMaker) -> None:
    write(maker)
    places = ["--corpus", str(maker.corpus), "--indice", str(maker.settings.index)]
    transcript = ["--tipo", "transcripcion"]

    def withdraw_for(reason: str, *kind: str) -> None:
        done = CliRunner().invoke(cli, ["retirar", "foro/mesa-1", *kind, "--motivo", reason, *places])
        assert done.exit_code == 0, done.output

    with serving(maker) as client:
        for reason, kind, address in (
            ("El primer motivo", transcript, "p1"),
            ("El segundo motivo", transcript, "p1"),
            ("El motivo de la mesa", [], ""),
            ("Un motivo tardío", transcript, ""),
            ("Otro motivo de la mesa", [], ""),
        ):
            withdraw_for(reason, *kind)
            gone = client.get(f"/foro/mesa-1/{address}")
            assert gone.status_code == 410
            shown = "El motivo de la mesa" if reason == "Un motivo tardío" else reason
            assert f"Motivo: {shown}" in gone.get_data(as_text=True)


def test_facets_mark_what_is_fictitious(maker: CorpusMaker) -> None:
    maker.event("ensayo", title="Sesiones de ensayo", extra="ficticio = true\n")
    maker.mesa(event="ensayo", title="Prueba", transcripcion_txt="SEÑORA PAZ LUNA: Llegó la lluvia.\n")
    write(maker)
    with serving(maker) as client:
        text = client.get("/buscar?ficticio=si").get_data(as_text=True)
        for title in ("Sesiones de ensayo", "Prueba"):
            assert f">{title} (texto ficticio), " in text
        assert ">Foro de extremo a extremo, " in text
