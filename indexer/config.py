"""Settings: where the corpus and the index are, and which engine keeps the index."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Which engine keeps the index, and its options.

    Attributes:
        name: One of those that ``indexer.engines`` knows.
        options: What the engine must be told (addresses, keys), by name in lower case. Whoosh needs nothing.
    """

    name: str = "whoosh"
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, environment: Mapping[str, str] = os.environ) -> EngineSettings:
        """Take the engine from ``CONSTA_MOTOR``, and its options from ``CONSTA_<ENGINE>_<OPTION>``."""
        name = environment.get("CONSTA_MOTOR", "").strip().lower() or cls().name
        own = f"CONSTA_{name.upper()}_"
        options = {key.removeprefix(own).lower(): value for key, value in environment.items() if key.startswith(own)}
        return cls(name, options)
