"""The labels of a file: how sure each one's words are is weighed with print, with coming back and with the rest."""

from collections import Counter
from itertools import pairwise

from indexer.readers.labels.bracket_labels import bracket_labels
from indexer.readers.labels.calls_and_sentences import calls_officer, calls_someone
from indexer.readers.labels.candidates import Candidate, Labels, Lines, candidates_of
from indexer.readers.labels.document_fields import cast_of, fields_of
from indexer.readers.labels.label_parts import Certainty
from indexer.readers.labels.own_line_labels import in_house_style, whole_labels
from indexer.readers.labels.short_labels import LookAlikes, add_short_starts, marked_as_inferred, printed_in_capitals
from indexer.readers.labels.turn_taking import turn_takers
from indexer.readers.paragraphs import LINE_ENDS, count_words

_BROKEN_BY_HAND = 45
"""A line that is shorter was not broken at a width: the next begins where somebody wanted it."""


def plain_labels(lines: Lines, stamped: frozenset[int] = frozenset()) -> tuple[Labels, LookAlikes]:
    """The labels of a transcript whose labels stand before what is said, or alone on a line without a rule.

    Args:
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
    titles = _title_of(lines, labels)
    fields = fields_of(lines, {n: label for n, label in labels.items() if n not in titles})
    unsaid = {*titles, *fields}
    labels = {n: label for n, label in labels.items() if n not in unsaid}
    found = {n: c for n, c in found.items() if n not in unsaid}
    labels |= dict.fromkeys(cast_of(labels))
    _add_known(lines, labels)
    alike = titles | add_short_starts(lines, labels, found)
    return _with_guesses(lines, marked_as_inferred(labels, times), alike), alike


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


def _at_a_start(lines: Lines, n: int, label: Candidate) -> bool:
    """A line that continues a paragraph begins a turn only where a sentence has just ended."""
    if not lines[n].continues or n == 0 or lines[n - 1].rule or label.bold:
        return True
    above = lines[n - 1].text
    if label.reading.certainty is Certainty.SURE and (label.capitals or len(above) < _BROKEN_BY_HAND):
        return True
    return above.endswith(LINE_ENDS)


def _add_known(lines: Lines, labels: Labels) -> None:
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


_NEARLY_ALL = 0.6
"""The part of the words that a label without a name, which stands once, may hold."""

_FEW_WORDS = 50
_TOP = 4
"""Lines into which a title may stand."""


def _title_of(lines: Lines, labels: Labels) -> LookAlikes:
    """The heading at the top that names whom a text is about, or who wrote it, and no turn of anybody.

    A name that heads turns comes back, or takes turns with others that are printed like it.
    """
    headings = [n for n, label in labels.items() if label and label.whole]
    if len(headings) != 1 or headings[0] > min(_TOP, *labels) or not lines[headings[0]].heading:
        return {}
    label = labels[headings[0]]
    assert label is not None
    return {} if label.reading.certainty is Certainty.SURE else {headings[0]: label.label}


def _with_guesses(lines: Lines, labels: Labels, alike: LookAlikes) -> Labels:
    """The labels, and those that the file does not bear out as inferred; questions of ``alike`` are told already."""
    known = [label for label in labels.values() if label]
    alone = len({label.key for label in known}) == 1
    one_cell = len({label.key for label in known if label.cells}) == 1
    all_guessed = alone and _asks_too(lines, labels, alike)
    crowded = _above_nearly_all(lines, labels)
    done: Labels = {}
    for n, label in labels.items():
        guessed = label is not None and (
            all_guessed
            or n == crowded
            or (label.cells and one_cell)
            or (label.whole and (_may_be_heading(label, alone=alone) or _in_a_title(lines, n, label)))
        )
        done[n] = label.guessed() if label and guessed else label
    return done


def _may_be_heading(label: Candidate, *, alone: bool) -> bool:
    """Words alone on their line that no post and no given name explains."""
    weak = label.reading.certainty <= Certainty.WEAK
    return weak and (alone or label.reading.speaker.name is None)


def _asks_too(lines: Lines, labels: Labels, alike: LookAlikes) -> bool:
    """Whether questions without a mark stand among the answers that have one: ``respuesta: …``, ``R/ …``."""
    unnamed = all(label is None or label.reading.speaker.name is None for label in labels.values())
    asked = sum(n not in labels and n not in alike and line.text.endswith("?") for n, line in enumerate(lines))
    return unnamed and len(labels) > 1 and 2 * asked >= len(labels)


def _above_nearly_all(lines: Lines, labels: Labels) -> int | None:
    starts = sorted(labels)
    held = {n: count_words(line.text for line in lines[n:end]) for n, end in pairwise([*starts, len(lines)])}
    most = max(held, key=lambda n: held[n], default=None)
    label = labels[most] if most is not None else None
    if most is None or label is None or label.reading.speaker.name is not None:
        return None
    once = sum(other is not None and other.key == label.key for other in labels.values()) == 1
    return (
        most if once and held[most] >= max(_FEW_WORDS, _NEARLY_ALL * count_words(line.text for line in lines)) else None
    )


def _in_a_title(lines: Lines, n: int, label: Candidate) -> bool:
    """Whether what stands directly above or below is as bold as the name and no speech: a title of several lines."""
    if label.reading.certainty is Certainty.SURE or not label.bold or lines[n].heading:
        return False
    beside = [lines[m] for m in (n - 1, n + 1) if 0 <= m < len(lines)]
    return any(line.text and not line.heading and line.bold >= len(line.text) for line in beside)
