"""Names that may be two spellings of one person's: proposed to staff, never united by themselves.

Every name is looked up by what it could be shortened to and by its long words without one letter, so that the time
grows with the number of names and not with its square.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from indexer.language.collation import alphabetical
from indexer.language.folding import fold
from indexer.language.spelling import one_edit
from indexer.word_lists import listed

LONG = 6
"""Letters of a word from which one of them may be a slip."""
MOST_WORDS = 8
"""Words of a name; longer ones are none."""

_WORD = re.compile(r"[^\W\d_]+")
_NO_NAME = frozenset(("el", "la", "los", "las", "un", "una"))
_PARTICLES = frozenset(("de", "del", "la", "las", "los", "y", "e"))
_SECOND_NAMES = listed("language", "usual_second_names")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A name, and whom it may be.

    Attributes:
        name: As it is written.
        others: Names that may be the same person's, in the order of the alphabet; with more than one, at most one
            of them is.
    """

    name: str
    others: tuple[str, ...]


def alike(names: Mapping[str, int], distinct: Iterable[Iterable[str]] = ()) -> tuple[Likeness, ...]:
    """Pairs of names that may be one person's, by the shorter or rarer one.

    A name is like a longer one with the same given name and the same first surname, all of whose words the longer one
    has in that order; or like one that differs by a letter of a long word.

    Args:
        names: Each with how often it is found.
        distinct: Lists of names that staff said are of different people.
    """
    by_words = _by_words(names)
    given = frozenset(words[0] for words in by_words) | _SECOND_NAMES
    denied = {frozenset(pair) for apart in distinct for pair in combinations({_words(name) for name in apart}, 2)}
    found: dict[Words, set[Words]] = defaultdict(set)
    for longer in by_words:
        for shorter in shortened(longer, given):
            if shorter in by_words and frozenset((shorter, longer)) not in denied:
                found[shorter].add(longer)
    for one, other in _slips(by_words):
        if frozenset((one, other)) not in denied:
            rarer, usual = sorted((one, other), key=lambda words: (names[by_words[words]], words))
            found[rarer].add(usual)
    likely: list[Likeness] = []
    for words, others in sorted(found.items(), key=lambda one: alphabetical(by_words[one[0]])):
        # Without those that are themselves proposed to be called like another one of them.
        farthest = (by_words[other] for other in others if not (found.get(other, set()) & others))
        likely.append(Likeness(by_words[words], tuple(sorted(farthest, key=alphabetical))))
    return tuple(likely)


def _by_words(names: Mapping[str, int]) -> dict[Words, str]:
    """The names by their words, without accents and particles; of two that differ by those alone, the usual one."""
    found: dict[Words, str] = {}
    for name in sorted(names, key=lambda name: (-names[name], name)):
        words = _words(name)
        if 2 <= len(words) <= MOST_WORDS and fold(name).split()[0] not in _NO_NAME:
            found.setdefault(words, name)
    return found


def _words(name: str) -> Words:
    return tuple(word for word in _WORD.findall(fold(name)) if word not in _PARTICLES)


def shortened(words: Words, given: frozenset[str]) -> Iterator[Words]:
    """What a name may be called for short: without its last surnames, and without second given names."""
    for size in range(2, len(words)):
        if words[size - 1] not in given:
            yield words[:size]
    first = next((at for at in range(1, len(words)) if words[at] not in given), len(words))
    seconds = words[1:first]
    for kept in range(len(seconds)):
        for some in combinations(seconds, kept):
            for surnames in range(first + 1, len(words) + 1):
                yield (words[0], *some, *words[first:surnames])


def _slips(names: Iterable[Words]) -> Iterator[tuple[Words, Words]]:
    """Pairs that differ by one letter of one long word; not by the ending that tells Fernanda from Fernando."""
    near: dict[tuple[object, ...], list[Words]] = defaultdict(list)
    for words in names:
        for at, word in enumerate(words):
            if len(word) >= LONG - 1:
                for less in {word, *(word[:cut] + word[cut + 1 :] for cut in range(len(word)))}:
                    near[at, words[:at], less, words[at + 1 :]].append(words)
    seen: set[tuple[Words, Words]] = set()
    for together in near.values():
        for pair in combinations(sorted(together), 2):
            if pair not in seen and _one_letter(*pair):
                seen.add(pair)
                yield pair


def _one_letter(one: Words, other: Words) -> bool:
    word, like = next((pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]), ("", ""))
    if max(len(word), len(like)) < LONG or {word[-1:], like[-1:]} == {"a", "o"}:
        return False
    return any(form == like for form, _ in one_edit(word))
