"""What a page published: the numbers that a withdrawal takes away."""

from __future__ import annotations

from indexer.config import Settings
from indexer.corpus.anchors import Anchors
from indexer.engines import open_index
from indexer.errors import IndexDamaged, IndexMissing
from indexer.model import Kind, PageId


def published_numbers(settings: Settings, page: PageId, kind: Kind | None) -> tuple[int, ...]:
    """Numbers of a page's fragments, of one kind or all.

    Facts stay when a description goes, since they are in the TOML. Without an index that opens, ``anclas.tsv`` tells;
    it does not know facts from other text.
    """
    try:
        index = open_index(settings.index)
    except (IndexMissing, IndexDamaged):
        return _anchored(settings, page, kind)
    try:
        stored = index.session(page)
    finally:
        index.close()
    if stored is None:
        return _anchored(settings, page, kind)
    gone = (p for p in stored.passages if kind is None or (p.kind is kind and p.fact is None))
    return tuple(sorted(passage.number for passage in gone))


def _anchored(settings: Settings, page: PageId, kind: Kind | None) -> tuple[int, ...]:
    try:
        text = (settings.corpus / str(page) / "anclas.tsv").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    anchors, _ = Anchors.parse(text, f"{page}/anclas.tsv")
    return tuple(sorted(row.number for row in anchors.rows if kind is None or row.kind is kind))
