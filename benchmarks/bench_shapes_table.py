"""The tables of the shapes: every public address, opening, commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.bench_addresses import Reach
from benchmarks.bench_markdown import figure, table

RESULTS_MS, PAGE_MS, PAGE_KB, DOUBLED = 4.0, 40.0, 200.0, 1.2
NOISE_MS = 0.3
"""Of what a page may take longer over twice the collection: the clock of a page of a millisecond is no better."""
_INTRODUCTION = """## Every public address, over collections of three shapes

CPU of the server's process for one request that asks for gzip: half of the requests took so long or less. In brackets,
×: the same requests' least times to those over the first half of the collection. KB as the browser shows it (as sent),
of the largest page. **Bold**: over its figure (results {results:.0f} ms, another page {page:.0f} ms, {kb:.0f} KB of
HTML, {doubled}× when the collection doubles; sitemap, exports and the dear requests have none or their own). *First*:
the first request of an address after the start, which makes what the edition keeps for it.
"""


def shapes_section(found: dict[str, Any]) -> Iterator[str]:
    """The section of docs/speed.md."""
    yield _INTRODUCTION.format(results=RESULTS_MS, page=PAGE_MS, kb=PAGE_KB, doubled=DOUBLED)
    yield _pages(found)
    yield _openings(found)
    if found.get("commands"):
        yield _commands(found["commands"])


def over(page: dict[str, Any]) -> bool:
    """Whether a page takes longer than its figure."""
    return bool(page["cpu_ms"] > {Reach.RESULTS: RESULTS_MS, Reach.PAGE: PAGE_MS}.get(page["reach"], float("inf")))


def grows(page: dict[str, Any]) -> bool:
    """Whether a page takes notably longer over twice the collection."""
    added = page["cpu_ms"] * (1 - 1 / page["doubled"]) if page.get("doubled") else 0.0
    return page["reach"] != Reach.STREAMED and added > NOISE_MS and page["doubled"] >= DOUBLED


def heavy(page: dict[str, Any]) -> bool:
    """Whether a page of the site is larger than its figure."""
    return bool(page["html"] and page["kb"] > PAGE_KB)


def _pages(found: dict[str, Any]) -> str:
    shapes = found["shapes"]
    names = dict.fromkeys(name for one in (found["shipped"], *(s["pages"] for s in shapes.values())) for name in one)
    heads = ["", "shipped, ms", *(f"{shape['shown']}, ms (×) first" for shape in shapes.values()), "shipped, KB",
             *(f"{key}, KB" for key in shapes)]  # fmt: skip
    rows = []
    for name in names:
        shipped = found["shipped"].get(name)
        pages = [shape["pages"].get(name) for shape in shapes.values()]
        rows.append(
            [
                f"`{name}`",
                figure(shipped["cpu_ms"]) if shipped else "–",
                *map(_time, pages),
                _weight(shipped),
                *map(_weight, pages),
            ]
        )
    return table(heads, rows)


def _time(page: dict[str, Any] | None) -> str:
    if page is None:
        return "–"
    times = f"({page['doubled']:.2f}×)"
    return f"{_bold(figure(page['cpu_ms']), over(page))} {_bold(times, grows(page))} {figure(page['first_ms'])}"


def _weight(page: dict[str, Any] | None) -> str:
    return f"{_bold(figure(page['kb']), heavy(page))} ({figure(page['gzip_kb'])})" if page else "–"


def _bold(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted else text


def _openings(found: dict[str, Any]) -> str:
    heads = ("", "fragments", "sessions", "built, CPU s", "half of it", "opening, CPU s", "start to first answer, s",
             "its CPU s", "first search, CPU ms", "memory after all pages, MB")  # fmt: skip
    rows = []
    for shape in found["shapes"].values():
        built = [figure(shape["built_cpu_s"][size]) if size in shape["built_cpu_s"] else "–"
                 for size in (shape["sessions"], shape["sessions"] // 2)]  # fmt: skip
        names = ("opening_cpu_s", "start_s", "start_cpu_s", "first_search_ms", "memory_mb")
        rows.append(
            [
                shape["shown"],
                f"{shape['fragments']:,}",
                f"{shape['sessions']:,}",
                *built,
                *(figure(shape[name]) for name in names),
            ]
        )
    return "\n" + table(heads, rows)


def _commands(found: dict[str, float]) -> str:
    said = "\nCommands over the long sessions, the better of two runs; `agregar` of a transcript of 25,000 words.\n\n"
    return said + table(("command", "CPU s"), [(f"`{name}`", figure(spent)) for name, spent in found.items()])
