"""Persons that a text names: those of its page by their names, others by a title or a given name, and capitals.

Nobody is in a list here. Who is not known to the collection is no more than a name, and is shown as unconfirmed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial

from indexer.language.person_names import shortened
from indexer.language.roman import CAPITALS
from indexer.language.spanish import FUNCTION_WORDS, Token
from indexer.language.vocabulary import Vocabulary, form_key
from indexer.model.vocabulary import Topic
from indexer.word_lists import listed

_of_readers = partial(listed, "readers")
GIVEN_NAMES = listed("language", "given_names") | listed("language", "second_names")
_OTHER_TITLES = _of_readers("officers") | _of_readers("other_posts")
_TITLES = (_of_readers("courtesies") | _OTHER_TITLES) - listed("language", "no_titles_of_names")
_ABBREVIATED = listed("language", "titles_before_names")
_POST_WORDS = _of_readers("post_words")
_NO_NAME = _of_readers("words_of_headings") | _of_readers("sentence_words") | _TITLES | _POST_WORDS | FUNCTION_WORDS
_NO_NAME |= listed("language", "unsought") | listed("language", "begins_sentences")
_PARTICLES = frozenset(["de", "del", "la", "las", "los"])
_THINGS = listed("language", "called_after_people")
"""Folded words of what is called after people: streets, airports, schools."""
CLAUSE_END = re.compile(r"[,.;:()!?…\n]")
_MOST_WORDS = 7


Place = tuple[str, int, int]
"""A person that a text names, called as the collection does where it knows who it is, and the range of tokens."""


class People:
    """The people of a page: those who are known to speak or take part there, then those whom its texts name.

    A surname alone counts once somebody of that name was named in full, or by a title, further up.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._met: dict[str, dict[str, tuple[str, ...]]] = {}
        shorter: dict[tuple[str, ...], set[str]] = {}
        for name in dict.fromkeys(names):
            words = self._meet(name)
            for form in (words, *shortened(words, GIVEN_NAMES)):
                if len(form) > 1:
                    shorter.setdefault(form, set()).add(name)
        forms: dict[str, list[str]] = {}
        for form, (name, *others) in shorter.items():
            if not others:
                forms.setdefault(name, []).append(" ".join(form))
        self._matcher = Vocabulary(Topic(name, name, equivalents=tuple(found)) for name, found in forms.items())

    def named(self, text: str, words: Sequence[Token], taken: Set[int], doubtful: Set[int]) -> Iterator[Place]:
        """Every person that a text names, which follows those that were asked about before.

        Args:
            text: The text.
            words: Its words, as ``spanish.tokens`` gives them.
            taken: Places of words that belong to other names.
            doubtful: Places of words that may belong to other names: no surname stands alone there.
        """
        whole = self._matcher.longest(words)
        known = [(span.topic, span.first_token, span.end_token) for span in whole]
        known = [one for one in known if taken.isdisjoint(range(*one[1:]))]
        yield from known
        taken = {*taken, *(at for one in known for at in range(*one[1:]))}
        free = 0
        for place, word in enumerate(words):
            if place < free or not word.text[0].isupper() or place in taken or not _capital(word):
                continue
            free = _end_of_name(text, words, place, taken)
            likely = self._likely([token.form for token in words[place:free]])
            if _is_person(text, words, place, free, taken):
                written = text[word.start : words[free - 1].end]
                name = likely[0] if len(likely) == 1 else " ".join(written.split())
                self._meet(name)
                yield name, place, free
            elif len(likely) == 1 and doubtful.isdisjoint(range(place, free)) and _goes_on(text, words, place):
                yield likely[0], place, free

    def _meet(self, name: str) -> tuple[str, ...]:
        words = tuple(word for word in form_key(name) if word not in _TITLES)
        for word in words:
            if word not in GIVEN_NAMES and word not in _PARTICLES:
                self._met.setdefault(word, {})[name] = words
        return words

    def _likely(self, words: Sequence[str]) -> list[str]:
        """The people that a name may be short for: those that were met with all its words, in that order."""
        met = self._met.get(words[-1], {})
        likely = [name for name, own in met.items() if _in_order(words, iter(own))]
        return [name for name in likely if len(met[name]) > len(words)] or likely


def _in_order(words: Sequence[str], own: Iterator[str]) -> bool:
    return all(word in own for word in words)


def _goes_on(text: str, words: Sequence[Token], first: int) -> bool:
    """Whether a word stands inside a sentence, and no name stands right before it."""
    before = words[first - 1]
    gap = text[before.end : words[first].start] if first else ""
    return gap == ", " or (gap == " " and (before.form in FUNCTION_WORDS or not before.text[0].isupper()))


def _end_of_name(text: str, words: Sequence[Token], first: int, taken: Set[int]) -> int:
    """Where a row of words that are written as a name ends; ``first`` where none begins there."""
    end = place = first
    while place < min(len(words), first + _MOST_WORDS) and place not in taken:
        if place > first and not _joined(text, words, place):
            break
        place += 1
        if _capital(words[place - 1]) or words[place - 1].text in CAPITALS:
            end = place
        elif words[place - 1].form not in _PARTICLES:
            break
    return end


def _capital(word: Token) -> bool:
    """Whether a word may be of a name by the way it is written."""
    written = word.text
    return (
        written[0].isupper()
        and written.isalpha()
        and (len(written) == 1 or not written.isupper())
        and word.form.replace("ñ", "n") not in _NO_NAME
        and not word.form.endswith("mente")
    )


def _joined(text: str, words: Sequence[Token], place: int) -> bool:
    """Whether a word goes on where the one before it ended: after a space, a hyphen, or an initial's full stop."""
    before = words[place - 1]
    gap = text[before.end : words[place].start]
    return gap in (" ", "-") or (gap == ". " and (len(before.text) == 1 or before.form in _ABBREVIATED))


def _is_person(text: str, words: Sequence[Token], first: int, end: int, taken: Set[int]) -> bool:
    """Whether a row of capitals is a person's name, by what stands before it or by a given name."""
    before = first - 1
    while before >= 0 and before not in taken and _joined(text, words, before + 1):
        form = words[before].form.replace("ñ", "n")
        if form.removeprefix("ex") in _TITLES:
            # A given name alone is nobody in particular; captions write «general Luis sandoval» too.
            return len(words[first].text) > 1 and (end - first > 1 or words[first].form not in GIVEN_NAMES)
        if form not in _POST_WORDS:
            break
        before -= 1
    if words[first].form not in GIVEN_NAMES or sum(_capital(word) for word in words[first:end]) < 2:
        return False
    near = [
        word for word in words[max(0, first - 4) : first] if not CLAUSE_END.search(text, word.end, words[first].start)
    ]
    if any(word.form in _THINGS for word in near):
        return False
    # Inside a longer name that is written with capitals it is a part of it.
    return not (
        near and _joined(text, words, first) and near[-1].text[0].isupper() and near[-1].form not in FUNCTION_WORDS
    )
