"""Withdraws fragments and texts: removes every version from the history, and every copy beside the corpus."""

import datetime as dt
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from indexer import history
from indexer.config import Settings
from indexer.corpus.anchors import Anchors
from indexer.corpus.corrections_file import Corrections, parse_corrections
from indexer.corpus.folders import ANCHORS, FileRef
from indexer.corpus.page_files import CLOCK, CORRECTIONS, SPEAKERS
from indexer.corpus.page_folders import refuse_day
from indexer.corpus.withdrawing import checked_reason, record
from indexer.durable import bytes_of
from indexer.engines import open_index
from indexer.errors import ConstaError, IndexDamaged, IndexMissing
from indexer.language.spanish import fold
from indexer.model import Kind, PageId, Passage, Withdrawal
from indexer.operations.leftover_copies import WithdrawnContent, concerned_by, leftover_copies, pages_of
from indexer.operations.open_pages import open_page, open_sessions
from indexer.operations.redaction import redact
from indexer.readers.decode import text_of


def withdraw_fragment(
    taken: history.Step, settings: Settings, page: PageId, number: int, reason: str, *, keep: bool
) -> Withdrawal:
    """Remove one fragment from its text, and record the withdrawal; refused as by ``redact``."""
    why = checked_reason(reason)
    opened = open_page(settings, page)
    refuse_day(settings.corpus / str(page), page)
    redacted = redact(opened, number)
    file = opened.text(redacted.kind)
    assert file is not None
    entry = Withdrawal(f"{file.relative}#p{number}", file.sha256, dt.date.today(), why, (number,))
    entries = [entry]
    if redacted.clock is not None and opened.work.files.clock is not None:
        beside = opened.work.files.clock
        entries.append(replace(entry, path=f"{beside.relative}#p{number}", sha256=beside.sha256))
        taken.remove(beside.path)
        if redacted.clock:
            taken.write(beside.path.with_name(f"{CLOCK}.vtt"), redacted.clock)
    record(settings.corpus, entries, taken)
    target = file.path.with_name(redacted.name) if redacted.name != file.path.name.lower() else file.path
    taken.write(target, redacted.data)
    if target != file.path:
        taken.remove(file.path)
    if redacted.kind is Kind.TRANSCRIPT:
        _without_corrections(taken, settings.corpus / str(page) / CORRECTIONS, number)
    taken.summary = f"Se retiró el fragmento {number}: {why}"
    purge_history(taken, settings, page, redacted.kind, number, keep=keep)
    return entry


def _without_corrections(taken: history.Step, path: Path, number: int) -> None:
    """The corrections of a fragment quote it."""
    corrections, _ = parse_corrections(text_of(taken.read(path)), path.name)
    left = Corrections(tuple(one for one in corrections.lines if one.number != number))
    if left != corrections:
        taken.write(path, left.render().encode() or None)


def purge_history(
    taken: history.Step, settings: Settings, page: PageId, kind: Kind | None, number: int | None, *, keep: bool
) -> None:
    """Purge a page, or one text with the files that quote it, from the history, and remove copies beside the corpus.

    Args:
        kind: The text; None for the whole page.
        number: The fragment; None for a whole text.
        keep: True to move everything to ``_retirados``, so that the step can be undone.
    """

    def concerned(path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if kind is None:
            return path.startswith(f"{page}/")
        tables = (SPEAKERS, CORRECTIONS) if kind is Kind.TRANSCRIPT else ()
        roles = (kind.value, CLOCK) if kind is Kind.TRANSCRIPT else (kind.value,)
        return folder == str(page) and (fold(name).partition(".")[0] in roles or fold(name) in tables)

    def coded(path: str) -> bool:
        return path.startswith(f"{page}/") and path.endswith(f"/{ANCHORS}")

    pages = pages_of(taken.root, page, kind)
    names = history.objects_of(taken.root, concerned)
    names |= {change.before for change in taken.changes() if change.before is not None and concerned(change.path)}
    names -= {change.after for change in taken.changes() if change.after is not None}
    hashes = frozenset(names)
    if not keep:  # numbers hold a code for each word, from which a patient reader has the words
        names |= history.objects_of(taken.root, coded)
    taken.forget(names, names if keep else set())
    passages = [passage for one in _going(settings, page, kind) for passage in _fragments(settings, one)]
    gone = WithdrawnContent(pages, number, hashes, concerned_by(passages, kind, number))
    taken.clear(leftover_copies(taken.root, gone))


def withdraw_file(taken: history.Step, file: FileRef, entry: Withdrawal, *, keep: bool) -> None:
    """Withdraw, for the reason of ``entry``, a file that held the same text and is gone, from the history too.

    Args:
        taken: The step, which purges already what it withdraws itself.
        keep: As for ``purge_history``.
    """
    record(taken.root, [replace(entry, path=file.relative, sha256=file.sha256, numbers=())], taken)
    names = {*taken.purged, *history.objects_of(taken.root, file.relative.__eq__)}
    taken.forget(names, names if keep else set())
    gone = WithdrawnContent(frozenset({file.relative}), None, frozenset({file.sha256}))
    taken.clear(leftover_copies(taken.root, gone))


def _going(settings: Settings, page: PageId, kind: Kind | None) -> tuple[PageId, ...]:
    """The page, and the mesas that go with an event."""
    mesas = open_sessions(settings, page.event) if page.session is None and kind is None else ()
    return (page, *(one.work.page for one in mesas))


def _fragments(settings: Settings, page: PageId) -> tuple[Passage, ...]:
    """The fragments of a page as it still is; none where it cannot be read."""
    try:
        return open_page(settings, page).build().passages
    except ConstaError:
        return ()


def published_numbers(settings: Settings, page: PageId, kind: Kind | None) -> tuple[int, ...]:
    """The published numbers of a page's fragments, of one kind or all.

    Facts are in the TOML and stay when a description is withdrawn. Without a usable index the numbers come from
    ``anclas.tsv``, which does not tell facts from other text.
    """
    stored = None
    with suppress(IndexMissing, IndexDamaged), closing(open_index(settings.index)) as index:
        stored = index.session(page)
    if stored is None:
        return _anchored(settings, page, kind)
    return tuple(sorted(passage.number for passage in concerned_by(stored.passages, kind, None)))


def _anchored(settings: Settings, page: PageId, kind: Kind | None) -> tuple[int, ...]:
    try:
        rows = Anchors.held(bytes_of(settings.corpus / str(page) / ANCHORS)).rows
    except OSError:
        return ()
    return tuple(sorted(row.number for row in rows if kind is None or row.kind is kind))
