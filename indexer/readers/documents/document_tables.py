"""Tables of documents and pages to paragraphs."""

from collections.abc import Sequence

from indexer.readers.labels.label import read_label
from indexer.readers.paragraphs import CELLS, CLOSED_ENDS, Paragraph

_LONGEST = 100
_MOST = 0.8
"""The part of a table's first cells that must read as labels, where what stands beside them are sentences."""


def paragraphs_of_table(rows: Sequence[Sequence[Sequence[Paragraph]]]) -> list[Paragraph]:
    """A table, as rows of cells of paragraphs: a paragraph a row; one with larger cells is there for the layout."""
    filled = [[list(cell) for cell in row if cell] for row in rows]
    if any(len(cell) > 1 for row in filled for cell in row):
        return [paragraph for row in filled for cell in row for paragraph in cell]
    texts = [[cell[0].text for cell in row] for row in filled]
    if say_who_speaks(texts):
        return [Paragraph(f"{with_colon(row[0])} {row[1]}", bold=len(with_colon(row[0]))) for row in texts if row]
    return [
        Paragraph(cells_joined(row), bold=cells[0][0].bold) for row, cells in zip(texts, filled, strict=True) if row
    ]


def cells_joined(cells: Sequence[str]) -> str:
    """The texts of a row's cells in one line, parted by ``|``, but for one that ends with a colon: it is a label."""
    text = ""
    for cell in cells:
        text += (" " if text.endswith(":") else CELLS) * bool(text) + cell
    return text


def say_who_speaks(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has two columns: labels, and what they say in sentences. A list of posts has no sentences."""
    rows = [row for row in rows if row]
    if len(rows) < 2 or any(len(row) != 2 or len(row[0]) > _LONGEST for row in rows):
        return False
    named = sum(read_label(row[0].rstrip(":. ")) is not None for row in rows)
    return named >= _MOST * len(rows) and sum(row[1].endswith(CLOSED_ENDS) for row in rows) >= _MOST * len(rows)


def with_colon(label: str) -> str:
    """A label with the colon that the lines of its table stand for."""
    return label if label.endswith((":", ".-")) else f"{label}:"
