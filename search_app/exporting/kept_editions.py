"""Editions that are kept as ``exportar`` wrote them, opened again without what was withdrawn since.

The catalogue that is served now says what was withdrawn, whatever the file was made of. A text may have had another
number, page or event then. So a kept fragment of a page that a withdrawal names, that ever moved, or that is gone is
given only where it can still be read today, word for word.
"""

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import msgspec

from indexer.durable import being_written
from indexer.index.catalogue import Catalogue
from indexer.index.results import Hit
from indexer.model import PageId
from search_app.exporting.archive import Files
from search_app.exporting.packages import write_summed
from search_app.exporting.selecting import ExportContext, find
from search_app.exporting.selection import NotSelected

_NAME = re.compile(r"consta-acervo-jsonl-[0-9a-f]{12}\.zip")
_LINES = "fragmentos.jsonl"
_NOTE = "\nSin lo que se retiró después.\n".encode()


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """One of them; ``context`` is of the edition that is served now, ``touched`` what a withdrawal may have met."""

    path: Path
    context: ExportContext
    touched: frozenset[str]

    @property
    def name(self) -> str:
        """The edition."""
        return self.path.stem.rpartition("-")[2]

    @property
    def day(self) -> dt.date:
        """When it was written."""
        return dt.date.fromtimestamp(self.path.stat().st_mtime)

    def fragments(self, named: str = "") -> Iterator[tuple[bytes, dict[str, Any], bool]]:
        """Its fragments, as written and by their keys, and whether each may still be read; only those that bear a name.

        Raises:
            NotSelected: The file is damaged.
        """
        try:
            with ZipFile(self.path) as archive, archive.open(_LINES) as lines:
                for line in lines:
                    if named.encode() in line:
                        record = msgspec.json.decode(line)
                        yield line, record, self._may_be_read(record)
        except (BadZipFile, KeyError, msgspec.DecodeError) as error:
            raise NotSelected(503, f"{self.path.name} está dañado: quítelo, o póngalo de un respaldo.") from error

    def _may_be_read(self, record: dict[str, Any]) -> bool:
        page = PageId.parse(record["id"].partition("#")[0])
        if self.context.collection.exists(page) and not self.touched & {str(page), page.event}:
            return True
        found = find(self.context, record["id"])
        return isinstance(found, Hit) and found.passage.text == record["texto"]

    def files(self) -> Files:
        """The files of its archive."""
        with ZipFile(self.path) as archive:
            yield "LEEME.txt", (archive.read("LEEME.txt").removesuffix(_NOTE), _NOTE)
        yield _LINES, (line for line, _, may_be_read in self.fragments() if may_be_read)


def kept_editions(folder: Path | None, context: ExportContext) -> dict[str, KeptEdition]:
    """Those that a folder holds, by edition, the newest first."""
    paths = [path for path in folder.glob("consta-*") if _NAME.fullmatch(path.name)] if folder else []
    paths.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    touched = _touched(context.collection.catalogue)
    return {kept.name: kept for kept in (KeptEdition(path, context, touched) for path in paths)}


def take_out_withdrawn(folder: Path, context: ExportContext) -> Iterator[Path]:
    """Write anew each kept edition that holds what may not be read any more: nothing of it stays on the disk.

    Raises:
        NotSelected: A file is damaged; the others are done.
    """
    damaged = None
    for kept in kept_editions(folder, context).values():
        try:
            whole = all(may_be_read for _, _, may_be_read in kept.fragments())
        except NotSelected as error:
            damaged, whole = error, True
        if not whole:
            made, day = kept.path.stat().st_mtime, kept.day
            with being_written(kept.path, None) as file:
                write_summed(file, kept.files(), day)
            os.utime(kept.path, (made, made))
            yield kept.path
    if damaged:
        raise damaged


def _touched(catalogue: Catalogue) -> frozenset[str]:
    """The pages and events that a withdrawal names; where there is one, those of every redirect too, from and to."""
    named = {str(withdrawal.page) for withdrawal in catalogue.withdrawals}
    moved = (end.partition("#")[0] for pair in catalogue.redirects.items() for end in pair)
    return frozenset(named.union(moved if named else ()))
