"""Words as the readers hold them: their lists (``words.toml``), and how a word is looked up in them."""

import unicodedata
from functools import lru_cache, partial

from indexer import word_lists

listed = partial(word_lists.listed, "readers")
"""The words, or phrases, of a list of ``readers/words.toml``."""


def words(text: str) -> frozenset[str]:
    """The words of a text, parted by white space."""
    return frozenset(text.split())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A word in lower case without accents, as the lists of the readers hold it; searches fold in another way."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
