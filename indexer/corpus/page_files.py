"""Sorts the files of a folder: its TOML, its texts by kind, its tables; reports files that do not belong."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.corpus.folders import ANCHORS, CorpusTree, Entry, FileRef, printable
from indexer.corpus.toml_syntax import plain_text
from indexer.corpus.withdrawals_file import Withdrawn
from indexer.errors import ReadError
from indexer.formats import listed
from indexer.language.spanish import fold
from indexer.model import Kind
from indexer.readers import SUFFIXES

SPEAKERS = "hablantes.tsv"
CORRECTIONS = "correcciones.tsv"
CLOCK = "subtitulos"
"""Captions beside an official transcript, of which only the clock is read."""

DAY_FILE = re.compile(r"jornada(?:-[a-z0-9-]+)?")
"""The name, without its extension, of the file of a whole day: in the event's folder; mesas are parts of it."""

EVENT_KINDS = (Kind.ANNOUNCEMENT,)
SESSION_KINDS = (Kind.DESCRIPTION, Kind.TRANSCRIPT)

_OWN_PLACE = {
    Kind.ANNOUNCEMENT: "el anuncio va en la carpeta del evento",
    Kind.DESCRIPTION: "la descripción va en la carpeta de una mesa",
    Kind.TRANSCRIPT: "la transcripción va en la carpeta de una mesa",
}
_HIDDEN = ".txt"
"""Ends the role of a table whose name has a hidden extension."""

_NOTES = ("leeme", "readme", "licencia", "license")
_LEFTOVERS = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files that make a page.

    Attributes:
        texts: The usable file of each kind, in reading order.
        failed: Kinds whose file is there but cannot be used: their last good version is kept. A withdrawn file is
            neither a text nor failed: its last version must not go on serving.
        clock, speakers, corrections: ``subtitulos.<ext>``, ``hablantes.tsv``, ``correcciones.tsv``.
        refused: Which of these three (``CLOCK``, ``SPEAKERS``, ``CORRECTIONS``) are there but cannot be used: the last
            good transcript is kept.
        anchors: The text of ``anclas.tsv``; None when there is none that can be read.
    """

    texts: Mapping[Kind, FileRef] = field(default_factory=dict)
    failed: frozenset[Kind] = frozenset()
    clock: FileRef | None = None
    speakers: FileRef | None = None
    corrections: FileRef | None = None
    refused: frozenset[str] = frozenset()
    anchors: str | None = None


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The folder of an event or a session, sorted.

    Attributes:
        page: The files that make the page.
        toml: ``evento.toml`` or ``mesa.toml``; None when it is not there or must not be opened.
        toml_refused: True when it is there but must not be opened, or is there twice; noted.
        days: In the folder of an event, the files of whole days by name; None for one that cannot be used.
        holds_files: True when staff put any file into the folder.
    """

    page: PageFiles
    toml: Entry | None
    toml_refused: bool
    days: Mapping[str, FileRef | None]
    folders: tuple[Entry, ...]
    holds_files: bool


def is_leftover(name: str) -> bool:
    """Files that programs leave behind and that mean nothing here."""
    return name.startswith("~$") or name.lower() in _LEFTOVERS


def is_note(name: str) -> bool:
    """``LEEME.md`` and the like: for people, in any folder."""
    return fold(name).partition(".")[0] in _NOTES


def cure_of_suffix(suffix: str, role: str) -> str:
    """What to do with a file of a suffix that no reader takes."""
    if suffix == ".doc":
        return f"ábralo en Word o LibreOffice y guárdelo como {role}.docx"
    return f"guárdelo en un formato que se pueda leer: {listed(' o ')}"


