"""``retirados.toml``: what was withdrawn and must not come back."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.corpus.folders import CorpusTree, FileRef
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.corpus.toml_validation import CheckedTable
from indexer.errors import CorpusError, Problem, ReadError, refuse
from indexer.model import Withdrawal

FILE_NAME = "retirados.toml"
KEYS = ("ruta", "sha256", "fecha", "motivo", "fragmentos", "admite")
OTHER, SAME = "otro", "mismo"
"""What may stand at a withdrawn name after all: another text, or the very same one."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_EMPTY = hashlib.sha256(b"").hexdigest()


def read_withdrawals(
    written: dt.date, values: Mapping[str, Any], path: str
) -> tuple[tuple[Withdrawal, ...], list[Problem]]:
    """Check ``retirados.toml``.

    An entry that lacks its date or reason still withdraws: better a page without a reason than one that comes back.

    Args:
        written: The day the file was last changed: the date of an entry that has none.
    """
    table = CheckedTable(path, values, ("retirados",))
    found = []
    for item in table.tables("retirados", KEYS):
        route = item.text("ruta", "foro-ieem-2025/mesa-5/transcripcion.vtt", required=True)
        digest = item.text("sha256", "e3b0c44298fc1c14…")
        date = item.date("fecha", required=True)
        why = item.text("motivo", "A petición de la persona que habla", required=True)
        numbers = item.integers("fragmentos", "[41, 42]")
        if digest is not None and not _SHA256.fullmatch(digest.lower()):
            item.error("«sha256» no tiene 64 cifras hexadecimales", "copie el resultado de: sha256sum ARCHIVO")
            digest = None
        admits = item.text("admite", OTHER) or ""
        if admits not in ("", OTHER, SAME):
            item.error(f"«admite» no es {OTHER} ni {SAME}", "quite ese renglón, o corríjalo")
            admits = ""
        parts = (route or "").replace("\\", "/").strip("/").split("/")
        if any(part in ("", ".", "..") for part in parts):
            if route is not None:
                item.error("«ruta» no es una ruta dentro del acervo", 'escriba ruta = "evento/mesa/archivo"')
            if digest is None:
                continue
        place, digest = "/".join(parts), digest and digest.lower()
        found.append(Withdrawal(place, digest, date or written, why or "sin motivo", numbers, admits))
    return tuple(found), table.problems


class Withdrawn:
    """Answers whether a file or folder was withdrawn; the last entry about it counts.

    An entry forbids a name and, where it has them, bytes; with ``admite`` it forbids the bytes alone, or nothing.
    """

    def __init__(self, withdrawals: Iterable[Withdrawal]) -> None:
        self._by_path: dict[str, Withdrawal] = {}
        self._by_hash: dict[str, Withdrawal] = {}
        for entry in withdrawals:
            self._by_path[entry.path] = entry
            if entry.sha256 and entry.sha256 != _EMPTY:
                self._by_hash[entry.sha256] = entry

    def folder(self, relative: str) -> Withdrawal | None:
        """The entry that withdrew this very folder, or the event that holds it."""
        parts = relative.split("/") if self._by_path else []
        above = (self.name("/".join(parts[:count])) for count in range(1, len(parts) + 1))
        return next(filter(None, above), None)

    def name(self, relative: str) -> Withdrawal | None:
        """The entry that forbids the name of a file, whatever it holds; not one of a folder above it."""
        entry = self._by_path.get(relative)
        return None if entry is None or entry.admits else entry

    def bytes(self, sha256: str) -> Withdrawal | None:
        """The entry that forbids these bytes, wherever they stand."""
        entry = self._by_hash.get(sha256)
        return None if entry is None or entry.admits == SAME else entry

    def file(self, relative: str, sha256: str) -> Withdrawal | None:
        """The entry that withdrew the file at this place, a folder above it, or a file of the same bytes."""
        return self.folder(relative) or self.bytes(sha256)

    def note_file(self, tree: CorpusTree, file: FileRef) -> bool:
        """Note in ``tree`` that a file came back; True when it did."""
        return self._noted(tree, file.relative, self.file(file.relative, file.sha256))

    def note_folder(self, tree: CorpusTree, relative: str) -> bool:
        """Note in ``tree`` that a folder came back; True when it did."""
        return self._noted(tree, relative, self.folder(relative))

    def _noted(self, tree: CorpusTree, relative: str, entry: Withdrawal | None) -> bool:
        if entry is not None:
            tree.note(relative, came_back(entry, relative), f"bórrelo del acervo; {exception_of(entry)}")
        return entry is not None


