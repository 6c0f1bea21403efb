"""A page's fragments as terms of the index. The only place that says what is written for a text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.whoosh.schema import Document, packed
from indexer.index.protocol import PagePassages
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import Token, tokens
from indexer.language.vocabulary import Vocabulary
from indexer.model import Passage

Terms = dict[str, list[int]]
"""Terms of one field with the numbers of their posting."""


class Analysis:
    """Turns fragments into terms."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._spellings: dict[str, tuple[str, ...]] = {}

    def page(self, page: PagePassages) -> Iterator[tuple[Document, dict[str, Terms]]]:
        """Each fragment of a page with the terms of its fields (see ``schema``)."""
        run, base = -1, 0
        turn: tuple[object, int] | None = None
        for passage in page.passages:
            if turn != (passage.kind, passage.turn):
                turn, run, base = (passage.kind, passage.turn), run + 1, 0
            words = tokens(passage.text)
            fields = _facets(passage)
            fields["page"] = {str(page.page): [passage.number, passage.order, run, base, len(words)]}
            fields["exact"], fields["stem"] = _words(words, base)
            fields["spelling"] = {term: [] for word in words for term in self._spelled(word.text)}
            fields["concept"] = self._concepts(words, passage.text, base)
            yield Document(passage, _gaps(words)), fields
            base += len(words)

    def _spelled(self, word: str) -> tuple[str, ...]:
        """What the lexicon notes of a word, as terms."""
        terms = self._spellings.get(word)
        if terms is None:
            alone = Lexicon()
            alone.add(word)
            terms = tuple(f"{form} {stem}" for form, stems in alone.forms.items() for stem in sorted(stems))
            self._spellings[word] = terms
        return terms

    def _concepts(self, words: list[Token], text: str, base: int) -> Terms:
        """Where the names of topics stand; of two names of one topic at one place, the longer."""
        longest: dict[str, dict[int, int]] = {}
        for span in self._vocabulary.spans(words, text):
            if span.equivalent:
                places = longest.setdefault(span.topic, {})
                place, length = span.first_token + base, span.end_token - span.first_token
                places[place] = max(length, places.get(place, 0))
        return {topic: [n for place in sorted(places.items()) for n in place] for topic, places in longest.items()}


def _words(words: list[Token], base: int) -> tuple[Terms, Terms]:
    exact: Terms = {}
    stems: Terms = {}
    for position, word in enumerate(words, base):
        exact.setdefault(word.form, []).append(position)
        stems.setdefault(Lexicon.index_stem(word.text), []).append(position)
    return exact, stems


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
