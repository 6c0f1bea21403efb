"""A page's fragments as terms of the index. The only place that says what is written for a text."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from indexer.engines.whoosh.originals import AROUND, Laid, Reading, laid, read
from indexer.engines.whoosh.schema import CORRECTED, INFERRED, Document, packed
from indexer.index.facets import FACETS
from indexer.index.protocol import PagePassages
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import Token, tokens_in_passing
from indexer.language.vocabulary import Vocabulary
from indexer.model import Passage

Terms = dict[str, list[int]]
"""Terms of one field with the numbers of their posting."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A fragment as it is indexed.

    Attributes:
        document: What is stored of it.
        words: Its words, as ``Words`` numbers them; their terms in ``exact``, ``stem`` and ``spelling`` are there.
        first: Position of its first word.
        fields: Its terms in the other fields.
        beside: Which of ``words`` are of the original alone: each stands at the position of the word before it.
    """

    document: Document
    words: array[int]
    first: int
    fields: dict[str, Terms]
    beside: Sequence[int] = ()


class Words:
    """Words as texts write them, numbered as they come, each analysed once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.exact: list[str] = []
        self.stem: list[str] = []
        self.spelling: list[tuple[str, ...]] = []

    def numbers(self, words: Sequence[Token]) -> array[int]:
        """The number of each word of a text."""
        known = self._numbers
        return array("I", [known[word.text] if word.text in known else self._learn(word) for word in words])

    def _learn(self, word: Token) -> int:
        number = self._numbers[word.text] = len(self._numbers)
        alone = Lexicon()
        alone.add(word.text)
        self.exact.append(word.form)
        self.stem.append(Lexicon.index_stem(word.text))
        self.spelling.append(tuple(f"{form} {stem}" for form, stems in alone.forms.items() for stem in sorted(stems)))
        return number


class Analysis:
    """Turns fragments into terms.

    Attributes:
        words: Those met so far.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.words = Words()

    def page(self, page: PagePassages) -> Iterator[Analysed]:
        """Each fragment of a page with the terms of its fields (see ``schema``)."""
        run, base = -1, 0
        turn: tuple[object, int] | None = None
        passages, formers = _Passages(page.passages), _Formers()
        for passage in passages:
            if turn != (passage.kind, passage.turn):
                turn, run, base = (passage.kind, passage.turn), run + 1, 0
                formers = _Formers()
            words = tokens_in_passing(passage.text)
            reading = read(passage, words)
            beside = reading.beside if reading is not None else ()
            fields = _facets(passage)
            marks = CORRECTED * (reading is not None) + INFERRED * passage.inferred
            place = [passage.number, passage.order, run, base, len(words), marks]
            fields["page"] = {str(page.page): place}
            fields["concept"] = self._concepts(words, passage.text, base)
            if reading is not None and not reading.straight:
                fields["former"] = formers.terms(laid(words, reading, base), passages.following(passage, base, words))
            written, places = self._with(words, beside)
            yield Analysed(Document(passage, _gaps(words)), written, base, fields, places)
            formers.passed(words, reading, base)
            base += len(words)

    def _with(self, words: Sequence[Token], beside: Sequence[tuple[int, Token]]) -> tuple[array[int], Sequence[int]]:
        """The words of a fragment, those of its original put in behind the ones beside which they stand."""
        if not beside:
            return self.words.numbers(words), ()
        every: list[Token] = []
        places: list[int] = []
        left = deque(beside)
        for at, word in enumerate(words):
            every.append(word)
            while left and left[0][0] == at:
                places.append(len(every))
                every.append(left.popleft()[1])
        return self.words.numbers(every), places

    def _concepts(self, words: Sequence[Token], text: str, base: int) -> Terms:
        """Where the names of topics stand; of two names of one topic at one place, the longer."""
        longest: dict[str, dict[int, int]] = {}
        for span in self._vocabulary.spans(words, text):
            if span.equivalent:
                places = longest.setdefault(span.topic, {})
                place, length = span.first_token + base, span.end_token - span.first_token
                places[place] = max(length, places.get(place, 0))
        return {topic: [n for place in sorted(places.items()) for n in place] for topic, places in longest.items()}


class _Passages:
    """The fragments of a page, one after the other, with a look at those that follow where it is needed."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = iter(passages)
        self._ahead: deque[Passage] = deque()

    def __iter__(self) -> Iterator[Passage]:
        while True:
            passage = self._ahead.popleft() if self._ahead else next(self._passages, None)
            if passage is None:
                return
            yield passage

    def following(self, passage: Passage, base: int, words: Sequence[Token]) -> Laid:
        """The originals of the fragments behind one in its turn, as far as a phrase may reach."""
        found: Laid = []
        base += len(words)
        for place in count():
            if len(found) >= AROUND:
                break
            if place == len(self._ahead):
                later = next(self._passages, None)
                if later is None:
                    break
                self._ahead.append(later)
            near = self._ahead[place]
            if (near.kind, near.turn) != (passage.kind, passage.turn):
                break
            shown = tokens_in_passing(near.text)
            found += laid(shown, read(near, shown), base)
            base += len(shown)
        return found[:AROUND]


class _Formers:
    """The originals of one run, laid out one after the other with a gap between."""

    def __init__(self) -> None:
        self._next = 0
        self._passed: deque[tuple[Sequence[Token], Reading | None, int]] = deque(maxlen=AROUND)

    def passed(self, words: Sequence[Token], reading: Reading | None, base: int) -> None:
        """Take note of a fragment: the next one may begin with the end of a phrase."""
        if words:
            self._passed.append((words, reading, base))

    def terms(self, own: Laid, following: Laid) -> Terms:
        """The postings of a fragment's original, between those of the words around it."""
        before: Laid = []
        for words, reading, base in reversed(self._passed):
            if len(before) >= AROUND:
                break
            before = [*laid(words, reading, base), *before]
        found: Terms = {}
        for forms, place in (*before[-AROUND:], *own, *following):
            for form in forms:
                found.setdefault(form, []).extend((self._next, place))
            self._next += 1
        self._next += 1
        return found


def _gaps(words: Sequence[Token]) -> bytes:
    gaps: list[int] = []
    end = 0
    for word in words:
        gaps += (word.start - end, word.end - word.start)
        end = word.end
    return packed(gaps)


def _facets(passage: Passage) -> dict[str, Terms]:
    return {f.field: {value: [] for value in f.of_passage(passage)} for f in FACETS.values() if f.of_passage}
