"""Captions in XML: TTML and DFXP, the video site's three (srv1, srv2, srv3), and ELAN's annotations."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from indexer.errors import ReadError
from indexer.formats import USUAL_CAPTIONS
from indexer.model import Document, Warnings
from indexer.readers.captions.cue_speakers import speaker_of_voice
from indexer.readers.captions.cues import Cue, end_of
from indexer.readers.captions.track import to_document
from indexer.readers.decode import clean
from indexer.readers.paragraphs import some
from indexer.readers.times import read_time

_FRAMES = re.compile(r"([0-9]{1,3}:[0-9]{2}:[0-9]{2}):([0-9]{1,3})(?:\.[0-9]{1,3})?|([0-9]{1,12})([ft])")
_FRAMES_A_SECOND = 30.0
"""What the standard takes where the file does not say."""


def read_timed_xml(data: bytes) -> Document:
    """Captions in XML, by their root; each with its times, its words and, where the file says so, who speaks.

    Raises:
        ReadError: It is no XML, holds entities, has another root, or hardly a time that can be.
    """
    try:
        root = fromstring(data.strip(), forbid_dtd=False)
    except DefusedXmlException as error:
        raise ReadError("contiene entidades XML, que no se admiten", "descargue de nuevo los subtítulos") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        place = f" (línea {error.position[0]})" if isinstance(error, ParseError) else ""
        raise ReadError(f"no es XML válido{place}", "descargue de nuevo los subtítulos") from error
    found = _ROOTS.get(_name(root))
    if found is None:
        fault = f"es XML, pero no de subtítulos («{_name(root)[:40]}»)"
        raise ReadError(fault, f"consiga los subtítulos en otro formato ({USUAL_CAPTIONS})")
    cues, warnings = found(root)
    return to_document(cues, warnings)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str | None:
    """An attribute in any namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _words(element: Element) -> str:
    """The text inside, line breaks as such; in a loop of its own, for files nest deeper than Python recurses."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        if _name(node) == "metadata":
            continue
        parts.append("\n" if _name(node) == "br" else node.text or "")
        for child in reversed(node):
            stack += [child.tail or "", child]
    return clean("".join(parts))


def _youtube(root: Element) -> tuple[list[Cue], Warnings]:
    """``<text start dur>`` in seconds; ``<text t d>`` and ``<p t d>`` in milliseconds."""
    cues: list[Cue] = []
    for number, element in enumerate((e for e in root.iter() if _name(e) in ("text", "p")), 1):
        unit_s = 1.0 if "start" in element.attrib else 0.001
        start_s = read_time(element.get("start", element.get("t", "0")), unit_s)
        end_s = end_of(start_s, None, read_time(element.get("dur", element.get("d")), unit_s))
        cues.append(Cue(start_s, end_s, tuple(_words(element).split("\n")), f"entrada {number}"))
    return cues, ()


def _ttml(root: Element) -> tuple[list[Cue], Warnings]:
    """Paragraphs; one without times has them on its spans, and each counts from what holds it."""
    rate = read_time(_attribute(root, "frameRate")) or _FRAMES_A_SECOND
    ticks = read_time(_attribute(root, "tickRate")) or rate
    agents = {_attribute(e, "id"): _words(e).strip() for e in root.iter() if _name(e) == "agent"}
    cues: list[Cue] = []
    for element, offset_s, agent in _timed(root, rate, ticks):
        start_s, end_s, lasts_s = (_second(element, name, rate, ticks) for name in ("begin", "end", "dur"))
        end_s = end_of(start_s, end_s, lasts_s)
        begins_s = None if start_s is None else round(start_s + offset_s, 3)
        ends_s = None if end_s is None else round(end_s + offset_s, 3)
        speaker = speaker_of_voice(agents.get(agent) or agent)
        cues.append(Cue(begins_s, ends_s, tuple(_words(element).split("\n")), f"entrada {len(cues) + 1}", speaker))
    return cues, ()


def _timed(root: Element, rate: float, ticks: float) -> Iterator[tuple[Element, float, str | None]]:
    """Paragraphs and timed spans, each with the second at which its holder begins and the agent who speaks."""
    stack: list[tuple[Element, float, str | None]] = [(root, 0.0, None)]
    while stack:
        element, offset_s, agent = stack.pop()
        agent = _attribute(element, "agent") or agent
        inner = not _attribute(element, "begin") and any(_attribute(child, "begin") for child in element)
        if _name(element) in ("p", "span") and not inner:
            yield element, offset_s, agent
            continue
        if _name(element) not in ("head", "metadata"):
            offset_s += _second(element, "begin", rate, ticks) or 0.0
            stack.extend((child, offset_s, agent) for child in reversed(element))


def _second(element: Element, name: str, rate: float, ticks: float) -> float | None:
    value = _attribute(element, name)
    framed = _FRAMES.fullmatch(value.strip()) if value else None
    if framed is None:
        return read_time(value)
    if framed[1]:
        return (read_time(framed[1]) or 0.0) + int(framed[2]) / rate
    return int(framed[3]) / (rate if framed[4] == "f" else ticks)


def _elan(root: Element) -> tuple[list[Cue], Warnings]:
    """The tiers that depend on no other, in order of time: their participant speaks."""
    slots = {e.get("TIME_SLOT_ID"): read_time(e.get("TIME_VALUE"), 0.001) for e in root.iter("TIME_SLOT")}
    cues: list[Cue] = []
    left: list[str] = []
    several = sum(not tier.get("PARENT_REF") for tier in root.iter("TIER")) > 1
    for tier in root.iter("TIER"):
        label = tier.get("PARTICIPANT") or (tier.get("TIER_ID") if several else None)  # «default» is nobody
        if tier.get("PARENT_REF"):
            left.append(f"«{tier.get('TIER_ID')}»")
            continue
        for note in tier.iter("ALIGNABLE_ANNOTATION"):
            start_s, end_s = slots.get(note.get("TIME_SLOT_REF1")), slots.get(note.get("TIME_SLOT_REF2"))
            text = clean(note.findtext("ANNOTATION_VALUE") or "")
            place = f"anotación {note.get('ANNOTATION_ID', '')}"
            cues.append(Cue(start_s, end_s, tuple(text.split("\n")), place, speaker_of_voice(label)))
    cues.sort(key=lambda cue: cue.start_s or 0.0)
    fault = f"no se leen las líneas que dependen de otra: {some(left, 8)}"
    return cues, ((fault, "si alguna es lo que se dijo, expórtela sola"),) if left else ()


_ROOTS: dict[str, Callable[[Element], tuple[list[Cue], Warnings]]] = {
    "transcript": _youtube, "timedtext": _youtube, "tt": _ttml, "ANNOTATION_DOCUMENT": _elan,
}  # fmt: skip
