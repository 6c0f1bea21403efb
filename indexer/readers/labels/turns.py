"""Lines and their labels to blocks: who speaks, turn by turn."""

import dataclasses
from collections.abc import Mapping, Sequence

from indexer.model import Block, Speaker
from indexer.readers.labels.candidates import Candidate, Labels, Lines, joins
from indexer.readers.labels.posts import post_case
from indexer.readers.paragraphs import Paragraph, is_act


def blocks_of_lines(
    lines: Lines, labels: Labels, seconds: Mapping[int, float], doubtful: Sequence[Paragraph] = ()
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Lay the labels over the lines.

    A heading that is no label stands between the turns: nobody says it, and the speech below it goes back to the one
    who was speaking, as a new turn. Before the first label it is text of nobody like the rest.

    Args:
        labels: Of the lines that open a turn.
        seconds: Of the lines whose second is known.
        doubtful: Lines that look as if another began to speak: the one who spoke goes on as an inference.

    Returns:
        The blocks, and the labels after which nothing was said.
    """
    writer = _Writer()
    skip = 0
    doubts = set(map(id, doubtful))
    for n, line in enumerate(lines):
        if line.rule:
            continue
        text = line.text
        if n in labels:
            label = labels[n]
            writer.open(label)
            if label:
                text, skip = label.rest, label.lines - 1
        elif skip:
            skip -= 1
            continue
        elif id(line) in doubts:
            writer.doubt()
        if n in seconds:
            writer.second = seconds[n]
        if not text:
            continue
        if line.heading and n not in labels:
            writer.heading(text, line.continues)
        else:
            writer.say(text, line.continues)
    return writer.close()


class _Writer:
    """The blocks so far, and who has the floor."""

    def __init__(self) -> None:
        self.second: float | None = None
        self._blocks: list[Block] = []
        self._unspoken: list[str] = []
        self._speaker: Speaker | None = None
        self._silent: Candidate | None = None  # the label after which nothing was said yet
        self._fresh = False
        self._below_heading = False

    def open(self, label: Candidate | None) -> None:
        """A label begins a turn; one of a post is joined with the name on the next line."""
        first = self._silent.reading.speaker if self._silent else None
        speaker = label.reading.speaker if label else None
        if self._silent and label and joins(self._silent, label) and speaker and first and first.role:
            speaker = dataclasses.replace(
                speaker, post=post_case(first.role), institution=speaker.institution or first.institution
            )
        elif self._silent:
            self._unspoken.append(self._silent.label)
        self._speaker, self._silent, self._fresh = speaker, label, True

    def doubt(self) -> None:
        """From here on it is not sure that the same person speaks: a turn of its own."""
        if self._speaker and not self._silent:
            self._speaker, self._fresh = dataclasses.replace(self._speaker, inferred=True), True

    def heading(self, text: str, continues: bool) -> None:
        """A heading: a turn of nobody between those of the one who speaks."""
        if self._speaker is None:
            self.say(text, continues)
            return
        if self._below_heading and continues:
            self._join(text)
            return
        # Headings one below the other are one turn.
        turn = self._next_turn(opens=not self._below_heading)
        self._blocks.append(Block(text, start_s=self._take_second(), turn=turn))
        self._fresh = self._below_heading = True

    def say(self, text: str, continues: bool) -> None:
        """What the one who has the floor says."""
        if continues and self._blocks and not self._fresh and self.second is None and not is_act(text):
            self._join(text)
            return
        turn = self._next_turn(opens=self._fresh)
        self._blocks.append(Block(text, start_s=self._take_second(), speaker=self._speaker, turn=turn))
        self._fresh = self._below_heading = False
        self._silent = None

    def close(self) -> tuple[tuple[Block, ...], tuple[str, ...]]:
        """What came of it."""
        if self._silent:
            self._unspoken.append(self._silent.label)
        return tuple(self._blocks), tuple(self._unspoken)

    def _next_turn(self, *, opens: bool) -> int:
        return self._blocks[-1].turn + opens if self._blocks else 0

    def _join(self, text: str) -> None:
        self._blocks[-1] = dataclasses.replace(self._blocks[-1], text=f"{self._blocks[-1].text} {text}")

    def _take_second(self) -> float | None:
        second, self.second = self.second, None
        return second
