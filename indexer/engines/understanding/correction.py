"""Corrects mistyped words of a query by the words of the passages that the asker may see.

A word that names nothing, and whose stem and exact form no visible passage has, is replaced by its likeliest neighbour.
A rare word with a far more frequent neighbour stays, and the neighbour is only suggested. So is that of a quoted word,
and a name that sounds like a far rarer one (Córdova for Cordoba).
"""

import math
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, groupby
from typing import Protocol

from indexer.engines.understanding.resolver import TypedWords
from indexer.index.catalogue import Catalogue
from indexer.index.query import AnyOf, Clause, Phrase, Query, Word, words_of
from indexer.index.results import Correction
from indexer.language.collation import alphabetical
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, tokens
from indexer.language.spelling import SHORT, SHORTEST, UNSOUGHT, Near, Spellings, correctable, likeliest
from indexer.language.vocabulary import Vocabulary, equivalents_of
from indexer.model.vocabulary import MENTIONED

RARE = 2
"""A word that at most so many passages hold may be a slip in the texts as well."""
SELDOM = 20
"""A word that at most so many passages hold, or a name, may be a slip for a name that sounds like it."""
ALIKE = 0.5
"""Highest price of a name that sounds like another: b for v, s for z."""
FAR_MORE = ((0.5, 8), (0.8, 20))
"""Per highest price of a neighbour: how many times more passages than a rare word it must have to be suggested. With
this, 8 of 1,480 real questions got a suggestion that they did not need."""
NAMESAKES = 4
"""The same for a known name that sounds like a word which passages write as a name, with a capital: of 32,000 words of
112 real sessions three more get a suggestion with this, all of them surnames and given names."""
LONGEST_ACRONYM = 6
"""A word in capitals with at most so many letters is an acronym. For a longer one, corrections are only suggested,
unless all words of the query are in capitals."""
MOST_ASKED = 12
"""For how many words of a query neighbours are looked for. Whoever mistypes more does not write Spanish."""
LOOKED_AT = 6
"""How many forms are looked at per word that is wanted, since several forms share a stem."""


class VisibleWords(Protocol):
    """The words of the passages that somebody may see: what an engine tells the corrector."""

    @property
    def names(self) -> frozenset[str]:
        """Folded words of known names: of people, topics, entities."""

    @property
    def lasting(self) -> bool:
        """True where many readers see this: what is worked out about words is kept."""

    def __hash__(self) -> int:
        """Return a hash: these are compared by identity."""

    def spellings(self) -> Spellings:
        """Return the words of the index, to be asked for those near a mistyped one; some may not be visible."""

    def no_more(self, form: str) -> int:
        """Return an upper bound of ``count``, at once."""

    def count(self, form: str) -> int:
        """Return how many visible passages hold an exact form."""

    def count_stem(self, stem: str) -> int:
        """Return how many visible passages hold a stem."""

    def written(self, form: str) -> Iterable[str]:
        """Return how a few visible passages write a form, once per occurrence."""

    def beginning(self, prefix: str, limit: int) -> Iterable[tuple[str, int]]:
        """Return forms with this prefix and how many visible passages hold each, the most frequent first."""


