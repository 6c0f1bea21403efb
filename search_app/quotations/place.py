"""One place where a quotation stands, or nearly so: its verdict, its differences, and what a reader must know of it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from indexer.index.results import Hit
from indexer.language.spanish import FUNCTION_WORDS, fold
from indexer.model import Event, PageId, Passage, Session, Version
from search_app.quotations.alignment import Alignment
from search_app.quotations.differences import Difference, differences
from search_app.quotations.originals import Corrected, corrected_in
from search_app.quotations.stretch import Stretch
from search_app.quotations.typed import SHORT, Quotation
from search_app.quotations.words import NEGATIONS, is_number

Verdict = Literal["textual", "casi", "no_encontrada"]

CAPTIONS = (Version.AUTOMATIC_CAPTIONS, Version.CORRECTED_CAPTIONS)
_FEW = 5
"""Words of a quotation in which another verb or noun says something else."""
_BRIEF = 3
"""Words left out by ``[…]`` in which a negation is not lost sight of."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a quotation stands, or nearly so.

    Attributes:
        passages: The fragments that it covers.
        verdict: ``textual`` or ``casi``; ``no_encontrada`` of what is only the nearest that there is.
        differences: Everything in order, what is alike too.
        told: Those of them that count: in captions, punctuation and capitals do not.
        edits: Words that are not the same.
        loses_negation: Whether what ``[…]`` leaves out is little more than a "no".
        left_out: Words that ``[…]`` leaves out.
        begins_s: When the words begin, by their cue; None without times.
        turns: Of how many turns it takes parts.
        negated_by: The negation that stands just before it.
        asked: Whether the text asks what the quotation does not.
        said: What is there, without what ``[…]`` leaves out.
        around: What the sentences in which it begins and ends say before it and after it.
        corrected: What staff corrected there: what the original says, and what is said now.
        as_received: Whether the quotation is what the original says, word by word, and not what is said now.
    """

    page: PageId
    event: Event
    session: Session | None
    passages: tuple[Passage, ...]
    verdict: Verdict
    differences: tuple[Difference, ...]
    told: tuple[Difference, ...]
    edits: int
    loses_negation: bool
    left_out: int
    begins_s: float | None
    turns: int
    negated_by: str | None
    asked: bool
    said: str
    around: tuple[str, str]
    corrected: tuple[Corrected, ...] = ()
    as_received: bool = False

    @property
    def inferred(self) -> bool:
        """Whether who says it, or a part of it, is inferred."""
        return any(passage.inferred for passage in self.passages)


def place_at(
    quotation: Quotation, stretch: Stretch, alignment: Alignment, hit: Hit, *, as_received: bool = False
) -> Place:
    """The place of an alignment, and its verdict.

    Args:
        stretch: The text around it.
        alignment: Where the words of the quotation stand in the stretch.
        hit: The fragment that led there.
        as_received: Whether only the original of a corrected text has these words.
    """
    first, last = stretch.fragments[alignment.start], stretch.fragments[alignment.end - 1]
    passages = stretch.passages[first : last + 1]
    pieces = differences(alignment, quotation, stretch)
    turns = len({passage.turn for passage in passages})
    loses = any(_loses_a_negation(piece) for piece in pieces)
    loose = all(passage.version in CAPTIONS for passage in passages)
    told = tuple(piece for piece in pieces if piece.natures and not (loose and _is_of_form(piece)))
    nearly = as_received or _is_nearly(quotation, stretch, alignment)
    textual = not alignment.edits and turns == 1 and not told and not loses and not as_received
    return Place(
        page=stretch.page,
        event=hit.event,
        session=hit.session,
        passages=passages,
        verdict="textual" if textual else "casi" if nearly else "no_encontrada",
        differences=pieces,
        told=told,
        edits=alignment.edits,
        loses_negation=loses,
        left_out=sum(step == "omite" for step, _, _ in alignment.steps),
        begins_s=_second(passages[0], stretch.words[alignment.start].start),
        turns=turns,
        negated_by=_negation_before(stretch, alignment.start),
        asked=_asks(quotation, stretch, alignment.end - 1),
        said=_said(stretch, alignment),
        around=stretch.around(alignment.start, alignment.end),
        corrected=tuple(corrected_in(stretch, alignment.start, alignment.end)),
        as_received=as_received,
    )


def _is_nearly(quotation: Quotation, stretch: Stretch, alignment: Alignment) -> bool:
    """Whether three of ten words differ at most, one where there are three; where there are few, none that tells."""
    size = len(quotation.words)
    if alignment.edits > max(size > SHORT, size * 3 // 10):
        return False
    changed = ((at, said) for step, at, said in alignment.steps if step == "cambia")
    return size > _FEW or not any(_tells(quotation.words[at].form, stretch.words[said].form) for at, said in changed)


def _tells(typed: str, there: str) -> bool:
    """Whether a word stands for another one, and both carry meaning; numbers are told as such."""
    return fold(typed) != fold(there) and FUNCTION_WORDS.isdisjoint((fold(typed), fold(there))) and not is_number(typed)


def _said(stretch: Stretch, alignment: Alignment) -> str:
    parts: list[str] = []
    for left_out, group in groupby(alignment.steps, key=lambda step: step[0] == "omite"):
        places = [said for step, _, said in group if step != "sobra"]
        if places and not left_out:
            parts.append(stretch.text(places[0], places[-1] + 1))
    return " […] ".join(parts)


def _is_of_form(piece: Difference) -> bool:
    return set(piece.natures) <= {"mayusculas", "puntuacion"}


def _loses_a_negation(piece: Difference) -> bool:
    """Whether ``[…]`` takes out little more than a "no"."""
    left_out = piece.said.lower().split() if piece.step == "omite" else []
    return 0 < len(left_out) <= _BRIEF and any(word.strip(".,;:()") in NEGATIONS for word in left_out)


def _second(passage: Passage, offset: int) -> float | None:
    """When a word was said: the start of its cue, else that of its fragment."""
    return max((start_s for at, start_s in passage.cues if at <= offset), default=passage.start_s)


def _negation_before(stretch: Stretch, start: int) -> str | None:
    if stretch.ends_after(start - 1) or stretch.words[start - 1].form not in NEGATIONS:
        return None
    return stretch.words[start - 1].written


def _asks(quotation: Quotation, stretch: Stretch, last: int) -> bool:
    said = stretch.between(last).lstrip(" \"'»”’)")
    return said.startswith("?") and "?" not in quotation.text[quotation.words[-1].end :]
