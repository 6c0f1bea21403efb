"""The title of a job in the past tense: «Deshacer el paso 8» becomes «Se deshizo el paso 8»."""

from __future__ import annotations

import re

from indexer.word_lists import beside

_DONE: list[tuple[re.Pattern[str], str]] = [(re.compile(asked), done) for asked, done in beside(__file__)["done"]]


def done_words(title: str) -> str:
    """The title of a job as what was done; one that is none of ours as it is."""
    for asked, done in _DONE:
        if asked.match(title):
            return asked.sub(done, title, count=1)
    return title


def capitalized(text: str) -> str:
    """A sentence with its capital, but where it begins with an address, the name of a file or a sign."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if first.strip(",:;").isalpha() else text
