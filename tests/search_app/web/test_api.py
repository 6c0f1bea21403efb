"""The API beyond searching: its examples, its cursors, and the first hour that its page shows, run as it stands."""

from __future__ import annotations

import html
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator

from search_app.web.openapi import document
from tests.search_app.browsing import served
from tests.waiting import PATIENCE_S

DOCUMENT = document("https://consta.example.mx")
TRIED = [path for path, row in DOCUMENT["paths"].items() if "get" in row]


def example(path: str) -> str:
    """The request that the description gives as an example."""
    pairs = []
    for parameter in DOCUMENT["paths"][path]["get"]["parameters"]:
        if (value := parameter.get("example")) is not None:
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", value)
            else:
                pairs += [(parameter["name"], one) for one in (value if isinstance(value, list) else [value])]
    return f"{path}?{'&'.join(f'{name}={quote(str(value))}' for name, value in pairs)}"


@pytest.mark.parametrize("path", TRIED)
def test_every_example_is_answered_as_it_is_described(shipped: FlaskClient, path: str) -> None:
    operation = DOCUMENT["paths"][path]["get"]
    assert not operation["parameters"] or any("example" in each for each in operation["parameters"])
    answer = shipped.get(example(path))
    schema = operation["responses"]["200"]["content"][answer.mimetype].get("schema", {})
    data = answer.get_json(force=True)
    OAS31Validator({**schema, "components": DOCUMENT["components"]}).validate(data)
    assert data.get("resultados", [data]) if isinstance(data, dict) else data, "an example shows something"


def walked(client: FlaskClient, address: str) -> list[Any]:
    found = []
    while address:
        data = client.get(address).json
        found += data["resultados"]
        address = data["siguiente"]
    return found


class TestCursors:
    def test_every_row_comes_once(self, shipped: FlaskClient) -> None:
        every = walked(shipped, "/api/buscar?q=&ficticio=si&por_pagina=50")
        total = shipped.get("/api/buscar?q=&ficticio=si").json["total"]
        assert len({each["id"] for each in every}) == len(every) == total
        lines = walked(shipped, "/api/en-contexto?q=PREP&ficticio=si&por_pagina=7")
        assert lines == shipped.get("/api/en-contexto?q=PREP&ficticio=si&por_pagina=100").json["resultados"]

    def test_a_cursor_of_another_edition_is_told_instead_of_mixing_two(self, shipped: FlaskClient) -> None:
        following = shipped.get("/api/buscar?q=&por_pagina=5").json["siguiente"]
        edition, _, _ = re.search(r"cursor=(\w+)\.(\d+)()", following).groups()
        other = shipped.get(following.replace(edition, "0" * 12))
        assert (other.status_code, other.mimetype) == (409, "application/problem+json")
        assert edition in other.json["detail"]
        assert shipped.get(following.replace(f"{edition}.2", f"{edition}.x")).status_code == 400

    def test_a_number_is_what_the_page_shows(self, shipped: FlaskClient) -> None:
        [row, *_] = walked(shipped, "/api/personas?contiene=consejera+a&ficticio=si")
        one = shipped.get(f"/api/personas/{row['id']}?ficticio=si").json
        assert one["cuenta"]["intervenciones"] == row["intervenciones"] > 0
        found = shipped.get(one["cuenta"]["busqueda"].replace("/buscar", "/api/buscar")).json["total"]
        assert found == one["cuenta"]["fragmentos"] == sum(each["fragmentos"] or 0 for each in one["resultados"])
        assert shipped.get("/api/personas/nadie").status_code == 404


@pytest.fixture(scope="module")
def page(shipped: FlaskClient) -> Iterator[str]:
    """The page with the address of a server that runs in place of the public one."""
    with served(shipped.application) as address:
        yield shipped.get("/ayuda/api").text.replace("https://consta.example.mx", address)


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """The code of the page, each with what it asks for beyond the language."""
    found = re.findall(rf'<pre data-lengua="{language}"(?: data-pide="(\w+)")?>(.*?)</pre>', page, re.DOTALL)
    return [(needs, html.unescape(code)) for needs, code in found]


def test_the_first_hour_with_curl_runs_as_it_stands(page: str, tmp_path: Path) -> None:
    code = "\n".join(code for _, code in blocks(page, "sh"))
    done = subprocess.run(["sh", "-e", "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"edicion"') == 3
    assert (tmp_path / "prep.csv").read_text(encoding="utf-8-sig").count("\n") > 1


@pytest.mark.parametrize("with_pandas", [False, True])
def test_the_first_hour_with_python_runs_as_it_stands(page: str, tmp_path: Path, with_pandas: bool) -> None:
    if with_pandas and not importlib.util.find_spec("pandas"):
        pytest.skip("pandas is not installed: pip install -r requirements-dev.txt")
    code = "\n".join(code for needs, code in blocks(page, "python") if with_pandas or not needs)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert done.returncode == 0, done.stderr
    assert "fragmentos; el primero dice:" in done.stdout
    assert (tmp_path / "contexto.csv").read_text(encoding="utf-8-sig").startswith("izquierda,centro,derecha,")
