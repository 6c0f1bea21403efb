"""Speakers' labels inside timed cues: ``MODERADORA: Buenas tardes.`` in captions that a person wrote."""

from __future__ import annotations

from dataclasses import replace

from indexer.model.transcript import Block, Document, Speaker
from indexer.readers.doubts import doubts
from indexer.readers.paragraphs import Paragraph
from indexer.readers.plain_labels import plain_labels


def with_labels(document: Document) -> Document:
    """Take the labels out of the cues that begin with one; who speaks holds until the next change.

    Captions that name voices themselves (``<v Ana>``) stay as they are, and so do those without labels. After a change
    that a mark (``>>``) shows without a label, nobody knows who speaks.
    """
    if any(block.speaker for block in document.blocks):
        return document
    found, alike = plain_labels([Paragraph(block.text) for block in document.blocks])
    labels = {n: label for n, label in found.items() if label and not label.whole}
    blocks: list[Block] = []
    speaker: Speaker | None = None
    mark, turn, opens = 0, 0, False
    for n, block in enumerate(document.blocks):
        label = labels.get(n)
        if n in alike and speaker:
            speaker, opens = replace(speaker, inferred=True), True
        if label:
            speaker, opens = label.reading.speaker, True
        elif block.turn != mark:
            speaker, opens = None, True
        mark = block.turn
        text = label.rest if label else block.text
        above = blocks[-1] if blocks else None
        if text and above and not opens and block.start_s is not None and above.start_s == block.start_s:
            blocks[-1] = replace(above, text=f"{above.text} {text}")  # two lines of one cue, and no label between them
        elif text:
            turn += opens and bool(blocks)
            blocks.append(replace(block, text=text, speaker=speaker, turn=turn))
            opens = False
    if not blocks:
        return document
    warnings = (*document.warnings, *doubts(blocks, alike.values()))
    return replace(document, blocks=tuple(blocks), warnings=warnings)
