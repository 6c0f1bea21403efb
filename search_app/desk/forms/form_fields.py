"""Fields of a form, cleaned: invisible characters go, lengths are checked, names never become paths."""

import re
import unicodedata
from collections.abc import Mapping

from indexer.errors import ConstaError
from indexer.language.spanish import slug
from indexer.language.typed_values import UNSEEN, typed_line
from indexer.model import RESERVED, PageId

_LONGEST_NAME = 120
_LONGEST_SLUG = 60
_SRT = re.compile(r"\s*\d+[ \t]*\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_SLUG = re.compile(r"[a-z0-9-]+")


class InvalidInput(ConstaError):
    """Something typed cannot be used; says what to write instead."""


def line(form: Mapping[str, str], name: str, most: int = 300, *, called: str = "") -> str:
    """One line of a form. Raises ``InvalidInput``: it is longer than ``most``."""
    return _at_most(typed_line(form.get(name, "")), most, called)


def lines(form: Mapping[str, str], name: str, most: int, *, called: str = "") -> str:
    """Several lines of a form; line ends become ``\\n``. Raises ``InvalidInput``: they are longer than ``most``."""
    text = unicodedata.normalize("NFC", form.get(name, "")).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(x for x in text if x in "\n\t" or unicodedata.category(x) not in UNSEEN).strip()
    return _at_most(kept, most, called)


def _at_most(kept: str, most: int, called: str) -> str:
    if len(kept) > most:
        raise InvalidInput(f"{called or 'El texto'} tiene {len(kept):,} caracteres; escriba {most:,} como máximo")
    return kept


def shown_name(name: str) -> str:
    """The name of a file as somebody sent it, fit to be shown."""
    plain = "".join("�" if unicodedata.category(letter) in UNSEEN else letter for letter in name).strip()
    if len(plain) <= _LONGEST_NAME:
        return plain or "(sin nombre)"
    return f"{plain[: _LONGEST_NAME - 20]}…{plain[-19:]}"


def suffix_of(name: str) -> str:
    """What a name says of the format: ``.vtt``."""
    found = _SUFFIX.search(name.strip())
    return found[0].lower() if found else ""


def pasted_suffix(text: str) -> str:
    """The format of a text that came without a name: a file of captions may be pasted whole."""
    if text.lstrip().startswith("WEBVTT"):
        return ".vtt"
    if _SRT.match(text):
        return ".srt"
    return ".json" if text.lstrip()[:1] in "[{" and text.rstrip()[-1:] in "]}" else ".txt"


def page_of(text: str) -> PageId | None:
    """``evento`` or ``evento/mesa``; None where it is neither."""
    parts = text.strip().strip("/").split("/")
    if not 1 <= len(parts) <= 2 or not all(_SLUG.fullmatch(part) for part in parts) or parts[0] in RESERVED:
        return None
    return PageId(parts[0], parts[1] if len(parts) == 2 else None)


def fragment_number(text: str) -> int | None:
    """The 42 of ``p42`` or ``#p42``; None where it is none."""
    plain = text.strip().lstrip("#p¶ ")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else None


def folder_name(title: str, taken: frozenset[str], otherwise: str) -> str:
    """A free name for a folder of this title, and no address of ours; ``otherwise`` stands before one that would be."""
    name = slug(title)[:_LONGEST_SLUG].strip("-")
    if not name or name in RESERVED or re.fullmatch(r"p[0-9]+", name):
        name = f"{otherwise}-{name}".strip("-")
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
