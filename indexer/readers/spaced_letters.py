"""Words whose letters stand apart (``p r e s i d e n t e``), as old readers of scanned pages write them."""

from __future__ import annotations

import re

from indexer.readers.cue_times import Warnings
from indexer.readers.names import GIVEN_NAMES, fold
from indexer.readers.posts import OFFICERS, POSTS, ROLES
from indexer.readers.wordlist import words

_APART = re.compile(r"(?<!\S)(?:\S ){2,}\S(?!\S)")
_GAP = re.compile(r" {2,}|\t+")
_MOST = 0.7
_LEAST_LETTERS = 5
"""Of a word that stands apart alone in its line: shorter ones are acronyms that were spelt out (``o p l e``)."""
_KNOWN = GIVEN_NAMES | OFFICERS | POSTS | ROLES | words(
    """
    acta acuerdo al ante aprobado asunto buenas buenos comision con congreso consejo de del dia dias dos el electoral
    en es esta este general gracias ha hay la las lo los local mexico no nos orden para pero por presente punto que
    quorum se secretario senor senora senoras senores ser sesion si sin sobre son su sus tardes todas todos una uno
    version votacion voto votos y ya
    """
)  # fmt: skip


def joined_letters(text: str) -> tuple[str, Warnings]:
    """The text with such words put together where it is sure which they are; the others stay, and ``damage`` says so.

    It is sure where wider gaps part the words and some of them are known, or where the letters are one known word.
    """
    if not _APART.search(text):
        return text, ()
    known = _KNOWN | {fold(word) for word in re.findall(r"[^\W\d_]{4,40}", text)}
    lines = text.split("\n")
    mended = [_joined(line, known) for line in lines]
    count = sum(before != after for before, after in zip(lines, mended, strict=True))
    fault = f"había renglones con las letras separadas («p r e s i d e n t e»), y se juntaron ({count})"
    return "\n".join(mended), ((fault, "coteje esos renglones"),) if count else ()


def _joined(line: str, known: frozenset[str] | set[str]) -> str:
    singles = sum(len(token) == 1 for token in line.split())
    groups = _GAP.split(line.strip())
    if singles >= _MOST * len(line.split()) and len(groups) > 1:
        made = ["".join(group.split()) if _is_apart(group) else group for group in groups]
        long = [word for group, word in zip(groups, made, strict=True) if group != word]
        if long and 2 * sum(_is_known(word, known) for word in long) >= len(long):
            return " ".join(made)
    return _APART.sub(lambda found: _one_word(found.group(), known), line)


def _is_apart(group: str) -> bool:
    return all(len(token) == 1 for token in group.split())


def _one_word(printed: str, known: frozenset[str] | set[str]) -> str:
    word = printed.replace(" ", "")
    return word if len(word) >= _LEAST_LETTERS and _is_known(word, known) else printed


def _is_known(word: str, known: frozenset[str] | set[str]) -> bool:
    return fold(word.strip('.,;:()¿?¡!«»"“”-–—')) in known
