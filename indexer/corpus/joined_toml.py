"""``mesa.toml`` when its mesa goes to another event, becomes part of another one, or lends it its transcript."""

from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from indexer.corpus.toml_edit import with_keys
from indexer.corpus.toml_syntax import parse_toml
from indexer.errors import ReadError, refuse
from indexer.language.spanish import fold
from indexer.program import STAFF

_OF_SPEECH = ("version", "desde_s", "hasta_s")
_OF_VIDEO = ("video", "video_inicio_s")


@contextmanager
def _understood() -> Iterator[None]:
    """Refuse data that are not what they should be."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ReadError) as error:
        cure = f"corríjalos antes (los dice {STAFF} revisar)"
        raise refuse("Los datos de una de las mesas tienen errores", cure) from error


@_understood()
def settled(text: str, event: Mapping[str, Any], taken: Container[int] = ()) -> str:
    """The file as it can stand in another event: the sources of its old event that its facts name are its own.

    Args:
        event: The values of the ``evento.toml`` beside which it stood.
        taken: The numbers of the mesas that are there; a number that is taken goes.
    """
    values = parse_toml(text)
    own, named = (
        values.get("fuentes", []),
        {name for fact in values.get("hechos", ()) for name in fact.get("fuentes", ())},
    )
    named -= {source.get("id") for source in own}
    changes: dict[str, Any] = {"fuentes": [*own, *(one for one in event.get("fuentes", ()) if one.get("id") in named)]}
    if values.get("numero") in taken:
        changes |= {"numero": None, "numero_inferido": None}
    return with_keys(text, changes)


@_understood()
def joined(into: str, given: str, *, speech: bool) -> str:
    """The file of a mesa that another one becomes part of: what it lacks is taken from the other's, which is settled.

    ``speech`` says that the other mesa brings the transcript.
    """
    here, there = parse_toml(into), parse_toml(given)
    if speech and there.get("video", here.get("video")) != here.get("video", there.get("video")):
        raise refuse("Las dos mesas tienen video, y no es el mismo", "quite antes el que no vale de los datos de una")
    brought = (*_OF_SPEECH, *_OF_VIDEO) if speech else ()
    changes = {key: there[key] for key in (*brought, "fecha", "redaccion", *_OF_VIDEO) if key in there}
    changes = {key: value for key, value in changes.items() if key in brought or key not in here}
    known = {fold(one["nombre"]) for one in here.get("participantes", ())}
    more = {
        "temas": [one for one in there.get("temas", ()) if one not in here.get("temas", ())],
        "participantes": [one for one in there.get("participantes", ()) if fold(one["nombre"]) not in known],
        "fuentes": [],
        "hechos": [],
    }
    ids, called = {one["id"]: one for one in here.get("fuentes", ())}, {}
    for source in there.get("fuentes", ()):
        name = free = source["id"]
        while ids.get(free, {**source, "id": free}) != {**source, "id": free}:
            free += "-2"
        called[name] = free
        if free not in ids:
            ids[free] = {**source, "id": free}
            more["fuentes"].append(ids[free])
    told = [fact["texto"] for fact in here.get("hechos", ())]
    for fact in there.get("hechos", ()):
        if fact["texto"] not in told:
            named = [called.get(name, name) for name in fact.get("fuentes", ())]
            more["hechos"].append(fact | {"fuentes": named} if named else fact)
    return with_keys(into, changes | {key: [*here.get(key, ()), *values] for key, values in more.items() if values})


@_understood()
def lent(old: str, new: str) -> tuple[str, str]:
    """The files of two mesas once the transcript of the first is the second's."""
    here, there = parse_toml(old), parse_toml(new)
    keys = (*_OF_SPEECH, *(() if "video" in there else _OF_VIDEO))
    gone = {key: None for key in keys if key in here}
    return with_keys(old, gone), with_keys(new, {key: here.get(key) for key in keys})
