"""The application over the shipped corpus."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.engines import open_index
from indexer.pipeline import update
from search_app.web import create_app

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
