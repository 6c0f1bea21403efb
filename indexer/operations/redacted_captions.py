"""Removes the words of one fragment from the captions beside an official text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.corpus.anchor_alignment import DISTINCTIVE
from indexer.corpus.anchors import CODE, text_codes
from indexer.corpus.caption_clock import cue_seconds, heard_span
from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Block, Document
from indexer.readers import read


def redact_captions(document: Document, path: Path, span: tuple[int, int]) -> bytes:
    """Return the captions as WebVTT without the words of a fragment; empty when those words cannot be located.

    Args:
        document: The official text.
        path: The captions.
        span: The words of the fragment, counted over the whole text.
    """
    try:
        captions = read(path, Kind.TRANSCRIPT)
    except ReadError:
        return b""
    heard = heard_span(document, captions, span)
    if heard is None:
        return b""
    left = list(_left(captions, heard))
    words = " ".join(block.text for block in document.blocks).split()[slice(*span)]
    said, rest = text_codes(" ".join(words)), "".join(text_codes(block.text) for block in left)
    size = min(DISTINCTIVE * CODE, len(said))
    held = {rest[at : at + size] for at in range(0, len(rest) - size + 1, CODE)}
    if not left or any(said[at : at + size] in held for at in range(0, len(said) - size + 1, CODE)):
        return b""
    return render_webvtt(left).encode()


def _left(captions: Document, span: tuple[int, int]) -> list[Block]:
    """The cues that have a time, without a span of words; what is left of one keeps its seconds."""
    left: list[Block] = []
    for (block, words, low, high), seconds in zip(
        words_within(captions.blocks, span), cue_seconds(captions.blocks), strict=True
    ):
        if block.start_s is None:
            continue
        if low >= high:
            left.append(block)
            continue
        if low:
            left.append(replace(block, text=" ".join(words[:low]), end_s=seconds[low]))
        if high < len(words) and (start := seconds[high]) is not None:
            left.append(replace(block, text=" ".join(words[high:]), start_s=start))
    return left


def words_within(blocks: Iterable[Block], span: tuple[int, int]) -> Iterator[tuple[Block, list[str], int, int]]:
    """Yield each block with its words, and the start and end in them of a span counted over the whole text."""
    at = 0
    for block in blocks:
        words = block.text.split()
        yield block, words, max(span[0] - at, 0), min(span[1] - at, len(words))
        at += len(words)


def render_webvtt(blocks: Sequence[Block]) -> str:
    """Render cues as WebVTT."""
    lines = ["WEBVTT"]
    for place, block in enumerate(blocks):
        start = block.start_s or 0.0
        following = next((b.start_s for b in blocks[place + 1 :] if b.start_s is not None), start)
        end = block.end_s if block.end_s is not None else max(following, start)
        text = block.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if block.speaker is not None and block.speaker.shown:
            text = f"<v {block.speaker.shown.replace('>', '')}>{text}"
        elif place and block.turn != blocks[place - 1].turn:
            text = f">> {text}"
        lines += ["", f"{_clock(start)} --> {_clock(end)}", text]
    return "\n".join(lines) + "\n"


def _clock(second: float) -> str:
    whole, thousandths = divmod(round(second * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"
