"""OpenDocument texts to paragraphs.

Read from ``content.xml`` itself (OASIS OpenDocument 1.3, part 3), as what matters here is what a reading of every node
would get wrong: deleted text of tracked changes, notes, and which styles are bold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from indexer.errors import ReadError
from indexer.readers.archive import check_archive
from indexer.readers.document_tables import paragraphs_of_table
from indexer.readers.left_out import COMMENT, CONTENTS, HIDDEN, NOTE, gathered
from indexer.readers.paragraphs import Paragraph, Prose, Run, paragraphs_of_runs, tidy
from indexer.readers.registry import reader

_SAVE_AGAIN = "ábralo en LibreOffice y guárdelo de nuevo como .odt"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_SKIPPED = frozenset(
    {
        f"{_TEXT}tracked-changes",  # what was deleted
        f"{_OFFICE}annotation-end",
        f"{_OFFICE}forms",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}ruby-text",
        f"{_TEXT}note-citation",
        f"{_TEXT}page-number",
        f"{_TEXT}page-count",
        f"{_SVG}title",
        f"{_SVG}desc",
    }
)
_ASIDE = {
    f"{_TEXT}note": NOTE,
    f"{_OFFICE}annotation": COMMENT,
    f"{_TEXT}table-of-content": CONTENTS,
    f"{_TEXT}hidden-text": HIDDEN,
    f"{_TEXT}hidden-paragraph": HIDDEN,
}
"""What is kept apart, and why."""
_MAX_SPACES = 100
_MAX_DEPTH = 200


@reader(".odt")
def read_odt(data: bytes) -> Prose:
    """A LibreOffice document: paragraphs, headings, lists, tables, text boxes; notes and hidden text are kept apart."""
    check_archive(data, "ODT")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" not in names:
            raise ReadError("no es un documento ODT: le falta su texto", _SAVE_AGAIN)
        content = _parse(archive.read("content.xml"))
        styles = _parse(archive.read("styles.xml")) if "styles.xml" in names else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ReadError("el documento no es de texto (es una hoja, un dibujo o una presentación)", _SAVE_AGAIN)
    walk = _Walk(_styles(styles, content))
    walk.blocks(body, 0)
    return Prose(tuple(walk.done), left_out=gathered(walk.out))


def _parse(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ReadError("el documento ODT contiene entidades XML, que no se admiten", _SAVE_AGAIN) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError("el documento ODT está dañado por dentro", _SAVE_AGAIN) from error
    return root


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of its text; None where it does not say."""

    bold: bool | None = None
    hidden: bool | None = None


def _styles(*roots: Element | None) -> dict[str, _Style]:
    """Each named style with what it takes from its parents."""
    own: dict[str, _Style] = {}
    parent: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            name = style.get(f"{_STYLE}name", "")
            properties = style.find(f"{_STYLE}text-properties")
            said = properties.attrib if properties is not None else {}
            weight, display = said.get(f"{_FO}font-weight"), said.get(f"{_TEXT}display")
            bold = None if weight is None else weight in ("bold", "600", "700", "800", "900")
            own[name] = _Style(bold, None if display is None else display == "none")
            parent[name] = style.get(f"{_STYLE}parent-style-name", "")
    whole: dict[str, _Style] = {}
    for name in own:
        found, at, steps = own[name], parent[name], 0
        while at in own and steps < 50:
            found, at, steps = _over(found, own[at]), parent[at], steps + 1
        whole[name] = found
    return whole


def _over(one: _Style, other: _Style) -> _Style:
    """A style laid over another."""
    return _Style(
        other.bold if one.bold is None else one.bold,
        other.hidden if one.hidden is None else one.hidden,
    )


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its head and its groups too."""
    for node in table:
        if node.tag == f"{_TABLE}table-row":
            yield node
        elif node.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(node)


class _Walk:
    """Goes through the body once; ``done`` are the paragraphs, ``out`` what is not said, with why."""

    def __init__(self, styles: dict[str, _Style]) -> None:
        self.done: list[Paragraph] = []
        self.out: list[tuple[str, str]] = []
        self._styles = styles
        self._boxes: list[Element] = []
        self._hidden: list[str] = []

    def blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs, headings, lists, sections, tables."""
        if depth > _MAX_DEPTH:
            raise ReadError("el documento ODT tiene demasiados niveles anidados", _SAVE_AGAIN)
        for node in parent:
            if node.tag in _SKIPPED:
                continue
            if node.tag in _ASIDE:
                self._aside(node)
            elif node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(node, depth)
            elif node.tag == f"{_TABLE}table":
                self._table(node, depth)
            elif node.get(f"{_TEXT}display") == "none":  # a section that is hidden
                self._keep("".join(node.itertext()), HIDDEN)
            else:
                self.blocks(node, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        before = self.done
        rows: list[list[list[Paragraph]]] = []
        for row in _rows(table):
            rows.append([])
            for cell in row:
                self.done = []
                self.blocks(cell, depth + 1)
                rows[-1].append(self.done)
        self.done = [*before, *paragraphs_of_table(rows)]

    def _paragraph(self, node: Element, depth: int) -> None:
        lines: list[list[Run]] = [[]]
        self._runs(node, self._styles.get(node.get(f"{_TEXT}style-name", ""), _Style()), lines, depth)
        self.done += paragraphs_of_runs(lines, heading=node.tag == f"{_TEXT}h")
        hidden, self._hidden = self._hidden, []
        self._keep("".join(hidden), HIDDEN)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _runs(self, node: Element, style: _Style, lines: list[list[Run]], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ReadError("el documento ODT tiene demasiados niveles anidados", _SAVE_AGAIN)
        self._text(node.text, style, lines)
        for child in node:
            tag = child.tag
            if tag == f"{_DRAW}text-box":
                self._boxes.append(child)
            elif tag in _ASIDE:
                self._aside(child)
            elif tag == f"{_TEXT}line-break":
                lines.append([])
            elif tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                self._text(" " * min(int(count) if count.isdigit() else 1, _MAX_SPACES), style, lines)
            elif tag == f"{_TEXT}tab":
                self._text(" ", style, lines)
            elif tag not in _SKIPPED:
                named = self._styles.get(child.get(f"{_TEXT}style-name", "")) if tag == f"{_TEXT}span" else None
                self._runs(child, _over(named, style) if named else style, lines, depth + 1)
            self._text(child.tail, style, lines)

    def _text(self, text: str | None, style: _Style, lines: list[list[Run]]) -> None:
        if text and style.hidden:
            self._hidden.append(text)
        elif text:
            lines[-1].append((text, bool(style.bold)))

    def _aside(self, node: Element) -> None:
        body = node.find(f"{_TEXT}note-body")
        texts = ["".join(part.itertext()) for part in (node if body is None else body).iter(f"{_TEXT}p")]
        own = node.get(f"{_TEXT}string-value", "")
        self._keep(" ".join(texts) or own or "".join(node.itertext()), _ASIDE[node.tag])

    def _keep(self, text: str, why: str) -> None:
        text = tidy(text)
        if any(c.isalnum() for c in text):
            self.out.append((text, why))
