"""Citations of a fragment: its data (``cited``), and one module per citation style or file format."""

from __future__ import annotations

from search_app.citations.cautions import AUTOMATIC, FICTITIOUS, OWN_WORDING, caution, date_words
from search_app.citations.cited import Cited, cite

__all__ = ["AUTOMATIC", "FICTITIOUS", "OWN_WORDING", "Cited", "caution", "cite", "date_words"]
