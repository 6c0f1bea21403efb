"""Every field of an event and of a mesa, in one table: what reads, checks, asks for or shows them is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from indexer.model import Certainty, PageId, Version, Wording


class FieldType(StrEnum):
    """What kind of value a field has; its value is what a command calls it."""

    TEXT = "TEXTO"
    INTEGER = "N"
    SECONDS = "SEGUNDO"
    DATE = "AAAA-MM-DD"
    FLAG = "si|no"
    CHOICE = "PALABRA"
    ADDRESS = "URL"
    LINES = "RENGLONES"
    TEXTS = "LISTA"
    ROWS = "TABLAS"


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        key: Its name in TOML, in JSON and in forms.
        label: What a person reads.
        kind: Of its value.
        attribute: Its name in the model.
        example: In messages, as TOML.
        required: Whether a page, or a row, is nothing without it.
        note: What a person should know who fills it in.
        choices: The words that it may be, where it is one of a list.
        fields: Of each row, where it holds rows.
    """

    key: str
    label: str
    kind: FieldType
    attribute: str
    example: str = ""
    required: bool = False
    note: str = ""
    choices: type[StrEnum] | None = None
    fields: tuple[Field, ...] = ()

    @property
    def option(self) -> str:
        """Its option of ``editar``."""
        return f"--{self.key.replace('_', '-')}"


_T = FieldType
_SOURCES = Field(
    "fuentes", "Fuentes", _T.ROWS, "sources",
    note="De dónde se sabe; cada hecho nombra las suyas por su clave.",
    fields=(
        Field("id", "Clave", _T.TEXT, "id", "A", required=True),
        Field("titulo", "Título", _T.TEXT, "title", "Boletín del IEEM, 4 de diciembre de 2025", required=True),
        Field("url", "Dirección", _T.ADDRESS, "url", "https://www.ieem.org.mx/boletin.html"),
        Field("fecha", "Fecha", _T.DATE, "date", "2025-12-04"),
    ),
)  # fmt: skip
_FACTS = Field(
    "hechos", "Hechos", _T.ROWS, "facts",
    note="Lo que se sabe, una oración cada uno, con su certeza.",
    fields=(
        Field("texto", "Hecho", _T.LINES, "text", "El foro fue en el Auditorio del IEEM.", required=True),
        Field("certeza", "Certeza", _T.CHOICE, "certainty", required=True, choices=Certainty),
        Field("fuentes", "Claves de sus fuentes", _T.TEXTS, "sources", '["A"]'),
    ),
)  # fmt: skip
EVENT_FIELDS = (
    Field("titulo", "Título", _T.TEXT, "title", "Foro Experiencia e Innovación", required=True),
    Field("inicio", "Primer día", _T.DATE, "start", "2025-12-04", required=True),
    Field("fin", "Último día", _T.DATE, "end", "2025-12-05", required=True),
    Field("organiza", "Quién convoca", _T.TEXT, "organiser", "Instituto Electoral del Estado de México"),
    Field("sede", "Sede", _T.TEXT, "venue", "Auditorio del IEEM, Toluca"),
    Field("ficticio", "Es de prueba: no ocurrió", _T.FLAG, "fictitious"),
    Field("redaccion", "Quién redactó el anuncio", _T.CHOICE, "own_wording", choices=Wording),
    Field(
        "canales", "Canales", _T.ROWS, "channels", note="Dónde se publican los videos del evento.",
        fields=(
            Field("nombre", "Nombre", _T.TEXT, "name", "YouTube del IEEM"),
            Field("url", "Dirección", _T.ADDRESS, "url", "https://www.youtube.com/@IEEMOficial", required=True),
        ),
    ),
    _SOURCES,
    _FACTS,
)  # fmt: skip
SESSION_FIELDS = (
    Field("titulo", "Título", _T.TEXT, "title", "Innovación tecnológica", required=True),
    Field("numero", "Número", _T.INTEGER, "number", "5"),
    Field("numero_inferido", "Ninguna fuente da el número", _T.FLAG, "number_inferred"),
    Field("fecha", "Fecha", _T.DATE, "date", "2025-12-04", note="Sin ella la mesa dice «fecha no confirmada»."),
    Field("temas", "Temas", _T.TEXTS, "topics", '["prep", "computos"]'),
    Field("video", "Video", _T.ADDRESS, "video", "https://www.youtube.com/watch?v=…"),
    Field(
        "video_inicio_s", "Segundo del video en que está el 0:00 del texto", _T.SECONDS, "video_start_s", "754.5",
        note="En segundos, o como 12:34 o 1:02:03.",
    ),
    Field(
        "jornada", "Archivo de todo el día", _T.TEXT, "day_file", "jornada-1.vtt",
        note="En la carpeta del evento; la mesa es la parte que se dice abajo.",
    ),
    Field("desde_s", "La mesa empieza en", _T.SECONDS, "from_s", "754.5", note="Si el archivo trae varias mesas."),
    Field("hasta_s", "La mesa termina en", _T.SECONDS, "to_s", "3600"),
    Field("version", "Versión de la transcripción", _T.CHOICE, "version", choices=Version),
    Field("redaccion", "Quién redactó la descripción", _T.CHOICE, "own_wording", choices=Wording),
    Field(
        "participantes", "Participantes", _T.ROWS, "participants",
        fields=(
            Field("nombre", "Nombre", _T.TEXT, "name", "Nombre Apellido", required=True),
            Field("cargo", "Cargo", _T.TEXT, "post", "Consejera Electoral"),
            Field("institucion", "Institución", _T.TEXT, "institution", "Instituto Electoral del Estado de México"),
            Field("entidad", "Entidad", _T.TEXT, "entity", "ieem"),
            Field("modera", "Modera", _T.FLAG, "moderates"),
            Field("variantes", "Cómo la llama el texto", _T.TEXTS, "variants", '["MODERADORA"]'),
        ),
    ),
    _SOURCES,
    _FACTS,
)  # fmt: skip
"""A row here, and a field of ``Session``, is all that a new field of a mesa takes."""
DAY_FIELDS = {field.key: field for field in SESSION_FIELDS if field.key in ("video", "video_inicio_s", "fecha")}
"""What the mesas of one day have in common."""


def fields_of(page: PageId) -> tuple[Field, ...]:
    """The fields of an event or of a mesa."""
    return EVENT_FIELDS if page.session is None else SESSION_FIELDS


_PAGE = (*EVENT_FIELDS, *SESSION_FIELDS)
LABELS = MappingProxyType(
    {one.key: one.label for field in _PAGE for one in field.fields} | {f.key: f.label for f in _PAGE}
)
"""What each key is called where only the key is known: for a message."""
