"""Merges two lists of who speaks that began from the same one, where they do not touch."""

from bisect import bisect_right
from collections.abc import Sequence

from indexer.corpus.speakers_file import SpeakerChange

Changes = Sequence[SpeakerChange]


def merged(base: Changes, theirs: Changes, mine: Changes) -> list[SpeakerChange] | None:
    """Both lists in one: at each moment, of whichever of the two says something else there than ``base``.

    Args:
        base: What both began from.
        theirs: What the one wrote.
        mine: What the other is about to write.

    Returns:
        None where both say something else there, and not the same.
    """
    seconds = sorted({change.start_s for change in (*base, *theirs, *mine)})
    found: list[SpeakerChange] = []
    for second in seconds:
        was, one, other = (_at(changes, second) for changes in (base, theirs, mine))
        if was not in (one, other) and one != other:
            return None
        person = one if other == was else other
        had, has, have = (any(change.start_s == second for change in changes) for changes in (base, theirs, mine))
        if (have if has == had else has) or person != (found[-1].person if found else None):
            found.append(SpeakerChange(second, person))
    return found


def _at(changes: Changes, second: float) -> str | None:
    """Who speaks at a second, as a list has it."""
    place = bisect_right(changes, second, key=lambda change: change.start_s) - 1
    return changes[place].person if place >= 0 else None
