"""Jobs in words (``job_wording.toml``): what they would do, and what they did («Se deshizo el paso 8»)."""

import re
from typing import Any

from indexer.model.page_fields import LABELS
from indexer.word_lists import beside

_WORDS: dict[str, Any] = beside(__file__)
_DONE: list[tuple[re.Pattern[str], str]] = [(re.compile(asked), done) for asked, done in _WORDS["done"]]


def command_words(name: str) -> str:
    """What a command does."""
    return str(_WORDS["does"].get(name, name))


def called(name: str) -> str:
    """How an option or a key is called; empty where it is not for people."""
    told: str | None = _WORDS["called"].get(name)
    return told if told is not None else LABELS.get(name, name.replace("_", " ").replace("-", " ")).lower()


def done_words(title: str) -> str:
    """The title of a job as what was done; one that is none of ours as it is."""
    return next((asked.sub(done, title, count=1) for asked, done in _DONE if asked.match(title)), title)


def capitalized(text: str) -> str:
    """A sentence with its capital, but where it begins with an address, the name of a file or a sign."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if first.strip(",:;").isalpha() else text
