"""The API's description is lawful OpenAPI, names every address and parameter, and the answers are as it says."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from indexer.index.facets import FACETS
from search_app.asking.parameters import read
from search_app.web.application import create_app
from search_app.web.openapi import document
from tests.search_app.fakes.forum import forum

BASE = "https://consta.example.mx"


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(forum(), public_url=BASE)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    data: dict[str, Any] = answer.get_json()
    return data


def holds(described: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Fails where a value is not as a schema of the page says."""
    OAS31Validator({**schema, "components": described["components"]}).validate(value)


def test_it_is_lawful_openapi_3_1(described: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1.")
    assert described["servers"] == [{"url": BASE}]


def test_every_address_for_programs_is_described_and_every_described_one_is_there(
    app: Flask, described: dict[str, Any]
) -> None:
    rules = (re.sub("<slug:(.*)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules())
    there = {rule for rule in rules if rule.startswith("/api/")}
    there |= {"/salud", "/exportar"}
    assert set(described["paths"]) == there


def test_every_parameter_that_a_search_reads_is_described(described: dict[str, Any]) -> None:
    named = {p["name"] for p in described["paths"]["/api/buscar"]["get"]["parameters"]}
    plain = read([("q", "PREP")])
    for name, value in (
        ("q", "otro"), *((name, "a") for name in FACETS), ("desde", "2025-12-04"),
        ("hasta", "2025-12-05"), ("orden", "cronologico"), ("pagina", "2"), ("por_pagina", "20"), ("ampliar", "no"),
        ("corregir", "no"), ("ficticio", "si"), ("sin", "prep"), ("sentido", "no"),
    ):  # fmt: skip
        assert read([(name, value), ("q", "PREP")]) != plain, f"{name} is read no more"
        named.remove(name)
    assert named == {"cursor"}, "which names a page of one edition"


@pytest.mark.parametrize(
    "address",
    ["/api/buscar", "/api/buscar?q=PREP", "/api/buscar?q=prep+nada&por_pagina=1", "/api/buscar?q=zzzqqq", "/salud",
     "/api/buscar?ficticio=si&ampliar=no", "/api/tendencia?q=PREP", "/api/tendencia?q=PREP&por=mes&ficticio=si",
     "/api/sugerir?q=pre", "/api/sugerir", "/api/sugerir/opensearch?q=pre",
     "/api/cotejar?cita=probó+dos+veces+con+datos", "/api/cotejar?cita=xilófono", "/api/openapi.json",
     "/api/seguir?q=PREP", "/api/compania?q=PREP", "/api/claves?evento=foro"],
)  # fmt: skip
def test_an_answer_is_as_it_is_described(client: FlaskClient, described: dict[str, Any], address: str) -> None:
    answer = client.get(address)
    said = described["paths"][address.partition("?")[0]]["get"]["responses"][str(answer.status_code)]
    holds(described, said["content"][answer.mimetype]["schema"], answer.get_json(force=True))


@pytest.mark.parametrize("address", ["/api/buscar?pagina=0", "/api/buscar?desde=ayer", f"/api/buscar?q={'a ' * 1000}"])
def test_a_refusal_is_as_it_is_described(client: FlaskClient, described: dict[str, Any], address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    holds(described, described["components"]["schemas"]["Problema"], answer.get_json(force=True))


def test_every_example_is_as_its_schema_says(described: dict[str, Any]) -> None:
    shown = {name: each for name, each in described["components"]["schemas"].items() if "example" in each}
    assert "Tendencia" in shown
    for each in shown.values():
        holds(described, each, each["example"])


def test_a_schema_that_is_not_held_is_noticed(described: dict[str, Any]) -> None:
    with pytest.raises(Exception, match="required property"):
        holds(described, described["components"]["schemas"]["Salud"], {"estado": "ok"})


@given(st.data())
def test_whatever_a_described_parameter_allows_is_answered(client: FlaskClient, data: st.DataObject) -> None:
    described = document(BASE)["paths"]["/api/buscar"]["get"]["parameters"]
    parameters = [each for each in described if each["name"] != "cursor"]
    pairs = []
    for parameter in data.draw(st.lists(st.sampled_from(parameters), max_size=4)):
        schema = data.draw(st.sampled_from(parameter["schema"].get("anyOf", [parameter["schema"]])))
        if "enum" in schema:
            value: Any = st.sampled_from(schema["enum"])
        elif schema["type"] == "integer":
            value = st.integers(schema["minimum"], schema.get("maximum"))
        elif schema.get("format") == "date":
            value = st.dates().map(lambda day: day.isoformat())
        elif "pattern" in schema:
            value = st.from_regex(schema["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii"))
        else:
            value = st.text(max_size=60)
        pairs.append((parameter["name"], str(data.draw(value))))
    answer = client.get("/api/buscar?" + urlencode(pairs, errors="surrogatepass"))
    assert answer.status_code == 200, answer.text
