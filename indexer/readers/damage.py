"""Letters that were lost before the file came here: counted and said, for nobody can find those words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.model.transcript import Block
from indexer.readers.cue_times import Warnings

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
