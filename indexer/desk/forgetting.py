"""What a withdrawal leaves nowhere: the history gives up every version of the text that it kept."""

from __future__ import annotations

from indexer import history
from indexer.corpus.texts import CORRECTIONS, SPEAKERS
from indexer.language.spanish import fold
from indexer.model import Kind, PageId


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
    taken.forget(names, names if keep else set())
