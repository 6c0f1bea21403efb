"""Keeps captions beside an official transcript that has no times of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.folders import printable
from indexer.corpus.page_files import CLOCK
from indexer.corpus.page_folders import Writer, disk_faults, page_folder, refuse
from indexer.corpus.received_files import present, received, refuse_link, refuse_present, suffix_of
from indexer.corpus.withdrawals_file import admitted
from indexer.corpus.withdrawing import record
from indexer.errors import ReadError
from indexer.formats import USUAL_CAPTIONS
from indexer.model import Kind, PageId
from indexer.model.session import Withdrawal
from indexer.model.transcript import Document
from indexer.readers import read


@dataclass(frozen=True, slots=True)
class ClockBeside:
    """What is to become of the captions beside a transcript.

    Attributes:
        target, data: The file that is to be there, and what it holds; None for none.
        old: Files that go.
        admissions: For ``retirados.toml``, as of ``admitted``.
    """

    target: Path | None = None
    data: bytes = b""
    old: tuple[Path, ...] = ()
    admissions: tuple[Withdrawal, ...] = ()


def clock_beside(
    root: Path,
    page: PageId,
    folder: Path,
    document: Document,
    clock: Path | None,
    texts: Sequence[Path],
    replace: bool,
    readmit: bool,
) -> ClockBeside:
    """What a transcript that is added has beside it.

    A text without times keeps the captions whose place it takes; one that has its own needs none.

    Args:
        root, page, folder: Where.
        document: The transcript as read.
        clock: Captions that came with it.
        texts: The transcripts whose place it takes.
        replace: Whether captions that are there may give way.
        readmit: Whether they may be captions that were withdrawn.

    Raises:
        CorpusError: The captions that came are no clock, or not needed.
    """
    held = present(folder, CLOCK) if folder.is_dir() else []
    if document.timed:
        if clock is not None:
            raise refuse("El texto ya trae sus propios tiempos", "quite --tiempos")
        return ClockBeside(old=tuple(held) if replace else ())
    if clock is not None:
        if not replace:
            refuse_present(page, held)
        return _placed(root, page, folder, suffix_of(clock, CLOCK), _timed_bytes(clock), held, readmit)
    for text in texts:
        try:
            if not read(text, Kind.TRANSCRIPT).timed:
                continue
        except ReadError:
            continue
        with disk_faults(text):
            data = text.read_bytes()
        return _placed(root, page, folder, text.suffix.lower(), data, held, readmit)
    return ClockBeside()


def add_clock(
    root: Path, clock: Path, page: PageId, *, replace: bool = False, readmit: bool = False, to: Writer
) -> Path:
    """Put captions beside the transcript that is there.

    Raises:
        CorpusError: There is none, it has its own times, or the captions are no clock.
    """
    folder = page_folder(root, page)
    texts = present(folder, Kind.TRANSCRIPT.value)
    if not texts:
        raise refuse(f"{page} no tiene transcripción a la que darle horas", "agregue los subtítulos sin --tiempos")
    document = received(texts[0], Kind.TRANSCRIPT)[1]
    beside = clock_beside(root, page, folder, document, clock, (), replace, readmit)
    record(root, beside.admissions, to)
    put_clock(beside, to)
    assert beside.target is not None
    return beside.target


def put_clock(beside: ClockBeside, to: Writer) -> None:
    """Write what is to be there; what goes, goes after it."""
    if beside.target is not None:
        with disk_faults(beside.target):
            to.write(beside.target, beside.data)
    for old in beside.old:
        with disk_faults(old):
            to.remove(old)


def _placed(
    root: Path, page: PageId, folder: Path, suffix: str, data: bytes, held: Sequence[Path], readmit: bool
) -> ClockBeside:
    target = folder / f"{CLOCK}{suffix}"
    refuse_link(page, target)
    sha256 = hashlib.sha256(data).hexdigest()
    admissions = admitted(root, f"{page}/{target.name}", sha256, readmit=readmit)
    old = tuple(path for path in held if path.name.lower() != target.name)
    return ClockBeside(target, data, old, tuple(admissions))


def _timed_bytes(clock: Path) -> bytes:
    data, document = received(clock, Kind.TRANSCRIPT)
    if not document.timed:
        cure = f"elija los subtítulos del video ({USUAL_CAPTIONS})"
        raise refuse(f"{printable(clock.name)} no trae tiempos", cure)
    return data
