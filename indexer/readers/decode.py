"""Bytes to text: which encoding, which characters never reach a page, which letters were damaged on the way.

The order is: byte order mark, the NUL pattern of UTF-16 without a mark, UTF-8, cp1252, line by line. No statistics: on
ten of ten Spanish samples charset-normalizer took cp1250 (año became ańo), so what is neither marked nor UTF-8 is read
as what Windows writes in Mexico.
"""

import codecs
import re
import unicodedata
from collections.abc import Sequence

from indexer.errors import ReadError
from indexer.model import Block, Warnings
from indexer.readers.file_type import name_of_binary

_BYTES = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(0x80, 0xC0)}
_BYTES |= {chr(n): n for n in range(0x80, 0xA0)}  # where it was read as Latin-1
_FOLLOWS = "[" + re.escape("".join(_BYTES)) + "]"
_LEADS = {"Â": 0xC2, "Ã": 0xC3, "Å": 0xC5, "Æ": 0xC6, "Ë": 0xCB, "â": 0xE2, "ð": 0xF0}
# Only what Spanish text is made of: accented letters and ¿¡«» (Â, Ã), dashes and quotes (â), pictures (ð), and what
# these became the second time (Å, Æ, Ë). Another capital before a sign, as in «CAFÉ», is what it looks like.
_TWICE = re.compile(f"[ÂÃÅÆË]{_FOLLOWS}|â{_FOLLOWS}{{2}}|ð{_FOLLOWS}{{3}}")


def mended(text: str) -> tuple[str, int]:
    """The text with those letters as they were meant, and how many there were."""
    count = 0
    for _ in range(2):  # some went through it twice
        text, found = _TWICE.subn(_meant, text)
        count += found
        if not found:
            break
    return text, count


def _meant(found: re.Match[str]) -> str:
    printed = found.group()
    try:
        return bytes([_LEADS[printed[0]], *(_BYTES[letter] for letter in printed[1:])]).decode()
    except UnicodeDecodeError:
        return printed


MAX_BYTES = 30_000_000
"""The largest file that is read: 1,000 pages of a session's transcript are about 3 MB."""
MAX_LINE = 1_000_000

_CURE_CHECK = "revise los acentos y, si puede, guárdelo como UTF-8"
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
_UNDEFINED = 50  # one byte in so many that means nothing is a slip
_ACCENTED = frozenset("áéíóúñ")
_OLDER = (("mac_roman", "la codificación antigua de Mac"), ("cp850", "la codificación de DOS"))
_MOSTLY = 0.6


def decode(data: bytes, longest_line: int | None = MAX_LINE) -> str:
    """The text of a file.

    Args:
        longest_line: Refuse a longer line, in characters; None for formats that put a whole file on one line (JSON).

    Returns:
        NFC text as ``clean`` leaves it; never blank.

    Raises:
        ReadError: Empty, too large, binary, broken UTF-16, or a line that is too long.
    """
    if not data:
        raise ReadError("el archivo está vacío", "ponga el texto en él, o quítelo de la carpeta")
    if len(data) > MAX_BYTES:
        fault = f"el archivo es demasiado grande ({len(data) / 1e6:.0f} MB; el límite es {MAX_BYTES // 1_000_000} MB)"
        raise ReadError(fault, "divídalo en un archivo por mesa, o guarde solo el texto")
    kind = name_of_binary(data)
    if kind is not None:
        raise ReadError(f"es {kind.name} con otro nombre", kind.cure)
    text = clean(mended(_to_text(data)[0])[0])
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


def text_of(data: bytes | None) -> str:
    """The text of a file that may be missing or blank: then there is none."""
    return decode(data) if data and data.strip() else ""


def encoding_notes(data: bytes) -> Warnings:
    """Warnings ``(fault, cure)`` of how text that ``decode`` reads was saved; none where it is plain UTF-8."""
    text, named = _to_text(data)
    notes: list[tuple[str, str]] = []
    if named is not None:
        notes.append((f"no está en UTF-8, sino en {named}; se leyó así", _CURE_CHECK))
    count = mended(text)[1]
    if count:
        fault = f"hay letras que se guardaron dañadas («Ã³» por «ó») y se leyeron como debían ({count})"
        notes.append((fault, _CURE_CHECK))
    return tuple(notes)


def clean(text: str) -> str:
    """Text without what no one sees.

    ``\\r\\n``, ``\\r``, vertical tab, form feed, NEL, U+2028 and U+2029 become ``\\n``; no-break and other odd spaces
    become a space; soft hyphens, zero-width, bidi and control characters (but tab) go; the rest is NFC.
    """
    if text.isascii():
        return _REMOVED.sub("", _NEWLINES.sub("\n", text))
    text = _SPACES.sub(" ", _C1_WITH_A_MEANING.sub(lambda match: _C1[match.group()], _NEWLINES.sub("\n", text)))
    return unicodedata.normalize("NFC", _REMOVED.sub("", text))


