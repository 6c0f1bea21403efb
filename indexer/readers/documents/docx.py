"""Word documents to paragraphs.

Read from their parts themselves (ECMA-376, WordprocessingML), as what matters here is what a conversion leaves out or
mixes in: notes, hidden text, text boxes, what was deleted or moved, which styles are bold. Names are taken without
their namespace, so that the strict form of the format is read as well.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from indexer.errors import ReadError
from indexer.readers.documents.office import DocumentFormat, Style, Walk, check_archive, local_name, with_bases
from indexer.readers.paragraphs import COMMENT, CONTENTS, DOCUMENT_HEAD, NOTE, Prose, gathered, tidy
from indexer.readers.words import words

_WORD = DocumentFormat("el documento de Word", "ábralo en Word o LibreOffice y guárdelo de nuevo como .docx")
_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rt", "object", "pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr"}
)
_BREAKS = words("br cr")
_TITLES = words("title subtitle título subtítulo")
_TEXTS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_ASIDE = {"footnotes": NOTE, "endnotes": NOTE, "comments": COMMENT, "header": DOCUMENT_HEAD, "footer": DOCUMENT_HEAD}


def read_docx(data: bytes) -> Prose:
    """A Word document: tables, insertions, text boxes, bold labels; notes and what is hidden are kept apart."""
    check_archive(data, "DOCX")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        main = _main_part(archive, names)
        folder = posixpath.dirname(main)
        styles = f"{folder}/styles.xml"
        walk = _Walk(_styles_of(_WORD.parsed(archive.read(styles)) if styles in names else None))
        body = _WORD.parsed(archive.read(main))
        walk.blocks(body, 0)
        for name in sorted(names):
            why = next((_ASIDE[kind] for kind in _ASIDE if name.startswith(f"{folder}/{kind}")), None)
            if why and name.endswith(".xml"):
                walk.aside(_WORD.parsed(archive.read(name)), why)
    return Prose(tuple(walk.done), left_out=gathered(walk.out))


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The part that holds the text, by the relations of the package."""
    if "_rels/.rels" in names:
        for relation in _WORD.parsed(archive.read("_rels/.rels")):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in names:
                return target
    if "word/document.xml" not in names:
        raise ReadError("no es un documento de Word: le falta su texto", _WORD.cure)
    return "word/document.xml"


def _value(node: Element | None, attribute: str = "val") -> str:
    """An attribute of a node that may not be there; empty where it is not."""
    said = node.attrib.items() if node is not None else ()
    return next((value for name, value in said if name.rpartition("}")[2] == attribute), "")


def _child(node: Element | None, name: str) -> Element | None:
    return next((child for child in node if local_name(child) == name), None) if node is not None else None


def _switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where nothing is said."""
    found = _child(properties, name)
    return None if found is None else _value(found) not in ("0", "false", "off", "none")


def _style(properties: Element | None, heading: bool | None = None) -> Style:
    return Style(_switch(properties, "b"), _switch(properties, "vanish"), heading)


def _styles_of(root: Element | None) -> dict[str, Style]:
    """Each style with what it takes from those that it is based on; ``""`` is the default."""
    own: dict[str, Style] = {}
    based: dict[str, str] = {}
    for node in root if root is not None else ():
        if local_name(node) == "docDefaults":
            own[""] = _style(_child(_child(node, "rPrDefault"), "rPr"))
        if local_name(node) != "style":
            continue
        id, called = _value(node, "styleId"), _value(_child(node, "name")).casefold()
        titled = _is_title(called) or _child(_child(node, "pPr"), "outlineLvl") is not None
        own[id], based[id] = _style(_child(node, "rPr"), titled or None), _value(_child(node, "basedOn"))
    based[""] = "-"
    return with_bases(own, based)


def _is_title(name: str) -> bool:
    """Whether a style is one of titles, by its name, or by its id where no style of that id is defined."""
    return name in _TITLES or name.startswith(("heading", "título ", "ttulo"))


class _Walk(Walk):
    """Goes through a part once."""

    def aside(self, part: Element, why: str) -> None:
        """Notes, comments, heads and feet: the text of each, or of the whole part."""
        each = [node for node in part if local_name(node) in ("footnote", "endnote", "comment")] or [part]
        for node in each:
            if not _value(node, "type"):  # those with a type are the dividing lines
                self._keep(" ".join(_texts(node)), why)

    def blocks(self, parent: Element, depth: int) -> None:
        """See ``Walk``."""
        _WORD.check_depth(depth)
        for node in parent:
            name = local_name(node)
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

    def _paragraph(self, node: Element, depth: int) -> None:
        properties = _child(node, "pPr")
        id = _value(_child(properties, "pStyle"))
        style = self._styles.get(id) or Style(heading=_is_title(id.casefold()))
        self._runs(node, style, depth)
        mark = _child(properties, "rPr")
        if _child(mark, "del") is not None or _child(mark, "moveFrom") is not None:
            return  # its end was deleted: it goes on with the next paragraph
        level = _child(properties, "outlineLvl")
        self._end_paragraph(bool(style.heading) if level is None else _value(level) != "9", depth)

    def _runs(self, parent: Element, style: Style, depth: int) -> None:
        _WORD.check_depth(depth)
        for node in parent:
            name = local_name(node)
            if name == "r":
                properties = _child(node, "rPr")
                named = _child(properties, "rStyle")
                own = self._styles.get(_value(named), Style()) if named is not None else Style()
                self._runs(node, _style(properties).over(own).over(style), depth + 1)
            elif name == "t":
                self._text(node.text, style)
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


def _texts(node: Element) -> Iterator[str]:
    """The texts of all paragraphs inside, each as one."""
    for paragraph in node.iter():
        if local_name(paragraph) == "p":
            yield "".join(
                part.text or "" if local_name(part) == "t" else " "
                for part in paragraph.iter()
                if local_name(part) in ("t", "tab", "br")
            )


def _is_contents(node: Element) -> bool:
    """Whether it is the table of contents that Word makes."""
    return any(local_name(part) == "docPartGallery" and "Contents" in _value(part) for part in node.iter())


def _chosen(node: Element) -> Element:
    """Of two forms of the same thing the first that holds text: the newer one is named first."""
    forms = [form for form in node if local_name(form) in ("Choice", "Fallback")]
    return next((form for form in forms if any(local_name(part) == "t" for part in form.iter())), Element("none"))
