"""Phrases in the shown texts and in their originals (see ``originals``)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh.phrases import Phrases
from indexer.engines.whoosh.positions import Integers, phrase
from indexer.engines.whoosh.postings import PostingsReader


def in_either_reading(reader: PostingsReader, phrases: Phrases, forms: Sequence[str]) -> tuple[Integers, Integers]:
    """Where words stand one after the other: the places of the first and of the last, in the shown texts."""
    starts = phrases.starts([reader.term("exact", form) for form in forms])
    ends = starts + (len(forms) - 1)
    if len(forms) < 2:
        return starts, ends  # a word of an original stands beside a shown one
    former = []
    for form in forms:
        former.append(reader.term("former", form))
        if not former[-1].fragments.size:
            return starts, ends
    begun = phrase([term.places for term in former])
    firsts = np.concatenate((starts, former[0].shown(begun)))
    lasts = np.concatenate((ends, former[-1].shown(begun + (len(forms) - 1))))
    once = np.unique(firsts, return_index=True)[1]
    return firsts[once], lasts[once]
