"""Splits the file of a whole day into its mesas. The file is kept once; each mesa says which part of it is its own."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from indexer import history
from indexer.config import Settings
from indexer.corpus.cuts_file import Cut, read_cuts
from indexer.corpus.folders import printable
from indexer.corpus.new_pages import new_session, session_name
from indexer.corpus.page_files import DAY_FILE
from indexer.corpus.page_folders import page_folder, refuse
from indexer.corpus.received_files import present, received, suffix_of
from indexer.corpus.slugs import is_slug
from indexer.corpus.toml_edit import page_keys
from indexer.corpus.withdrawals_file import admitted
from indexer.corpus.withdrawing import record
from indexer.durable import bytes_of
from indexer.errors import CorpusError
from indexer.formats import USUAL_CAPTIONS
from indexer.history.journal import sha256
from indexer.language.spanish import fold
from indexer.model import Kind, PageId
from indexer.model.session import Session
from indexer.model.transcript import Document
from indexer.operations.open_pages import open_sessions


def split_day(
    taken: history.Step, settings: Settings, event: str, source: Path, rows: Iterable[tuple[str, Sequence[str]]],
    told: Mapping[str, Any] | None = None, *, readmit: bool = False,
) -> tuple[PageId, ...]:  # fmt: skip
    """Put the file of a day into the folder of an event, and make each part of it a mesa.

    Args:
        rows: The cuts, as ``cuts_file`` reads them.
        told: What the ``mesa.toml`` of each is to say beside its part: the video, its second, the date.
        readmit: Whether it may be a file that was withdrawn.

    Returns:
        The mesas, in the order of the cuts.

    Raises:
        CorpusError: The file or a cut is no good; with the line of each cut.
    """
    sessions = [opened.work.session for opened in open_sessions(settings, event)]
    folder = page_folder(settings.corpus, PageId(event))
    suffix = suffix_of(source, Kind.TRANSCRIPT)
    data, document = received(source, Kind.TRANSCRIPT)
    cuts, problems = read_cuts(rows, *clock_of(document, source.name))
    if problems:
        raise CorpusError("\n".join(map(str, problems)))
    name = _day_name(folder, suffix, data)
    record(settings.corpus, admitted(settings.corpus, f"{event}/{name}", sha256(data), readmit=readmit), taken)
    taken.write(folder / name, data)
    known = {session.slug: session for session in sessions if session is not None}
    pages: dict[str, str] = {}
    for cut in cuts:
        slug_ = _slug_of(cut, known)
        if slug_ in pages:
            cure = "una mesa es un solo tramo: deje un corte que abarque los dos, o haga otra mesa"
            raise CorpusError(f"{cut.place}: la mesa {slug_} ya está en {pages[slug_]}: {cure}")
        pages[slug_] = cut.place
        keys = {**(told or {}), "jornada": name, "desde_s": cut.start_s, "hasta_s": cut.end_s}
        _write_part(taken, settings.corpus, PageId(event, slug_), cut, known, keys)
    first = known[name].numbered_title if (name := next(iter(pages))) in known else cuts[0].title
    how_many = f"{len(cuts)} {'mesa' if len(cuts) == 1 else 'mesas'}"
    taken.summary = f"Los subtítulos de todo un día, en {how_many} desde «{printable(first)}»"
    return tuple(PageId(event, name) for name in pages)


def clock_of(document: Document, name: str) -> tuple[list[float], float]:
    """When each cue of a day's file begins, and when the last one ends. Raises ``CorpusError``: it has no times."""
    if not document.timed:
        cure = f"use los subtítulos del video ({USUAL_CAPTIONS}), o agregue el texto de cada mesa por separado"
        raise refuse(f"{printable(name)} no trae tiempos, así que no se puede partir por horas", cure)
    starts = sorted(document.starts)
    ends = (block.end_s for block in document.blocks if block.end_s is not None)
    return starts, max([starts[-1], *ends])


def _write_part(
    taken: history.Step, root: Path, page: PageId, cut: Cut, known: Mapping[str, Session], keys: Mapping[str, Any]
) -> None:
    """The TOML of a mesa, made where it is new, with its part of the day."""
    if page.session is not None and page.session not in known:
        new_session(root, page.event, page.session, cut.title or cut.session, to=taken)
    elif held := present(root / str(page), Kind.TRANSCRIPT.value):
        cure = "retire antes ese texto, o dé este tramo a otra mesa"
        raise refuse(f"{cut.place}: {page} ya tiene {printable(held[0].name)}", cure)
    taken.write(*page_keys(taken, root, page, keys))


def _slug_of(cut: Cut, known: Mapping[str, Session]) -> str:
    """The folder of a cut's mesa: of the one that is called so, else a new one."""
    called = cut.session or cut.title
    for session in known.values():
        titles = fold(session.title), fold(session.numbered_title)
        if called in (session.slug, str(session.number)) or fold(called) in titles:
            return session.slug
    return called if is_slug(called) else session_name(called)


def _day_name(folder: Path, suffix: str, data: bytes) -> str:
    """The name of a day's file: that of the very same one where it is there already, else a free one."""
    there = sorted(path for path in folder.iterdir() if DAY_FILE.fullmatch(path.name.partition(".")[0]))
    same = next((path.name for path in there if path.suffix == suffix and bytes_of(path) == data), None)
    taken = {path.name.partition(".")[0] for path in there}
    return same or next(name for n in range(1, len(taken) + 2) if (name := f"jornada-{n}") not in taken) + suffix
