"""What the browser tests share: Chromium where there is one, an application on a port, what a page complains of."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from search_app import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine; yields scheme, host and port."""
    server = serving.listen(app, "127.0.0.1", 0)
    ended = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:
            # Its sockets are closed under it at the end; it may be waiting for them just then.
            if not ended.is_set():
                raise

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        ended.set()
        server.task_dispatcher.shutdown()
        server.close()
        server.asyncore.close_all(server._map)
        thread.join(10)


@contextmanager
def started() -> Iterator[Any]:
    """A running Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield found
        found.close()


def until(page: Any, condition: str, seconds: float = 5.0) -> None:
    """Wait for a condition of the page; playwright's own way is an ``eval``, which the policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


@contextmanager
def opened(browser: Any, **context: Any) -> Iterator[Any]:
    """A page of a fresh context; what the policy or a script complains of fails the test."""
    fresh = browser.new_context(**context)
    page = fresh.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    fresh.close()
    assert said == []
