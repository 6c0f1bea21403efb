"""What flows through Consta: pure, frozen data. This module holds the kinds and names that all of it shares."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kinds of text a page holds (``tipo``)."""

    ANNOUNCEMENT = "anuncio"
    DESCRIPTION = "descripcion"
    TRANSCRIPT = "transcripcion"


class Version(StrEnum):
    """How trustworthy a transcript is (``version``)."""

    OFFICIAL = "estenografica"
    PRELIMINARY = "estenografica_preliminar"
    CORRECTED_CAPTIONS = "subtitulos_corregidos"
    AUTOMATIC_CAPTIONS = "subtitulos_automaticos"


class Certainty(StrEnum):
    """How certain a fact of the dossier is (``certeza``)."""

    CONFIRMED = "confirmado"
    INFERRED = "inferido"
    DISPUTED = "discrepan"
    UNKNOWN = "no_consta"


class PageId(NamedTuple):
    """One page of the site: an event (``session`` is None) or one of its sessions (mesas)."""

    event: str
    session: str | None = None

    def __str__(self) -> str:
        return self.event if self.session is None else f"{self.event}/{self.session}"

    @classmethod
    def parse(cls, text: str) -> PageId:
        """Read ``evento`` or ``evento/mesa``."""
        event, _, session = text.partition("/")
        return cls(event, session or None)
