"""Commands, options and keys in the words of who is to publish what they would do (``command_words.toml``)."""

from __future__ import annotations

from indexer.model.page_fields import LABELS
from indexer.word_lists import beside

_WORDS: dict[str, dict[str, str]] = beside(__file__)


def command_words(name: str) -> str:
    """What a command does."""
    return _WORDS["does"].get(name, name)


def called(name: str) -> str:
    """How an option or a key is called; empty where it is not for people."""
    told = _WORDS["called"].get(name)
    return told if told is not None else LABELS.get(name, name.replace("_", " ").replace("-", " ")).lower()
