"""Given names and surnames of a Spanish name: citation styles put the surnames first."""

from __future__ import annotations

from typing import NamedTuple

from indexer.language.spanish import fold

_JOINING = """
    de del la las los y e von van der da di dos san santa
"""
_PARTICLES = frozenset(_JOINING.split())
_TITLED = """
    c dip dr dra ing lic licda licdo mag mtra mtro profa profr sen sr sra
"""
_TITLES = frozenset(_TITLED.split())
_SECOND = """
    abigail abril adrian adriana agustin aida aide alberto aldo alejandra alejandro alexis alfonso alfredo
    alicia alma amado amalia amanda ana andrea andres angel angela angeles angelica antonia antonio araceli
    armando arturo augusto aurora barbara beatriz belen bernardo berenice blanca brenda camila carla carlos
    carmen carolina catalina cecilia celia cesar clara claudia concepcion consuelo cristina daniel daniela
    dario david delia diana diego dolores dulce edgar edith eduardo elena elias elisa elizabeth eloisa elsa
    elvira emilia emilio emma enrique erendira eric erika ernesto esperanza estela esther eugenia eugenio eva
    fabiola fatima felipe fernanda fernando flor francisca francisco gabriel gabriela genoveva gerardo
    gilberto gloria graciela gregorio guadalupe guillermina guillermo gustavo hector hilda hugo humberto icela
    ignacio imelda ines irene iris irma isabel isela ismael israel itzel ivan ivonne janet javier jazmin jesus
    joaquin jorge jose josefina juan juana judith julia julian juliana julieta julio karina karla laura
    leonardo leonor leticia lidia liliana lilia lizbeth lorena lorenzo lourdes lucia luisa luis lucero luz
    magdalena manuel manuela marcela marcelo marco marcos margarita maria mariana maribel marina mario marisol
    marta martha mauricio maximiliano mercedes miguel minerva miriam monica monserrat nancy natalia nayeli noe
    noemi nora norma octavio olga olivia omar oscar pablo paloma paola patricia pedro pilar rafael ramiro
    raquel raul rebeca refugio regina remedios renata rene ricardo rita roberto rocio rodolfo rodrigo rogelio
    ruben sandra sara saul sergio silvia sofia soledad sonia susana tania teresa valeria vanessa veronica
    victor victoria violeta virginia viridiana xochitl yadira yolanda zoila
"""
_SECOND_NAMES = frozenset(_SECOND.split())
"""Names that follow another one far more often than they are surnames. Santiago, Tomás, Martín are both: left out."""


class Name(NamedTuple):
    """A person's name in the two parts that citations invert. ``given`` is empty for a single name."""

    given: str
    family: str

    @property
    def inverted(self) -> str:
        """``Armenta Paulino, July Erika``."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initials(self) -> str:
        """``J. E.``; a hyphen keeps its place (``J.-P.``), particles stay whole."""
        return " ".join(_initial(word) for word in self.given.split())


def split_name(text: str) -> Name:
    """Tell the given names from the surnames, without the titles before them.

    The first is always given. The following ones are, where they are names that come second far more often than they
    are surnames; of four plain words or more, the last two are the surnames. It is a reading, not a certainty.
    """
    units = _units(text)
    if len(units) < 2:
        return Name("", " ".join(units))
    given = 1
    while given < len(units) - 1 and fold(units[given].split()[-1]) in _SECOND_NAMES:
        given += 1
    if len(units) >= 4 and not any(" " in unit for unit in units[-2:]):
        given = max(given, len(units) - 2)
    return Name(" ".join(units[:given]), " ".join(units[given:]))


def _units(text: str) -> list[str]:
    """Words, with particles joined to what follows them; titles before the name are left out."""
    words = text.replace(",", " ").split()
    while len(words) > 1 and fold(words[0]).rstrip(".") in _TITLES:
        words.pop(0)
    units: list[str] = []
    pending: list[str] = []
    for word in words:
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
