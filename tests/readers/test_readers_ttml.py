"""Captions in XML and in SubStation's form; oTranscribe, RTF and archived pages."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Block
from indexer.readers import read
from indexer.readers.captions.substation import read_substation
from indexer.readers.captions.ttml_youtube_elan import read_timed_xml
from indexer.readers.documents.html import read_web_archive
from indexer.readers.documents.rtf import MAX_LETTERS, read_rich_text
from indexer.readers.paragraphs import Prose

TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="1000"><head><metadata>
<ttm:agent xml:id="v1" type="person"><ttm:name type="full">Elvira Montes</ttm:name></ttm:agent></metadata></head>
<body><div begin="10s">
<p begin="00:00:01.500" end="00:00:03" ttm:agent="v1">Se abre<br/>la <span>sesión</span>.</p>
<p begin="00:00:04:05" dur="1s">Cuadros.</p><p begin="6000t" end="7000t">Pulsos.</p>
<p><span begin="8s" end="9s">Uno.</span> <span begin="9s" end="9500ms">Dos.</span></p>
</div></body></tt>"""
SRV = {
    "srv3": '<timedtext format="3"><body><w id="1"/><p t="1500" d="900" w="1"><s>se abre</s><s t="3"> la sesión</s></p>'
    '<p t="2000" w="1" a="1">\n</p><p t="4000" d="800"><s>hay quórum &amp; más</s></p></body></timedtext>',
    "srv2": '<timedtext><text t="1500" d="900">se abre la sesión</text>'
    '<text t="4000">hay quórum &amp; más</text></timedtext>',
    "srv1": '<transcript><text start="1.5" dur=".9">se abre la sesión</text>'
    '<text start="4">hay quórum &amp;amp; más</text></transcript>',
}
ASS = """[Script Info]
Title: prueba
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:04.00,0:00:05.00,Default,Speaker 2,0,0,0,,Adelante, maestra.
Dialogue: 0,0:00:01.50,0:00:03.00,Default,Elvira Montes,0,0,0,,{\\an8}Se abre\\Nla {\\i1}sesión{\\i0}.
Comment: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,una nota
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}
"""
EAF = """<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="1500"/>
<TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="3000"/><TIME_SLOT TIME_SLOT_ID="c" TIME_VALUE="4000"/>
<TIME_SLOT TIME_SLOT_ID="d"/></TIME_ORDER>
<TIER TIER_ID="E2" PARTICIPANT=""><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="n2" TIME_SLOT_REF1="c"
 TIME_SLOT_REF2="d"><ANNOTATION_VALUE>Adelante, maestra.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="E1" PARTICIPANT="Elvira Montes"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="n1" TIME_SLOT_REF1="a"
 TIME_SLOT_REF2="b"><ANNOTATION_VALUE>Se abre la sesión.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="glosa" PARENT_REF="E1"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="n3" ANNOTATION_REF="n1">
<ANNOTATION_VALUE>The session opens.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>"""


def told(blocks: tuple[Block, ...]) -> list[tuple[float | None, str | None, str]]:
    """Second, who, words."""
    return [(b.start_s, b.speaker.shown if b.speaker else None, b.text) for b in blocks]


def test_ttml_is_read_with_its_agents_and_every_kind_of_its_times() -> None:
    """Clocks, frames, ticks, spans of their own, and a division that begins later."""
    assert told(read_timed_xml(TTML.encode()).blocks) == [
        (11.5, "Elvira Montes", "Se abre la sesión."), (14.2, None, "Cuadros."), (16.0, None, "Pulsos."),
        (18.0, None, "Uno."), (19.0, None, "Dos."),
    ]  # fmt: skip


@pytest.mark.parametrize("form", SRV)
def test_the_video_sites_three_forms_say_the_same(form: str) -> None:
    """Seconds in one, milliseconds in two; references written once or twice."""
    blocks = read_timed_xml(SRV[form].encode()).blocks
    assert told(blocks) == [(1.5, None, "se abre la sesión"), (4.0, None, "hay quórum & más")]


def test_dialogues_of_substation_are_read_in_order_with_their_names() -> None:
    """Comments and drawings are not spoken."""
    assert told(read_substation(ASS.encode()).blocks) == [
        (1.5, "Elvira Montes", "Se abre la sesión."), (4.0, "Speaker 2", "Adelante, maestra."),
    ]  # fmt: skip


def test_one_wrong_time_of_substation_is_said_with_its_line() -> None:
    """The library that was weighed refuses the file."""
    document = read_substation(ASS.replace("0:00:01.50", "0:00:xx").encode())
    assert [block.text for block in document.blocks] == ["Adelante, maestra.", "Se abre la sesión."]
    assert "línea 6" in document.warnings[0][0]


def test_tiers_of_elan_are_turns_and_those_that_gloss_them_are_not() -> None:
    """What is left out is named."""
    document = read_timed_xml(EAF.encode())
    assert told(document.blocks) == [(1.5, "Elvira Montes", "Se abre la sesión."), (4.0, "E2", "Adelante, maestra.")]
    assert "«glosa»" in document.warnings[0][0]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"<rss><channel/></rss>", "no de subtítulos"),
        (b"<tt><p>", "línea 1"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><tt>&x;</tt>', "entidades"),
        (b"<tt/>", "no contienen texto"),
        (b"<a>" * 50_000, "no es XML"),
    ],
)
def test_xml_that_is_no_captions_says_so(data: bytes, fault: str) -> None:
    """Without a traceback, however deep."""
    with pytest.raises(ReadError, match=fault):
        read_timed_xml(data)


