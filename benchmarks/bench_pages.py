"""Whole pages over HTTP: Consta's search page beside Datasette's over the same fragments, and FTS5 with snippets alone.

CPU is the server process's own, read between requests; every question is asked once of each, in turn. Datasette is
given its best: no suggested facets, limits of time that never cut an answer short, ten rows.
"""

from __future__ import annotations

import http.client
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.bench_children import Child, EngineFailed, EngineName
from benchmarks.bench_corpus import rows_of_index
from benchmarks.bench_measures import summary
from benchmarks.bench_processes import cpu_of, free_port, memory_of, serving
from benchmarks.bench_queries import Questions
from benchmarks.bench_rows import Question, Row, address_of, read_rows, write_rows

OURS = "Consta"
GZIP = "Consta, gzip as a browser asks"
TABLE = "Datasette, table: facet, no snippets"
QUERY = "Datasette, query: snippets, no facet"
ALONE = "FTS5 with snippets alone"
WARM = 5
_SETTLING_S = 0.002
"""Between an answer and the reading of the clock: a server may still tidy up."""
_FTS5 = EngineName("fts5", "SQLite FTS5", "ours", "")
_SEARCH = """
databases:
  textos:
    queries:
      extractos:
        sql: >-
          SELECT f.id, f.mesa, f.persona, snippet(fragmentos_fts, 0, '<mark>', '</mark>', '…', 40) AS extracto
          FROM fragmentos_fts JOIN fragmentos AS f ON f.id = fragmentos_fts.rowid
          WHERE fragmentos_fts MATCH :q ORDER BY rank LIMIT 10
"""

Ask = Callable[[Question], tuple[float, float, str]]
"""Milliseconds of CPU and of wall clock, and the page."""


