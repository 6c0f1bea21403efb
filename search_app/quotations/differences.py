"""The differences between a quotation and the text, and the kind of each."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Literal

from indexer.language.spanish import fold
from search_app.quotations.alignment import Alignment, Step
from search_app.quotations.stretch import Stretch
from search_app.quotations.typed import Quotation
from search_app.quotations.words import APOSTROPHES, NEGATIONS, STRAY, Word, is_number, punctuation, undivided

Nature = Literal["negacion", "numero", "acento", "palabra", "mayusculas", "puntuacion"]
_GLUED = 4
"""Parts of a word in parts (``político-electoral``) that are looked for beyond the end of a quotation."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that both have, or that they have not alike.

    Attributes:
        step: ``igual``, ``cambia``, ``falta`` (in the quotation), ``sobra`` (in it), ``omite`` (its ``[…]``).
        natures: What makes it one: none where nothing differs.
    """

    step: Step
    quoted: str
    said: str
    natures: tuple[Nature, ...] = ()


def mended(alignment: Alignment, quotation: Quotation, stretch: Stretch) -> Alignment:
    """The same, with its ends as a reader would draw them.

    A word too much at an end is not said to replace the last one of the sentence before, but what the same sentence
    goes on with; and a quotation that ends inside ``candidatas/os`` or ``10 %`` lacks the rest of it.
    """
    steps = list(alignment.steps)

    def beyond(at: int, side: int) -> bool:
        step, quoted, said = steps[at]
        other = step == "cambia" and fold(quotation.words[quoted].form) != fold(stretch.words[said].form)
        return other and stretch.ends_after(said + side)

    for at in takewhile(lambda at: beyond(at, 0), range(len(steps))):
        steps[at] = "sobra", steps[at][1], steps[at][2] + 1
    for at in takewhile(lambda at: beyond(at, -1), range(len(steps) - 1, -1, -1)):
        steps[at] = "sobra", steps[at][1], steps[at][2]
    covered = [said for step, _, said in steps if step in ("igual", "cambia", "falta")]
    if not covered:
        return alignment
    start, end = covered[0], covered[-1] + 1
    for at in range(len(steps) - len([*takewhile(lambda step: step[0] == "sobra", reversed(steps))]), len(steps)):
        if stretch.ends_after(end - 1):
            break
        steps[at] = "cambia", steps[at][1], end
        end += 1
    last = end
    while start > 0 and covered[0] - start < _GLUED and _glued(stretch, start - 1):
        start -= 1
        steps.insert(0, ("falta", 0, start))
    while end < len(stretch.words) and end - last < _GLUED and _glued(stretch, end - 1):
        steps.append(("falta", len(quotation.words), end))
        end += 1
    return Alignment(tuple(steps), start, end)


def _glued(stretch: Stretch, word: int) -> bool:
    if stretch.fragments[word] != stretch.fragments[word + 1]:
        return False
    return undivided(stretch.passage(word).text, stretch.words[word], stretch.words[word + 1])


def differences(alignment: Alignment, quotation: Quotation, stretch: Stretch) -> tuple[Difference, ...]:
    """Everything in order: what is alike in words, in capitals and in punctuation, and what is not."""
    return tuple(_Comparison(quotation, stretch).pieces(alignment))


class _Comparison:
    def __init__(self, quotation: Quotation, stretch: Stretch) -> None:
        self._quotation = quotation
        self._stretch = stretch

    def pieces(self, alignment: Alignment) -> Iterator[Difference]:
        """The stretches in order; punctuation is compared where the words on both sides of it are the same."""
        for kind, group in groupby(alignment.steps, key=_kind):
            steps = list(group)
            if kind == "igual":
                yield from self._runs([(quoted, said) for _, quoted, said in steps], alignment)
            elif kind == "omite":
                yield Difference("omite", "[…]", self._stretch.text(steps[0][2], steps[-1][2] + 1))
            else:
                yield self._unlike(steps)

    def _runs(self, pairs: Sequence[tuple[int, int]], alignment: Alignment) -> Iterator[Difference]:
        """Words that are the same, parted where their capitals or the punctuation between them are not."""
        run: list[tuple[int, int]] = []
        opens = pairs[0][1] > alignment.start
        for quoted, said in pairs:
            first = quoted == pairs[0][0] or quoted in self._quotation.cuts
            gap = None if first else self._gap(quoted - 1, said - 1)
            capitals = self._capitals(quoted, said)
            if (gap or capitals) and run:
                yield self._alike(run, opens=opens, closes=gap is None)
                run, opens = [], True
            if gap:
                yield gap
                opens = False
            if capitals:
                yield capitals
            else:
                run.append((quoted, said))
        if run:
            yield self._alike(run, opens=opens, closes=run[-1][1] + 1 < alignment.end)

    def _alike(self, pairs: Sequence[tuple[int, int]], *, opens: bool, closes: bool) -> Difference:
        """A run, with the marks of the text that stand close to it."""
        (quoted, said), (last_quoted, last_said) = pairs[0], pairs[-1]
        text = self._stretch.text(said, last_said + 1)
        if opens and (before := re.search(r"\S+\Z", self._stretch.between(said - 1))):
            text = before[0] + text
        if closes and (after := re.match(r"\S+", self._stretch.between(last_said))):
            text += after[0]
        return Difference("igual", self._typed(quoted, last_quoted + 1), text)

    def _gap(self, quoted: int, said: int) -> Difference | None:
        """The punctuation between two pairs of words that are the same, where it is not."""
        before, after = self._quotation.words[quoted : quoted + 2]
        typed, there = self._quotation.compared[before.end : after.start], self._stretch.between(said)
        if STRAY.search(typed + there):
            typed, there = APOSTROPHES.sub("", typed), APOSTROPHES.sub("", there)
        typed, there = punctuation(typed), punctuation(there)
        if typed == there:
            return None
        step: Step = "cambia" if typed and there else "falta" if there else "sobra"
        return Difference(step, typed, there, ("puntuacion",))

    def _capitals(self, quoted: int, said: int) -> Difference | None:
        typed, there = self._quotation.words[quoted].written, self._stretch.words[said].written
        begins = quoted == 0 or quoted in self._quotation.cuts
        if typed == there or (begins and typed[1:] == there[1:]):
            return None
        typed, there = self._typed(quoted, quoted + 1), self._stretch.text(said, said + 1)
        return Difference("cambia", typed, there, ("mayusculas",))

    def _unlike(self, steps: Sequence[tuple[Step, int, int]]) -> Difference:
        quoted = [at for step, at, _ in steps if step in ("cambia", "sobra")]
        said = [at for step, _, at in steps if step in ("cambia", "falta")]
        step: Step = "cambia" if quoted and said else "sobra" if quoted else "falta"
        return Difference(
            step,
            self._typed(quoted[0], quoted[-1] + 1) if quoted else "",
            self._stretch.text(said[0], said[-1] + 1) if said else "",
            _natures([self._quotation.words[at] for at in quoted], [self._stretch.words[at] for at in said]),
        )

    def _typed(self, start: int, stop: int) -> str:
        return self._quotation.text[self._quotation.words[start].start : self._quotation.words[stop - 1].end]


def _kind(step: tuple[Step, int, int]) -> str:
    return step[0] if step[0] in ("igual", "omite") else "distinto"


def _natures(quoted: Sequence[Word], said: Sequence[Word]) -> tuple[Nature, ...]:
    """What a stretch that differs changes, the gravest first."""
    typed, there = (Counter(word.form for word in side) for side in (quoted, said))
    changed = {*(typed - there), *(there - typed)}
    found: list[Nature] = []
    if changed & NEGATIONS:
        found.append("negacion")
    if any(map(is_number, changed)):
        found.append("numero")
    if [fold(word.form) for word in quoted] == [fold(word.form) for word in said]:
        return (*found, "acento")
    return tuple(found) or ("palabra",)
