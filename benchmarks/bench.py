"""Consta beside its peers: questions of six classes, building, whole pages, shapes. Writes docs/speed.md.

    make bench                                        everything
    python benchmarks/bench.py --sizes 1000,10000     a part: printed, nothing is written but with --output

The peers are in .venv-bench (make .venv-bench/bench.stamp); Xapian is Debian's python3-xapian.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import bench_classes, bench_cold, bench_pages, bench_service, bench_shapes, bench_table  # noqa: E402
from benchmarks.bench_children import ENGINES, PEERS_PYTHON  # noqa: E402
from benchmarks.bench_collections import SHAPES  # noqa: E402
from benchmarks.bench_commands import commands  # noqa: E402
from benchmarks.bench_corpus import rows_of_index, write_corpus  # noqa: E402
from benchmarks.bench_machine import load, machine, revision  # noqa: E402
from benchmarks.bench_passages import SEED, passages, sentences  # noqa: E402
from benchmarks.bench_processes import run  # noqa: E402
from benchmarks.bench_queries import Questions  # noqa: E402
from benchmarks.bench_rows import CLASSES, read_rows, write_rows  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
SIZES = (1_000, 10_000, 100_000)
PAGE_SIZES = (1_500, 26_000, 100_000)
QUESTIONS = 400
PAGES = 100
RATIO = 1.045
"""Fragments of ours that the segmenter makes one of."""
PARTS = ("classes", "pipeline", "pages", "service", "shapes")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, print it, write it."""
    options = _options(arguments)
    # Ended from outside, it leaves no server behind and no folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.results and options.results.is_file() and options.again:
        results = json.loads(options.results.read_text(encoding="utf-8"))
    else:
        with tempfile.TemporaryDirectory(prefix="consta-bench-", dir=options.work) as work:
            results = _Run(options, Path(work)).results()
    text = bench_table.page(results)
    print(text)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    return int(bool(results["failed"]))


