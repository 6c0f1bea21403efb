"""Which engine keeps the index is read in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.config import EngineSettings
from indexer.engines import engine, open_index
from indexer.errors import ConstaError


def test_whoosh_is_the_engine_where_nothing_is_said_and_needs_nothing() -> None:
    settings = EngineSettings.make({"CONSTA_MOTOR": "", "CONSTA_CORPUS": "corpus"})
    assert settings == EngineSettings("whoosh", {})
    assert engine(settings).name.startswith("whoosh-")


def test_an_engine_is_told_its_own_options_and_no_others() -> None:
    around = {"CONSTA_MOTOR": "OpenSearch", "CONSTA_OPENSEARCH_HOSTS": "https://a:9200", "CONSTA_OTRO_CLAVE": "x"}
    assert EngineSettings.make(around) == EngineSettings("opensearch", {"hosts": "https://a:9200"})


def test_an_unknown_engine_is_refused_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ConstaError, match="CONSTA_MOTOR: no hay un motor que se llame «lucene»"):
        open_index(tmp_path, EngineSettings("lucene"))
