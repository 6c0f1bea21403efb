"""Which function reads which suffix. The module of a family is imported only when one of its files is read."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from indexer.model import Document
from indexer.readers.paragraphs import Prose

Reader = Callable[[bytes], Document | Prose]
"""A whole file's bytes to timed cues (``Document``) or paragraphs (``Prose``); raises ``ReadError``."""

FAMILIES: dict[str, str] = {
    ".txt": "indexer.readers.text",
    ".md": "indexer.readers.text",
    ".html": "indexer.readers.markup",
    ".docx": "indexer.readers.office",
    ".odt": "indexer.readers.office",
    ".pdf": "indexer.readers.pdf",
    ".vtt": "indexer.readers.captions",
    ".srt": "indexer.readers.captions",
    ".sbv": "indexer.readers.captions",
    ".json": "indexer.readers.captions",
}

SUFFIXES: frozenset[str] = frozenset(FAMILIES)
"""Every suffix that can be read, with its dot, in lower case."""

_readers: dict[str, Reader] = {}


def reader(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of these suffixes (with the dot)."""

    def register(function: Reader) -> Reader:
        for suffix in suffixes:
            if suffix not in FAMILIES:
                raise ValueError(f"{suffix} is not in FAMILIES")
            _readers[suffix] = function
        return function

    return register


def reader_of(suffix: str) -> Reader:
    """The reader of a suffix of ``SUFFIXES``, its module imported if it was not yet."""
    if suffix not in _readers:
        importlib.import_module(FAMILIES[suffix])
    return _readers[suffix]
