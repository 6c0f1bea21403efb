"""What a run saw, as the page docs/speed.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.bench_children import ENGINES
from benchmarks.bench_classes import BATCH, WARM
from benchmarks.bench_cold import NEXT
from benchmarks.bench_goals import Goal, Results, goals
from benchmarks.bench_markdown import figure, table
from benchmarks.bench_measures import ratios
from benchmarks.bench_rows import CLASSES
from benchmarks.bench_shapes_table import shapes_section

_SHOWN = {engine.key: engine.shown for engine in ENGINES}
_INTRODUCTION = """# How fast it is, measured

Written by `make bench`; do not edit. What each engine is given and how it is asked: `decisions/{decision}`.

- **Every figure of one table comes from one run on one machine.** Times are CPU of the engine's own process (all its
  threads), in milliseconds, over questions that it was never asked before; engines take turns by batches of {batch}
  and answer {warm} others before each, since whoever has waited begins cold. What waiting costs is told apart.
- Classes: {classes}.
- `{columns}`: half, 95 and 99 of a hundred questions take so long or less; in brackets, p50 to the fastest's.
- Consta answers a to e through `SearchIndex.ranked` (pages and numbers, how many match; in e the two facets that the
  others count), f through `search`, with concepts, spelling, families of words and neighbours as by default.
- Two rows of tantivy: *as documented* (parser, matches counted, ten stored documents read) is what the issue's figures
  were drawn up from; the other is its leanest way (no parser, nothing counted, ids from a fast field).
