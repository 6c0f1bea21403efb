"""``_historial/``: a line for what a step is about to do, a line when it is done, and the bytes of every file before
and after, each under its SHA-256."""

import contextlib
import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from indexer.corpus.folders import ANCHORS
from indexer.durable import private_folder, sha256, sync_folder, write_atomic
from indexer.errors import CorpusError
from indexer.history.chained_file import ChainedFile

HISTORY = "_historial"
WITHDRAWN = "_retirados"
"""What staff chose to keep of what they withdrew."""

JOURNAL = "pasos.jsonl"
LAST = "ultimo.json"
OBJECTS = "objetos"

DONE = "hecho"
CANCELLED = "cancelado"


class FileChange(msgspec.Struct, frozen=True, rename={"path": "ruta", "before": "antes", "after": "despues"}):
    """One file of a step: its path from the corpus's root, and the SHA-256 of what it held (None: no file)."""

    path: str
    before: str | None
    after: str | None


class StepRecord(
    msgspec.Struct,
    frozen=True,
    rename={
        "number": "paso", "date": "fecha", "author": "autor", "origin": "desde", "action": "accion", "page": "pagina",
        "summary": "resumen", "files": "archivos", "anchors": "anclas", "undoes": "deshace", "purged": "purga",
        "kept": "conserva", "kept_until": "conserva_hasta", "cleared": "despeja", "folders": "carpetas",
        "publisher": "publico", "moved": "mudanzas",
    },
):  # fmt: skip
    """What a step did, or was about to do.

    Attributes:
        number: From 1, never used twice.
        date: When, UTC, as in ISO 8601.
        author, origin: Who, and from where.
        page: ``evento`` or ``evento/mesa``; None for files of the root.
        summary: A line for a person to read.
        files: What it changed, in the order of writing.
        anchors: ``anclas.tsv`` of its pages as they were before: SHA-256, or None where there was none.
        undoes: The step that it takes back.
        purged: Objects that go for good, because what they hold was withdrawn.
        kept: Of these, those that staff chose to keep in ``_retirados``.
        kept_until: The day on which these go, as in ISO 8601; None where none are kept, or for ever (an older Consta).
        cleared: What lies beside the corpus and goes for good: copies that were sent, reports, what a crash left.
        publisher: Who let it pass, where that is not the author.
        folders: Folders that go with whatever is left in them (links, empty folders).
        moved: Paths until then, each with the one under which the file goes on.
    """

    number: int
    date: str
    author: str
    origin: str
    action: str
    page: str | None
    summary: str
    files: tuple[FileChange, ...]
    anchors: dict[str, str | None] = {}
    undoes: int | None = None
    purged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    kept_until: str | None = None
    cleared: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    publisher: str = ""
    moved: dict[str, str] = {}

    def objects(self) -> list[tuple[str, str]]:
        """The objects that it names, each after the file that it was."""
        named = [(change.path, name) for change in self.files for name in (change.before, change.after)]
        named += [(f"{page}/{ANCHORS}", name) for page, name in self.anchors.items()]
        return [(path, name) for path, name in named if name is not None]

    def is_about(self, page: str) -> bool:
        """Whether it is of a page or an event; where it names none, because it is of several, its files say so."""
        paths = [self.page] if self.page else [change.path for change in self.files]
        return any(f"{path}/".startswith(f"{page}/") for path in paths)


class _Outcome(msgspec.Struct, frozen=True, rename={"number": "paso", "state": "estado"}):
    number: int
    state: str


def undone_by(steps: Sequence[StepRecord]) -> dict[int, int]:
    """Each step that is taken back, with the one that did it. A later step is judged before those it takes back."""
    undone: dict[int, int] = {}
    for record in reversed(steps):
        if record.undoes is not None and record.number not in undone:
            undone.setdefault(record.undoes, record.number)
    return undone


def is_over(record: StepRecord) -> bool:
    """Whether the day has come on which what a withdrawal kept goes."""
    return record.kept_until is not None and record.kept_until <= dt.date.today().isoformat()


