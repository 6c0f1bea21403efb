"""``mesa.toml`` when its mesa goes to another event, becomes part of another one, or lends it its transcript."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import AoT

from indexer.corpus.page_folders import refuse
from indexer.corpus.toml_edit import with_keys
from indexer.corpus.toml_syntax import parse_toml
from indexer.errors import ReadError
from indexer.language.spanish import fold

_OF_SPEECH = ("version", "desde_s", "hasta_s")
_OF_VIDEO = ("video", "video_inicio_s")
_OF_BOTH = ("fecha", "redaccion", *_OF_VIDEO)


def settled(text: str, event: Mapping[str, Any], taken: Container[int] = ()) -> str:
    """The file as it can stand in another event: the sources of its old event that its facts name are its own.

    Args:
        text: The file.
        event: The values of the ``evento.toml`` beside which it stood.
        taken: The numbers of the mesas that are there; a number that is taken goes.
    """
    values = parse_toml(text)
    named = {name for fact in _tables(values, "hechos") for name in fact.get("fuentes", ())}
    named -= {source.get("id") for source in _tables(values, "fuentes")}
    if values.get("numero") in taken:
        text = _without(text, ("numero", "numero_inferido"))
    return _with(text, "fuentes", [source for source in _tables(event, "fuentes") if source.get("id") in named])


def joined(into: str, given: str, *, speech: bool) -> str:
    """The file of a mesa that another one becomes part of: what it lacks is taken from the other's, which is settled.

    Args:
        into, given: The two files.
        speech: Whether the other mesa brings the transcript.
    """
    here, there = parse_toml(into), parse_toml(given)
    if speech and there.get("video", here.get("video")) != here.get("video", there.get("video")):
        raise refuse("Las dos mesas tienen video, y no es el mismo", "quite antes el de una (editar, sin video)")
    new = {key: there[key] for key in _OF_BOTH if key in there and key not in here}
    if speech:
        new |= {key: there[key] for key in (*_OF_SPEECH, *_OF_VIDEO) if key in there}
    if topics := [one for one in there.get("temas", ()) if one not in here.get("temas", ())]:
        new["temas"] = [*here.get("temas", ()), *topics]
    text = with_keys(into, new)
    known = {fold(str(one.get("nombre"))) for one in _tables(here, "participantes")}
    people = [one for one in _tables(there, "participantes") if fold(str(one.get("nombre"))) not in known]
    sources, facts = _apart(_tables(there, "fuentes"), _tables(there, "hechos"), _tables(here, "fuentes"))
    told = [fact.get("texto") for fact in _tables(here, "hechos")]
    facts = [fact for fact in facts if fact.get("texto") not in told]
    for key, more in (("participantes", people), ("fuentes", sources), ("hechos", facts)):
        text = _with(text, key, more)
    return text


def lent(old: str, new: str) -> tuple[str, str]:
    """The files of two mesas once the transcript of the first is the second's."""
    here, there = parse_toml(old), parse_toml(new)
    keys = [key for key in (*_OF_SPEECH, *(() if "video" in there else _OF_VIDEO)) if key in here]
    left = [key for key in _OF_SPEECH if key in there and key not in here]
    return _without(old, keys), with_keys(_without(new, left), {key: here[key] for key in keys})


def _apart(
    sources: Iterable[Mapping[str, Any]], facts: Iterable[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Sources with ids of their own, and facts that name them so; a source that is there already is not repeated."""
    ids = {str(one.get("id")): one for one in others}
    called: dict[str, str] = {}
    new = []
    for source in sources:
        name = str(source.get("id"))
        free, count = name, 2
        while free in ids and ids[free] != {**source, "id": free}:
            free, count = f"{name}-{count}", count + 1
        called[name] = free
        if free not in ids:
            ids[free] = {**source, "id": free}
            new.append(ids[free])
    renamed = [
        {**fact, "fuentes": [called.get(name, name) for name in fact["fuentes"]]} if "fuentes" in fact else fact
        for fact in facts
    ]
    return new, renamed


def _tables(values: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    listed = values.get(key, ())
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _with(text: str, key: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """The document with these at the end of a list of tables."""
    if not tables:
        return text
    document = tomlkit.parse(text)
    found = document.setdefault(key, tomlkit.aot())
    if not isinstance(found, AoT):
        raise ReadError(f"«{key}» no es una lista de tablas", f"escriba cada una como [[{key}]]")
    for one in tables:
        entry = tomlkit.table()
        entry.update(one)
        found.append(entry)
    return tomlkit.dumps(document)


def _without(text: str, keys: Iterable[str]) -> str:
    document = tomlkit.parse(text)
    for key in keys:
        document.pop(key, None)
    return tomlkit.dumps(document)
