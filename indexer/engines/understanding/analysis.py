"""Turns the passages of a page into terms. No other module says what is indexed for a text."""

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.engines.understanding.documents import ANSWERS, CORRECTED, INFERRED, Document
from indexer.engines.understanding.originals import AROUND, Alignment, Row, align, row
from indexer.index.facets import FACETS
from indexer.index.protocol import PagePassages
from indexer.language.lexicon import Lexicon
from indexer.language.sentences import ends_in_question
from indexer.language.spanish import Token, tokens_in_passing
from indexer.language.vocabulary import Vocabulary, spans_in_passing
from indexer.model.passage import Passage

Terms = dict[str, list[int]]
"""The terms of one field with the numbers of their postings."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A passage as it is indexed.

    Attributes:
        document: What is stored of it.
        words: Its words, by their numbers in ``WordTable``, which has their terms in ``exact``, ``stem``, ``spelling``.
        first: Position of its first word in its run.
        fields: Its terms in the other fields.
        beside: Indexes of those of ``words`` that the original alone has: each has the position of the word before it.
    """

    document: Document
    words: "array[int]"
    first: int
    fields: dict[str, Terms]
    beside: Sequence[int] = ()


class WordTable:
    """Words as texts write them, numbered as they come, each analysed once.

    Attributes:
        exact, stem, spelling: Per word, its terms in the fields of these names.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.exact: list[str] = []
        self.stem: list[str] = []
        self.spelling: list[tuple[str, ...]] = []

    def numbers(self, words: Sequence[Token]) -> "array[int]":
        """Return the number of each word of a text."""
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
    """Turns passages into terms.

    Attributes:
        words: The words met so far.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.words = WordTable()

    def page(self, page: PagePassages) -> Iterator[Analysed]:
        """Yield each passage of a page with the terms of its fields (see ``documents``)."""
        run, base = -1, 0
        turn: tuple[object, int] | None = None
        before: Passage | None = None
        passages, originals = _Passages(page.passages), _Originals()
        for passage in passages:
            if turn != (passage.kind, passage.turn):
                turn, run, base = (passage.kind, passage.turn), run + 1, 0
                originals = _Originals()
                answers = before is not None and before.kind == passage.kind and ends_in_question(before.text)
            else:
                answers = False
            words = tokens_in_passing(passage.text)
            alignment = align(passage, words)
            beside = alignment.beside if alignment is not None else ()
            fields = _facets(passage)
            marks = CORRECTED * (alignment is not None) + INFERRED * passage.inferred + ANSWERS * answers
            fields["page"] = {str(page.page): [passage.number, passage.order, run, base, len(words), marks]}
            fields["concept"] = self._concepts(passage.text, base)
            if alignment is not None and not alignment.straight:
                following = passages.following(passage, base + len(words))
                fields["former"] = originals.terms(row(words, alignment, base), following)
            numbers, indexes = self._with(words, beside)
            edges = [edge for word in words for edge in (word.start, word.end)]
            yield Analysed(Document.of(passage, edges), numbers, base, fields, indexes)
            originals.passed(words, alignment, base)
            base, before = base + len(words), passage

    def _with(self, words: Sequence[Token], beside: Sequence[tuple[int, Token]]) -> "tuple[array[int], Sequence[int]]":
        """The words of a passage with those of its original: each behind the word beside which it stands."""
        if not beside:
            return self.words.numbers(words), ()
        every: list[Token] = []
        indexes: list[int] = []
        left = deque(beside)
        for at, word in enumerate(words):
            every.append(word)
            while left and left[0][0] == at:
                indexes.append(len(every))
                every.append(left.popleft()[1])
        return self.words.numbers(every), indexes

    def _concepts(self, text: str, base: int) -> Terms:
        """Where the names of topics stand; of two names of one topic at one position, the longer."""
        longest: dict[str, dict[int, int]] = {}
        for span in spans_in_passing(self._vocabulary, text):
            if span.equivalent:
                lengths = longest.setdefault(span.topic, {})
                position, length = span.first_token + base, span.end_token - span.first_token
                lengths[position] = max(length, lengths.get(position, 0))
        return {topic: [n for found in sorted(lengths.items()) for n in found] for topic, lengths in longest.items()}


class _Passages:
    """The passages of a page, one after the other; it reads ahead where somebody asks what follows."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = iter(passages)
        self._ahead: deque[Passage] = deque()

    def __iter__(self) -> Iterator[Passage]:
        while (passage := self._ahead.popleft() if self._ahead else next(self._passages, None)) is not None:
            yield passage

    def _coming(self) -> Iterator[Passage]:
        yield from tuple(self._ahead)
        for passage in self._passages:
            self._ahead.append(passage)
            yield passage

    def following(self, passage: Passage, base: int) -> Row:
        """The originals of the passages behind one in its turn, which begin at ``base``, as far as a phrase reaches."""
        found: Row = []
        for near in self._coming():
            if len(found) >= AROUND or (near.kind, near.turn) != (passage.kind, passage.turn):
                break
            shown = tokens_in_passing(near.text)
            found += row(shown, align(near, shown), base)
            base += len(shown)
        return found[:AROUND]


class _Originals:
    """The originals of one run, one after the other with a gap between them: the positions of field ``former``."""

    def __init__(self) -> None:
        self._next = 0
        self._passed: deque[tuple[Sequence[Token], Alignment | None, int]] = deque(maxlen=AROUND)

    def passed(self, words: Sequence[Token], alignment: Alignment | None, base: int) -> None:
        """Take note of a passage: the next one may begin with the end of a phrase."""
        if words:
            self._passed.append((words, alignment, base))

    def terms(self, own: Row, following: Row) -> Terms:
        """The postings of a passage's original, and of the words around it."""
        before: Row = []
        for words, alignment, base in reversed(self._passed):
            if len(before) >= AROUND:
                break
            before = [*row(words, alignment, base), *before]
        found: Terms = {}
        for forms, position in (*before[-AROUND:], *own, *following):
            for form in forms:
                found.setdefault(form, []).extend((self._next, position))
            self._next += 1
        self._next += 1
        return found


def _facets(passage: Passage) -> dict[str, Terms]:
    return {f.field: {value: [] for value in f.of_passage(passage)} for f in FACETS.values() if f.of_passage}
