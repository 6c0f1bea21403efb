"""What lies beside a transcript and serves it no more: corrections of words that are gone, speakers by the second of a
text without times. It is kept until somebody takes it away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from indexer.corpus.correcting import correct
from indexer.corpus.corrections import Corrections
from indexer.desk.open_pages import OpenPage
from indexer.model import Kind
from indexer.pipeline.pages import BuiltPage


def unused(
    opened: OpenPage, now: Corrections, built: BuiltPage, instead: tuple[Kind, Path] | None = None
) -> Corrections:
    """The corrections and checks of a page that cannot be applied.

    Args:
        opened: The page.
        now: What its file says.
        built: The page as it is made with them.
        instead: As it was told to ``OpenPage.build`` for that.
    """
    file = opened.work.files.corrections
    if file is None or not any(problem.path.startswith(f"{file.relative}:") for problem in built.problems):
        return Corrections()
    received = opened.as_received().build(instead=instead)
    lines = {problem.path for problem in correct(received.passages, now, "")[1]}
    return Corrections(
        tuple(one for one in now.corrections if f":{one.line}" in lines),
        tuple(each for each in now.checked if f":{each.line}" in lines),
    )


def told(orphans: Corrections) -> Mapping[str, Any]:
    """The same for whoever asked."""
    return {
        "correcciones": [
            {"numero": one.number, "de": one.was, "a": one.reads, "vez": one.time} for one in orphans.corrections
        ],
        "cotejados": [each.number for each in orphans.checked],
    }
