"""The corpus as folders and files: lists them, never follows a link out, hashes each file once."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.slugs import is_skipped
from indexer.durable import is_temporary, sha256_of
from indexer.errors import CorpusError, Problem, reason
from indexer.program import STAFF

ANCHORS = "anclas.tsv"


def unreadable(error: OSError) -> tuple[str, str]:
    """Fault and cure of a file that the system does not let read."""
    return f"no se puede leer ({reason(error)})", "dé permiso de lectura sobre el archivo a quien ejecuta este comando"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file of the corpus: where it is, also ``relative`` to the root with ``/``, and the SHA-256 of its bytes."""

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
    """The files under one root.

    Attributes:
        problems: What is wrong with the files that were asked for so far.
        temporary: Files met so far that are still being written, or that a crash left.

    Raises:
        CorpusError: The root is not there, is not a folder or cannot be listed.
    """

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            what = "no es una carpeta" if root.exists() else "no existe"
            raise CorpusError(
                f"El acervo {printable(str(root))} {what}. Indique la carpeta del acervo con --corpus o con la "
                f'variable CONSTA_CORPUS, o créela con: {STAFF} nuevo EVENTO --titulo "…" --fecha AAAA-MM-DD '
                "--corpus CARPETA"
            )
        self.root = root
        self.problems: set[Problem] = set()
        self.temporary: list[Path] = []
        self._real = root.resolve()
        self._listed: dict[str, list[os.DirEntry[str]]] = {}
        self._hashes: dict[str, str | None] = {}
        self._changed_ns: dict[str, int] = {}
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
            items = self._items(folder)
        except OSError as error:
            self._note_unlistable(relative, error)
            return None
        return [self._entry(item, relative) for item in items]

    def file(self, entry: Entry) -> FileRef | None:
        """The file with its hash; None when it cannot be read."""
        digest = self._hash(entry.path, entry.relative)
        return None if digest is None else FileRef(entry.path, entry.relative, digest)

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and SHA-256 of every file that the edition is made of (``edition``).

        Names that are skipped, ``anclas.tsv``, links out of the corpus and what cannot be read are left out.
        """
        left: list[tuple[str | Path, str]] = [(self.root, "")]
        while left:  # no recursion: folders may lie in one another thousands deep
            folder, relative = left.pop()
            try:
                items = self._items(folder)
            except OSError as error:
                self._note_unlistable(printable(relative), error)
                continue
            for item in items:
                name = f"{relative}/{item.name}" if relative else item.name
                if item.is_dir(follow_symlinks=False):
                    left.append((item.path, name))
                elif item.name != ANCHORS and self._is_readable_kind(item):
                    digest = self._hash(item.path, name)
                    if digest is not None:
                        yield name, digest

    def states(self) -> dict[str, tuple[str, int]]:
        """SHA-256 of each of ``files``, and when it had last been changed (its ctime, in ns) as it was read."""
        return {name: (digest, self._changed_ns[os.path.join(self.root, name)]) for name, digest in self.files()}

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
            is_folder = item.is_dir()
            if item.is_symlink():
                item.stat()  # a broken one is told
        except OSError as error:
            broken = item.is_symlink()
            fault = "es un enlace simbólico que no lleva a ningún archivo" if broken else f"no se lee: {reason(error)}"
            self.note(relative, fault, "bórrelo o ponga el archivo en su lugar")
            return Entry(item.name, path, relative, is_folder=False, usable=False)
        if not is_folder and not item.is_file():
            self.note(relative, "no es un archivo ni una carpeta", "bórrelo o sáquelo del acervo")
            return Entry(item.name, path, relative, is_folder=False, usable=False)
        return Entry(item.name, path, relative, is_folder, usable=True)

    def _points_at_folder(self, link: Path) -> bool:
        try:
            return link.is_dir()
        except (OSError, RuntimeError):
            return False

    def _items(self, folder: str | Path) -> list[os.DirEntry[str]]:
        """What stands in a folder, by name, without the names that are skipped; each folder is listed once."""
        place = os.fspath(folder)
        if place not in self._listed:
            with os.scandir(place) as found:
                every = list(found)
            items = [item for item in every if not is_skipped(item.name)]
            if len(items) < len(every):
                self.temporary += (Path(item.path) for item in every if is_temporary(item.name))
            self._listed[place] = sorted(items, key=lambda item: item.name)
        return self._listed[place]

    def _is_readable_kind(self, item: os.DirEntry[str]) -> bool:
        try:
            return item.is_file() and not (item.is_symlink() and self.leads_out(Path(item.path)))
        except OSError:
            return False

    def _hash(self, path: str | Path, relative: str) -> str | None:
        place = os.fspath(path)
        if place not in self._hashes:
            try:
                self._changed_ns[place] = os.stat(place).st_ctime_ns
                self._hashes[place] = sha256_of(place)
            except OSError as error:
                self._hashes[place] = None
                self.note(printable(relative), *unreadable(error))
        return self._hashes[place]

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
