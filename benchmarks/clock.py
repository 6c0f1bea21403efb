"""The seconds that an official text gets of the captions beside it: how many words have one, and how far off they are.

``python benchmarks/clock.py [FOLDER]`` makes "official" texts of the real captions of a folder (default
``/work/shared/data/transcripts``): sentences and paragraphs with their signs, words replaced, dropped and put in
(5, 10 and 15 of a hundred), paragraphs put in that nobody said and others left out; seeded. Where the file has the
second of each word it is the truth; else a word is right anywhere in its cue. Then texts of other sessions are tried,
which must get no second. Ends with 1 when a goal is missed.
"""

from __future__ import annotations

import random
import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from indexer.corpus.anchors import Anchors
from indexer.corpus.caption_clock import timed_by_captions
from indexer.corpus.page import PageText, build_page
from indexer.model import Kind
from indexer.model.transcript import Block, Document
from indexer.readers import read

DEFAULT = Path("/work/shared/data/transcripts")
EDITS = (0.0, 0.05, 0.10, 0.15)
SEEDS = 4
GOAL_P99_S = 2.0
GOAL_WORST_S = 6.0
_TIMED_WORD = re.compile(r"<(\d\d):(\d\d):(\d\d\.\d{3})><c>\s*([^<]+)</c>")


class Said(NamedTuple):
    """A word of captions, and between which seconds it is said."""

    word: str
    low_s: float
    high_s: float


def said(path: Path, captions: Document) -> list[Said]:
    """The words of captions with the truth about them."""
    exact: dict[tuple[int, str], list[float]] = {}
    if path.suffix == ".vtt":
        for hours, minutes, seconds, word in _TIMED_WORD.findall(path.read_text(encoding="utf-8")):
            second = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
            exact.setdefault((int(second) // 2, word.strip()), []).append(second)
    found = []
    blocks = [block for block in captions.blocks if block.start_s is not None]
    for block, following in zip(blocks, [*blocks[1:], replace(blocks[-1], start_s=blocks[-1].end_s)], strict=True):
        low = block.start_s or 0.0
        high = max(low, following.start_s or low)
        for word in block.text.split():
            near = [s for half in range(int(low) // 2, int(high) // 2 + 1) for s in exact.get((half, word), ())]
            inside = [second for second in near if low <= second <= high]
            found.append(Said(word, *((inside[0], inside[0]) if len(inside) == 1 else (low, high))))
    return found


def official(words: list[Said], edits: float, strange: list[str], seed: int) -> tuple[Document, list[Said | None]]:
    """A text as stenographers would have it, and of each of its words what was said."""
    rng = random.Random(seed)
    vocabulary = sorted({one.word for one in words})
    blocks: list[Block] = []
    truth: list[Said | None] = []
    at = 0
    while at < len(words):
        if edits and rng.random() < 0.03:
            inserted = rng.choice(strange).split()
            blocks.append(Block(" ".join(inserted)))
            truth += [None] * len(inserted)
        if edits and rng.random() < 0.02:
            at += rng.randint(20, 120)  # left out
        text: list[str] = []
        for _ in range(rng.randint(1, 6)):
            size = rng.randint(6, 28)
            sentence: list[tuple[str, Said | None]] = []
            for one in words[at : at + size]:
                chance = rng.random()
                if chance < edits * 0.4:
                    sentence.append((rng.choice(vocabulary), one))
                elif chance < edits * 0.7:
                    continue
                elif chance < edits:
                    sentence += [(rng.choice(vocabulary), None), (one.word, one)]
                else:
                    sentence.append((one.word + ("," if chance > 0.93 else ""), one))
            at += size
            if sentence:
                first, *rest = (word for word, _ in sentence)
                text += [first.capitalize(), *rest]
                text[-1] = text[-1].rstrip(",") + "."
                truth += [one for _, one in sentence]
        if text:
            blocks.append(Block(" ".join(text)))
    return Document(tuple(blocks)), truth


def fragments(document: Document, truth: list[Said | None]) -> tuple[int, list[float]]:
    """How many fragments a text has, and how far off those are that have a second."""
    passages, _ = build_page([PageText(Kind.TRANSCRIPT, document)], (), Anchors())
    errors, at = [], 0
    for passage in passages:
        size = len(passage.text.split())
        one = next((one for one in truth[at : at + size] if one is not None), None)
        if passage.start_s is not None:
            errors.append(off(passage.start_s, one))
        at += size
    return len(passages), errors


def off(second: float, one: Said | None) -> float:
    """How far a second is from where a word was said; what nobody said has none."""
    return float("inf") if one is None else max(one.low_s - second, second - one.high_s, 0.0)


def told(errors: list[float]) -> str:
    """Median, p99 and the worst."""
    errors = sorted(errors) or [0.0]
    return "".join(f"{errors[min(len(errors) - 1, int(len(errors) * part))]:>6.2f}s" for part in (0.5, 0.99, 1.0))


def main(folder: Path) -> int:
    """Print the tables; 0 when the goals are met."""
    files = [path for path in sorted(folder.glob("captions-*")) if path.suffix in (".vtt", ".srt", ".json", ".txt")]
    texts = sorted(folder.glob("estenografica-*.txt"))
    if not files or not texts:
        print(f"{folder}: no hay captions-* y estenografica-*.txt", file=sys.stderr)
        return 1
    strange = [block.text for block in read(texts[0], Kind.TRANSCRIPT).blocks if 8 <= len(block.text.split()) <= 80]
    missed = 0
    both = f"{'median':>7}{'p99':>7}{'worst':>7}"
    print(f"{'captions':32} {'edits':>5} {'clocked':>8} {'CPU':>6} {'fragments':>11} {both}   words {both}")
    for path in files:
        captions = read(path, Kind.TRANSCRIPT)
        words = said(path, captions)
        for edits in EDITS:
            shares, spent, count, of_fragments, of_words = [], 0.0, 0, [], []
            for seed in range(SEEDS):
                document, truth = official(words, edits, strange, seed)
                begun = time.process_time()
                found = timed_by_captions(document, captions)
                spent = max(spent, time.process_time() - begun)
                shares.append(found.share)
                number, errors = fragments(found.document, truth)
                count += number
                of_fragments += errors
                seconds = [second for block in found.document.blocks for second in block.seconds]
                pairs = zip(seconds, truth, strict=True)
                of_words += [off(second, one) for second, one in pairs if second is not None and one is not None]
            worst = sorted(of_fragments)
            missed += worst[int(len(worst) * 0.99)] > GOAL_P99_S or worst[-1] > GOAL_WORST_S
            print(f"{path.name:32} {edits:>5.0%} {sum(shares) / SEEDS:>8.1%} {spent:>5.2f}s "
                  f"{f'{len(of_fragments)}/{count}':>11} {told(of_fragments)}         {told(of_words)}")  # fmt: skip
    tried = wrong = 0
    for path in files:
        captions = read(path, Kind.TRANSCRIPT)
        for text in texts:
            tried += 1
            wrong += timed_by_captions(read(text, Kind.TRANSCRIPT), captions).share > 0
    print(f"texts of another session: {tried} pairs, {wrong} with a second")
    return 1 if missed or wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