def measure(
    index: Path, folder: Path, peers: Path, count: int, seed: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Ask every server over the fragments of one index."""
    rows = folder / "pages.tsv"
    size = write_rows(rows_of_index(index), rows)
    progress(f"páginas sobre {size:,} fragmentos: {count} búsquedas de una a tres palabras")
    questions = Questions(read_rows(rows), seed + 1).of("f", 2 * (count + WARM))
    with ExitStack() as stack:
        asked: dict[str, Ask] = {}
        memory: dict[str, int] = {}
        missing: dict[str, str] = {}
        port = free_port()
        command = [sys.executable, "-m", "search_app", "servir", "--indice", index, "--puerto", str(port)]
        pid, _ = stack.enter_context(serving(command, f"http://127.0.0.1:{port}/salud"))
        memory[OURS] = pid
        for name, headers in ((OURS, {}), (GZIP, {"Accept-Encoding": "gzip"})):
            asked[name] = _over_http(pid, port, lambda q: "/buscar?" + urlencode({"q": " ".join(q.words)}), headers)
        try:
            pid, port = stack.enter_context(_datasette(read_rows(rows), folder, peers))
        except (RuntimeError, FileNotFoundError) as error:
            missing["Datasette"] = str(error)
        else:
            memory["Datasette"] = pid
            asked[TABLE] = _over_http(pid, port, _table_page, {})
            asked[QUERY] = _over_http(pid, port, _query_page, {})
        try:
            asked[ALONE] = _fts5(stack, rows, size, folder)
        except EngineFailed as error:
            missing["FTS5"] = str(error)
        found = _ask(asked, questions)
        holds = {name: memory_of(pid) for name, pid in memory.items()}
    return {"fragments": size, "pages": found, "memory_mb": holds, "missing": missing}


def _ask(asked: dict[str, Ask], questions: Sequence[Question]) -> dict[str, Any]:
    cpu: dict[str, list[float]] = {name: [] for name in asked}
    wall: dict[str, list[float]] = {name: [] for name in asked}
    sizes: dict[str, list[int]] = {name: [] for name in asked}
    marked: dict[str, int] = dict.fromkeys(asked, 0)
    half = len(questions) // 2
    for number, (question, other) in enumerate(zip(questions[:half], questions[half:], strict=False)):
        for name, ask in asked.items():
            # Consta is asked twice: for its second page something else, so that every question is new to it.
            spent, took, page = ask(other if name == GZIP else question)
            if number >= WARM:
                cpu[name].append(spent)
                wall[name].append(took)
                sizes[name].append(len(page))
                marked[name] += "<mark" in page or "&lt;mark" in page
    return {
        name: {
            "cpu": summary(cpu[name]),
            "wall": summary(wall[name]),
            "kb": sum(sizes[name]) / len(sizes[name]) / 1000,
            "marked": marked[name] / len(cpu[name]),
        }
        for name in asked
    }


def _over_http(pid: int, port: int, address: Callable[[Question], str], headers: dict[str, str]) -> Ask:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(question: Question) -> tuple[float, float, str]:
        path = address(question)
        cpu, start = cpu_of(pid), time.perf_counter()
        connection.request("GET", path, headers={"Accept": "text/html", **headers})
        answer = connection.getresponse()
        body = answer.read()
        wall = time.perf_counter() - start
        time.sleep(_SETTLING_S)
        spent = cpu_of(pid) - cpu
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return 1000 * spent, 1000 * wall, body.decode("utf-8", "replace")

    return ask


def _match(question: Question) -> str:
    return " OR ".join(f'"{word}"' for word in question.words)


def _table_page(question: Question) -> str:
    asked = {"_search": _match(question), "_searchmode": "raw", "_facet": "mesa", "_size": "10"}
    return "/textos/fragmentos?" + urlencode(asked)


def _query_page(question: Question) -> str:
    return "/textos/extractos?" + urlencode({"q": _match(question)})


def _datasette(rows: Iterable[Row], folder: Path, peers: Path) -> Any:
    """A context: Datasette over a database of the fragments; its process and port."""
    if not peers.is_file():
        raise FileNotFoundError(f"{peers} does not exist; to have it: make bench")
    path, metadata = folder / "textos.db", folder / "metadata.yaml"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    with database:
        database.execute("CREATE TABLE fragmentos (id INTEGER PRIMARY KEY, mesa TEXT, persona TEXT, texto TEXT)")
        database.executemany(
            "INSERT INTO fragmentos VALUES (?, ?, ?, ?)",
            ((row.number, address_of(row.mesa), f"persona {row.person}", row.text) for row in rows),
        )
        database.execute(
            "CREATE VIRTUAL TABLE fragmentos_fts USING fts5 "
            '(texto, content="fragmentos", content_rowid="id", tokenize=\'unicode61 remove_diacritics 2\')'
        )
        database.execute("INSERT INTO fragmentos_fts (fragmentos_fts) VALUES ('rebuild')")
        database.execute("INSERT INTO fragmentos_fts (fragmentos_fts) VALUES ('optimize')")
        database.execute("CREATE INDEX mesas ON fragmentos (mesa)")
        database.execute("ANALYZE")
    database.close()
    metadata.write_text(_SEARCH, encoding="utf-8")
    port = free_port()
    settings = {"suggest_facets": "off", "sql_time_limit_ms": "60000", "facet_time_limit_ms": "60000"}
    options = [part for name, value in settings.items() for part in ("--setting", name, value)]
    command = [peers, "-m", "datasette", "serve", "--immutable", path, "--metadata", metadata, "--port", str(port)]
    return _Running(serving([*command, *options], f"http://127.0.0.1:{port}/-/versions.json"), port)


class _Running:
    """A server's context, with its port."""

    def __init__(self, server: Any, port: int) -> None:
        self._server, self._port = server, port

    def __enter__(self) -> tuple[int, int]:
        pid, _ = self._server.__enter__()
        return pid, self._port

    def __exit__(self, *raised: Any) -> Any:
        return self._server.__exit__(*raised)


def _fts5(stack: ExitStack, rows: Path, size: int, folder: Path) -> Ask:
    place = folder / "fts5-pages"
    place.mkdir()
    with Child(_FTS5) as child:
        child.do("build", rows=str(rows), size=size, folder=str(place))
    child = stack.enter_context(Child(_FTS5))
    child.do("open", folder=str(place), question=Question(("electoral",)))

    def ask(question: Question) -> tuple[float, float, str]:
        start = time.perf_counter()
        answer = child.do("ask", kind="f", questions=[question])
        return answer["ns"][0] / 1e6, 1000 * (time.perf_counter() - start), ""

    return ask
