"""OpenDocument texts to paragraphs.

Read from ``content.xml`` itself (OASIS OpenDocument 1.3, part 3), as what matters here is what a reading of every node
would get wrong: deleted text of tracked changes, notes, and which styles are bold.
"""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from indexer.errors import ReadError
from indexer.readers.archive import check_archive
from indexer.readers.paragraphs import Paragraph, Prose, bold_length, tidy
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
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_OFFICE}forms",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}table-of-content",
        f"{_TEXT}note-citation",
        f"{_TEXT}page-number",
        f"{_TEXT}page-count",
        f"{_SVG}title",
        f"{_SVG}desc",
    }
)
_MAX_SPACES = 100
_MAX_DEPTH = 200


@reader(".odt")
def read_odt(data: bytes) -> Prose:
    """A LibreOffice document: paragraphs, headings, lists, rows of tables, text boxes; never what was deleted."""
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
    walk = _Walk(_bold_styles(styles, content))
    walk.blocks(body, 0)
    return Prose(tuple(walk.done))


def _parse(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ReadError("el documento ODT contiene entidades XML, que no se admiten", _SAVE_AGAIN) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError("el documento ODT está dañado por dentro", _SAVE_AGAIN) from error
    return root


def _bold_styles(*roots: Element | None) -> dict[str, bool | None]:
    """Whether each named style is bold, its parents counted; None where it does not say."""
    own: dict[str, bool | None] = {}
    parent: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            name = style.get(f"{_STYLE}name", "")
            properties = style.find(f"{_STYLE}text-properties")
            weight = properties.get(f"{_FO}font-weight") if properties is not None else None
            own[name] = None if weight is None else weight in ("bold", "600", "700", "800", "900")
            parent[name] = style.get(f"{_STYLE}parent-style-name", "")
    bold: dict[str, bool | None] = {}
    for name in own:
        at, steps = name, 0
        while own.get(at) is None and at in parent and steps < 50:
            at, steps = parent[at], steps + 1
        bold[name] = own.get(at)
    return bold


class _Walk:
    """Goes through the body once; ``done`` are the paragraphs."""

    def __init__(self, bold: dict[str, bool | None]) -> None:
        self.done: list[Paragraph] = []
        self._bold = bold
        self._boxes: list[Element] = []

    def blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs, headings, lists, sections, tables."""
        if depth > _MAX_DEPTH:
            raise ReadError("el documento ODT tiene demasiados niveles anidados", _SAVE_AGAIN)
        for node in parent:
            if node.tag in _SKIPPED:
                continue
            if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(node, depth)
            elif node.tag == f"{_TABLE}table-row":
                self._row(node, depth)
            else:
                self.blocks(node, depth + 1)

    def _row(self, row: Element, depth: int) -> None:
        cells = row.findall(f"{_TABLE}table-cell")
        inner = [cell.findall(f".//{_TEXT}p") + cell.findall(f".//{_TEXT}h") for cell in cells]
        if len(cells) < 2 or any(len(paragraphs) > 1 for paragraphs in inner):
            self.blocks(row, depth + 1)
            return
        start = len(self.done)
        self.blocks(row, depth + 1)
        taken, self.done[start:] = self.done[start:], []
        text = " | ".join(part.text for part in taken if part.text)
        if text:
            self.done.append(Paragraph(text, bold=taken[0].bold))

    def _paragraph(self, node: Element, depth: int) -> None:
        bold = bool(self._bold.get(node.get(f"{_TEXT}style-name", "")))
        lines: list[list[tuple[str, bool]]] = [[]]
        self._runs(node, bold, lines, depth)
        first = True
        for runs in lines:
            text = tidy("".join(run for run, _ in runs))
            if text:
                heading = node.tag == f"{_TEXT}h"
                self.done.append(Paragraph(text, bold_length(runs, text), heading, continues=not first))
            first = first and not text
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _runs(self, node: Element, bold: bool, lines: list[list[tuple[str, bool]]], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ReadError("el documento ODT tiene demasiados niveles anidados", _SAVE_AGAIN)
        lines[-1].append((node.text or "", bold))
        for child in node:
            tag = child.tag
            if tag in (f"{_DRAW}text-box", f"{_TEXT}note-body"):
                self._boxes.append(child)
            elif tag == f"{_TEXT}line-break":
                lines.append([])
            elif tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                lines[-1].append((" " * min(int(count) if count.isdigit() else 1, _MAX_SPACES), bold))
            elif tag == f"{_TEXT}tab":
                lines[-1].append((" ", bold))
            elif tag not in _SKIPPED:
                named = self._bold.get(child.get(f"{_TEXT}style-name", ""))
                self._runs(child, bold if named is None or tag != f"{_TEXT}span" else named, lines, depth + 1)
            lines[-1].append((child.tail or "", bold))
