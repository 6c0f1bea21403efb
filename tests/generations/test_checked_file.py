"""Blocks of large files are checked when they are first read, against the manifest on a real disk."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged
from indexer.generations import Generations, verify
from indexer.generations.checked_file import CheckedFile
from indexer.generations.manifest import BLOCK_BYTES, LARGE_BYTES, MANIFEST, SUM_BYTES, block_sums, load

NAME = "grande.pst"
NAMED = r"grande\.pst"
SEED = 20261130


def published(root: Path, content: bytes) -> Path:
    """A generation with one large file and a small one."""
    with Generations(root).updating() as update:
        folder = update.begin(fresh=True)
        (folder / NAME).write_bytes(content)
        (folder / "chico").write_bytes(b"chico")
        update.publish(folder, lambda _: None)
    return folder


@pytest.fixture
def content() -> bytes:
    return random.Random(SEED).randbytes(LARGE_BYTES + BLOCK_BYTES // 3)


def test_what_is_read_is_what_was_written(tmp_path: Path, content: bytes) -> None:
    folder = published(tmp_path, content)
    assert set(block_sums(folder)) == {NAME}
    rng = random.Random(SEED)
    with closing(CheckedFile(folder / NAME, block_sums(folder)[NAME])) as file:
        assert len(file) == len(content)
        for _ in range(200):
            start = rng.randrange(len(content))
            stop = start + rng.choice((0, 1, 40, BLOCK_BYTES, 3 * BLOCK_BYTES, len(content)))
            assert file.read(start, stop) == content[start:stop], f"seed {SEED}: {start}:{stop}"


def test_a_flipped_bit_ends_only_the_reading_of_its_block(tmp_path: Path, content: bytes) -> None:
    folder = published(tmp_path, content)
    at = random.Random(SEED).randrange(len(content) - BLOCK_BYTES)
    with (folder / NAME).open("r+b") as file:
        file.seek(at)
        file.write(bytes([content[at] ^ 4]))
    verify(folder, (".pst",))
    with pytest.raises(IndexDamaged, match=NAMED):
        verify(folder)
    block = at // BLOCK_BYTES
    with closing(CheckedFile(folder / NAME, block_sums(folder)[NAME])) as checked:
        for other in range(len(content) // BLOCK_BYTES + 1):
            start, stop = other * BLOCK_BYTES, (other + 1) * BLOCK_BYTES
            if other != block:
                assert checked.read(start, stop) == content[start:stop]
        for _ in range(2):
            with pytest.raises(IndexDamaged, match=f"{NAMED}.*vuelva a construirlo"):
                checked.read(at, at + 1)
        with pytest.raises(IndexDamaged):
            checked.read(0, len(content))


@pytest.mark.parametrize("cut", [1, BLOCK_BYTES // 3, BLOCK_BYTES, BLOCK_BYTES + 1])
def test_a_large_file_of_another_length_is_refused_at_once(tmp_path: Path, content: bytes, cut: int) -> None:
    folder = published(tmp_path, content)
    (folder / NAME).write_bytes(content[:-cut])
    with pytest.raises(IndexDamaged, match=NAMED):
        verify(folder, (".pst",))
    (folder / NAME).write_bytes(content + content[:cut])
    with pytest.raises(IndexDamaged, match=NAMED):
        verify(folder, (".pst",))


def test_sums_of_blocks_of_another_size_are_not_used(tmp_path: Path, content: bytes) -> None:
    folder = published(tmp_path, content)
    manifest = folder / MANIFEST
    other = f'"bytes_por_bloque":{4 * BLOCK_BYTES}'
    manifest.write_text(manifest.read_text().replace(f'"bytes_por_bloque":{BLOCK_BYTES}', other))
    assert other in manifest.read_text()
    assert block_sums(folder) == {}
    verify(folder, (".pst",))
    (folder / NAME).write_bytes(content[:-1] + b"?")
    with pytest.raises(IndexDamaged, match=NAMED):
        verify(folder, (".pst",))
    with Generations(tmp_path).updating() as update:
        (folder / NAME).write_bytes(content)
        second = update.begin(fresh=False)
        update.publish(second, lambda _: None)
    assert len(block_sums(second)[NAME]) == len(content) // BLOCK_BYTES * SUM_BYTES + SUM_BYTES


def test_a_file_that_an_update_did_not_touch_keeps_its_sums(tmp_path: Path, content: bytes) -> None:
    first = published(tmp_path, content)
    with Generations(tmp_path).updating() as update:
        second = update.begin(fresh=False)
        (second / "chico").unlink()
        (second / "chico").write_bytes(b"otro")
        assert update.previous == first
        update.publish(second, lambda _: None)
    before, after = load(first), load(second)
    assert after.bloques == before.bloques
    assert after.archivos[NAME] == before.archivos[NAME]
    assert after.archivos["chico"] != before.archivos["chico"]
    verify(second)
