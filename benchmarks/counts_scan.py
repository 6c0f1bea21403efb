"""Counts occurrences by reading every text, word by word: what the engine's counts are compared with.

Shares nothing with the engine but the language (tokens, stems, names of topics). Written from the contract: a word is
found by its stems or its exact form, a quoted phrase by exact forms over a turn, a prefix by exact forms, a topic where
one of its names stands, else where all of the words of the name that was typed do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from indexer.language.lexicon import Lexicon
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, tokens
from indexer.language.vocabulary import Vocabulary
from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.model.vocabulary import Topic

MOST_FORMS = 64
"""Forms of a prefix that a search takes; one that has more is no fair question."""


class Place(NamedTuple):
    """An occurrence: offsets in the text of a fragment."""

    page: PageId
    number: int
    start: int
    end: int


class Question(NamedTuple):
    """What is looked for: ``palabra``, ``frase``, ``principio`` or ``tema``."""

    kind: str
    text: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As the parameters of an address. Only a topic is to be widened with its other names."""
        typed = {"frase": f'"{self.text}"', "principio": f"{self.text}*"}.get(self.kind, self.text)
        return [("q", typed), ("corregir", "no"), *([] if self.kind == "tema" else [("ampliar", "no")])]


@dataclass(frozen=True)
class Fragment:
    """A fragment with its words and their stems, the forms of its turn, and where it begins among them.

    Attributes:
        named: Names of topics, each ``(topic, first word, end)``.
    """

    page: PageId
    passage: Passage
    words: list[Token]
    stems: list[str]
    turn: list[str]
    first: int
    named: list[tuple[str, int, int]]


class Scan:
    """Every word of the texts; a question reads them all, one after the other."""

    def __init__(self, pages: Iterable[tuple[PageId, Sequence[Passage]]], topics: Iterable[Topic]) -> None:
        self.vocabulary = Vocabulary(topics)
        self.lexicon = Lexicon()
        self.fragments: list[Fragment] = []
        for page, passages in pages:
            for _, turn in groupby(passages, key=lambda passage: (passage.kind, passage.turn)):
                every: list[str] = []
                for passage in turn:
                    words = tokens(passage.text)
                    stems = [self.lexicon.index_stem(word.text) for word in words]
                    spans = self.vocabulary.spans(words, passage.text)
                    named = [(s.topic, s.first_token, s.end_token) for s in spans if s.equivalent]
                    self.fragments.append(Fragment(page, passage, words, stems, every, len(every), named))
                    every.extend(word.form for word in words)
        for fragment in self.fragments:
            for word in fragment.words:
                self.lexicon.add(word.text)

    def places(self, question: Question) -> list[Place]:
        """Every occurrence, in reading order."""
        find = {"palabra": self._word, "frase": self._phrase, "principio": self._prefix, "tema": self._topic}
        return list(self._of(find[question.kind](question.text)))

    def forms(self, prefix: str) -> int:
        """How many words begin so."""
        return len({word.form for f in self.fragments for word in f.words if word.form.startswith(fold(prefix))})

    def questions(self, rng: random.Random, most: int) -> list[Question]:
        """Questions of every kind that the texts can answer, and some that they may not."""
        asked: dict[Question, None] = {}
        names = [form for t in self.vocabulary.topics for form in (*t.acronyms, *t.equivalents, t.label)]
        while len(asked) < most:
            fragment = rng.choice([f for f in self.fragments if len(f.words) > 1])
            at = rng.randrange(len(fragment.words))
            word, kind = fragment.words[at], rng.random()
            plain = word.text.isalnum() and word.text.upper() not in ("O", "OR") and len(word.text) > 1
            if kind < 0.35 and plain:
                asked[Question("palabra", word.text)] = None
            elif kind < 0.5:
                begin = fragment.first + at
                said = fragment.turn[begin : begin + rng.randrange(2, 6)]
                if len(said) > 1 and all(map(str.isalnum, said)):
                    asked[Question("frase", " ".join(said))] = None
            elif kind < 0.8 and plain and len(word.form) > 4 and word.form.isalpha():
                prefix = word.form[: rng.randrange(4, len(word.form))]
                if self.forms(prefix) <= MOST_FORMS:
                    asked[Question("principio", prefix)] = None
            elif kind >= 0.8 and names:
                asked[Question("tema", rng.choice(names))] = None
        return list(asked)

    def _of(self, find: Callable[[Fragment], Iterable[tuple[int, int]]]) -> Iterator[Place]:
        """Ranges of words as places; those that overlap are one."""
        for fragment in self.fragments:
            last: Place | None = None
            for first, end in sorted(set(find(fragment))):
                end = min(end, len(fragment.words))
                start, stop = fragment.words[first].start, fragment.words[end - 1].end
                if last is not None and start < last.end:
                    last = last._replace(end=max(last.end, stop))
                    continue
                if last is not None:
                    yield last
                last = Place(fragment.page, fragment.passage.number, start, stop)
            if last is not None:
                yield last

    def _word(self, text: str) -> Callable[[Fragment], list[tuple[int, int]]]:
        stems, form = self.lexicon.stems(text), tokens(text)[0].form

        def find(fragment: Fragment) -> list[tuple[int, int]]:
            return [
                (at, at + 1)
                for at, (word, stem) in enumerate(zip(fragment.words, fragment.stems, strict=True))
                if word.form == form or stem in stems
            ]

        return find

    def _phrase(self, text: str) -> Callable[[Fragment], list[tuple[int, int]]]:
        forms = [word.form for word in tokens(text)]

        def find(fragment: Fragment) -> list[tuple[int, int]]:
            said, size = fragment.turn, len(forms)
            places = range(fragment.first, fragment.first + len(fragment.words))
            return [(p - fragment.first, p - fragment.first + size) for p in places if said[p : p + size] == forms]

        return find

    def _prefix(self, text: str) -> Callable[[Fragment], list[tuple[int, int]]]:
        prefix = fold(text)
        return lambda fragment: [(at, at + 1) for at, w in enumerate(fragment.words) if w.form.startswith(prefix)]

    def _topic(self, name: str) -> Callable[[Fragment], list[tuple[int, int]]]:
        typed = tokens(name)
        topic = self.vocabulary.resolve(name)
        known = self.vocabulary.topic(topic or "")
        # Where only capitals make it a name, its word alone is not looked for.
        capitals = known is not None and any(fold(form) == fold(name) for form in known.capitals_only)
        wanted = [w for w in typed if w.form not in FUNCTION_WORDS] or typed
        stems = [self.lexicon.stems(word.text) for word in wanted]
        phrase = self._phrase(name)

        def find(fragment: Fragment) -> list[tuple[int, int]]:
            named = [(first, end) for one, first, end in fragment.named if one == topic]
            if named or capitals:
                return named
            if not all(any(stem in any_ for stem in fragment.stems) for any_ in stems):
                return []
            if together := (phrase(fragment) if len(typed) > 1 else []):
                return together
            found = enumerate(fragment.stems)
            return [(at, at + 1) for at, stem in found if any(stem in any_ for any_ in stems)]

        return find


__all__ = ["Fragment", "Place", "Question", "Scan"]
