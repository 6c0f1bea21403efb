"""The stored passages of a segment, as they are: a passage that is shown is decoded where it lies, and no other.

The file holds the documents in MessagePack, one after the other, and then where each of them begins and the last one
ends, as unsigned 64-bit integers, the lowest byte first.
"""

import struct
from array import array
from pathlib import Path
from typing import Any

import numpy as np

from indexer.generations.checked_file import CheckedFile

EXT = ".pasajes"
_PLACE = struct.Struct("<QQ")


class StoredWriter:
    """Writes the documents of one segment; ``len`` is how many there are so far."""

    def __init__(self, file: Any) -> None:
        """``file`` is open for writing, empty."""
        self._file = file
        self._begins = array("Q", (0,))

    def __len__(self) -> int:
        return len(self._begins) - 1

    def add(self, document: bytes) -> None:
        """Store the next document."""
        self._file.write(document)
        self._begins.append(self._begins[-1] + len(document))

    def finish(self) -> None:
        """Write where the documents stand, and close the file."""
        self._file.write(np.array(self._begins, dtype="<u8").tobytes())
        self._file.close()


class StoredPassages:
    """The mapped file. Safe to share between threads."""

    def __init__(self, path: Path, documents: int, sums: bytes = b"") -> None:
        """Map it.

        Args:
            path: The file.
            documents: How many it holds; deleted ones are included.
            sums: The sums of its blocks; empty where it was verified whole.

        Raises:
            OSError: It cannot be opened.
        """
        self._file = CheckedFile(path, sums)
        self._places = len(self._file) - 8 * (documents + 1)

    def __getitem__(self, document: int) -> bytes:
        at = self._places + 8 * document
        return self._file.read(*_PLACE.unpack(self._file.read(at, at + 16)))

    def close(self) -> None:
        """Close it."""
        self._file.close()
