"""Texts that staff corrected: how pages show them, and the original wording."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from indexer.index.results import Page, Spans
from indexer.model import Kind
from indexer.model.passage import Change, Passage
from search_app.asking.typed_text import clean
from search_app.shown.addresses import Pairs
from search_app.shown.formatting import day, marked

_ABOUT = 40
"""Letters that are shown before and after a correction."""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction: what stood there and what stands there now, with what is around it; and the day of it."""

    before: str
    was: str
    reads: str
    after: str
    date: dt.date | None


def wants_original(pairs: Pairs) -> bool:
    """Whether texts are to be read as they were received."""
    return any(name == "original" and clean(value) in ("si", "sí") for name, value in pairs)


def shown(passage: Passage, marks: Spans = (), *, original: bool = False) -> Markup:
    """A fragment to be read: corrections marked with what the original says, or the original with what was corrected.

    Args:
        passage: The fragment.
        marks: What was searched for, in its text; in an original with corrections nothing is marked.
        original: Whether its original is wanted.
    """
    if passage.original is None:
        return marked(passage.text, marks)
    parts: list[Markup] = []
    at = 0
    if original:
        for change in passage.changes:
            now = passage.text[change.start : change.end]
            title = f"Corregido: «{now}»" if now else "El personal quitó estas palabras"
            parts += (
                escape(passage.original[at : change.was_start]),
                Markup('<del class="corregido" title="{}">{}</del>').format(
                    title, passage.original[change.was_start : change.was_end]
                ),
            )
            at = change.was_end
        return Markup("").join((*parts, escape(passage.original[at:])))
    cut = tuple(_cut(marks, passage.changes))
    for change in passage.changes:
        said = passage.original[change.was_start : change.was_end].strip()
        parts.append(marked(passage.text, cut, at, change.start))
        if change.end > change.start:
            inside = marked(passage.text, _within(cut, change.start, change.end), change.start, change.end)
            parts.append(Markup('<ins class="corregido" title="El original dice «{}»">{}</ins>').format(said, inside))
        at = change.end
    return Markup("").join((*parts, marked(passage.text, _within(cut, at, len(passage.text)), at)))


def _cut(marks: Spans, changes: tuple[Change, ...]) -> Iterator[tuple[int, int]]:
    """Marks that nowhere run across the edge of a correction."""
    edges = sorted({edge for change in changes for edge in (change.start, change.end)})
    for start, end in marks:
        at = start
        for edge in edges:
            if at < edge < end:
                yield at, edge
                at = edge
        yield at, end


def _within(marks: Spans, start: int, end: int) -> Spans:
    return tuple(span for span in marks if start <= span[0] and span[1] <= end)


def notice(passage: Passage) -> str | None:
    """That staff corrected or checked a fragment, and when; None where they did not."""
    said = []
    if passage.original is not None:
        days = sorted({change.date for change in passage.changes if change.date})
        said.append(f"corregido por el personal{f' el {day(days[-1])}' if days else ''}")
    if passage.checked is not None:
        date = passage.checked.date
        said.append(f"cotejado con el video{f' el {day(date)}' if date else ''}")
    return f"Texto {' y '.join(said)}" if said else None


def fragments(page: Page) -> tuple[tuple[Passage, tuple[CorrectionLine, ...]], ...]:
    """Every fragment of a page that was corrected or checked, in reading order. Who did it is nobody's business."""
    touched = (p for p in page.passages if p.original is not None or p.checked is not None)
    return tuple((p, tuple(_line(p, change) for change in p.changes)) for p in touched)


def _line(passage: Passage, change: Change) -> CorrectionLine:
    original = passage.original or ""
    before = original[max(0, change.was_start - _ABOUT) : change.was_start]
    after = original[change.was_end : change.was_end + _ABOUT]
    return CorrectionLine(
        before=("… " + before.split(" ", 1)[-1] if change.was_start > _ABOUT else before).replace("\n", " "),
        was=original[change.was_start : change.was_end],
        reads=passage.text[change.start : change.end],
        after=(after.rsplit(" ", 1)[0] + " …" if change.was_end + _ABOUT < len(original) else after).replace("\n", " "),
        date=change.date,
    )


def has_corrections(page: Page) -> bool:
    """Whether anything on a page was corrected or checked."""
    return any(p.kind is Kind.TRANSCRIPT and (p.original is not None or p.checked) for p in page.passages)
