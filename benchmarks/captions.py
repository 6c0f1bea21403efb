"""Captions of one video in two formats: do they give the same words in the same order, once each, at the same times?

``python benchmarks/captions.py [FOLDER]`` looks for pairs ``captions-ID.json`` with ``.vtt``, ``.srt``, ``.sbv`` or
``-pasted.txt`` (default ``/work/shared/data/transcripts``), prints a line a pair, and ends with 1 when one falls short.
"""

from __future__ import annotations

import sys
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer.errors import ReadError
from indexer.model.transcript import Document
from indexer.readers.captions.caption_json import read_caption_json
from indexer.readers.captions.pasted import looks_like_panel, read_panel
from indexer.readers.captions.vtt_srt_sbv import read_sbv, read_srt, read_vtt
from indexer.readers.decode import decode

DEFAULT = Path("/work/shared/data/transcripts")
AGREEMENT = 0.995
READERS = {".json": read_caption_json, ".vtt": read_vtt, ".srt": read_srt, ".sbv": read_sbv}


def read(path: Path) -> Document:
    """A caption file or a pasted panel by its name."""
    if path.suffix in READERS:
        return READERS[path.suffix](path.read_bytes())
    text = decode(path.read_bytes())
    if not looks_like_panel(text):
        raise ReadError(f"{path.name} no se reconoce como panel pegado", "revise looks_like_panel")
    return read_panel(text)


def timed_words(document: Document) -> list[tuple[str, float]]:
    """Each word with the second of its block."""
    return [(word, block.start_s or 0.0) for block in document.blocks for word in block.text.split()]


def compare(first: list[tuple[str, float]], second: list[tuple[str, float]]) -> tuple[float, float]:
    """Share of words that stand in both in the same order, and the largest difference of their times in seconds.

    The share is twice the matched words over all words; difflib is greedy, so it is a lower bound.
    """
    one, other = [word for word, _ in first], [word for word, _ in second]
    if one == other:
        matched = [(place, place) for place in range(len(one))]
    else:
        blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
        matched = [(a + step, b + step) for a, b, size in blocks for step in range(size)]
    share = 2 * len(matched) / max(1, len(one) + len(other))
    return share, max((abs(first[a][1] - second[b][1]) for a, b in matched), default=0.0)


def forwards(words: list[tuple[str, float]]) -> bool:
    """Whether times never go back."""
    return all(before <= after for (_, before), (_, after) in pairwise(words))


def main(folder: Path) -> int:
    """Print the table; 0 when every pair holds."""
    pairs = [
        (path, other)
        for path in sorted(folder.glob("captions-*.json"))
        for other in sorted(folder.glob(f"{path.stem}[.-]*"))
        if other.suffix in (".vtt", ".srt", ".sbv") or other.name == f"{path.stem}-pasted.txt"
    ]
    if not pairs:
        print(f"{folder}: no hay pares captions-ID.json con .vtt, .srt, .sbv o -pasted.txt", file=sys.stderr)
        return 1
    short = 0
    print(f"{'pair':44} {'words':>13} {'agreement':>10} {'max time diff':>14} {'monotone':>9}")
    for one, other in pairs:
        first, second = timed_words(read(one)), timed_words(read(other))
        share, apart_s = compare(first, second)
        monotone = forwards(first) and forwards(second)
        short += share < AGREEMENT or not monotone
        pair = f"{one.name} / {other.name.removeprefix(one.stem)}"
        print(
            f"{pair:44} {f'{len(first)}/{len(second)}':>13} {share:>9.3%} {apart_s:>12.3f} s "
            f"{'yes' if monotone else 'NO':>9}"
        )
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
