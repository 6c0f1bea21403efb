"""What a folder, an archive or a table holds, understood and read: the plan of an import, and how it is carried out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.adding import add_file
from indexer.corpus.folders import printable
from indexer.corpus.new_pages import new_event, new_session, number_in
from indexer.corpus.snapshot import read_corpus
from indexer.errors import refuse
from indexer.history import Step
from indexer.language.spanish import fold
from indexer.model import Event, Kind
from indexer.operations.importing.checking import Progress, checked
from indexer.operations.importing.places import Places
from indexer.operations.importing.recordings import base_of
from indexer.operations.importing.rows import Plan, Row
from indexer.operations.importing.sources import Gathered, SourceFile, gathered
from indexer.operations.importing.told import TABLE, Told, read_told
from indexer.operations.importing.understanding import understand


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
