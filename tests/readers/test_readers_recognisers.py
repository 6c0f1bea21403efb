"""What recognisers write as JSON: one table of shapes, one reading."""

from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.readers.captions.caption_json import SHAPES as ROWS
from indexer.readers.captions.caption_json import read_caption_json
from tests.readers.made_recognisers import FIRST, SECOND, SHAPES

JSON3: dict[str, Any] = {
    "events": [
        {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
        {"tStartMs": 80, "dDurationMs": 900, "segs": [{"utf8": "se abre"}, {"utf8": " la sesión"}]},
        {"tStartMs": 990, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 2000, "dDurationMs": 900, "segs": [{"utf8": "adelante"}]},
    ]
}


@pytest.mark.parametrize("program", SHAPES)
def test_words_times_and_voices_are_read_whoever_wrote_them(program: str) -> None:
    """A voice that was only counted is a role as printed, never a name."""
    written, voices = SHAPES[program]
    document = read_caption_json(json.dumps(written).encode())
    assert [block.text for block in document.blocks] == [FIRST, SECOND]
    assert [block.start_s for block in document.blocks] == [1.5, 4.0]
    assert tuple(block.speaker.shown if block.speaker else None for block in document.blocks) == voices
    named = [block.speaker.name for block in document.blocks if block.speaker and block.speaker.name]
    assert named == (["Elvira Montes"] if program == "podcasts" else [])
    assert document.warnings == ()


def test_every_row_of_the_table_is_tried_here() -> None:
    """A program that is named on the help page was read once."""
    programs = {row.program.split(",")[0].split(" (")[0] for row in ROWS} - {"YouTube json3"}
    assert programs <= {name.split(",")[0] for name in SHAPES} | {"AWS Transcribe", "Whisper"}


@pytest.mark.parametrize("sent", ["document", "list", "each"])
def test_json3_that_was_sent_twice_is_read_once(sent: str) -> None:
    """The whole file twice, the list twice, or each event twice; where words were dropped it is said."""
    events = JSON3["events"]
    twice = {"list": events + events, "each": [event for one in events for event in (one, one)]}
    text = json.dumps(JSON3) * 2 if sent == "document" else json.dumps({"events": twice[sent]})
    document = read_caption_json(text.encode())
    assert [block.text for block in document.blocks] == ["se abre la sesión", "adelante"]
    assert [block.start_s for block in document.blocks] == [0.08, 2.0]
    assert bool(document.warnings) == (sent != "document")


def test_a_document_a_line_is_one_list() -> None:
    """As programs write that go on while they listen."""
    lines = [{"start": 1.5, "end": 2, "text": FIRST}, {"start": 4, "end": 5, "text": SECOND}]
    document = read_caption_json("\n".join(map(json.dumps, lines)).encode())
    assert [block.text for block in document.blocks] == [FIRST, SECOND]


def test_a_segment_with_words_of_another_voice_is_a_guess_that_is_said() -> None:
    """The words of one under the name of another never go unsaid."""
    words = [{"word": "Se", "speaker": "SPEAKER_00"}, {"word": "abre", "speaker": "SPEAKER_01"}]
    segments = [{"start": 1, "end": 2, "text": "Se abre", "speaker": "SPEAKER_00", "words": words}]
    document = read_caption_json(json.dumps({"segments": segments}).encode())
    assert document.blocks[0].speaker is not None
    assert document.blocks[0].speaker.inferred
    assert "otra voz" in document.warnings[0][0]


@pytest.mark.parametrize("voice", ["Unknown Speaker", "UU", None, "", "?"])
def test_a_voice_that_the_program_does_not_know_is_nobody(voice: str | None) -> None:
    """And no speaker of that name is made."""
    segments = [{"start": 1, "end": 2, "text": FIRST, "speaker": voice}]
    assert read_caption_json(json.dumps({"segments": segments}).encode()).blocks[0].speaker is None
