"""Keeps fragment numbers through the steps: a number is never given twice, whatever is undone."""

from dataclasses import replace
from pathlib import Path

from indexer.corpus.anchors import Anchors
from indexer.corpus.folders import ANCHORS
from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.durable import private_folder, write_atomic
from indexer.history.changes import Step, make_folders
from indexer.history.journal import HISTORY

_PARKED = "anclas"
"""Folder of the history with the numbers of pages that are not there any more."""


def carry_numbers(taken: Step) -> None:
    """Store the numbers of a removed page in the history, and give them back to a page that is made again."""
    for name, after in list(taken.staged.items()):
        page, _, file = name.rpartition("/")
        if file not in (EVENT_FILE, SESSION_FILE):
            continue
        anchors = taken.root / page / ANCHORS
        if after is None and taken.before(name) is not None:
            _park(taken, page)
            if taken.read(anchors) is not None:
                taken.remove(anchors)
        elif after is not None and taken.before(name) is None and (parked := _parked(taken.root, page)).is_file():
            own, given = Anchors.held(taken.read(anchors)), Anchors.held(parked.read_bytes())
            if taken.read(anchors) is None:
                taken.write(anchors, parked.read_bytes())
            elif given.next_number > own.next_number:  # the numbers of a page that was moved here
                taken.write(anchors, replace(own, next_number=given.next_number).render().encode())


def restore_numbers(taken: Step, page: str, old: bytes | None) -> None:
    """Restore the old numbers of a page; new ones continue after the highest ever given."""
    anchors = taken.root / page / ANCHORS
    now = taken.read(anchors)
    parked = _parked(taken.root, page)
    known = [Anchors.held(data) for data in (old, now, parked.read_bytes() if parked.is_file() else None)]
    if any(one.newer is not None for one in known):
        return  # of a newer Consta, which minds its numbers itself
    following = max(one.next_number for one in known)
    if old is not None:
        if following == known[0].next_number:
            taken.write(anchors, old)
        else:
            taken.write(anchors, replace(known[0], next_number=following).render().encode())
    elif following > 1 and now is not None:
        taken.write(anchors, Anchors(next_number=following).render().encode())


def _park(taken: Step, page: str) -> None:
    """Write down the numbers of a page that goes; of what is withdrawn or goes elsewhere, only how far they went."""
    data = taken.before(f"{page}/{ANCHORS}")
    if data is None:
        return
    parked = _parked(taken.root, page)
    anchors, before = Anchors.held(data), Anchors.held(parked.read_bytes() if parked.is_file() else None)
    given = {name for name, after in taken.staged.items() if name.endswith(f"/{ANCHORS}") and after is not None}
    elsewhere = bool(given - {f"{page}/{ANCHORS}"})
    rows = () if taken.purged or elsewhere else anchors.rows
    private_folder(taken.root, HISTORY)
    make_folders(taken.root, parked.parent)
    kept = Anchors(rows, max(anchors.next_number, before.next_number))
    write_atomic(parked, kept.render().encode(), mode=0o600)


def _parked(root: Path, page: str) -> Path:
    return root / HISTORY / _PARKED / f"{page}.tsv"
