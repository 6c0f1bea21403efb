"""Web pages archived with all that belongs to them (.mhtml, .mht): the page, without its parts."""

from __future__ import annotations

import codecs
import email
from email.message import Message

from indexer.errors import ReadError
from indexer.model.transcript import Document
from indexer.readers.markup import read_html
from indexer.readers.paragraphs import Prose
from indexer.readers.registry import reader

MAX_PARTS = 5_000


@reader(".mhtml")
def read_web_archive(data: bytes) -> Prose | Document:
    """The first page of the archive; frames, pictures and style sheets are no text of it.

    Raises:
        ReadError: There is no page in it.
    """
    try:
        page = _page(email.message_from_bytes(data))
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise ReadError("la página archivada está dañada", "ábrala en un navegador y guárdela como .html") from error
    if page is None:
        raise ReadError("no contiene ninguna página web", "ábrala en un navegador y guárdela como .html")
    return read_html(page)


def _page(archive: Message) -> bytes | None:
    """The bytes of the first part that is HTML, in UTF-8 where the part says how it is encoded."""
    for number, part in enumerate(archive.walk()):
        if number > MAX_PARTS:
            break
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
        if not isinstance(data, bytes) or not data.strip():
            continue
        try:
            return codecs.BOM_UTF8 + data.decode(charset).encode() if charset else data
        except (LookupError, UnicodeError):
            return data
    return None