- –: the engine cannot answer this class.
"""


def page(results: Results, decision: str = "0037-what-speed-is-measured-against.md") -> str:
    """The whole page."""
    classes = "; ".join(f"*{kind}* {said}" for kind, said in CLASSES.items())
    introduction = _INTRODUCTION.format(
        decision=decision, classes=classes, columns="p50 / p95 / p99 (×)", batch=BATCH, warm=WARM
    )
    parts = [introduction, *_goals(results)]
    for size, found in results["sizes"].items():
        parts += [f"## {int(size):,} fragments\n", _times(found), _cold(found), _costs(found), _agreement(found)]
    return "\n".join(
        [*parts, *_pipeline(results), *_pages(results), *_service(results), *_shapes(results), *_taken(results)]
    )


def goals_table(found: Iterable[Goal]) -> str:
    """Figures, and whether they are reached."""
    marks = {True: "✓", False: "✗", None: "–"}
    return table(("", "figure", "reach", "seen"), [(marks[g.good], g.what, g.reach, g.seen) for g in found])


def _goals(results: Results) -> Iterator[str]:
    yield "## The figures of the issues\n"
    yield goals_table(goals(results))


def _times(found: dict[str, Any]) -> str:
    times = found["times"]
    fastest = {kind: ratios({key: of[kind]["p50"] for key, of in times.items() if kind in of}) for kind in CLASSES}
    rows = []
    for key, of in times.items():
        cells = []
        for kind in CLASSES:
            each = of.get(kind)
            if each is None:
                cells.append("–")
                continue
            told = " / ".join(figure(each[share]) for share in ("p50", "p95", "p99"))
            cells.append(f"{told} ({figure(fastest[kind].get(key, 1.0))}×)" + _few(each, found))
        rows.append((_SHOWN[key], *cells))
    text = table(("ms of CPU", *(f"{kind} {said}" for kind, said in CLASSES.items())), rows)
    return text + f"\n{found['questions']} questions a class; n: fewer, the engine had used up its time.\n"


def _few(each: dict[str, Any], found: dict[str, Any]) -> str:
    return f" n={each['n']}" if each["n"] < found["questions"] else ""


def _cold(found: dict[str, Any]) -> str:
    """What one question costs after idleness."""
    if not (seen := found.get("cold")):
        return ""
    idle = sorted({idle_s for of in seen.values() for idle_s in of}, key=int)
    heads = [f"{said} after {idle_s} s" for idle_s in idle for said in ("the first", f"p50 of the next {NEXT},")]
    rows = []
    for key, of in seen.items():
        cells = [figure(of[idle_s][name]) if idle_s in of else "–" for idle_s in idle for name in ("first", "next")]
        rows.append((_SHOWN[key], *cells))
    return table(("cold, class a, ms of CPU", *heads), rows)


def _costs(found: dict[str, Any]) -> str:
    rows = []
    for key, opened in found["open"].items():
        built = found["build"].get(key)
        cells = [figure(built[name]) for name in ("cpu", "disk_mb", "peak_mb")] if built else ["as above", "", ""]
        asked = found["memory"].get(key, {}).get("peak_mb")
        first = f"{figure(opened['wall'])} ({figure(opened['cpu'])})"
        rows.append((_SHOWN[key], *cells, first, figure(asked) if asked else "–"))
        if built and "annotating_cpu" in built:
            finding = built["annotating_cpu"]
            rows[-1] = (rows[-1][0], f"{cells[0]}, of it topics and mentions {figure(finding)}", *rows[-1][2:])
    heads = ("", "build, CPU s", "disk MB", "build, peak MB", "open and first answer, s (CPU s)", "asked, peak MB")
    return table(heads, rows)


def _agreement(found: dict[str, Any]) -> str:
    """So that nobody is measured answering nothing."""
    rows = []
    for key, of in found["agreement"].items():
        empty = sum(each["empty"] for each in found["times"].get(key, {}).values())
        hits, top = ([_each(of, kind, name) for kind in CLASSES] for name in ("hits", "top"))
        counted, marked = _each(of, "e", "counted"), _each(of, "f", "marked")
        rows.append((_SHOWN[key], " ".join(hits), " ".join(top), counted, marked, str(empty)))
    heads = (
        "",
        "matches to Consta's, a to f",
        "top ten in common, a to f",
        "facets to Consta's",
        "with marks",
        "empty",
    )
    return table(heads, rows) if rows else ""


def _each(of: dict[str, Any], kind: str, name: str) -> str:
    return f"{of[kind][name]:.2f}" if kind in of else "–"


def _pipeline(results: Results) -> Iterator[str]:
    if not results["pipeline"]:
        return
    yield "## Building, everything included\n\nThe same turns as files of a corpus, through `indexer actualizar`.\n"
    rows = [
        (f"{each['fragments']:,}", figure(each["cpu"]), figure(1000 * each["cpu"] / each["fragments"]),
         figure(each["wall"]), figure(each["peak_mb"]), figure(each["disk_mb"]))
        for each in results["pipeline"].values()
    ]  # fmt: skip
    yield table(("fragments", "CPU s", "ms a fragment", "wall s", "peak MB", "disk MB"), rows)


def _pages(results: Results) -> Iterator[str]:
    if not results["pages"]:
        return
    yield "## Whole pages over HTTP\n\nNew searches of one to three words, any of them; CPU of the server's process.\n"
    for found in results["pages"].values():
        rows = []
        least = ratios({name: each["cpu"]["p50"] for name, each in found["pages"].items()})
        for name, each in found["pages"].items():
            cpu = " / ".join(figure(each["cpu"][share]) for share in ("p50", "p95", "p99"))
            wall = " / ".join(figure(each["wall"][share]) for share in ("p50", "p95"))
            rows.append((name, f"{cpu} ({figure(least[name])}×)", wall, figure(each["kb"]) if each["kb"] else "–"))
        held = ", ".join(f"{name} {value:.0f} MB" for name, value in found["memory_mb"].items())
        missing = "".join(f" Not measured: {name} ({why})." for name, why in found["missing"].items())
        yield f"{found['fragments']:,} fragments, {found['questions']} searches. Memory afterwards: {held}.{missing}\n"
        yield table(("", "CPU ms p50 / p95 / p99 (×)", "wall ms p50 / p95", "KB"), rows)


def _service(results: Results) -> Iterator[str]:
    found = results["service"]
    if not found:
        return
    yield f"## The service over {found['fragments']:,} fragments\n"
    rows = [
        ("server start to first answer, wall s (median of three)", figure(found["start_s"])),
        ("opening of the index, CPU s (the least of three)", figure(found["opening_cpu_s"])),
        ("first search, wall s (median of three)", figure(found["first_search_s"])),
        (f"memory after {found['pages_before_memory']} pages, MB", figure(found["memory_mb"])),
    ]
    if "searchable_s" in found:
        rows += [
            (f"a transcript of {found['words']:,} words added, until the server finds it, wall s",
             figure(found["searchable_s"])),
            ("the command `agregar` for it: wall s, CPU s, peak MB",
             ", ".join(figure(found[name]) for name in ("command_s", "cpu_s", "peak_mb"))),
        ]  # fmt: skip
    yield table(("", ""), rows)


def _shapes(results: Results) -> Iterator[str]:
    if results["shapes"]:
        yield from shapes_section(results["shapes"])


def _taken(results: Results) -> Iterator[str]:
    yield "## What it was measured on and with\n"
    rows = [(name, value) for name, value in results["machine"].items()]
    rows += [
        ("date", results["date"]), ("commit", results["revision"]), ("seed", str(results["seed"])),
        ("texts", results["texts"]),
        ("load of the machine before, after (1 min)", " and ".join(f"{value:.1f}" for value in results["load"])),
        ("wall time of the run", f"{results['wall_s'] / 60:.0f} min"),
    ]  # fmt: skip
    rows += sorted(results["versions"].items())
    rows += [(f"missing: {name}", why) for name, why in results["missing"].items()]
    rows += [(f"failed: {name}", why) for name, why in results["failed"].items()]
    for size, found in results["sizes"].items():
        rows += [(f"failed: {_SHOWN[key]}, {int(size):,}", why) for key, why in found["failed"].items()]
    yield table(("", ""), rows)
    yield (
        "`make bench` takes all of it (about half an hour on two cores, quiet ones if it is to be compared). Parts:\n"
        "`.venv/bin/python benchmarks/bench.py --sizes 1000 --without pages,pipeline,shapes` prints and\n"
        "writes nothing; see `--help`. Xapian needs `apt install python3-xapian`; the other peers: `.venv-bench`.\n"
    )
