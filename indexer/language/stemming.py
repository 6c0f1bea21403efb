"""The stem under which a word is indexed, and the stems under which its relatives are.

Snowball, helped where it fails: plurals become singular first (mujeres, jóvenes, urnas), words that it puts together
by chance are families of their own (mesa and mes), forms of irregular verbs go under their infinitive (hizo, cuentan).
Both tables were written for this project (see ``families``). A word's stem depends on the word
alone.

Where a form belongs to two (``fue`` to *ir* and *ser*), it has one stem made of both (``ir.|ser.``); a search for
either asks for the stems that it is a part of.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from indexer.language.families import BOTH, Table, read_table
from indexer.language.folding import exact_form, fold
from indexer.language.roman import CAPITALS
from indexer.word_lists import listed

_THREAD = threading.local()


def related(stem: str) -> frozenset[str]:
    """The stems of the forms that share a family with this one, itself included."""
    parts = _table().parts
    found = {stem}
    for part in stem.split(BOTH):
        found.add(part)
        found |= parts.get(part, frozenset())
    return frozenset(found)


_VOWEL = re.compile("[aeiou]")
_ACUTE = str.maketrans("áéíóú", "aeiou")
_GRAVE = str.maketrans("aeiou", "áéíóú")

_ACRONYMS = re.compile("[A-ZÑ]{2,}s")
_AGENT = re.compile(r"(?<=[dts]or)[@x](s?)$")
"""``elector@s`` is electores, ``consejer@s`` consejeros; Snowball takes electors for electores."""

_INCLUSIVE_X = re.compile(r"(?<=[bcdfghjklmnñpqrstvwyz])x(?=s?$)")
_CLITICS = re.compile(
    r"(?:(?<=[aeiáéí]r)|(?<=ndo)|(?<=[áéíóú].[ae])|(?<=[áéíóú]..[ae])|(?<=[áéíóú].[ae]n)|(?<=[áéíóú]..[ae]n))"
    r"(?:[mts]e|nos|l[aeo]s?){1,2}$"
)
"""What hangs on an infinitive, a gerund or an imperative (decirles, pidiéndonos, dígamelo) of a verb in the table."""

_HANGS = re.compile(r"(?:(?<=...[aeií]r)|(?<=[áaé]ndo))(?:(?:se|(?<!er)nos)(?:l[aeo]s?)?|l[aeo]s?)$")
"""The same of any verb; ``me`` and ``te`` are left to Snowball (parte is not of parar, modernos not of moder)."""

_ORDER = re.compile(r"([áéíóú][^aeiouáéíóú]{1,3}(?:[ae]n?(?=[ms]e)|a(?=te)))(?:[mts]e)(?:l[aeo]s?)?$")
"""The same of an imperative (ayúdenme, quédate)."""

_SUPERLATIVE = re.compile(r"(?<=...)ísim[ao]s?$")
_ICATION = re.compile(r"(?<=..ic)(?:aci[oó]n|ador(?:as?)?)$")
_IFIC = re.compile(r"(?<=...)if$")
"""``signific`` of significar, which Snowball makes ``signif`` in significa."""

_IZE = re.compile(r"(?<=[a-zñáéíóú]{3}i)c(?=(?:e|en|es|é|emos)$)")
_ERIA = re.compile(r"(?<=..er)ía$")
_QU = re.compile(r"qu$")
_CES = re.compile(r"(?<=[aeiouáéíóú])ces$")
_ES = re.compile(r"(?<=[aeiouáéíóúü][rlndjy])es$")
_NOUN_IN_MOS = re.compile(r"[áéíóú][^aeiouáéíóú]+[aei]mos$")
_VERB_IN_MOS = re.compile(r"(?:áb|ár|ér|ás|és)[ae]mos$")
_KEEPS_CE = listed("language", "singulars_in_ce")
_ER_VERBS = listed("language", "verbs_in_er")
"""Verbs in ``-er``, without the ending: their ``-ería`` is a conditional; elsewhere it makes nouns (consejería)."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The folded stem of a word as written, with its accents (folding first breaks ``-ción`` and ``-ía``)."""
    if word in CAPITALS:
        return word.lower()
    known = _table().stems
    if (found := known.get(word.lower())) is not None:
        return found
    written = unicodedata.normalize("NFKC", word.replace("\u00ad", ""))
    if _ACRONYMS.fullmatch(written):
        written = written[:-1]  # OPLEs, INEs
    lowered = unicodedata.normalize("NFC", written.lower())
    lowered = _AGENT.sub(lambda match: "es" if match[1] else "", lowered).replace("@", "o")
    if not lowered.isalpha():
        return exact_form(lowered)
    if "x" in lowered[-2:] and len(lowered) > 3 and _VOWEL.search(fold(lowered)):
        lowered = _INCLUSIVE_X.sub("o", lowered)
    if _SUPERLATIVE.search(lowered):
        lowered = _superlative(lowered)
    found = known.get(lowered)
    if found is None:
        bare = _CLITICS.sub("", lowered)
        if bare != lowered:
            found = known.get(bare) or known.get(bare.translate(_ACUTE))
    return found if found is not None else _regular(lowered)


def _superlative(word: str) -> str:
    """``importantísimas`` is importante, ``altísimo`` alto."""
    base = _SUPERLATIVE.sub("", word)
    return base + ("e" if base.endswith("nt") else "o")


def _regular(word: str) -> str:
    """The stem of a word that is in no table."""
    base = word
    bare = _HANGS.sub("", base)
    if bare == base:
        bare = _ORDER.sub(r"\1", base)
    if bare != base:
        base = bare.translate(_ACUTE)
    base = _IZE.sub("z", _ICATION.sub("ar", _singular(base)))
    conditional = _ERIA.search(base)
    if conditional and base[: conditional.start() - 2] not in _ER_VERBS:
        base = base[: conditional.start()] + "ia"
    return _QU.sub("c", _IFIC.sub("ific", fold(_snowball(base))))


def _snowball(word: str) -> str:
    # A Stemmer object keeps its state in C: one a thread.
    stemmer = getattr(_THREAD, "stemmer", None)
    if stemmer is None:
        stemmer = _THREAD.stemmer = Stemmer.Stemmer("spanish", 0)
    return str(stemmer.stemWord(word))


def _singular(word: str) -> str:
    """A plural's singular, for Snowball's ends: some of its accents are the plural's."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "siuáéíóú":
        return word
    if word.endswith("mos"):
        return word[:-1] if _NOUN_IN_MOS.search(word) and not _VERB_IN_MOS.search(word) else word
    if word.endswith("ces") and word not in _KEEPS_CE:
        return _CES.sub("z", word) if _CES.search(word) else word[:-1]
    if _ES.search(word):
        return _accented_end(word[:-2]) if word[-3] == "n" else word[:-2]
    return word if word.endswith("ses") else word[:-1]


def _accented_end(word: str) -> str:
    """``huracan`` of ``huracanes`` is huracán."""
    if not word.isascii() or len(word) < 5:
        return word
    return word[:-2] + word[-2].translate(_GRAVE) + word[-1]


@lru_cache(maxsize=1)
def _table() -> Table:
    return read_table(_regular)
