"""Bytes to text: encodings, invisible characters, and files that are no text."""

from __future__ import annotations

import codecs
import contextlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.readers import read
from indexer.readers.decode import MAX_BYTES, clean, decode, encoding_notes

SPANISH = "¿Cuándo se contó el último voto en el año 2024?\n«La consejera preguntó», dijo.\n"


@pytest.mark.parametrize(
    "data",
    [
        SPANISH.encode(),
        codecs.BOM_UTF8 + SPANISH.encode(),
        codecs.BOM_UTF16_LE + SPANISH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SPANISH.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + SPANISH.encode("utf-32-be"),
        SPANISH.encode("utf-16-le"),
        SPANISH.encode("utf-16-be"),
        SPANISH.encode("cp1252"),
        unicodedata.normalize("NFD", SPANISH).encode(),
        SPANISH.replace("\n", "\r\n").encode("cp1252"),
    ],
    ids=["utf8", "utf8-bom", "utf16le-bom", "utf16be-bom", "utf32le-bom", "utf32be-bom", "utf16le", "utf16be", "cp1252",
         "nfd", "cp1252-crlf"],
)  # fmt: skip
def test_every_encoding_that_staff_have_gives_the_same_text(data: bytes) -> None:
    """A BOM, UTF-16 without one, cp1252 and NFD all end as one NFC text."""
    assert decode(data) == SPANISH


def test_the_quotes_and_dashes_of_windows_are_read() -> None:
    """Bytes 0x80 to 0x9F are signs in cp1252, not controls."""
    assert decode(b"\x93a\xf1o\x94 \x96 \x85") == "“año” – …"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    """Old Macs, Windows, Unicode separators and form feeds part lines all the same."""
    assert decode(f"uno{end}dos".encode()) == "uno\ndos"


def test_what_no_one_sees_goes_and_odd_spaces_become_spaces() -> None:
    """Soft hyphens, zero-width and bidi marks would keep a word from being found."""
    seen = clean("cóm\u00adpu\u200bto\u202e [\u00a0__\u00a0] \ufeffa\u2009b\x07\tc\x1b")
    assert seen == "cómputo [ __ ] a b\tc"


def test_c1_controls_are_read_as_the_windows_signs_they_were() -> None:
    """Text that took cp1252 for Latin-1 keeps its quotes."""
    assert clean("\x93hola\x94 \x96 sí\x81") == "“hola” – sí"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "vacío"),
        (b" \n\t\r\n", "vacío"),
        (codecs.BOM_UTF8, "vacío"),
        (b"hola\0mundo, esto es texto con un nulo", "nulos"),
        (bytes(range(256)) * 20, "nulos"),
        (bytes(range(1, 32)) * 20, "control"),
        (b"a\x81b", "UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\0b", "dañado"),
        (codecs.BOM_UTF8 + b"a\xf1o", "dañado"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0b\0", "nulos"),
        (b"x" * (MAX_BYTES + 1), "demasiado grande"),
        (b"uno\n" + b"x" * 1_000_001 + b"\ntres", "la línea 2 es demasiado larga"),
    ],
)
def test_what_is_no_text_is_refused_with_fault_and_cure(data: bytes, fault: str) -> None:
    """Each refusal says what is wrong and what to do."""
    with pytest.raises(ReadError) as refused:
        decode(data)
    assert fault in refused.value.fault
    assert refused.value.cure


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\0\0\0word/document.xml", "Word"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "ODT"),
        (b"PK\x03\x04\x14\0algo", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "MP4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", ".doc"),
        (b"{\\rtf1\\ansi hola}", "RTF"),
        (b"ID3\x03\0\0\0", "MP3"),
    ],
)
def test_a_binary_with_the_name_of_a_text_is_called_by_its_own(data: bytes, name: str) -> None:
    """The message names what the file really is."""
    with pytest.raises(ReadError, match="con otro nombre") as refused:
        decode(data)
    assert name in refused.value.fault


def test_a_text_that_begins_like_a_format_is_text() -> None:
    """«ID3» or «BZh» may be words."""
    assert decode(b"ID3 es el nombre de la mesa") == "ID3 es el nombre de la mesa"


def test_json_may_be_one_long_line() -> None:
    """json3 puts three hours of captions on one line."""
    assert len(decode(b"x" * 1_500_000, longest_line=None)) == 1_500_000


@pytest.mark.parametrize("wrongly", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
@given(st.text(alphabet="aeiounáéíóúüñÁÉÍÓÚÑ¿¡«» .", min_size=1, max_size=40))
def test_utf_8_read_as_windows_is_mended_where_the_way_back_is_exact(wrongly: str, times: int, said: str) -> None:
    """Once or twice, as Windows or as Latin-1; and it is said how many letters there were."""
    text = f"la sesión {said}".strip()
    broken = text
    for _ in range(times):
        data = broken.encode()
        broken = "".join(bytes([byte]).decode(wrongly, "ignore") or chr(byte) for byte in data)
    assert decode(broken.encode()) == decode(text.encode())
    assert "dañadas" in encoding_notes(broken.encode())[0][0]


def test_capitals_before_signs_are_no_damage() -> None:
    """São Paulo in capitals, a café in quotes, degrees."""
    text = "De SÃO PAULO al CAFÉ» y a la ACCIÓN”, a 30 °C"
    assert decode(text.encode()) == text
    assert encoding_notes(text.encode()) == ()


def test_each_line_of_a_text_put_together_from_two_is_read_as_it_was_saved() -> None:
    """And a line of Windows that could be UTF-8 by chance stays one of Windows."""
    lines = ["La sesión empezó", "«CAFÉ» y ACCIÓN” del año", "¿Qué pasó? 👋"]
    data = b"\n".join([lines[0].encode(), lines[1].encode("cp1252"), lines[2].encode()])
    assert decode(data) == "\n".join(lines)
    assert "partes en" in encoding_notes(data)[0][0]
    assert decode(lines[1].encode("cp1252")) == lines[1]


@pytest.mark.parametrize(("codec", "name"), [("mac_roman", "Mac"), ("cp850", "DOS"), ("cp1252", "Windows")])
def test_texts_of_older_systems_are_told_by_their_accents(codec: str, name: str) -> None:
    """Only where none of what Windows would have written is there."""
    text = "La sesión de la mañana empezó aquí, según el acta; después habló Tomás."
    assert decode(text.encode(codec)) == text
    assert name in encoding_notes(text.encode(codec))[0][0]


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_read_error(data: bytes) -> None:
    """Whatever the bytes, there is text or a message."""
    with contextlib.suppress(ReadError):
        assert decode(data).strip()


@given(st.text())
def test_cleaned_text_is_nfc_encodable_and_stays_as_it_is(text: str) -> None:
    """Cleaning twice changes nothing, and the result can be written."""
    cleaned = clean(text)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(letter) == "Cc" for letter in cleaned if letter not in "\n\t")


@pytest.mark.parametrize(
    ("encoding", "says"), [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("cp1252", "Windows"), ("utf-8", None)]
)
def test_a_text_that_is_not_utf_8_is_read_and_said(tmp_path: Path, encoding: str, says: str | None) -> None:
    """It is published, and staff are told to look at its accents."""
    path = tmp_path / "transcripcion.txt"
    path.write_bytes("MODERADORA: La jornada empezó a las ocho, señoras y señores.\n".encode(encoding))
    document = read(path, Kind.TRANSCRIPT)
    assert document.blocks[0].text == "La jornada empezó a las ocho, señoras y señores."
    assert [says in fault for fault, _ in document.warnings if says] == ([True] if says else [])
    assert bool(document.warnings) == bool(says)
