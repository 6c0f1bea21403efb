"""A few capitalised words and a mark at the start of a line: a label where the file has the habit, else a point."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indexer.model import Speaker
from indexer.readers.labels.calls_and_sentences import addresses, calls_someone, opens_point
from indexer.readers.labels.candidates import Candidate, Labels, Lines, ends, mark_of, without_dash
from indexer.readers.labels.label import read_label
from indexer.readers.labels.label_parts import Certainty, Reading
from indexer.readers.labels.names import is_capitals, plausible_name
from indexer.readers.labels.posts import names_a_thing
from indexer.readers.paragraphs import Paragraph
from indexer.readers.words import fold

_MOST_WORDS = 5
_LONGEST = 60

_STYLE = 4
_STYLED = 0.8
"""Labels in capitals, and their part of all, that are the style of a file."""


class EverydayWords(frozenset[str]):
    """The words (folded) that stand in lower case somewhere in a file: hardly a surname does."""

    def all_of(self, label: str) -> bool:
        """Whether each word of a label is one of them."""
        return all(fold(word) in self for word in label.split())


def everyday_words(lines: Lines) -> EverydayWords:
    """Of the lines of a file."""
    words = (word for line in lines for word in line.text.split() if word[0].islower())
    return EverydayWords(fold(word.strip('.,;:?!)”"»')) for word in words)


def printed_in_capitals(labels: Iterable[Candidate | None]) -> bool:
    """Whether it is the style of a file to print its labels in capitals."""
    known = [label for label in labels if label and (label.capitals or label.rest)]  # alone it may be a call
    capitals = sum(label.capitals for label in known)
    return capitals >= _STYLE and capitals >= _STYLED * len(known)


def may_be_name(label: str) -> bool:
    """Whether it may be a surname or a name: no word of headings, no call, nothing that a transcript explains."""
    tokens = label.split()
    return plausible_name(tokens, least=1) and not addresses(tokens) and not names_a_thing(label)


def short_start(line: Paragraph) -> Candidate | None:
    """What a line begins with, where a mark ends it soon and speech may follow; no call and no point of minutes.

    It is a label only where the habit of the file, or taking turns, makes it one.
    """
    line = without_dash(line)
    end = next(ends(line.text[:_LONGEST]), None)
    if line.rule or line.heading or end is None or not line.text[0].isupper():
        return None
    label, rest = line.text[: end.start()].rstrip(), line.text[end.end() :].strip()
    tokens = label.split()
    if not 1 <= len(tokens) <= _MOST_WORDS or opens_point(tokens) or calls_someone(tokens):
        return None
    reading = read_label(label) or Reading(Speaker(role=label), Certainty.UNPROVEN)
    bold = bool(line.bold) and abs(line.bold - end.start()) <= 3
    start = Candidate(reading, label, rest, bold=bold, mark=mark_of(end[0]))
    # Capitals are no style of labels where what follows is in capitals as well.
    shouted = start.capitals and is_capitals(rest) and len(rest.split()) > _MOST_WORDS
    return start if start.speech_follows and not shouted else None


LookAlikes = dict[int, str]
"""Lines that look like a label and are taken for none, with the words that look so."""

_MARKS = (":", ".-")
_LEAST = 3
"""Labels that make their mark a habit."""


class _Habit(NamedTuple):
    mark: str
    capitals: bool
    labels: int
    bold: int


def add_short_starts(lines: Lines, labels: Labels, found: Mapping[int, Candidate]) -> LookAlikes:
    """Take the short starts that the file's habit makes labels of.

    Args:
        labels: Those that convince by themselves; what is found is added.
        found: What each line may begin with.

    Returns:
        The starts that look like labels and are none: their words are everyday ones, or there are too many of them, or
        there are too few labels for a habit.
    """
    habit = _habit(labels)
    if habit is None:
        return {}
    inside = {n + more for n, label in labels.items() if label for more in range(1, label.lines)}
    rejected = {
        n: c for n, c in found.items() if n not in labels and n not in inside and _may_speak(lines[n], c, habit)
    }
    short = {
        n: start
        for n, line in enumerate(lines)
        if n not in labels and n not in inside and (start := _in_habit(line, habit, rejected.get(n)))
    }
    alike = {n: candidate.label for n, candidate in rejected.items()} | _printed_alike(lines, labels, inside, habit)
    if short and habit.labels >= _LEAST and len(short) <= habit.labels:
        everyday = everyday_words(lines)
        labels |= {n: s for n, s in short.items() if s.reading.speaker.name or not everyday.all_of(s.label)}
    return {n: label for n, label in {**alike, **{n: s.label for n, s in short.items()}}.items() if n not in labels}


def _printed_alike(lines: Lines, labels: Labels, inside: set[int], habit: _Habit) -> LookAlikes:
    """Starts in bold capitals with the mark of the labels, where all labels are printed so: ``**INTERVECIÓN:** …``."""
    if habit.bold < _LEAST or not habit.capitals:
        return {}
    found: LookAlikes = {}
    for n, line in enumerate(lines):
        head, text = line.text[: line.bold].rstrip(), line.text[line.bold :].lstrip()
        bold = bool(line.bold) and (head.endswith(habit.mark) or text.startswith(habit.mark))
        if bold and n not in labels and n not in inside and is_capitals(head) and head[0].isalpha():
            found[n] = head.rstrip(":.-–— ")
    return found


def marked_as_inferred(labels: Labels, times: Counter[str]) -> Labels:
    """The labels, with those that stand once and that nothing but the file's habit supports marked as inferred."""

    def is_weak(label: Candidate) -> bool:
        return label.reading.certainty <= Certainty.WEAK and not label.bold and times[label.key] < 2

    return {n: label.guessed() if label and is_weak(label) else label for n, label in labels.items()}


def _habit(labels: Labels) -> _Habit | None:
    known = [label for label in labels.values() if label and label.mark in _MARKS]
    if not known:
        return None
    mark, count = Counter(label.mark for label in known).most_common(1)[0]
    of_mark = [label for label in known if label.mark == mark]
    capitals = sum(any(word.isupper() and len(word) > 2 for word in label.label.split()) for label in of_mark)
    return _Habit(mark, 5 * capitals >= 4 * count, count, sum(label.bold for label in of_mark))


def _may_speak(line: Paragraph, candidate: Candidate, habit: _Habit) -> bool:
    """Whether words that were not convincing are of one who may speak all the same."""
    if candidate.whole or candidate.mark != habit.mark or not candidate.speech_follows:
        return False
    if line.continues and candidate.reading.certainty is not Certainty.SURE:
        return False
    tokens = candidate.label.split()
    return not calls_someone(tokens) and not addresses(tokens)


def _in_habit(line: Paragraph, habit: _Habit, known: Candidate | None) -> Candidate | None:
    if known and habit.capitals and known.capitals and known.reading.speaker.institution and not line.heading:
        return known  # «MOVIMIENTO DE LA COSTA: …»: its words are of headings as well
    start = short_start(line)
    if start is None or line.continues or start.mark != habit.mark:
        return None
    tokens = start.label.split()
    if habit.capitals and not any(word.isupper() and len(word) > 1 for word in tokens):
        return None
    many = habit.capitals and addresses(tokens)  # «SEÑORES MINISTROS: No.»
    return known or (start if many or may_be_name(start.label) else None)
