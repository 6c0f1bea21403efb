"""What all captions share: each word once, times that go on, turns where a file marks them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model.transcript import Document, Speaker
from indexer.readers.captions.caption_json import read_caption_json
from indexer.readers.captions.cue_text import plain, utterances
from indexer.readers.captions.cues import Cue
from indexer.readers.captions.track import to_document
from indexer.readers.captions.vtt_srt_sbv import read_sbv, read_srt, read_vtt
from indexer.readers.reading import reader_of
from indexer.readers.times import clock, parse_time

Spoken = list[tuple[float, str]]
"""``(second, line)`` of each line that was said."""

words = st.sampled_from(["sí", "no", "al", "i", "voto", "la", "mesa", "PREP", "[Música]", "año", "¿cómo?"])
lines = st.lists(words, min_size=1, max_size=5).map(" ".join)


@st.composite
def speech(draw: st.DrawFn) -> Spoken:
    """Lines half a second apart or more, true repetitions among them."""
    said = draw(st.lists(st.tuples(st.integers(500, 40_000), lines), min_size=2, max_size=12))
    start_ms, spoken = 0, []
    for step_ms, line in said:
        spoken.append((start_ms / 1000, line))
        start_ms += step_ms
    return spoken


def stamp(seconds: float, sign: str = ".") -> str:
    """``hh:mm:ss.mmm``."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{sign}{ms % 1000:03d}"


def rolling(spoken: Spoken, *, form: str = "vtt") -> str:
    """Rolling captions as the video site writes them, or as conversions leave them.

    ``vtt``: two lines, 10 ms cues, lines of one space. ``srt``: the same without the blank lines. ``still``: without
    the 10 ms cues. ``joined``: the two lines in one.
    """
    cues: list[tuple[float, float, list[str]]] = []
    ends = [start for start, _ in spoken[1:]] + [spoken[-1][0] + 3]
    above = " "
    for (start, line), end in zip(spoken, ends, strict=True):
        timed = line if form != "vtt" else line.replace(" ", "<00:00:01.000><c> ") + "</c>" * line.count(" ")
        cues.append((start, end if form == "still" else end - 0.01, [above, timed]))
        if form != "still":
            cues.append((end - 0.01, end, [line, " "]))
        above = line
    if form == "joined":
        cues = [(start, end, [" ".join(line for line in shown if line.strip())]) for start, end, shown in cues]
    elif form != "vtt":
        cues = [(start, end, [line for line in shown if line.strip()]) for start, end, shown in cues]
    if form == "vtt":
        blocks = [f"{stamp(a)} --> {stamp(b)} align:start position:0%\n" + "\n".join(shown) for a, b, shown in cues]
        return "WEBVTT\nKind: captions\nLanguage: es\n\n" + "\n\n".join(blocks) + "\n"
    blocks = [f"{n}\n{stamp(a, ',')} --> {stamp(b, ',')}\n" + "\n".join(s) for n, (a, b, s) in enumerate(cues, 1)]
    return "\n\n".join(blocks) + "\n"


def said(document: Document) -> Spoken:
    """What was read, in the form of ``Spoken``."""
    return [(block.start_s or 0.0, block.text) for block in document.blocks]


@given(speech())
def test_rolling_vtt_gives_each_line_once_at_its_time(spoken: Spoken) -> None:
    """Repetitions that were said stay, repetitions of the window go."""
    assert said(read_vtt(rolling(spoken).encode())) == spoken


@given(speech())
def test_rolling_captions_converted_to_srt_give_the_same(spoken: Spoken) -> None:
    """A conversion drops the blank lines and keeps the 10 ms cues."""
    assert said(read_srt(rolling(spoken, form="srt").encode())) == spoken


@given(speech())
def test_rolling_captions_joined_into_one_line_give_the_same(spoken: Spoken) -> None:
    """Some conversions put the two lines into one."""
    assert said(read_srt(rolling(spoken, form="joined").encode())) == spoken


def test_rolling_captions_without_the_short_cues_give_each_line_once() -> None:
    """Where the 10 ms cues were taken out, the carried line still is no speech; «sí» said twice is."""
    spoken = [(0.0, "buenas tardes a todas"), (2.0, "y a todos"), (4.0, "sí"), (6.0, "sí"), (8.0, "sí"), (9.0, "bien")]
    assert said(read_srt(rolling(spoken, form="still").encode())) == spoken


