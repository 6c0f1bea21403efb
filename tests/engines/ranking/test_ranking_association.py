"""The measures of words against what their authors print, or work out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from indexer.engines.ranking.association import deviation, log_dice, log_likelihood, percent_diff


def test_log_likelihood_is_that_of_the_table_of_four_cells() -> None:
    """The bigram "the swiss" of Dunning (1993), table 2: 110, 2442, 111, 29114, with 270.72."""
    found = log_likelihood(np.array([110]), np.array([2442]), 110 + 111, 2442 + 29114)
    assert found[0] == pytest.approx(270.72, abs=0.01)


def test_a_word_that_is_as_frequent_here_as_in_the_rest_has_none() -> None:
    assert log_likelihood(np.array([10, 0]), np.array([20, 0]), 1_000, 2_000).tolist() == [0.0, 0.0]


def test_log_dice_is_14_where_neither_stands_without_the_other_and_falls_by_one_with_each_half() -> None:
    assert log_dice(np.array([8, 4, 2]), np.array([8, 8, 8]), 8).tolist() == [14.0, 13.0, 12.0]


def test_percent_diff_is_100_at_twice_the_frequency_and_infinite_where_the_rest_lacks_the_word() -> None:
    assert percent_diff(np.array([4, 1]), np.array([2, 0]), 100, 100).tolist() == [100.0, math.inf]


def test_deviation_is_what_gries_works_out_for_five_parts() -> None:
    """Gries (2008), section 3: parts of 9, 10, 10, 10 and 11 words; ``a`` has 1, 2, 3, 4, 5 and ``e`` 1, 1, 1, 1, 1."""
    shares = np.array([9, 10, 10, 10, 11]) / 50
    held = np.array([1, 2, 3, 4, 5, 1, 1, 1, 1, 1, 2])
    of_word = np.array([0] * 5 + [1] * 5 + [2])
    found = deviation(held, of_word, np.concatenate([shares, shares, shares[:1]]), 3)
    assert found.round(3).tolist() == [0.18, 0.02, 0.82]
