"""axe-core over every page, by day and by night, narrow and wide: WCAG 2.2 AA, and what the policy blocked.

    python benchmarks/audit_axe.py [BEGINNING OF A NAME …]

Violations make it fail. What axe could not decide ("incomplete") is listed, kind by kind, so that a person looks at it.
Of contrasts among them, the colour of the text is measured against the nearest ground that is painted behind it.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit_site import EMPTY, PAGES, TOOLS, Audited, empty_site, full_site, there
from playwright.sync_api import Browser, Page, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


CONTRAST = """selector => {
  const element = document.querySelector(selector);
  if (!element) return null;
  const parts = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const style = getComputedStyle(element);
  const ink = parts(element instanceof SVGElement ? style.fill : style.color);
  let ground = element;
  while (ground && parts(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const paper = ground ? parts(getComputedStyle(ground).backgroundColor) : [255, 255, 255];
  const [high, low] = [light(ink), light(paper)].sort((a, b) => b - a);
  return (high + .05) / (low + .05);
}"""
LEAST_CONTRAST = 4.5


@dataclass
class Found:
    """What all the runs gave."""

    runs: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    incomplete: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    console: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    contrasts: list[tuple[float, str]] = field(default_factory=list)


def source() -> str:
    """axe-core: the one that `make audit` installed, else the one that the tests use."""
    installed = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
    if installed.exists():
        return installed.read_text(encoding="utf-8")
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def look(browser: Browser, address: str, pages: list[Audited], axe: str, found: Found) -> None:
    """Every page in every dress."""
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.on("console", lambda message: found.console.append(f"{message.page.url}: {message.text}"))
            page.on("pageerror", lambda error: found.console.append(str(error)))
            for audited in pages:
                where = f"{audited.name} · {scheme} · {width} px"
                page.goto(address + audited.path)
                if audited.typed:
                    page.locator("form.buscador input[name=q]").first.press_sequentially(audited.typed)
                    page.get_by_role("option").first.wait_for()
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                page.evaluate(axe)
                result = page.evaluate(
                    f"axe.run(document, {{runOnly: {TAGS!r}, resultTypes: ['violations', 'incomplete']}})"
                )
                _note(result, where, found)
                _measure(page, result, where, found)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found.wide.append(where)
            context.close()
    # A status of 4xx is told to the console by the browser itself.
    found.console = [line for line in found.console if "Failed to load resource: the server responded" not in line]


def _note(result: dict[str, Any], where: str, found: Found) -> None:
    found.runs += 1
    for violation in result["violations"]:
        nodes = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:3])
        found.violations.append(f"{where}: {violation['id']} ({violation['impact']}): {nodes}")
    for doubt in result["incomplete"]:
        for node in doubt["nodes"]:
            why = node["any"] or node["all"] or node["none"]
            kind = f"{doubt['id']}: {why[0]['message'] if why else doubt['help']}"
            found.incomplete[kind].append(f"{where}: {' '.join(map(str, node['target']))}")


def _measure(page: Page, result: dict[str, Any], where: str, found: Found) -> None:
    for doubt in result["incomplete"]:
        for node in doubt["nodes"] if doubt["id"] == "color-contrast" else ():
            ratio = page.evaluate(CONTRAST, node["target"][-1])
            found.contrasts.append((0.0 if ratio is None else ratio, f"{where}: {' '.join(map(str, node['target']))}"))


def report(found: Found) -> Iterator[str]:
    """Lines for a person."""
    yield f"axe-core: {found.runs} revisiones, {len(found.violations)} violaciones"
    yield from (f"  {line}" for line in found.violations)
    yield f"  la política bloqueó, o el navegador dijo, {len(found.console)} cosas"
    yield from (f"    {line}" for line in found.console)
    yield f"  más anchas que la ventana: {len(found.wide)}"
    yield from (f"    {line}" for line in found.wide)
    doubts = sum(map(len, found.incomplete.values()))
    yield f"  por mirar (axe no puede decidirlo): {doubts}, de {len(found.incomplete)} clases"
    low = sorted(pair for pair in found.contrasts if pair[0] < LEAST_CONTRAST)
    least = min(found.contrasts, default=(0.0, ""))[0]
    yield f"    contrastes entre ellos, medidos: {len(found.contrasts)}; el menor, {least:.2f}; escasos: {len(low)}"
    yield from (f"        {ratio:.2f} {place}" for ratio, place in low[:20])
    for kind, places in found.incomplete.items():
        yield f"    {len(places)} × {kind}"
        yield from (f"        {place}" for place in places[:3])


def main(say: Callable[[str], None] = print, names: tuple[str, ...] = ("",)) -> bool:
    """Look at both sites, at the pages whose names begin so; whether nothing is wrong."""
    axe, found = source(), Found()
    with sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        for site, pages in ((full_site, PAGES), (empty_site, EMPTY)):
            with site() as address:
                present, others = there(address, tuple(page for page in pages if page.name.startswith(names)))
                for line in others:
                    say(f"  {line}")
                look(browser, address, [page for page, _ in present], axe, found)
        browser.close()
    for line in report(found):
        say(line)
    return not (found.violations or found.console or found.wide)


if __name__ == "__main__":
    sys.exit(0 if main(names=tuple(sys.argv[1:]) or ("",)) else 1)