def test_a_window_of_three_lines_rolls_as_well() -> None:
    """Live captions show three lines, of which the last is new."""
    text = ["uno es el voto", "dos las casillas", "tres los cómputos", "cuatro el acta"]
    cues = [Cue(float(n), float(n + 1), tuple(text[max(0, n - 2) : n + 1]), "línea 1") for n in range(4)]
    assert [block.text for block in to_document(cues).blocks] == text


def test_a_window_that_is_shown_again_as_it_was_says_nothing_new() -> None:
    """Both lines the same as before: the window was held, and its last line lasts until it goes."""
    text = ["uno es el voto", "dos las casillas", "tres los cómputos"]
    shown = [text[:1], text[:2], text[:2], text[1:]]
    blocks = to_document([Cue(float(n), float(n + 1), tuple(window), "") for n, window in enumerate(shown)]).blocks
    assert [(block.start_s, block.end_s, block.text) for block in blocks] == [
        (0.0, 1.0, text[0]),
        (1.0, 3.0, text[1]),
        (3.0, 4.0, text[2]),
    ]


def test_a_window_that_was_cleared_begins_anew() -> None:
    """A blank line above the same words: they were said again."""
    window = (
        "WEBVTT\n\n00:00.000 --> 00:01.990\n \nal\n\n00:01.990 --> 00:02.000\nal\n \n\n"
        "00:30.000 --> 00:31.990\n \nal\n\n00:31.990 --> 00:32.000\nal\n \n"
    )
    assert said(read_vtt(window.encode())) == [(0.0, "al"), (30.0, "al")]


@given(speech())
@settings(max_examples=60)
def test_what_was_said_twice_stays_twice_in_captions_that_do_not_roll(spoken: Spoken) -> None:
    """One line a cue, however often it comes back."""
    cues = [Cue(start, start + 0.4, (f"{line} {n}",), "línea 1") for n, (start, line) in enumerate(spoken)]
    assert [text for _, text in said(to_document(cues))] == [f"{line} {n}" for n, (_, line) in enumerate(spoken)]


def test_loops_of_the_speech_recognition_stay() -> None:
    """«al» every half minute and «i i i i» are what the file says."""
    spoken = [(0.0, "al"), (30.0, "al"), (60.0, "al"), (90.0, "i i i i"), (91.0, "i i i i"), (92.0, "i i")]
    assert said(to_document([Cue(start, start + 3, (line,), "") for start, line in spoken])) == spoken
    assert said(read_vtt(rolling(spoken).encode())) == spoken


def test_a_cue_that_begins_as_the_one_before_ended_is_speech_where_nothing_rolls() -> None:
    """«No.» and then «No. / Señor.» are two times no."""
    cues = [Cue(0.0, 2.0, ("No.",), ""), Cue(3.0, 5.0, ("No.", "Señor."), ""), Cue(6.0, 8.0, ("Gracias.",), "")]
    assert [block.text for block in to_document(cues).blocks] == ["No.", "No. Señor.", "Gracias."]


def test_a_block_ends_where_the_next_begins_and_the_last_with_its_cue() -> None:
    """The time on screen overlaps the next cue; only the last one's end is known."""
    cues = [
        Cue(0.0, 9.0, ("uno",), ""),
        Cue(4.0, 5.0, ("dos",), ""),
        Cue(8.0, 9.0, ("tres",), ""),
        Cue(8.0, 12.0, ("y",), ""),
    ]
    assert [block.end_s for block in to_document(cues).blocks] == [4.0, 5.0, 9.0, 12.0]


def test_equal_starts_are_common() -> None:
    """Two cues at one second are no fault."""
    assert len(to_document([Cue(1.0, 2.0, ("a",), ""), Cue(1.0, 3.0, ("b",), "")]).blocks) == 2


@pytest.mark.parametrize("text", ["", " ", "♪ ♪", "- -", "<i></i>", "&nbsp;"])
def test_captions_without_a_word_are_refused(text: str) -> None:
    """Music signs and dashes are no text."""
    with pytest.raises(ReadError, match="no contienen texto"):
        to_document([Cue(0.0, 1.0, (text,), "")])


