"""The arrays that an index is opened with: what was written is what is mapped, and nothing else is taken for them."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest

from indexer.engines import engine
from indexer.engines.ranking import derived
from indexer.engines.ranking.derived import HEAD, NUMBERS, Derived
from indexer.errors import IndexDamaged
from indexer.index.query import Query, Word
from tests.engines.shelf import Collection, Shelf


def test_what_is_mapped_is_what_was_written(tmp_path: Path) -> None:
    numbers = {"uno": np.arange(5), "nada": np.zeros(0, dtype=np.int64), "si": np.array([True, False])}
    derived.save(Derived(numbers, {"persona": ("Ana", "Íñigo")}), tmp_path)
    found = derived.load(tmp_path)
    assert {name: array.tolist() for name, array in found.numbers.items()} == {
        "uno": [0, 1, 2, 3, 4], "nada": [], "si": [1, 0],
    }  # fmt: skip
    assert found.values == {"persona": ("Ana", "Íñigo")}
    with pytest.raises(ValueError, match="read-only"):
        found.numbers["uno"][0] = 7


def test_an_index_of_nothing_has_arrays_too(tmp_path: Path) -> None:
    derived.save(Derived({"nada": np.zeros(0, dtype=np.int64)}, {}), tmp_path)
    assert derived.load(tmp_path).numbers["nada"].size == 0


def test_writing_again_leaves_a_hard_link_of_the_last_generation_as_it_was(tmp_path: Path) -> None:
    derived.save(Derived({"uno": np.arange(3)}, {}), tmp_path)
    (tmp_path / "antes").hardlink_to(tmp_path / NUMBERS)
    before = (tmp_path / "antes").read_bytes()
    derived.save(Derived({"uno": np.arange(9)}, {}), tmp_path)
    assert (tmp_path / "antes").read_bytes() == before


def test_an_index_that_is_closed_and_dropped_keeps_no_file_mapped(shelf: Shelf, collection: Collection) -> None:
    folder = shelf.write(collection.changes())
    index = engine().open(folder)
    index.search(Query((Word("capasitación"), Word("casilla"))))
    index.words("cap", 5)
    dropped = weakref.ref(index)
    gc.disable()
    try:
        index.close()
        index.close()
        del index
        assert dropped() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("damage", ["short", "long", "no numbers", "no head", "no json", "other machine", "no array"])
def test_what_does_not_fit_is_refused_with_its_cure(
    tmp_path: Path, shelf: Shelf, collection: Collection, damage: str
) -> None:
    folder = shelf.write(collection.changes())
    head, numbers = folder / HEAD, folder / NUMBERS
    match damage:
        case "short":
            numbers.write_bytes(numbers.read_bytes()[:-8])
        case "long":
            numbers.write_bytes(numbers.read_bytes() + bytes(8))
        case "no numbers":
            numbers.unlink()
        case "no head":
            head.unlink()
        case "no json":
            head.write_bytes(b"{")
        case "other machine":
            head.write_bytes(head.read_bytes().replace(b'"order":"', b'"order":"x'))
        case _:
            head.write_bytes(head.read_bytes().replace(b'"words":', b'"palabras":'))
    with pytest.raises(IndexDamaged, match="python -m indexer actualizar"):
        engine().open(folder)
