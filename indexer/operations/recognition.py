"""Recognizes what is received, by its content: a transcript, a description, an address, a recording, an archive."""

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.errors import ReadError
from indexer.formats import BY_SUFFIX, USUAL_CAPTIONS
from indexer.language.spanish import fold
from indexer.model import Document
from indexer.readers.decode import text_of
from indexer.readers.file_type import name_of_binary
from indexer.word_lists import beside

_KNOWN = beside(__file__)
_HEAD = 4_096
"""Bytes within which an address stands alone, and a table has its first row."""
_CELLS = re.compile(r"[,;\t|]")


class Received(StrEnum):
    """What a file turned out to be, as ``examinar`` names it (``que_es``)."""

    TRANSCRIPT = "transcripcion"
    DESCRIPTION = "descripcion"
    ADDRESS = "direccion"
    VIDEO = "video"
    AUDIO = "audio"
    ARCHIVE = "comprimido"
    TABLE = "tabla"


class NoText(NamedTuple):
    """What was received is no text of a session.

    Attributes:
        fault: What it is with its article, for a message.
        cure: What to do with it.
        address: Of a video, where it is one.
        site: Whose address it is; empty where nothing is known of that site.
    """

    what: Received
    fault: str
    cure: str
    address: str = ""
    site: str = ""


def no_text(data: bytes, suffix: str) -> NoText | None:
    """Recognize what is no text of a session; None for what a reader may try.

    Args:
        data: The file, or its beginning.
        suffix: Of its name, in lower case. It tells a document that is an archive by nature, and nothing else.
    """
    binary = name_of_binary(data)
    if binary is not None:
        inside = binary.what == Received.ARCHIVE and suffix in BY_SUFFIX and BY_SUFFIX[suffix].binary
        return NoText(Received(binary.what), f"es {binary.name}", binary.cure) if binary.what and not inside else None
    try:
        lines = text_of(data[:_HEAD]).strip().splitlines()
    except ReadError:
        return None
    if len(data) < _HEAD and len(lines) == 1 and (address := _address(lines[0])):
        return address
    head = [fold(cell).strip(" \"'") for cell in _CELLS.split(lines[0])] if lines else []
    if len(head) > 1 and _KNOWN["table_column"] in head:
        return NoText(Received.TABLE, "es una tabla que enlista archivos", "publíquelos con importar")
    return None


def kind_of(document: Document) -> Received:
    """What a text seems to be: short, without labels and without times, a description."""
    words = sum(len(block.text.split()) for block in document.blocks)
    spoken = document.timed or any(block.speaker for block in document.blocks)
    return Received.TRANSCRIPT if spoken or words >= _KNOWN["short_words"] else Received.DESCRIPTION


def _address(line: str) -> NoText | None:
    """An address that stands alone; those of sites with videos are known without their ``https://`` too."""
    if len(line.split()) != 1:
        return None
    try:
        parts = urlsplit(line if "://" in line else f"https://{line}")
        host = f".{parts.hostname or ''}"
    except ValueError:
        return None
    sites = _KNOWN["video_sites"].items()
    site = next((name for name, hosts in sites if any(host.endswith(f".{one}") for one in hosts)), "")
    if parts.scheme not in ("http", "https") or not ("://" in line or (site and parts.path.strip("/"))):
        return None
    fault = f"es la dirección de un video de {site}" if site else "es una dirección, y no el texto que está en ella"
    cure = f"póngala como video de su mesa, y consiga sus subtítulos ({USUAL_CAPTIONS}) o su transcripción"
    cure = cure if site else "si es la de un video, póngala en su mesa; si es la de un texto, descárguelo y agréguelo"
    return NoText(Received.ADDRESS, fault, cure, parts.geturl(), site)
