"""OpenDocument texts to paragraphs.

Read from ``content.xml`` itself (OASIS OpenDocument 1.3, part 3), as what matters here is what a reading of every node
would get wrong: deleted text of tracked changes, notes, and which styles are bold.
"""

import io
import zipfile
from xml.etree.ElementTree import Element

from indexer.errors import ReadError
from indexer.readers.documents.office import DocumentFormat, Style, Walk, check_archive, with_bases
from indexer.readers.paragraphs import COMMENT, CONTENTS, HIDDEN, NOTE, Prose, gathered
from indexer.readers.words import words

_ODT = DocumentFormat("el documento ODT", "ábralo en LibreOffice y guárdelo de nuevo como .odt")
_OFFICE, _TEXT, _TABLE, _STYLE, _FO, _DRAW, _SVG = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "text", "table", "style", "xsl-fo-compatible", "drawing", "svg-compatible")
)

# The first of them is what was deleted.
_UNSAID = words("tracked-changes sequence-decls ruby-text note-citation page-number page-count")
_SKIPPED = {f"{_TEXT}{name}" for name in _UNSAID} | {
    *(f"{_OFFICE}annotation-end", f"{_OFFICE}forms", f"{_SVG}title", f"{_SVG}desc"),
}
_ASIDE = {
    f"{_TEXT}note": NOTE,
    f"{_OFFICE}annotation": COMMENT,
    f"{_TEXT}table-of-content": CONTENTS,
    f"{_TEXT}hidden-text": HIDDEN,
    f"{_TEXT}hidden-paragraph": HIDDEN,
}
"""What is kept apart, and why."""
_MAX_SPACES = 100


def read_odt(data: bytes) -> Prose:
    """A LibreOffice document: paragraphs, headings, lists, tables, text boxes; notes and hidden text are kept apart."""
    check_archive(data, "ODT")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "content.xml" not in names:
            raise ReadError("no es un documento ODT: le falta su texto", _ODT.cure)
        content = _ODT.parsed(archive.read("content.xml"))
        styles = _ODT.parsed(archive.read("styles.xml")) if "styles.xml" in names else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ReadError("el documento no es de texto (es una hoja, un dibujo o una presentación)", _ODT.cure)
    walk = _Walk(_styles(styles, content))
    walk.blocks(body, 0)
    return Prose(tuple(walk.done), left_out=gathered(walk.out))


def _styles(*roots: Element | None) -> dict[str, Style]:
    """Each named style with what it takes from its parents."""
    own: dict[str, Style] = {}
    parent: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            name = style.get(f"{_STYLE}name", "")
            properties = style.find(f"{_STYLE}text-properties")
            said = properties.attrib if properties is not None else {}
            weight, display = said.get(f"{_FO}font-weight"), said.get(f"{_TEXT}display")
            bold = None if weight is None else weight in ("bold", "600", "700", "800", "900")
            own[name] = Style(bold, None if display is None else display == "none")
            parent[name] = style.get(f"{_STYLE}parent-style-name", "")
    return with_bases(own, parent)


class _Walk(Walk):
    """Goes through the body once."""

    def blocks(self, parent: Element, depth: int) -> None:
        """See ``Walk``."""
        _ODT.check_depth(depth)
        for node in parent:
            if node.tag in _SKIPPED:
                continue
            if node.tag in _ASIDE:
                self._aside(node)
            elif node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._runs(node, self._styles.get(node.get(f"{_TEXT}style-name", ""), Style()), depth)
                self._end_paragraph(node.tag == f"{_TEXT}h", depth)
            elif node.tag == f"{_TABLE}table":
                self._table(node, depth)
            elif node.get(f"{_TEXT}display") == "none":  # a section that is hidden
                self._keep("".join(node.itertext()), HIDDEN)
            else:
                self.blocks(node, depth + 1)

    def _runs(self, node: Element, style: Style, depth: int) -> None:
        _ODT.check_depth(depth)
        self._text(node.text, style)
        for child in node:
            tag = child.tag
            if tag == f"{_DRAW}text-box":
                self._boxes.append(child)
            elif tag in _ASIDE:
                self._aside(child)
            elif tag == f"{_TEXT}line-break":
                self._lines.append([])
            elif tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                self._text(" " * min(int(count) if count.isdigit() else 1, _MAX_SPACES), style)
            elif tag == f"{_TEXT}tab":
                self._text(" ", style)
            elif tag not in _SKIPPED:
                named = self._styles.get(child.get(f"{_TEXT}style-name", "")) if tag == f"{_TEXT}span" else None
                self._runs(child, named.over(style) if named else style, depth + 1)
            self._text(child.tail, style)

    def _aside(self, node: Element) -> None:
        body = node.find(f"{_TEXT}note-body")
        texts = ["".join(part.itertext()) for part in (node if body is None else body).iter(f"{_TEXT}p")]
        own = node.get(f"{_TEXT}string-value", "")
        self._keep(" ".join(texts) or own or "".join(node.itertext()), _ASIDE[node.tag])
