"""The files of the corpus as they were read for a generation, which keeps the list: damage is told from an edit."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from indexer.durable import write_atomic

FILE_NAME = "archivos.json"


def save(files: Mapping[str, tuple[str, int]], folder: Path) -> None:
    """Write it into the folder of a generation. ``files``: as ``CorpusTree.states`` gives them."""
    named = {encodable(name): state for name, state in files.items()}
    write_atomic(folder / FILE_NAME, msgspec.json.encode(named), mode=0o600)


def load(folder: Path) -> dict[str, tuple[str, int]]:
    """Read it from the folder of a verified generation."""
    return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=dict[str, tuple[str, int]])


def encodable(name: str) -> str:
    """A path as the list has it: the bytes of a name that is no UTF-8 stand as escapes."""
    return name.encode("utf-8", "backslashreplace").decode()
