"""A page's fragments as terms of the index. The only place that says what is written for a text."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.engines.whoosh.schema import Document, packed
from indexer.index.protocol import PagePassages
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import Token, tokens
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
    """

    document: Document
    words: array[int]
    first: int
    fields: dict[str, Terms]


class Words:
    """Words as texts write them, numbered as they come, each analysed once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.exact: list[str] = []
        self.stem: list[str] = []
        self.spelling: list[tuple[str, ...]] = []

    def numbers(self, words: list[Token]) -> array[int]:
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
        for passage in page.passages:
            if turn != (passage.kind, passage.turn):
                turn, run, base = (passage.kind, passage.turn), run + 1, 0
            words = tokens(passage.text)
            fields = _facets(passage)
            fields["page"] = {str(page.page): [passage.number, passage.order, run, base, len(words)]}
            fields["concept"] = self._concepts(words, passage.text, base)
            yield Analysed(Document(passage, _gaps(words)), self.words.numbers(words), base, fields)
            base += len(words)

    def _concepts(self, words: list[Token], text: str, base: int) -> Terms:
        """Where the names of topics stand; of two names of one topic at one place, the longer."""
        longest: dict[str, dict[int, int]] = {}
        for span in self._vocabulary.spans(words, text):
            if span.equivalent:
                places = longest.setdefault(span.topic, {})
                place, length = span.first_token + base, span.end_token - span.first_token
                places[place] = max(length, places.get(place, 0))
        return {topic: [n for place in sorted(places.items()) for n in place] for topic, places in longest.items()}


def _gaps(words: list[Token]) -> bytes:
    gaps: list[int] = []
    end = 0
    for word in words:
        gaps += (word.start - end, word.end - word.start)
        end = word.end
    return packed(gaps)


def _facets(passage: Passage) -> dict[str, Terms]:
    single = {
        "kind": str(passage.kind),
        "person": passage.person,
        "entity": passage.entity,
        "version": str(passage.version) if passage.version is not None else None,
    }
    fields: dict[str, Terms] = {name: {value: []} for name, value in single.items() if value}
    fields["topic"] = {topic: [] for topic in passage.topics}
    fields["mention"] = {entity: [] for entity in passage.mentions}
    return fields
