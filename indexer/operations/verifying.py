"""Checks every byte that Consta keeps, and puts right what can be had from elsewhere.

A text that is not as it was published, though nobody changed its file since (the time of its last change is the same),
was damaged on its disk: the history may hold it still. An object of the history may be a text of the corpus still. The
index, and a lost ``anclas.tsv``, are made anew.
"""

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from indexer import history
from indexer.config import Settings
from indexer.corpus.anchors import Anchors
from indexer.corpus.folders import ANCHORS, CorpusTree
from indexer.durable import bytes_of, sha256, sha256_of, write_atomic
from indexer.engines import engine
from indexer.errors import CorpusError, IndexDamaged, IndexMissing, Problem, Severity
from indexer.format_version import Form, decode
from indexer.generations import Generations, manifest
from indexer.history.journal import HISTORY, OBJECTS, WITHDRAWN, Journal
from indexer.index import catalogue as catalogues
from indexer.index.catalogue import Catalogue
from indexer.model import received
from indexer.operations.accounts import FILE as ACCOUNTS_FILE
from indexer.operations.accounts import FOLDER as ACCOUNTS
from indexer.operations.accounts import Accounts
from indexer.operations.leftover_copies import AT_WORK
from indexer.operations.reader_reports import FOLDER as REPORTS
from indexer.operations.reader_reports import VERSION as REPORT_VERSION
from indexer.operations.reader_reports import Report
from indexer.pipeline import Progress, published_files, update_in_turn
from indexer.pipeline.anchor_files import has_rows
from indexer.program import STAFF

_OBJECT = re.compile("[0-9a-f]{64}")
_PUBLISH = f"publíquelo con: {STAFF} actualizar"
_FROM_BACKUP = "recupérelo de un respaldo"


