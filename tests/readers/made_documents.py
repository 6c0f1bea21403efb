"""Small DOCX, ODT and PDF files, written by the tests: real files of their formats, nobody else's words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

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


def docx(body: str, prologue: str = "") -> bytes:
    """A Word document of this body (WordprocessingML, prefix ``w``)."""
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}{document}'
    return zipped({"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELS, "word/document.xml": declared})


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


def pdf(pages: Sequence[Sequence[str]], *, extra: str = "") -> bytes:
    """A PDF whose pages hold these lines in Helvetica, 14 points apart; ``extra`` goes into the trailer."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for lines in pages:
        shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 40 780 Td {shown} ET" if lines else ""
        objects.append(f"<</Length {len(stream.encode('cp1252'))}>>\nstream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
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


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
