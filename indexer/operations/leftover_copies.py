"""Finds copies of withdrawn text beside the corpus: files sent to the staff's pages, and readers' reports. A withdrawal
lists them in its step before it changes anything. If a crash interrupts the step, the command that finishes it removes
them."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import history
from indexer.corpus.anchors import runs, text_codes
from indexer.corpus.withdrawals_file import FILE_NAME as WITHDRAWALS_FILE
from indexer.corpus.withdrawals_file import Withdrawn, known_withdrawals
from indexer.durable import bytes_of, sha256
from indexer.errors import ConstaError, CorpusError
from indexer.model import Kind, PageId, Passage, received
from indexer.operations.importing.sources import gathered
from indexer.operations.near_duplicates import RUN
from indexer.operations.reader_reports import FOLDER as REPORTS
from indexer.operations.reader_reports import Report, reports
from indexer.readers import read
from indexer.readers.decode import decode

HALF = 0.5
"""The share of a fragment's runs of words from which a text holds it."""
TELLING = 20
"""Runs of a fragment that tell one text from another; formulas of courtesy are shorter."""
FEWEST = 5
"""Runs of a text that is looked at as a whole."""
AT_WORK = ("en_curso", "espera")


@dataclass(frozen=True, slots=True)
class WithdrawnContent:
    """What is withdrawn.

    Attributes:
        pages: Its page, all that it was called, and those below it that go with it.
        number: The fragment; None for a whole text, or the whole page.
        hashes: SHA-256 of every version of its files.
    """

    pages: frozenset[str]
    number: int | None
    hashes: frozenset[str]
    passages: tuple[Passage, ...] = ()

    def held_by(self, text: str) -> bool:
        """Whether a text holds half of it, or half of one long fragment, or consists of it by half."""
        words = _runs(text)
        each = [_runs(one.original or one.text) for one in self.passages]
        telling = 1 if self.number is not None else TELLING
        every: set[str] = set().union(*each)
        if len(words) >= FEWEST and len(words & every) >= HALF * len(words):
            return True
        wanted = [part for part in each if len(part) >= telling] + [every]
        return any(part and len(part & words) >= HALF * len(part) for part in wanted)

    def quoted_by(self, one: Report) -> bool:
        """Whether a report is about the withdrawn content, or quotes it."""
        if one.page not in self.pages:
            return False
        if self.number is None and not self.passages:
            return True
        numbers = {passage.number for passage in self.passages} | ({self.number} - {None})
        said = _runs(one.sentence) | _runs(one.text)
        return one.number in numbers or any(_runs(each.text) & said for each in self.passages)


def _runs(text: str) -> set[str]:
    return runs(text_codes(text), RUN)


def leftover_copies(root: Path, gone: WithdrawnContent) -> list[Path]:
    """The unpublished files and folders of the corpus that hold withdrawn content."""
    return [*_received(root, gone), *_reported(root, gone)]


def pages_of(root: Path, page: PageId, kind: Kind | None) -> frozenset[str]:
    """What ``WithdrawnContent.pages`` is for a page, or for one text of it."""
    every = history.pages_led_to(root, str(page))
    return frozenset(name for name in every if kind is None or page.session or "/" not in name)


def sweep_copies(taken: history.Step, pages: frozenset[str], number: int | None) -> None:
    """Remove copies that arrived during the withdrawal."""
    history.Journal(taken.root).clear(
        path.relative_to(taken.root).as_posix()
        for path in leftover_copies(taken.root, WithdrawnContent(pages, number, frozenset(taken.purged)))
    )


