"""A folder that is watched: a file that is dropped into it is read, told of in a page beside it, and published or kept
waiting."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus import desk
from indexer.corpus.folders import printable
from indexer.corpus.place import known_withdrawals
from indexer.corpus.withdrawn import FILE_NAME as WITHDRAWALS_FILE
from indexer.corpus.withdrawn import Withdrawn
from indexer.desk.examining import examine
from indexer.desk.open_pages import open_page
from indexer.desk.publishing import update_in_turn
from indexer.desk.watch_report import Outcome, render
from indexer.durable import sync_folder, write_atomic
from indexer.errors import ConstaError, CorpusError, UpdateInProgress, reason
from indexer.history import step
from indexer.history.journal import Journal, sha256
from indexer.history.lock import CorpusBusy
from indexer.language.spanish import fold
from indexer.model import Kind, PageId

PUBLISHED = "_publicados"
WAITING = "_en-espera"
REPORT = ".informe.html"
ALIKE = 0.9
"""The share of a text that another page holds from which a person is to look at it first."""

_UNFINISHED = (".part", ".tmp", ".crdownload", ".download", ".partial", ".swp")
_DEPTH = 3
_LONGEST = 150
_NAMED = re.compile(r"([a-z0-9-]+?)--([a-z0-9-]+?)(?:--(anuncio|descripcion|transcripcion))?")
HOW = (
    "póngalo en la carpeta evento/mesa/, o nómbrelo evento--mesa.vtt, con los nombres de sus direcciones "
    "(foro-ieem-2025--mesa-1-buenas-practicas.vtt); la descripción, evento--mesa--descripcion.docx; el anuncio, "
    "evento/anuncio.docx"
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it was last seen."""

    path: Path
    size: int
    changed_ns: int


