"""The words of queries: their tokens and the stems they may have, each worked out once."""

from __future__ import annotations

from functools import lru_cache

from indexer.language.lexicon import Lexicon
from indexer.language.spanish import Token, tokens

MOST = 1 << 13
"""Words that are remembered."""


class TypedWords:
    """What people type, looked at with one index's lexicon. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tokens = lru_cache(MOST)(lambda text: tuple(tokens(text)))
        self._stems = lru_cache(MOST)(lambda word: tuple(sorted(lexicon.stems(word))))

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Of what was typed between two spaces."""
        return self._tokens(text)

    def stems(self, word: str) -> tuple[str, ...]:
        """Every stem under which a word may be indexed."""
        return self._stems(word)


__all__ = ["TypedWords"]
