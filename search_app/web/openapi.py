"""The OpenAPI 3.1 document of the API, made from the tables and limits of the code."""

from __future__ import annotations

from typing import Any, get_args

from indexer.index.facets import FACETS, Facet
from indexer.index.orders import ORDERS, RANKED
from search_app.asking.grammar import LONGEST
from search_app.asking.parameters import LONGEST_VALUE, MOST_PER_PAGE, MOST_VALUES, PER_PAGE
from search_app.exporting.formats import FORMATS
from search_app.quotations.alignment import Step
from search_app.quotations.answer import FILTERS
from search_app.quotations.differences import Nature
from search_app.quotations.place import Verdict
from search_app.quotations.typed import LONGEST as LONGEST_QUOTATION
from search_app.shown.addresses import address
from search_app.shown.json_schema import Schema, many, record, ref, schemas
from search_app.web.browser_search import SUGGESTIONS_MIMETYPE

MIMETYPE = "application/vnd.oai.openapi+json;version=3.1"
_VERSION = "1.0.0"
"""Of the API; a key that is added counts as the second number, one that goes as the first."""
_ENUMERATIONS = {
    "tramo": get_args(Step),
    "naturaleza": get_args(Nature),
    "veredicto": get_args(Verdict),
    "veredicto de un lugar": get_args(Verdict)[:2],
}


def document(base: str) -> Schema:
    """The whole page; ``base`` is scheme and host of the addresses."""
    counted = {name: many(ref("ValorDeFaceta"), facet.label) for name, facet in FACETS.items()}
    facets = record("Cuentas por valor.", counted)
    files = ["text/html", *(form.mimetype.partition(";")[0] for form in FORMATS.values())]
    typed = [_one("q", "Lo que se lleva escrito.", LONGEST), _fictitious()]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Consta",
            "version": _VERSION,
            "summary": "Qué se dijo en sesiones grabadas, quién lo dijo y en qué minuto.",
            "description": (
                "Las mismas búsquedas que en las páginas, en JSON. Un parámetro vacío es como si no estuviera, y los "
                "que no se conocen se pasan por alto. No publica resultados electorales."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base + address("") or "/"}],
        "paths": {
            "/api/buscar": _get("buscar", "Buscar fragmentos", "Respuesta", _search()),
            "/api/sugerir": _get("sugerir", "Sugerir mientras se escribe", "Sugerencias", typed),
            "/api/sugerir/opensearch": _get(
                "sugerirOpenSearch",
                "Sugerir a la barra del navegador (OpenSearch)",
                "SugerenciasDeNavegador",
                typed,
                SUGGESTIONS_MIMETYPE,
            ),
            "/exportar": _get("exportar", "Llevarse fragmentos, una página o una búsqueda", None, _taken(), *files)
            | _post("exportarMuchos", "Lo mismo, cuando no cabe en una dirección", _taken(), *files),
            "/api/cotejar": _get("cotejar", "Cotejar una cita", "Cotejo", _quotation()),
            "/api/openapi.json": _get("openapi", "Esta descripción", None, []),
            "/salud": _get("salud", "Si se puede buscar, y en qué edición", "Salud", []),
        },
        "components": {"schemas": schemas(_ENUMERATIONS) | {"Facetas": facets}, "responses": _FAILURES},
    }


def _get(name: str, summary: str, schema: str | None, parameters: list[Schema], *mimetypes: str) -> Schema:
    described: Schema = ref(schema) if schema else {}
    content = {mimetype: {"schema": described} for mimetype in mimetypes or ("application/json",)}
    responses: dict[str, Any] = {"200": {"description": "La respuesta.", "content": content}}
    responses |= {status: {"$ref": f"#/components/responses/{failure}"} for status, failure in _STATUSES.items()}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


