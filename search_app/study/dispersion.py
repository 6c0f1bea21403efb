"""How evenly something is spread over the parts of a text, a collection, a list of speakers."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)


def deviation_of_proportions(hits: Mapping[Part, int], words: Mapping[Part, int]) -> float | None:
    """From 0, where each part has its share of the hits, to near 1, where few words hold all of them.

    Half the sum, over the parts, of the difference between their share of the words and their share of the hits (DP:
    Gries 2008, "Dispersions and adjusted frequencies in corpora", International Journal of Corpus Linguistics 13:4).
    Both shares add up to 1: so it is the sum of what the parts with too many hits have too much.

    Args:
        hits: Per part; parts without any may be left out.
        words: Per part, of all parts.

    Returns:
        None where there is nothing to share out, or one part alone.
    """
    found, said = sum(hits.values()), sum(words.values())
    if not found or not said or len(words) < 2:
        return None
    shares = [(n / found, words[part] / said if part in words else 0.0) for part, n in hits.items()]
    return sum([of_hits - of_words for of_hits, of_words in shares if of_hits > of_words])
