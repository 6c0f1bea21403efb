"""How words of a quotation and of a text compare: which differences count.

Accents count (esta, está); so do digits against words (15, quince) and signs that are read aloud (%, $). The shape of
quotation marks, dashes and ellipses, composed or decomposed letters and white space never do.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from indexer.word_lists import listed

_MARK = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"
_SIGNS = "%‰$€£¥¢+=&§°±×÷≥≤≠−"
_WORD = re.compile(
    rf"""
      (?: (?: (?<=[\s(\[«"“$]) | ^ ) [-−–] (?=[.,]?\d) )?   # -5 is not 5
      (?: (?<![\w.,]) [.,] )? \d+ (?: [.,:/–−-] \d+ )*      # 1,500  9:30  1/2  2023-2024  .5
      (?: [^\W_] | {_MARK} )*                               # 2do  15M
    | (?<![\w.]) [^\W\d_] (?: \. [^\W\d_] )+ (?!\w)         # I.N.E.
    | [^\W_] (?: [^\W_] | {_MARK} | @ )*                    # casilla  ciudadan@s
    | [{_SIGNS}]
    """,
    re.VERBOSE,
)
_JOINERS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
_ONE_SHAPE = str.maketrans(
    {**dict.fromkeys("“”„‟«»‹›‘’‚‛`´″′'〝〞＂", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "...", "\u00a0": " "}
)
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_DASHES = re.compile(r"-{2,}")
_DOTS = re.compile(r"\.{3,}")
STRAY, APOSTROPHES = re.compile("[´`]"), re.compile("['’´`]")
"""What is set for an apostrophe by mistake, and all that then stands for one, or for nothing."""
_UNDIVIDED = re.compile(r"[-‐‑–/'’&(+]?")

NEGATIONS = listed("language", "negations")
"""Words whose coming or going turns a sentence round."""

_NUMBERS = listed("language", "numbers_in_letters")


class Word(NamedTuple):
    """A word, a number or a sign.

    Attributes:
        form: What is compared: lower case, accents kept; ``1,500`` is ``1500``, ``I.N.E`` is ``ine``.
        written: The same with its capitals.
        start, end: Where it stands, in characters.
    """

    form: str
    written: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(*_forms(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def _forms(raw: str) -> tuple[str, str]:
    if raw.isascii() and raw.isalpha():
        return raw.lower(), raw
    written = unicodedata.normalize("NFC", _JOINERS.sub("", raw).translate(_LIGATURES))
    if any(letter.isdigit() for letter in written):
        written = written.replace("−", "-").replace("–", "-")
        if _THOUSANDS.fullmatch(written):
            written = written.replace(",", "")
    elif "." in written:
        written = written.replace(".", "")
    return written.lower(), written


def punctuation(between: str) -> str:
    """What stands between two words, in one shape, without its white space."""
    if between == " ":
        return ""
    shaped = _SPACE.sub("", between.translate(_ONE_SHAPE))
    return _DOTS.sub("...", _DASHES.sub("-", shaped))


def undivided(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words are one to the eye: ``candidatas/os``, ``10 %``, ``político-electoral``."""
    between = text[left.end : right.start]
    if _UNDIVIDED.fullmatch(between):
        return True
    return between.isspace() and right.form in "%‰°"


def is_number(form: str) -> bool:
    """Whether a word says a number, in digits or in letters."""
    return form in _NUMBERS or form in "%‰" or any(letter.isdigit() for letter in form)


def is_sentence_end(between: str) -> bool:
    """Whether a sentence ends between two words."""
    return any(mark in between for mark in ".?!…\n")
