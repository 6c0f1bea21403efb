"""What a withdrawal leaves nowhere: every version of the text in the history, and what was sent to the desk with it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec

from indexer import history
from indexer.config import Settings
from indexer.corpus.corrections import Corrections, parse_corrections
from indexer.corpus.place import refuse, writing
from indexer.corpus.texts import CORRECTIONS, SPEAKERS
from indexer.corpus.toml_text import one_line
from indexer.corpus.withdrawals import record
from indexer.desk.masking import mask
from indexer.desk.open_pages import open_page
from indexer.desk.reports import forget_reports
from indexer.history.journal import sha256
from indexer.language.spanish import fold
from indexer.model import Kind, PageId, Withdrawal
from indexer.readers.decode import decode

_RECEIVED = "_recibidos"
"""What the desk in the browser keeps of what was sent to it, a folder each."""
_AT_WORK = (b'"en_curso"', b'"espera"')


def withdraw_fragment(
    taken: history.Step, settings: Settings, page: PageId, number: int, reason: str, *, keep: bool
) -> Withdrawal:
    """Take one fragment out of its text, and write down that it was withdrawn.

    Raises:
        CorpusError: There is no such fragment, or it cannot be taken out without touching others.
    """
    why = one_line(reason)
    if not why:
        raise refuse("Falta el motivo", 'escriba --motivo "Por qué se retira"; se mostrará en su dirección')
    opened = open_page(settings, page)
    masked = mask(opened, number)
    file = opened.text(masked.kind)
    assert file is not None
    entry = Withdrawal(f"{file.relative}#p{number}", file.sha256, dt.date.today(), why, (number,))
    record(settings.corpus, [entry], taken)
    target = file.path.with_name(masked.name) if masked.name != file.path.name.lower() else file.path
    taken.write(target, masked.data)
    if target != file.path:
        taken.remove(file.path)
    if masked.kind is Kind.TRANSCRIPT:
        _without_corrections(taken, settings.corpus / str(page) / CORRECTIONS, number)
    taken.summary = f"Se retiró el fragmento {number}: {why}"
    forget(taken, page, masked.kind, keep=keep)
    return entry


def _without_corrections(taken: history.Step, path: Path, number: int) -> None:
    """The corrections of a fragment quote it."""
    data = taken.read(path)
    if not data or not data.strip():
        return
    corrections, _ = parse_corrections(decode(data), path.name)
    left = Corrections(
        tuple(one for one in corrections.corrections if one.number != number),
        tuple(one for one in corrections.checked if one.number != number),
    )
    if left == corrections:
        return
    if text := left.render():
        taken.write(path, text.encode())
    else:
        taken.remove(path)


def forget(taken: history.Step, page: PageId, kind: Kind | None, *, keep: bool) -> None:
    """Have the history forget a page, or one text of it with what quotes it.

    Args:
        taken: The step that withdraws it.
        page: The page.
        kind: The text; None for the whole page.
        keep: True to move everything to ``_retirados``, so that the step can be undone.
    """

    def concerned(path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if kind is None:
            return path.startswith(f"{page}/")
        tables = (SPEAKERS, CORRECTIONS) if kind is Kind.TRANSCRIPT else ()
        return folder == str(page) and (fold(name).partition(".")[0] == kind.value or fold(name) in tables)

    names = history.objects_of(taken.root, concerned)
    names |= {change.before for change in taken.changes() if change.before is not None and concerned(change.path)}
    names -= {change.after for change in taken.changes() if change.after is not None}
    taken.forget(names, names if keep else set())


def sweep(taken: history.Step, page: PageId, number: int | None) -> None:
    """Take away what lies beside the corpus and holds what was withdrawn: files that were sent, readers' reports.

    Args:
        taken: The step that withdrew it, done.
        page: The page.
        number: The fragment; None for a whole text.
    """
    root, gone = taken.root, set(taken.purged)
    forget_reports(root, page, number)
    received = root / _RECEIVED
    for folder in sorted(received.iterdir()) if received.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink() and _concerns(folder, page, gone):
            with writing(folder):
                shutil.rmtree(folder)


def _concerns(folder: Path, page: PageId, gone: set[str]) -> bool:
    """Whether it was sent for this page, or holds the same bytes; never one that is at work (this very order)."""
    about = msgspec.json.encode(str(page))
    same = False
    for path in folder.iterdir():
        if not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        if path.suffix == ".json" and any(state in data for state in _AT_WORK):
            return False
        same = same or about in data or sha256(data) in gone
    return same
