"""The file of a whole day: where its mesas are spoken, splitting it into them, dividing it among them.

The file is kept once, and each mesa says which part of it is its own; divided, each has a file of its own.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

from indexer import history
from indexer.config import Settings
from indexer.corpus import layers
from indexer.corpus.cuts_file import Cut, read_cuts
from indexer.corpus.folders import FileRef, printable
from indexer.corpus.new_pages import new_session, session_name
from indexer.corpus.page import passages_of
from indexer.corpus.page_files import CLOCK, DAY_FILE
from indexer.corpus.page_folders import page_folder
from indexer.corpus.received_files import present, received, suffix_of
from indexer.corpus.slugs import is_slug
from indexer.corpus.toml_edit import page_keys
from indexer.corpus.withdrawals_file import admitted
from indexer.corpus.withdrawing import record
from indexer.durable import bytes_of, sha256
from indexer.errors import CorpusError, refuse
from indexer.formats import USUAL_CAPTIONS
from indexer.language.spanish import FUNCTION_WORDS, fold, stem, tokens
from indexer.model import Document, Kind, PageId, Passage, Session, Version
from indexer.operations.open_pages import OpenPage, cues_of, fragment_of, open_sessions
from indexer.operations.redaction import in_memory, render_webvtt
from indexer.readers import read

MOST_PLACES = 3
"""Places that are proposed for one mesa."""
_ENOUGH = 0.6
"""The share of a title, its rare words counting more, that must be spoken together."""
_ROOM = 12
"""Words that may stand between those of a title as it is spoken."""
_Spoken = Sequence[tuple[str, float]]


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


def day_outline(settings: Settings, event: str, source: Path) -> dict[str, Any]:
    """Describe the file of a day that is to be split, and write nothing; refused without readable times."""
    opened = open_sessions(settings, event)
    _, document = received(source, Kind.TRANSCRIPT)
    passages = passages_of(Kind.TRANSCRIPT, document)
    spoken, mesas = list(_spoken(passages)), []
    for one in opened:
        if (session := one.work.session) is not None:
            places = [] if (has_text := one.text() is not None) else spoken_places(session.title, spoken)
            told = {"mesa": session.slug, "titulo": session.numbered_title, "tiene": has_text, "lugares": places}
            mesas.append({**told, "fecha": session.date.isoformat() if session.date else None})
    fragments = [{**fragment_of(passage), "subtitulos": cues_of(passage)} for passage in passages]
    return {"fin_s": clock_of(document, source.name)[1], "fragmentos": fragments, "mesas": mesas}


def spoken_places(title: str, spoken: _Spoken) -> list[float]:
    """The seconds at which the words of a title are spoken together, among the stems of a day; the likeliest first."""
    wanted = {stem(token.form) for token in tokens(title) if token.form not in FUNCTION_WORDS}
    counts = Counter(word for word, _ in spoken)
    weights = {word: log(1 + len(spoken) / (1 + counts[word])) for word in wanted}
    places = [(at, word, second) for at, (word, second) in enumerate(spoken) if word in wanted]
    room, found, begin = len(wanted) + _ROOM, [], 0
    for end, (at, _, _) in enumerate(places):
        # A word that is said again before the end begins nothing: the title may follow whatever was said of it before.
        while places[begin][0] < at - room or places[begin][1] in {word for _, word, _ in places[begin + 1 : end + 1]}:
            begin += 1
        heard = {word for _, word, _ in places[begin : end + 1]}
        found.append((sum(weights[word] for word in heard), -places[begin][0], places[begin][2]))
    seconds: list[float] = []
    for score, _, second in sorted(found, reverse=True):
        near = any(abs(second - other) < 60 for other in seconds)
        if score >= _ENOUGH * sum(weights.values()) and not near and len(seconds) < MOST_PLACES:
            seconds.append(second)
    return seconds


def _spoken(passages: Sequence[Passage]) -> Iterator[tuple[str, float]]:
    """The stem of each word that is said, and when."""
    for passage in passages:
        offsets = [offset for offset, _ in passage.cues] or [0]
        seconds: Mapping[int, float] = dict(passage.cues) or {0: passage.start_s or 0.0}
        for token in tokens(passage.text):
            yield stem(token.form), seconds[offsets[max(0, bisect_right(offsets, token.start) - 1)]]


def divide_day(taken: history.Step, settings: Settings, page: PageId) -> FileRef | None:
    """Give every mesa of a day a file of its own, as WebVTT, and take the day's file away.

    Returns:
        The day's file; None where ``page`` is part of none, or of one that is not there.

    Raises:
        CorpusError: A mesa would not read as before.
    """
    opened = open_sessions(settings, page.event)
    name = next((one.work.session.day_file for one in opened if one.work.page == page and one.work.session), None)
    if name is None:
        return None
    file = next((found for one in opened if (found := _day_of(one, name))), None)
    for one in opened:
        if one.work.session is not None and one.work.session.day_file == name:
            _own_file(taken, one, name)
    if file is not None:
        taken.remove(file.path)
    taken.summary = f"{name} se dividió entre sus mesas"
    return file


def _day_of(opened: OpenPage, name: str | None) -> FileRef | None:
    files = (opened.text(), opened.work.files.clock)
    return next((file for file in files if file is not None and file.path.name == name), None)


def _own_file(taken: history.Step, opened: OpenPage, name: str) -> None:
    """The part of a mesa as a file of its own, which has to read as before; as a clock where it served as one."""
    work = opened.work
    assert work.session is not None
    keys: dict[str, object] = {"jornada": None}
    if (file := _day_of(opened, name)) is not None:
        document = read(file.path, Kind.TRANSCRIPT)
        part = render_webvtt(layers.clip(document, work.session.from_s, work.session.to_s).blocks).encode()
        is_text = file is opened.text()
        session = work.session
        if is_text and not document.captions and session.version is None:  # as WebVTT it would count as captions
            session = replace(session, version=Version.PRELIMINARY)
            keys["version"] = str(session.version)
        alone = replace(opened, work=replace(work, session=session))
        with in_memory("parte.vtt", part) as path:
            after = alone.build(instead=(Kind.TRANSCRIPT, path)) if is_text else opened.with_clock(path).build()
        if after.passages != opened.build().passages:
            cure = "dé a esa mesa su propio archivo con agregar --reemplazar, y repita la orden"
            raise refuse(f"La parte de {work.page} en {name} no se puede separar sin que cambie", cure)
        taken.write(opened.beside(f"{Kind.TRANSCRIPT if is_text else CLOCK}.vtt"), part)
    taken.write(*page_keys(taken, taken.root, work.page, keys))
