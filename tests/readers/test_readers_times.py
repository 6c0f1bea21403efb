"""One bad time does not refuse a session: it is not used, and it is said where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model.transcript import Document
from indexer.readers.captions.caption_json import read_caption_json
from indexer.readers.captions.cues import Cue
from indexer.readers.captions.tables import read_table
from indexer.readers.captions.track import to_document
from indexer.readers.captions.vtt_srt_sbv import read_sbv, read_srt, read_vtt
from indexer.readers.times import clock, read_time

Spans = list[tuple[float, float]]


def _clock(second: float, sign: str) -> str:
    whole = int(second)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{sign}{round(second % 1 * 1000):03d}"


def _arrows(spans: Spans, sign: str) -> str:
    return "\n\n".join(
        f"{_clock(start, sign)} --> {_clock(end, sign)}\nfrase {n}" for n, (start, end) in enumerate(spans)
    )


READERS: dict[str, Callable[[Spans], Document]] = {
    "srt": lambda spans: read_srt(_arrows(spans, ",").encode()),
    "vtt": lambda spans: read_vtt(f"WEBVTT\n\n{_arrows(spans, '.')}".encode()),
    "sbv": lambda spans: read_sbv(_arrows(spans, ".").replace(" --> ", ",").encode()),
    "json": lambda spans: read_caption_json(
        json.dumps([{"text": f"frase {n}", "start": a, "end": b} for n, (a, b) in enumerate(spans)]).encode()
    ),
    "tsv": lambda spans: read_table(
        ("inicio\tfin\ttexto\n" + "\n".join(f"{a}\t{b}\tfrase {n}" for n, (a, b) in enumerate(spans))).encode()
    ),
}


@pytest.mark.parametrize("form", READERS)
def test_an_end_before_its_start_is_dropped_and_said(form: str) -> None:
    """The second it starts at is right."""
    document = READERS[form]([(10, 20), (20, 12), (30, 40)])
    assert [block.start_s for block in document.blocks] == [10, 20, 30]
    assert document.blocks[1].end_s is None
    assert "horas finales" in document.warnings[0][0]


@pytest.mark.parametrize("form", READERS)
def test_a_start_that_runs_back_keeps_its_place_without_a_time(form: str) -> None:
    """Words stay in the order of the file; the times of the others hold."""
    document = READERS[form]([(10, 11), (20, 21), (5, 6), (30, 31), (40, 41)])
    assert [block.text for block in document.blocks] == [f"frase {n}" for n in range(5)]
    assert [block.start_s for block in document.blocks] == [10, 20, None, 30, 40]
    assert "0:05" in document.warnings[0][0]


@pytest.mark.parametrize("form", READERS)
def test_one_time_far_ahead_does_not_take_the_others_with_it(form: str) -> None:
    """Neither as the first one nor in the middle."""
    for place in (0, 2):
        spans: Spans = [(10.0 * n, 10.0 * n + 5) for n in range(1, 6)]
        spans.insert(place, (50_000, 50_005))
        starts = [block.start_s for block in READERS[form](spans).blocks]
        assert starts == [*(10.0 * n for n in range(1, place + 1)), None, *(10.0 * n for n in range(place + 1, 6))]


@pytest.mark.parametrize("form", READERS)
def test_a_file_with_hardly_a_right_time_is_refused_with_its_first_place(form: str) -> None:
    """Ten cues, each before the one above it."""
    with pytest.raises(ReadError, match="casi ninguna de sus horas"):
        READERS[form]([(100 - 10 * n, 101 - 10 * n) for n in range(10)])


def test_the_line_of_a_time_is_told() -> None:
    """People look for it there."""
    text = "1\n00:00:10,000 --> 00:00:12,000\nuno\n\n2\n00:00:20,000 --> 00:00:07,000\ndos\n"
    assert "línea 6: 0:20 a 0:07" in read_srt(text.encode()).warnings[0][0]


def test_a_negative_time_is_said_and_its_words_stay() -> None:
    """With the cue before, as below any time that cannot be read."""
    document = read_vtt(b"WEBVTT\n\n00:01.000 --> 00:02.000\nuno\n\n-00:03.000 --> 00:04.000\ndos\n")
    assert [block.text for block in document.blocks] == ["uno dos"]
    assert "línea 6" in document.warnings[0][0]


def test_what_is_said_on_the_line_of_the_times_is_read_and_settings_are_not() -> None:
    """Some converters write cues so; places on the screen are no words."""
    text = (
        "00:00:01,000 --> 00:00:02,000 Buenas tardes\n\n"
        "00:00:03,000 --> 00:00:04,000 X1:20 X2:51 Y1:39 Y2:42\nGracias\n\n"
        "00:00:05,000 --> 00:00:06,000 align:start position:0%\nAdelante\n"
    )
    assert [block.text for block in read_srt(text.encode()).blocks] == ["Buenas tardes", "Gracias", "Adelante"]


@pytest.mark.parametrize("first", ["0.860 --> 7.380", "00:00.860 --> 00:07.380", "0:0:0.86 --> 0:0:7.38"])
def test_a_program_that_leaves_the_minutes_out_is_understood(first: str) -> None:
    """Seen in the captions of a podcast: seconds alone until the first minute is over."""
    document = read_vtt(f"WEBVTT\n\n{first}\nuno\n\n1:02.100 --> 1:04.000\ndos\n".encode())
    assert [block.start_s for block in document.blocks] == [0.86, 62.1]
    assert document.warnings == ()


@given(st.lists(st.tuples(st.floats(0, 9_000), st.floats(0, 9_000)), min_size=1, max_size=30))
def test_whatever_the_times_words_keep_their_order_and_seconds_never_run_back(spans: Spans) -> None:
    """Or nothing is read, with a message."""
    cues = [Cue(round(a, 3), round(b, 3), (f"frase{n}",), f"línea {n}") for n, (a, b) in enumerate(spans)]
    try:
        blocks = to_document(cues).blocks
    except ReadError:
        return
    words = [word for block in blocks for word in block.text.split()]
    assert words == [f"frase{n}" for n in range(len(spans))]
    seconds = [block.start_s for block in blocks if block.start_s is not None]
    assert seconds == sorted(seconds)
    assert all(block.end_s is None or (block.start_s is not None and block.end_s >= block.start_s) for block in blocks)


@given(st.integers(0, 3_599_999_000))
def test_a_time_is_the_same_in_every_way_of_writing_it(milliseconds: int) -> None:
    """On a clock, in seconds, with its unit, as ISO 8601 has it."""
    second = milliseconds / 1000
    for written in (clock(second), second, str(second), f"{second}s", f"{milliseconds}ms", f"PT{second}S"):
        assert read_time(written) == second
    assert read_time(milliseconds, 0.001) == second


@pytest.mark.parametrize("value", [None, True, -1, float("nan"), float("inf"), 10**400, "", "hoy", "1:75", [], "PT"])
def test_what_is_no_time_is_none(value: object) -> None:
    """And never a traceback."""
    assert read_time(value) is None
