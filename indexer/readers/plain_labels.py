"""Speakers' labels that begin a paragraph: how sure their words are is weighed with print and with coming back."""

from __future__ import annotations

from collections import Counter

from indexer.readers.candidates import Candidate, Labels, candidate, joins
from indexer.readers.evidence import MAX_LABEL, Certainty
from indexer.readers.names import fold
from indexer.readers.paragraphs import Paragraph
from indexer.readers.posts import POSTS

_SENTENCE_ENDS = (".", "?", "!", "…", ":", "”", '"', "»", ")", "]", "-", "—")


def plain_labels(lines: list[Paragraph], stamped: frozenset[int] = frozenset()) -> Labels:
    """The labels of a transcript whose labels stand before what is said, or alone on a line without a rule.

    Args:
        lines: Without furniture.
        stamped: Lines that had a time beside their label. Two or more are a habit, and make an unknown name one.
    """
    found = {n: c for n, line in enumerate(lines) if not line.rule and (c := _candidate_at(lines, n))}
    times = Counter(c.key for c in found.values())
    capitals = sum(c.capitals and c.reading.certainty is Certainty.SURE for c in found.values())
    sure = any(c.reading.certainty is Certainty.SURE and not c.whole for c in found.values())
    ended = {
        n: c
        for n, c in found.items()
        if not c.whole
        and (
            _convinces(c, times[c.key], capitals)
            or (sure and _is_organisation(c))
            or (n in stamped and len(stamped) > 1 and _stands_apart(c))
        )
        and _at_a_start(lines, n, c)
    }
    whole = _whole_lines(lines, found, ended, times)
    labels: Labels = {**ended, **whole}
    _add_known(lines, labels)
    return labels


def _candidate_at(lines: list[Paragraph], n: int) -> Candidate | None:
    """The candidate of a line; its label may end on one of the lines that continue it."""
    alone = candidate(lines[n])
    if alone and not alone.whole:
        return alone
    text = lines[n].text
    for line in lines[n + 1 : n + 4]:
        if not line.continues or len(text) > MAX_LABEL:
            break
        before, text = len(text), f"{text} {line.text}"
        joined = candidate(Paragraph(text, lines[n].bold))
        if joined and not joined.whole and len(joined.label) > before:
            return joined
    return alone


def _convinces(label: Candidate, times: int, capitals: int) -> bool:
    certainty = label.reading.certainty
    if label.cells:
        return times > 1 and certainty >= Certainty.LIKELY
    if certainty is Certainty.UNPROVEN:
        return times > 1
    if label.bold or (label.capitals and certainty is Certainty.SURE):
        return True
    if certainty is Certainty.SURE:
        # «… , secretaria: lo que pasa» is a sentence; «Moderadora: buenas» is automatic text without capitals.
        return times > 1 or label.speech_follows or "," not in label.label
    if certainty is Certainty.LIKELY:
        named = label.reading.speaker.name is not None  # «Presidenta: ¿se ha …» calls her; she does not speak
        return label.capitals or label.speech_follows or (times > 1 and named)
    if times > 1:
        return not _calls_someone(label)
    return capitals > 1 and _in_house_style(label)


def _stands_apart(label: Candidate) -> bool:
    """Beside a time even an unknown name in lower-case text is a label; a post may still be whom one calls."""
    named = label.reading.speaker.name is not None
    return (named or label.capitals or label.speech_follows) and not _calls_someone(label)


def _is_organisation(label: Candidate) -> bool:
    """``Instituto Electoral de la Costa: Gracias.`` among sure labels: three words and a sentence after them."""
    speaker = label.reading.speaker
    return (
        speaker.role is not None
        and speaker.role == speaker.institution
        and len(speaker.role.split()) > 2
        and (label.rest[:1].isalpha() or label.rest[:1] in ("¿", "¡", "“"))
        and label.speech_follows
    )


def _calls_someone(label: Candidate) -> bool:
    """``Señor presidente: …`` opens a speech to him, again and again."""
    return not label.capitals and fold(label.label.split()[0]) in ("senor", "senora")


def _in_house_style(label: Candidate) -> bool:
    """A name or a post in capitals, where other labels are in capitals as well."""
    speaker = label.reading.speaker
    post = fold((speaker.role or "").split(" ")[0]) in POSTS
    return label.capitals and " " in label.label and (speaker.name is not None or post)


def _at_a_start(lines: list[Paragraph], n: int, label: Candidate) -> bool:
    """A line that continues a paragraph begins a turn only where a sentence has just ended."""
    if not lines[n].continues or n == 0 or lines[n - 1].rule or label.bold or label.capitals:
        return True
    return lines[n - 1].text.endswith(_SENTENCE_ENDS)


def _whole_lines(
    lines: list[Paragraph], found: dict[int, Candidate], ended: dict[int, Candidate], times: Counter[str]
) -> dict[int, Candidate]:
    """Labels alone on their line without a colon: in capitals, in bold or as headings.

    Two of them one after the other are a list (who is present, who signs), unless the second names the first.
    """
    alone = {n: c for n, c in found.items() if c.whole}
    house = sum(c.capitals and c.reading.certainty is Certainty.SURE for c in alone.values()) > 2
    likely = {
        n: c
        for n, c in alone.items()
        if c.reading.certainty is Certainty.SURE
        or times[c.key] > 1
        or (c.bold and c.reading.certainty is Certainty.LIKELY)
        or (house and _in_house_style(c))
    }
    taken = {n: c for n, c in likely.items() if _opens_speech(lines, n, likely, ended)}
    named = sum(c.reading.speaker.name is not None for c in taken.values())
    return taken if len(taken) > 1 or named else {}


def _opens_speech(lines: list[Paragraph], n: int, likely: dict[int, Candidate], ended: dict[int, Candidate]) -> bool:
    if n + 1 >= len(lines) or lines[n + 1].rule:
        return False
    following = likely.get(n + 1) or ended.get(n + 1)
    if following is None:
        return True
    return n - 1 not in likely and joins(likely[n], following)


def _add_known(lines: list[Paragraph], labels: Labels) -> None:
    """Take full labels that lost their colon (``…, Ana López Presente``) where they are seen with it elsewhere."""
    known = {}
    for label in labels.values():
        if label and label.reading.speaker.name and label.reading.speaker.post:
            known[label.label] = label.reading
    texts = tuple(known)
    for n, line in enumerate(lines):
        if n in labels or not texts or not line.text.startswith(texts):
            continue
        full = max((text for text in texts if line.text.startswith(text)), key=len)
        found = Candidate(known[full], full, line.text[len(full) :].strip())
        if found.rest and (found.rest[0].isalnum() or found.rest[0] in '¿¡“"(') and found.speech_follows:
            labels[n] = found
