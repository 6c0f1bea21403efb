"""Small DOCX, ODT and PDF files, written by the tests: real files of their formats, nobody else's words."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Sequence
from typing import NamedTuple

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(parts: dict[str, str]) -> bytes:
    """A zip archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # As the format asks: the first member, not compressed, so that the file can be told by its first bytes.
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def docx(body: str, prologue: str = "", **parts: str) -> bytes:
    """A Word document of this body (WordprocessingML, prefix ``w``), with other parts (``footnotes``, ``styles``)."""
    others = {f"word/{name}.xml": f'<w:{name} xmlns:w="{_W}">{inside}</w:{name}>' for name, inside in parts.items()}
    spaces = f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}{document}'
    return zipped(
        {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELS, "word/document.xml": declared, **others}
    )


def w_p(*runs: str) -> str:
    """A paragraph; a run that begins with ``*`` is bold."""
    made = ""
    for run in runs:
        bold = "<w:rPr><w:b/></w:rPr>" if run.startswith("*") else ""
        made += f'<w:r>{bold}<w:t xml:space="preserve">{run.removeprefix("*")}</w:t></w:r>'
    return f"<w:p>{made}</w:p>"


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip


def odt(body: str, prologue: str = "") -> bytes:
    """An OpenDocument text of this body; the text style ``B`` is bold."""
    bold = '<style:text-properties fo:font-weight="bold"/>'
    bold = f'<style:style style:name="B" style:family="text">{bold}</style:style>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content {_ODF}>'
        f"<office:automatic-styles>{bold}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


class Drawn(NamedTuple):
    """Text on a page: where it begins, in points from the lower left corner; how large; turned by how much."""

    x: float
    y: float
    text: str
    size: float = 10
    degrees: float = 0


def pdf(pages: Sequence[Sequence[str]], *, extra: str = "") -> bytes:
    """A PDF whose pages hold these lines in Helvetica, 14 points apart; ``extra`` goes into the trailer."""
    return drawn([[Drawn(40, 780 - 14 * n, line) for n, line in enumerate(lines)] for lines in pages], extra=extra)


def drawn(pages: Sequence[Sequence[Drawn]], *, turned: int = 0, font: str = "", extra: str = "") -> bytes:
    """A PDF with text at given places.

    Args:
        pages: What stands on each, in the order in which it is drawn.
        turned: Degrees by which a reader is to turn the pages.
        font: The dictionary of the font, where it is not Helvetica.
        extra: Goes into the trailer.
    """
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append(font or "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for pieces in pages:
        shown = " ".join(map(_shown, pieces))
        stream = f"BT {shown} ET" if shown else ""
        objects.append(f"<</Length {len(stream.encode('cp1252'))}>>\nstream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {turned}/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    data, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252")
    start = len(data)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n".encode()


def _shown(piece: Drawn) -> str:
    turn = math.radians(piece.degrees)
    a, b = round(math.cos(turn), 5), round(math.sin(turn), 5)
    return f"/F1 {piece.size} Tf {a} {b} {-b} {a} {piece.x} {piece.y} Tm ({_escaped(piece.text)}) Tj"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
