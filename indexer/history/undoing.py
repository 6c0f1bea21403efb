"""Undoes a step: restores every file byte for byte. Of a table or a TOML file that changed since, only what the step
did is taken back; where that cannot be told, it is refused."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from indexer.corpus.folders import ANCHORS
from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.corpus.toml_syntax import parse_toml
from indexer.durable import bytes_of, sha256, sha256_of
from indexer.errors import CorpusError, ReadError
from indexer.history.changes import Step
from indexer.history.fragment_numbers import restore_numbers
from indexer.history.journal import FileChange, Journal, StepRecord, is_over, undone_by
from indexer.history.merging import fault_after, is_mergeable, without
from indexer.language.spanish import fold
from indexer.readers.decode import text_of


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step of the history and whether it can be undone.

    Attributes:
        record: What it did.
        undone_by: The step that undid it and was not undone itself; None when there is none.
        hindrance: Why it cannot be undone; None when it can.
    """

    record: StepRecord
    undone_by: int | None
    hindrance: str | None

    @property
    def kept_until(self) -> str | None:
        """The day, as in ISO 8601, until which a copy of what it withdrew is kept; None where there is none."""
        return None if self.undone_by or is_over(self.record) else self.record.kept_until


class Undoing:
    """Tells which steps can be undone in the present corpus, and undoes them."""

    def __init__(self, root: Path, read: Callable[[Path], bytes | None] | None = None) -> None:
        self._root = root
        self._journal = Journal(root)
        self._steps = self._journal.read()[0]
        self._read = read or bytes_of
        self._whole = read is not None
        self._now: dict[str, str | None] = {}

    @cached_property
    def _undone_by(self) -> dict[int, int]:
        return undone_by(self._steps)

    def past(
        self,
        pages: Collection[str] = (),
        *,
        number: int | None = None,
        origin: str | None = None,
        skip: int = 0,
        most: int | None = None,
    ) -> list[PastStep]:
        """The steps, the newest first. Only those are judged, and only their files are read.

        Args:
            pages: Of these pages, or of events with their mesas; without any, all steps.
            number: That step alone.
            origin: Those whose origin begins like this.
            skip, most: How many of the newest are left out, and how many are told after them.
        """
        found = (
            record
            for record in reversed(self._steps)
            if (not pages or any(map(record.is_about, pages)))
            and number in (None, record.number)
            and (origin is None or record.origin.startswith(origin))
        )
        told = islice(found, skip, None if most is None else skip + most)
        return [PastStep(record, self._undone_by.get(record.number), self._hindrance(record)) for record in told]

    def kept(self) -> list[PastStep]:
        """The withdrawals of which a copy is kept, the oldest first."""
        found = (PastStep(one, self._undone_by.get(one.number), None) for one in self._steps if one.kept)
        return [one for one in found if one.kept_until]

    def take_back(self, taken: Step, number: int) -> StepRecord:
        """Let a step restore everything as it was before another one; refused where that cannot be, with the reason."""
        record = next((one for one in self._steps if one.number == number), None)
        if record is None:
            raise CorpusError(f"No hay un paso {number} en el historial: vea los que hay con historial")
        hindrance = self._hindrance(record)
        if hindrance is not None:
            raise CorpusError(f"El paso {number} no se puede deshacer: {hindrance}")
        for change in _texts(record):
            taken.write(self._root / change.path, self._before(change))
        for page, name in record.anchors.items():
            old = None if name is None else self._journal.find(name)
            if name is None or old is not None:  # else a withdrawal took them; those that are there hold
                restore_numbers(taken, page, old)
        if (again := self._holding_again(record)) is not None:
            taken.forget(set(again.purged), set(again.kept))
        taken.undoes, taken.moved = number, {new: old for old, new in record.moved.items()}
        what = f"{number}: {record.summary or record.action}"
        if record.undoes is not None:  # what it had undone is applied again; its own summary would repeat all before it
            what = f"{number}, que deshacía el paso {record.undoes}"
        taken.summary = f"Se deshizo el paso {what}"
        return record

    def _holding_again(self, record: StepRecord) -> StepRecord | None:
        """The withdrawal that holds again once a step is undone: all that came back with the step has to go."""
        undone = next((one for one in self._steps if one.number == record.undoes), None)
        return undone if undone is not None and undone.purged else None

    def _hindrance(self, record: StepRecord) -> str | None:
        try:
            return self._conflict(record)
        except CorpusError as error:
            return str(error)  # what is needed to tell is damaged

    def _conflict(self, record: StepRecord) -> str | None:
        undoer = self._undone_by.get(record.number)
        if undoer is not None:
            return f"ya lo deshizo el paso {undoer}; para volver a aplicarlo, deshaga ese"
        again = self._holding_again(record)
        for change in _texts(record):
            now = self._held(change.path)
            elsewhere = again is not None and now is None and change.after is not None
            if now == change.before and not elsewhere:
                continue
            if now == change.after:
                if change.before is not None and not self._journal.has(change.before):
                    return f"lo que había en {change.path} {self._gone(change.before)}; agregue el texto de nuevo"
                continue
            if self._merged(change) is not None:
                continue
            later = self._in_the_way(record, change, now)
            if later is not None:
                what = f" («{later.summary}»)" if later.summary else ""
                return f"el paso {later.number}{what} cambió después {change.path}; deshaga antes ese"
            return f"alguien cambió a mano {change.path} desde entonces; corríjalo con un editor de texto"
        fault, left = fault_after(self._root, record, self._part_of_day) or ("", "")
        brought = next((one.number for one in reversed(self._steps) for last in one.files if last.path == left), None)
        before = f"deshaga antes el paso {brought}, que lo agregó" if brought else "quítelo antes"
        return f"{fault}; {before}" if fault else None

    def _gone(self, name: str) -> str:
        by = next((one for one in reversed(self._steps) if name in one.purged), None)
        kept = by is not None and name in by.kept and by.kept_until
        return f"se retiró, y su copia se borró el {kept}" if kept else "se retiró y no se conservó"

    def _in_the_way(self, record: StepRecord, change: FileChange, now: str | None) -> StepRecord | None:
        """The later step to undo first, since it changed the same of a file; None where it was a hand."""
        later = [(one, last) for one in self._steps for last in one.files if last.path == change.path]
        later = [(one, last) for one, last in later if one.number > record.number]
        if not later or later[-1][1].after != now:
            return None
        apart = [last.after == change.after or self._apart(change, last.after) for _, last in later]
        at = next(at for at in reversed(range(len(later))) if at == 0 or apart[at - 1])
        own, its = later[at]
        return own if its.after == now or self._merged(its) is not None else self._in_the_way(own, its, now)

    def _apart(self, change: FileChange, held: str | None) -> bool:
        """Whether a step could still be taken back when a file held this."""
        data = None if held is None else self._journal.intact(held)
        return is_mergeable(change.path) and self._without(change, data) is not None

    def _before(self, change: FileChange) -> bytes | None:
        now = self._held(change.path)
        if now == change.before:
            return self._read(self._root / change.path)
        if now == change.after:
            return None if change.before is None else self._journal.find(change.before)
        return self._merged(change) or None

    def _merged(self, change: FileChange) -> bytes | None:
        """A list without what this step did to it; empty where nothing is left; None where that cannot be told."""
        if not is_mergeable(change.path):
            return None
        return self._without(change, self._read(self._root / change.path))

    def _without(self, change: FileChange, data: bytes | None) -> bytes | None:
        if None in (change.before, change.after) and fold(change.path.rpartition("/")[2]) in (EVENT_FILE, SESSION_FILE):
            return None  # the page itself came or went: of a part of its data it cannot be made
        before, after = (None if name is None else self._journal.find(name) for name in (change.before, change.after))
        if (before is None) is not (change.before is None) or (after is None) is not (change.after is None):
            return None  # withdrawn
        return without(change.path, data, before, after)

    def _part_of_day(self, folder: str, record: StepRecord | None) -> bool:
        """Whether a mesa has its text from the file of a day; with a step, once that is undone."""
        name = f"{folder}/{SESSION_FILE}"
        change = next((one for one in (record.files if record else ()) if one.path == name), None)
        data = self._before(change) if change else self._read(self._root / name)
        with suppress(ReadError):
            return bool(parse_toml(text_of(data)).get("jornada"))
        return False

    def _held(self, path: str) -> str | None:
        """The hash of a file as it is now, told once; no file is held whole for it."""
        if path not in self._now:
            if self._whole:
                data = self._read(self._root / path)
                self._now[path] = None if data is None else sha256(data)
            else:
                self._now[path] = _hash(self._root / path)
        return self._now[path]


