"""The parameters that say which words a page is about: what counts as one word, and how near another one it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.errors import QueryRejected
from indexer.index.company import FORM, LEMMA, WINDOW
from indexer.index.results import Results
from indexer.language.spanish import tokens
from search_app.asking.parameters import LONGEST_VALUE, Asked, choice, first_value, read, whole_number
from search_app.asking.typed_text import clean
from search_app.shown.addresses import Pair, Pairs

UNITS = {LEMMA: "con todas sus formas", FORM: "tal como está escrita"}
PER_PAGE = 50
WIDEST = 10
"""Words on each side of an occurrence that may count as near it."""


def first_values(pairs: Pairs) -> Mapping[str, str]:
    """The first value of each parameter that has one, trimmed."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if said := clean(value[:LONGEST_VALUE]):
            found.setdefault(name, said)
    return found


def read_search(pairs: Pairs) -> Asked:
    """The search of a page that has orders of its own, and more rows than results have.

    Raises:
        QueryRejected: As ``asking.read`` does.
    """
    rest = [pair for pair in pairs if pair[0] != "orden"]
    return read([*rest, *([] if first_value("por_pagina", pairs) else [("por_pagina", str(PER_PAGE))])])


def notices(counted: bool, search: Asked, results: Results) -> tuple[str, ...]:
    """What is to be said of a search of which words are counted; without a word of it nothing is ``counted``."""
    if search.text and not counted:
        return ("Falta qué contar: escriba además una palabra, una frase entre comillas o un tema",)
    return tuple(notice.rstrip(".") for notice in (*search.parsed.notices, *search.notices, *results.notices))


def window(given: Mapping[str, str]) -> tuple[int, int]:
    """How many words before and after count as near.

    Raises:
        QueryRejected: A number that is none.
    """
    sides = zip(("antes", "despues"), WINDOW, strict=True)
    before, after = (whole_number(name, given.get(name, ""), usual, 0, WIDEST) for name, usual in sides)
    return before, after


@dataclass(frozen=True, slots=True)
class WordAsked:
    """One word whose lines are wanted (``palabra``); empty for the lines of the search itself.

    Attributes:
        near: How near an occurrence of the search; None for anywhere in its fragments.
        rest: Whether it is wanted where it is not there.
    """

    word: str = ""
    unit: str = LEMMA
    near: tuple[int, int] | None = None
    rest: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "WordAsked":
        """Read it.

        Raises:
            QueryRejected: It is not one word; a window that is none.
        """
        word = given.get("palabra", "")
        if not word:
            return cls()
        if len(tokens(word)) != 1:
            raise QueryRejected(f"«palabra» es una sola palabra, no «{word[:40]}»: escriba la frase en la búsqueda")
        near = window(given) if given.keys() & {"antes", "despues"} else None
        return cls(word, choice("por", given.get("por", ""), UNITS), near, given.get("resto") in ("si", "sí"))

    def pairs(self) -> list[Pair]:
        """The parameters that say it."""
        if not self.word:
            return []
        near = zip(("antes", "despues"), map(str, self.near or ()), strict=False)
        return [("palabra", self.word), ("por", self.unit), *near, *([("resto", "si")] if self.rest else [])]

    def in_words(self, text: str) -> str:
        """``«casilla», con todas sus formas, de 5 palabras antes a 5 después de «acta»``."""
        said = f"«{self.word}», {UNITS[self.unit]}"
        if self.near:
            said += f", {'fuera' if self.rest else 'dentro'} de {window_words(self.near)} de «{text}»"
        return f"{said}, en lo demás" if self.rest and not self.near else said


def window_words(near: tuple[int, int]) -> str:
    """``5 palabras antes y 5 después``."""
    return f"{near[0]} palabras antes y {near[1]} después"
