"""What Word and LibreOffice documents have in common: a guarded archive, XML parts, layered styles, and a walk."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from indexer.errors import ReadError
from indexer.readers.documents.document_tables import paragraphs_of_table
from indexer.readers.file_type import name_of_binary
from indexer.readers.paragraphs import HIDDEN, Paragraph, Run, has_words, paragraphs_of_runs, tidy
from indexer.readers.words import words

MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
MAX_ENTRIES = 2_000
# Below this much text a high ratio is a short, repetitive document and harms nobody.
_RATIO_FROM = 1_000_000
_CHUNK = 65_536
_ENTRY = b"PK\x01\x02"
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError,
            NotImplementedError, RuntimeError, IndexError, KeyError, OverflowError)  # fmt: skip


def check_archive(data: bytes, name: str) -> None:
    """Refuse a DOCX or ODT file that is no zip archive, is encrypted, damaged, or unpacks to too much.

    Every entry is unpacked in chunks and counted, because the declared sizes may lie; nothing is written anywhere, so
    the names inside (``../``) do no harm.

    Args:
        name: What the file should be, for the message (``DOCX``, ``ODT``).

    Raises:
        ReadError: It must not be opened.
    """
    if not data:
        raise ReadError("el archivo está vacío", f"consiga de nuevo el documento {name}")
    if not data.startswith(b"PK"):
        binary = name_of_binary(data)
        if binary is not None:
            raise ReadError(f"no es un documento {name}: es {binary.name}", binary.cure)
        raise ReadError(f"no es un documento {name}", "ábralo con el programa que lo hizo y guárdelo en ese formato")
    # Before zipfile builds an object an entry; nested archives may hold some of these marks of their own.
    if data.count(_ENTRY) > 10 * MAX_ENTRIES:
        raise _too_many(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, len(data), name)
    except _DAMAGED as error:
        cure = "ábralo con el programa que lo hizo y guárdelo de nuevo, o vuelva a descargarlo"
        raise ReadError(f"el documento {name} está dañado o incompleto", cure) from error


def _check_entries(archive: zipfile.ZipFile, size: int, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _too_many(name)
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _encrypted(name)
        # The only two methods of OOXML and ODF; zipfile unpacks bzip2 and LZMA without a bound on one chunk.
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReadError(f"el documento {name} usa una compresión que no se admite", "ábralo y guárdelo de nuevo")
        manifest = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked > MAX_RATIO * size):
                    raise ReadError(
                        f"el documento {name} se expande demasiado al abrirlo "
                        f"(más de {MAX_UNPACKED // 1_000_000} MB o de {MAX_RATIO} veces su tamaño)",
                        "quítele las imágenes y guárdelo de nuevo, o guarde solo el texto como .txt",
                    )
                if entry.filename == "META-INF/manifest.xml" and len(manifest) < 1_000_000:
                    manifest += chunk
        if b"encryption-data" in manifest:
            raise _encrypted(name)


def _too_many(name: str) -> ReadError:
    return ReadError(
        f"el documento {name} contiene demasiadas piezas (más de {MAX_ENTRIES:,})",
        "guarde solo el texto en un documento nuevo",
    )


def _encrypted(name: str) -> ReadError:
    return ReadError(f"el documento {name} está protegido con contraseña", "quítele la contraseña y guárdelo de nuevo")


_MAX_DEPTH = 200
_MAX_BASES = 50


class DocumentFormat(NamedTuple):
    """How a format is named in messages (``el documento de Word``), and what to do with a faulty file of it."""

    name: str
    cure: str

    def parsed(self, xml: bytes) -> Element:
        """The root of a part; raises ``ReadError``."""
        try:
            root: Element = fromstring(xml, forbid_dtd=True)
        except DefusedXmlException as error:
            raise ReadError(f"{self.name} contiene entidades XML, que no se admiten", self.cure) from error
        except (ParseError, ValueError, LookupError) as error:
            raise ReadError(f"{self.name} está dañado por dentro", self.cure) from error
        return root

    def check_depth(self, depth: int) -> None:
        """Refuse what nests deeper than any document does; raises ``ReadError``."""
        if depth > _MAX_DEPTH:
            raise ReadError(f"{self.name} tiene demasiados niveles anidados", self.cure)


class Style(NamedTuple):
    """What a style says of its text; None where it does not say."""

    bold: bool | None = None
    hidden: bool | None = None
    heading: bool | None = None

    def over(self, other: "Style") -> "Style":
        """This style laid over another."""
        return Style(*(below if own is None else own for own, below in zip(self, other, strict=True)))


def with_bases(own: Mapping[str, Style], based: Mapping[str, str]) -> dict[str, Style]:
    """Each style with what it takes from those that it is based on."""
    whole: dict[str, Style] = {}
    for name in own:
        found, at, steps = Style(), name, 0
        while at in own and steps <= _MAX_BASES:
            found, at, steps = found.over(own[at]), based.get(at, ""), steps + 1
        whole[name] = found
    return whole


_ROWS = ("tr", "table-row")
_AROUND_ROWS = words("sdt sdtContent ins moveTo customXml table-header-rows table-rows table-row-group")


def local_name(node: Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its head too, inside whatever wraps them."""
    for node in table:
        if local_name(node) in _ROWS:
            yield node
        elif local_name(node) in _AROUND_ROWS:
            yield from _rows(node)


class Walk:
    """Goes through a document once; ``done`` are its paragraphs, ``out`` what is not said, with why."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.done: list[Paragraph] = []
        self.out: list[tuple[str, str]] = []
        self._styles = styles
        self._lines: list[list[Run]] = [[]]
        self._hidden: list[str] = []
        self._boxes: list[Element] = []

    def blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs, tables, and whatever wraps them."""
        raise NotImplementedError

    def _table(self, table: Element, depth: int) -> None:
        before = self.done
        cells: list[list[list[Paragraph]]] = []
        for row in _rows(table):
            cells.append([])
            for cell in row:
                self.done = []
                self.blocks(cell, depth + 1)
                cells[-1].append(self.done)
        self.done = [*before, *paragraphs_of_table(cells)]

    def _text(self, text: str | None, style: Style) -> None:
        if text and style.hidden:
            self._hidden.append(text)
        elif text:
            self._lines[-1].append((text, bool(style.bold)))

    def _end_paragraph(self, heading: bool, depth: int) -> None:
        """Its lines, what is hidden in it, and below it its text boxes."""
        self.done += paragraphs_of_runs(self._lines, heading=heading)
        self._keep("".join(self._hidden), HIDDEN)
        boxes, self._lines, self._hidden, self._boxes = self._boxes, [[]], [], []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _keep(self, text: str, why: str) -> None:
        text = tidy(text)
        if has_words(text):
            self.out.append((text, why))
