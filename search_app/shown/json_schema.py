"""JSON Schema (2020-12) of the API's answers, for the OpenAPI document: made from ``json_schema.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from indexer.model import Kind, Version
from indexer.word_lists import beside

Schema = dict[str, Any]

_RECORDS = beside(__file__)
_KINDS: dict[str, Schema] = {
    **{name: {"type": name} for name in ("string", "number", "boolean")},
    **{f"{name}?": {"type": [name, "null"]} for name in ("string", "number")},
    **{f"desde {least}": {"type": "integer", "minimum": least} for least in (0, 1)},
    "edicion": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    "momento": {"type": "string", "format": "date-time"},
    "siempre": {"const": True},
    "ok": {"const": "ok"},
    "tipo": {"enum": [kind.value for kind in Kind]},
    "version": {"enum": [*(version.value for version in Version), None]},
    "redaccion": {"enum": ["propia", None]},
    "clase": {"enum": ["tema", "persona", "mesa", "palabra"]},
}
_LIST = re.compile(r"(.+)\[([0-9]*)\]")


def ref(name: str) -> Schema:
    """A named schema of the page."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(items: Schema, description: str) -> Schema:
    """A list."""
    return {"type": "array", "items": items, "description": description}


def record(description: str, properties: dict[str, Schema], optional: Iterable[str] = ()) -> Schema:
    """An object that has these keys alone, all of them but the optional ones."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def required(name: str) -> tuple[str, ...]:
    """The keys that a record always has, in their order."""
    described = _RECORDS[name]
    return tuple(key for key in described["keys"] if key not in described.get("optional", ()))


def schemas(enumerations: Mapping[str, Iterable[str]]) -> dict[str, Schema]:
    """Every schema, by its name; ``enumerations`` are the values of kinds that other rooms know."""
    kinds = _KINDS | {name: {"enum": list(values)} for name, values in enumerations.items()}

    def key(kind: str, description: str) -> Schema:
        if found := _LIST.fullmatch(kind):
            most = {"maxItems": int(found[2])} if found[2] else {}
            return many(kinds.get(found[1]) or ref(found[1]), description) | most
        return (kinds.get(kind) or ref(kind)) | {"description": description}

    def made(of: Schema) -> Schema:
        if "keys" not in of:
            return of
        keys = {name: key(*described) for name, described in of["keys"].items()}
        return record(of["description"], keys, of.get("optional", ()))

    return {name: made(of) for name, of in _RECORDS.items()}
