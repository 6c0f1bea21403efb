"""The lexicon of a generation, kept as JSON beside the index."""

from __future__ import annotations

from pathlib import Path

import msgspec

from indexer.errors import IndexDamaged
from indexer.language.lexicon import Lexicon

FILE_NAME = "lexico.json"


def save(lexicon: Lexicon, folder: Path) -> None:
    """Write it into a generation's folder (not yet synced: publishing does that)."""
    path = folder / FILE_NAME
    path.unlink(missing_ok=True)  # it may be a hard link into the last generation
    path.write_bytes(msgspec.json.encode({k: sorted(v) for k, v in lexicon.forms.items()}))


def load(folder: Path) -> Lexicon:
    """Read it from a generation's folder.

    Raises:
        IndexDamaged: It is missing or not of this form.
    """
    try:
        return Lexicon(msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=dict[str, list[str]]))
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(
            f"El índice {folder} no tiene un léxico legible ({error}). "
            "Vuelva a construirlo con: python -m indexer actualizar"
        ) from error