class Journal:
    """The history of one corpus. Written only under ``corpus_lock``; read by anybody."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / HISTORY
        self._file = ChainedFile(self.folder / JOURNAL, self.folder / LAST)
        self._objects = self.folder / OBJECTS
        self._known: tuple[dict[int, StepRecord], dict[int, str]] | None = None

    def read(self) -> tuple[tuple[StepRecord, ...], StepRecord | None]:
        """The steps that are done, the oldest first; and the one that was begun and neither finished nor cancelled.

        Raises:
            CorpusError: The journal is damaged or cannot be read.
        """
        begun, outcomes = self._begun_and_ended()
        done = tuple(record for number, record in begun.items() if outcomes.get(number) == DONE)
        pending = [record for number, record in begun.items() if number not in outcomes]
        return done, pending[-1] if pending else None

    def next_number(self) -> int:
        """The number of the next step; the number of a cancelled step is not given again."""
        begun, outcomes = self._begun_and_ended()
        return max((*begun, *outcomes), default=0) + 1

    def _begun_and_ended(self) -> tuple[dict[int, StepRecord], dict[int, str]]:
        if self._known is None:
            begun: dict[int, StepRecord] = {}
            outcomes: dict[int, str] = {}
            for number, line in enumerate(self._file.lines(), start=1):
                try:
                    if b'"estado"' in line and b'"archivos"' not in line:
                        outcome = msgspec.json.decode(line, type=_Outcome)
                        outcomes[outcome.number] = outcome.state
                    else:
                        record = msgspec.json.decode(line, type=StepRecord)
                        begun[record.number] = record
                except ValueError as error:
                    raise self._file.damaged(number) from error
            self._known = begun, outcomes
        return self._known

    def begin(self, record: StepRecord) -> None:
        """Say what is about to be done; from here on it is finished, whatever happens."""
        self._append(msgspec.json.encode(record), note=False)

    def end(self, number: int, state: str) -> None:
        """Say how it went."""
        self._append(msgspec.json.encode(_Outcome(number, state)), note=True)

    def keep(self, data: bytes) -> str:
        """Keep what a file holds; returns its name."""
        name = sha256(data)
        private_folder(self.root, HISTORY)
        if not self._objects.is_dir():
            self._objects.mkdir(mode=0o700)
            sync_folder(self.folder)
        if self.intact(name) is None:
            write_atomic(self._objects / name, data, mode=0o600)
        return name

    def find(self, name: str) -> bytes | None:
        """What is kept under a name, also once withdrawn; None where it is gone, refused where it is damaged."""
        data = self.intact(name)
        if data is None and self.has(name):
            raise CorpusError(
                f"{HISTORY}/{OBJECTS}/{name}, lo que el historial guardó, está dañado: recupérelo de su respaldo o, si "
                "no lo hay, bórrelo: ese paso ya no se podrá deshacer"
            )
        return data

    def intact(self, name: str) -> bytes | None:
        """The same; None also where it is damaged."""
        for folder in (self._objects, self.root / WITHDRAWN):
            with contextlib.suppress(OSError):
                data = (folder / name).read_bytes()
                if sha256(data) == name:
                    return data
        return None

    def has(self, name: str) -> bool:
        """Whether it is there, without reading it."""
        return (self._objects / name).is_file() or (self.root / WITHDRAWN / name).is_file()

    def purge(self, names: Iterable[str], kept: Iterable[str]) -> None:
        """Take objects away for good; ``kept`` ones go to ``_retirados`` first."""
        aside = set(kept)
        for name in sorted(aside):
            data = self.intact(name)
            folder = private_folder(self.root, WITHDRAWN)
            if data is not None and not (folder / name).is_file():
                write_atomic(folder / name, data, mode=0o600)
        for name in names:
            (self._objects / name).unlink(missing_ok=True)
            if name not in aside:
                (self.root / WITHDRAWN / name).unlink(missing_ok=True)
        for folder in (self._objects, self.root / WITHDRAWN):
            if folder.is_dir():
                sync_folder(folder)

    def due(self) -> set[str]:
        """What goes today: of withdrawn texts, unless a later step has it or undid that; and what no step has."""
        (done, pending), found = self.read(), set[str]()
        there = {path.name for path in self._objects.glob("[0-9a-f]*")}
        undone = undone_by(done)
        for record in (*done, *((pending,) if pending else ())):
            names = {name for _, name in record.objects()}
            found, there = found - names, there - names
            over = record is not pending and record.number not in undone and is_over(record)
            found = found | {*record.kept} if over else found - {*record.kept}
        return {name for name in found if self.has(name)} | there

    def clear(self, names: Iterable[str]) -> None:
        """Take away files and folders beside the corpus, whichever of them are still there."""
        for name in names:
            path = self.root / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.parent.is_dir():
                path.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)

    def _append(self, line: bytes, *, note: bool) -> None:
        private_folder(self.root, HISTORY)
        self._known = None
        self._file.append(line, note=note)
