"""Lines of Markdown to paragraphs without its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.readers.emphasis import without_emphasis
from indexer.readers.paragraphs import CELLS, RULE, Paragraph, tidy

_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"^(?:>\s?)+")
_BULLET = re.compile(r"^\s{0,8}(?:[*+]|-(?!-)|\d{1,3}[.)])\s+(?=\S)")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,300}\")?\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_STRONG_TAG = re.compile(r"</?(?:b|strong)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:br|i|em|u|sup|sub|span|p|div)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_TABLE_RULE = re.compile(r"\|?[\s:|-]{3,}\|?")


def markdown_lines(lines: Sequence[str]) -> list[Paragraph]:
    """A paragraph a line; one without text where a blank line, a fence or the rule of a table parts two."""
    done: list[Paragraph] = []
    open_lines: list[str] = []
    for line in lines:
        text = _QUOTE.sub("", line.strip(), count=1) if line.lstrip().startswith(">") else line.strip()
        marks = text.replace(" ", "")
        heading = _HEADING.match(text)
        if not text or text.startswith(("```", "~~~")) or ("|" in text and _TABLE_RULE.fullmatch(text)):
            alone: list[Paragraph] | None = [Paragraph("")]
        elif len(marks) > 2 and set(marks) in ({"-"}, {"*"}, {"_"}):
            alone = [RULE]
        elif heading:
            alone = _inline(text[heading.end() :].rstrip("# "), heading=True)
        elif text.startswith("|") and text.endswith("|"):
            alone = _inline(CELLS.join(cell.strip() for cell in text.strip("|").split("|")))
        else:
            alone = None
        bullet = _BULLET.match(text)
        if alone is not None or bullet:
            done += _inline("\n".join(open_lines))
            open_lines = []
        if alone is not None:
            done += alone
        else:
            open_lines.append(text[bullet.end() :] if bullet else text)
    return done + _inline("\n".join(open_lines))


def typed_marks(line: str) -> Paragraph:
    """A line of plain text in which somebody typed the marks of Markdown, as in ``**Moderadora:** …``."""
    return _inline(line)[0]


def _inline(text: str, *, heading: bool = False) -> list[Paragraph]:
    """The lines of one paragraph without emphasis, links, images and simple tags."""
    if not text:
        return []
    text = _IMAGE.sub(r"\1", text) if "](" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text else text
    if "<" in text:
        text = _TAG.sub(" ", _STRONG_TAG.sub("**", _ADDRESS.sub(r"\1", text)))
    return [Paragraph(tidy(line.text), line.bold, heading, continues=line.inside) for line in without_emphasis(text)]