def forget_withdrawn(root: Path, folder: Path, report: str, known: bytes | None) -> bytes:
    """Remove the files of a folder that hold what was withdrawn, each with its report (its name and ``report``).

    Args:
        folder: With copies of what was published, if there is one.
        report: The ending of a report's name.
        known: What ``retirados.toml`` said when that was done last: nothing is to be done while it says the same.

    Returns:
        What it says now.

    Raises:
        OSError, ConstaError: One of them cannot be read or removed.
    """
    now = bytes_of(root / WITHDRAWALS_FILE) or b""
    if now == known:
        return now
    entries, journal = known_withdrawals(root), history.Journal(root)
    gone = {one.sha256 for one in entries if one.sha256 and Withdrawn(entries).bytes(one.sha256)}
    gone = {one for one in gone if not journal.has(one)}  # what staff chose to keep stays here as well
    for path in list(folder.iterdir()) if gone and folder.is_dir() else ():
        if any(sha256(data) in gone for data in _contents(path)):
            path.with_name(path.name + report).unlink(missing_ok=True)
            path.unlink()
    return now


def _contents(path: Path) -> list[bytes]:
    """The bytes of a file, if it is still there; of an archive, those of every text in it."""
    if path.suffix.lower() != ".zip":
        return [data for data in [bytes_of(path)] if data is not None]
    with gathered(path) as (files, _):
        return [data for file in files if (data := bytes_of(file.path)) is not None]


def _received(root: Path, gone: WithdrawnContent) -> Iterator[Path]:
    folder = root / received.FOLDER
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        if one.is_dir() and not one.is_symlink() and _concerns(one, gone):
            yield one


def _concerns(folder: Path, gone: WithdrawnContent) -> bool:
    """Whether it was sent for this page, or holds the same; never one that is at work (this very order)."""
    same, texts = False, []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.is_symlink():
            continue
        data = path.read_bytes()
        if path.suffix == ".json":
            try:
                said = json.loads(data)
            except ValueError:
                said = _text(path, data)
            if isinstance(said, dict) and said.get("state") in AT_WORK:
                return False
            strings = list(_strings(said))
            texts.append("\n".join(strings))
            same = same or any(page in strings or _told_of(said, strings, page) for page in gone.pages)
        else:
            texts.append(_text(path, data))
        same = same or sha256(data) in gone.hashes
    return same or any(map(gone.held_by, texts)) or _among_many(folder / received.MANY, gone)


def _among_many(folder: Path, gone: WithdrawnContent) -> bool:
    """Whether one of many files that came together holds it; those that nobody can look into count as if one did."""
    if not folder.is_dir():
        return False
    try:
        with gathered(folder) as (files, _):
            held = [(file.path, data) for file in files if (data := bytes_of(file.path)) is not None]
            return any(sha256(data) in gone.hashes or gone.held_by(_text(path, data)) for path, data in held)
    except CorpusError:
        return True


def _told_of(said: Any, strings: list[str], page: str) -> bool:
    """Whether it is the trace of something done whose notices name the page's files: they may quote them."""
    named = f"{page}/" if "/" in page else f"{page}/anuncio"
    return isinstance(said, dict) and said.get("state") == "hecho" and any(named in text for text in strings)


def _reported(root: Path, gone: WithdrawnContent) -> Iterator[Path]:
    for one in reports(root):
        if gone.quoted_by(one):
            yield root / REPORTS / f"{one.id}.json"


def _text(path: Path, data: bytes) -> str:
    """The words of a file, whatever its format; of one that nobody can read, what its bytes say."""
    with contextlib.suppress(ConstaError):
        return "\n".join(block.text for block in read(path, Kind.TRANSCRIPT).blocks)
    with contextlib.suppress(ConstaError):
        return decode(data)
    return data.decode("utf-8", "replace")


def _strings(said: Any) -> Iterator[str]:
    """Every text in a JSON value, but the event that a mesa is of: that does not say that it is about the event."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for name, one in said.items():
            if name != "evento":
                yield from _strings(one)
    elif isinstance(said, list):
        for one in said:
            yield from _strings(one)


def concerned_by(passages: Sequence[Passage], kind: Kind | None, number: int | None) -> tuple[Passage, ...]:
    """The fragments that a withdrawal removes. Facts stay when a description is withdrawn."""
    if number is not None:
        return tuple(one for one in passages if one.number == number)
    return tuple(one for one in passages if kind is None or (one.kind is kind and one.fact is None))
