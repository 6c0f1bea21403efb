"""The stem under which a word is indexed, and the stems under which its relatives are.

Snowball, helped where it fails: plurals become singular first (mujeres, jóvenes, urnas), words that it puts together
by chance are families of their own (mesa and mes), forms of irregular verbs go under their infinitive (hizo, cuentan).
The tables are ``familias.txt`` and ``verbos.txt``, both written for this project. A word's stem depends on the word
alone.

Where a form belongs to two (``fue`` to *ir* and *ser*), it has one stem made of both (``ir.|ser.``); a search for
either asks for the stems that it is a part of.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import Stemmer

from indexer.language.conjugation import forms
from indexer.language.folding import fold

_BOTH = "|"
_SHORTEST_VERB = 4
"""Letters of a verb's Snowball stem; a shorter one is too many words', and the verb gets a key of its own."""

_THREAD = threading.local()


@dataclass(frozen=True, slots=True)
class Table:
    """Words that go their own way.

    Attributes:
        stems: Form to stem; accents count, and a form that lost them is there as well where nothing else is written so.
        parts: Of a family's key, the stems of forms that belong to it and to others.
    """

    stems: dict[str, str]
    parts: dict[str, frozenset[str]]


def stem(word: str) -> str:
    """The folded stem of a word as written, with its accents (folding first breaks ``-ción`` and ``-ía``)."""
    return _stem(word)


def related(stem: str) -> frozenset[str]:
    """The stems of the forms that share a family with this one, itself included."""
    parts = table().parts
    found = {stem}
    for part in stem.split(_BOTH):
        found.add(part)
        found |= parts.get(part, frozenset())
    return frozenset(found)


_ACRONYMS = re.compile(r"[A-ZÑ]{2,}s")
_INCLUSIVE_X = re.compile(r"(?<=[bcdfghjklmnñpqrstvwyz])x(?=s?$)")
_CLITICS = re.compile(
    r"(?:(?<=[aeiáéí]r)|(?<=ndo)|(?<=[áéíóú]..)|(?<=[áéíóú]...))(?:[mts]e|nos|l[aeo]s?)(?:l[aeo]s?)?$"
)
"""What hangs on an infinitive, a gerund or an imperative (decirles, pidiéndonos, dígamelo)."""

_ACUTE = str.maketrans("áéíóú", "aeiou")
_ICATION = re.compile(r"(?<=..ic)(?:ación|aciones|ador(?:[ae]s?)?)$")
_IZE = re.compile(r"(?<=[a-zñáéíóú]{3}i)c(?=(?:e|en|es|é|emos)$)")
_ERIA = re.compile(r"(?<=..er)ía(?=s?$)")
_QU = re.compile(r"qu$")

_ER_VERBS = frozenset(
    """
    deb com beb vend corr aprend comprend depend entend atend respond ced proced suced exced conced acced preced mov
    promov remov conmov recog escog acog coger proteg ejerc venc convenc com met promet somet comet permet
    arremet entremet le cre pose prove romp corromp interrump tem absorb barr cos tos lam sorprend reprend emprend
    desprend ofend defend pretend extend tend ascend descend trascend vert perd enc torc volv devolv envolv resolv
    absolv disolv llov dol ol mord nac conoc reconoc desconoc crec ofrec parec aparec desaparec comparec establec
    restablec fortalec favorec merec obedec permanec pertenec padec agradec carec amanec acontec abastec enriquec
    encarec esclarec fallec florec prevalec complac hac deshac tra ca ve encend rend expend conmov esconder escond
    correspond vend revend contend desatend suspend aprehend sorb relam mec cern
    """.split()  # noqa: SIM905
)
"""Verbs in ``-er``, without the ending: their ``-ería`` is a conditional; elsewhere it makes nouns (consejería)."""


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    written = unicodedata.normalize("NFC", word.replace("\u00ad", ""))
    if _ACRONYMS.fullmatch(written):
        written = written[:-1]  # OPLEs, INEs
    lowered = unicodedata.normalize("NFC", written.lower()).replace("@", "o")
    if not lowered.isalpha():
        return _plain(lowered)
    if "x" in lowered[-2:] and len(lowered) > 3 and re.search("[aeiou]", fold(lowered)):
        lowered = _INCLUSIVE_X.sub("o", lowered)
    known = table().stems
    found = known.get(lowered)
    if found is None:
        bare = _CLITICS.sub("", lowered)
        if bare != lowered:
            found = known.get(bare) or known.get(bare.translate(_ACUTE))
    return found if found is not None else _regular(lowered)


def _plain(lowered: str) -> str:
    """What is no word of letters: a number, a code."""
    form = fold(lowered)
    if form.isalnum():
        return form
    return form.replace("," if form[:1].isdigit() else ".", "")


def _regular(word: str) -> str:
    """The stem of a word that is in no table."""
    singular = _singular(word)
    base = _ICATION.sub("ar", singular)
    base = _IZE.sub("z", base)
    base = _ERIA.sub("ia", base) if _ERIA.search(base) and base[: base.rindex("ería")] not in _ER_VERBS else base
    return _QU.sub("c", fold(_snowball(base)))


def _snowball(word: str) -> str:
    # A Stemmer object keeps its state in C: one a thread.
    stemmer = getattr(_THREAD, "stemmer", None)
    if stemmer is None:
        stemmer = _THREAD.stemmer = Stemmer.Stemmer("spanish", 0)
    return str(stemmer.stemWord(word))


_NOT_PLURAL = re.compile(r"(?:[iuáéíóú]s|mos|ss)$")
_CES = re.compile(r"(?<=[aeiou])ces$")
_KEEPS_CE = frozenset(
    """
    índices indices enlaces cruces cauces cómplices complices vértices vertices apéndices apendices ápices apices
    códices codices hélices helices artífices artifices desenlaces roces goces doces
    """.split()  # noqa: SIM905
)
_ES = re.compile(r"(?<=[aeiouáéíóúü][rlndjy])es$")


def _singular(word: str) -> str:
    """A plural's singular, for Snowball's ends: without accents that only the plural bears."""
    if len(word) < 4 or word[-1] != "s" or _NOT_PLURAL.search(word):
        return word
    if word.endswith("ces") and word not in _KEEPS_CE:
        return _CES.sub("z", word) if _CES.search(word) else word[:-1]
    if _ES.search(word):
        return word[:-2]
    return word if word.endswith("ses") else word[:-1]


def _plurals(word: str) -> Iterator[str]:
    """A noun and its plural, with the accents that it takes and drops."""
    yield word
    if word[-1] in "aeoáéóiu":
        yield word + "s"
    elif word[-1] == "z":
        yield word[:-1] + "ces"
    elif word[-1] in "íú":
        yield word + "es"
        yield word + "s"
    elif word[-1] == "s":
        if len(word) <= 4 or word[-2] in "áéíóú":
            yield _unaccented_end(word) + "es"
    elif word[-1].isalpha():
        yield _unaccented_end(word) + "es"


def _unaccented_end(word: str) -> str:
    if len(word) > 1 and word[-2] in "áéóú":
        return word[:-2] + word[-2].translate(_ACUTE) + word[-1]
    return word


@lru_cache(maxsize=1)
def table() -> Table:
    """The words of ``familias.txt`` and ``verbos.txt``, read at the first use (some tens of milliseconds)."""
    families: dict[str, set[str]] = {}
    verbs: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for infinitive, kind, own in _verbs():
        plain = fold(_snowball(infinitive))
        key = f"{fold(infinitive)}." if own or len(plain) < _SHORTEST_VERB else plain
        names[infinitive] = key
        for form in forms(infinitive, kind):
            verbs.setdefault(form, set()).add(key)
    lines = list(_families())
    for words, sign, _ in lines:
        if sign != "=":
            names.update((word, f"{fold(words[0])}.") for word in words)
    for words, sign, others in lines:
        keys = {names.get(other) or _regular(other) for other in others}
        if sign != "=":
            keys.add(names[words[0]])
        for word in words:
            for form in _plurals(word):
                families.setdefault(form, set()).update(keys)
    for form, keys in list(verbs.items()):
        bare = form.translate(_ACUTE)
        if bare != form and bare not in families and bare not in verbs:
            verbs[bare] = keys
    stems = {form: _BOTH.join(sorted(keys)) for form, keys in (verbs | families).items()}
    parts: dict[str, set[str]] = {}
    for whole in set(stems.values()):
        for part in whole.split(_BOTH):
            if part != whole:
                parts.setdefault(part, set()).add(whole)
    kept = {form: whole for form, whole in stems.items() if whole != _regular(form)}
    return Table(kept, {part: frozenset(wholes) for part, wholes in parts.items()})


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
    for row in _rows("familias.txt"):
        sign = next((sign for sign in ">=" if sign in row), "")
        words, _, others = row.partition(sign) if sign else (row, "", "")
        yield words.split(), sign, others.split()
