"""The parts of a Word file (.docx) with paragraphs and footnotes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from search_app.exporting.ooxml_styles import SECTION, SETTINGS, STYLES

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_NOTE = 1
"""Notes 0 and -1 are the separators."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one letter; ``address`` makes it a link."""

    text: str
    slanted: bool = False
    bold: bool = False
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one of the styles of ``ooxml_styles``, with the footnote at its end, if it has one."""

    spans: tuple[Span, ...]
    style: str = "Normal"
    note: tuple[Span, ...] = ()


def package(paragraphs: Sequence[Paragraph], *, title: str, created: dt.date) -> bytes:
    """The bytes of the file; the same for the same paragraphs."""
    body, notes = _Part(), _Part()
    written = [_separator(-1, "separator"), _separator(0, "continuationSeparator")]
    blocks = []
    for paragraph in paragraphs:
        number = None
        if paragraph.note:
            number = len(written) - 2 + _FIRST_NOTE
            written.append(_note(number, paragraph.note, notes))
        blocks.append(_paragraph(paragraph, body, number))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml", f"{_R}/officeDocument"),
            ("core", "docProps/core.xml", f"{_PACKAGE}/relationships/metadata/core-properties"),
        ),
        "docProps/core.xml": _core(title, created),
        "word/document.xml": _root("document", f"<w:body>{''.join(blocks)}{SECTION}</w:body>"),
        "word/footnotes.xml": _root("footnotes", "".join(written)),
        "word/styles.xml": _root("styles", STYLES),
        "word/settings.xml": _root("settings", SETTINGS),
        "word/_rels/document.xml.rels": _relations(
            *((name, f"{name}.xml", f"{_R}/{name}") for name in ("styles", "settings", "footnotes")), links=body.links
        ),
        "word/_rels/footnotes.xml.rels": _relations(links=notes.links),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (created.year, created.month, created.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (_HEAD + text).encode())
    return out.getvalue()


class _Part:
    """The links out of one part of the package."""

    def __init__(self) -> None:
        self.links: list[str] = []

    def link(self, address: str) -> str:
        """The id of a link, within this part."""
        if address not in self.links:
            self.links.append(address)
        return f"enlace{self.links.index(address) + 1}"


def _root(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{_W}" xmlns:r="{_R}">{inside}</w:{name}>'


def _paragraph(paragraph: Paragraph, part: _Part, note: int | None) -> str:
    style = f'<w:pPr><w:pStyle w:val="{paragraph.style}"/></w:pPr>' if paragraph.style != "Normal" else ""
    mark = ""
    if note is not None:
        mark = f'<w:r><w:rPr><w:rStyle w:val="Llamada"/></w:rPr><w:footnoteReference w:id="{note}"/></w:r>'
    return f"<w:p>{style}{_spans(paragraph.spans, part)}{mark}</w:p>"


def _note(number: int, spans: Sequence[Span], part: _Part) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="Llamada"/></w:rPr><w:footnoteRef/></w:r>'
    style = '<w:pPr><w:pStyle w:val="Nota"/></w:pPr>'
    return f'<w:footnote w:id="{number}"><w:p>{style}{mark}{_spans((Span(" "), *spans), part)}</w:p></w:footnote>'


def _separator(number: int, kind: str) -> str:
    return f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'


def _spans(spans: Sequence[Span], part: _Part) -> str:
    written = []
    for span in spans:
        look = ("<w:b/>" if span.bold else "") + ("<w:i/>" if span.slanted else "")
        style = '<w:rStyle w:val="Enlace"/>' if span.address else ""
        properties = f"<w:rPr>{style}{look}</w:rPr>" if style or look else ""
        lines = _FORBIDDEN.sub(" ", span.text).split("\n")
        inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
        run = f"<w:r>{properties}{inside}</w:r>"
        written.append(f'<w:hyperlink r:id="{part.link(span.address)}">{run}</w:hyperlink>' if span.address else run)
    return "".join(written)


def _relations(*parts: tuple[str, str, str], links: Sequence[str] = ()) -> str:
    inside = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{path}"/>' for name, path, kind in parts)
    for number, address in enumerate(links, 1):
        target = quoteattr(_FORBIDDEN.sub("", address))
        inside += f'<Relationship Id="enlace{number}" Type="{_R}/hyperlink" Target={target} TargetMode="External"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _content_types() -> str:
    names = ("document", "footnotes", "styles", "settings")
    kinds = {name: f"{_WORD}.{name}{'.main' if name == 'document' else ''}+xml" for name in names}
    ours = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{ours}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _core(title: str, created: dt.date) -> str:
    spaces = {
        "cp": f"{_PACKAGE}/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in spaces.items())
    moment = f'<dcterms:created xsi:type="dcterms:W3CDTF">{created.isoformat()}T00:00:00Z</dcterms:created>'
    said = f"<dc:title>{escape(_FORBIDDEN.sub(' ', title))}</dc:title><dc:creator>Consta</dc:creator>"
    return f"<cp:coreProperties {declared}>{said}<dc:language>es-MX</dc:language>{moment}</cp:coreProperties>"
