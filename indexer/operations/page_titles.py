"""How pages are called, also those that are not there any more: the history is told in titles."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.corpus.toml_syntax import parse_toml
from indexer.durable import bytes_of
from indexer.errors import ReadError
from indexer.history import Journal
from indexer.model import numbered
from indexer.readers.decode import text_of


def page_titles(root: Path, pages: Iterable[str]) -> dict[str, str]:
    """The title that each page (``evento``, ``evento/mesa``) has, or had last; not of one withdrawn for ever."""
    journal = Journal(root)
    return {page: title for page in set(pages) if (title := next(filter(None, _titles(journal, page)), ""))}


def _titles(journal: Journal, page: str) -> Iterator[str]:
    name = f"{page}/{SESSION_FILE if '/' in page else EVENT_FILE}"
    with suppress(OSError):
        yield _title(bytes_of(journal.root / name))
    changes = (change for record in reversed(journal.read()[0]) for change in record.files if change.path == name)
    for change in changes:
        yield from (_title(journal.intact(side)) for side in (change.after, change.before) if side)


def _title(data: bytes | None) -> str:
    with suppress(ReadError):
        values = parse_toml(text_of(data))
        title, number = values.get("titulo"), values.get("numero")
        return numbered(title, number if isinstance(number, int) else None) if isinstance(title, str) else ""
    return ""