class Corrector:
    """Corrects queries over one index. Safe to share between threads."""

    def __init__(self, words: TypedWords, vocabulary: Vocabulary) -> None:
        self.typed = words
        self._vocabulary = vocabulary
        # What those ask most who see the same as many others.
        self._written = lru_cache(1 << 12)(self._most_written)
        self._standing = lru_cache(1 << 14)(self._look)

    def correct(self, query: Query, seen: VisibleWords) -> tuple[Query, tuple[Correction, ...]]:
        """Return the query with its absent words replaced, and what was or might be replaced."""
        if not query.correct:
            return query, ()
        stands = self._standing if seen.lasting else self._look
        if all(stands(word, seen, quoted) for _, word, quoted in words_of(query.clauses)):
            return query, ()  # nearly every query
        task = _Task(self, query, seen)
        clauses = tuple(task.clauses(query.clauses))
        return replace(query, clauses=clauses) if clauses != query.clauses else query, tuple(task.found.values())

    def _look(self, word: str, seen: VisibleWords, quoted: bool) -> bool:
        """Whether a word stays as it is; of one that is nowhere ``_Task`` tells."""
        typed = self.whole(word)
        if typed is None or self.exempt(typed):
            return True
        count = self.count(typed, seen, quoted=quoted)
        return count > SELDOM or (count > 0 and self.meant(typed, seen, quoted=quoted, count=count) is None)

    def whole(self, word: str) -> Token | None:
        """Return the token that a word is; None where it is not just one token."""
        typed = self.typed.tokens(word)
        return typed[0] if len(typed) == 1 and typed[0].text == word else None

    def exempt(self, token: Token) -> bool:
        """Return whether a word stays whatever the index has: an acronym, a word too short to tell."""
        if not correctable(token.form) or token.form in FUNCTION_WORDS:
            return True
        return token.text.isupper() and len(token.form) <= LONGEST_ACRONYM

    def meant(self, token: Token, seen: VisibleWords, *, quoted: bool, count: int) -> Correction | None:
        """Return the correction of a word that ``count`` visible passages have; None where it stays."""
        spellings = seen.spellings()
        named = token.form in seen.names
        alike = named or count > RARE
        near = spellings.near(token.form, ALIKE if alike else FAR_MORE[-1][0] if count else math.inf)
        if alike:
            near = [n for n in near if n.form in seen.names and not n.form.startswith(token.form)]
        if count:
            own = set(self.typed.stems(token.text))
            near = [n for n in near if self._far_more(n, token, count, seen)]
            near = [n for n in near if own.isdisjoint(self.typed.stems(n.form))]
        found = likeliest(near, seen.count, seen.no_more)
        if found is None and not count and not named:
            found = likeliest(spellings.near_twice(token.form), seen.count, seen.no_more)
        if found is None or (found in UNSOUGHT and len(token.form) <= SHORT):
            return None
        return Correction(token.text, self._like(found, token.text, seen), not (count or quoted or named))

    def _far_more(self, near: Near, token: Token, count: int, seen: VisibleWords) -> bool:
        """Whether a neighbour is so much more frequent than a word that ``count`` passages hold."""
        held = seen.count(near.form)
        if near.price <= ALIKE and near.form in seen.names and held >= NAMESAKES * count:
            return held >= FAR_MORE[0][1] * count or self.written(token.form, seen)[0].isupper()
        times = next((times for price, times in FAR_MORE if near.price <= price), None)
        return times is not None and held >= times * count

    def concepts(self, words: Sequence[Token]) -> set[int]:
        """Return the indexes of the words that name a topic."""
        return {at for span in self._vocabulary.longest(words) for at in range(span.first_token, span.end_token)}

    def count(self, token: Token, seen: VisibleWords, *, quoted: bool) -> int:
        """Return how many visible passages a word matches; any number above ``SELDOM`` may stand for a larger one.

        A quoted word matches by its exact form alone.
        """
        count = seen.count(token.form)
        if quoted:
            return count
        for stem in self.typed.stems(token.text):
            if count > SELDOM:
                break
            count = max(count, seen.count_stem(stem))
        return count

    def _like(self, form: str, typed: str, seen: VisibleWords) -> str:
        """A form as visible passages mostly write it, with the capitals of what was typed."""
        written = self.written(form, seen).lower()
        if typed.isupper():
            return written.upper()
        return written[0].upper() + written[1:] if typed[0].isupper() else written

    def written(self, form: str, seen: VisibleWords) -> str:
        """Return a form as visible passages mostly write it; in capitals only where all of them do."""
        return self._written(form, seen) if seen.lasting else self._most_written(form, seen)

    def _most_written(self, form: str, seen: VisibleWords) -> str:
        ways = Counter(seen.written(form))
        lower = {way: times for way, times in ways.items() if way.islower()}
        capitals = {way: times for way, times in ways.items() if not way.isupper()}
        found = lower or capitals or ways
        return min(found, key=lambda way: (-found[way], way)) if found else form

    def words(self, prefix: str, limit: int, seen: VisibleWords) -> tuple[tuple[str, int], ...]:
        """See ``SearchIndex.words``."""
        chosen: dict[str, int] = {}
        stems: set[str] = set()
        for form, count in seen.beginning(prefix, LOOKED_AT * limit):
            if len(chosen) == limit:
                break
            if form.isalpha() and len(form) >= SHORTEST and form not in FUNCTION_WORDS and form not in UNSOUGHT:
                written = self.written(form, seen)
                if (stem := Lexicon.index_stem(written)) not in stems:
                    stems.add(stem)
                    chosen[written] = count
        return tuple(sorted(chosen.items(), key=lambda one: (-one[1], alphabetical(one[0]))))


