"""Forms of Spanish verbs whose stem changes, by the models of the school grammar.

What a stemmer cannot know: ``cuentan`` is of *contar*, ``pidió`` of *pedir*, ``hizo`` of *hacer*. The verbs are listed
in ``verbos.txt`` under their model; the endings and the models stand in ``conjugaciones.toml``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.word_lists import beside

_TABLES = beside(__file__, "conjugaciones.toml")
_ENDINGS: dict[str, dict[str, list[str]]] = {
    ending: {tense: ends.split() for tense, ends in tenses.items()} for ending, tenses in _TABLES["endings"].items()
}
_FUTURE = ("é", "ás", "á", "emos", "án", "ía", "ías", "íamos", "ían")
_STRONG = ("e", "iste", "o", "imos", "ieron")
_STRESSED = (0, 1, 2, 4)
"""Persons of the present whose stem bears the stress: all but *nosotros*."""

_VOWELS = {"ie": "e", "ue": "o", "i": "e", "ui": "u", "ii": "i"}
_FRONT = {"c": "qu", "g": "gu", "z": "c", "gu": "gü"}
"""How the end of an ``-ar`` stem is written before ``e``."""

_BACK = {"c": "z", "g": "j", "gu": "g", "qu": "c"}
"""How the end of an ``-er`` or ``-ir`` stem is written before ``a`` and ``o``."""

_END = re.compile(r"(?:gu|qu|[cgz])$")
_GENDERS = ("o", "os", "a", "as")


@dataclass(frozen=True, slots=True)
class Model:
    """How a verb departs from the regular one.

    Attributes:
        change: Of the stressed vowel: ``ie`` (pensar), ``ue`` (contar), ``i`` (pedir), ``ui`` (jugar), ``ii``
            (adquirir), ``í`` (confiar, actuar).
        first: Stem of *yo* and of the subjunctive (``teng``).
        strong: Stem of the preterite and what comes of it (``tuv``).
        future: Stem of the future (``tendr``).
        participle: The irregular participle, masculine (``escrito``).
        y: ``-ió`` is ``-yó`` (leyó, construyó).
    """

    change: str = ""
    first: str = ""
    strong: str = ""
    future: str = ""
    participle: str = ""
    y: bool = False


def conjugate(infinitive: str, model: Model) -> frozenset[str]:
    """The forms of a verb, with their accents; the participle in gender and number.

    Args:
        infinitive: In ``-ar``, ``-er``, ``-ir`` or ``-ír``.
        model: What is irregular in it.
    """
    stem, ending = infinitive[:-2], infinitive[-2:].replace("í", "i")
    endings = _ENDINGS[ending]
    stressed = _diphthong(stem, model.change)
    weak = _weakened(stem, model.change) if ending == "ir" else stem
    found = {infinitive}
    for person, end in enumerate(endings["present"]):
        base = stressed if person in _STRESSED else stem
        found.add(model.first + end if person == 0 and model.first else _joined(base, end, ending, model.y))
    for person, end in enumerate(endings["subjunctive"]):
        base = stressed if person in _STRESSED else weak
        found.add(model.first + end if model.first else _joined(base, end, ending, model.y))
    if model.strong:
        found.update(_strong(model.strong))
    else:
        for person, end in enumerate(endings["preterite"]):
            found.add(_joined(weak if person in (2, 4) else stem, end, ending, model.y))
        found.update(_joined(weak, end, ending, model.y) for end in endings["past"])
    found.update(stem + end for end in endings["imperfect"])
    found.update((model.future or infinitive.replace("ír", "ir")) + end for end in _FUTURE)
    found.update(_joined(weak, end, ending, model.y) for end in endings["gerund"])
    regular = _joined(stem, endings["participle"][0], ending, model.y)
    found.update((model.participle or regular)[:-1] + gender for gender in _GENDERS)
    if infinitive.endswith("eír"):
        found.update(stressed[:-1] + "í" + end for end in ("o", "es", "e", "en", "a", "as", "an"))
    return frozenset(found)


def _diphthong(stem: str, change: str) -> str:
    if not change:
        return stem
    if change == "í":
        return stem[:-1] + {"i": "í", "u": "ú"}[stem[-1]]
    vowel = _VOWELS[change]
    place = stem.rfind(vowel)
    if place < 0:
        return stem
    new = {"ui": "ue", "ii": "ie"}.get(change, change)
    if place == 0 and new in ("ie", "ue"):
        new = {"ie": "ye", "ue": "hue"}[new]
    if new == "ue" and place and stem[place - 1] == "g":
        new = "üe"  # avergonzar, avergüenza
    return stem[:place] + new + stem[place + 1 :]


def _weakened(stem: str, change: str) -> str:
    """Stem of ``pidió``, ``sintió``, ``durmió``."""
    vowel, new = {"ie": ("e", "i"), "i": ("e", "i"), "ue": ("o", "u")}.get(change, ("", ""))
    place = stem.rfind(vowel) if vowel else -1
    return stem if place < 0 else stem[:place] + new + stem[place + 1 :]


def _joined(stem: str, end: str, ending: str, y: bool) -> str:
    """Stem and ending as they are written."""
    if end[0] in "eé" and ending == "ar":
        stem = _END.sub(lambda match: _FRONT.get(match.group(), match.group()), stem)
    elif end[0] in "aoáó" and ending != "ar":
        stem = _END.sub(lambda match: _BACK.get(match.group(), match.group()), stem)
    if ending != "ar":
        hiatus = stem[-1] in "aeo"
        if (y or hiatus) and end.startswith(("ió", "ie", "ié")):
            return stem + "y" + end[1:]
        if stem.endswith("i") and end.startswith("i"):
            end = end[1:]  # reír: rio, riendo
        elif y and ending == "ir" and stem[-1] in "uo" and end[0] in "aoeáó":
            return stem + "y" + end  # construye
        elif hiatus and end[0] == "i" and end.startswith(("iste", "imos", "ido")):
            return stem + "í" + end[1:]
        elif stem.endswith(("ñ", "ll")) and end.startswith(("ió", "ie", "ié")):
            end = end[1:]
    return stem + end


def _strong(stem: str) -> Iterator[str]:
    for end in (*_STRONG, *_ENDINGS["er"]["past"]):
        written = stem[:-1] + "z" if stem.endswith("ic") and end == "o" else stem
        if stem.endswith("j") and end.startswith(("ie", "ié")):
            end = end[1:]
        yield written + end


_ZC = re.compile(r"c(?=[ei]r$)")
_ROOTS = {root: Model(**model) for root, model in _TABLES["roots"].items()}
_SUPPLETIVE: dict[str, str] = _TABLES["suppletive"]


def forms(infinitive: str, kind: str) -> frozenset[str]:
    """The forms of a verb of ``verbos.txt``.

    Args:
        infinitive: The verb.
        kind: Its model there: ``regular``, ``ie``, ``ue``, ``i``, ``ui``, ``ii``, ``í``, ``zc``, ``duc``,
            ``y``, ``suppletive``, or the infinitive after which it goes (``poner`` for *disponer*).

    Raises:
        ValueError: There is no such model, or the verb cannot go after it.
    """
    if kind == "regular":
        return conjugate(infinitive, Model())
    if kind in _VOWELS or kind == "í":
        return conjugate(infinitive, Model(kind))
    if kind == "y":
        return conjugate(infinitive, Model(y=True))
    if kind == "zc":
        return conjugate(infinitive, Model(first=_ZC.sub("zc", infinitive)[:-2]))
    if kind == "duc":
        return conjugate(infinitive, Model(first=infinitive[:-3] + "zc", strong=infinitive[:-3] + "j"))
    if kind == "suppletive" and infinitive in _SUPPLETIVE:
        return frozenset(_SUPPLETIVE[infinitive].split())
    if kind == "ver" and infinitive.endswith(kind):
        prefix = infinitive.removesuffix(kind)
        accented = ("vé", "vés", "vén", "ví", "vió")  # prevé: what was one syllable now takes an accent
        return frozenset(prefix + form for form in (*_SUPPLETIVE[kind].split(), *accented))
    if kind in _ROOTS and infinitive.endswith(kind):
        return conjugate(infinitive, _prefixed(_ROOTS[kind], infinitive.removesuffix(kind)))
    raise ValueError(f"{infinitive}: {kind}")


def _prefixed(model: Model, prefix: str) -> Model:
    parts = (model.first, model.strong, model.future, model.participle)
    first, strong, future, participle = (prefix + part if part else "" for part in parts)
    return replace(model, first=first, strong=strong, future=future, participle=participle)
