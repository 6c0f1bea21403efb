"""Puts the recordings of a plan into the corpus: all of them, or none, as one step of its history."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indexer.corpus.adding import add_file
from indexer.corpus.new_pages import new_event, new_session, number_in
from indexer.corpus.page_folders import refuse
from indexer.history import Step
from indexer.model import Kind
from indexer.model.session import Event
from indexer.operations.importing.checking import Progress
from indexer.operations.importing.rows import Row


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
