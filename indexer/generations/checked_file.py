"""A mapped file of a generation whose blocks are compared with the manifest when they are first read."""

import mmap
from pathlib import Path

from indexer.errors import IndexDamaged
from indexer.generations.manifest import BLOCK_BYTES, SUM_BYTES, sum_of


class CheckedFile:
    """One file. Safe to share between threads: two of them may check a block twice, and find the same."""

    def __init__(self, path: Path, sums: bytes = b"") -> None:
        """Map it.

        Args:
            path: The file.
            sums: The sums of its blocks, in order; empty where the file was verified whole.

        Raises:
            OSError: It cannot be opened.
        """
        self._path = path
        self._sums = sums
        self._good = bytearray(len(sums) // SUM_BYTES)  # a one per block that was compared
        with path.open("rb") as file:
            try:
                self._map: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:  # an empty file cannot be mapped
                self._map = b""

    def __len__(self) -> int:
        return len(self._map)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from ``start`` up to ``stop``; fewer where the file ends.

        Raises:
            IndexDamaged: A block that was never read before is not as it was written.
        """
        if self._good.find(0, start // BLOCK_BYTES, (stop - 1) // BLOCK_BYTES + 1) >= 0:
            self._check(start, stop)
        return self._map[start:stop]

    def view(self) -> memoryview:
        """Return all of it, without a copy. It cannot be closed then: it goes with the last that looks into it.

        Raises:
            IndexDamaged: As ``read`` does.
        """
        self._check(0, len(self))
        return memoryview(self._map)

    def close(self) -> None:
        """Close it."""
        if not isinstance(self._map, bytes):
            self._map.close()

    def _check(self, start: int, stop: int) -> None:
        """Check the blocks of some bytes that were not checked before."""
        first, last = start // BLOCK_BYTES, (stop - 1) // BLOCK_BYTES
        while (block := self._good.find(0, first, last + 1)) >= 0:
            with memoryview(self._map) as whole, whole[block * BLOCK_BYTES : (block + 1) * BLOCK_BYTES] as content:
                found = sum_of(content)
            if found != self._sums[block * SUM_BYTES : (block + 1) * SUM_BYTES]:
                raise IndexDamaged(self._path, "tiene un bloque dañado")
            self._good[block] = True
