"""The form that corrects the transcript of a session, fragment by fragment, and what its answer asks to write."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search_app.desk.forms.edits import Edit, plain, seen_as
from search_app.desk.forms.form_fields import InvalidInput
from search_app.desk.forms.word_changes import word_changes

_KEPT = "no se aplica y no se pierde"
"""What the corpus says of a correction that cannot be applied: the page has a list of them, with a cure."""


@dataclass(frozen=True, slots=True)
class CorrectableFragment:
    """One fragment.

    Attributes:
        shown: What the box of its text holds: what was typed, where that could not be written.
        checked: Whether it was compared with the video; what was ticked, where that could not be written.
        corrections: What was corrected, as ``corregir`` says it.
        both: Whether somebody else changed it since it was opened, and it was edited or ticked here too.
    """

    said: Mapping[str, Any]
    shown: str
    checked: bool
    corrections: Sequence[Mapping[str, Any]]
    both: bool

    @property
    def number(self) -> int:
        return int(self.said["numero"])

    @property
    def text(self) -> str:
        """As it reads now."""
        return str(self.said["texto"])

    @property
    def original(self) -> str:
        """As it was received."""
        return str(self.said.get("texto_original") or self.text)

    @property
    def checked_now(self) -> bool:
        """Whether it stands there as compared."""
        return self.said.get("cotejado") is not None

    @property
    def seen(self) -> str:
        """What the form says of it: what stood there when the page was made."""
        return seen_as(self.number, self.text, self.checked_now)

    @property
    def open(self) -> bool:
        """Whether its box holds something that is not written yet."""
        return self.shown != self.text

    @property
    def unsaved(self) -> bool:
        """Whether its box or its tick is not written yet."""
        return self.open or self.checked != self.checked_now


@dataclass(frozen=True, slots=True)
class CorrectionsForm:
    """The page; ``lost`` is what was typed for fragments that are there no more: number and text."""

    fragments: tuple[CorrectableFragment, ...]
    answer: Mapping[str, Any]
    lost: tuple[tuple[int, str], ...] = ()

    @property
    def notices(self) -> list[str]:
        return [str(one) for one in self.answer.get("avisos", []) if _KEPT not in str(one)]

    @property
    def unused(self) -> tuple[tuple[str, str], ...]:
        """Corrections and checks that cannot be applied any more: how a form calls each, and what it is."""
        return unused(self.answer.get("sobran", {}))

    @property
    def seen(self) -> str:
        """What stood in each fragment when the page was made, for its form."""
        return " ".join(fragment.seen for fragment in self.fragments)

    @property
    def unsaved(self) -> bool:
        """Whether the page shows what could not be written."""
        return any(fragment.unsaved for fragment in self.fragments)

    @property
    def both(self) -> tuple[int, ...]:
        """The fragments that somebody else changed meanwhile, and this person too."""
        return tuple(fragment.number for fragment in self.fragments if fragment.both)


def corrections_form(answer: Mapping[str, Any], edits: Iterable[Edit] = ()) -> CorrectionsForm:
    """The page of what ``corregir`` answered; ``edits`` that could not be written are shown over the present texts."""
    mine = {edit.number: edit for edit in edits}
    made: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for one in answer.get("correcciones", []):
        made[int(one["numero"])].append(one)
    numbered = ((int(one["numero"]), one) for one in answer.get("fragmentos", []))
    fragments = tuple(_fragment(one, made[number], mine.pop(number, None)) for number, one in numbered)
    return CorrectionsForm(fragments, answer, tuple((edit.number, edit.text or "") for edit in mine.values()))


def as_edited(edits: Iterable[Edit], now: CorrectionsForm) -> dict[str, Any]:
    """What ``corregir --escribir`` reads, of the fragments that were edited or ticked.

    Raises ``InvalidInput``: a text cannot be had by correcting words.
    """
    present = {fragment.number: fragment for fragment in now.fragments}
    asked = []
    for edit in edits:
        fragment = present.get(edit.number)
        if fragment is None:
            continue  # ``now.lost``: the page says so
        one: dict[str, Any] = {"numero": fragment.number, "antes": fragment.text}
        if edit.text is not None and edit.text != plain(fragment.text):
            try:
                changes = word_changes(fragment.original, edit.text)
            except InvalidInput as fault:
                raise InvalidInput(f"Fragmento {fragment.number}: {fault}") from fault
            one["correcciones"] = [{"de": change.was, "a": change.reads, "vez": change.time} for change in changes]
        if edit.checked is not None and edit.checked != fragment.checked_now:
            one["cotejado"] = edit.checked
        if len(one) > 2:
            asked.append(one)
    return {"fragmentos": asked}


def unused(said: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What cannot be applied any more: how a form calls each, and what it is."""
    corrections = [
        (f"{one['numero']}|{one['vez']}|{one['de']}", _told(one)) for one in map(_bare, said.get("correcciones", []))
    ]
    return (*corrections, *((str(n), f"Fragmento {n}: cotejado con el video") for n in said.get("cotejados", [])))


def without(names: Iterable[str], now: Mapping[str, Any], base: str) -> dict[str, Any]:
    """What ``corregir --escribir`` reads so that some of what cannot be applied goes, and nothing else."""
    said = now.get("sobran", {})
    marked = {name for name, _ in unused(said)} & set(names)
    checked = {int(name) for name in marked if name.isdecimal()}
    held = [_bare(one) for one in now.get("correcciones", [])]
    return {
        "base": base,
        "correcciones": [one for one in held if f"{one['numero']}|{one['vez']}|{one['de']}" not in marked],
        "cotejados": [number for number in now.get("cotejados", []) if number not in checked],
    }


def _fragment(said: Mapping[str, Any], made: Sequence[Mapping[str, Any]], edit: Edit | None) -> CorrectableFragment:
    now = CorrectableFragment(said, str(said["texto"]), said.get("cotejado") is not None, made, False)
    if edit is None:
        return now
    mine = None if edit.text == plain(now.text) else edit.text
    checked = now.checked if edit.checked is None else edit.checked
    both = (mine is not None or checked != now.checked) and edit.text != plain(now.text) and not edit.saw(now.text)
    return replace(now, shown=now.text if mine is None else mine, checked=checked, both=both)


def _told(one: Mapping[str, Any]) -> str:
    return f"Fragmento {one['numero']}: «{one['de']}» " + (f"→ «{one['a']}»" if one["a"] else "se quitaba")


def _bare(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"numero": int(one["numero"]), "de": one["de"], "a": one["a"], "vez": int(one.get("vez") or 1)}
