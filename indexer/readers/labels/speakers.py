"""Who speaks: paragraphs to blocks with speakers and turns.

Two habits are told apart. In *ruled* transcripts a ``---`` line announces each speaker, alone on the next line; labels
are looked for there and hardly anywhere else. In all others a label begins a paragraph, and how sure its words are
is weighed with how it is printed and whether it comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Block, LeftOut, Warnings
from indexer.readers.labels.candidates import Labels, Lines, split_run_in
from indexer.readers.labels.label_times import count_stamps, put_back, seconds_of, with_unread, without_stamps
from indexer.readers.labels.own_line_labels import ruled_labels
from indexer.readers.labels.plain_labels import plain_labels
from indexer.readers.labels.short_labels import LookAlikes
from indexer.readers.labels.speaker_warnings import named, speaker_warnings
from indexer.readers.labels.turns import blocks_of_lines
from indexer.readers.paragraphs import RULE, Paragraph, gathered, has_words, is_rule, why_not_speech, without_filler


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript as its labels part it.

    Attributes:
        blocks: Their text never holds the label; those before the first label have no speaker.
        labels: How many turns a label opens.
        timed_labels: Whether most of the lines that begin with a time begin a turn, or turns are many more than times:
            no caption panel does that.
        left_out: Lines that are no speech.
    """

    blocks: tuple[Block, ...]
    warnings: Warnings = ()
    labels: int = 0
    timed_labels: bool = False
    left_out: tuple[LeftOut, ...] = ()


def blocks_of_prose(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Paragraphs as they are: no speakers, one turn."""
    texts: list[str] = []
    for paragraph in paragraphs:
        if not has_words(paragraph.text):
            continue
        if paragraph.continues and texts:
            texts[-1] += " " + paragraph.text
        else:
            texts.append(paragraph.text)
    return tuple(Block(text) for text in texts)


def read_transcript(paragraphs: Sequence[Paragraph]) -> Transcript:
    """Find the speakers' labels and their times, leave out what nobody said, count the turns."""
    out: list[tuple[str, str]] = []
    lines, stamps = without_stamps(_lines(paragraphs, out))
    labels, alike = _labels(lines, frozenset(stamps))
    labels = with_unread(labels, stamps)
    doubtful = [lines[n] for n in alike]
    seconds, warnings = seconds_of(lines, labels, stamps)
    stamped, times = sum(n in stamps for n in labels), count_stamps(paragraphs)
    found = sum(label is not None for label in labels.values())
    if stamps:
        lines, labels, seconds = put_back(lines, labels, stamps, seconds)
    blocks, unspoken = blocks_of_lines(lines, labels, seconds, doubtful)
    return Transcript(
        blocks,
        (*_warn(unspoken), *warnings, *speaker_warnings(blocks, alike.values())),
        labels=found,
        timed_labels=(stamped > 1 and 2 * stamped >= times) or found >= max(3, 2 * times),
        left_out=gathered(out),
    )


def _labels(lines: Lines, stamped: frozenset[int]) -> tuple[Labels, LookAlikes]:
    """The labels of the habit that more of them follow: a rule before them, or a mark after them."""
    ruled = ruled_labels(lines)
    named = sum(label is not None for label in ruled.values())
    plain, alike = plain_labels(lines, stamped)
    marked = sum(label is not None and bool(label.mark) for label in plain.values())
    return (ruled, {}) if named and named >= marked else (plain, alike)


def _warn(unspoken: Sequence[str]) -> Warnings:
    if not unspoken:
        return ()
    fault = "la etiqueta no tiene palabras debajo" if len(unspoken) == 1 else "hay etiquetas sin palabras debajo"
    return ((f"{fault} ({named(unspoken)})", "escriba lo que dijo esa persona, o quite la etiqueta"),)


def _lines(paragraphs: Sequence[Paragraph], out: list[tuple[str, str]]) -> list[Paragraph]:
    """The lines that may be speech, rules marked, labels that were run in parted; the others go to ``out``."""
    lines: list[Paragraph] = []
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.rule or is_rule(text):
            lines.append(RULE)
        elif (why := why_not_speech(text)) is not None:
            if why:
                out.append((text, why))
        else:
            pieces = [part for piece in without_filler(text) for part in split_run_in(piece)]
            if pieces == [text]:
                lines.append(paragraph)
            else:
                lines.extend(Paragraph(piece) for piece in pieces)
    return lines
