"""The guard of DOCX and ODT: bombs, damage, passwords."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.readers.documents.office import MAX_ENTRIES, check_archive


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    """The message for an archive that must be refused."""
    with pytest.raises(ReadError) as refused:
        check_archive(data, "DOCX")
    assert refused.value.cure
    return refused.value.fault


def test_a_common_document_passes() -> None:
    """Text, pictures already compressed, and a path that climbs: nothing is written, so it does no harm."""
    picture = random.Random(1).randbytes(200_000)
    check_archive(zipped({"word/document.xml": b"<w:p/>" * 3000, "word/media/a.png": picture, "../x": b"x"}), "DOCX")


def test_a_short_repetitive_document_passes() -> None:
    """Half a megabyte of the same sentence packs to a two-hundredth and harms nobody."""
    check_archive(zipped({"word/document.xml": b"la misma frase de siempre " * 20_000}), "DOCX")


def test_a_bomb_by_ratio_is_refused() -> None:
    """More than a hundred times its size."""
    assert "se expande demasiado" in refusal(zipped({"word/document.xml": b"0" * 5_000_000}))


def test_a_bomb_by_size_is_refused() -> None:
    """More than 50 MB, though the ratio is modest."""
    noise = random.Random(2).randbytes(1_000_000)
    assert "se expande demasiado" in refusal(zipped({f"{n}": noise + b"0" * 50_000 for n in range(50)}))


def test_too_many_entries_are_refused() -> None:
    """A directory of thousands of pieces is no document."""
    assert "demasiadas piezas" in refusal(zipped({f"{n}": b"" for n in range(MAX_ENTRIES + 1)}))


def test_a_declared_size_that_lies_is_refused() -> None:
    """The directory says 10 bytes; what comes out is counted."""
    data = bytearray(zipped({"word/document.xml": b"0" * 30_000_000}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    data[22:26] = struct.pack("<I", 10)
    assert refusal(bytes(data))


def test_compression_without_a_bound_is_refused() -> None:
    """zipfile unpacks a chunk of bzip2 whole, however large it grows."""
    assert "compresión" in refusal(zipped({"word/document.xml": b"hola"}, zipfile.ZIP_BZIP2))


def test_a_password_is_named_in_word_and_in_odt() -> None:
    """The bit of the entry, the manifest of ODF, the container of Office."""
    data = bytearray(zipped({"word/document.xml": b"hola"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "contraseña" in refusal(bytes(data))
    manifest = b"<manifest:encryption-data manifest:checksum='x'/>"
    assert "contraseña" in refusal(zipped({"content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest}))
    assert "contraseña" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_what_is_no_archive_is_named() -> None:
    """A PDF called .docx, an empty file, half a download."""
    assert "PDF" in refusal(b"%PDF-1.4 ...")
    assert "no es un documento DOCX" in refusal(b"hola")
    assert "vacío" in refusal(b"")
    assert "dañado" in refusal(zipped({"word/document.xml": b"hola" * 5000})[:80])


@given(st.data())
def test_a_damaged_archive_raises_nothing_but_a_read_error(data: st.DataObject) -> None:
    """Flip bytes anywhere: there is a message or the archive is whole."""
    content = bytearray(zipped({"word/document.xml": b"hola a todas y todos", "b": b"x"}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        check_archive(bytes(content), "DOCX")
