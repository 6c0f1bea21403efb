"""What a page of results weighs on a first visit: everything that Chromium fetches for it.

python benchmarks/audit_weight.py
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable

from audit_site import PAGES, full_site, there
from playwright.sync_api import Browser, sync_playwright

MOST = 60_000
"""Bytes of a page of results in all, headers included, as they travel."""


def weigh(browser: Browser, url: str) -> tuple[Counter[str], int]:
    """Bytes that travelled, by kind, and bytes once unpacked."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    travelled: Counter[str] = Counter()
    unpacked = [0]

    def answered(event: dict[str, object]) -> None:
        kinds[str(event["requestId"])] = str(event["type"])

    def data(event: dict[str, int]) -> None:
        unpacked[0] += event["dataLength"]

    def done(event: dict[str, object]) -> None:
        travelled[kinds.get(str(event["requestId"]), "?")] += int(str(event["encodedDataLength"]).split(".")[0])

    session.on("Network.responseReceived", answered)
    session.on("Network.dataReceived", data)
    session.on("Network.loadingFinished", done)
    page.goto(url, wait_until="networkidle")
    context.close()
    return travelled, unpacked[0]


def main(say: Callable[[str], None] = print) -> bool:
    """Weigh every page of results; whether the heaviest is light enough."""
    heaviest = 0
    with full_site() as address, sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        for page, _ in there(address, tuple(page for page in PAGES if page.search))[0]:
            travelled, unpacked = weigh(browser, address + page.path)
            total = sum(travelled.values())
            heaviest = max(heaviest, total)
            parts = ", ".join(f"{kind} {n:,}" for kind, n in travelled.most_common())
            say(f"  {page.name}: {total:,} bytes ({parts}); desempacada {unpacked:,}")
        browser.close()
    say(f"peso: la página de resultados más pesada, {heaviest:,} bytes (límite {MOST:,})")
    return 0 < heaviest < MOST


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
