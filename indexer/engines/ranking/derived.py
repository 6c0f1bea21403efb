"""What opening an index would work out of its terms: arrays per passage and per facet, written once and then mapped.

Two files per generation: ``arreglos.bin``, 64-bit integers one after the other as the machine has them, and
``arreglos.json``, where each array stands and which strings its numbers mean. Processes that serve one index share the
memory of the first file.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from indexer.engines.ranking.arrays import Integers

NUMBERS = "arreglos.bin"
HEAD = "arreglos.json"


@dataclass(frozen=True, slots=True)
class Derived:
    """The arrays of one generation.

    Attributes:
        numbers: Arrays by name.
        values: Strings by name, in the order of the numbers that mean them.
    """

    numbers: Mapping[str, Integers]
    values: Mapping[str, tuple[str, ...]]


class _Head(msgspec.Struct):
    """The second file: byte order, where each array begins and ends (in integers), and the strings."""

    order: str
    ranges: dict[str, tuple[int, int]]
    values: dict[str, tuple[str, ...]]


def save(derived: Derived, folder: Path) -> None:
    """Write the two files, as new ones: the old ones may be hard links into the last generation. Publishing syncs."""
    for name in (NUMBERS, HEAD):
        (folder / name).unlink(missing_ok=True)
    ranges, at = {}, 0
    with (folder / NUMBERS).open("wb") as file:
        for name, array in derived.numbers.items():
            file.write(np.ascontiguousarray(array, dtype=np.int64).data)
            ranges[name] = at, at + array.size
            at += array.size
    (folder / HEAD).write_bytes(msgspec.json.encode(_Head(sys.byteorder, ranges, dict(derived.values))))


def load(folder: Path) -> Derived:
    """Map the first file and read the second.

    Raises:
        OSError, ValueError: They are missing, or are not such files of a machine of this byte order.
    """
    head = msgspec.json.decode((folder / HEAD).read_bytes(), type=_Head)
    if head.order != sys.byteorder:
        raise ValueError("its numbers are those of another kind of machine")
    path = folder / NUMBERS
    size = path.stat().st_size // np.dtype(np.int64).itemsize
    # An empty file cannot be mapped. A plain view of the map: numpy's own class for maps is slow to slice.
    whole = np.asarray(np.memmap(path, np.int64, "r")) if size else np.zeros(0, dtype=np.int64)
    if size != max((stop for _, stop in head.ranges.values()), default=0):
        raise ValueError("it has not as many numbers as its arrays need")
    return Derived({name: whole[start:stop] for name, (start, stop) in head.ranges.items()}, head.values)
