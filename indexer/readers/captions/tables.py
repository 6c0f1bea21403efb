"""Tables of what was said, in files of their own (.tsv, .csv) or inside a text: times, who speaks, words."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import ReadError
from indexer.model import Block, Document
from indexer.readers.captions.cue_speakers import is_unknown, speaker_of_voice
from indexer.readers.captions.cues import Cue, end_of
from indexer.readers.captions.track import to_document
from indexer.readers.decode import decode
from indexer.readers.labels.label import read_label
from indexer.readers.paragraphs import count_words, some
from indexer.readers.times import is_timetable, read_time
from indexer.readers.words import fold, listed

_DELIMITERS = ("\t", ";", ",", "|")


def read_table(data: bytes) -> Document:
    """A table of times and words, its columns named or not, parted by tabs, semicolons or commas, quoted or not.

    Raises ``ReadError``: it is no such table, or its times cannot be.
    """
    text = decode(data)
    for delimiter in sorted(_DELIMITERS, key=lambda sign: -sum(sign in line for line in text.split("\n", 50)[:50])):
        rows = _rows(text, delimiter)
        document = read_rows([row for _, row in rows], [number for number, _ in rows])
        if document is not None:
            return document
    cure = "póngales a las columnas los nombres inicio, hablante y texto, o guarde el texto como .txt"
    raise ReadError("no es una tabla de lo que se dijo: no se encuentran una columna de tiempos y otra de texto", cure)


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows with their line. A quote that never ends would swallow the file: then quotes are signs like others."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        table = csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting)
        try:
            rows = [(table.line_num, row) for row in table if any(cell.strip() for cell in row)]
        except csv.Error:
            continue
        if quoting == csv.QUOTE_NONE or len(rows) > text.count("\n") // 8:
            return rows
    return []


Row = Sequence[str]

_HEADS = {name: listed(f"column_{name}") for name in ("start", "end", "lasts", "who", "text")}
_MOST = 0.8
_SLOWEST_WORDS_A_SECOND = 0.2
"""Who speaks slower than this over a whole table speaks in milliseconds."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each thing stands, in columns from 0; ``text`` is always there."""

    text: int
    start: int | None = None
    end: int | None = None
    lasts: int | None = None
    who: int | None = None
    named: bool = False


def read_rows(rows: Sequence[Row], places: Sequence[int] | None = None) -> Document | None:
    """A table of times and words to timed cues, one of who and words to turns; None where it is neither.

    Args:
        rows: Its cells; the first row may name the columns. Rows of one cell are text of nobody.
        places: The line of each row, for messages.

    Raises:
        ReadError: Its times cannot be.
    """
    wide = [row for row in rows if len(row) > 1]
    columns = _columns(wide)
    if columns is None:
        return None
    if columns.start is None:
        return _turns(rows, wide, columns)
    body = [(n, row) for n, row in enumerate(rows) if not (columns.named and row is wide[0])]
    unit_s = _unit_s(wide[columns.named :], columns)
    cues = [_cue(row, columns, unit_s, f"renglón {places[n] if places else n + 1}") for n, row in body]
    timed = sum(cue.start_s is not None for cue in cues)
    printed = [_cell(row, columns.start) for row in wide[columns.named :]]
    if 2 * timed < len(wide) or is_timetable(printed, count_words(_cell(row, columns.text) for row in wide)):
        return None
    used = {columns.text, columns.start, columns.end, columns.lasts, columns.who}
    left = [f"«{head}»" for n, head in enumerate(wide[0]) if n not in used] if columns.named else []
    fault = f"no se leen estas columnas: {some(left, 8)}"
    return to_document(cues, ((fault, "si alguna es lo que se dijo, llámela «texto»"),) if left else ())


def _turns(rows: Sequence[Row], wide: Sequence[Row], columns: _Columns) -> Document | None:
    """A table of who and words: a turn a row, the rows of one speaker one turn."""
    blocks: list[Block] = []
    for row in rows:
        if (columns.named and row is wide[0]) or not any(cell.strip() for cell in row):
            continue
        speaker = speaker_of_voice(_cell(row, columns.who)) if len(row) > 1 else None
        turn = blocks[-1].turn + (speaker != blocks[-1].speaker) if blocks else 0
        text = " ".join(_cell(row, columns.text if len(row) > 1 else 0).split())
        if text:
            blocks.append(Block(text, speaker=speaker, turn=turn))
    return Document(tuple(blocks)) if blocks else None


def _cue(row: Row, columns: _Columns, unit_s: float, place: str) -> Cue:
    if len(row) == 1:
        return Cue(None, None, (row[0],), "")
    start_s = read_time(_cell(row, columns.start), unit_s)
    end_s = read_time(_cell(row, columns.end), unit_s)
    end_s = end_of(start_s, end_s, read_time(_cell(row, columns.lasts), unit_s))
    speaker = speaker_of_voice(_cell(row, columns.who))
    return Cue(start_s, end_s, tuple(_cell(row, columns.text).split("\n")), place, speaker)


def _cell(row: Row, column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _unit_s(rows: Sequence[Row], columns: _Columns) -> float:
    """One second, or a thousandth where the words would else take days."""
    cells = [_cell(row, columns.start) for row in rows]
    if not all(cell.isdigit() for cell in cells if cell):
        return 1.0
    times = [int(cell) for cell in cells if cell]
    words = count_words(_cell(row, columns.text) for row in rows[:-1])
    return 0.001 if len(times) > 1 and words < _SLOWEST_WORDS_A_SECOND * (times[-1] - times[0]) else 1.0


def _columns(rows: Sequence[Row]) -> _Columns | None:
    if len(rows) < 2:
        return None
    heads = [" ".join(fold(head).replace("_", " ").replace("(", " ").replace(")", " ").split()) for head in rows[0]]
    found: dict[str, int] = {}
    for name, known in _HEADS.items():
        place = next((n for n, head in enumerate(heads) if head in known and n not in found.values()), None)
        if place is not None:
            found[name] = place
    if "text" in found and ("start" in found or "who" in found):
        return _Columns(**found, named=True)
    return _columns_by_content(rows)


def _columns_by_content(rows: Sequence[Row]) -> _Columns | None:
    """Without names: a column of times, maybe one of ends, maybe one of who, and the widest one."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    even = [row for row in rows if len(row) == width]
    if len(even) < _MOST * len(rows):
        return None
    if width == 2 and _names_repeat([row[0].strip() for row in even]):
        return _Columns(1, who=0)
    times = [sum(read_time(row[n].strip("[]() ")) is not None for row in even) for n in range(width)]
    timed = [n for n in range(width) if times[n] >= _MOST * len(even)]
    others = [n for n in range(width) if n not in timed]
    if not timed or not others:
        return None
    text = max(others, key=lambda n: sum(len(row[n]) for row in even))
    who = [n for n in others if n != text and len({row[n].strip() for row in even}) <= max(2, len(even) // 2)]
    if len(timed) > 2 or len(others) - len(who) > 1 or len(who) > 1:
        return None
    return _Columns(text, timed[0], timed[1] if len(timed) > 1 else None, None, who[0] if who else None)


def _names_repeat(cells: Sequence[str]) -> bool:
    """Whether a column is who speaks: all of it reads as labels, and somebody speaks again."""
    return len(set(cells)) < len(cells) and all(is_unknown(cell) or read_label(cell) is not None for cell in cells)
