"""The corpus as folders and files: lists them, never follows a link out, hashes each file once."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.slugs import is_skipped
from indexer.durable import sha256_of
from indexer.errors import CorpusError, Problem, reason

ANCHORS = "anclas.tsv"


def unreadable(error: OSError) -> tuple[str, str]:
    """Fault and cure of a file that the system does not let read."""
    return f"no se puede leer ({reason(error)})", "dé permiso de lectura sobre el archivo a quien ejecuta este comando"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file of the corpus.

    Attributes:
        path: Where it is.
        relative: The same, from the corpus's root, with ``/``.
        sha256: Of its bytes, 64 hex digits.
    """

    path: Path
    relative: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder.

    Attributes:
        usable: False when it must not or cannot be opened (a link out of the corpus, a broken link, a pipe); the
            problem has been noted.
    """

    name: str
    path: Path
    relative: str
    is_folder: bool
    usable: bool


def printable(text: str) -> str:
    """A file's name as it can be shown and stored: no control characters, no bytes that are not UTF-8."""
    if text.isprintable():
        return text
    decoded = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in decoded)


class CorpusTree:
    """The files under one root. Gathers what is wrong with them in ``problems``.

    Raises:
        CorpusError: The root is not there, is not a folder or cannot be listed.
    """

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            what = "no es una carpeta" if root.exists() else "no existe"
            raise CorpusError(
                f"El acervo {printable(str(root))} {what}. Indique la carpeta del acervo con --corpus o con la "
                'variable CONSTA_CORPUS, o créela con: python -m indexer nuevo EVENTO --titulo "…" --fecha AAAA-MM-DD '
                "--corpus CARPETA"
            )
        self.root = root
        self.problems: set[Problem] = set()
        self._real = root.resolve()
        self._hashes: dict[Path, str | None] = {}
        try:
            os.scandir(root).close()
        except OSError as error:
            raise CorpusError(
                f"No se puede abrir la carpeta del acervo {printable(str(root))} ({reason(error)}). "
                "Dé permiso de lectura sobre ella a quien ejecuta este comando"
            ) from error

    def note(self, path: str, fault: str, cure: str, *, warning: bool = False) -> None:
        """Keep a problem."""
        self.problems.add(Problem(path, fault, cure, "aviso" if warning else "error"))

    def entries(self, folder: Path, relative: str = "") -> list[Entry] | None:
        """What a folder holds, by name, without the names that are skipped; None when it cannot be listed."""
        try:
            with os.scandir(folder) as found:
                items = sorted(found, key=lambda item: item.name)
        except OSError as error:
            self._note_unlistable(relative, error)
            return None
        return [self._entry(item, relative) for item in items if not is_skipped(item.name)]

    def file(self, entry: Entry) -> FileRef | None:
        """The file with its hash; None when it cannot be read."""
        digest = self._hash(entry.path, entry.relative)
        return None if digest is None else FileRef(entry.path, entry.relative, digest)

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and SHA-256 of every file that the edition is made of (``edition``).

        Names that are skipped, ``anclas.tsv``, links out of the corpus and what cannot be read are left out.
        """
        for folder, folders, names in os.walk(self.root, onerror=self._on_walk_error):
            folders[:] = [name for name in folders if not is_skipped(name)]
            here = os.path.relpath(folder, self.root)
            for name in names:
                if is_skipped(name) or name == ANCHORS:
                    continue
                path = Path(folder, name)
                relative = name if here == "." else f"{here}/{name}".replace(os.sep, "/")
                if not self._is_readable_kind(path):
                    continue
                digest = self._hash(path, printable(relative))
                if digest is not None:
                    yield relative, digest

    def leads_out(self, path: Path) -> bool:
        """True when a symbolic link leads out of the corpus (or in a circle)."""
        try:
            return not path.resolve().is_relative_to(self._real)
        except (OSError, RuntimeError):
            return True

    def _entry(self, item: os.DirEntry[str], folder: str) -> Entry:
        relative = printable(f"{folder}/{item.name}" if folder else item.name)
        path = Path(item.path)
        if item.is_symlink() and self.leads_out(path):
            cure = "borre el enlace y ponga en su lugar una copia del archivo o de la carpeta"
            self.note(relative, "es un enlace simbólico que lleva fuera del acervo; no se lee", cure)
            return Entry(item.name, path, relative, self._points_at_folder(path), usable=False)
        try:
            mode = item.stat().st_mode
        except OSError as error:
            broken = item.is_symlink()
            fault = "es un enlace simbólico que no lleva a ningún archivo" if broken else f"no se lee: {reason(error)}"
            self.note(relative, fault, "bórrelo o ponga el archivo en su lugar")
            return Entry(item.name, path, relative, is_folder=False, usable=False)
        if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
            self.note(relative, "no es un archivo ni una carpeta", "bórrelo o sáquelo del acervo")
            return Entry(item.name, path, relative, is_folder=False, usable=False)
        return Entry(item.name, path, relative, stat.S_ISDIR(mode), usable=True)

    def _points_at_folder(self, link: Path) -> bool:
        try:
            return link.is_dir()
        except (OSError, RuntimeError):
            return False

    def _is_readable_kind(self, path: Path) -> bool:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                return not self.leads_out(path) and stat.S_ISREG(path.stat().st_mode)
        except OSError:
            return False
        return stat.S_ISREG(mode)

    def _hash(self, path: Path, relative: str) -> str | None:
        if path not in self._hashes:
            try:
                self._hashes[path] = sha256_of(path)
            except OSError as error:
                self._hashes[path] = None
                self.note(relative, *unreadable(error))
        return self._hashes[path]

    def _on_walk_error(self, error: OSError) -> None:
        relative = os.path.relpath(error.filename, self.root).replace(os.sep, "/") if error.filename else ""
        self._note_unlistable(printable(relative), error)

    def _note_unlistable(self, relative: str, error: OSError) -> None:
        cure = "dé permiso de lectura sobre la carpeta a quien ejecuta este comando"
        self.note(relative or ".", f"no se puede abrir la carpeta ({reason(error)})", cure)


def edition(files: Iterable[tuple[str, str]]) -> str:
    """First 12 hex digits of the SHA-256 over the lines ``path\\tsha256\\n``, sorted by path.

    Args:
        files: Path (``/`` as separator, from the root) and SHA-256 in hex of each file, in any order; already without
            ``anclas.tsv`` and names that begin with ``_`` or ``.`` (``CorpusTree.files``).
    """
    digest = hashlib.sha256()
    for path, sha256 in sorted(files):
        digest.update(f"{path}\t{sha256}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:12]