class FolderSorter:
    """Sorts the files of one folder. Names are read without regard to case and accents (``Transcripción.VTT``)."""

    def __init__(self, tree: CorpusTree, toml_name: str, kinds: tuple[Kind, ...], withdrawn: Withdrawn) -> None:
        self._tree = tree
        self._toml_name = toml_name
        self._kinds = kinds
        self._words = frozenset(kind.value for kind in kinds) | ({CLOCK} if Kind.TRANSCRIPT in kinds else set())
        self._withdrawn = withdrawn
        self._tables: tuple[str, ...] = (SPEAKERS, CORRECTIONS) if Kind.TRANSCRIPT in kinds else ()

    def sort(self, entries: list[Entry]) -> FolderFiles:
        """Tell the files apart; problems are noted in the tree."""
        by_role: dict[str, list[Entry]] = {}
        unused: list[Entry] = []
        days: dict[str, FileRef | None] = {}
        anchors: Entry | None = None
        holds_files = False
        for entry in entries:
            if entry.is_folder or is_leftover(entry.name):
                continue
            if entry.name == ANCHORS:
                anchors = entry if entry.usable else None
                continue
            holds_files = True
            role = self._role(entry)
            if self._is_day(entry):
                if not self._was_withdrawn(entry):
                    good = entry.usable and self._has_known_extension(entry, entry.name.partition(".")[0])
                    days[entry.name] = self._tree.file(entry) if good else None
            elif role:
                by_role.setdefault(role, []).append(entry)
            elif not is_note(entry.name):
                unused.append(entry)
        found = {role: self._settled(role, by_role.get(role, [])) for role in (*self._kinds, CLOCK)}
        if by_role.get(CLOCK) and not by_role.get(Kind.TRANSCRIPT):
            cure = "si es lo que se dijo, renómbrelo a transcripcion; si no, agregue la transcripción"
            fault = "no hay una transcripción a la que darle horas"
            self._tree.note(by_role[CLOCK][0].relative, fault, cure, warning=True)
        toml = self._only(by_role.get(self._toml_name, []))
        found |= {name: self._table(name, by_role) for name in (SPEAKERS, CORRECTIONS)}
        for entry in unused:
            self._note_unused(entry)
        page = PageFiles(
            texts={kind: file for kind in self._kinds if (file := found[kind][0])},
            failed=frozenset(kind for kind in self._kinds if found[kind][1]),
            clock=found[CLOCK][0],
            speakers=found[SPEAKERS][0],
            corrections=found[CORRECTIONS][0],
            refused=frozenset(name for name in (CLOCK, SPEAKERS, CORRECTIONS) if found[name][1]),
            anchors=self._anchors(anchors),
        )
        usable = toml if toml and toml.usable else None
        refused = usable is None and bool({self._toml_name, self._toml_name + _HIDDEN} & by_role.keys())
        return FolderFiles(page, usable, refused, days, tuple(one for one in entries if one.is_folder), holds_files)

    def _anchors(self, entry: Entry | None) -> str | None:
        try:
            return plain_text(entry.path) if entry else None
        except ReadError as error:
            assert entry is not None
            fault = f"{error.fault}; sirve la copia del índice"
            self._tree.note(entry.relative, fault, "recupere el archivo de git", warning=True)
            return None

    def _role(self, entry: Entry) -> str | None:
        """The kind (``transcripcion``) or the name of the table that a file stands for."""
        name: str = fold(entry.name)
        for known in (self._toml_name, *self._tables):
            if name == known:
                return known
            if name == f"{known}.txt":
                self._note_hidden_extension(entry, known)
                return known + _HIDDEN
        base = name.partition(".")[0]
        return base if base in self._words else None

    def _is_day(self, entry: Entry) -> bool:
        return self._kinds == EVENT_KINDS and bool(DAY_FILE.fullmatch(entry.name.partition(".")[0]))

    def _settled(self, role: str, entries: list[Entry]) -> tuple[FileRef | None, bool]:
        """The one good file of a role; and whether there is one that cannot be used. A withdrawn one is neither."""
        good = []
        withdrawn = failed = False
        for entry in entries:
            if self._was_withdrawn(entry):
                withdrawn = True
            elif not entry.usable or not self._has_known_extension(entry, role):
                failed = True
            else:
                good.append(entry)
        file = None
        if len(good) > 1:
            names = " y ".join(entry.name for entry in good)
            cure = "deje uno solo y saque los demás (o antepóngales _)"
            self._tree.note(good[0].relative.rpartition("/")[0], f"hay {len(good)} archivos de {role}: {names}", cure)
        elif good:
            file = self._tree.file(good[0])
        failed = (failed or bool(good)) and file is None and not withdrawn
        return file, failed

    def _was_withdrawn(self, entry: Entry) -> bool:
        """True for a file that came back, readable or not; noted."""
        if self._withdrawn.folder(entry.relative) is not None:
            return self._withdrawn.note_folder(self._tree, entry.relative)
        file = self._tree.file(entry) if entry.usable else None
        return file is not None and self._withdrawn.note_file(self._tree, file)

    def _has_known_extension(self, entry: Entry, role: str) -> bool:
        extensions = entry.name.lower().split(".")[1:]
        if len(extensions) == 1 and f".{extensions[0]}" in SUFFIXES:
            return True
        if len(extensions) == 2 and f".{extensions[0]}" in SUFFIXES and f".{extensions[1]}" in SUFFIXES:
            self._note_hidden_extension(entry, f"{role}.{extensions[0]}")
        elif len(extensions) > 1 and f".{extensions[-1]}" in SUFFIXES:
            self._tree.note(entry.relative, "el nombre tiene más de un punto", f"renómbrelo a {role}.{extensions[-1]}")
        else:
            last = extensions[-1] if extensions else ""
            what = f"la extensión .{printable(last)} no se conoce" if last else "el archivo no tiene extensión"
            self._tree.note(entry.relative, what, cure_of_suffix(f".{last}", role))
        return False

    def _only(self, entries: list[Entry]) -> Entry | None:
        if len(entries) > 1:
            names = " y ".join(entry.name for entry in entries)
            self._tree.note(entries[0].relative, f"hay {len(entries)} archivos iguales: {names}", "deje uno solo")
        return entries[0] if len(entries) == 1 else None

    def _table(self, name: str, by_role: Mapping[str, list[Entry]]) -> tuple[FileRef | None, bool]:
        """A table beside the texts; and whether it is there and cannot be used."""
        entry = self._only(by_role.get(name, []))
        file = self._tree.file(entry) if entry and entry.usable else None
        return file, file is None and bool({name, name + _HIDDEN} & by_role.keys())

    def _note_hidden_extension(self, entry: Entry, meant: str) -> None:
        cure = f"renómbrelo a {meant}; para ver la extensión: Explorador de archivos, Vista, Extensiones de nombre"
        self._tree.note(entry.relative, "tiene dos extensiones (Windows oculta la última)", cure)

    def _note_unused(self, entry: Entry) -> None:
        if not entry.usable:
            return
        base, _, extension = fold(entry.name).partition(".")
        elsewhere = next((kind for kind in Kind if kind.value == base), None)
        near = difflib.get_close_matches(base[:80], [kind.value for kind in self._kinds], 1, 0.75)
        if elsewhere is not None:
            cure = f"{_OWN_PLACE[elsewhere]}: muévalo ahí"
        elif near and f".{extension}" in SUFFIXES:
            cure = f"si es {near[0]}, renómbrelo a {near[0]}.{extension}; si no, antepóngale _"
        else:
            cure = "sáquelo del acervo, o antepóngale _ para que se pase por alto"
        self._tree.note(entry.relative, "nada usa este archivo", cure, warning=True)
