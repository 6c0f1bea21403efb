"""What the browser tests share: Chromium where there is one, an application on a port, what a page complains of."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from search_app.web import serving
from tests import waiting
from tests.waiting import PATIENCE_S

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
"""The shell without windows where there is one: it draws less."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--renderer-process-limit=1",
    "--disable-background-networking",
    "--disable-component-update",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe is asked for."""
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine; yields scheme, host and port."""
    server = serving.listen(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop(within_s=0)
        thread.join(PATIENCE_S)


def violations(page: Any, axe: str) -> list[str]:
    """What axe finds; a script tag would meet the policy, so that its source is evaluated."""
    page.evaluate(axe)
    found = page.evaluate(f"axe.run(document, {{runOnly: {TAGS!r}}})")["violations"]
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found]


def by_day_and_by_night(page: Any) -> Iterator[tuple[str, int]]:
    """The page as it stands, on a screen by day and on a phone by night; it is loaded once for both."""
    for scheme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        yield scheme, width


def _asked_when_parsed(kind: Any, names: tuple[str, ...], page_of: Callable[[Any], Any]) -> None:
    """Have the questions that Playwright answers at once wait until the page is parsed.

    A click returns as soon as the address of the next page is known; on a busy machine its text comes later.
    """
    for name in names:
        at_once = getattr(kind, name)

        def when_parsed(self: Any, *given: Any, at_once: Callable[..., Any] = at_once, **named: Any) -> Any:
            page_of(self).wait_for_load_state("domcontentloaded")
            return at_once(self, *given, **named)

        setattr(kind, name, when_parsed)


@contextmanager
def started() -> Iterator[Any]:
    """A running Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    at_once = ("count", "is_visible", "is_hidden", "all_inner_texts")
    _asked_when_parsed(playwright.Locator, at_once, lambda locator: locator.page)
    _asked_when_parsed(playwright.Page, ("evaluate",), lambda page: page)
    with playwright.sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


def until(page: Any, condition: str) -> None:
    """Wait for a condition of the page; playwright's own way is an ``eval``, which the policy forbids."""
    waiting.until(lambda: page.evaluate(condition), lambda: condition)


def until_so(page: Any, true: Callable[[], Any]) -> None:
    """Wait for what the browser tells its listeners: it does so only while one talks to it."""
    waiting.until(lambda: page.wait_for_timeout(10) or true())


def settled(page: Any) -> None:
    """Until whatever was due in the page has been done and drawn: two frames, and what waits behind them."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


@contextmanager
def opened(browser: Any, *, refused: bool = False, **context: Any) -> Iterator[Any]:
    """A page of a fresh context; what the policy or a script complains of fails the test.

    Args:
        browser: A running one.
        refused: True where the server is to refuse something: the browser writes that down as well.
        context: As Playwright takes it.
    """
    fresh = browser.new_context(**context)
    fresh.set_default_timeout(PATIENCE_S * 1000)
    page = fresh.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    fresh.close()
    assert [line for line in said if not (refused and line.startswith("Failed to load resource"))] == []