def _to_text(data: bytes) -> tuple[str, str | None]:
    """The text as it was saved, and the name of its encoding where that is not plain UTF-8."""
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name), None if codec == "utf-8" else name
    if b"\0" in data:
        return _without_mark(data), "UTF-16"
    _refuse_controls(data)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _old_text(data)


def _old_text(data: bytes) -> tuple[str, str]:
    """Text that is not UTF-8, or only in part: each line is read by itself, for files are put together from others."""
    codec, name = _old_codec(data)
    lines = data.splitlines(keepends=True)
    modern = [_utf_8(line) for line in lines]
    text = "".join(
        line.decode(codec, "replace") if read is None else read for line, read in zip(lines, modern, strict=True)
    )
    if text.count("�") * _UNDEFINED > len(text):
        raise ReadError(f"no es texto UTF-8 ni de Windows ({text.count('�')} bytes no son letras)", _CURE_SAVE)
    return text, f"partes en UTF-8 y partes en {name}" if any(line and not line.isascii() for line in modern) else name


def _utf_8(line: bytes) -> str | None:
    """The line if it is UTF-8; two letters of Windows that would be one that Spanish does not have are two."""
    try:
        text = line.decode("utf-8")
        # From U+2000 on a letter has three bytes, which Windows text does not hold by chance.
        "".join(letter for letter in text if letter < "\u2000").encode("cp1252")
    except UnicodeError:
        return None
    return text


def _old_codec(data: bytes) -> tuple[str, str]:
    """Windows, unless none of its accented letters are there and all of those of another system are."""
    high = bytes(byte for byte in data[:_NUL_SAMPLE] if byte > 0x7F)
    if not any(letter in _ACCENTED for letter in high.decode("cp1252", "ignore")):
        for codec, name in _OLDER:
            found = [letter for letter in high.decode(codec) if letter in _ACCENTED]
            if len({*found}) > 2 and {*found} & {"á", "é"} and len(found) > _MOSTLY * len(high):
                return codec, name
    return "cp1252", "la codificación antigua de Windows (ANSI)"


def _without_mark(data: bytes) -> str:
    """UTF-16 of a western language has a NUL in every second byte, nearly all on one side."""
    even, odd = data[:_NUL_SAMPLE:2].count(0), data[1:_NUL_SAMPLE:2].count(0)
    half = max(1, min(len(data), _NUL_SAMPLE) // 2)
    for codec, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 0.5 * half and few < 0.05 * half:
            return _strictly(data, codec, "UTF-16")
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


_ORIGINAL = "pida el archivo original, o guárdelo de nuevo desde el programa de origen con codificación UTF-8"
_BY_HAND = "pida el texto sin espacios entre letras, o corríjalo"
_ADDRESS = 200
_WORD = r"[^\W\d_]"
_KINDS: tuple[tuple[re.Pattern[str], int, str, str], ...] = (
    (re.compile("�"), 1, "hay letras perdidas (�): {}", _ORIGINAL),
    (re.compile(r"(?<=[a-záéíóúñ])\?(?=[a-záéíóúñ])"), 2, "hay palabras con «?» en lugar de una letra: {}", _ORIGINAL),
    (re.compile("(?<=[a-z])Ã|Ã(?=[a-z])|Ã[\x80-\xbf]|â€"), 1, "hay acentos dañados: {}", _ORIGINAL),
    (re.compile(rf"(?<!\w)(?:{_WORD} ){{5,}}{_WORD}(?!\w)"), 1,
     "hay lugares con las letras separadas, donde no se encuentra nada: {}", _BY_HAND),
)  # fmt: skip


def damage(blocks: Sequence[Block]) -> Warnings:
    """A warning a kind of damage, each with its count and the first place."""
    told: list[tuple[str, str]] = []
    for pattern, least, fault, cure in _KINDS:
        count, first = 0, ""
        for block in blocks:
            found = [match for match in pattern.finditer(block.text) if not _in_address(block.text, match.start())]
            if found and not first:
                first = block.text[max(0, found[0].start() - 20) : found[0].end() + 20]
            count += len(found)
        if count >= least:
            told.append((f"{fault.format(count)}, por ejemplo «…{first}…»", cure))
    return tuple(told)


def _in_address(text: str, at: int) -> bool:
    """Whether the word there is an address (``pagina.mx/ver?id=3``)."""
    before = text[max(0, at - _ADDRESS) : at].rpartition(" ")[2]
    after = text[at : at + _ADDRESS].partition(" ")[0]
    return "/" in before + after or "www." in before
