"""A page is opened without the others: who works at one mesa does not wait for sixteen thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus import folders
from indexer.durable import sha256_of
from indexer.errors import CorpusError
from indexer.model import PageId
from indexer.operations.open_pages import open_page, open_sessions
from tests.corpora import CorpusMaker


@pytest.fixture
def corpus(maker: CorpusMaker) -> CorpusMaker:
    """Two events, one of two mesas."""
    maker.event("foro", anuncio_md="Se anuncia.")
    maker.mesa("mesa-1", "foro", transcripcion_txt="ANA PRUEBA RUIZ: Uno.\n", extra="numero = 1\n")
    maker.mesa("mesa-2", "foro", transcripcion_txt="ANA PRUEBA RUIZ: Dos.\n", extra="numero = 1\n")
    maker.event("otro")
    maker.mesa("mesa-1", "otro", transcripcion_txt="ANA PRUEBA RUIZ: Tres.\n")
    return maker


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The folders of the corpus in which a file was read."""
    found: set[str] = set()

    def noted(path: str | Path) -> str:
        found.add("/".join(Path(path).parts[-3:-1]))
        return sha256_of(path)

    monkeypatch.setattr(folders, "sha256_of", noted)
    return found


def test_a_mesa_is_opened_with_its_event_and_no_other_page(corpus: CorpusMaker, hashed: set[str]) -> None:
    opened = open_page(corpus.settings, PageId("foro", "mesa-2"))
    assert [passage.text for passage in opened.build().passages] == ["Dos."]
    assert hashed == {"corpus/foro", "foro/mesa-2"}
    assert opened.work.event.title == "Foro de prueba"


def test_an_event_is_opened_with_its_mesas_and_no_other_event(corpus: CorpusMaker, hashed: set[str]) -> None:
    assert [str(one.work.page) for one in open_sessions(corpus.settings, "foro")] == ["foro/mesa-1", "foro/mesa-2"]
    assert hashed == {"corpus/foro", "foro/mesa-1", "foro/mesa-2"}


@pytest.mark.parametrize("page", ["foro/mesa-3", "nada", "nada/mesa-1", "foro/mesa-1/transcripcion.txt"])
def test_what_is_not_there_is_said(corpus: CorpusMaker, page: str) -> None:
    with pytest.raises(CorpusError, match="No existe"):
        open_page(corpus.settings, PageId.parse(page))
