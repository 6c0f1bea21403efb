"""What is received is recognised by its content, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest

from indexer.model.transcript import Block, Document, Speaker
from indexer.operations.recognition import Received, kind_of, no_text


def archive(*names: str) -> bytes:
    """A zip with files of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "hola")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\0\0\0\x20ftypisom\0\0\2\0mp41", Received.VIDEO),
        (b"\0\0\0\x18ftypqt  \0\0\0\0", Received.VIDEO),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23webm", Received.VIDEO),
        (b"RIFF\x24\x10\0\0AVI LIST", Received.VIDEO),
        (b"FLV\x01\x05\0\0\0\t", Received.VIDEO),
        (b"G@\0\x10" + b"\xff" * 184 + b"G", Received.VIDEO),
        (b"\0\0\0\x1cftypM4A \0\0\0\0", Received.AUDIO),
        (b"ID3\x04\0\0\0\0\0\x23TSSE", Received.AUDIO),
        (b"\xff\xfb\x90\x64\0\0", Received.AUDIO),
        (b"\xff\xf1\x50\x80\0\x1f", Received.AUDIO),
        (b"RIFF\x24\x10\0\0WAVEfmt ", Received.AUDIO),
        (b"fLaC\0\0\0\x22", Received.AUDIO),
        (archive("mesa-1.vtt", "mesa-2.vtt"), Received.ARCHIVE),
        (b"Rar!\x1a\x07\x01\0", Received.ARCHIVE),
        (b"evento;Archivo;titulo\r\nforo;a.vtt;Mesa de a\xf1o\r\n", Received.TABLE),
        ('"archivo",mesa\na.vtt,mesa-1\n'.encode("utf-16"), Received.TABLE),
        (b"https://www.youtube.com/watch?v=abcdefghijk\n", Received.ADDRESS),
        (b"  youtu.be/abcdefghijk?t=12 ", Received.ADDRESS),
        (b"https://fb.watch/aBcD/", Received.ADDRESS),
        (b"https://www.ejemplo.mx/acta.pdf", Received.ADDRESS),
    ],
)
def test_what_is_no_text_is_known_under_any_name(data: bytes, what: Received) -> None:
    for suffix in (".txt", ".vtt", "", ".mp4"):
        found = no_text(data, suffix)
        assert found is not None
        assert (found.what, bool(found.cure)) == (what, True)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"LA PRESIDENTA: Vean https://youtu.be/abc, por favor.", ".txt"),
        (b"https://youtu.be/abc\nhttps://youtu.be/def", ".txt"),
        (b"inicio,fin,texto\n0,4,El archivo de hoy\n", ".csv"),
        (b"archivo\n\nSe abre el archivo.", ".txt"),
        (b"GRACIAS a todas.", ".txt"),
        (b"ID3 fue el primer tema.", ".txt"),
        (b"youtube.com", ".txt"),
        (b"http://[::1", ".txt"),
        (archive("word/document.xml"), ".docx"),
        (archive("otra/parte.xml"), ".docx"),
        (b"", ".txt"),
    ],
)
def test_a_text_is_left_to_its_reader(data: bytes, suffix: str) -> None:
    assert no_text(data, suffix) is None


def test_a_site_with_videos_is_named_and_any_other_is_not() -> None:
    sites = [
        found.site if (found := no_text(f"https://{host}/x".encode(), "")) else None
        for host in ("m.youtube.com", "www.facebook.com", "noyoutube.com", "youtube.com.ejemplo.mx")
    ]
    assert sites == ["YouTube", "Facebook", "", ""]


@pytest.mark.parametrize(
    ("block", "words", "what"),
    [
        (Block("hola"), 40, Received.DESCRIPTION),
        (Block("hola"), 400, Received.TRANSCRIPT),
        (Block("hola", speaker=Speaker("Ana Ruiz")), 40, Received.TRANSCRIPT),
        (Block("hola", start_s=1.0), 40, Received.TRANSCRIPT),
    ],
)
def test_short_words_of_nobody_at_no_time_are_a_description(block: Block, words: int, what: Received) -> None:
    assert kind_of(Document((block,) * words)) is what
