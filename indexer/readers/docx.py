"""Word documents to paragraphs.

Read from their parts themselves (ECMA-376, WordprocessingML), as what matters here is what a conversion leaves out or
mixes in: notes, hidden text, text boxes, what was deleted or moved, which styles are bold. Names are taken without
their namespace, so that the strict form of the format is read as well.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from indexer.errors import ReadError
from indexer.readers.archive import check_archive
from indexer.readers.document_tables import paragraphs_of_table
from indexer.readers.left_out import COMMENT, CONTENTS, DOCUMENT_HEAD, HIDDEN, NOTE, gathered
from indexer.readers.paragraphs import Paragraph, Prose, Run, paragraphs_of_runs, tidy
from indexer.readers.registry import reader
from indexer.readers.wordlist import words

_SAVE_AGAIN = "ábralo en Word o LibreOffice y guárdelo de nuevo como .docx"
_MAX_DEPTH = 200
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rt", "object", "pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr"}
)
_BREAKS = words("br cr")
_TITLES = words("title subtitle título subtítulo")
_TEXTS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_ASIDE = {"footnotes": NOTE, "endnotes": NOTE, "comments": COMMENT, "header": DOCUMENT_HEAD, "footer": DOCUMENT_HEAD}


@reader(".docx")
def read_docx(data: bytes) -> Prose:
    """A Word document: tables, insertions, text boxes, bold labels; notes and what is hidden are kept apart."""
    check_archive(data, "DOCX")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        main = _main_part(archive, names)
        folder = posixpath.dirname(main)
        styles = f"{folder}/styles.xml"
        walk = _Walk(_styles_of(_parse(archive.read(styles)) if styles in names else None))
        body = _parse(archive.read(main))
        walk.blocks(body, 0)
        for name in sorted(names):
            why = next((_ASIDE[kind] for kind in _ASIDE if name.startswith(f"{folder}/{kind}")), None)
            if why and name.endswith(".xml"):
                walk.aside(_parse(archive.read(name)), why)
    return Prose(tuple(walk.done), left_out=gathered(walk.out))


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The part that holds the text, by the relations of the package."""
    if "_rels/.rels" in names:
        for relation in _parse(archive.read("_rels/.rels")):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in names:
                return target
    if "word/document.xml" not in names:
        raise ReadError("no es un documento de Word: le falta su texto", _SAVE_AGAIN)
    return "word/document.xml"


