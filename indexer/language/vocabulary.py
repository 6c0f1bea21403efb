"""Topics and the matcher that finds their forms, the same for a text and for a query.

The matcher is a trie over folded token forms, walked token by token: every form is found, nested ones too, in time
linear in the text (times the words of the longest form).
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from indexer.language.spanish import Token, slug, tokens, tokens_in_passing
from indexer.model.vocabulary import Topic

_MATCHER = "1"
"""Grows when matching changes, so that an index tagged the old way is tagged again."""

_BREAK = re.compile(r"[.!?…;:\n]")
_NEIGHBOURS = 3
"""How many words on each side must not all be in capitals for SE to be told from a title in capitals."""


def form_key(form: str) -> tuple[str, ...]:
    """What a form is compared by: the folded forms of its words."""
    return tuple(token.form for token in tokens(form))


def equivalents_of(topic: Topic) -> tuple[str, ...]:
    """Every form that means the topic: label, acronyms, equivalents, hidden ones."""
    return tuple(dict.fromkeys((topic.label, *topic.acronyms, *topic.equivalents, *topic.hidden)))


def plural_acronym(acronym: str) -> tuple[str, ...] | None:
    """``oples``: the plural that every acronym has without being written; None where it would be another word."""
    key = form_key(acronym)
    if len(key) == 1 and key[0].isalpha() and len(key[0]) > 2 and not key[0].endswith("s"):
        return (f"{key[0]}s",)
    return None


class ConceptSpan(NamedTuple):
    """A form of a topic in a list of tokens.

    Attributes:
        topic: Id of the topic.
        first_token, end_token: Half-open range of tokens.
        equivalent: False for a sign, which only tags.
        form: The form as the vocabulary writes it.
        capitals: Whether the form matches only in capitals.
        accompanied: Whether it says less than a sign (see ``Topic``).
    """

    topic: str
    first_token: int
    end_token: int
    equivalent: bool
    form: str
    capitals: bool = False
    accompanied: bool = False


class _Entry(NamedTuple):
    topic: str
    form: str
    equivalent: bool
    capitals: bool
    accompanied: bool
    exception: bool


class _Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: tuple[_Entry, ...] = ()


class Vocabulary:
    """The topics, found by id or by any of their forms. Never changes once made: safe to share between threads."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics: tuple[Topic, ...] = tuple(topics)
        self._by_id = {topic.id: topic for topic in self.topics}
        self._longest_exception = 0
        self._root = _Node()
        self._named: dict[tuple[str, ...], str] = {}
        for topic in self.topics:
            self._learn(topic)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of this id."""
        return self._by_id.get(topic_id)

    def resolve(self, value: str) -> str | None:
        """The id of the topic a person means: its id, its label or any equivalent, however written."""
        if value in self._by_id:
            return value
        if (short := slug(value)) in self._by_id:
            return short
        return self._named.get(form_key(value))

    def kin(self, topic_id: str) -> frozenset[str]:
        """Ids of a topic, of all that are above or below it, and of those that are related to it."""
        topic = self._by_id[topic_id]
        found = {topic_id, *topic.related}
        for step in (attrgetter("broader"), attrgetter("narrower")):
            reached, pending = {topic_id}, [topic_id]
            while pending:
                near = self._by_id.get(pending.pop())
                pending += set(step(near) if near else ()) - reached
                reached.update(pending)
            found |= reached
        return frozenset(found)

    def spans(self, words: Sequence[Token], text: str | None = None) -> list[ConceptSpan]:
        """Every form found, equivalents and signs, nested ones too, in order of place.

        Args:
            words: Of the text, as ``spanish.tokens`` gives them.
            text: The text itself: where it is given, no form runs over the end of a sentence, and a form that
                matches only in capitals does not match inside a title that is all in capitals.
        """
        found: list[ConceptSpan] = []
        masks: dict[tuple[str, int], int] = {}
        first_words = self._root.next
        count = len(words)
        for first in [place for place, word in enumerate(words) if word[3] in first_words]:
            node: _Node | None = first_words[words[first].form]
            place = first
            while node is not None:
                place += 1
                for entry in node.entries:
                    if entry.exception:
                        masks[entry.topic, first] = place
                    elif self._counts(entry, words, first, place, text):
                        how = (entry.equivalent, entry.form, entry.capitals, entry.accompanied)
                        found.append(ConceptSpan(entry.topic, first, place, *how))
                node = node.next.get(words[place].form) if place < count else None
        if masks:
            found = [span for span in found if not self._masked(span, masks)]
        return found

    def longest(self, words: Sequence[Token], without: Collection[str] = ()) -> list[ConceptSpan]:
        """The concepts of a query: equivalents only, the leftmost longest of those that overlap.

        Args:
            words: Of the query.
            without: Ids of topics that the reader does not want.
        """
        candidates = [span for span in self.spans(words) if span.equivalent and span.topic not in without]
        candidates.sort(key=lambda span: (span.first_token, -span.end_token, span.topic))
        chosen: list[ConceptSpan] = []
        free = 0
        for span in candidates:
            if span.first_token >= free:
                chosen.append(span)
                free = span.end_token
        return chosen

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all that tagging and expansion depend on, whatever the order of the topics."""
        rows = sorted(
            [topic.id, topic.label, *map(list, (topic.acronyms, topic.equivalents, topic.hidden, topic.signs)),
             *map(list, (topic.capitals_only, topic.exceptions, topic.broader, topic.accompanied))]
            for topic in self.topics
        )  # fmt: skip
        return hashlib.sha256(json.dumps([_MATCHER, rows], ensure_ascii=False).encode()).hexdigest()

    def _learn(self, topic: Topic) -> None:
        capitals, accompanied = (set(map(form_key, forms)) for forms in (topic.capitals_only, topic.accompanied))
        entries: dict[tuple[str, ...], _Entry] = {}
        for equivalent, forms in ((True, equivalents_of(topic)), (False, topic.signs)):
            for form in forms:
                key = form_key(form)
                entries.setdefault(key, _Entry(topic.id, form, equivalent, key in capitals, key in accompanied, False))
        for form in topic.exceptions:
            key = form_key(form)
            entries.setdefault(key, _Entry(topic.id, form, False, False, False, True))
            self._longest_exception = max(self._longest_exception, len(key))
        for acronym in topic.acronyms:
            if plural := plural_acronym(acronym):
                key = form_key(acronym)
                entries.setdefault(plural, _Entry(topic.id, acronym, True, key in capitals, key in accompanied, False))
        for key, entry in entries.items():
            if not key:
                continue
            node = self._root
            for word in key:
                node = node.next.setdefault(word, _Node())
            node.entries = (*node.entries, entry)
            if entry.equivalent:
                self._named.setdefault(key, topic.id)

    def _masked(self, span: ConceptSpan, masks: dict[tuple[str, int], int]) -> bool:
        """Whether the span lies inside an exception of its topic that begins at or before it."""
        earliest = max(0, span.first_token - self._longest_exception + 1)
        starts = range(earliest, span.first_token + 1)
        return any(masks.get((span.topic, start), 0) >= span.end_token for start in starts)

    @staticmethod
    def _counts(entry: _Entry, words: Sequence[Token], first: int, end: int, text: str | None) -> bool:
        if entry.capitals and not _in_capitals(words, first, end, text is not None):
            return False
        if text is None or end - first == 1:
            return True
        gaps = zip(words[first : end - 1], words[first + 1 : end], strict=True)
        return not any(_BREAK.search(text, left.end, right.start) for left, right in gaps)


@lru_cache(maxsize=2)
def vocabulary_of(topics: tuple[Topic, ...]) -> Vocabulary:
    """The matcher of these topics, remembered: making one takes a search's time."""
    return Vocabulary(topics)


@lru_cache(maxsize=256)
def spans_in_passing(vocabulary: Vocabulary, text: str) -> tuple[ConceptSpan, ...]:
    """The forms in a text, remembered for a while: a build asks for them to annotate a fragment and to index it."""
    return tuple(vocabulary.spans(tokens_in_passing(text), text))


def _in_capitals(words: Sequence[Token], first: int, end: int, running_text: bool) -> bool:
    """Whether these tokens are typed in capitals (CAE, CAEs) and, in running text, stand out by that."""
    if not all((t.text[:-1] if len(t.text) > 2 and t.text[-1] == "s" else t.text).isupper() for t in words[first:end]):
        return False
    if not running_text:
        return True
    around = (*words[max(0, first - _NEIGHBOURS) : first], *words[end : end + _NEIGHBOURS])
    beside = [token.text for token in around if token.text[0].isalpha()]
    return not beside or any(not word.isupper() for word in beside)
