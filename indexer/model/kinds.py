"""The kinds of texts, versions, facts and wordings, and the names of pages, that all of Consta shares."""

from enum import StrEnum
from typing import NamedTuple, Self


class _Labelled(StrEnum):
    """Values that have a name of their own for readers."""

    label: str
    """What pages call it."""

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of its value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Kind(_Labelled):
    """The kinds of text a page holds (``tipo``)."""

    ANNOUNCEMENT = "anuncio", "Anuncio"
    DESCRIPTION = "descripcion", "Descripción"
    TRANSCRIPT = "transcripcion", "Transcripción"


class Version(_Labelled):
    """How trustworthy a transcript is (``version``)."""

    OFFICIAL = "estenografica", "Versión estenográfica"
    PRELIMINARY = "estenografica_preliminar", "Versión estenográfica preliminar"
    CORRECTED_CAPTIONS = "subtitulos_corregidos", "Subtítulos corregidos"
    AUTOMATIC_CAPTIONS = "subtitulos_automaticos", "Subtítulos automáticos"


class Certainty(_Labelled):
    """How certain a fact of the dossier is (``certeza``)."""

    CONFIRMED = "confirmado", "Confirmado"
    INFERRED = "inferido", "Inferido"
    DISPUTED = "discrepan", "Las fuentes discrepan"
    UNKNOWN = "no_consta", "No consta en las fuentes"


class Wording(_Labelled):
    """Whose words a text is in (``redaccion``)."""

    OWN = "propia", "Nosotros, a partir de fuentes"


RESERVED = (
    "api", "static", "ayuda", "temas", "personas", "entidades", "buscar", "salud", "en-contexto", "comparar",
    "cotejar", "exportar", "acervo", "entrar", "metricas", "tendencia", "compania", "claves", "seguir", "descargas",
)  # fmt: skip
"""First parts of addresses that are no event's, now or later."""


class PageId(NamedTuple):
    """One page of the site: an event (``session`` is None) or one of its sessions (mesas)."""

    event: str
    session: str | None = None

    def __str__(self) -> str:
        return self.event if self.session is None else f"{self.event}/{self.session}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``evento`` or ``evento/mesa``."""
        event, _, session = text.partition("/")
        return cls(event, session or None)
