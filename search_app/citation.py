"""Moved: what to know before citing is in ``search_app.citations``."""

from __future__ import annotations

from search_app.citations import AUTOMATIC, FICTITIOUS, OWN_WORDING, caution, date_words

__all__ = ["AUTOMATIC", "FICTITIOUS", "OWN_WORDING", "caution", "date_words"]
