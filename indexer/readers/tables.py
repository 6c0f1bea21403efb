"""Tables in files of their own (.tsv, .csv): Whisper's, and those of spreadsheets."""

from __future__ import annotations

import csv
import io

from indexer.errors import ReadError
from indexer.model.transcript import Document
from indexer.readers.decode import decode
from indexer.readers.registry import reader
from indexer.readers.speech_table import read_rows

_DELIMITERS = ("\t", ";", ",", "|")


@reader(".tsv")
def read_table(data: bytes) -> Document:
    """A table of times and words, its columns named or not, parted by tabs, semicolons or commas, quoted or not.

    Raises:
        ReadError: It is no such table, or its times cannot be.
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
