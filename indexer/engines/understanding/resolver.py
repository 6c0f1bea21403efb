"""Turns the words of a query into clauses (``clauses``): what they may be in one index."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from indexer.engines.understanding.clauses import (
    AnyOfClause,
    Bigram,
    BigramWord,
    LooseClause,
    PhraseClause,
    PrefixClause,
    ResolvedQuery,
    SingleClause,
    WordClause,
)
from indexer.index.query import AnyOf, Phrase, Prefix, Query, Term, Word
from indexer.index.results import Expansion
from indexer.language.lexicon import Lexicon
from indexer.language.roman import ARABIC, ROMAN
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, tokens
from indexer.language.stemming import stem
from indexer.language.vocabulary import ConceptSpan, Vocabulary, form_key
from indexer.word_lists import listed

SHORTEST_PREFIX = 3
MOST_FORMS = 64
MOST_SLOP = 10_000
MOST_KEPT = 1 << 13
"""Typed words whose tokens and stems are kept."""

_NUMBERED = frozenset(map(stem, listed("language", "numbered_things")))


class TypedWords:
    """The tokens and stems of typed words, by the lexicon of one index. Safe to share between threads.

    Attributes:
        tokens: Returns the tokens of what was typed between two spaces.
        stems: Returns every stem under which a word may be indexed.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.tokens: Callable[[str], tuple[Token, ...]] = lru_cache(MOST_KEPT)(lambda text: tuple(tokens(text)))
        self.stems: Callable[[str], tuple[str, ...]]
        self.stems = lru_cache(MOST_KEPT)(lambda word: tuple(sorted(lexicon.stems(word))))


Unwanted = frozenset[str] | None
"""Topics that must not widen a query; None where no topic may."""
Forms = Callable[[str, int], Sequence[tuple[str, int]]]
"""The words of the index with a prefix, the most frequent first: ``(prefix, most) -> (form, passages)``."""


