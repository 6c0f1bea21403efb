"""Plain text and Markdown to paragraphs."""

from __future__ import annotations

import itertools
import re

from indexer.readers.decode import decode, mojibake
from indexer.readers.paragraphs import RULE, Paragraph, Prose, leading_stamp, tidy
from indexer.readers.registry import reader

_FRONT_MATTER_LINES = 60
_FRONT_MATTER = (
    "empieza con datos entre líneas «---» (front matter), que no se publican como texto",
    "pase esos datos a mesa.toml o evento.toml y bórrelos del archivo",
)
_YAML_LINE = re.compile(r"[a-z_][\w-]{0,40}:(?:\s.*)?|\s+.*|- .*|#.*|\s*")
_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"^(?:>\s?)+")
_BULLET = re.compile(r"^\s{0,8}(?:[*+]|-(?!-)|\d{1,3}[.)])\s+(?=\S)")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?: \"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{0,2000}(?: \"[^\"]{0,300}\")?\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?(?:br|b|strong|i|em|u|sup|sub|span|p|div)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,2000}?)(?<=[^\s*_])\1(?![\w*_])")
_BOLD_START = re.compile(r"(\*\*|__|<b>|<strong>)\s*([^*<]{1,260}?)\s*(?:\1|</b>|</strong>)", re.IGNORECASE)
_TABLE_RULE = re.compile(r"\|?[\s:|-]{3,}\|?")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


@reader(".txt")
def read_text(data: bytes) -> Prose:
    """Plain text: a line is a paragraph, unless the file was wrapped at a fixed width."""
    text = decode(data)
    lines = text.split("\n")
    return Prose(_paragraphs([_text_line(line) for line in lines], wrapped=_is_wrapped(lines)), _damage(text))


@reader(".md")
def read_markdown(data: bytes) -> Prose:
    """Markdown without its marks; front matter is left out, with a warning."""
    text = decode(data)
    lines = text.split("\n")
    kept = _after_front_matter(lines)
    warnings = _damage(text) + ((_FRONT_MATTER,) if len(kept) < len(lines) else ())
    if any("<!--" in line for line in kept):
        kept = _without_comments("\n".join(kept)).split("\n")
    return Prose(_paragraphs([_markdown_line(line) for line in kept], wrapped=_is_wrapped(kept)), warnings)


def _damage(text: str) -> tuple[tuple[str, str], ...]:
    found = mojibake(text)
    return (found,) if found else ()


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
        joins = wrapped and not blank and not line.heading and not line.rule and not kept[-1].heading
        kept.append(Paragraph(line.text, line.bold, line.heading, joins, line.rule))
        blank = line.rule
    return tuple(kept)


def _text_line(line: str) -> Paragraph:
    text = tidy(line)
    stamp = _stamp_before_bold(text)
    found = _BOLD_START.match(text, len(stamp)) if text[len(stamp) : len(stamp) + 1] in ("*", "_", "<") else None
    if found:  # people type **Moderadora:** in plain text as well
        start = tidy(stamp + found[2])
        return Paragraph(tidy(f"{start} {text[found.end() :]}"), bold=len(start))
    return Paragraph(text)


def _stamp_before_bold(text: str) -> str:
    """``[00:12] `` before ``**Moderadora:**``; empty where there is none."""
    stamp = leading_stamp(text)
    return stamp[0] if stamp else ""


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


def _markdown_line(line: str) -> Paragraph:
    text = _QUOTE.sub("", line.strip(), count=1) if line.lstrip().startswith(">") else line.strip()
    if text.startswith(("```", "~~~")) or ("|" in text and _TABLE_RULE.fullmatch(text)):
        return Paragraph("")
    if len(text) > 2 and set(text.replace(" ", "")) in ({"-"}, {"*"}, {"_"}) and len(text.replace(" ", "")) > 2:
        return RULE
    heading = _HEADING.match(text)
    text = text[heading.end() :].rstrip("# ") if heading else _BULLET.sub("", text, count=1)
    if text.startswith("|") and text.endswith("|"):
        text = " | ".join(cell.strip() for cell in text.strip("|").split("|"))
    stamp = _stamp_before_bold(text)
    found = _BOLD_START.match(text, len(stamp))
    bold = len(tidy(stamp + _plain(found[2]))) if found else 0
    return Paragraph(tidy(_plain(text)), bold=bold, heading=heading is not None)


def _plain(text: str) -> str:
    """Without emphasis, links, images and simple tags."""
    text = _IMAGE.sub(r"\1", text)
    text = _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))
    text = _TAG.sub(" ", text) if "<" in text else text
    for _ in range(2):  # emphasis inside emphasis
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text.replace("`", ""))
