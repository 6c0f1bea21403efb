"""SubRip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.captions.vtt_srt_sbv import read_srt

texts = st.lists(
    st.sampled_from(["sí", "no", "voto", "la", "- mesa", "[Aplausos]", "2024"]), min_size=1, max_size=4
).map(" ".join)
cues = st.lists(st.tuples(st.integers(0, 90_000), texts), min_size=1, max_size=15)


def stamp(ms: int) -> str:
    """``hh:mm:ss,mmm``."""
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"


@given(cues, st.booleans(), st.booleans())
def test_what_was_written_is_read_back(spoken: list[tuple[int, str]], numbered: bool, windows: bool) -> None:
    """With and without numbers, with both line ends; times overlap as in real files."""
    start_ms, expected, blocks = 0, [], []
    for number, (step_ms, text) in enumerate(spoken, 1):
        start_ms += step_ms
        expected.append((start_ms / 1000, f"{text} {number}."))
        times = f"{stamp(start_ms)} --> {stamp(start_ms + 60_000)}"
        blocks.append("\n".join([*([str(number)] if numbered else []), times, text, f"{number}."]))
    file = "\n\n".join(blocks) + "\n"
    document = read_srt((file.replace("\n", "\r\n") if windows else file).encode())
    assert [(block.start_s, block.text) for block in document.blocks] == expected
    assert document.blocks[-1].end_s == (start_ms + 60_000) / 1000
    assert {(block.turn, block.speaker) for block in document.blocks} == {(0, None)}


def test_tags_blank_lines_and_missing_blank_lines_do_no_harm() -> None:
    """What editors leave behind."""
    text = (
        "1\n00:00:01,000 --> 00:00:02,000  X1:10\n<i>uno</i>\n\n{\\an8}dos\n"
        "2\n00:00:03.000-->00:00:04.000\n3 de tres\n\n\n\n3\n"
    )
    blocks = read_srt(text.encode()).blocks
    assert [(block.start_s, block.text) for block in blocks] == [(1.0, "uno dos"), (3.0, "3 de tres")]


def test_a_cue_without_text_vanishes() -> None:
    """Its number is not taken for text, nor that of the next."""
    text = "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nhola\n"
    assert [block.text for block in read_srt(text.encode()).blocks] == ["hola"]