class Resolver:
    """Turns queries into the terms of one index."""

    def __init__(self, vocabulary: Vocabulary, words: TypedWords, forms: Forms) -> None:
        self._vocabulary = vocabulary
        self._words = words
        self._forms = forms

    def resolve(self, query: Query) -> ResolvedQuery:
        """Return the clauses of a query.

        What holds no letter or digit is left out. Function words are left out unless nothing else remains.
        """
        notices: dict[str, None] = {}
        loose: list[LooseClause] = []
        required: list[PhraseClause] = []
        bigrams: list[Bigram] = []
        topics = (self._vocabulary.resolve(value) or value for value in query.without_topics)
        unwanted = frozenset(topics) if query.expand else None
        for _, of_a_kind in groupby(query.clauses, type):
            run = list(of_a_kind)
            if neighbours := [word for word in run if isinstance(word, Word)]:
                words = list(self._words_of(neighbours, unwanted))
                loose.extend(words)
                bigrams.extend(_neighbours(words))
            for clause in run:
                match clause:
                    case Phrase():
                        required.extend(self._phrase(clause))
                    case Prefix():
                        loose.extend(self._prefix(clause, notices))
                    case AnyOf():
                        loose.extend(self._any_of(clause, unwanted, notices))
        content = [clause for clause in loose if not _is_function(clause)]
        if content or required:
            loose = content
        excluded = [part for term in query.excluded for part in self._term(term, None, notices)]
        expanded = dict.fromkeys(_with_topics(loose))
        return ResolvedQuery(
            tuple(dict.fromkeys(loose)),
            tuple(dict.fromkeys(required)),
            tuple(excluded),
            tuple(dict.fromkeys(bigrams)),
            tuple(Expansion(clause.typed, clause.topic or "") for clause in expanded),
            tuple(notices),
        )

    def _term(self, term: Term, unwanted: Unwanted, notices: dict[str, None]) -> Iterator[SingleClause]:
        match term:
            case Word():
                yield from self._words_of([term], unwanted)
            case Phrase():
                yield from self._phrase(term)
            case Prefix():
                yield from self._prefix(term, notices)

    def _words_of(self, words: Sequence[Word], unwanted: Unwanted) -> Iterator[WordClause]:
        """Neighbouring words: the longest names of topics first, then word by word."""
        typed = [(index, token) for index, word in enumerate(words) for token in self._words.tokens(word.text)]
        found = [token for _, token in typed]
        spans = self._vocabulary.longest(found, unwanted) if unwanted is not None else []
        named = {span.first_token: span for span in spans}
        start = 0
        while start < len(typed):
            span = named.get(start)
            end = start + 1 if span is None else span.end_token
            while span is None and end < len(typed) and typed[end][0] == typed[start][0] and end not in named:
                end += 1
            if span is not None and self._by_its_capitals(span, found):
                yield WordClause((), (), span.topic, False, " ".join(token.text for token in found[start:end]))
            else:
                before = found[start - 1].text if start else ""
                yield self._word(found[start:end], span.topic if span is not None else None, before)
            start = end

    def _by_its_capitals(self, span: ConceptSpan, typed: Sequence[Token]) -> bool:
        """Whether only its capitals make it a name, and it was typed so on purpose: SE in «el SE», not in «SE VA»."""
        topic = self._vocabulary.topic(span.topic)
        named = form_key(span.form)
        if topic is None or named not in map(form_key, topic.capitals_only):
            return False
        others = [*typed[: span.first_token], *typed[span.end_token :]]
        return not others or not all(token.text.isupper() for token in others)

    def _word(self, typed: Sequence[Token], topic: str | None, before: str = "") -> WordClause:
        if topic is None and len(typed) == 1:  # nearly every one
            [(text, _, _, form)] = typed
            stems = _figures(form, before) or self._words.stems(text)
            return WordClause((stems,), (form,), None, form in FUNCTION_WORDS, text, (stems, stems))
        content = [token for token in typed if token.form not in FUNCTION_WORDS]
        known = [
            _figures(token.form, last) or self._words.stems(token.text)
            for last, token in zip((before, *(token.text for token in typed)), typed, strict=False)
        ]
        wanted = tuple(found for found, token in zip(known, typed, strict=True) if not content or token in content)
        forms = tuple(token.form for token in typed)
        written = " ".join(token.text for token in typed)
        edges = known[0], known[-1]
        apart = tuple(self._word([token], None) for token in content) if topic is not None and len(content) > 1 else ()
        return WordClause(wanted, forms, topic, not content and topic is None, written, edges, apart)

    def _phrase(self, phrase: Phrase) -> Iterator[PhraseClause]:
        forms = tuple(token.form for word in phrase.words for token in self._words.tokens(word))
        if forms:
            yield PhraseClause(forms, None if phrase.slop is None else min(max(phrase.slop, 0), MOST_SLOP))

    def _prefix(self, prefix: Prefix, notices: dict[str, None]) -> Iterator[WordClause | PrefixClause]:
        typed = self._words.tokens(prefix.text)
        if not typed:
            return
        last = typed[-1].form
        if len(last) < SHORTEST_PREFIX:
            yield self._word(typed, None)
            return
        forms = [form for form, _ in self._forms(last, MOST_FORMS + 1)]
        if len(forms) > MOST_FORMS:
            notices[
                f"«{fold(prefix.text)}*» abarca demasiadas palabras: se buscaron las {MOST_FORMS} más frecuentes. "
                "Escriba más letras para buscarlas todas."
            ] = None
        before = self._word(typed[:-1], None) if len(typed) > 1 else None
        yield PrefixClause(tuple(forms[:MOST_FORMS]), before, f"{prefix.text}*")

    def _any_of(self, group: AnyOf, unwanted: Unwanted, notices: dict[str, None]) -> Iterator[AnyOfClause]:
        parts = [part for term in group.terms for part in self._term(term, unwanted, notices)]
        parts = [part for part in parts if not _is_function(part)] or parts
        if parts:
            yield AnyOfClause(tuple(dict.fromkeys(parts)))


def _figures(form: str, before: str) -> tuple[str, ...]:
    """The stems of a number in both figures, where the word before it is of something numbered; else nothing."""
    arabic = ARABIC.get(form, form)
    return (arabic, ROMAN[arabic]) if arabic in ROMAN and stem(before) in _NUMBERED else ()


def _neighbours(words: Sequence[WordClause]) -> Iterator[Bigram]:
    for left, right in pairwise(words):
        if not (left.function and right.function):
            yield _bigram_word(left, left.edges[1]), _bigram_word(right, right.edges[0])


def _bigram_word(word: WordClause, stems: tuple[str, ...]) -> BigramWord:
    return BigramWord(stems) if word.topic is None else BigramWord((), word.topic)


def _is_function(clause: LooseClause | PhraseClause) -> bool:
    """Whether a clause holds nothing but function words outside quotes."""
    if isinstance(clause, AnyOfClause):
        return all(_is_function(part) for part in clause.parts)
    return isinstance(clause, WordClause) and clause.function


def _with_topics(clauses: Sequence[LooseClause]) -> Iterator[WordClause]:
    for clause in clauses:
        for part in clause.parts if isinstance(clause, AnyOfClause) else (clause,):
            if isinstance(part, WordClause) and part.topic is not None:
                yield part
