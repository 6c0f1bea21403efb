"""Watches a folder: reads each file dropped into it, writes a report beside it, and publishes it or keeps it waiting.

A copy over a slow network pauses. A file therefore counts as complete when it has not changed for a while and no
program has it open for writing. If it still grows after it was published, the step is undone and the file is processed
again. A fault of one file never stops the watch of the others.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.adding import add_file
from indexer.corpus.folders import printable
from indexer.corpus.withdrawals_file import FILE_NAME as WITHDRAWALS_FILE
from indexer.corpus.withdrawals_file import Withdrawn, known_withdrawals
from indexer.durable import sweep, sync_folder, temporary_below
from indexer.errors import ConstaError, CorpusError, UpdateInProgress, reason
from indexer.file_lock import locked
from indexer.history import Undoing, step
from indexer.history.journal import Journal, sha256
from indexer.history.lock import CorpusBusy
from indexer.model import Kind, PageId
from indexer.operations.inspection import examine
from indexer.operations.open_pages import open_page
from indexer.operations.watch_report import Outcome, render_report
from indexer.operations.watched_files import (
    DroppedFile,
    being_written,
    destination,
    dropped_files,
    free_name,
    move_with_report,
    report_beside,
)
from indexer.pipeline import update_in_turn
from indexer.program import STAFF

PUBLISHED = "_publicados"
WAITING = "_en-espera"
STILL_S = 10.0
"""Seconds without a change after which a file is taken for whole."""
ALIKE = 0.9
"""The share of a text that another page holds from which a person is to look at it first."""


@dataclass(frozen=True, slots=True)
class _Published:
    """A file that was published and put away.

    Attributes:
        file: As it was then, where it is now.
        came_from: Where it had been dropped.
        step: That added it.
        page: Where it was added.
    """

    file: DroppedFile
    came_from: Path
    step: int
    page: str


class Watch:
    """Watches one folder.

    Args:
        settings: Where the corpus is.
        folder: The folder.
        author: Who takes the steps.
        still_s: Seconds without a change after which a file is taken; two looks at least.
        now: A clock that never goes back.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        author: str,
        still_s: float = STILL_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._folder = folder.absolute()
        self._author = author
        self._origin = f"carpeta {printable(folder.absolute().name)}"
        self._still_s = still_s
        self._now = now
        self._since: dict[DroppedFile, float] = {}
        self._published: dict[Path, _Published] = {}
        self._stuck: dict[DroppedFile, Outcome] = {}
        self._unforgotten: set[Path] = set()
        self._withdrawn: bytes | None = None
        self._check()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the folder, so that no other command watches it.

        Raises:
            CorpusError: Another one does already, or it cannot be opened.
        """
        try:
            handle = locked(self._folder)
        except OSError as error:
            raise CorpusError(f"No se puede abrir {printable(str(self._folder))} ({reason(error)})") from error
        if handle is None:
            raise CorpusError(f"Otra orden vigila ya {printable(str(self._folder))}: espere a que termine")
        try:
            for ours in (PUBLISHED, WAITING):
                sweep(temporary_below(self._folder / ours))
            yield
        finally:
            os.close(handle)

    def look(self) -> list[Outcome]:
        """Process every file that has been unchanged for long enough; returns the outcome of each."""
        outcomes = [*self._forget_withdrawn(), *self._look_back()]
        seen, files = self._now(), sorted(dropped_files(self._folder), key=lambda one: one.path)
        self._stuck = {one: outcome for one, outcome in self._stuck.items() if one in files}
        since = self._since
        self._since = {one: since.get(one, seen) for one in files if one not in self._stuck}
        for one, outcome in list(self._stuck.items()):
            self._put_away(one, outcome)
        for one, first in list(self._since.items()):
            if one not in since or seen - first < self._still_s or being_written(one.path):
                continue
            taken = self._take(one)
            if taken is not None:
                self._since.pop(one)
                outcomes.append(taken)
        return outcomes

    def grows(self) -> bool:
        """Whether the folder holds a file that still changes."""
        return bool(self._since)

    def unfinished(self) -> list[Outcome]:
        """The outcomes of files that a watch leaves in the folder when it ends now."""
        why = "todavía se está escribiendo: se queda en la carpeta, para la próxima vez"
        return [Outcome(printable(one.path.name), None, why, None) for one in self._since]

    def _forget_withdrawn(self) -> Iterator[Outcome]:
        """Take away published files that were withdrawn since, and the pages beside them: they quote them."""
        root = self._settings.corpus
        path, folder = root / WITHDRAWALS_FILE, self._folder / PUBLISHED
        try:
            data = path.read_bytes() if path.is_file() else b""
            if data == self._withdrawn or not folder.is_dir():
                return
            journal = Journal(root)  # what staff chose to keep stays here as well
            known = known_withdrawals(root)
            forbidden = {one.sha256 for one in known if one.sha256 and Withdrawn(known).bytes(one.sha256)}
            gone = {one for one in forbidden if not journal.has(one)}
            files = sorted(folder.iterdir()) if gone else []
        except (OSError, ConstaError):
            return  # the next look tries again
        every = True
        for file in files:
            try:
                if file.is_file() and not file.is_symlink() and sha256(file.read_bytes()) in gone:
                    report_beside(file).unlink(missing_ok=True)
                    file.unlink()
            except OSError as error:
                every = False
                if file not in self._unforgotten:
                    self._unforgotten.add(file)
                    why = f"quizá se retiró, y no se puede leer o borrar en {PUBLISHED} ({reason(error)}): bórrelo"
                    yield Outcome(printable(file.name), None, why, None)
        if every:
            sync_folder(folder)
            self._withdrawn = data

    def _look_back(self) -> Iterator[Outcome]:
        """Take back what went on growing after it was published, and have it taken once more."""
        for path, one in list(self._published.items()):
            if one.file.is_at(path):
                continue
            del self._published[path]
            if (now := DroppedFile.at(path)) is None:
                continue  # somebody put it elsewhere
            name = printable(one.came_from.name)
            late = "siguió llegando después de publicarse"
            try:
                self._take_back(one.step)
                report_beside(path).unlink(missing_ok=True)
                path.rename(free_name(one.came_from.parent, one.came_from.name))
                why = f"{late}: se quitó lo publicado, y se toma otra vez cuando esté completo"
            except (CorpusBusy, UpdateInProgress):
                self._published[path] = one  # the next look tries again
                continue
            except (OSError, ConstaError) as error:
                self._published[path] = replace(one, file=now)  # told once for each time that it grows
                told = reason(error) if isinstance(error, OSError) else str(error)
                why = f"{late}: revise {one.page}, donde puede faltar una parte, y reemplácelo ({told})"
            yield Outcome(name, one.page, why, None)

    def _take_back(self, number: int) -> None:
        undoing = Undoing(self._settings.corpus)
        with step(self._settings.corpus, self._author, self._origin, "deshacer", None) as taken:
            taken.page = undoing.take_back(taken, number).page
        update_in_turn(self._settings)

    def _check(self) -> None:
        folder = self._folder.resolve()
        for place, what in ((self._settings.corpus, "el acervo"), (self._settings.index, "el índice")):
            inside = place.resolve()
            if folder.is_relative_to(inside) or inside.is_relative_to(folder):
                raise CorpusError(f"La carpeta que se vigila y {what} no pueden estar una dentro de la otra: use otra")
        if not self._folder.is_dir():
            raise CorpusError(f"No hay una carpeta en {printable(str(self._folder))}: créela, o revise la ruta")

    def _take(self, one: DroppedFile) -> Outcome | None:
        """Publish a file or keep it waiting; None where it is to be tried again."""
        path = one.path
        told: dict[str, Any] | None = None
        page: PageId | None = None
        number: int | None = None
        try:
            page, kind = destination(path, self._folder)
            told = examine(self._settings, path, kind, page, None)
            why = self._hindrance(path, page, kind, told)
            if why is None:
                number = self._publish(path, page, kind)
            if not one.is_at(path):  # it grew while it was read
                if number is not None:
                    self._take_back(number)
                return None
        except (CorpusBusy, UpdateInProgress):
            return None  # the next look tries again
        except ConstaError as error:
            why = str(error)
        except OSError as error:
            why = f"no se puede leer ({reason(error)}): revise sus permisos"
        except Exception as error:  # the others are watched all the same
            why = f"el programa falló al leerlo ({type(error).__name__}): avise a quien lo cuida"
        outcome = Outcome(printable(path.name), str(page) if page else None, why, told)
        fault = self._put_away(one, outcome, number)
        return outcome if fault is None else replace(outcome, why=f"{why}; {fault}" if why else f"se publicó; {fault}")

    def _hindrance(self, path: Path, page: PageId, kind: Kind, told: dict[str, Any]) -> str | None:
        """Why a person has to look at it first; None where it can be published."""
        errors = [problem["texto"] for problem in told["problemas"] if problem["gravedad"] == "error"]
        if errors:
            return "; ".join(errors)
        opened = open_page(self._settings, page)
        present = opened.text(kind)
        if present is not None and present.sha256 == sha256(path.read_bytes()):
            return None  # a crash came between publishing and moving it
        if present is not None or kind in opened.work.files.failed:
            order = f"{STAFF} agregar {printable(path.name)} --mesa {page} --reemplazar"
            return f"{page} ya tiene ese texto, y aquí no se reemplaza nada: si debe cambiarse, ejecute {order}"
        if told["retirado"] is not None:
            order = f"{STAFF} agregar {printable(path.name)} --mesa {page}"
            return f"{told['retirado']['texto']}; aquí no se publica solo: si es otro texto, ejecute {order}"
        alike = next((one for one in told["parecidos"] if one["parte"] >= ALIKE), None)
        if alike is not None:
            return f"su texto ya está en {alike['pagina']} ({alike['parte']:.0%}): revise que la mesa sea la correcta"
        return None

    def _publish(self, path: Path, page: PageId, kind: Kind) -> int | None:
        """The step that added it; None where it was there already."""
        number = None
        present = open_page(self._settings, page).text(kind)
        if present is None:
            with step(self._settings.corpus, self._author, self._origin, "agregar", page) as taken:
                placed = add_file(self._settings.corpus, path, page, kind, to=taken)
                taken.summary = f"Se agregó {placed.name} (de {printable(path.name)})"
            number = taken.number
        update_in_turn(self._settings)
        return number

    def _put_away(self, one: DroppedFile, outcome: Outcome, number: int | None = None) -> str | None:
        """To where it is out of the way, with what became of it in a page beside it; or why that cannot be.

        What cannot be moved is tried again at each look, without a word, until it changes.
        """
        folder = self._folder / (PUBLISHED if outcome.why is None else WAITING)
        try:
            target = move_with_report(one.path, folder, render_report(outcome))
        except OSError as error:
            self._stuck[one] = outcome
            return f"no se puede mover a {folder.name} ({reason(error)}): revise los permisos de las carpetas"
        self._stuck.pop(one, None)
        if number is not None:
            self._published[target] = _Published(replace(one, path=target), one.path, number, str(outcome.page))
        return None
