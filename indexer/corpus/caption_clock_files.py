"""Keeps captions beside an official transcript that has no times of its own."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from indexer.corpus.folders import printable
from indexer.corpus.page_files import CLOCK
from indexer.corpus.page_folders import Writer, disk_faults, page_folder
from indexer.corpus.received_files import present, received, refuse_link, refuse_present, suffix_of
from indexer.corpus.withdrawals_file import admitted
from indexer.corpus.withdrawing import record
from indexer.errors import ReadError, refuse
from indexer.formats import USUAL_CAPTIONS
from indexer.model import Kind, PageId
from indexer.readers import read


def put_clock(
    root: Path,
    page: PageId,
    folder: Path,
    timed: bool,
    clock: Path | None,
    texts: Sequence[Path],
    replace: bool,
    readmit: bool,
    *,
    to: Writer,
) -> Path | None:
    """Put beside a transcript what its seconds are taken from.

    A text without times keeps the captions whose place it takes; one that has its own needs none.

    Args:
        timed: Whether the transcript has a clock of its own.
        clock: Captions that came with it.
        texts: The transcripts whose place it takes.
        replace: Whether captions that are there may give way.
        readmit: Whether they may be captions that were withdrawn.

    Returns:
        The captions; None where there are to be none, or those that are there stay.

    Raises:
        CorpusError: The captions that came are no clock, or not needed.
    """
    held = present(folder, CLOCK) if folder.is_dir() else []
    if timed:
        if clock is not None:
            raise refuse("El texto ya trae sus propios tiempos", "quite --tiempos")
        for old in held if replace else ():
            to.remove(old)
        return None
    if clock is not None:
        if not replace:
            refuse_present(page, held)
        suffix, data = suffix_of(clock, CLOCK), _timed_bytes(clock)
    elif (text := next(filter(is_timed, texts), None)) is not None:
        with disk_faults(text):
            suffix, data = text.suffix.lower(), text.read_bytes()
    else:
        return None
    target = folder / f"{CLOCK}{suffix}"
    refuse_link(page, target)
    sha256 = hashlib.sha256(data).hexdigest()
    record(root, admitted(root, f"{page}/{target.name}", sha256, readmit=readmit), to)
    to.write(target, data)
    for old in held:
        if old.name.lower() != target.name:
            to.remove(old)
    return target


def add_clock(root: Path, clock: Path, page: PageId, *, replace: bool, readmit: bool, to: Writer) -> Path:
    """Put captions beside the transcript that is there. Raises ``CorpusError``: it needs none, or they are no clock."""
    folder = page_folder(root, page)
    texts = present(folder, Kind.TRANSCRIPT.value)
    if not texts:
        raise refuse(f"{page} no tiene transcripción a la que darle horas", "agregue los subtítulos sin --tiempos")
    document = received(texts[0], Kind.TRANSCRIPT)[1]
    target = put_clock(root, page, folder, document.timed, clock, (), replace, readmit, to=to)
    assert target is not None
    return target


def is_timed(text: Path) -> bool:
    """Whether a transcript can be read and has a clock of its own."""
    try:
        return read(text, Kind.TRANSCRIPT).timed
    except ReadError:
        return False


def _timed_bytes(clock: Path) -> bytes:
    data, document = received(clock, Kind.TRANSCRIPT)
    if not document.timed:
        cure = f"elija los subtítulos del video ({USUAL_CAPTIONS})"
        raise refuse(f"{printable(clock.name)} no trae tiempos", cure)
    return data
