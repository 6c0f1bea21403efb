"""Speakers' labels that begin a paragraph: how sure their words are is weighed with print and with coming back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.readers.bracket_labels import bracket_labels
from indexer.readers.candidates import Candidate, Labels
from indexer.readers.evidence import Certainty
from indexer.readers.habits import Doubts, add_short_starts, marked_as_inferred
from indexer.readers.heads import cast_of, fields_of
from indexer.readers.paragraphs import Paragraph
from indexer.readers.short_starts import printed_in_capitals
from indexer.readers.turn_taking import turn_takers
from indexer.readers.unsupported_labels import title_of, with_guesses
from indexer.readers.vocatives import calls_officer, calls_someone
from indexer.readers.whole_labels import in_house_style, whole_labels
from indexer.readers.wrapped_labels import candidates_of

_SENTENCE_ENDS = (".", "?", "!", "…", ":", "”", '"', "»", ")", "]", "-", "—")
_BROKEN_BY_HAND = 45
"""A line that is shorter was not broken at a width: the next begins where somebody wanted it."""


def plain_labels(lines: Sequence[Paragraph], stamped: frozenset[int] = frozenset()) -> tuple[Labels, Doubts]:
    """The labels of a transcript whose labels stand before what is said, or alone on a line without a rule.

    Args:
        lines: Without furniture.
        stamped: Lines that had a time beside their label. Two or more are a habit, and make an unknown name one.

    Returns:
        The labels, and the lines that look like one and are none.
    """
    found = candidates_of(lines)
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
    ended = _in_style(ended, stamped)
    labels: Labels = {**ended, **whole_labels(lines, found, ended, times)}
    labels |= bracket_labels(lines)
    labels |= turn_takers(lines, labels)
    titles = title_of(lines, labels)
    fields = fields_of(lines, {n: label for n, label in labels.items() if n not in titles})
    unsaid = {*titles, *fields}
    labels = {n: label for n, label in labels.items() if n not in unsaid}
    found = {n: c for n, c in found.items() if n not in unsaid}
    labels |= dict.fromkeys(cast_of(labels))
    _add_known(lines, labels)
    doubts = titles | add_short_starts(lines, labels, found)
    return with_guesses(lines, marked_as_inferred(labels, times), doubts), doubts


def _in_style(ended: dict[int, Candidate], stamped: frozenset[int]) -> dict[int, Candidate]:
    """Without the labels in mixed case of a file that prints its labels in capitals: there they call somebody."""
    if not printed_in_capitals(ended.values()):
        return ended
    return {
        n: c
        for n, c in ended.items()
        if c.capitals
        or c.bold
        or n in stamped
        or (c.rest and c.reading.speaker.name and c.reading.certainty is Certainty.SURE and not _calls(c))
    }


def _convinces(label: Candidate, times: int, capitals: int) -> bool:
    certainty = label.reading.certainty
    if not label.rest and not label.bold and not label.capitals and calls_officer(label.label.split()):
        return False  # «Señor presidente de la República, licenciado …:» alone on its line opens a speech
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
        return not _calls(label)
    return capitals > 1 and in_house_style(label)


def _stands_apart(label: Candidate) -> bool:
    """Beside a time even an unknown name in lower-case text is a label; a post may still be whom one calls."""
    named = label.reading.speaker.name is not None
    return (named or label.capitals or label.speech_follows) and not _calls(label)


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


def _calls(label: Candidate) -> bool:
    return not label.capitals and calls_someone(label.label.split())


def _at_a_start(lines: Sequence[Paragraph], n: int, label: Candidate) -> bool:
    """A line that continues a paragraph begins a turn only where a sentence has just ended."""
    if not lines[n].continues or n == 0 or lines[n - 1].rule or label.bold:
        return True
    above = lines[n - 1].text
    if label.reading.certainty is Certainty.SURE and (label.capitals or len(above) < _BROKEN_BY_HAND):
        return True
    return above.endswith(_SENTENCE_ENDS)


def _add_known(lines: Sequence[Paragraph], labels: Labels) -> None:
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
