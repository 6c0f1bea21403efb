"""Word documents to paragraphs, by way of HTML."""

from __future__ import annotations

import io
import re
import zipfile

import mammoth

from indexer.errors import ReadError
from indexer.readers.archive import check_archive
from indexer.readers.markup import paragraphs_of_html
from indexer.readers.paragraphs import Prose
from indexer.readers.registry import reader

_SAVE_AGAIN = "ábralo en Word o LibreOffice y guárdelo de nuevo como .docx"
# Beside mammoth's own, which knows «Heading 1» to «Heading 6»: the titles, and headings as LibreOffice names them.
_STYLES = "\n".join(
    f"p[style-name='{name}'] => h1:fresh"
    for name in ("Title", "Subtitle", "Título", "Subtítulo", *(f"Título {n}" for n in range(1, 7)))
)
_ENTITIES = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


@reader(".docx")
def read_docx(data: bytes) -> Prose:
    """A Word document: tables, insertions, text boxes and bold labels stay; headers, footers, deletions, images go."""
    check_archive(data, "DOCX")
    _refuse_entities(data)
    try:
        html = str(
            mammoth.convert_to_html(
                io.BytesIO(data), convert_image=mammoth.images.img_element(_no_image), style_map=_STYLES
            ).value
        )
    except Exception as error:  # mammoth raises whatever its parsers raise, and none of it tells a person anything
        raise ReadError(f"el documento de Word está dañado ({type(error).__name__})", _SAVE_AGAIN) from error
    return Prose(paragraphs_of_html(html))


def _no_image(_image: object) -> dict[str, str]:
    """Images are not read at all: mammoth would put their bytes into the HTML."""
    return {}


def _refuse_entities(data: bytes) -> None:
    """XML entities make a small file unpack to gigabytes; Word never writes one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/document.xml" not in archive.namelist():
            raise ReadError("no es un documento de Word: le falta su texto", _SAVE_AGAIN)
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and _ENTITIES.search(archive.read(name)):
                raise ReadError("el documento de Word contiene entidades XML, que no se admiten", _SAVE_AGAIN)
