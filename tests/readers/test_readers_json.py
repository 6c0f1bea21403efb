"""Captions as JSON."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.readers.captions.caption_json import read_caption_json

LIST = [
    {"text": "buenas tardes", "start": 0.5, "duration": 4.5},
    {"text": "a todas &amp; a todos\n[Música]", "start": 3, "duration": 2},
]
SAID = [(0.5, "buenas tardes"), (3.0, "a todas & a todos [Música]")]


def read(value: Any) -> list[tuple[float | None, str]]:
    """What a JSON value says."""
    return [(block.start_s, block.text) for block in read_caption_json(json.dumps(value).encode()).blocks]


def test_the_list_is_read_bare_and_wrapped() -> None:
    """Versions of the library and its wrappers differ in what stands around the list."""
    assert read(LIST) == SAID
    assert read({"video_id": "x", "language_code": "es", "snippets": LIST}) == SAID
    assert read({"events": LIST}) == SAID
    assert read_caption_json(json.dumps(LIST).encode()).blocks[-1].end_s == 5.0


def test_json3_is_read_without_its_windows_and_line_feeds() -> None:
    """The first event defines the window; ``aAppend`` rolls it."""
    events = [
        {"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1},
        {
            "tStartMs": 80,
            "dDurationMs": 4000,
            "wWinId": 1,
            "segs": [{"utf8": "buenas"}, {"utf8": " tardes", "tOffsetMs": 300}],
        },
        {"tStartMs": 1990, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 2000, "dDurationMs": 3000, "wWinId": 1, "segs": [{"utf8": "a todas"}, {}]},
    ]
    assert read({"wireMagic": "pb3", "events": events}) == [(0.08, "buenas tardes"), (2.0, "a todas")]


@given(st.lists(st.tuples(st.integers(0, 90_000), st.text(min_size=1, max_size=12)), min_size=1, max_size=9))
def test_what_was_written_is_read_back(spoken: list[tuple[int, str]]) -> None:
    """Any text, as long as it has a word."""
    start_ms, entries = 0, []
    for number, (step_ms, text) in enumerate(spoken):
        start_ms += step_ms
        entries.append(
            {
                "text": f"voz{number} {text.replace('>', ' ').replace('<', ' ').replace('{', ' ')}",
                "start": start_ms / 1000,
            }
        )
    result = read(entries)
    assert [start for start, _ in result] == [entry["start"] for entry in entries]
    assert all(text.startswith(f"voz{number}") for number, (_, text) in enumerate(result))


@pytest.mark.parametrize(
    "entry",
    [
        {"text": "x", "start": float("nan")},
        {"text": "x", "start": float("inf")},
        {"text": "x", "start": -1},
        {"text": "x", "start": True},
        {"text": "x", "start": 10**400},
        {"text": "x", "start": "mañana"},
        {"text": "x"},
        {"text": 5, "start": None},
        {"texto": "x"},
        "hola",
    ],
)
def test_an_entry_that_is_wrong_is_named_and_the_others_are_read(entry: Any) -> None:
    """Its words stay in their place, without a time, where it has any."""
    document = read_caption_json(json.dumps([*LIST, entry]).encode())
    assert [(block.start_s, block.text) for block in document.blocks][:2] == SAID
    assert "la 3" in document.warnings[0][0] or "entrada 3" in document.warnings[0][0]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'[\n{"text": "a",,}]', "no es JSON válido (línea 2, columna 14)"),
        (b"[" * 100_000, "no es un archivo de subtítulos"),
        (b"[" + b"9" * 5000 + b"]", "no es un archivo de subtítulos"),
        (b'{"a": 1}', "no es un archivo de subtítulos"),
        (b"5", "no es un archivo de subtítulos"),
        (b"[]", "no es un archivo de subtítulos"),
        (b'[{"text": " ", "start": 1}]', "no contienen texto"),
        (b'{"events": [{"tStartMs": 0}]}', "no es un archivo de subtítulos"),
    ],
)
def test_what_is_no_captions_is_told(data: bytes, fault: str) -> None:
    """A fault of syntax with line and column; deep nesting and huge numbers without a traceback."""
    with pytest.raises(ReadError) as refused:
        read_caption_json(data)
    assert fault in refused.value.fault


def test_lone_surrogates_and_controls_do_not_reach_the_text() -> None:
    """JSON may escape what no text can hold."""
    assert read_caption_json(rb'[{"text": "ho\ud800la\u0007\u202e", "start": 1}]').blocks[0].text == "hola"


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
keys = st.sampled_from(["text", "start", "duration", "events", "snippets", "tStartMs", "dDurationMs", "segs", "utf8"])


@given(st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)))
def test_no_json_raises_anything_but_a_read_error(value: Any) -> None:
    """Any value under the keys of the formats."""
    with contextlib.suppress(ReadError):
        assert read(value)
