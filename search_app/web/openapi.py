"""The OpenAPI 3.1 document of the API: ``openapi.toml``, with the tables and limits of the code."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from indexer.index.facets import FACETS
from indexer.index.orders import ORDERS, RANKED
from indexer.model import Kind, Version
from indexer.word_lists import beside
from search_app.asking.grammar import LONGEST
from search_app.asking.parameters import LONGEST_VALUE, MOST_PER_PAGE, MOST_VALUES, PER_PAGE
from search_app.asking.periods import UNITS
from search_app.exporting import packages
from search_app.exporting.formats import FORMATS
from search_app.quotations.alignment import Step
from search_app.quotations.answer import FILTERS
from search_app.quotations.differences import Nature
from search_app.quotations.place import Verdict
from search_app.quotations.typed import LONGEST as LONGEST_QUOTATION
from search_app.shown.addresses import address, search_address
from search_app.shown.serializing import SEPARATORS
from search_app.study.comparison_counts import rows_offered
from search_app.study.contrast_page import MEASURES
from search_app.study.words_asked import UNITS as WORD_UNITS
from search_app.study.words_asked import WIDEST

Schema = dict[str, Any]

_AGAIN = "Repetido: cualquiera de ellos."
_STATUSES = {"304": "SinCambios", "400": "NoSeEntiende", "503": "SinIndice", "default": "Problema"}


def document(base: str) -> Schema:
    """The whole page; ``base`` is scheme and host of the addresses."""
    counts = {"type": "array", "items": {"$ref": "#/components/schemas/ValorDeFaceta"}}
    found: Schema = _filled(
        written(),
        {
            "$server": base + address("") or "/",
            "$longest": LONGEST,
            "$longest_value": LONGEST_VALUE,
            "$longest_quotation": LONGEST_QUOTATION,
            "$most_values": MOST_VALUES,
            "$per_page": PER_PAGE,
            "$most_per_page": MOST_PER_PAGE,
            "$orders": list(ORDERS),
            "$order": RANKED,
            "$units": list(UNITS),
            "$year_of_a_search": search_address(("q", "presupuesto"), ("desde", "2024"), ("hasta", "2024")),
            "$formats": [*FORMATS, *packages.PACKAGES],
            "$files": ["text/html", *(form.mimetype.partition(";")[0] for form in FORMATS.values()), packages.MIMETYPE],
            "$separators": list(SEPARATORS),
            "$kinds": [kind.value for kind in Kind],
            "$versions": [*(version.value for version in Version), None],
            "$wording": ["propia", None],
            "$steps": list(get_args(Step)),
            "$natures": list(get_args(Nature)),
            "$word_units": list(WORD_UNITS),
            "$widest": WIDEST,
            "$measures": list(MEASURES),
            "$verdicts": list(get_args(Verdict)),
            "$facets": list(FACETS),
            "$filters": list(FILTERS),
            "$rows": list(rows_offered()),
            "$counts": {name: counts | {"description": facet.label} for name, facet in FACETS.items()},
        },
    )
    rows = found.pop("parameters")
    rows |= {name: {**rows["sin"], "description": f"{facet.label}. {_AGAIN}"} for name, facet in FACETS.items()}
    parameters = {name: {"name": name, "in": "query", **row} for name, row in rows.items()}
    for of_path in found["paths"].values():
        of_path |= {method: _operation(parameters, **row) for method, row in of_path.items()}
    return found


@cache
def written() -> Schema:
    """What the file says: a key of an answer says by ``from`` where its value stands in what the page shows."""
    return beside(__file__)


def _filled(value: Any, code: Mapping[str, Any]) -> Any:
    """What is written with what the code says, and objects with the keys that they must have."""
    if isinstance(value, str):
        return code.get(value, value)
    if isinstance(value, list):
        parts = ([_filled(inside, code)] if inside not in ("$facets", "$filters") else code[inside] for inside in value)
        return [one for part in parts for one in part]
    if not isinstance(value, dict):
        return value
    found = {name: _filled(inside, code) for name, inside in value.items() if name not in ("optional", "open", "from")}
    if found.get("type") == "object":
        found["required"] = [name for name in found["properties"] if name not in value.get("optional", ())]
        found |= {} if value.get("open") else {"additionalProperties": False}
    return found


def _operation(
    described: dict[str, Schema],
    operationId: str,
    summary: str,
    schema: str = "",
    parameters: tuple[str, ...] = (),
    mimetypes: tuple[str, ...] = ("application/json",),
    form: tuple[str, ...] = (),
    example: Mapping[str, Any] = MappingProxyType({"q": "PREP"}),
) -> Schema:
    """The operation of one address, with the answers that every one may give, and a request that can be tried."""
    answer = {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {}}
    ok = {"description": "La respuesta.", "content": dict.fromkeys(mimetypes, answer)}
    failures = {status: {"$ref": f"#/components/responses/{name}"} for status, name in _STATUSES.items()}
    operation: Schema = {
        "operationId": operationId,
        "summary": summary,
        "parameters": [
            row | ({"example": example[row["name"]]} if row["name"] in example else {})
            for row in map(described.__getitem__, parameters)
        ],
        "responses": {"200": ok, **failures},
    }
    if form:
        fields = {"type": "object", "properties": {name: described[name]["schema"] for name in form}}
        operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": fields}}}
    return operation
