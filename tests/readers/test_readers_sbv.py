"""SBV."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.readers.captions.vtt_srt_sbv import read_sbv


def stamp(ms: int) -> str:
    """``h:mm:ss.mmm``."""
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


@given(
    st.lists(st.tuples(st.integers(0, 9_000_000), st.sampled_from(["sí", "no[br]voto", "al"])), min_size=1, max_size=9)
)
def test_what_was_written_is_read_back(spoken: list[tuple[int, str]]) -> None:
    """``[br]`` parts lines."""
    start_ms, expected, blocks = 0, [], []
    for number, (step_ms, text) in enumerate(spoken):
        start_ms += step_ms
        expected.append((start_ms / 1000, f"{number} {text.replace('[br]', ' ')}"))
        blocks.append(f"{stamp(start_ms)},{stamp(start_ms + 500)}\n{number} {text}\n")
    assert [(b.start_s, b.text) for b in read_sbv("\n".join(blocks).encode()).blocks] == expected


def test_rolling_captions_saved_as_sbv_give_each_line_once() -> None:
    """The window's two lines, joined by ``[br]``."""
    text = (
        "0:00:01.000,0:00:02.990\nal\n\n0:00:02.990,0:00:03.000\nal\n\n"
        "0:00:03.000,0:00:04.990\nal[br]al\n\n0:00:04.990,0:00:05.000\nal\n\n"
        "0:00:05.000,0:00:07.990\nal[br]buenas tardes\n\n0:00:07.990,0:00:08.000\nbuenas tardes\n"
    )
    assert [(b.start_s, b.text) for b in read_sbv(text.encode()).blocks] == [
        (1.0, "al"),
        (3.0, "al"),
        (5.0, "buenas tardes"),
    ]


def test_faults_are_told_with_their_line() -> None:
    """A mistyped time warns; a file without times is refused."""
    document = read_sbv(b"0:00:01.000,0:00:02.000\nuno\n\n0:00:O3.000,0:00:04.000\ndos\n")
    assert [block.text for block in document.blocks] == ["uno dos"]
    assert "línea 4" in document.warnings[0][0]
    with pytest.raises(ReadError, match="ninguna línea de tiempos"):
        read_sbv(b"hola, a todas\n")
