"""Words that go their own way: families of nouns and forms of irregular verbs, from the tables beside this module.

``familias.txt`` and ``verbos.txt`` were written for this project, from grammar and from what was seen to go wrong;
nothing of them comes from another dictionary.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources

from indexer.language.conjugation import forms
from indexer.language.folding import fold

BOTH = "|"
"""Between the keys of a form that belongs to two families."""

_SHORTEST_VERB = 4
"""Letters of a verb's regular stem; a shorter one is too many words', and the verb gets a key of its own."""

_ACUTE = str.maketrans("áéíóú", "aeiou")


@dataclass(frozen=True, slots=True)
class Table:
    """Words that go their own way.

    Attributes:
        stems: Form to stem; accents count, and a form that lost them is there as well where nothing else is written so.
        parts: Of a family's key, the stems of forms that belong to it and to others.
    """

    stems: dict[str, str]
    parts: dict[str, frozenset[str]]


def read_table(regular: Callable[[str], str]) -> Table:
    """The words of ``familias.txt`` and of ``verbos.txt``; of a form that is in both, the families have the say.

    Args:
        regular: The stem of a word that is in no table.
    """
    families: dict[str, str] = {}
    verbs: dict[str, str] = {}
    names: dict[str, str] = {}
    for infinitive, kind, own in _verbs():
        plain = regular(infinitive)
        if infinitive.endswith("ear"):
            plain = fold(infinitive[:-2])  # plantear is not of planta
        key = f"{fold(infinitive)}." if own or len(plain) < _SHORTEST_VERB else plain
        names[infinitive] = key
        for form in forms(infinitive, kind):
            if verbs.setdefault(form, key) != key:
                verbs[form] = _all(verbs[form], key)
    lines = list(_families())
    for words, sign, _ in lines:
        if "=" not in sign:
            names.update((word, f"{fold(words[0])}.") for word in words)
    for words, sign, others in lines:
        keys = [names.get(other) or regular(other) for other in others]
        if "=" not in sign:
            keys.append(names[words[0]])
        for word in words:
            for form in _plurals(word) if "!" not in sign else (word,):
                families[form] = _all(*keys, *((families[form],) if form in families else ()))
    stems: dict[str, str] = {}
    for known in (verbs, families):  # what is put in last has the say
        stems.update((form.translate(_ACUTE), key) for form, key in reversed(known.items()) if not form.isascii())
        stems.update(known)
    parts: dict[str, set[str]] = {}
    for whole in set(stems.values()):
        for part in whole.split(BOTH):
            if part != whole:
                parts.setdefault(part, set()).add(whole)
    return Table(stems, {part: frozenset(wholes) for part, wholes in parts.items()})


def _all(*keys: str) -> str:
    """The keys that some keys, or several in one, are made of."""
    return sys.intern(BOTH.join(sorted({part for key in keys for part in key.split(BOTH)})))


def _rows(name: str) -> Iterator[str]:
    text = resources.files("indexer.language").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        row = line.partition("#")[0].strip()
        if row:
            yield row


def _verbs() -> Iterator[tuple[str, str, bool]]:
    """Infinitive, model, and whether it has a key of its own."""
    for row in _rows("verbos.txt"):
        kind, _, verbs = row.partition(":")
        for verb in verbs.split():
            yield verb.rstrip("."), kind.strip(), verb.endswith(".")


def _families() -> Iterator[tuple[list[str], str, list[str]]]:
    """Words, the signs of their line, and the other words that it names."""
    for row in _rows("familias.txt"):
        words, link, others = next((row.partition(sign) for sign in ">=" if sign in row), (row, "", ""))
        exact = "!" if "!" in words else ""
        yield words.replace("!", "").split(), link + exact, others.split()


def _plurals(word: str) -> Iterator[str]:
    """A noun and its plural, with the accents that it takes and drops."""
    yield word
    if word[-1] in "aeoáéóiuíú":
        yield word + "s"
    if word[-1] in "íú":
        yield word + "es"
    elif word[-1] == "z":
        yield word[:-1] + "ces"
    elif word[-1] not in "aeoáéóius" or (word[-1] == "s" and (len(word) <= 4 or word[-2] in "áéíóú")):
        yield _unaccented_end(word) + "es"


def _unaccented_end(word: str) -> str:
    if len(word) > 1 and word[-2] in "áéóú":
        return word[:-2] + word[-2].translate(_ACUTE) + word[-1]
    return word