def test_voice_tags_name_speakers_and_open_turns() -> None:
    """A turn lasts while the name stays; a cue without a name is nobody's."""
    cues = [
        Cue(0.0, 1.0, ("<v.alto Ana L&oacute;pez>Buenas tardes</v>",), ""),
        Cue(1.0, 2.0, ("<v Ana López>a todas.</v> <v Persona moderadora>Gracias.</v>",), ""),
        Cue(2.0, 3.0, ("<v Ana López>Sí.</v> Se oye ruido.",), ""),
    ]
    blocks = to_document(cues).blocks
    ana, other = Speaker(name="Ana López"), Speaker(role="Persona moderadora")
    assert [(b.text, b.speaker, b.turn) for b in blocks] == [
        ("Buenas tardes", ana, 0),
        ("a todas.", ana, 0),
        ("Gracias.", other, 1),
        ("Sí.", ana, 2),
        ("Se oye ruido.", None, 3),
    ]
    assert [b.start_s for b in blocks] == [0.0, 1.0, 1.0, 2.0, 2.0]


def test_marks_of_a_change_of_speaker_open_turns_and_dashes_stay() -> None:
    """``>>`` at the start, within a line, as references; a lone mark opens no turn of its own."""
    cues = [
        Cue(0.0, 1.0, (">> Buenas tardes.",), ""),
        Cue(1.0, 2.0, ("- Gracias. &gt;&gt; Adelante.", ">>Sí."), ""),
        Cue(2.0, 3.0, (">>",), ""),
        Cue(3.0, 4.0, (">>> Otro tema, 5 >> 3 no",), ""),
    ]
    blocks = to_document(cues).blocks
    assert [(b.text, b.turn) for b in blocks] == [
        ("Buenas tardes.", 0),
        ("- Gracias.", 0),
        ("Adelante.", 1),
        ("Sí.", 2),
        ("Otro tema, 5", 3),
        ("3 no", 4),
    ]
    assert all(b.speaker is None for b in blocks)


def test_markup_goes_and_references_are_read() -> None:
    """Tags, word times and overrides go; ``&amp;`` is a sign; what only looks like a tag stays."""
    line = "{\\an8}<i>uno</i><00:00:01.000><c.colorE5E5E5> dos</c> R&amp;D AT&T &lt;i&gt; 3 < 5 <3 [Aplausos]"
    assert plain(line + " <font color='x'>f</font>") == "uno dos R&D AT&T <i> 3 < 5 <3 [Aplausos] f"
    assert [part.text for part in utterances("a<br>b\\Nc")] == ["a b c"]


def test_acts_stay_in_the_text() -> None:
    """``[ __ ]`` holds no-break spaces in real files."""
    assert said(read_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\n[\u00a0__\u00a0] [Música] hola".encode())) == [
        (1.0, "[ __ ] [Música] hola")
    ]


def test_damaged_accents_are_mended() -> None:
    """UTF-8 that was read twice."""
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nla sesión del año, ¿cómo?\n".encode().decode("cp1252")
    assert read_vtt(text.encode()).blocks[0].text == "la sesión del año, ¿cómo?"


@given(st.integers(0, 3_599_999_999))
def test_a_time_as_written_is_read_back(milliseconds: int) -> None:
    """Hours may have three digits."""
    seconds = milliseconds / 1000
    assert parse_time(clock(seconds)) == seconds
    assert parse_time("0:60") is None
    assert parse_time("1:60:00") is None


@given(st.sampled_from([".vtt", ".srt", ".sbv", ".json"]), st.text(max_size=200), st.integers(0, 3))
def test_no_text_raises_anything_but_a_read_error(suffix: str, noise: str, place: int) -> None:
    """Noise alone, before, within and after a good cue."""
    good = {
        ".vtt": ["WEBVTT\n\n", "00:01.000 --> 00:02.000\n", "hola\n"],
        ".srt": ["1\n", "00:00:01,000 --> 00:00:02,000\n", "hola\n"],
        ".sbv": ["0:00:01.000,", "0:00:02.000\n", "hola\n"],
        ".json": ['[{"text": "hola",', '"start": 1.5, "duration":', "2}]"],
    }[suffix]
    data = "".join([*good[:place], noise, *good[place:]]).encode("utf-8", "surrogatepass")
    for content in (data, noise.encode("utf-8", "surrogatepass")):
        with contextlib.suppress(ReadError):
            document = reader_of(suffix)(content)
            assert isinstance(document, Document)
            assert document.blocks


def test_the_registry_knows_all_four() -> None:
    """Each row names its function."""
    assert [reader_of(s) for s in (".vtt", ".srt", ".sbv", ".json")] == [
        read_vtt,
        read_srt,
        read_sbv,
        read_caption_json,
    ]