class _Run:
    """One run, in a folder of its own."""

    def __init__(self, options: argparse.Namespace, work: Path) -> None:
        self._options = options
        self._work = work
        self._data = SHARED if (SHARED / "retrieval").is_dir() and not options.invented else None
        self._pool: list[str] = []
        self._found: dict[str, Any] = {}
        self._start = time.perf_counter()

    def results(self) -> dict[str, Any]:
        """Everything, part after part."""
        options, before = self._options, load()
        self._pool = sentences(self._data, options.seed)
        wanted = [engine for engine in ENGINES if not options.engines or engine.key in options.engines]
        there = bench_classes.present(options.peers, wanted)
        found: dict[str, Any] = {
            "date": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "seed": options.seed,
            "machine": machine(),
            "revision": revision(),
            "texts": "pieces of ../shared/data" if self._data else "invented words (no ../shared/data)",
            "versions": there.versions,
            "missing": there.missing,
            "sizes": {},
            "pipeline": {},
            "pages": {},
            "service": {},
            "shapes": {},
            "failed": {},
            "load": [before],
        }
        self._found = found
        for size in options.sizes if "classes" in options.parts else ():
            with self._part(f"classes, {size:,}"):
                found["sizes"][str(size)] = self._classes(size, there.engines)
        if {"pipeline", "pages", "service"} & options.parts:
            self._whole()
        if "shapes" in options.parts:
            with self._part("shapes"):
                self._shapes()
        return found

    @contextmanager
    def _part(self, name: str) -> Iterator[None]:
        """A part of the run: where it fails the others go on; what there is so far is kept in the file of results."""
        try:
            yield
        except Exception as error:
            self._say(f"falló: {name}: {error}")
            self._found["failed"][name] = f"{type(error).__name__}: {str(error)[:300]}"
        self._found["wall_s"] = time.perf_counter() - self._start
        self._found["load"] = [self._found["load"][0], load()]
        if self._options.results:
            text = json.dumps(self._found, ensure_ascii=False, indent=1)
            self._options.results.write_text(text, encoding="utf-8")

    def _classes(self, size: int, engines: list[Any]) -> dict[str, Any]:
        options, path = self._options, self._work / f"rows-{size}.tsv"
        write_rows(passages(self._pool, size, options.seed), path)
        cold = bench_cold.NEEDED if size in bench_classes.COLD_SIZES and bench_cold.KIND in options.classes else 0
        drawn = Questions(read_rows(path), options.seed).all(options.questions + bench_classes.SPARE + cold)
        # A small collection has not so many of each class: what is asked comes first.
        asked = {kind: drawn[kind][: options.questions] for kind in options.classes}
        spare = {kind: drawn[kind][options.questions :][: bench_classes.SPARE] for kind in options.classes}
        rested = drawn[bench_cold.KIND][options.questions + bench_classes.SPARE :]
        plan = bench_classes.Plan(path, size, asked, spare, rested, engines, self._work, options.peers, options.budget)
        return {**bench_classes.measure(plan, self._say), "questions": options.questions}

    def _whole(self) -> None:
        """The pipeline's builds, and what is served from them, from small to large."""
        options, found = self._options, self._found
        built = options.sizes if {"pipeline", "service"} & options.parts else ()
        asked = options.page_sizes if "pages" in options.parts else ()
        for size in sorted({*built, *asked}):
            folder = self._work / f"whole-{size}"
            folder.mkdir()
            index = folder / "indice"
            with self._part(f"pipeline, {size:,}"):
                if size == 26_000 and self._data is not None:
                    index = self._judged()
                else:
                    cost = self._pipeline(size, folder)
                    if size in built:
                        found["pipeline"][str(size)] = cost
            if not index.is_dir():
                continue
            if size in asked:
                with self._part(f"pages, {size:,}"):
                    pages = bench_pages.measure(index, folder, options.peers, options.pages, options.seed, self._say)
                    found["pages"][str(size)] = {**pages, "questions": options.pages}
            if "service" in options.parts and size == max(built):
                with self._part("service"):
                    self._service(found["pipeline"][str(size)]["fragments"], folder)

    def _service(self, fragments: int, folder: Path) -> None:
        options, index = self._options, folder / "indice"
        questions = Questions(rows_of_index(index), options.seed + 2).of("f", 150)
        started = bench_service.starts(index, questions, self._say)
        self._found["service"] = {"fragments": fragments, **started}
        added = bench_service.adding(folder / "corpus", index, self._pool, options.seed, self._say)
        self._found["service"] |= added

    def _shapes(self) -> None:
        options, folder = self._options, self._work / "shapes"
        found = bench_shapes.measure_shapes(SHAPES, folder, lambda: self._pool, options.seed, self._say)
        self._found["shapes"] = found
        self._say("órdenes sobre las mesas largas")
        found["commands"] = commands(folder / "largas", self._work, self._pool, options.seed)

    def _pipeline(self, size: int, folder: Path) -> dict[str, Any]:
        self._say(f"construye {size:,} fragmentos con todo")
        corpus, index = folder / "corpus", folder / "indice"
        write_corpus(passages(self._pool, int(size * RATIO), self._options.seed), corpus)
        cost = run(["indexer", "actualizar", "--corpus", corpus, "--indice", index])
        if cost.status:
            raise RuntimeError(cost.output)
        from indexer.index.catalogue import load as load_catalogue

        current = index / "actual"
        fragments = sum(record.passages for record in load_catalogue(current).pages.values())
        disk = sum(path.stat().st_size for path in current.resolve().rglob("*") if path.is_file()) / 1e6
        return {
            "fragments": fragments, "cpu": cost.cpu, "wall": cost.wall, "peak_mb": cost.peak_mb, "disk_mb": disk,
        }  # fmt: skip

    def _judged(self) -> Path:
        """The index of ``make relevance`` over the 16,000 documents; from its cache where it is there."""
        from benchmarks.relevance_collection import CACHE, cached, load_documents

        try:
            cached(load_documents(SHARED / "retrieval"), self._say).close()
        except SystemExit as error:
            raise RuntimeError(str(error)) from error
        # The one in use is the one touched last.
        return max(CACHE.glob("consta-*/documentos.json"), key=lambda path: path.stat().st_mtime).parent / "indice"

    def _say(self, text: str) -> None:
        print(f"[{time.perf_counter() - self._start:6.0f} s, carga {load():.1f}] {text}", file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="fragments, e.g. 1000,10000")
    parser.add_argument("--page-sizes", type=_numbers, default=PAGE_SIZES, help="26000 is the judged collection")
    parser.add_argument("--engines", type=_words, default=[], help=f"of {', '.join(e.key for e in ENGINES)}")
    parser.add_argument("--classes", type=list, default=list(CLASSES), help="letters, e.g. abe")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="of a class")
    parser.add_argument("--pages", type=int, default=PAGES, help="searches over HTTP")
    parser.add_argument("--budget", type=float, default=30, help="CPU seconds of one engine in one class")
    parser.add_argument("--without", type=_words, default=[], help=f"parts left out, of {', '.join(PARTS)}")
    parser.add_argument("--invented", action="store_true", help="do not use ../shared/data")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--peers", type=Path, default=PEERS_PYTHON, help="Python of the peers")
    parser.add_argument("--work", type=Path, help="where temporary folders are made")
    parser.add_argument("--results", type=Path, help="a JSON file to keep the figures in")
    parser.add_argument("--again", action="store_true", help="write the page from the kept figures, measure nothing")
    parser.add_argument("--output", type=Path, help="the page to write")
    options = parser.parse_args(arguments)
    # Without its links resolved: a virtual environment's Python is one.
    options.peers = Path(os.path.abspath(options.peers))
    options.parts = set(PARTS) - set(options.without)
    for name, known in (("engines", [e.key for e in ENGINES]), ("classes", list(CLASSES)), ("without", list(PARTS))):
        if unknown := set(getattr(options, name)) - set(known):
            parser.error(f"--{name}: {', '.join(sorted(unknown))}: none of {', '.join(known)}")
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",")}))


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


if __name__ == "__main__":
    sys.exit(main())
