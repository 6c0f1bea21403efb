"""Which function reads which suffix. The module of a family is imported only when one of its files is read."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from indexer.formats import BY_SUFFIX
from indexer.model.transcript import Document
from indexer.readers.paragraphs import Prose

Reader = Callable[[bytes], Document | Prose]
"""A whole file's bytes to timed cues (``Document``) or paragraphs (``Prose``); raises ``ReadError``."""

SUFFIXES: frozenset[str] = frozenset(BY_SUFFIX)
"""Every suffix that can be read, with its dot, in lower case."""


def reader_of(suffix: str) -> Reader:
    """The reader of a suffix of ``SUFFIXES``; its module is imported only now."""
    module, _, function = BY_SUFFIX[suffix].reader.rpartition(".")
    return cast(Reader, getattr(importlib.import_module(f"indexer.readers.{module}"), function))