def _post(name: str, summary: str, parameters: list[Schema], *mimetypes: str) -> Schema:
    """The same as ``_get`` makes of it, with its parameters in a form."""
    [described] = _get(name, summary, None, [], *mimetypes).values()
    form = {"type": "object", "properties": {each["name"]: each["schema"] for each in parameters}}
    described["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    return {"post": described}


_PROBLEM = {"application/problem+json": {"schema": ref("Problema")}}
_STATUSES = {"304": "SinCambios", "400": "NoSeEntiende", "503": "SinIndice", "default": "Problema"}
_FAILURES: dict[str, Schema] = {
    "SinCambios": {"description": "Lo que ya tiene quien pregunta (If-None-Match) sigue vigente."},
    "NoSeEntiende": {
        "description": "Un número, una fecha o un orden que no lo es; demasiado texto; nada que llevarse.",
        "content": _PROBLEM,
    },
    "SinIndice": {"description": "No hay un índice que se pueda consultar.", "content": _PROBLEM},
    "Problema": {"description": "Cualquier otra falla.", "content": _PROBLEM},
}


def _search() -> list[Schema]:
    """The parameters of a search, in the order of the help page."""
    return [
        _one("q", 'Lo que se busca: palabras, "frases", -exclusiones, a OR b, prefij*, "a b"~5, mesa:5.', LONGEST),
        *map(_facet, FACETS.values()),
        _date("desde", "Sesiones desde este día."),
        _date("hasta", "Sesiones hasta este día."),
        _choice("orden", "En qué orden.", list(ORDERS), RANKED),
        _number("pagina", "Desde 1.", 1),
        _number("por_pagina", "Resultados por página.", PER_PAGE, MOST_PER_PAGE),
        _choice("ampliar", "«no»: sin ampliar con los temas.", ["si", "no"], "si"),
        _choice("corregir", "«no»: sin corregir la ortografía.", ["si", "no"], "si"),
        _filter("sin", "Temas que no han de ampliar."),
        _fictitious(),
    ]


def _taken() -> list[Schema]:
    """What can be taken away: named passages, a whole page, or a search with its filters."""
    return [
        _filter("f", "Un fragmento: evento/mesa/p42, o evento/p3. Repetido: todos ellos."),
        _one("todo_de", "Una página completa: evento/mesa, o evento.", LONGEST_VALUE),
        _choice("formato", "Sin él, una página que los ofrece.", list(FORMATS)),
        *(parameter for parameter in _search() if parameter["name"] not in ("pagina", "por_pagina")),
    ]


def _parameter(name: str, description: str, schema: Schema, **more: Any) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _one(name: str, description: str, longest: int) -> Schema:
    return _parameter(name, description, {"type": "string", "maxLength": longest}, allowEmptyValue=True)


def _filter(name: str, description: str) -> Schema:
    values = {"type": "array", "maxItems": MOST_VALUES, "items": {"type": "string", "maxLength": LONGEST_VALUE}}
    return _parameter(name, description, values, style="form", explode=True, allowEmptyValue=True)


def _facet(facet: Facet) -> Schema:
    return _filter(facet.name, f"{facet.label}. Repetido: cualquiera de ellos.")


def _date(name: str, description: str) -> Schema:
    return _parameter(name, description, {"type": "string", "format": "date"}, allowEmptyValue=True)


def _choice(name: str, description: str, values: list[str], default: str | None = None) -> Schema:
    schema: Schema = {"type": "string", "enum": values}
    return _parameter(name, description, schema if default is None else schema | {"default": default})


def _number(name: str, description: str, default: int, most: int | None = None) -> Schema:
    limits = {"maximum": most} if most is not None else {}
    return _parameter(name, description, {"type": "integer", "minimum": 1, "default": default, **limits})


def _quotation() -> list[Schema]:
    # Signs alone quote nobody, and are refused.
    quotation = {"type": "string", "pattern": "[0-9A-Za-zÁÉÍÓÚÜÑáéíóúüñ]", "maxLength": LONGEST_QUOTATION}
    return [
        _parameter("cita", "La cita, completa; lo que omite, con […].", quotation, required=True),
        *(_facet(FACETS[name]) for name in FILTERS),
        _fictitious(),
    ]


def _fictitious() -> Schema:
    return _choice("ficticio", "«si»: también los textos ficticios.", ["si", "no"], "no")
