"""How pages are called, also those that are not there any more: the history is told in titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.corpus.toml_syntax import parse_toml
from indexer.durable import bytes_of
from indexer.errors import ReadError
from indexer.history import Journal
from indexer.model.session import numbered
from indexer.readers.decode import text_of


def page_titles(root: Path, pages: Iterable[str]) -> dict[str, str]:
    """The title that each page has, or had last; not of one that was withdrawn for ever.

    Args:
        root: Of the corpus.
        pages: Each ``evento`` or ``evento/mesa``.
    """
    journal = Journal(root)
    told = {page: map(_title, _versions(journal, page)) for page in set(pages)}
    return {page: title for page, titles in told.items() if (title := next(filter(None, titles), ""))}


def _versions(journal: Journal, page: str) -> Iterator[bytes | None]:
    name = f"{page}/{SESSION_FILE if '/' in page else EVENT_FILE}"
    with suppress(OSError):
        yield bytes_of(journal.root / name)
    for record in reversed(journal.read()[0]):
        for change in record.files:
            if change.path == name:
                yield from (journal.intact(side) for side in (change.after, change.before) if side)


def _title(data: bytes | None) -> str:
    try:
        values = {} if data is None else parse_toml(text_of(data))
    except ReadError:
        return ""
    title, number = values.get("titulo"), values.get("numero")
    return numbered(title, number if isinstance(number, int) else None) if isinstance(title, str) else ""
