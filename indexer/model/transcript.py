"""What a reader makes of one file: blocks with their speakers and times, and what was left out."""

from dataclasses import dataclass

Warnings = tuple[tuple[str, str], ...]
"""Faults that did not keep a file from being read, each ``(fault, cure)`` in Spanish."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a label, a voice tag or ``hablantes.tsv`` says is speaking.

    Attributes:
        name: The person's name, or None where only a role is printed.
        role: What is printed when there is no name (``PREGUNTA``, ``El C. Presidente``), else None.
        post: The post (``cargo``), or None.
        institution: The institution named in the label, or None.
        inferred: True when who it is rests on a guess (a label seen once, a speaker carried over a doubtful place).
    """

    name: str | None = None
    role: str | None = None
    post: str | None = None
    institution: str | None = None
    inferred: bool = False

    @property
    def shown(self) -> str | None:
        """What a result gives as ``persona``: the name, else the role as printed."""
        return self.name or self.role


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader yields: one paragraph of a text, or one cue of captions.

    Attributes:
        text: One paragraph, NFC, white space folded, never empty, without the speaker's label.
        start_s: When it begins, on the file's clock; None in texts without times.
        end_s: When its cue ends; None when unknown.
        speaker: Who speaks, or None when the file does not say.
        turn: Ordinal of the turn it belongs to, from 0, never decreasing. A new label is a new turn even
            when the same person goes on.
        seconds: Of each of its words, None where not known, in a text whose clock is that of captions beside it;
            empty in any other.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    speaker: Speaker | None = None
    turn: int = 0
    seconds: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stands in a file and was not said: a running head, a footnote, a menu. Kept, and shown to staff.

    Attributes:
        text: As it stands there, in one line.
        why: What it is, in Spanish (``nota al pie``).
        times: How often the same stands there.
    """

    text: str
    why: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    Attributes:
        blocks: In order of the file.
        captions: True when the blocks are timed cues (caption formats and pasted caption panels).
        warnings: What staff are told of it.
        left_out: What it holds and was not said.
    """

    blocks: tuple[Block, ...]
    captions: bool = False
    warnings: Warnings = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def starts(self) -> tuple[float, ...]:
        """When its blocks begin, of those that say it."""
        return tuple(block.start_s for block in self.blocks if block.start_s is not None)

    @property
    def timed(self) -> bool:
        """Whether it has a clock of its own: at least half of its blocks have a time."""
        return 2 * len(self.starts) >= len(self.blocks) > 0