class _Received(msgspec.Struct):
    """What is read of a job of the desk."""

    state: str
    file: str = ""
    clock: str = ""
    sums: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what was wrong.

    Attributes:
        problems: Errors are as they were; what was put right is a warning.
        counts: How many files, steps, objects, accounts, jobs and reports were looked at.
        edition: Of the index; None where there is none.
    """

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    edition: str | None

    @property
    def failed(self) -> bool:
        """Whether something is wrong still."""
        return any(problem.severity == "error" for problem in self.problems)


def verify(settings: Settings, *, repair: bool = True, progress: Progress | None = None) -> Verification:
    """Check everything.

    Args:
        repair: Put right what can be; without it nothing is written.
        progress: Told of every page while the index is built.

    Raises:
        CorpusError: There is no corpus.
        ConstaError: A newer version of Consta wrote the index, or the system refuses to read it.
    """
    check = _Check(settings, repair=False)
    check.everything()
    if not (repair and (check.failed or check.to_build)):
        return check.verification(f"constrúyalo de nuevo con: {STAFF} verificar")
    with contextlib.suppress(CorpusError):  # a damaged history is told below
        history.recover(settings.corpus)
    check = _Check(settings, repair=True)
    with history.corpus_lock(settings.corpus):  # what a step did meanwhile was no damage
        check.everything()
    if not check.to_build or check.failed:
        return check.verification("se construye de nuevo en cuanto se resuelva lo demás: repita entonces la orden")
    report = update_in_turn(settings, progress=progress)
    check.problems += (problem for problem in report.problems if problem.severity == "error")
    check.edition = report.catalogue.edition if report.catalogue else None
    return check.verification("se construyó de nuevo; no hace falta hacer nada más", "aviso")


class _Check:
    """One look at everything; ``to_build`` holds path and fault of what only an update makes again."""

    def __init__(self, settings: Settings, *, repair: bool) -> None:
        self._root, self._index, self._repair = settings.corpus, settings.index, repair
        self._journal = Journal(settings.corpus)
        self._tree = CorpusTree(settings.corpus)
        self._files = self._tree.states()
        self._counts = {"archivos": len(self._files)}
        self.problems: list[Problem] = list(self._tree.problems)
        self.to_build: list[tuple[str, str]] = []
        self.edition: str | None = None

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def everything(self) -> None:
        self._check_index()
        self._check_history()
        self._check_accounts()
        self._check_received()

    def verification(self, cure: str, severity: Severity = "error") -> Verification:
        """The outcome; ``cure`` and ``severity`` are of what was to be built."""
        built = (Problem(path, fault, cure, severity) for path, fault in self.to_build)
        return Verification(tuple(sorted([*self.problems, *built])), self._counts, self.edition)

    def _error(self, path: str, fault: str, cure: str) -> None:
        self.problems.append(Problem(path, fault, cure))

    def _notice(self, path: str, fault: str, cure: str) -> None:
        self.problems.append(Problem(path, fault, cure, "aviso"))

    def _mended(self, path: str, fault: str, cure: str) -> bool:
        """Note what can be put right; true where the caller is to do it now."""
        if self._repair:
            self._notice(path, fault, cure)
        else:
            self._error(path, fault, f"repóngalo con: {STAFF} verificar")
        return self._repair

    # ---- the index, and the texts that it was made of

    def _check_index(self) -> None:
        try:
            with Generations(self._index).lease() as lease:
                engine().open(lease.folder).close()
                catalogue = catalogues.load(lease.folder, anchors=True)
                published = published_files.load(lease.folder)
        except IndexMissing:
            self.to_build.append((str(self._index), "todavía no hay un índice publicado"))
            return
        except IndexDamaged as error:
            self.to_build.append((str(self._index), f"está dañado ({error})"))
            self._check_texts(self._list_of_damaged())
            return
        self.edition = catalogue.edition
        self._check_texts(published)
        self._check_anchors(catalogue)

    def _list_of_damaged(self) -> dict[str, tuple[str, int]]:
        """The list of files of a damaged index, where that itself is whole: a damaged text must not be published."""
        with contextlib.suppress(IndexDamaged, OSError):
            folder = Generations(self._index).current()
            name = published_files.FILE_NAME
            if folder and manifest.load(folder).archivos.get(name) == sha256_of(folder / name):
                return published_files.load(folder)
        return {}

    def _check_texts(self, published: Mapping[str, tuple[str, int]]) -> None:
        now = {published_files.encodable(name): state for name, state in self._files.items()}
        for name in sorted(published.keys() - now.keys()):
            self._notice(
                name, "ya no está, y sigue publicado", f"si se quitó a propósito, {_PUBLISH}; si no, {_FROM_BACKUP}"
            )
        for name, (digest, changed_ns) in sorted(now.items()):
            digest_then, changed_ns_then = published.get(name, ("", 0))
            if digest == digest_then or not published:
                continue
            if changed_ns != changed_ns_then:
                self._notice(name, "cambió desde la última edición publicada", _PUBLISH)
            elif (data := self._journal.intact(digest_then)) is None:
                self._error(name, "se dañó en el disco: no dice lo que se publicó y nadie lo cambió", _FROM_BACKUP)
            elif self._mended(name, "se había dañado en el disco", "se repuso con lo que guarda el historial"):
                path = self._root / name
                write_atomic(path, data)

    def _check_anchors(self, catalogue: Catalogue) -> None:
        changed = {problem.path for problem in self.problems}
        for page, record in catalogue.pages.items():
            path = f"{page}/{ANCHORS}"
            data = bytes_of(self._root / path)
            if data is None and has_rows(record.anchors) and (self._root / page).is_dir():
                self.to_build.append((path, "falta"))
            elif data is not None and (text := data.decode("utf-8", "replace")) != record.anchors:
                if Anchors.parse(text, path)[1]:
                    self.to_build.append((path, "está dañado"))
                elif sha256(data) != record.anchors_seen and not any(one.startswith(f"{page}/") for one in changed):
                    cure = f"si nadie lo cambió, bórrelo y ejecute {STAFF} actualizar, que lo escribe como estaba"
                    self._notice(path, "no dice los números que se publicaron", cure)

    # ---- the history

    def _check_history(self) -> None:
        try:
            done, pending = self._journal.read()
        except CorpusError as error:
            self._error(HISTORY, "el historial está dañado", str(error))
            return
        records = (*done, *((pending,) if pending else ()))
        self._counts["pasos"] = len(records)
        texts = {digest: name for name, (digest, _) in self._files.items()}
        there = set()
        for folder in (self._journal.folder / OBJECTS, self._root / WITHDRAWN):
            for path in sorted(folder.glob("*")):
                if _OBJECT.fullmatch(path.name):
                    there.add(path.name)
                    self._check_object(path, texts.get(path.name))
        self._counts["objetos"] = len(there)
        named = {name for one in records for _, name in one.objects()}
        for name in sorted(named - there - {name for one in records for name in one.purged}):
            self._check_object(self._journal.folder / OBJECTS / name, texts.get(name))

    def _check_object(self, path: Path, text: str | None) -> None:
        try:
            if sha256_of(path) == path.name:
                return
            fault = "se dañó en el disco"
        except OSError:
            fault = "falta o no se puede leer"
        place = self._name(path)
        if text is None:
            self._error(place, f"{fault}, y lo que un paso cambió no se puede deshacer", _FROM_BACKUP)
        elif self._mended(place, fault, f"se repuso con {text}, que dice lo mismo"):
            self._journal.keep((self._root / text).read_bytes())

    # ---- accounts, jobs, reports

    def _check_accounts(self) -> None:
        try:
            self._counts["cuentas"] = len(Accounts(self._root).told())
        except CorpusError as error:
            self._error(f"{ACCOUNTS}/{ACCOUNTS_FILE}", "no se pueden leer las cuentas", str(error))

    def _check_received(self) -> None:
        jobs = self._read((self._root / received.FOLDER).glob(f"[0-9]*/{received.RECORD}"), _Received, received.VERSION)
        for path, job in jobs:
            for name in job.sums or filter(None, (job.file, job.clock)):
                data = bytes_of(path.parent / name)
                damaged = data is None or sha256(data) != job.sums.get(name, sha256(data))
                if damaged and job.state in AT_WORK:
                    place = self._name(path.parent / name)
                    self._error(place, "falta o se dañó, y espera publicarse", "envíelo de nuevo")
        self._counts["encargos"] = len(jobs)
        self._counts["reportes"] = len(self._read((self._root / REPORTS).glob("*.json"), Report, REPORT_VERSION))

    def _read(self, paths: Iterable[Path], form: type[Form], version: int) -> list[tuple[Path, Form]]:
        found = []
        for path in sorted(paths):
            try:
                found.append((path, decode(path.read_bytes(), form, version, self._name(path))))
            except FileNotFoundError:
                continue
            except (OSError, ValueError):
                self._error(self._name(path), "está dañado o no se puede leer", f"{_FROM_BACKUP}, o bórrelo")
        return found

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()
