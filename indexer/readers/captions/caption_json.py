"""Captions as JSON, whoever wrote them: the rows of ``caption_json.toml`` say where the words and times stand.

A path goes down from the root: a key, a number (a place in a list, ``-1`` the last), ``*`` (each of them). Where the
names of a key differ, they are parted by ``|``. A key that an entry lacks is looked for in what holds the entry.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import ReadError
from indexer.model import Document, Speaker
from indexer.readers.captions.cue_speakers import speaker_of_voice
from indexer.readers.captions.cues import Cue, end_of
from indexer.readers.captions.track import to_document
from indexer.readers.decode import clean, decode
from indexer.readers.paragraphs import FULL_STOPS, has_words
from indexer.readers.times import read_time
from indexer.word_lists import beside

PAUSE_S = 1.5
"""A silence after which words begin a cue of their own."""

MAX_CUE_WORDS = 40
_BETWEEN = re.compile(r"[\s,]*")
_OPENING = frozenset("¿¡(«“[")
_AGAIN = "descargue de nuevo los subtítulos, o corrija esas entradas"

Chain = tuple[Any, ...]
"""An entry, and what holds it, from the inside out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one program writes its JSON.

    Attributes:
        text: Path to the words in an entry; several are put together as they are.
        start: Path to when it begins.
        lasts: Path to how long it lasts, where it does not say when it ends.
        unit_s: How long one of its numbers is.
        voice: Path to who speaks.
        inside: Path to the voices of the words inside an entry, which may be others.
        words: An entry is one word or sign, not a phrase.
        voices: Path to another list that says who speaks at the second of a word, where the words do not.
        needs: Path that must lead somewhere, where the entries alone do not tell the program.
    """

    program: str
    entries: str
    text: str
    start: str
    end: str = ""
    lasts: str = ""
    unit_s: float = 1.0
    voice: str = "speaker"
    inside: str = ""
    words: bool = False
    voices: str = ""
    needs: str = ""


SHAPES: tuple[Shape, ...] = tuple(Shape(**row) for row in beside(__file__)["shapes"])


def read_caption_json(data: bytes) -> Document:
    """Captions in JSON, in any of ``SHAPES``; several documents one after the other are read as one list.

    Raises:
        ReadError: It is no JSON, has none of the shapes, hardly a time that can be, or no words.
    """
    loaded = _load(decode(data, longest_line=None))
    shape, chains = _shape_of(loaded)
    cues, faulty, doubtful = _cues(shape, chains, _voices(loaded, shape))
    warnings: list[tuple[str, str]] = []
    if faulty:
        fault = f"hay entradas que no son texto con su hora ({len(faulty)}; la primera, la {faulty[0]})"
        warnings.append((fault, _AGAIN))
    if doubtful:
        fault = f"hay entradas con palabras que el programa atribuye a otra voz ({doubtful})"
        warnings.append((fault, "coteje quién habla en ellas"))
    if shape.words:
        cues = _phrases(cues)
    return to_document(cues, tuple(warnings))


def _load(text: str) -> Any:
    decoder, at = json.JSONDecoder(), 0
    documents: list[Any] = []
    text = text.strip()
    try:
        while at < len(text):
            found, at = decoder.raw_decode(text, at)
            documents += [found] if found not in documents[-1:] else []  # sent twice
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    except json.JSONDecodeError as error:
        cure = "descargue de nuevo el archivo; no lo edite a mano"
        raise ReadError(f"no es JSON válido (línea {error.lineno}, columna {error.colno})", cure) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise _unknown() from error
    return documents[0] if len(documents) == 1 else documents


def _unknown() -> ReadError:
    known = ", ".join(dict.fromkeys(shape.program for shape in SHAPES if shape.program[0].isupper()))
    return ReadError(
        f"no es un archivo de subtítulos en JSON de los que se conocen ({known}, o una lista de {{text, start}})",
        "descárguelos en uno de esos formatos, o en .srt o .vtt",
    )


def _shape_of(loaded: Any) -> tuple[Shape, list[Chain]]:
    """The first shape of which an entry has text and time."""
    for shape in SHAPES:
        chains = _entries(loaded, shape.entries)
        told = [chain for chain in chains if _text(chain[0], shape.text) is not None]
        needed = not shape.needs or any(_first(chain[:1], shape.needs) for chain in chains)
        if needed and any(_time(chain, shape.start, shape) is not None for chain in told):
            return shape, chains
    raise _unknown()


def _time(chain: Chain, path: str, shape: Shape) -> float | None:
    found = _first(chain[:1], path)
    if isinstance(found, dict):  # as Google's library writes them
        whole, part = read_time(found.get("seconds", 0)), read_time(found.get("nanos", 0), 1e-9)
        return None if whole is None or part is None else whole + part
    return read_time(found, shape.unit_s)


def _voices(loaded: Any, shape: Shape) -> dict[float | None, object]:
    if not shape.voices:
        return {}
    return {_time(chain, shape.start, shape): _first(chain, shape.voice) for chain in _entries(loaded, shape.voices)}


def _cues(
    shape: Shape, chains: Sequence[Chain], voices: dict[float | None, object]
) -> tuple[list[Cue], list[int], int]:
    """The cues; the numbers of the entries that have no words or time; how many hold words of another voice."""
    cues: list[Cue] = []
    faulty: list[int] = []
    doubtful = 0
    known: dict[object, Speaker | None] = {}
    for number, chain in enumerate(chains, 1):
        text, start_s = _text(chain[0], shape.text), _time(chain, shape.start, shape)
        if text is None or not text.strip():
            faulty += [number] if text is None and start_s is None else []
            continue
        end_s = end_of(start_s, _time(chain, shape.end, shape), _time(chain, shape.lasts, shape))
        voice = _first(chain, shape.voice)
        voice = voices.get(start_s) if voice is None else voice
        key = str(voice)
        if key not in known:
            known[key] = speaker_of_voice(voice)
        speaker = known[key]
        others = {str(inside) for inside, *_ in _entries(chain[0], shape.inside)} - {key} if shape.inside else set()
        if speaker and others:
            doubtful += 1
            speaker = replace(speaker, inferred=True)
        cues.append(Cue(start_s, end_s, tuple(clean(text).split("\n")), f"entrada {number}", speaker))
    return cues, faulty, doubtful


def _phrases(words: Sequence[Cue]) -> list[Cue]:
    """Words to phrases: a voice, a sentence or a breath long. A sign goes with the word before it."""
    phrases: list[Cue] = []
    opening = ""
    for word in words:
        text = " ".join("".join(word.lines).split())
        before = phrases[-1] if phrases else None
        if text in _OPENING:
            opening += text
        elif before and (not has_words(text) or not _begins(before, word)):
            joined = f" {opening}{text}" if has_words(text) else text
            phrases[-1] = replace(before, lines=(before.lines[0] + joined,), end_s=word.end_s or before.end_s)
            opening = opening if joined == text else ""
        else:
            phrases.append(replace(word, lines=(opening + text,)))
            opening = ""
    return phrases


def _begins(before: Cue, word: Cue) -> bool:
    said = before.lines[0]
    if word.speaker != before.speaker or said.endswith(FULL_STOPS) or said.count(" ") >= MAX_CUE_WORDS:
        return True
    return before.end_s is not None and word.start_s is not None and word.start_s - before.end_s > PAUSE_S


def _entries(loaded: Any, path: str) -> list[Chain]:
    """The entries that a path leads to, each with what holds it."""
    chains: list[Chain] = [(loaded,)]
    for step in path.split("."):
        chains = [(child, *chain) for chain in chains for child in _children(chain[0], step)]
    return chains


def _first(chain: Chain, path: str) -> Any:
    """What a path leads to, in the entry or, for a path of one key, in what holds it; None where there is nothing."""
    if not path:
        return None
    held = chain if "." not in path else chain[:1]
    return next((found for holder in held for found, *_ in _entries(holder, path)), None)


def _text(entry: Any, path: str) -> str | None:
    """The words of an entry; None where it has none that are text."""
    parts = [part for part, *_ in _entries(entry, path)]
    return "".join(parts) if parts and all(isinstance(part, str) for part in parts) else None


def _children(value: Any, step: str) -> list[Any]:
    if step == "*":
        return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    if isinstance(value, dict):
        return next(([value[key]] for key in step.split("|") if value.get(key) is not None), [])
    if isinstance(value, list) and step.lstrip("-").isdigit() and -len(value) <= int(step) < len(value):
        return [value[int(step)]]
    return []
