"""A file of the corpus to blocks with speakers and times: ``read`` and ``SUFFIXES``. Imports no format library."""

from __future__ import annotations

from indexer.readers.door import read
from indexer.readers.registry import SUFFIXES

__all__ = ["SUFFIXES", "read"]
