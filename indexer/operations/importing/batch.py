"""What a folder, an archive or a table holds, understood and read: the plan of an import, and how it is carried out."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.adding import add_file
from indexer.corpus.folders import printable
from indexer.corpus.new_pages import new_event, new_session, number_in
from indexer.corpus.page_files import is_note
from indexer.corpus.snapshot import read_corpus
from indexer.errors import CorpusError, refuse
from indexer.history import Step
from indexer.language.spanish import fold
from indexer.model import Event, Kind
from indexer.operations.importing.checking import Progress, checked
from indexer.operations.importing.places import Places
from indexer.operations.importing.recordings import (
    Recording,
    base_of,
    date_in,
    day_in_words,
    language_of,
    recordings,
    title_in,
    video_id,
)
from indexer.operations.importing.rows import Plan, Row
from indexer.operations.importing.sources import Gathered, LeftOut, SourceFile, gathered
from indexer.operations.importing.told import TABLE, Table, Told, by_name, read_told
from indexer.operations.importing.video_info import LONGEST_TITLE, read_video_info

_NO_TEXT = "es un video o un audio sin subtítulos: descárguelos (yt-dlp --write-subs --write-auto-subs --sub-langs es)"


@contextmanager
def planned(
    settings: Settings,
    source: Path,
    event: str,
    progress: Progress = lambda *_: None,
    mended: Sequence[Told] = (),
    only: Collection[Path] | None = None,
    new: Event | None = None,
    one_event: bool = False,
) -> Iterator[Plan]:
    """The plan of an import; its files stay where it says until the block ends. Writes nothing.

    Args:
        source: A folder, a zip archive, or a table.
        event: The event of whatever does not say its own; empty for none.
        mended: What somebody said of single files, over all else.
        only: The files that are looked at, where not all are.
        new: An event that is made for them.
        one_event: Whether whatever is of another event than ``event`` is refused.

    Raises:
        CorpusError: It cannot be read, or there is nothing in it.
    """
    place = f"La carpeta {printable(source.name)}" if source.is_dir() else printable(source.name)
    with _files(source) as found:
        if not any(found):
            raise refuse(f"{place} no tiene archivos que importar", "ponga ahí los subtítulos, textos o la tabla")
        if only is not None:
            files, left = found
            found = [one for one in files if one.origin in only], [one for one in left if one.origin in only]
        snapshot = read_corpus(settings.corpus)
        places = Places(snapshot, event, new, one_event)
        yield checked(understand(found, places, mended), snapshot, progress)


@contextmanager
def _files(source: Path) -> Iterator[Gathered]:
    """The files; of a table, those that it names, with what lies beside each of them."""
    if source.suffix.lower() != TABLE or not source.is_file():
        with gathered(source) as found:
            yield found
        return
    table = read_told(SourceFile(source.name, source, source))
    if table is None:
        cure = (
            "póngale ese título a la columna con los nombres de los archivos; una transcripción se agrega con agregar"
        )
        raise refuse(f"{printable(source.name)} no tiene una columna «archivo», o no se puede leer", cure)
    wanted = {fold(base_of(row.file.replace("\\", "/")).rpartition("/")[2]) for row in table[0]}
    with gathered(source.absolute().parent, lambda name: fold(base_of(name)).rpartition("/")[2] in wanted) as found:
        yield [*found[0], SourceFile(source.name, source, source)], found[1]


def put_into_corpus(root: Path, rows: Sequence[Row], taken: Step, progress: Progress, new: Event | None = None) -> None:
    """Put recordings into the corpus.

    Args:
        rows: Those that are to be imported, read.
        taken: The step; it is summed up there.
        new: An event that is made for them; its days are theirs.

    Raises:
        CorpusError: One of them is refused after all; nothing is imported then.
    """
    if new is not None and rows and not (root / new.slug).exists():
        days = [row.date for row in rows if row.date and row.event == new.slug]
        if not days:
            fault = f"Ninguna grabación dice su fecha, y de ellas se toman los días de «{new.title}»"
            raise refuse(fault, "dígala en la tabla o al revisar, o cree antes el evento con nuevo")
        new_event(root, new.slug, new.title, min(days), max(days), to=taken)
    numbers: dict[str, set[int]] = {}
    for done, row in enumerate(rows):
        progress(done, len(rows), row.title)
        if row.is_new and row.session:
            given = numbers.setdefault(row.event, set())
            new_session(root, row.event, row.session, row.title, row.date, taken=given, to=taken)
            if (number := number_in(row.session)) is not None:
                given.add(number)
        is_transcript = row.kind is Kind.TRANSCRIPT
        keys: dict[str, Any] = {"video": row.video, "version": row.version} if is_transcript else {}
        keys |= {"fecha": row.date, "participantes": [{"nombre": one} for one in row.people]} if row.session else {}
        add_file(
            root, row.text or row.texts[0].path, row.page, row.kind, clock=row.clock.path if row.clock else None,
            keys={key: value for key, value in keys.items() if value}, to=taken,
        )  # fmt: skip
    events = Counter(row.event for row in rows)
    count = f"{len(rows)} grabaciones" if len(rows) != 1 else f"1 grabación: {rows[0].title}"
    taken.page = next(iter(events)) if len(events) == 1 else None
    taken.summary = f"Se importaron {count}" if len(rows) != 1 else f"Se importó {count}"


def understand(found: Gathered, places: Places, mended: Sequence[Told] = ()) -> Plan:
    """Understand the files of a folder or an archive; ``mended``, said of single files, goes over all else."""
    left = list(found[1])
    tables, files = _tables(found[0], left)
    rows = [told for every, _ in tables for told in every]
    said, lost = by_name(rows, files)
    corrections, unknown = by_name(mended, files)
    drafts = []
    for recording in _as_told(recordings(files), {**said, **corrections}):
        if not (recording.texts or recording.foreign or recording.info or recording.has_media):
            left += [LeftOut(one.name, "no es un texto que se lea", one.origin) for one in recording.others]
        elif tables and not any(file.name in said for file in recording.texts):
            files_of = [*recording.texts, *recording.foreign, *recording.others, *filter(None, [recording.info])]
            left += [LeftOut(one.name, "la tabla no lo nombra", one.origin) for one in files_of]
        else:
            drafts.append(_draft(recording))
    absent = ((row, row.values.get("title", "")) for row in (*lost, *unknown))
    missing = [Row(file=row.file, title=title, state="falta", why=_not_there(row)) for row, title in absent]
    drafts = [_with_said(row, said.get(row.file)) for row in drafts]
    drafts.sort(
        key=lambda row: (row.date or dt.date.max, base_of(row.file))
    )  # whatever is mended: lines keep their place
    drafts = [_with_said(row, corrections.get(row.file)) for row in drafts]
    return Plan((*_placed(drafts, places), *missing), tuple(left), tuple(notice for _, notice in tables if notice))


def _tables(files: Sequence[SourceFile], left: list[LeftOut]) -> tuple[list[Table], list[SourceFile]]:
    """The tables of recordings among files, and the other files; a table that cannot be used joins those left out."""
    tables, others = [], []
    for file in files:
        try:
            table = read_told(file) if file.suffix == TABLE else None
        except CorpusError as error:
            left.append(LeftOut(file.name, str(error), file.origin))
            continue
        if table is not None:
            tables.append(table)
        elif not is_note(file.name.rpartition("/")[2]):
            others.append(file)
    return tables, others


def _not_there(row: Told) -> str:
    if not row.file:
        return f"{row.place}: no dice de qué archivo es: escriba su nombre en la columna «archivo»"
    return f"{row.place or 'lo corregido'}: no hay un archivo con ese nombre, o ya lo nombra otro renglón: revíselo"


def _as_told(found: Sequence[Recording], said: Mapping[str, Told]) -> Iterator[Recording]:
    """Recordings, with the files that somebody named first; two that were named are two recordings."""
    for one in found:
        named = [file for file in (*one.texts, *one.foreign) if file.name in said]
        rest = tuple(file for file in one.texts if file not in named)
        foreign = tuple(file for file in one.foreign if file not in named)
        for place, file in enumerate(named):
            texts = (file, *rest) if len(named) == 1 else (file,)
            yield replace(one, texts=texts, foreign=foreign if not place else ())
        if not named:
            yield one


def _draft(recording: Recording) -> Row:
    """What the files of a recording say by themselves."""
    stem, own = recording.stem, video_id(recording.stem)
    known: dict[str, Any] = {"title": title_in(stem), "date": date_in(stem)}
    known["video"] = f"https://www.youtube.com/watch?v={own}" if own else ""
    if recording.info is not None:
        known |= read_video_info(recording.info.path, own)
    elif own:
        known["warnings"] = (
            "no está su .info.json: título y video se toman del nombre, y la fecha queda sin confirmar",
        )
    instead = f"Sesión del {day_in_words(known['date'])}" if known["date"] else stem
    known["title"] = (known["title"] or instead)[:LONGEST_TITLE]
    texts, clock = recording.texts, recording.clock
    told = [f"{_end(file)}: {language_of(file.name)}, no es español" for file in recording.foreign]
    if texts:
        told += [f"{_end(file)}: la misma grabación en otro formato o idioma" for file in texts[1:] if file != clock]
    if clock:
        told.append(f"{_end(clock)}: solo para las horas del texto")
    row = Row(
        file=texts[0].name if texts else recording.base,
        texts=texts,
        clock=clock,
        beside=(*recording.foreign, *recording.others, *filter(None, [recording.info])),
        told=tuple(told),
        **known,
    )
    if texts:
        return row
    if recording.foreign:
        languages = ", ".join(sorted({language_of(file.name) for file in recording.foreign}))
        why = f"solo trae subtítulos en otro idioma ({languages}): descargue los que están en español"
    else:
        why = _NO_TEXT if recording.has_media else "solo están los datos del video, sin subtítulos: descárguelos"
    return replace(row, state="falta", why=why)


def _with_said(row: Row, said: Told | None) -> Row:
    """A row with what somebody said of it."""
    if said is None:
        return row
    row = replace(row, **said.values)
    if said.left_out:
        return replace(row, state="omitida", why="así se pidió")
    if said.faults:
        place = f"{said.place}: " if said.place else ""
        return replace(row, state="falta", why=f"{place}{'; '.join(said.faults)}")
    return row


def _placed(rows: Sequence[Row], places: Places) -> list[Row]:
    """Each row with its event and its mesa, which no two have in common."""
    known = [places.with_event(row) for row in rows]
    titles = Counter((row.event, fold(row.title)) for row in known if row.state == "importar")
    found: list[Row] = []
    taken: dict[tuple[object, Kind], str] = {}
    for row in known:
        if row.state == "importar":
            row = places.with_session(row, is_repeated=titles[row.event, fold(row.title)] > 1)
        if row.state == "importar" and (first := taken.setdefault((row.page, row.kind), row.file)) != row.file:
            row = replace(row, state="falta", why=f"{first} va ya a {row.page}: diga otra mesa, o deje uno de los dos")
        found.append(row)
    return found


def _end(file: SourceFile) -> str:
    return file.name.rpartition("/")[2]