def came_back(entry: Withdrawal, relative: str) -> str:
    """That something was withdrawn, when and why."""
    same = "" if entry.path == relative else f" (como {entry.path})"
    return f"se retiró el {entry.date.isoformat()}{same} por este motivo: {entry.reason}; no se publica"


def exception_of(entry: Withdrawal) -> str:
    """When it may come back after all."""
    return f"solo si la decisión cambió, o si este texto es otro, quite la entrada de {entry.path} en {FILE_NAME}"


def known_withdrawals(root: Path) -> tuple[Withdrawal, ...]:
    """What ``retirados.toml`` says; refused where it cannot be read: what is to be added might have been withdrawn."""
    path = root / FILE_NAME
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        if CorpusTree(root).leads_out(path):
            raise ReadError("es un enlace que lleva fuera del acervo", "ponga el archivo en su lugar")
        values = parse_toml(plain_text(path))
    except ReadError as error:
        raise CorpusError(f"{error.problem(FILE_NAME)}. Sin leer ese archivo no se cambia el acervo") from error
    return read_withdrawals(dt.date.today(), values, FILE_NAME)[0]


def refuse_withdrawn(root: Path, relative: str) -> None:
    """Refuse the name of a folder that was withdrawn."""
    entry = Withdrawn(known_withdrawals(root)).folder(relative)
    if entry is not None:
        raise refuse(f"{relative}: {came_back(entry, relative)}", f"elija otro nombre; {exception_of(entry)}")


def admitted(
    root: Path, relative: str, sha256: str, *, readmit: bool, tables: tuple[str, ...] = ()
) -> list[Withdrawal]:
    """What ``retirados.toml`` has to say, beside what it says, for a text to stand where something was withdrawn.

    A withdrawal forbids the bytes, and its name to whatever turns up there by accident. Whoever adds another text knows
    what they do: the name is free again, the bytes are not. The very same text comes back only where it is said.

    Args:
        relative: Where it is to stand.
        readmit: Whether it may be the very text that was withdrawn.
        tables: Files beside it that are about it, and went with the text that was withdrawn.

    Returns:
        Entries to be added; none where nothing of it was withdrawn.

    Raises:
        CorpusError: It was withdrawn, or a folder above it.
    """
    withdrawn = Withdrawn(known_withdrawals(root))
    named, same = withdrawn.name(relative), withdrawn.bytes(sha256)
    above = None if named is not None else withdrawn.folder(relative)
    if above is not None:
        raise refuse(f"{relative}: {came_back(above, relative)}", exception_of(above))
    unknown = named if named is not None and named.sha256 is None else None
    forbidden = same or unknown
    if forbidden is not None and not readmit:
        cure = "si la decisión cambió, admítalo otra vez (en la terminal, agregue --readmitir)"
        raise refuse(f"{relative}: {came_back(forbidden, relative)}", cure)
    found = [replace(entry, admits=SAME) for entry in (unknown, same) if entry is not None]
    if named is not None and named not in (unknown, same):
        found.append(replace(named, admits=OTHER))
    beside = (withdrawn.name(table) for table in tables)
    found += (replace(entry, admits=SAME if readmit else OTHER) for entry in beside if entry is not None)
    return found
