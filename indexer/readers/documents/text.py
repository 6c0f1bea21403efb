"""Plain text and Markdown to paragraphs: broken lines, double spacing and letters that stand apart are put together."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.model import Document, Warnings
from indexer.readers.captions.vtt_srt_sbv import is_vtt, vtt_document
from indexer.readers.decode import decode
from indexer.readers.documents.markdown import markdown_lines, typed_marks, without_pictures
from indexer.readers.labels.names import GIVEN_NAMES
from indexer.readers.labels.posts import OFFICERS, POSTS, ROLES
from indexer.readers.paragraphs import CELLS, LINE_ENDS, Paragraph, Prose, tidy
from indexer.readers.times import leading_stamp
from indexer.readers.words import fold, listed

_FRONT_MATTER_LINES = 60
_FRONT_MATTER = (
    "empieza con datos entre líneas «---» (front matter), que no se publican como texto",
    "pase esos datos a mesa.toml o evento.toml y bórrelos del archivo",
)
_YAML_LINE = re.compile(r"[a-z_][\w-]{0,40}:(?:\s.*)?|\s+.*|- .*|#.*|\s*")
_TYPED_MARKS = ("*", "_", "<")


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
    for line, following in pairwise(lines):
        if not line.strip() or not following.strip():
            continue
        text = line.rstrip()
        inner += 1
        widest = max(widest, len(text))
        open_ended += len(text) >= 45 and not text.endswith(LINE_ENDS)
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


_LEAST_LINES = 4
_MOSTLY = 0.5
_INDENT = 3


def without_double_spacing(lines: Sequence[str]) -> list[str]:
    """The lines of a file, with one line a paragraph where every line is followed by a blank one; else as they are.

    It is double spacing where most lines stop in the middle of a sentence and the next goes on in lower case. A
    paragraph begins at an indent where the file has them, else after the end of a sentence.
    """
    spoken = [line for line in lines if line.strip()]
    tight = sum(bool(above.strip() and below.strip()) for above, below in pairwise(lines))
    if len(spoken) < _LEAST_LINES or tight:
        return list(lines)
    goes_on = [
        below.lstrip()[:1].islower() and not above.rstrip().endswith(LINE_ENDS) for above, below in pairwise(spoken)
    ]
    if sum(goes_on) < _MOSTLY * len(goes_on):
        return list(lines)
    indents = [len(line) - len(line.lstrip()) for line in spoken]
    indented = min(indents) + _INDENT <= max(indents)
    joined: list[str] = []
    for line, indent, on in zip(spoken, indents, [False, *goes_on], strict=True):
        open_ended = bool(joined) and not joined[-1].rstrip().endswith(LINE_ENDS)
        inside = indent < min(indents) + _INDENT if indented else on or open_ended
        if joined and inside:
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined += ["", line] if joined else [line]
    return joined


_APART = re.compile(r"(?<!\S)(?:\S ){2,}\S(?!\S)")
_GAP = re.compile(r" {2,}|\t+")
_MOST = 0.7
_LEAST_LETTERS = 5
"""Of a word that stands apart alone in its line: shorter ones are acronyms that were spelt out (``o p l e``)."""
_KNOWN = GIVEN_NAMES | OFFICERS | POSTS | ROLES | listed("frequent_words")


def joined_letters(text: str) -> tuple[str, Warnings]:
    """The text with such words put together where it is sure which they are; the others stay, and ``damage`` says so.

    It is sure where wider gaps part the words and some of them are known, or where the letters are one known word.
    """
    if not _APART.search(text):
        return text, ()
    known = _KNOWN | {fold(word) for word in re.findall(r"[^\W\d_]{4,40}", text)}
    lines = text.split("\n")
    mended = [_joined(line, known) for line in lines]
    count = sum(before != after for before, after in zip(lines, mended, strict=True))
    fault = f"había renglones con las letras separadas («p r e s i d e n t e»), y se juntaron ({count})"
    return "\n".join(mended), ((fault, "coteje esos renglones"),) if count else ()


def _joined(line: str, known: frozenset[str] | set[str]) -> str:
    singles = sum(len(token) == 1 for token in line.split())
    groups = _GAP.split(line.strip())
    if singles >= _MOST * len(line.split()) and len(groups) > 1:
        made = ["".join(group.split()) if max(map(len, group.split())) == 1 else group for group in groups]
        long = [word for group, word in zip(groups, made, strict=True) if group != word]
        if long and 2 * sum(_is_known(word, known) for word in long) >= len(long):
            return " ".join(made)
    return _APART.sub(lambda found: _one_word(found.group(), known), line)


def _one_word(printed: str, known: frozenset[str] | set[str]) -> str:
    word = printed.replace(" ", "")
    return word if len(word) >= _LEAST_LETTERS and _is_known(word, known) else printed


def _is_known(word: str, known: frozenset[str] | set[str]) -> bool:
    return fold(word.strip('.,;:()¿?¡!«»"“”-–—')) in known
