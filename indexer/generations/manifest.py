"""The manifest of a generation: the SHA-256 of every file. Whoosh uses pickles, so nothing is opened unverified."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from indexer.durable import sha256_of
from indexer.errors import IndexDamaged

MANIFEST = "manifest.json"
IN_USE = "uso"


def verify(folder: Path) -> None:
    """Compare every file of a generation with its manifest.

    Raises:
        IndexDamaged: A file is missing, is too many, or has other bytes.
    """
    try:
        expected: dict[str, str] = json.loads((folder / MANIFEST).read_bytes())["archivos"]
        found = _digests(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, f"no tiene un manifiesto legible ({type(error).__name__})") from error
    if found != expected:
        wrong = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
        raise _damaged(folder, f"no coincide con su manifiesto en {', '.join(wrong[:3])}")


def _damaged(folder: Path, what: str) -> IndexDamaged:
    return IndexDamaged(
        f"El índice {folder} {what}. Los textos del acervo no se han tocado: "
        "vuelva a construirlo con: python -m indexer actualizar"
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in (IN_USE, MANIFEST):
            yield path


def _digests(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in _files(folder)}


def render(folder: Path) -> bytes:
    """The manifest of a folder as it stands."""
    return json.dumps({"version": 1, "archivos": _digests(folder)}, indent=0, sort_keys=True).encode()
