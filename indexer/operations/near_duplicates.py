"""Finds near duplicates of a text in the corpus, by the sequences of five words that it shares with each page.

Pages are compared by their anchors, which hold one code per word, so no text has to be opened. A sequence of codes is
one number, and all sequences of the corpus one sorted array.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.corpus.anchors import Anchors, text_codes
from indexer.corpus.snapshot import CorpusSnapshot, EventFolder, SessionFolder
from indexer.model import Document, Kind

RUN = 5
LIKE = 0.6
"""The share of a text's runs from which a page is told."""
_MOST = 10
_BITS = 6
_VALUES = np.zeros(256, np.int64)
_VALUES[np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", np.uint8)] = range(64)

Runs = NDArray[np.int64]


def coded_runs(codes: str) -> Runs:
    """The different runs of words of a text, each as a number; a shorter text is one run."""
    if not codes:
        return np.zeros(0, np.int64)
    letters = _VALUES[np.frombuffer(codes.encode("ascii"), np.uint8)]
    words = letters[0::2] << _BITS | letters[1::2]
    words = np.pad(words, (0, max(0, RUN - len(words))))
    count = len(words) - RUN + 1
    found = np.zeros(count, np.int64)
    for place in range(RUN):
        found = found << 2 * _BITS | words[place : place + count]
    return np.unique(found)


def runs_of(document: Document) -> Runs:
    """The runs of a file as it was read."""
    return coded_runs("".join(text_codes(block.text) for block in document.blocks))


class KnownTexts:
    """Texts that others are compared with, each under the name of its page."""

    def __init__(self, texts: Iterable[tuple[str, Runs]]) -> None:
        known = list(texts)
        self._names = [name for name, _ in known]
        runs = np.concatenate([np.zeros(0, np.int64), *(each for _, each in known)])
        order = np.argsort(runs, kind="stable")
        self._runs = runs[order]
        self._of = np.repeat(np.arange(len(known)), [len(each) for _, each in known])[order]

    def alike(self, wanted: Runs) -> dict[str, float]:
        """The pages that hold most of a text, with the share of its runs that each has."""
        if not len(wanted):
            return {}
        first, last = (np.searchsorted(self._runs, wanted, side) for side in ("left", "right"))
        counts = last - first
        places = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        shared = np.bincount(self._of[places], minlength=len(self._names)) / len(wanted)
        found: dict[str, float] = {}
        for number in np.flatnonzero(shared >= LIKE):
            name = self._names[number]
            found[name] = max(found.get(name, 0.0), float(shared[number]))
        return found


def known_texts(snapshot: CorpusSnapshot) -> Iterator[tuple[str, Runs]]:
    """Every text of the corpus that has fragments, under its page."""
    for page, folder in _pages(snapshot):
        anchors = Anchors() if folder.files.anchors is None else Anchors.parse(folder.files.anchors, "")[0]
        for kind in Kind:
            if codes := "".join(row.codes for row in anchors.of(kind)):
                yield page, coded_runs(codes)


def near_duplicates(snapshot: CorpusSnapshot, document: Document, digest: str) -> list[dict[str, Any]]:
    """The pages that hold most of a text, those with an identical file (SHA-256 ``digest``) first."""
    same = same_bytes(snapshot).get(digest, [])
    parts = KnownTexts(known_texts(snapshot)).alike(runs_of(document)) | dict.fromkeys(same, 1.0)
    found = sorted((page not in same, -part, page) for page, part in parts.items())
    return [{"pagina": page, "parte": round(-part, 3), "igual": not other} for other, part, page in found[:_MOST]]


def same_bytes(snapshot: CorpusSnapshot) -> dict[str, list[str]]:
    """The pages that have a file, by its SHA-256."""
    found: dict[str, list[str]] = {}
    for page, folder in _pages(snapshot):
        for file in folder.files.texts.values():
            found.setdefault(file.sha256, []).append(page)
    return found


def _pages(snapshot: CorpusSnapshot) -> Iterator[tuple[str, EventFolder | SessionFolder]]:
    for event in snapshot.events:
        yield event.slug, event
        yield from ((f"{event.slug}/{session.slug}", session) for session in event.sessions)
