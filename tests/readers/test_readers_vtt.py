"""WebVTT as the standard has it and as staff have it."""

from __future__ import annotations

import pytest

from indexer.errors import ReadError
from indexer.readers.captions.vtt_srt_sbv import read_vtt


def said(text: str) -> list[tuple[float | None, str]]:
    """What a file says, without any warning."""
    document = read_vtt(text.encode())
    assert document.captions
    assert document.warnings == ()
    return [(block.start_s, block.text) for block in document.blocks]


def test_notes_styles_regions_and_names_are_not_spoken() -> None:
    """Between the cues, above them, and with a line that looks like text."""
    text = """WEBVTT - Mesa 2
Kind: captions
Language: es

STYLE
::cue { color: white }

REGION
id:uno

NOTE una nota
de dos líneas

apertura
00:01.000 --> 00:02.000 align:start
Buenas tardes

NOTE

nombre del segundo
00:00:03.000 --> 00:00:04.000
a todas
NOTE sin línea en blanco se dijo

NOTE fin
"""
    assert said(text) == [(1.0, "Buenas tardes"), (3.0, "a todas NOTE sin línea en blanco se dijo")]


def test_what_staff_have_is_read() -> None:
    """Hours left out, commas, arrows of a word processor, no blank lines, numbers, header with its kind, a BOM."""
    text = """\ufeffWEBVTT Kind: captions
1
00:01,000 --> 00:02,000
uno
2
0:0:3.5 –> 00:00:04
dos
3
100:00:00.000 → 100:00:01.000 position:0%
tres"""
    assert said(text) == [(1.0, "uno"), (3.5, "dos"), (360_000.0, "tres")]


def test_a_blank_line_within_a_cue_loses_no_text() -> None:
    """The standard would drop what follows; here it was said."""
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n\nuno\n\ndos\n\n00:03.000 --> 00:04.000\ntres\n\nfin\n"
    assert said(text) == [(1.0, "uno dos"), (3.0, "tres fin")]


def test_a_number_that_was_said_is_not_the_name_of_a_cue() -> None:
    """Where cues are not numbered, a number above the next time is speech."""
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n2024\n00:03.000 --> 00:04.000\nsí\n") == [
        (1.0, "2024"),
        (3.0, "sí"),
    ]


def test_a_lost_header_is_a_warning() -> None:
    """The cues are read all the same."""
    document = read_vtt(b"00:01.000 --> 00:02.000\nhola\n")
    assert document.blocks[0].text == "hola"
    assert "WEBVTT" in document.warnings[0][0]


def test_a_mistyped_time_is_a_warning_and_loses_no_text() -> None:
    """Its text goes with the cue before, or with the next when it is the first."""
    text = "WEBVTT\n\n00:0I.000 --> 00:02.000\ncero\n\n00:02.000 --> 00:03.000\nuno\n\n00:75.000 --> 00:80.000\ndos\n"
    document = read_vtt(text.encode())
    assert [(block.start_s, block.text) for block in document.blocks] == [(2.0, "cero uno dos")]
    assert document.warnings == (
        ("hay horas que no se pueden leer (línea 3 «00:0I.000 --> 00:02.000», 9 «00:75.000 --> 00:80.000»)",
         "corrija la línea de tiempos"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("WEBVTT\n\nhola a todas\n", "ninguna línea de tiempos"),
        ("WEBVTT\n\n00:99.000 --> 00:99.500\nhola\n", "ninguna hora (la primera, en la línea 3"),
        ("WEBVTT\n\n-00:01.000 --> 00:02.000\nhola\n", "ninguna hora (la primera, en la línea 3"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n \n", "no contienen texto"),
        ("WEBVTT\n", "ninguna línea de tiempos"),
        ("<html><body>Error 404</body></html>", "ninguna línea de tiempos"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, fault: str) -> None:
    """Fault and place."""
    with pytest.raises(ReadError) as refused:
        read_vtt(text.encode())
    assert fault in refused.value.fault


def test_cp1252_and_utf16_are_read() -> None:
    """Editors of Windows save captions so."""
    text = "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\naño\r\n"
    for codec in ("cp1252", "utf-16", "utf-8-sig"):
        assert read_vtt(text.encode(codec)).blocks[0].text == "año"