def objects_of(root: Path, concerned: Callable[[str], bool]) -> set[str]:
    """The names of all objects, present or purged, of the files whose path is ``concerned``: that of now."""
    steps = _newest_first(root)
    return {name for record, now in steps for path, name in record.objects() if concerned(now.get(path, path))}


def pages_led_to(root: Path, page: str) -> set[str]:
    """The addresses that a page, and those below it, have and had."""
    below = f"{page}/"
    names = {path for record, now in _newest_first(root) for path, at in now.items() if at.startswith(below)}
    names |= {path.relative_to(root).as_posix() for path in (root / page).rglob("*.toml")}
    return {page} | {name.rpartition("/")[0] for name in names}


def _newest_first(root: Path) -> Iterator[tuple[StepRecord, dict[str, str]]]:
    """The steps from the last one back, each with what the paths until then that changed are now."""
    done, pending = Journal(root).read()
    now: dict[str, str] = {}
    for record in reversed((*done, *((pending,) if pending else ()))):
        now |= {old: now.get(new, new) for old, new in record.moved.items()}
        yield record, now


def _texts(record: StepRecord) -> Iterable[FileChange]:
    """The files of a step but the numbers, which the indexer goes on writing."""
    return (change for change in record.files if not change.path.endswith(f"/{ANCHORS}"))


def _hash(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
