"""Captions as JSON: the list of youtube-transcript-api, and yt-dlp's json3."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from indexer.errors import ReadError
from indexer.model import Document
from indexer.readers.cue import MAX_S, Cue
from indexer.readers.decode import clean, decode
from indexer.readers.registry import reader
from indexer.readers.track import to_document

_LASTS = "dDurationMs"
_CURE = "descargue de nuevo los subtítulos, o corrija esa entrada"
_SHAPES = "se espera una lista de {text, start, duration}, o {events: [{tStartMs, segs: [{utf8}]}]}"


@reader(".json")
def read_caption_json(data: bytes) -> Document:
    """Captions in JSON: ``[{text, start, duration}]``, also under ``snippets`` or ``events``, and json3.

    Seconds in the list, milliseconds in json3.

    Raises:
        ReadError: It is no JSON, has another shape, an entry has no valid time or text, or times run backwards.
    """
    entries = _entries(_load(decode(data, longest_line=None)))
    return to_document([cue for number, entry in enumerate(entries, 1) for cue in _cue(entry, number)])


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"no es JSON válido (línea {error.lineno}, columna {error.colno})",
            "descargue de nuevo el archivo; no lo edite a mano",
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise ReadError(f"no es un archivo de subtítulos en JSON: {_SHAPES}", _CURE) from error


def _entries(loaded: Any) -> list[Any]:
    if isinstance(loaded, dict):
        loaded = next((loaded[key] for key in ("snippets", "events") if isinstance(loaded.get(key), list)), None)
    if not isinstance(loaded, list):
        raise ReadError(f"no es un archivo de subtítulos en JSON: {_SHAPES}", "descárguelos en uno de esos formatos")
    return loaded


def _cue(entry: Any, number: int) -> list[Cue]:
    """The cue of an entry; none for the windows and line feeds of json3."""
    if not isinstance(entry, dict):
        _refuse(number, "no es un objeto")
    if "text" in entry:
        text, unit_s, start, lasts = entry["text"], 1.0, entry.get("start"), entry.get("duration")
    else:
        if "tStartMs" not in entry and "segs" not in entry:
            _refuse(number, "no tiene «text» ni «segs»")
        if "segs" not in entry:
            return []
        text, unit_s, start, lasts = _segments(entry["segs"], number), 0.001, entry.get("tStartMs"), entry.get(_LASTS)
        if not text.strip():
            return []
    if not isinstance(text, str):
        _refuse(number, "su texto no es una cadena")
    if start is None:
        _refuse(number, "no dice cuándo empieza")
    start_s = _seconds(start, unit_s, number, "el inicio")
    end_s = None if lasts is None else round(start_s + _seconds(lasts, unit_s, number, "la duración"), 3)
    return [Cue(start_s, end_s, tuple(clean(text).split("\n")), f"entrada {number}")]


def _segments(segments: Any, number: int) -> str:
    if not isinstance(segments, list) or not all(isinstance(part, dict) for part in segments):
        _refuse(number, "«segs» no es una lista de objetos")
    texts = [part.get("utf8", "") for part in segments]
    if not all(isinstance(text, str) for text in texts):
        _refuse(number, "su texto no es una cadena")
    return "".join(texts)


def _seconds(value: Any, unit_s: float, number: int, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse(number, f"{what} no es un número")
    if isinstance(value, float) and not math.isfinite(value):
        _refuse(number, f"{what} no es un número finito")
    if value < 0:
        _refuse(number, f"{what} es negativo")
    if value > MAX_S / unit_s:
        _refuse(number, f"{what} es demasiado grande")
    return round(value * unit_s, 3)


def _refuse(number: int, fault: str) -> NoReturn:
    raise ReadError(f"la entrada {number} está mal: {fault}", _CURE)
