"""Given names and surnames of a Spanish name: citation styles put the surnames first."""

from typing import NamedTuple

from indexer.language.spanish import fold
from indexer.word_lists import listed

_PARTICLES = listed("language", "particles_of_names")
_TITLES = listed("language", "titles_before_names")
_SECOND_NAMES = listed("language", "second_names")
_DEVOTIONS = listed("language", "devotions")


class Name(NamedTuple):
    """A person's name in the two parts that citations invert. ``given`` is empty for a single name."""

    given: str
    family: str

    @property
    def inverted(self) -> str:
        """``Armenta Paulino, July Erika``."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def compound(self) -> bool:
        """Whether a particle belongs to the surnames: «de la Fuente», «San Martín», «Gómez del Campo»."""
        return any(fold(word) in _PARTICLES for word in self.family.split())

    @property
    def initials(self) -> str:
        """``J. E.``; a hyphen keeps its place (``J.-P.``), particles stay whole."""
        return " ".join(_initial(word) for word in self.given.split())


def split_name(text: str, surnames: str | None = None) -> Name:
    """Tell the given names from the surnames, which staff may have said, without the titles before them.

    The first is always given. The following ones are, where they are names that come second far more often than they
    are surnames, or devotions (``del Carmen``); of four plain words or more, the last two are the surnames, unless a
    patronymic stands before them (``Sánchez Cordero Dávila``). It is a reading, not a certainty.
    """
    if surnames and text.endswith(f" {surnames}"):
        return Name(" ".join(_units(text.removesuffix(surnames))), surnames)
    units = _units(text)
    if len(units) < 2:
        return Name("", " ".join(units))
    given = 1
    while given < len(units) - 1 and _is_given(units[given]):
        given += 1
    if len(units) >= 4 and not any(" " in unit for unit in units[-2:]):
        patronymic = next((at for at in range(1, len(units)) if units[at].endswith("ez")), len(units))
        given = max(given, min(len(units) - 2, patronymic))
    return Name(" ".join(units[:given]), " ".join(units[given:]))


def _is_given(unit: str) -> bool:
    first, *more = fold(unit).split()
    return more[-1] in _DEVOTIONS and first not in ("san", "santa") if more else first in _SECOND_NAMES


def _units(text: str) -> list[str]:
    """Words, with particles joined to what follows, "y" to what is before too; titles before the name are left out."""
    words = text.replace(",", " ").split()
    while len(words) > 1 and fold(words[0]).rstrip(".") in _TITLES:
        words.pop(0)
    units: list[str] = []
    pending: list[str] = []
    for word in words:
        if word in ("y", "e") and not pending and len(units) > 1:
            pending.append(units.pop())
        pending.append(word)
        if fold(word) not in _PARTICLES or not units:
            units.append(" ".join(pending))
            pending = []
    if pending:
        units.append(" ".join(pending))
    return units


def _initial(word: str) -> str:
    if fold(word) in _PARTICLES:
        return word
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
