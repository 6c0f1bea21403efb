"""Lines of Markdown to paragraphs without its marks, pictures and emphasis.

Marks of emphasis as people and converters leave them are seldom balanced (``**_NOMBRE:_ **``, ``**_VOZ_ ** **_MUJER:_
**``) and run over the ends of lines. Each run of marks is looked at once, and turns light or strong emphasis on or off.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.readers.labels.names import is_capitals
from indexer.readers.paragraphs import CELLS, RULE, Paragraph, bold_length, tidy

_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"^(?:>\s?)+")
_BULLET = re.compile(r"^\s{0,8}(?:[*+]|-(?!-)|\d{1,3}[.)])\s+(?=\S)")
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
    text = without_pictures(text) if "![" in text else text
    text = _LINK.sub(r"\1", text) if "](" in text else text
    if "<" in text:
        text = _TAG.sub(" ", _STRONG_TAG.sub("**", _ADDRESS.sub(r"\1", text)))
    return [Paragraph(tidy(line.text), line.bold, heading, continues=line.inside) for line in without_emphasis(text)]


_PICTURE = re.compile(
    r"\[?!\[[^\[\]]{0,1000}\](?:\([^()]*(?:\([^()]{0,200}\)[^()]*)?\)|\[[^\[\]]{0,100}\])(?:\]\([^()\s]{0,2000}\))?"
)
_PICTURE_TAG = re.compile(r"<(?:img|picture|source|figure)(?:\s[^<>]*)?/?>|</(?:picture|figure)>", re.IGNORECASE)
_DEFINED = re.compile(
    r"^ {0,3}\[[^\[\]^]{1,100}\]: {0,3}<?(?:https?:|data:|\.{0,2}/|#)\S*>?(?: .{0,300})?$", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]{1,40}\](?!:)")


def without_pictures(text: str) -> str:
    """Markdown without its pictures, the addresses it defines, and the marks of its footnotes."""
    for pattern in (_PICTURE, _PICTURE_TAG, _DEFINED, _NOTE_MARK):
        text = pattern.sub("", text)
    return text


_RUN = re.compile(r"[*_]+")
_MARK = re.compile(r"\*{1,2}|_{1,2}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_MOST = 6  # a longer run is filler (``______``)
_WORDS_OF_ONE_LETTER = frozenset("AEOUY")


class Line(NamedTuple):
    """A line without marks.

    Attributes:
        text: Tidied.
        bold: How many letters at its start are strong, or are in capitals and light; a time before them counts.
        inside: It goes on within the emphasis that the line before it began with.
    """

    text: str
    bold: int
    inside: bool


class _Piece(NamedTuple):
    text: str
    strong: bool
    light: bool
    inside: bool = False  # it is what follows a line's end


def without_emphasis(text: str) -> list[Line]:
    """The lines of one paragraph of Markdown without the marks of emphasis and of code."""
    runs = [found for found in _RUN.finditer(text) if _is_mark(text, found)]
    if not _are_marks(text, runs):
        runs = []
    pieces: list[_Piece] = []
    strong = light = False
    at = 0
    for run in runs:
        pieces.append(_Piece(text[at : run.start()], strong, light))
        for mark in _MARK.findall(run[0]):
            strong, light = (not strong, light) if len(mark) == 2 else (strong, not light)
        at = run.end()
    pieces.append(_Piece(text[at:], strong, light))
    spans: list[list[_Piece]] = [[]]
    for piece in _whole_words([piece for piece in pieces if piece.text]):
        first, *others = piece.text.split("\n")
        spans[-1].append(piece._replace(text=first))
        spans += [[piece._replace(text=line, inside=True)] for line in others]
    return [_line(span) if span else Line("", 0, inside=False) for span in spans]


def _is_mark(text: str, run: re.Match[str]) -> bool:
    """Whether a run may be one: the signs of ``2 * 3`` and ``a_b`` are none."""
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    if len(run[0]) > _MOST or before == "\\":
        return False
    if before.isalnum() and after.isalnum():
        return "**" in run[0]
    return run[0] != "*" or bool(before.strip() or after.strip())


def _are_marks(text: str, runs: Sequence[re.Match[str]]) -> bool:
    """A run by itself is a mark only where it opens the paragraph and was never closed: ``f***`` is a word."""
    return len(runs) > 1 or (len(runs) == 1 and len(runs[0][0]) > 1 and not text[: runs[0].start()].strip())


def _whole_words(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """``**P** **RESIDENTE`` is one word again: converters put the space there."""
    for n, piece in enumerate(pieces):
        if piece.text == " " and 0 < n < len(pieces) - 1:
            before, after = pieces[n - 1], pieces[n + 1]
            torn = len(before.text) == 1 and before.text.isupper() and before.text not in _WORDS_OF_ONE_LETTER
            if torn and before.strong and after.strong and after.text[:2].isalpha() and after.text[:2].isupper():
                continue
        yield piece


def _line(span: Sequence[_Piece]) -> Line:
    runs = [piece._replace(text=_ESCAPE.sub(r"\1", piece.text.replace("`", ""))) for piece in span]
    text = tidy("".join(run.text for run in runs))
    bold = bold_length([(run.text, run.strong) for run in runs], text)
    light = bold_length([(run.text, run.light) for run in runs], text) if not bold else 0
    bold = bold or (light if is_capitals(text[:light]) else 0)
    return Line(text, bold, bold > 0 and span[0].inside)