class _Task:
    """The correction of one query."""

    def __init__(self, corrector: Corrector, query: Query, seen: VisibleWords) -> None:
        self._corrector = corrector
        self._seen = seen
        self._left = MOST_ASKED
        self._done: dict[tuple[str, bool], Correction | None] = {}
        words = [word for _, word, quoted in words_of(query.clauses) if not quoted]
        self._shouted = len(words) > 1 and all(word.isupper() for word in words)
        self.found: dict[tuple[str, bool], Correction] = {}

    def clauses(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """Yield the clauses with their absent words replaced."""
        for _, of_a_kind in groupby(clauses, type):
            run = list(of_a_kind)
            yield from self._run([word for word in run if isinstance(word, Word)])
            for clause in run:
                terms = clause.terms if isinstance(clause, AnyOf) else (clause,)
                if isinstance(clause, AnyOf):
                    few = (tuple(self._run([term])) if isinstance(term, Word) else (term,) for term in terms)
                    yield AnyOf(tuple(dict.fromkeys(chain.from_iterable(few))))
                elif not isinstance(clause, Word):
                    yield clause
                for phrase in terms:
                    if isinstance(phrase, Phrase):
                        self._quoted(phrase)

    def _run(self, run: Sequence[Word]) -> Iterator[Word]:
        parts = [self._corrector.typed.tokens(word.text) for word in run]
        named = self._corrector.concepts([*chain.from_iterable(parts)])
        at = 0
        for word, typed in zip(run, parts, strict=True):
            whole = self._corrector.whole(word.text) if at not in named else None
            found = self._ask(whole, quoted=False) if whole is not None else None
            yield replace(word, text=found.corrected) if found is not None and found.applied else word
            at += len(typed)

    def _quoted(self, phrase: Phrase) -> None:
        for word in phrase.words:
            if (whole := self._corrector.whole(word)) is not None:
                self._ask(whole, quoted=True)

    def _ask(self, token: Token, *, quoted: bool) -> Correction | None:
        key = (token.text, quoted)
        if key not in self._done:
            found = None
            if self._left and not self._corrector.exempt(token):
                count = self._corrector.count(token, self._seen, quoted=quoted)
                if count <= SELDOM:
                    self._left -= 1
                    found = self._corrector.meant(token, self._seen, quoted=quoted, count=count)
            if found is not None and token.text.isupper() and not self._shouted:
                found = replace(found, applied=False)  # capitals amid others may be an acronym, however long
            self._done[key] = found
            if found is not None:
                self.found.setdefault((token.text, found.applied), found)
        return self._done[key]


def names(catalogue: Catalogue, speakers: Iterable[str], events: Container[str]) -> frozenset[str]:
    """Return the folded words of names: of speakers, of participants of these events, of topics, of entities."""
    sessions = [session for session in catalogue.sessions if session.event in events]
    names = [person.name for session in sessions for person in session.participants]
    names += [form for person in catalogue.people for form in (person.name, *person.variants)]
    names += speakers
    names += [form for topic in catalogue.topics for form in equivalents_of(topic)]
    names += [
        form for entity in catalogue.entities if entity.sort not in MENTIONED for form in (entity.name, *entity.forms)
    ]
    return frozenset(fold(token.text) for name in dict.fromkeys(names) for token in tokens(name))
