"""Plain text and Markdown to paragraphs."""

from __future__ import annotations

import itertools
import re

from indexer.model.transcript import Document
from indexer.readers.captions import is_vtt, vtt_document
from indexer.readers.decode import decode
from indexer.readers.double_spacing import without_double_spacing
from indexer.readers.markdown import markdown_lines, typed_marks
from indexer.readers.paragraphs import CELLS, Paragraph, Prose, leading_stamp, tidy
from indexer.readers.pictures import without_pictures
from indexer.readers.registry import reader
from indexer.readers.spaced_letters import joined_letters

_FRONT_MATTER_LINES = 60
_FRONT_MATTER = (
    "empieza con datos entre líneas «---» (front matter), que no se publican como texto",
    "pase esos datos a mesa.toml o evento.toml y bórrelos del archivo",
)
_YAML_LINE = re.compile(r"[a-z_][\w-]{0,40}:(?:\s.*)?|\s+.*|- .*|#.*|\s*")
_TYPED_MARKS = ("*", "_", "<")


@reader(".txt")
def read_text(data: bytes) -> Prose | Document:
    """Plain text: a line is a paragraph, unless the file was wrapped at a fixed width; WebVTT by another name too."""
    text, joined = joined_letters(decode(data))
    if is_vtt(text):
        return vtt_document(text)
    lines = text.split("\n")
    lines = without_double_spacing(lines)
    if 2 * sum("\t" in line.strip() for line in lines) > sum(bool(line.strip()) for line in lines):
        lines = [CELLS.join(cell.strip() for cell in line.split("\t") if cell.strip()) for line in lines]
    return Prose(_paragraphs([_text_line(line) for line in lines], wrapped=_is_wrapped(lines)), joined)


@reader(".md")
def read_markdown(data: bytes) -> Prose | Document:
    """Markdown without its marks; front matter is left out, with a warning."""
    text, joined = joined_letters(without_pictures(decode(data, longest_line=None)))
    if is_vtt(text):
        return vtt_document(text)
    lines = text.split("\n")
    kept = _after_front_matter(lines)
    warnings = joined + ((_FRONT_MATTER,) if len(kept) < len(lines) else ())
    if any("<!--" in line for line in kept):
        kept = _without_comments("\n".join(kept)).split("\n")
    return Prose(_paragraphs(markdown_lines(kept), wrapped=_is_wrapped(kept)), warnings)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether paragraphs, parted by blank lines, were broken at a fixed width of 50 to 130 letters."""
    inner, open_ended, widest = 0, 0, 0
    for line, following in itertools.pairwise(lines):
        if not line.strip() or not following.strip():
            continue
        text = line.rstrip()
        inner += 1
        widest = max(widest, len(text))
        open_ended += len(text) >= 45 and text[-1] not in '.?!:…”"»)-'
    return inner >= 2 and widest <= 130 and open_ended >= 0.6 * inner


def _paragraphs(lines: list[Paragraph], *, wrapped: bool) -> tuple[Paragraph, ...]:
    kept: list[Paragraph] = []
    blank = True
    for line in lines:
        if not line.text and not line.rule:
            blank = True
            continue
        joins = not blank and not line.heading and not line.rule and not kept[-1].heading
        joins = joins and (wrapped or line.continues)
        kept.append(Paragraph(line.text, line.bold, line.heading, joins, line.rule))
        blank = line.rule
    return tuple(kept)


def _text_line(line: str) -> Paragraph:
    text = tidy(line)
    stamp = leading_stamp(text)
    # People type **Moderadora:** in plain text as well, maybe after a time.
    return typed_marks(text) if text.startswith(_TYPED_MARKS, stamp.end() if stamp else 0) else Paragraph(text)


def _after_front_matter(lines: list[str]) -> list[str]:
    if not lines or lines[0].strip() != "---":
        return lines
    for n, line in enumerate(lines[1 : _FRONT_MATTER_LINES + 1], 1):
        if line.strip() in ("---", "..."):
            # In a transcript whose turns begin with `---` nothing here looks like YAML.
            return lines[n + 1 :] if any(":" in kept for kept in lines[1:n]) else lines
        if not _YAML_LINE.fullmatch(line):
            return lines
    return lines


def _without_comments(text: str) -> str:
    """Without ``<!-- … -->``, in one pass; one that never ends is text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))
