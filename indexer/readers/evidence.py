"""How sure it is that a text is a speaker's label."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from indexer.model.transcript import Speaker

MAX_LABEL = 260
"""The longest label in letters; the longest seen in 16 official transcripts has 144."""


class Certainty(IntEnum):
    """How much a text by itself looks like a label."""

    UNPROVEN = 0
    """Nothing in its words says so: taken only where it is bold and comes back."""
    WEAK = 1
    """A name that may be a heading: taken when it comes back, is bold or a line of its own after a rule."""
    LIKELY = 2
    """A known given name or a bare post: taken where the words after it begin like speech."""
    SURE = 3
    """It carries a post with a name, a courtesy or an unmistakable role."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a label says.

    Attributes:
        speaker: Who.
        certainty: By its words alone.
    """

    speaker: Speaker
    certainty: Certainty
