"""Adds a received file to the corpus, byte for byte, and keeps captions beside a transcript that has no times."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from indexer.corpus.folders import printable
from indexer.corpus.layers import on_clock
from indexer.corpus.page_files import CLOCK, CORRECTIONS, EVENT_KINDS, SESSION_KINDS, SPEAKERS
from indexer.corpus.page_folders import Writer, disk_faults, page_folder, part_of_day, toml_name
from indexer.corpus.received_files import present, received, refuse_link, refuse_present, suffix_of
from indexer.corpus.toml_edit import page_keys
from indexer.corpus.withdrawals_file import admitted
from indexer.corpus.withdrawing import record
from indexer.errors import ReadError, refuse
from indexer.formats import USUAL_CAPTIONS
from indexer.language.typed_values import is_web_address
from indexer.model import Kind, PageId, Version
from indexer.readers import read


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A text as it came, once it was read: its suffix, whether it has a clock of its own, and its seconds on that."""

    data: bytes
    suffix: str
    timed: bool
    starts: tuple[float, ...] = ()


def add_file(
    root: Path,
    source: Path | ReceivedText,
    page: PageId,
    kind: Kind,
    *,
    keys: Mapping[str, Any] = MappingProxyType({}),
    replace: bool = False,
    readmit: bool = False,
    clock: Path | None = None,
    to: Writer,
) -> Path:
    """Copy a file into the corpus under its right name, and say where it stands.

    The file is read first, so that a broken one never gets in. The new file is safely on the disk before the one that
    it replaces goes: a crash in between leaves two files of one kind, which the next update reports while the last
    good version serves, and which the same order mends.

    Args:
        source: The file as received, or what was read of it already.
        page: The event or session it belongs to, which must be there.
        keys: What is written into the page's TOML: the video, the version; None where nothing is said.
        replace: True to take the place of the text of this kind that is there.
        readmit: True for a text that was withdrawn and is to come back after all.
        clock: Captions of the same session, from which a transcript without times is to have its seconds.
        to: What it is written through; may hold the TOML of a page that it is about to make.

    Raises:
        CorpusError: What is refused and why, with the cure; the corpus is then as it was.
    """
    settings = {key: str(one) if isinstance(one, Version) else one for key, one in keys.items() if one is not None}
    _check_place(page, kind, settings, clock)
    text = source if isinstance(source, ReceivedText) else _read(source, kind)
    folder = root.joinpath(*filter(None, page))
    is_new = not folder.exists() and to.read(folder / toml_name(page)) is not None
    if not is_new:
        folder = page_folder(root, page)
    target = folder / f"{kind.value}{text.suffix}"
    tables = (f"{page}/{SPEAKERS}", f"{page}/{CORRECTIONS}") if kind is Kind.TRANSCRIPT else ()
    sha256 = hashlib.sha256(text.data).hexdigest()
    admissions = admitted(root, f"{page}/{target.name}", sha256, readmit=readmit, tables=tables)
    held = [] if is_new else present(folder, kind.value)
    if kind is Kind.TRANSCRIPT and (day := part_of_day(folder, page)):
        if not (replace or held):
            refuse_present(page, [folder.parent / str(day["jornada"])])
        if text.timed:  # else the day's file is where its seconds are taken from
            settings |= _out_of_day(day, text, settings.get("video"))
    if not replace:
        refuse_present(page, held)
    described = page_keys(to, root, page, settings) if settings else None
    refuse_link(page, target)
    record(root, admissions, to)
    if kind is Kind.TRANSCRIPT:
        put_clock(root, page, folder, text.timed, clock, held, replace, readmit, to=to)
    to.write(target, text.data)
    for old in held:
        if old.name != target.name and not _same(old, target):
            to.remove(old)
    if described is not None:
        to.write(*described)
    return target


def _read(source: Path, kind: Kind) -> ReceivedText:
    suffix = suffix_of(source, kind)
    data, document = received(source, kind)
    return ReceivedText(data, suffix, document.timed, document.starts)


def _out_of_day(day: Mapping[str, Any], text: ReceivedText, video: str | None) -> dict[str, Any]:
    """What changes for a mesa that gets a text with its own clock instead of a part of a day's.

    One that is not on the day's clock begins where the mesa began in the video, unless it has a video of its own.
    """
    if on_clock(text.starts, day.get("desde_s"), day.get("hasta_s")):
        return {"jornada": None}
    begins = None if video else (day.get("desde_s") or 0) + (day.get("video_inicio_s") or 0)
    return {"jornada": None, "desde_s": None, "hasta_s": None, "video_inicio_s": begins or None}


def text_state(root: Path, page: PageId, kind: Kind) -> str:
    """A digest of a page's text of one kind: its SHA-256, empty when there is no text.

    Several files are a fault that the next update reports; their digest is the SHA-256 of all their SHA-256.

    Raises:
        CorpusError: It cannot be read.
    """
    folder = root.joinpath(*filter(None, page))
    if not folder.is_dir():
        return ""
    with disk_faults(folder):
        held = [hashlib.sha256(path.read_bytes()).hexdigest() for path in present(folder, kind.value)]
    return held[0] if len(held) == 1 else hashlib.sha256("".join(held).encode()).hexdigest() if held else ""


def _check_place(page: PageId, kind: Kind, keys: Mapping[str, Any], clock: Path | None) -> None:
    video, version = keys.get("video"), keys.get("version")
    if kind not in (EVENT_KINDS if page.session is None else SESSION_KINDS):
        where = "un evento (--evento EVENTO)" if kind in EVENT_KINDS else "una mesa (--mesa EVENTO/MESA)"
        raise refuse(f"El tipo {kind.value} es de {where}", "corrija el tipo o el lugar")
    if (video is not None or version is not None) and kind is not Kind.TRANSCRIPT:
        raise refuse("--video y --version son de una transcripción", "quítelos, o use --tipo transcripcion")
    if clock is not None and kind is not Kind.TRANSCRIPT:
        raise refuse("--tiempos es de una transcripción", "quítelo, o use --tipo transcripcion")
    if video is not None and not is_web_address(video):
        raise refuse(f"«{printable(video)}» no es una dirección http:// o https:// completa", "corrija --video")
    if version is not None and version not in list(Version):
        raise refuse(f"«{printable(version)}» no es una versión", f"use una de: {', '.join(Version)}")


def _same(old: Path, new: Path) -> bool:
    """True on file systems that do not tell ``Transcripcion.VTT`` from ``transcripcion.vtt``."""
    try:
        return old.samefile(new)
    except OSError:
        return False


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
