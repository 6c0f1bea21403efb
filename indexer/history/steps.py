"""Takes a step: records the changes with the bytes before and after, applies them, and records that they are done.

A crash before the first line leaves the corpus as it was. A crash after it leaves a step that ``recover``, which runs
at the head of every step, brings to its end: there is no state in between for anybody to see for long.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from indexer.corpus.folders import ANCHORS
from indexer.durable import sha256
from indexer.errors import CorpusError, cure, reason
from indexer.history.changes import Step, drop_folder, prune, put
from indexer.history.fragment_numbers import carry_numbers
from indexer.history.journal import CANCELLED, DONE, Journal, StepRecord
from indexer.history.lock import corpus_lock


@contextlib.contextmanager
def step(
    root: Path,
    author: str,
    origin: str,
    action: str,
    page: object | None = None,
    summary: str = "",
    publisher: str = "",
) -> Iterator[Step]:
    """Change files of the corpus as one step of its history.

    What the block asks of the step is done when the block ends, all of it or nothing; an exception in the block leaves
    everything as it was. Waits for its turn.

    Args:
        origin: From where (``terminal``, ``web 10.0.0.7``).
        page: The page that it is about; None for files of the root.
        summary: A line for a person; may be set on the step as well.
        publisher: Who let it pass, where that is not the author.

    Raises:
        CorpusBusy: It was not this step's turn in time.
        CorpusError: The disk refused; the corpus is as it was.
    """
    if not root.is_dir():
        raise CorpusError(f"El acervo {root} no existe. Indique la carpeta del acervo con --corpus")
    with corpus_lock(root):
        journal = Journal(root)
        _finished_first(journal)
        _let_go(journal)
        taken = Step(root, None if page is None else str(page), summary)
        yield taken
        carry_numbers(taken)
        _commit(journal, taken, author, origin, action, publisher)


def recover(root: Path) -> int | None:
    """Finish a step that a crash interrupted; returns its number, None when there is none. Makes no history."""
    if Journal(root).read()[1] is None:
        return None
    with corpus_lock(root):
        return _finished_first(Journal(root))


def let_go(root: Path) -> None:
    """Remove the copies of withdrawn texts whose day has come; where another command writes just now, that one does."""
    if Journal(root).due():
        with contextlib.suppress(CorpusError), corpus_lock(root, wait_s=0.0):
            _let_go(Journal(root))


def _let_go(journal: Journal) -> None:
    if due := journal.due():
        with contextlib.suppress(OSError):  # the next command tries again
            journal.purge(due, ())


def _commit(journal: Journal, taken: Step, author: str, origin: str, action: str, publisher: str) -> None:
    changes = taken.changes()
    if not changes and not taken.purged and not taken.cleared and taken.undoes is None:
        return
    gone = set(taken.purged) - set(taken.kept)
    try:
        for change in changes:
            for data in (taken.before(change.path), taken.staged[change.path]):
                if data is not None and sha256(data) not in gone:
                    journal.keep(data)
        anchors = {}
        for page in sorted({change.path.rpartition("/")[0] for change in changes} - {""}):
            data = taken.before(f"{page}/{ANCHORS}")
            anchors[page] = None if data is None or gone else journal.keep(data)
        record = StepRecord(
            number=journal.next_number(),
            date=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            author=author,
            origin=origin,
            action=action,
            page=taken.page,
            summary=taken.summary,
            files=tuple(changes),
            anchors=anchors,
            undoes=taken.undoes,
            purged=taken.purged,
            kept=taken.kept,
            kept_until=taken.kept_until,
            cleared=taken.cleared,
            folders=tuple(folder.relative_to(taken.root).as_posix() for folder in taken.folders),
            publisher=publisher,
            moved=taken.moved,
        )
        journal.begin(record)
    except OSError as error:
        raise _refused(error) from error
    try:
        for change in changes:
            put(taken.root, change.path, taken.staged[change.path])
        for folder in taken.folders:
            drop_folder(taken.root, folder)
        journal.purge(record.purged, record.kept)
        journal.clear(record.cleared)
        journal.end(record.number, DONE)
    except OSError as error:
        with contextlib.suppress(OSError):  # else the next step brings it to its end
            for change in changes:
                put(taken.root, change.path, taken.before(change.path))
            journal.end(record.number, CANCELLED)
            raise _refused(error) from error
        fault = f"El disco no dejó terminar ({reason(error)}): el paso quedó a medias y la próxima orden lo termina"
        raise CorpusError(fault) from error
    taken.number = record.number


def _finished_first(journal: Journal) -> int | None:
    """Bring a step that was broken off to its end. A file that somebody changed by hand since then stays as it is."""
    try:
        pending = journal.read()[1]
        if pending is None:
            return None
        for change in pending.files:
            path = journal.root / change.path
            now = sha256(path.read_bytes()) if path.is_file() else None
            if now is None and change.after is None:
                prune(journal.root, path.parent)  # the crash came between the file and the folder that it left empty
            if now == change.after or now != change.before:
                continue
            data = None if change.after is None else journal.find(change.after)
            if change.after is None or data is not None:
                put(journal.root, change.path, data)
        for name in pending.folders:
            folder = journal.root / name
            if not any(path.is_file() and not path.is_symlink() for path in folder.rglob("*")):
                drop_folder(journal.root, folder)
        journal.purge(pending.purged, pending.kept)
        journal.clear(pending.cleared)
        journal.end(pending.number, DONE)
        return pending.number
    except OSError as error:
        raise CorpusError(
            f"Un paso del historial quedó a medias y el disco no deja terminarlo ({reason(error)}): {cure(error)}, "
            "y repita la orden"
        ) from error


def _refused(error: OSError) -> CorpusError:
    return CorpusError(
        f"No se pudo escribir en el acervo ({reason(error)}); nada cambió: {cure(error)}, y repita la orden"
    )
