"""One line of what is to be imported: a recording, where it goes, and why it does not where it does not."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from indexer.corpus.adding import ReceivedText
from indexer.formats import BY_SUFFIX
from indexer.model import Kind, PageId, Version
from indexer.operations.importing.sources import LeftOut, SourceFile

State = Literal["importar", "repetida", "omitida", "falta"]
"""Is imported; is there already; somebody wants it left out; something is missing or wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A recording as it was understood.

    Attributes:
        file: The name of the file that is read; of a recording without any, what its files have in common.
        texts: Files that may be read, the first one unless it cannot be; those of another format come after.
        clock: Captions from which an official text has its seconds.
        beside: Its other files.
        event, session: Where it goes; empty where nothing says it.
        is_new: Whether the mesa is made.
        kind: What the text is.
        title, date, video, version, people: Of the mesa.
        duration_s: Of the video, as yt-dlp says.
        state, why: What becomes of it, and why it is not imported.
        told: Which of its files are not read, and why.
        warnings: What somebody should look at.
        doubt: Why nobody but a person should publish it; empty where anybody may.
        text: What goes into the corpus, once it was read.
    """

    file: str
    texts: tuple[SourceFile, ...] = ()
    clock: SourceFile | None = None
    beside: tuple[SourceFile, ...] = ()
    event: str = ""
    session: str = ""
    is_new: bool = True
    kind: Kind = Kind.TRANSCRIPT
    title: str = ""
    date: dt.date | None = None
    video: str = ""
    version: str | None = None
    people: tuple[str, ...] = ()
    duration_s: float | None = None
    state: State = "importar"
    why: str = ""
    told: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    doubt: str = ""
    text: ReceivedText | None = None

    @property
    def page(self) -> PageId:
        """Where it goes."""
        return PageId(self.event, self.session or None)

    @property
    def shown_version(self) -> str | None:
        """The version that it will have: the one that was said, else what its format means."""
        if self.version or not self.texts or self.kind is not Kind.TRANSCRIPT:
            return self.version
        return str(Version.AUTOMATIC_CAPTIONS if BY_SUFFIX[self.texts[0].suffix].captions else Version.PRELIMINARY)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """All of its files."""
        return (*self.texts, *self.beside)

    @property
    def waits(self) -> str | None:
        """Why a person has to look at it before it is published by itself; None where that is not so."""
        return (self.why if self.state == "falta" else self.doubt) or None

    def in_words(self) -> str:
        """The row as a person reads it, a line per thing to know."""
        if self.state == "importar":
            new = "" if self.is_new else " (ya existe)"
            head = f"{self.date or 'sin fecha '}  {self.page}{new}  {self.title}  ← {self.file}"
        else:
            head = f"No se importa {self.file}: {self.why}"
        return "\n            ".join((head, *self.told, *(f"Aviso: {warning}" for warning in self.warnings)))

    def as_json(self) -> dict[str, Any]:
        """The row as a program reads it."""
        return {
            "archivo": self.file,
            "estado": self.state,
            "motivo": self.why or None,
            "evento": self.event or None,
            "mesa": self.session or None,
            "nueva": self.is_new,
            "tipo": self.kind.value,
            "titulo": self.title,
            "fecha": self.date.isoformat() if self.date else None,
            "video": self.video or None,
            "version": self.shown_version,
            "personas": list(self.people),
            "duracion_s": self.duration_s,
            "aparte": list(self.told),
            "avisos": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was understood: recordings, files ``left`` that belong to none, and what is said of it all."""

    rows: tuple[Row, ...]
    left: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()

    def of(self, *states: State) -> list[Row]:
        """The rows in one of these states."""
        return [row for row in self.rows if row.state in states]

    def as_json(self) -> dict[str, Any]:
        """The plan as a program reads it."""
        return {
            "renglones": [row.as_json() for row in self.rows],
            "aparte": [{"archivo": one.name, "motivo": one.why} for one in self.left],
            "avisos": list(self.notices),
        }
