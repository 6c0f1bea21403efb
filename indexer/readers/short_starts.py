"""A few capitalised words and a mark at the start of a line: a label, if the file has the habit; or a point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.model.transcript import Speaker
from indexer.readers.candidates import Candidate, ends, mark_of, without_dash
from indexer.readers.evidence import Certainty, Reading
from indexer.readers.labels import read_label
from indexer.readers.leads import opens_point
from indexer.readers.names import fold, is_capitals, plausible_name
from indexer.readers.paragraphs import Paragraph
from indexer.readers.posts import names_a_thing
from indexer.readers.vocatives import addresses, calls_someone

_MOST_WORDS = 5
_LONGEST = 60


_STYLE = 4
_STYLED = 0.8
"""Labels in capitals, and their part of all, that are the style of a file."""


class ShortStart(NamedTuple):
    """The start of a line.

    Attributes:
        label: What stands before the mark.
        rest: What follows it.
        mark: As in ``Candidate``.
        bold: The label is bold.
    """

    label: str
    rest: str
    mark: str
    bold: bool

    @property
    def tokens(self) -> list[str]:
        """The words of the label."""
        return self.label.split()

    @property
    def capitals(self) -> bool:
        """Whether a word of it is in capitals."""
        return any(word.isupper() and len(word) > 1 for word in self.tokens)

    @property
    def is_name(self) -> bool:
        """Whether it may be a surname or a name: no word of headings, nothing that a transcript explains."""
        tokens = self.tokens
        return plausible_name(tokens, least=1) and not addresses(tokens) and not names_a_thing(self.label)

    def as_label(self) -> Candidate:
        """The label it is if the file's habit makes it one."""
        reading = read_label(self.label) or Reading(Speaker(role=self.label), Certainty.UNPROVEN)
        return Candidate(reading, self.label, self.rest, bold=self.bold, mark=self.mark)


class EverydayWords(frozenset[str]):
    """The words (folded) that stand in lower case somewhere in a file: hardly a surname does."""

    def all_of(self, label: str) -> bool:
        """Whether each word of a label is one of them."""
        return all(fold(word) in self for word in label.split())


def everyday_words(lines: Sequence[Paragraph]) -> EverydayWords:
    """Of the lines of a file."""
    words = (word for line in lines for word in line.text.split() if word[0].islower())
    return EverydayWords(fold(word.strip('.,;:?!)”"»')) for word in words)


def printed_in_capitals(labels: Iterable[Candidate | None]) -> bool:
    """Whether it is the style of a file to print its labels in capitals."""
    known = [label for label in labels if label and (label.capitals or label.rest)]  # alone it may be a call
    capitals = sum(label.capitals for label in known)
    return capitals >= _STYLE and capitals >= _STYLED * len(known)


def short_start(line: Paragraph) -> ShortStart | None:
    """What a line begins with, where a mark ends it soon and speech may follow; no call and no point of minutes."""
    line = without_dash(line)
    end = next(ends(line.text[:_LONGEST]), None)
    if line.rule or line.heading or end is None or not line.text[0].isupper():
        return None
    bold = bool(line.bold) and abs(line.bold - end.start()) <= 3
    start = ShortStart(line.text[: end.start()].rstrip(), line.text[end.end() :].strip(), mark_of(end[0]), bold)
    tokens = start.tokens
    if not 1 <= len(tokens) <= _MOST_WORDS or opens_point(tokens) or calls_someone(tokens):
        return None
    # Capitals are no style of labels where what follows is in capitals as well.
    shouted = is_capitals(start.label) and is_capitals(start.rest) and len(start.rest.split()) > _MOST_WORDS
    return start if start.as_label().speech_follows and not shouted else None
