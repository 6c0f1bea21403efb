"""Settings: where the corpus and the index are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Places, as absolute paths."""

    corpus: Path
    index: Path

    @classmethod
    def make(cls, corpus: str | Path | None = None, index: str | Path | None = None) -> Settings:
        """Take what is given, else ``CONSTA_CORPUS`` and ``CONSTA_INDICE``, else ``corpus`` and ``.indice``."""
        return cls(
            corpus=Path(corpus or os.environ.get("CONSTA_CORPUS") or "corpus").absolute(),
            index=Path(index or os.environ.get("CONSTA_INDICE") or ".indice").absolute(),
        )
