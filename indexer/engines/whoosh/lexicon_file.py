"""The lexicon of a generation, kept as JSON beside the index.

It is made anew from the live fragments at every write: words of fragments that are gone would go on widening queries,
and an index that grew by updates would answer otherwise than one written from nothing.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer.engines.whoosh.segments import Segments
from indexer.errors import IndexDamaged
from indexer.language.lexicon import Lexicon

FILE_NAME = "lexico.json"


def collect(segments: Segments) -> Lexicon:
    """The lexicon of the live fragments of an index."""
    dead = [segments.deleted(index) for index in range(len(segments.sizes()))]
    forms: dict[str, set[str]] = {}
    for term in {term for term, _ in segments.terms("spelling")}:
        found = segments.postings("spelling", term)
        if any(not np.isin(posted.documents, dead[posted.segment]).all() for posted in found):
            form, _, stem = term.partition(" ")
            forms.setdefault(form, set()).add(stem)
    return Lexicon(forms)


def save(lexicon: Lexicon, folder: Path) -> None:
    """Write it into a generation's folder (not yet synced: publishing does that)."""
    path = folder / FILE_NAME
    path.unlink(missing_ok=True)  # it may be a hard link into the last generation
    path.write_text(lexicon.to_json(), encoding="utf-8")


def load(folder: Path) -> Lexicon:
    """Read it from a generation's folder.

    Raises:
        IndexDamaged: It is missing or not of this form.
    """
    try:
        return Lexicon.from_json((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(
            f"El índice {folder} no tiene un léxico legible ({error}). "
            "Vuelva a construirlo con: python -m indexer actualizar"
        ) from error
