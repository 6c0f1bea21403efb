"""A long update that ends in the middle: what it wrote so far is not written again, and what served goes on serving."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.index import catalogue as catalogues
from indexer.pipeline import update
from tests.corpora import CorpusMaker

WORDS = ("casillas", "boletas", "actas", "bodegas")


@pytest.fixture(autouse=True)
def a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("indexer.pipeline.update"), "PART", 1)


def write(maker: CorpusMaker, ending: str = "") -> None:
    for number, word in enumerate(WORDS, 1):
        maker.mesa(f"mesa-{number}", transcripcion_txt=f"MODERADORA: Hoy se habla de las {word}{ending}.\n")


def interrupted(maker: CorpusMaker, page: str) -> None:
    """Run ``actualizar`` until it comes to a page."""

    def stop(done: int, total: int, at: str) -> None:
        if at == page:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(maker.settings, progress=stop)


def generations(maker: CorpusMaker) -> list[Path]:
    return sorted(maker.settings.index.glob("g0*"))


def test_the_next_update_goes_on_where_a_first_build_ended(maker: CorpusMaker) -> None:
    maker.event()
    write(maker)
    interrupted(maker, "foro/mesa-3")
    assert not (maker.settings.index / "actual").exists()
    report = maker.update()
    assert report.changed == ("foro/mesa-3", "foro/mesa-4")
    assert [maker.search(word).total_full for word in WORDS] == [1, 1, 1, 1]
    assert len(generations(maker)) == 1
    assert not maker.update().published


def test_what_is_written_by_parts_is_what_is_written_at_once(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    maker.event()
    write(maker)
    maker.update()
    parts = catalogues.load(maker.settings.index / "actual", anchors=True)
    monkeypatch.setattr(importlib.import_module("indexer.pipeline.update"), "PART", 1_000)
    at_once = update(Settings(maker.corpus, tmp_path / "otro")).catalogue
    assert at_once is not None
    pages = {name: replace(record, anchors_seen="") for name, record in at_once.pages.items()}  # no file at first
    assert (parts.pages, parts.sessions, parts.entities) == (pages, at_once.sessions, at_once.entities)


def test_what_served_goes_on_serving_and_keeps_what_cannot_be_read_any_more(maker: CorpusMaker) -> None:
    maker.event()
    write(maker)
    maker.update()
    served = (maker.settings.index / "actual").resolve()
    write(maker, " nuevas")
    interrupted(maker, "foro/mesa-3")
    assert (maker.settings.index / "actual").resolve() == served
    assert maker.search("nuevas").total_full == 0
    (maker.corpus / "foro" / "mesa-4" / "transcripcion.txt").write_bytes(b"\x00\x01\x02\x00" * 200)
    report = maker.update()
    assert report.changed == ("foro/mesa-3", "foro/mesa-4")
    assert maker.search("nuevas").total_full == 3
    assert maker.search("bodegas").total_full == 1
    assert served in generations(maker)


def test_a_rebuilt_index_and_a_withdrawal_are_one_step(maker: CorpusMaker) -> None:
    maker.event()
    write(maker)
    maker.update()
    (maker.corpus / "vocabulario.toml").write_text('[[temas]]\nid = "actas"\netiqueta = "Actas"\n', encoding="utf-8")
    interrupted(maker, "foro/mesa-3")
    assert len(generations(maker)) == 1
    update(maker.settings, purge=True)
    assert len(generations(maker)) == 1