class Watch:
    """One folder that is watched. A file is taken once it has not changed from one look to the next."""

    def __init__(self, settings: Settings, folder: Path, author: str) -> None:
        self._settings = settings
        self._folder = folder.absolute()
        self._author = author
        self._seen: dict[Path, Dropped] = {}
        self._withdrawn: bytes | None = None
        self._check()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Watch it as the only one.

        Raises:
            CorpusError: Another one does already, or it cannot be opened.
        """
        try:
            handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise CorpusError(f"No se puede abrir {printable(str(self._folder))} ({reason(error)})") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise CorpusError(f"Otra orden vigila ya {printable(str(self._folder))}: espere a que termine") from error
        finally:
            os.close(handle)

    def look(self) -> list[Outcome]:
        """Take every file that stopped growing since the last look; says what became of each."""
        self._forget_withdrawn()
        now = {one.path: one for one in self._files()}
        ready = [one for path, one in sorted(now.items()) if self._seen.get(path) == one]
        self._seen = now
        outcomes = []
        for one in ready:
            outcome = self._take(one.path)
            if outcome is not None:
                outcomes.append(outcome)
                self._seen.pop(one.path, None)
        return outcomes

    def grows(self) -> bool:
        """Whether a file is there that has not been still yet."""
        return bool(self._seen)

    def _forget_withdrawn(self) -> None:
        """Take away published files that were withdrawn since, and the pages beside them: they quote them."""
        root = self._settings.corpus
        path, folder = root / WITHDRAWALS_FILE, self._folder / PUBLISHED
        data = path.read_bytes() if path.is_file() else b""
        if data == self._withdrawn or not folder.is_dir():
            return
        journal = Journal(root)  # what staff chose to keep stays here as well
        known = known_withdrawals(root)
        forbidden = {one.sha256 for one in known if one.sha256 and Withdrawn(known).bytes(one.sha256)}
        gone = {one for one in forbidden if not journal.has(one)}
        for file in sorted(folder.iterdir()) if gone else ():
            if file.is_file() and not file.is_symlink() and sha256(file.read_bytes()) in gone:
                file.with_name(_short(file.name) + REPORT).unlink(missing_ok=True)
                file.unlink()
        sync_folder(folder)
        self._withdrawn = data

    def _check(self) -> None:
        folder = self._folder.resolve()
        for place, what in ((self._settings.corpus, "el acervo"), (self._settings.index, "el índice")):
            inside = place.resolve()
            if folder.is_relative_to(inside) or inside.is_relative_to(folder):
                raise CorpusError(f"La carpeta que se vigila y {what} no pueden estar una dentro de la otra: use otra")
        if not self._folder.is_dir():
            raise CorpusError(f"No hay una carpeta en {printable(str(self._folder))}: créela, o revise la ruta")

    def _files(self) -> Iterator[Dropped]:
        for here, folders, names in os.walk(self._folder):
            depth = len(Path(here).relative_to(self._folder).parts)
            folders[:] = [name for name in folders if depth < _DEPTH and not name.startswith(("_", "."))]
            for name in names:
                path = Path(here) / name
                skipped = name.startswith((".", "_", "~")) or name.endswith((*_UNFINISHED, REPORT))
                if skipped or path.is_symlink() or not path.is_file():
                    continue
                found = path.stat()
                yield Dropped(path, found.st_size, found.st_mtime_ns)

    def _take(self, path: Path) -> Outcome | None:
        """Publish a file or keep it waiting; None where it is to be tried again."""
        told: dict[str, Any] | None = None
        page: PageId | None = None
        try:
            page, kind = self._destination(path)
            told = examine(self._settings, path, kind, page, None)
            why = self._hindrance(path, page, kind, told)
            if why is None:
                self._publish(path, page, kind)
        except (CorpusBusy, UpdateInProgress):
            return None  # the next look tries again
        except ConstaError as error:
            why = str(error)
        except OSError as error:
            why = f"no se puede leer ({reason(error)}): revise sus permisos"
        outcome = Outcome(printable(path.name), str(page) if page else None, why, told)
        self._move(path, outcome)
        return outcome

    def _destination(self, path: Path) -> tuple[PageId, Kind]:
        """The page that the folder or the name says.

        Raises:
            CorpusError: Neither says one.
        """
        parts = path.relative_to(self._folder).parts[:-1]
        stem = path.stem
        named = _NAMED.fullmatch(stem)
        said = fold(stem).partition(".")[0]
        if len(parts) == 2:
            page, kind = PageId(*parts), Kind(said) if said in list(Kind) else Kind.TRANSCRIPT
        elif len(parts) == 1 and said == Kind.ANNOUNCEMENT:
            page, kind = PageId(parts[0]), Kind.ANNOUNCEMENT
        elif not parts and named:
            page, kind = PageId(named[1], named[2]), Kind(named[3] or Kind.TRANSCRIPT)
        else:
            raise CorpusError(f"no dice de qué mesa es: {HOW}")
        return page, kind

    def _hindrance(self, path: Path, page: PageId, kind: Kind, told: dict[str, Any]) -> str | None:
        """Why a person has to look at it first; None where it can be published."""
        errors = [problem["texto"] for problem in told["problemas"] if problem["gravedad"] == "error"]
        if errors:
            return "; ".join(errors)
        opened = open_page(self._settings, page)
        present = opened.text(kind)
        if present is not None and present.sha256 == sha256(path.read_bytes()):
            return None  # a crash came between publishing and moving it
        if present is not None or kind in opened.work.failed:
            order = f"python -m indexer agregar {printable(path.name)} --mesa {page} --reemplazar"
            return f"{page} ya tiene ese texto, y aquí no se reemplaza nada: si debe cambiarse, ejecute {order}"
        if told["retirado"] is not None:
            order = f"python -m indexer agregar {printable(path.name)} --mesa {page}"
            return f"{told['retirado']['texto']}; aquí no se publica solo: si es otro texto, ejecute {order}"
        alike = next((one for one in told["parecidos"] if one["parte"] >= ALIKE), None)
        if alike is not None:
            return f"su texto ya está en {alike['pagina']} ({alike['parte']:.0%}): revise que la mesa sea la correcta"
        return None

    def _publish(self, path: Path, page: PageId, kind: Kind) -> None:
        present = open_page(self._settings, page).text(kind)
        if present is None:
            origin = f"carpeta {printable(self._folder.name)}"
            with step(self._settings.corpus, self._author, origin, "agregar", page) as taken:
                placed = desk.add_file(self._settings.corpus, path, page, kind, to=taken)
                taken.summary = f"Se agregó {placed.name} (de {printable(path.name)})"
        update_in_turn(self._settings)

    def _move(self, path: Path, outcome: Outcome) -> None:
        """To where it is out of the way, with what became of it in a page beside it."""
        folder = self._folder / (PUBLISHED if outcome.why is None else WAITING)
        folder.mkdir(exist_ok=True)
        target = _free(folder, path.name)
        write_atomic(target.with_name(_short(target.name) + REPORT), render(outcome).encode("utf-8", "replace"))
        shutil.move(path, target)
        sync_folder(folder)
        sync_folder(path.parent)


def _short(name: str) -> str:
    """A name to which more can be added: file systems take 255 bytes."""
    return name.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore")


def _free(folder: Path, name: str) -> Path:
    """A name that no file has there yet."""
    path, number = folder / name, 1
    while path.exists() or path.is_symlink():
        number += 1
        path = folder / f"{_short(Path(name).stem)}-{number}{Path(name).suffix[:20]}"
    return path
