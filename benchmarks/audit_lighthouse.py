"""Lighthouse, as a phone: the median of five runs a page.

    python benchmarks/audit_lighthouse.py [RUNS]

Pages that ask not to be listed on purpose (searches, by robots.txt and ``noindex``) are not asked whether crawlers may
list them (``is-crawlable``); everything else counts.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from audit_site import PAGES, TOOLS, full_site, there

LIGHTHOUSE = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5
TRIES = 3
"""On a busy machine Chromium may not begin the page in time for its trace (NO_NAVSTART)."""
CHROME = (
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def measure(url: str, listed: bool) -> dict[str, Any]:
    """One run."""
    command = [
        "node", str(LIGHTHOUSE), url, "--output=json", "--output-path=stdout", "--quiet",
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(CHROME)}",
        *([] if listed else ["--skip-audits=is-crawlable"]),
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    for _ in range(TRIES):
        ran = subprocess.run(command, capture_output=True, text=True, timeout=180, env=environment)
        if ran.returncode == 0:
            report: dict[str, Any] = json.loads(ran.stdout)
            return report
    raise SystemExit(f"lighthouse no pudo, {TRIES} veces: {ran.stderr[-600:]}")


def main(say: Callable[[str], None] = print, runs: int = RUNS) -> bool:
    """Measure; whether every median reaches its figure."""
    if not LIGHTHOUSE.exists() or not shutil.which("node"):
        say("lighthouse: no se midió: falta node o lighthouse (make audit lo instala con npm)")
        return False
    good = True
    with full_site() as address:
        for page, body in there(address, tuple(page for page in PAGES if page.swift))[0]:
            reports = [measure(address + page.path, b'content="noindex"' not in body) for _ in range(runs)]
            scores = {
                name: [round(100 * (report["categories"][name]["score"] or 0)) for report in reports] for name in LEAST
            }
            medians = {name: median(values) for name, values in scores.items()}
            shown = ", ".join(f"{name} {medians[name]:g}" for name in LEAST)
            paint = median(report["audits"]["largest-contentful-paint"]["numericValue"] for report in reports)
            say(f"  {page.name}: {shown}; rendimiento de {runs}: {scores['performance']}; LCP {paint:,.0f} ms")
            if any(medians[name] < least for name, least in LEAST.items()):
                good = False
                for line in _faults(reports[0]):
                    say(f"    {line}")
    say(f"lighthouse: {'todas las medianas alcanzan' if good else 'alguna mediana no alcanza'} {LEAST}")
    return good


def _faults(report: dict[str, Any]) -> list[str]:
    weighed = {
        ref["id"] for category in report["categories"].values() for ref in category["auditRefs"] if ref["weight"]
    }
    return [
        f"{name}: {audit['title']} {audit.get('displayValue', '')}"
        for name, audit in report["audits"].items()
        if name in weighed and audit["score"] is not None and audit["score"] < 0.9
    ]


if __name__ == "__main__":
    sys.exit(0 if main(runs=int(sys.argv[1]) if len(sys.argv) > 1 else RUNS) else 1)
