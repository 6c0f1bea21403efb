"""All lines of a concordance as a file, a table or a document for Word; some hundreds are in memory at a time."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import IO, Any

from indexer.index.company import Line, Lines
from indexer.index.protocol import SearchIndex
from indexer.language.inferred_names import called
from search_app.exporting import ooxml
from search_app.exporting.ooxml import Paragraph, Span
from search_app.finding.results_page import short_cautions
from search_app.shown.addresses import fragment_address, fragment_id
from search_app.shown.collection import Collection, hit_title
from search_app.shown.dates import brief_date
from search_app.shown.formatting import clock
from search_app.shown.serializing import EXCEL, to_csv, to_rows
from search_app.study.turn_context import WIDTH, Turns

AT_ONCE = 500
"""Lines that are read together."""
IN_WORD = 46
"""Characters of context on each side in a document: what a printed line holds."""
COLUMNS = (
    "linea", "antes", "busqueda", "despues", "persona", "persona_inferida", "cargo", "fecha", "evento", "mesa",
    "titulo", "tipo", "version", "inicio_s", "ficticio", "id", "direccion",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinesFile:
    """What is written.

    Attributes:
        heading: What the lines are of, in words.
        base: Scheme and host of the addresses.
        separator: What stands between the cells of CSV.
    """

    lines: Lines
    index: SearchIndex
    collection: Collection
    heading: str
    base: str
    consulted: dt.date
    separator: str

    def each(self, width: int) -> Iterator[tuple[int, Line, str, str, str]]:
        """Yield number, line, what stands before the keyword, the keyword, and what stands behind it."""
        for start in range(0, self.lines.total, AT_ONCE):
            turns = Turns(self.index)
            for number, one in enumerate(self.lines.part(start, start + AT_ONCE), start + 1):
                keyword = " ".join(one.hit.passage.text[one.start : one.end].split())
                before, after = turns.before(one.hit, one.start, width), turns.after(one.hit, one.end, width)
                yield number, one, before.strip(), keyword, after.strip()


@dataclass(frozen=True, slots=True)
class LinesFormat:
    """A format of all lines."""

    label: str
    suffix: str
    mimetype: str
    write: Callable[[IO[bytes], LinesFile], None]


def said_at(one: Line) -> float | None:
    """The second of the cue in which the keyword is said."""
    passage = one.hit.passage
    return max((second for offset, second in passage.cues if offset <= one.start), default=passage.start_s)


def _row(file: LinesFile, number: int, one: Line, before: str, keyword: str, after: str) -> dict[str, Any]:
    hit, passage = one.hit, one.hit.passage
    day = hit.session.date if hit.session else None
    values = (
        number, before, keyword, after, passage.person, passage.inferred, passage.post, day and day.isoformat(),
        hit.event.slug, hit.session.slug if hit.session else None,
        hit_title(hit.event, hit.session, several=file.collection.several_events), passage.kind.value, passage.version,
        said_at(one), hit.event.fictitious, fragment_id(hit.page, passage.number),
        file.base + fragment_address(hit.page, passage.number),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _table(out: IO[bytes], file: LinesFile) -> None:
    out.write((EXCEL + to_csv(COLUMNS, (), file.separator)).encode())
    rows = (_row(file, *line) for line in file.each(WIDTH))
    out.writelines(row.encode() for row in to_rows(COLUMNS, rows, file.separator))


def _tabbed(out: IO[bytes], file: LinesFile) -> None:
    _table(out, replace(file, separator="\t"))


def _document(out: IO[bytes], file: LinesFile) -> None:
    ooxml.write(out, _paragraphs(file), title=file.heading, created=file.consulted)


def _paragraphs(file: LinesFile) -> Iterator[Paragraph]:
    yield Paragraph((Span(file.heading),), "Titulo")
    for number, one, before, keyword, after in file.each(IN_WORD):
        hit = one.hit
        yield Paragraph((Span(f"\t{before} \t"), Span(keyword, bold=True), Span(f" {after}")), "Renglon")
        second = said_at(one)
        said = [
            f"{number}",
            called(hit.passage.person, hit.passage.inferred) or hit.passage.kind.label,
            *short_cautions(hit),
            brief_date(hit.event, hit.session),
            hit_title(hit.event, hit.session, several=file.collection.several_events),
            *([] if second is None else [clock(second)]),
            file.base + fragment_address(hit.page, hit.passage.number),
        ]
        yield Paragraph((Span(" · ".join(said)),), "Renglon")


FORMATS = {
    "csv": LinesFormat("CSV", "csv", "text/csv; charset=utf-8; header=present", _table),
    "tsv": LinesFormat("TSV", "tsv", "text/tab-separated-values; charset=utf-8", _tabbed),
    "docx": LinesFormat("Word", "docx", ooxml.MIMETYPE, _document),
}
"""By the value of ``formato``."""