def test_otranscribe_gives_its_times_to_its_labels(tmp_path: Path) -> None:
    """HTML in JSON, a time where whoever typed set one."""
    text = (
        '<p><span class="timestamp" data-timestamp="3.2">0:03</span> Elvira Montes: Se abre la sesión.</p>'
        '<p><span class="timestamp" data-timestamp="9">0:09</span>&nbsp;Ponente 2: Adelante, maestra.<br></p>'
    )
    path = tmp_path / "a.otr"
    path.write_text(json.dumps({"text": text, "media": "x.mp3"}), encoding="utf-8")
    assert told(read(path, Kind.TRANSCRIPT).blocks) == [
        (3, "Elvira Montes", "Se abre la sesión."), (9, "Ponente 2", "Adelante, maestra."),
    ]  # fmt: skip


def test_rich_text_is_read_without_its_notes_and_pictures(tmp_path: Path) -> None:
    """Accents in both of its ways, a link, a row of a table."""
    path = tmp_path / "a.rtf"
    picture = "{\\pict\\pngblip " + "89504e470d0a1a0a" * 40 + "}"
    path.write_text(
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard\b ELVIRA MONTES:\b0  Se abre la sesi\'f3n"
        r"{\footnote Una nota.}.\par" + picture + r"PONENTE 2: Adelante, Mar\u237?a. "
        r'{\field{\*\fldinst{HYPERLINK "http://x.mx"}}{\fldrslt{Aqu\u237? est\u225?}}}.\par'
        r"\trowd A\cell B\cell\row}",
        encoding="ascii",
    )
    document = read(path, Kind.TRANSCRIPT)
    assert told(document.blocks) == [
        (None, "Elvira Montes", "Se abre la sesión."), (None, "PONENTE 2", "Adelante, María. Aquí está."),
        (None, "PONENTE 2", "A | B"),
    ]  # fmt: skip
    assert "notas" in document.warnings[0][0]


def test_rich_text_that_would_cost_time_is_refused() -> None:
    """Fields and fonts without end, which striprtf's own searches go back over; and too long a text."""
    for endless in (b"{\\field{\\*\\fldinst{ ", b"{\\fonttbl\\f1 a", b"\\f1 \\fcharset0 ", b"{\\pict\\bin99 "):
        with contextlib.suppress(ReadError):
            read_rich_text(b"{\\rtf1{\\fonttbl" + endless * 20_000 + b"hola}")
    with pytest.raises(ReadError, match="demasiado largo"):
        read_rich_text(b"{\\rtf1 " + b"hola " * (MAX_LETTERS // 5))


def test_an_archived_page_is_read_without_its_parts() -> None:
    """Style sheets, frames and headers are no text; the part says how it is encoded."""
    page = "<html><body><p>ELVIRA MONTES: Se abre la sesión.</p></body></html>".encode("latin-1")
    parts = (b"Content-Type: text/css\r\n\r\np{}", b"Content-Type: text/html; charset=iso-8859-1\r\n\r\n" + page)
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"
    head = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    prose = read_web_archive(head + body)
    assert isinstance(prose, Prose)
    assert [paragraph.text for paragraph in prose.paragraphs] == ["ELVIRA MONTES: Se abre la sesión."]
    with pytest.raises(ReadError, match="ninguna página"):
        read_web_archive(b"hola")


@pytest.mark.parametrize("reading", [read_timed_xml, read_substation, read_rich_text, read_web_archive])
@given(data=st.binary(max_size=300) | st.text('<>/tp="srv\\{}:0123456789 ,Dialogue', max_size=300).map(str.encode))
def test_no_bytes_raise_anything_but_a_read_error(reading: object, data: bytes) -> None:
    """Whatever the bytes."""
    assert callable(reading)
    for start in (b"", b"{\\rtf1 ", b"<tt><body>", b"[Events]\nDialogue: ", b"Content-Type: text/html\n\n<p>"):
        with contextlib.suppress(ReadError):
            reading(start + data)


def test_a_tier_that_only_says_what_it_holds_is_nobody() -> None:
    """«default» of ELAN, alone in its file, is no person."""
    alone = EAF.replace('PARTICIPANT="Elvira Montes"', "").replace("E1", "default")
    alone = alone[: alone.index('<TIER TIER_ID="E2"')] + alone[alone.index('<TIER TIER_ID="default"') :]
    assert told(read_timed_xml(alone.encode()).blocks) == [(1.5, None, "Se abre la sesión.")]


def test_letters_that_are_none_do_not_stop_an_otranscribe_file(tmp_path: Path) -> None:
    """JSON may hold half of a pair (``\\ud800``): nobody sees it."""
    path = tmp_path / "a.otr"
    path.write_text('{"text": "<p>Moderadora: Buenas\\ud800 tardes.</p>"}', encoding="utf-8")
    assert [block.text for block in read(path, Kind.TRANSCRIPT).blocks] == ["Buenas tardes."]
