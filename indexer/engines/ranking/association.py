"""How strongly a word belongs somewhere: the measures of corpus linguistics, over arrays.

A word stands ``here`` times among the ``size_here`` words of one part of the texts, and ``rest`` times among the
``size_rest`` words of the rest. Nothing is counted in both.
"""

import numpy as np

from indexer.engines.ranking.arrays import Floats, Integers


def log_likelihood(here: Integers, rest: Integers, size_here: int, size_rest: int) -> Floats:
    """Return G² of the table of four cells: the word or another, here or in the rest.

    G² = 2 Σ O ln(O / E). From T. Dunning, "Accurate methods for the statistics of surprise and coincidence",
    Computational Linguistics 19(1), 1993. P. Rayson and R. Garside, "Comparing corpora using frequency profiling",
    2000, leave out the two cells of the other words, which add little. Chance reaches 15.13 once in 10,000 times
    (P. Rayson, D. Berridge and B. Francis, "Extending the Cochran rule", JADT 2004).
    """
    whole = max(size_here + size_rest, 1)
    sums = np.zeros(here.size)
    for observed, of_word, of_part in (
        (here, here + rest, size_here),
        (rest, here + rest, size_rest),
        (size_here - here, whole - here - rest, size_here),
        (size_rest - rest, whole - here - rest, size_rest),
    ):
        expected = of_word * (of_part / whole)
        with np.errstate(divide="ignore", invalid="ignore"):
            sums += np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    return np.maximum(2 * sums, 0.0)


def log_dice(together: Integers, of_word: Integers, marks: int) -> Floats:
    """Return 14 + log2(2 f(xy) / (f(x) + f(y))), which does not grow with the collection; 14 is the most.

    From P. Rychlý, "A lexicographer-friendly association score", RASLAN 2008.
    """
    return 14 + np.log2(2 * np.maximum(together, 1) / np.maximum(of_word + marks, 1))


def percent_diff(here: Integers, rest: Integers, size_here: int, size_rest: int) -> Floats:
    """Return by how many per cent the relative frequency here exceeds that in the rest; infinite where that is none.

    From C. Gabrielatos and A. Marchi, "Keyness: appropriate metrics and practical issues", 2012.
    """
    with np.errstate(divide="ignore"):
        return 100 * ((here / max(size_here, 1)) / (rest / max(size_rest, 1)) - 1)


def deviation(held: Integers, of_word: Integers, shares: Floats, slots: int) -> Floats:
    """Return the deviation of proportions per word: 0 where each part has its share of it, near 1 in one small part.

    DP = ½ Σ |v - s| over all parts; s is a part's share of the words, v its share of this word. From S. Th. Gries,
    "Dispersions and adjusted frequencies in corpora", International Journal of Corpus Linguistics 13(4), 2008.

    Args:
        held: How often a part holds a word, for each part that holds it.
        of_word: The index of that word.
        shares: The share of that part.
        slots: How many words there are.
    """
    total = np.bincount(of_word, weights=held, minlength=slots)
    observed = held / total[of_word]
    # A part without the word adds its whole share: all shares add up to 1.
    inside = np.bincount(of_word, weights=np.abs(observed - shares) - shares, minlength=slots)
    return (inside + 1) / 2
