"""Random orders of the staff and real kills, a few of each; ``benchmarks/`` has the 200 and the 100."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.crash_steps import Trials
from benchmarks.roundtrip_sequences import Sequence

pytestmark = pytest.mark.long


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_sequence_is_as_the_history_says_and_is_taken_back_byte_for_byte(tmp_path: Path, seed: int) -> None:
    sequence = Sequence(tmp_path, seed)
    sequence.run(7)
    assert sum(sequence.counts.values()) == 7


def test_a_command_that_is_killed_leaves_the_corpus_before_it_or_after_it(tmp_path: Path) -> None:
    trials = Trials(tmp_path, seed=7)
    assert [trials.run() for _ in range(2)] == [None, None]
