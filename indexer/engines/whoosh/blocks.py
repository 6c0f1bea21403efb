"""The postings of a term as one block: Whoosh reads it as a pickle, we read it where it lies.

Whoosh's reader wants two pickles: one by which it may skip the block, and ``(ids, weights, values)``. Both are laid out
here by hand: the first always has one length, and the second is a call of ``unpacked`` with the bytes of the block. So
the numbers begin at a known offset, and decoding a term takes no pickle at all.

The bytes, little endian: postings ``I``, numbers ``I``, then one byte each: width, and the size of an item of each of
the three rows that follow (0 for a row that is left out): what is to be added to the document before; how many numbers
each posting has, where that is not always ``width``; the numbers.
"""

import struct
from array import array
from collections.abc import Callable, Iterator

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC

from indexer.engines.ranking.arrays import NOWHERE, Integers, Numbers

NO_NUMBERS = b"\0"
"""The value of a posting without numbers: Whoosh drops empty ones and loses count of them."""

CODES = {1: "B", 2: "H", 4: "I"}
"""The type of an item, by its size."""

_HEAD = struct.Struct("<IIBBBB")
_ITEMS = {size: np.dtype(f"<u{size}") for size in CODES}
_MOST_SMALL = 1 << 9
"""Bytes that are read at once: most blocks are no longer."""
_LENGTH = struct.Struct("!i")
# Opcodes: protocol 2, MARK, postings, last document, highest weight as a float, compression and lengths, TUPLE, STOP.
_INFO = struct.Struct("<2sssisis8s6s2s")
_INFO_END = b"K\0K\0K\0"
_BIG_FLOAT = struct.Struct(">d")
_CALL = b"\x80\x03c" + f"{__name__}\nunpacked\n".encode() + b"B"
_CALLED = b"\x85R."
_BLOB = len(WHOOSH3_HEADER_MAGIC) + _LENGTH.size + _INFO.size + len(_CALL) + 4


class Row:
    """The numbers of every posting of a term. To Whoosh it is a list of values: ``row[i]`` is bytes."""

    __slots__ = ("_ends", "_numbers", "_size", "_width")

    def __init__(self, size: int, width: int, numbers: "array[int]", ends: list[int] | None) -> None:
        self._size = size
        self._width = width
        self._numbers = numbers
        self._ends = ends

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: int) -> bytes:
        if not 0 <= index < self._size:
            raise IndexError(index)
        if not self._width:
            return NO_NUMBERS
        if self._ends is None:
            found = self._numbers[index * self._width : (index + 1) * self._width]
        else:
            found = self._numbers[self._ends[index - 1] if index else 0 : self._ends[index]]
        return struct.pack(f"<{len(found)}I", *found)

    def __iter__(self) -> Iterator[bytes]:
        return map(self.__getitem__, range(self._size))


def packed(size: int, last: int, most: int, width: int, rows: tuple[tuple[int, bytes], ...], numbers: int) -> bytes:
    """Return the block of a term.

    Args:
        size: Number of postings.
        last: The last document.
        most: How often a document holds the term, at most.
        width: Numbers per occurrence.
        rows: The three rows: size of an item, items.
        numbers: Number of numbers.
    """
    blob = _HEAD.pack(size, numbers, width, *(item for item, _ in rows)) + b"".join(row for _, row in rows)
    info = _INFO.pack(b"\x80\x02", b"(", b"J", size, b"J", last, b"G", _BIG_FLOAT.pack(most), _INFO_END, b"t.")
    rest = _CALL + len(blob).to_bytes(4, "little") + blob + _CALLED
    return b"".join((WHOOSH3_HEADER_MAGIC, _LENGTH.pack(-len(info) - len(rest)), info, rest))


def read(part: Callable[[int, int], bytes], offset: int) -> tuple[Integers, Integers, Numbers]:
    """Read the block at an offset: documents, how many numbers each has, and the numbers in a row, as written.

    Args:
        part: Copies the bytes from a place of the file up to another: no array may look into a map that is closed.
        offset: Where the block begins.
    """
    at = offset + _BLOB
    blob = part(at, at + _MOST_SMALL)
    size, numbers, width, of_delta, of_count, of_number = _HEAD.unpack_from(blob)
    counts_at = _HEAD.size + size * of_delta
    numbers_at = counts_at + size * of_count
    if (end := numbers_at + numbers * of_number) > len(blob):
        blob = part(at, at + end)
    if not (size and of_delta):
        raise ValueError("a term without postings")
    documents = np.frombuffer(blob, _ITEMS[of_delta], size, _HEAD.size).cumsum(dtype=np.int64)
    if of_count:
        each = np.frombuffer(blob, _ITEMS[of_count], size, counts_at).astype(np.int64)
    else:
        each = np.empty(size, dtype=np.int64)
        each.fill(width)
    return documents, each, np.frombuffer(blob, _ITEMS[of_number], numbers, numbers_at) if of_number else NOWHERE


def unpacked(blob: bytes) -> "tuple[array[int], array[int] | None, Row]":
    """Return what Whoosh wants of a block: differences of documents, weights (None where all are 1), values."""
    size, numbers, width, *items = _HEAD.unpack_from(blob)
    at, rows = _HEAD.size, []
    for item, length in zip(items, (size, size, numbers), strict=True):
        rows.append(array(CODES[item or 1], blob[at : at + item * length]))
        at += item * length
    deltas, counts, row = rows
    if not items[1]:
        return deltas, None, Row(size, width, row, None)
    ends = np.cumsum(counts, dtype=np.int64).tolist()
    return deltas, array("I", (count // width for count in counts)), Row(size, width, row, ends)


__all__ = ["CODES", "NO_NUMBERS", "Row", "packed", "read", "unpacked"]
