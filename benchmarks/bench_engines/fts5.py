"""SQLite FTS5. It has no Spanish stems: its words are folded forms.

Set in its favour: the texts in a table of their own (external content), read only for snippets; an index for prefixes
of four letters; ``optimize`` after the build; mesa and person as tokens of a second column without weight, so that a
filter is an intersection of postings; the columns that facets count in a narrow table; a large cache and the file
mapped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.bench_rows import FACET_VALUES, TOP, Found, Question, Row

_BEST = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {TOP}"
_SNIPPETS = (
    "SELECT rowid, snippet(words, 0, '<mark>', '</mark>', '…', 40) FROM words WHERE words MATCH ? "
    f"ORDER BY rank LIMIT {TOP}"
)
_FACET = (
    "SELECT who.{0}, count(*) AS n FROM words JOIN who ON who.id = words.rowid WHERE words MATCH ? "
    f"GROUP BY 1 ORDER BY n DESC LIMIT {FACET_VALUES}"
)
_COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"


def make(_variant: str) -> Fts5:
    """The engine."""
    return Fts5()


class Fts5:
    """See ``contract.Engine``."""

    classes = "abcdef"

    def version(self) -> dict[str, str]:
        return {"SQLite (FTS5)": sqlite3.sqlite_version}

    def build(self, rows: Iterable[Row], folder: Path) -> dict[str, Any]:
        database = sqlite3.connect(folder / "fts5.db")
        database.executescript(
            """
            PRAGMA journal_mode = off;
            PRAGMA synchronous = off;
            CREATE TABLE fragments (id INTEGER PRIMARY KEY, text TEXT, tags TEXT);
            CREATE TABLE who (id INTEGER PRIMARY KEY, mesa INTEGER, person INTEGER);
            CREATE VIRTUAL TABLE words USING fts5 (
                text, tags, content = 'fragments', content_rowid = 'id', detail = full, prefix = '4',
                tokenize = 'unicode61 remove_diacritics 2'
            );
            """
        )
        with database:
            for row in rows:
                tags = f"m{row.mesa} p{row.person}"
                database.execute("INSERT INTO fragments VALUES (?, ?, ?)", (row.number, row.text, tags))
                database.execute("INSERT INTO who VALUES (?, ?, ?)", (row.number, row.mesa, row.person))
                database.execute("INSERT INTO words (rowid, text, tags) VALUES (?, ?, ?)", (row.number, row.text, tags))
            database.execute("INSERT INTO words (words) VALUES ('optimize')")
            database.execute("INSERT INTO words (words, rank) VALUES ('rank', 'bm25(1.0, 0.0)')")
        database.execute("ANALYZE")
        database.close()
        return {}

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(f"file:{folder / 'fts5.db'}?mode=ro", uri=True)
        self._database.execute("PRAGMA cache_size = -262144")
        self._database.execute(f"PRAGMA mmap_size = {1 << 30}")

    def ask(self, kind: str, question: Question) -> int:
        match = self._match(kind, question)
        if kind == "f":
            return len(self._rows(_SNIPPETS, match))
        if kind == "e":
            self._facets(match, question)
            match = self._within(match, question)
        return len(self._rows(_BEST, match))

    def found(self, kind: str, question: Question) -> Found:
        match = self._match(kind, question)
        marked, mesas = 0, None
        if kind == "f":
            marked = sum("<mark>" in text for _, text in self._rows(_SNIPPETS, match))
        if kind == "e":
            mesas = dict(self._facets(match, question))
            match = self._within(match, question)
        return Found(self._rows(_COUNT, match)[0][0], [row[0] for row in self._rows(_BEST, match)], marked, mesas)

    def _rows(self, statement: str, match: str) -> list[Any]:
        return self._database.execute(statement, (match,)).fetchall()

    def _match(self, kind: str, question: Question) -> str:
        # Not held to the column of the text, which costs: no word of a question is of the form of a tag.
        if kind == "d":
            return f'"{question.words[0]}" *'
        if kind == "c":
            return '"' + " ".join(question.words) + '"'
        return " OR ".join(f'"{word}"' for word in question.words)

    def _within(self, match: str, question: Question) -> str:
        tag = f"m{question.mesa}" if question.person is None else f"p{question.person}"
        return f"({match}) AND (tags : {tag})"

    def _facets(self, match: str, question: Question) -> list[Any]:
        """Each facet without its own filter. Returns the mesas."""
        within = self._within(match, question)
        self._rows(_FACET.format("person"), within if question.person is None else match)
        return self._rows(_FACET.format("mesa"), match if question.person is None else within)
