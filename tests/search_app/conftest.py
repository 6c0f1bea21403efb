"""The application over the shipped corpus, and Chromium for the tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.engines import open_index
from indexer.pipeline import update
from search_app.desk.jobs import commands
from search_app.web.application import create_app
from tests.forked_commands import finished
from tests.search_app.browsing import started

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The corpus that the project ships, built and served."""
    root = tmp_path_factory.mktemp("entregado")
    shutil.copytree(CORPUS, root / "corpus")
    assert not update(Settings(root / "corpus", root / "indice")).failed
    index = open_index(root / "indice")
    yield create_app(index, public_url="https://consta.example.mx").test_client()
    index.close()


@pytest.fixture(scope="session", autouse=True)
def _equals() -> Iterator[None]:
    """Children of a desk run like the tests that wait for them, not after everything else of a busy machine."""
    with mock.patch.object(commands, "_LATER", 0):
        yield


@pytest.fixture(scope="session", autouse=True)
def _forked() -> Iterator[None]:
    """Children of a desk in this process begin with everything imported."""
    with mock.patch.object(commands, "_finished", finished):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium; its tests are marked ``needs_chromium``."""
    with started() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, to be run in a page."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
