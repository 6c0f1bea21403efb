"""Vectors are made once per text and model, go with the generation, and leave it with their texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.meaning.model import MODEL, Model, opened
from indexer.engines.meaning.vectors import FILE, model_of
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import IndexDamaged
from indexer.generations.manifest import MANIFEST, render, verify
from indexer.index.query import Query, Word
from tests.engines.shelf import Collection, Shelf
from tests.engines.test_engine_corrected_texts import MESA, corrected, forum
from tests.tiny_model import tiny_model

WORDS = {"voto": (9, 0, 0, 1), "urna": (0, 9, 0, 1), "boleta": (0, 0, 9, 1)}
ASKED = Query((Word("voto"), Word("urna")), raw="voto urna", meaning=True)
SAID = ("Un voto y una urna.", "Otro voto, otra urna y una boleta.", "La urna.")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "indice", WhooshEngine(tiny_model(tmp_path / "modelo", WORDS)))
    yield shelf
    shelf.close()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose vectors are made, as they are."""
    texts: list[str] = []
    make = Model.passage

    def passage(model: Model, text: str) -> object:
        texts.append(text)
        return make(model, text)

    monkeypatch.setattr(Model, "passage", passage)
    return texts


def rewritten(shelf: Shelf, collection: Collection, *, fresh: bool = False) -> None:
    shelf.write(collection.changes(None if fresh else {MESA}, fresh=fresh))


@pytest.mark.parametrize("fresh", [False, True])
def test_only_texts_that_are_new_are_embedded(shelf: Shelf, made: list[str], fresh: bool) -> None:
    rewritten(shelf, forum(*SAID), fresh=True)
    assert made == list(SAID)
    made.clear()
    rewritten(shelf, forum("Lo primero.", *SAID), fresh=fresh)
    assert made == ["Lo primero."]
    alone = Shelf(shelf.root.with_name("aparte"), shelf.engine)
    rewritten(alone, forum("Lo primero.", *SAID), fresh=True)
    assert (shelf.folders[-1] / FILE).read_bytes() == (alone.folders[-1] / FILE).read_bytes()


def test_a_text_that_is_corrected_is_embedded_anew(shelf: Shelf, made: list[str]) -> None:
    rewritten(shelf, forum(*SAID), fresh=True)
    made.clear()
    rewritten(shelf, forum(*SAID[:2], corrected(3, SAID[2], ("urna", "boleta"))))
    assert made == ["La boleta."]


def test_of_a_withdrawn_text_neither_sum_nor_vector_is_in_any_file(shelf: Shelf) -> None:
    rewritten(shelf, forum(*SAID), fresh=True)
    model = Model(shelf.root.with_name("modelo"))
    left = hashlib.sha256(SAID[1].encode()).digest()[:16], model.passage(SAID[1]).astype("<f2").tobytes()
    held = [path.read_bytes() for path in shelf.folders[-1].rglob("*") if path.is_file()]
    assert all(any(trace in content for content in held) for trace in left)
    without = forum(SAID[0], SAID[2])
    shelf.write(replace(without.changes({MESA}), purge=True))
    held = [path.read_bytes() for path in shelf.folders[-1].rglob("*") if path.is_file()]
    assert not any(trace in content for content in held for trace in left)


def test_another_model_embeds_all_anew_and_until_then_orders_nothing(shelf: Shelf, made: list[str]) -> None:
    rewritten(shelf, forum(*SAID), fresh=True)
    other = WhooshEngine(tiny_model(shelf.root.with_name("otro"), {**WORDS, "boleta": (9, 9, 9, 9)}))
    assert not shelf.engine.outdated(shelf.folders[-1])
    assert other.outdated(shelf.folders[-1])
    waiting = other.open(shelf.folders[-1])
    assert not waiting.search(ASKED).by_meaning
    waiting.close()
    made.clear()
    shelf.engine = other
    rewritten(shelf, forum(*SAID))
    assert made == list(SAID)
    assert not other.outdated(shelf.folders[-1])
    assert shelf.open().search(ASKED).by_meaning


def test_a_model_that_does_not_open_keeps_its_vectors_and_searches_go_on(shelf: Shelf, made: list[str]) -> None:
    rewritten(shelf, forum(*SAID), fresh=True)
    whole = model_of(shelf.folders[-1])
    away = shelf.root.with_name("modelo") / MODEL
    kept = away.rename(away.with_name("aparte"))
    opened.cache_clear()
    shelf.engine = WhooshEngine(away.parent)
    assert [fault.path for fault in shelf.engine.faults()] == [str(away.parent)]
    made.clear()
    shelf.open(forum("Lo primero.", *SAID).changes({MESA}))
    found = shelf.open().search(ASKED)
    assert (found.by_meaning, found.total_full, made) == (False, 2, [])
    assert model_of(shelf.folders[-1]) == whole
    kept.rename(away)
    opened.cache_clear()
    rewritten(shelf, forum("Lo primero.", *SAID))
    assert made == ["Lo primero."]


def test_without_the_setting_no_file_is_left_and_nothing_is_asked_of_it(shelf: Shelf) -> None:
    rewritten(shelf, forum(*SAID), fresh=True)
    plain = WhooshEngine()
    assert plain.outdated(shelf.folders[-1])
    index = plain.open(shelf.folders[-1])
    assert not index.search(ASKED).by_meaning
    index.close()
    shelf.engine = plain
    rewritten(shelf, forum(*SAID))
    assert not (shelf.folders[-1] / FILE).exists()
    assert not plain.outdated(shelf.folders[-1])
    assert plain.faults() == ()


def test_an_index_of_nothing_has_vectors_of_nothing(shelf: Shelf) -> None:
    rewritten(shelf, forum(), fresh=True)
    assert shelf.open().search(ASKED).total_full == 0


def test_a_damaged_block_is_told_by_who_verifies_all_and_by_who_reads_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.generations.manifest.LARGE_BYTES", 1)
    rewritten(shelf, forum(*SAID), fresh=True)
    folder = shelf.folders[-1]
    (folder / MANIFEST).write_bytes(render(folder))
    with (folder / FILE).open("r+b") as file:
        file.seek(60)
        file.write(b"\xff")
    with pytest.raises(IndexDamaged, match=FILE):
        verify(folder)
    monkeypatch.setattr("indexer.generations.manifest._has_length", lambda *_: True)
    verify(folder, shelf.engine.by_block)
    with pytest.raises(IndexDamaged, match=FILE):
        shelf.engine.open(folder)
