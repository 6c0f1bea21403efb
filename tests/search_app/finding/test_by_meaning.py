"""Where a model orders results as well, the page and the API say so, and it can be turned off; else nothing is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import cli
from indexer.engines import open_index
from indexer.engines.meaning.model import MODEL, opened
from indexer.engines.meaning.vectors import FILE
from search_app.__main__ import cli as search_cli
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.tiny_model import tiny_model

SAID = "\n".join(
    f"PERSONA {letter}: Sobre el voto y la urna se habló del {place}, y otra vez del {place}."
    for letter, place in zip("ABCDEFGHIJKL", itertools.cycle(["norte", "sur", "oriente"]), strict=False)
)
ASKED = "/buscar?q=voto+urna+sur&por_pagina=4"
TOLD = "Ordenado también por sentido"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tiny_model(tmp_path / "modelo", {"norte": (9, 0, 1), "sur": (0, 9, 1), "oriente": (1, 9, 0)})
    monkeypatch.setenv("CONSTA_SENTIDO_MODELO", str(folder))
    return folder


@pytest.fixture
def client(maker: CorpusMaker) -> Iterator[Any]:
    """A function that publishes the corpus with what the environment says, and serves it."""
    maker.event()
    maker.mesa(transcripcion_txt=SAID)
    opened_ones = []

    def published() -> FlaskClient:
        assert not maker.update().failed
        opened_ones.append(open_index(maker.settings.index))
        return create_app(opened_ones[-1], public_url="https://consta.example.mx").test_client()

    yield published
    for index in opened_ones:
        index.close()


def numbers(client: FlaskClient, **more: str) -> list[str]:
    answer = client.get("/api/buscar", query_string={"q": "voto urna sur", "corregir": "no", **more}).json
    return [result["id"] for result in answer["resultados"]]


def test_a_page_says_it_with_the_address_that_turns_it_off(client: Any, model: Path) -> None:
    web = client()
    page = web.get(ASKED).text
    assert f"{TOLD}: <a" in page
    off = "/buscar?q=voto+urna+sur&amp;por_pagina=4&amp;sentido=no"
    assert off in page
    without = web.get(off.replace("&amp;", "&")).text
    assert TOLD not in without
    assert "Sin ordenar por sentido" in without
    assert 'aria-label="Quitar el filtro Sin ordenar por sentido"' in without
    assert TOLD not in web.get("/buscar?q=voto").text
    assert TOLD not in web.get(f"{ASKED}&orden=cronologico").text


def test_the_api_says_it_and_takes_the_same_parameter(client: Any, model: Path) -> None:
    web = client()
    answer = web.get("/api/buscar?q=voto+urna+sur").json
    assert answer["por_sentido"] is True
    assert "sentido=no" not in (answer["siguiente"] or "")
    assert "por_sentido" not in web.get("/api/buscar?q=voto+urna+sur&sentido=no").json
    assert sorted(numbers(web, por_pagina="50")) == sorted(numbers(web, por_pagina="50", sentido="no"))


def test_pages_by_cursor_are_slices_of_the_one_order(client: Any, model: Path) -> None:
    web = client()
    whole, parts, at = numbers(web, por_pagina="50"), [], "/api/buscar?q=voto+urna+sur&corregir=no&por_pagina=5"
    while at:
        answer = web.get(at).json
        parts += [result["id"] for result in answer["resultados"]]
        at = (answer["siguiente"] or "").removeprefix("https://consta.example.mx")
    assert parts == whole


def test_without_the_setting_answers_are_as_they_were_byte_for_byte(
    client: Any, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_model = client()
    off = with_model.get(f"{ASKED}&sentido=no")
    monkeypatch.delenv("CONSTA_SENTIDO_MODELO")
    plain = client()
    assert plain.get(f"{ASKED}&sentido=no").data == off.data
    assert TOLD not in plain.get(ASKED).text
    assert "por_sentido" not in plain.get("/api/buscar?q=voto+urna+sur").json


def test_an_update_embeds_where_the_setting_is_new_and_rests_where_nothing_is(
    client: Any, maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client()
    current = maker.settings.index / "actual"
    assert not (current / FILE).exists()
    folder = tiny_model(tmp_path / "modelo", {"norte": (9, 0), "sur": (0, 9)})
    monkeypatch.setenv("CONSTA_SENTIDO_MODELO", str(folder))
    assert maker.update().published
    assert (current / FILE).exists()
    assert not maker.update().published
    monkeypatch.delenv("CONSTA_SENTIDO_MODELO")
    assert maker.update().published
    assert not (current / FILE).exists()


def test_a_folder_that_does_not_open_is_told_by_the_commands_and_the_search_goes_on(
    client: Any, maker: CorpusMaker, model: Path
) -> None:
    (model / MODEL).write_bytes(b"no es un modelo")
    opened.cache_clear()
    places = ["--corpus", str(maker.corpus), "--indice", str(maker.settings.index)]
    for order in ("actualizar", "revisar"):
        told = CliRunner().invoke(cli, [order, *places])
        assert told.exit_code == 0, told.output
        assert f"{model}: el modelo de sentido_modelo no se puede usar" in told.output
        assert "solo por las palabras" in told.output
    web = client()
    assert TOLD not in web.get(ASKED).text
    assert web.get("/api/buscar?q=voto+urna+sur").json["total"]
    served = CliRunner().invoke(
        search_cli, ["servir", "--indice", str(maker.settings.index), "--direccion", "256.0.0.1"]
    )
    assert f"{model}: el modelo de sentido_modelo no se puede usar" in served.output
