"""Which fragment a reader's report is about."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.language.spanish import fold
from indexer.model.passage import Passage


def report_number(passages: Sequence[Passage], asked: str, sentence: str) -> int | None:
    """The fragment that a report is about: as asked, else the first that holds the sentence."""
    numbers = {passage.number for passage in passages}
    plain = asked.strip().lstrip("#p¶ ")
    if plain.isascii() and plain.isdecimal() and len(plain) < 10 and int(plain) in numbers:
        return int(plain)
    sought = " ".join(fold(sentence).split())
    if not sought:
        return None
    return next((p.number for p in passages if sought in " ".join(fold(p.text).split())), None)
