"""What any engine needs to understand a query works over a plain list of words: no arrays, no files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer.engines.understanding.clauses import PhraseClause, PrefixClause, WordClause
from indexer.engines.understanding.correction import Corrector
from indexer.engines.understanding.documents import Document
from indexer.engines.understanding.resolver import Resolver, TypedWords
from indexer.index.query import Phrase, Prefix, Query, Word
from indexer.index.results import Correction
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import fold, stem
from indexer.language.spelling import Spellings
from indexer.language.vocabulary import Vocabulary
from indexer.model import Kind
from indexer.model.passage import Passage
from tests.engines.shelf import TOPICS

TEXTS = ("La capacitación electoral llega a cada casilla.", "El PREP no es un cómputo.", "La capacitación sigue.")


class ListedWords:
    """The words of a few texts, as an engine tells them to the corrector."""

    names: frozenset[str] = frozenset()
    lasting = True

    def __init__(self) -> None:
        self.texts = [text.rstrip(".").split() for text in TEXTS]

    def spellings(self) -> Spellings:
        return Spellings(sorted({fold(word) for text in self.texts for word in text}))

    def no_more(self, form: str) -> int:
        return self.count(form)

    def count(self, form: str) -> int:
        return sum(form in map(fold, text) for text in self.texts)

    def count_stem(self, stemmed: str) -> int:
        return sum(stemmed in (fold(stem(word)) for word in text) for text in self.texts)

    def written(self, form: str) -> Iterable[str]:
        return (word for text in self.texts for word in text if fold(word) == form)

    def beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        forms = sorted({fold(word) for text in self.texts for word in text if fold(word).startswith(prefix)})
        return [(form, self.count(form)) for form in forms][:limit]


def typed() -> TypedWords:
    lexicon = Lexicon()
    for text in ListedWords().texts:
        for word in text:
            lexicon.add(word)
    return TypedWords(lexicon)


def test_a_mistyped_word_is_corrected_by_the_words_of_any_engine() -> None:
    words, corrector = ListedWords(), Corrector(typed(), Vocabulary(TOPICS))
    query, corrections = corrector.correct(Query((Word("capasitación"), Word("electoral"))), words)
    assert query.clauses == (Word("capacitación"), Word("electoral"))
    assert corrections == (Correction("capasitación", "capacitación", True),)
    assert corrector.words("cap", 5, words) == (("capacitación", 2),)
    words.texts.append(["cañada", "cántaro", "candado"])
    assert [word for word, _ in corrector.words("ca", 9, words)] == [
        "capacitación", "candado", "cántaro", "cañada", "casilla",
    ]  # fmt: skip


def test_a_query_is_resolved_into_clauses_that_any_engine_can_ask_for() -> None:
    resolver = Resolver(Vocabulary(TOPICS), typed(), ListedWords().beginning)
    query = Query((Word("el"), Word("PREP"), Phrase(("no", "es")), Prefix("capac")), (Word("casilla"),))
    found = resolver.resolve(query)
    assert [clause.topic for clause in found.loose if isinstance(clause, WordClause)] == ["prep"]
    assert PrefixClause(("capacitacion",)) in found.loose
    assert found.required == (PhraseClause(("no", "es")),)
    assert [clause.forms for clause in found.excluded] == [("casilla",)]
    assert [word.topic for word in found.bigrams[0]] == [None, "prep"]


def test_a_stored_passage_tells_itself_where_its_words_stand() -> None:
    document = Document.of(Passage(1, 0, Kind.TRANSCRIPT, 0, "El PREP, hoy."), [0, 2, 3, 7, 9, 12])
    assert list(document.edges()) == [0, 2, 3, 7, 9, 12]
    assert document.marks(40, [(39, 40), (41, 42), (42, 60)]) == ((0, 2), (3, 12))
    longer = Document.of(replace(document.passage, text=" " * 70_000 + "hoy"), [70_000, 70_003])
    assert longer.marks(0, [(0, 0)]) == ((70_000, 70_003),)