def _parse(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ReadError("el documento de Word contiene entidades XML, que no se admiten", _SAVE_AGAIN) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError("el documento de Word está dañado por dentro", _SAVE_AGAIN) from error
    return root


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _value(node: Element, attribute: str = "val") -> str:
    return next((value for name, value in node.attrib.items() if name.rpartition("}")[2] == attribute), "")


def _child(node: Element | None, name: str) -> Element | None:
    return next((child for child in node if _name(child) == name), None) if node is not None else None


def _switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where nothing is said."""
    found = _child(properties, name)
    return None if found is None else _value(found) not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of its text; None where it does not say."""

    bold: bool | None = None
    hidden: bool | None = None
    heading: bool | None = None

    def over(self, other: _Style) -> _Style:
        """This style laid over another."""
        return _Style(
            other.bold if self.bold is None else self.bold,
            other.hidden if self.hidden is None else self.hidden,
            other.heading if self.heading is None else self.heading,
        )


def _style(properties: Element | None, heading: bool | None = None) -> _Style:
    return _Style(_switch(properties, "b"), _switch(properties, "vanish"), heading)


def _styles_of(root: Element | None) -> dict[str, _Style]:
    """Each style with what it takes from those that it is based on; ``""`` is the default."""
    own: dict[str, _Style] = {}
    based: dict[str, str] = {}
    for node in root if root is not None else ():
        if _name(node) == "docDefaults":
            own[""] = _style(_child(_child(node, "rPrDefault"), "rPr"))
        if _name(node) != "style":
            continue
        name, id = _child(node, "name"), _value(node, "styleId")
        called = _value(name).casefold() if name is not None else ""
        titled = _is_title(called) or _child(_child(node, "pPr"), "outlineLvl") is not None
        own[id] = _style(_child(node, "rPr"), titled or None)
        base = _child(node, "basedOn")
        based[id] = _value(base) if base is not None else ""
    whole: dict[str, _Style] = {}
    for id in own:
        found, at, steps = _Style(), id, 0
        while at in own and steps < 50:
            found, at, steps = found.over(own[at]), based.get(at, "") if at else "-", steps + 1
        whole[id] = found
    return whole


def _is_title(name: str) -> bool:
    """Whether a style is one of titles, by its name, or by its id where no style of that id is defined."""
    return name in _TITLES or name.startswith(("heading", "título ", "ttulo"))


@dataclass(slots=True)
class _Walk:
    """Goes through a part once; ``done`` are its paragraphs, ``out`` what is not said, with why."""

    styles: dict[str, _Style]
    done: list[Paragraph] = field(default_factory=list)
    out: list[tuple[str, str]] = field(default_factory=list)
    _lines: list[list[Run]] = field(default_factory=lambda: [[]])
    _hidden: list[str] = field(default_factory=list)
    _boxes: list[Element] = field(default_factory=list)

    def aside(self, part: Element, why: str) -> None:
        """Notes, comments, heads and feet: the text of each, or of the whole part."""
        each = [node for node in part if _name(node) in ("footnote", "endnote", "comment")] or [part]
        for node in each:
            text = tidy(" ".join(_texts(node)))
            if any(c.isalnum() for c in text) and not _value(node, "type"):  # those with a type are the dividing lines
                self.out.append((text, why))

    def blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs, tables, and whatever wraps them."""
        if depth > _MAX_DEPTH:
            raise ReadError("el documento de Word tiene demasiados niveles anidados", _SAVE_AGAIN)
        for node in parent:
            name = _name(node)
            if name == "p":
                self._paragraph(node, depth)
            elif name == "tbl":
                self._table(node, depth)
            elif name == "sdt" and _is_contents(node):
                self.out.append((tidy(" ".join(_texts(node))), CONTENTS))
            elif name == "AlternateContent":
                self.blocks(_chosen(node), depth + 1)
            elif name not in _SKIPPED:
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
        properties = _child(node, "pPr")
        named = _child(properties, "pStyle")
        id = _value(named) if named is not None else ""
        style = self.styles.get(id) or _Style(heading=_is_title(id.casefold()))
        self._runs(node, style, depth)
        mark = _child(properties, "rPr")
        if _child(mark, "del") is not None or _child(mark, "moveFrom") is not None:
            return  # its end was deleted: it goes on with the next paragraph
        level = _child(properties, "outlineLvl")
        heading = bool(style.heading) if level is None else _value(level) != "9"
        self.done += paragraphs_of_runs(self._lines, heading=heading)
        self._lines = [[]]
        if self._hidden:
            self.out.append((tidy("".join(self._hidden)), HIDDEN))
            self._hidden = []
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _runs(self, parent: Element, style: _Style, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ReadError("el documento de Word tiene demasiados niveles anidados", _SAVE_AGAIN)
        for node in parent:
            name = _name(node)
            if name == "r":
                properties = _child(node, "rPr")
                named = _child(properties, "rStyle")
                own = self.styles.get(_value(named), _Style()) if named is not None else _Style()
                self._runs(node, _style(properties).over(own).over(style), depth + 1)
            elif name == "t":
                self._text(node.text or "", style)
            elif name in _TEXTS:
                self._text(_TEXTS[name], style)
            elif name in _BREAKS:
                self._lines.append([])
            elif name == "txbxContent":
                self._boxes.append(node)
            elif name == "AlternateContent":
                self._runs(_chosen(node), style, depth + 1)
            elif name not in _SKIPPED:
                self._runs(node, style, depth + 1)

    def _text(self, text: str, style: _Style) -> None:
        if style.hidden:
            self._hidden.append(text)
        else:
            self._lines[-1].append((text, bool(style.bold)))


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, inside whatever wraps them."""
    for node in table:
        if _name(node) == "tr":
            yield node
        elif _name(node) in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _rows(node)


def _texts(node: Element) -> Iterator[str]:
    """The texts of all paragraphs inside, each as one."""
    for paragraph in node.iter():
        if _name(paragraph) == "p":
            yield "".join(
                part.text or "" if _name(part) == "t" else " "
                for part in paragraph.iter()
                if _name(part) in ("t", "tab", "br")
            )


def _is_contents(node: Element) -> bool:
    """Whether it is the table of contents that Word makes."""
    return any(_name(part) == "docPartGallery" and "Contents" in _value(part) for part in node.iter())


def _chosen(node: Element) -> Element:
    """Of two forms of the same thing the first that holds text: the newer one is named first."""
    forms = [form for form in node if _name(form) in ("Choice", "Fallback")]
    return next((form for form in forms if any(_name(part) == "t" for part in form.iter())), Element("none"))
