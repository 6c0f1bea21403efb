"""Which function reads which suffix. The module of a family is imported only when one of its files is read."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from indexer.formats import BY_SUFFIX
from indexer.model.transcript import Document
from indexer.readers.paragraphs import Prose

Reader = Callable[[bytes], Document | Prose]
"""A whole file's bytes to timed cues (``Document``) or paragraphs (``Prose``); raises ``ReadError``."""

SUFFIXES: frozenset[str] = frozenset(BY_SUFFIX)
"""Every suffix that can be read, with its dot, in lower case."""

_readers: dict[str, Reader] = {}


def reader(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of the formats of these suffixes (with the dot), of all their suffixes."""

    def register(function: Reader) -> Reader:
        for suffix in suffixes:
            _readers.update(dict.fromkeys(BY_SUFFIX[suffix].suffixes, function))
        return function

    return register


def reader_of(suffix: str) -> Reader:
    """The reader of a suffix of ``SUFFIXES``, its module imported if it was not yet."""
    if suffix not in _readers:
        importlib.import_module(f"indexer.readers.{BY_SUFFIX[suffix].room}")
    return _readers[suffix]
