"""The family of office documents: importing it registers the readers of .docx and .odt."""

from __future__ import annotations

from indexer.readers.docx import read_docx
from indexer.readers.odt import read_odt

__all__ = ["read_docx", "read_odt"]
