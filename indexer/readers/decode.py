"""Bytes to text: which encoding, and which characters never reach a page.

The order is: byte order mark, the NUL pattern of UTF-16 without a mark, UTF-8, cp1252. No statistics: on ten of ten
Spanish samples charset-normalizer took cp1250 (año became ańo), so what is neither marked nor UTF-8 is read as what
Windows writes in Mexico.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from indexer.errors import ReadError
from indexer.readers.magic import name_of_binary

MAX_BYTES = 30_000_000
MAX_LINE = 1_000_000

_CURE_SAVE = "ábralo con el programa que lo hizo y guárdelo como texto con codificación UTF-8"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_NUL_SAMPLE = 65_536
# Other than tab, line feed, vertical tab, form feed, carriage return and escape: no text of a person holds many.
_BINARY_CONTROLS = bytes(n for n in range(1, 32) if n not in (9, 10, 11, 12, 13, 27))

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters, soft hyphen, zero-width and bidi characters, byte order marks, tags, lone surrogates.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
# C1 controls in Unicode text are bytes of cp1252 that someone read as Latin-1: “, ”, – would vanish with them.
_C1_WITH_A_MEANING = re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]")
_C1 = {chr(n): bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)}
# UTF-8 read as cp1252 and saved again: Ã³, Ã±, Â¿, â€œ.
_TWICE = re.compile("Ã[\x80-\xbf\u0152-\u2122]|Â[\xa1\xbf\xb0\xba\xaa]|â€")


def decode(data: bytes, longest_line: int | None = MAX_LINE) -> str:
    """The text of a file.

    Args:
        data: The whole file.
        longest_line: Refuse a longer line, in characters; None for formats that put a whole file on one line (JSON).

    Returns:
        NFC text as ``clean`` leaves it; never blank.

    Raises:
        ReadError: Empty, too large, binary, broken UTF-16, or a line that is too long.
    """
    if not data:
        raise ReadError("el archivo está vacío", "ponga el texto en él, o quítelo de la carpeta")
    if len(data) > MAX_BYTES:
        raise ReadError(
            f"el archivo es demasiado grande ({len(data) / 1e6:.0f} MB; el límite es {MAX_BYTES // 1_000_000} MB)",
            "divídalo en un archivo por mesa, o guarde solo el texto",
        )
    kind = name_of_binary(data)
    if kind is not None:
        raise ReadError(f"es {kind.name} con otro nombre", kind.cure)
    text = clean(_to_text(data))
    if not text.strip():
        raise ReadError("el archivo está vacío: no contiene texto", "ponga el texto en él, o quítelo de la carpeta")
    if longest_line is not None and len(text) > longest_line:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > longest_line:
                raise ReadError(
                    f"la línea {number} es demasiado larga ({len(line):,} caracteres; el límite es {longest_line:,})",
                    "parta el texto en párrafos y guárdelo de nuevo",
                )
    return text


def encoding_note(data: bytes) -> tuple[str, str] | None:
    """A warning ``(fault, cure)`` for text that ``decode`` reads, but that is not UTF-8; None where it is."""
    if data.startswith(codecs.BOM_UTF8):
        return None
    named = next((name for mark, _, name in _BOMS if data.startswith(mark)), "UTF-16" if b"\0" in data else None)
    if named is None:
        try:
            data.decode("utf-8")
            return None
        except UnicodeDecodeError:
            named = "la codificación antigua de Windows (ANSI)"
    return f"no está en UTF-8, sino en {named}; se leyó así", "revise los acentos y, si puede, guárdelo como UTF-8"


def clean(text: str) -> str:
    """Text without what no one sees.

    ``\\r\\n``, ``\\r``, vertical tab, form feed, NEL, U+2028 and U+2029 become ``\\n``; no-break and other odd spaces
    become a space; soft hyphens, zero-width, bidi and control characters (but tab) go; the rest is NFC.
    """
    if text.isascii():
        return _REMOVED.sub("", _NEWLINES.sub("\n", text))
    text = _SPACES.sub(" ", _C1_WITH_A_MEANING.sub(lambda match: _C1[match.group()], _NEWLINES.sub("\n", text)))
    return unicodedata.normalize("NFC", _REMOVED.sub("", text))


def mojibake(text: str) -> tuple[str, str] | None:
    """A warning ``(fault, cure)`` when the text looks like UTF-8 that was read as cp1252 and saved again, else None."""
    found = _TWICE.search(text)
    if found is None or len(_TWICE.findall(text)) < 3:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return (
        f"parece que los acentos se dañaron al guardarlo (línea {line}: «{found.group()}»)",
        "pida el archivo original, o guárdelo de nuevo desde el programa de origen con codificación UTF-8",
    )


def _to_text(data: bytes) -> str:
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name)
    if b"\0" in data:
        return _without_mark(data)
    _refuse_controls(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"no es texto UTF-8 ni de Windows (byte {error.start + 1}: 0x{data[error.start]:02x})", _CURE_SAVE
        ) from error


def _without_mark(data: bytes) -> str:
    """UTF-16 of a western language has a NUL in every second byte, nearly all on one side."""
    even = data[:_NUL_SAMPLE:2].count(0)
    odd = data[1:_NUL_SAMPLE:2].count(0)
    half = max(1, min(len(data), _NUL_SAMPLE) // 2)
    if odd > 0.5 * half and even < 0.05 * half:
        return _strictly(data, "utf-16-le", "UTF-16")
    if even > 0.5 * half and odd < 0.05 * half:
        return _strictly(data, "utf-16-be", "UTF-16")
    first = data.index(0) + 1
    raise ReadError(f"no es un archivo de texto: contiene bytes nulos (el primero, en el byte {first})", _CURE_SAVE)


def _strictly(data: bytes, codec: str, name: str) -> str:
    _refuse_controls(data if codec == "utf-8" else b"")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadError(f"dice estar en {name} y está dañado (byte {error.start + 1})", _CURE_SAVE) from error
    if "\0" in text:
        raise ReadError("no es un archivo de texto: contiene caracteres nulos", _CURE_SAVE)
    return text


def _refuse_controls(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, _BINARY_CONTROLS))
    if controls > 4 and controls * 20 > len(data):
        raise ReadError("no es un archivo de texto: está lleno de caracteres de control", _CURE_SAVE)
