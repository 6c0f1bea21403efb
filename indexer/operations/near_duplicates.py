"""Finds near duplicates of a text in the corpus, by the sequences of five words that it shares with each page.

Pages are compared by their anchors, which hold one code per word, so no text has to be opened.
"""

from __future__ import annotations

from typing import Any

from indexer.corpus.anchors import Anchors, runs, text_codes
from indexer.corpus.snapshot import CorpusSnapshot, EventFolder, SessionFolder
from indexer.model import Kind
from indexer.model.transcript import Document

RUN = 5
LIKE = 0.6
"""The share of a text's runs from which a page is told."""
_MOST = 10


def near_duplicates(snapshot: CorpusSnapshot, document: Document, digest: str) -> list[dict[str, Any]]:
    """The pages that hold most of a text, those with an identical file first.

    Args:
        snapshot: The corpus.
        document: The text.
        digest: SHA-256 of its file.
    """
    wanted = runs("".join(text_codes(block.text) for block in document.blocks), RUN)
    found: list[tuple[bool, float, str]] = []
    for page, folder in _pages(snapshot):
        same = any(file.sha256 == digest for file in folder.files.texts.values())
        part = 1.0 if same else _shared(wanted, folder)
        if part >= LIKE:
            found.append((not same, -part, page))
    return [
        {"pagina": page, "parte": round(-part, 3), "igual": not other} for other, part, page in sorted(found)[:_MOST]
    ]


def _shared(wanted: set[str], folder: EventFolder | SessionFolder) -> float:
    if not wanted or folder.files.anchors is None:
        return 0.0
    anchors, _ = Anchors.parse(folder.files.anchors, "anclas.tsv")
    best = 0
    for kind in Kind:
        codes = "".join(row.codes for row in anchors.of(kind))
        best = max(best, len(wanted & runs(codes, RUN)) if codes else 0)
    return best / len(wanted)


def _pages(snapshot: CorpusSnapshot) -> list[tuple[str, EventFolder | SessionFolder]]:
    pages: list[tuple[str, EventFolder | SessionFolder]] = []
    for event in snapshot.events:
        pages.append((event.slug, event))
        pages += [(f"{event.slug}/{session.slug}", session) for session in event.sessions]
    return pages
