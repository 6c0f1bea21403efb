"""The form that says who speaks in a session (``hablantes.tsv``), and what its answer asks to write."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from search_app.desk.forms.form_fields import InvalidInput, lines
from search_app.shown.formatting import clock

NOBODY = "-"
"""What the form says for "not known"."""
MOST = 20_000
_LONGEST = 200
_SECOND = re.compile(r"[0-9]{1,8}(?:\.[0-9]+)?")
_MOST_ADDED = 100

Change = tuple[float, str | None]


class Cue(NamedTuple):
    """A piece of a fragment at which a change of speaker may stand."""

    second: float
    text: str
    change: str | None


class Row(NamedTuple):
    """One fragment.

    Attributes:
        person: Who is said to speak at its beginning; ``inferred`` where that is a guess.
        cues: Its pieces, each with the change that stands there, if any.
        proposed: Changes that the text itself announces in it: second, person, and the words.
    """

    number: int
    second: float | None
    person: str | None
    cues: tuple[Cue, ...]
    inferred: bool = False
    proposed: tuple[tuple[float, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakersForm:
    """The page.

    Attributes:
        base: The state of the file that is shown.
        people: Whom one can choose: participants first, then who else is named here.
        others: What somebody else changed meanwhile: when, what is there now, what was typed.
        added: People who were put on the list just now; ``listed``: the same as they were typed.
        until_end: Whether the last person speaks until the end; else what follows their fragment is nobody's.
    """

    base: str
    people: tuple[str, ...]
    rows: tuple[Row, ...]
    answer: Mapping[str, Any]
    others: tuple[tuple[str, str, str], ...] = ()
    added: tuple[str, ...] = ()
    listed: str = ""
    until_end: bool = False

    @property
    def timed(self) -> bool:
        """Whether there are times, without which no change can be placed."""
        return any(row.second is not None for row in self.rows) and not self.answer.get("por_rotulos")

    @property
    def frontier(self) -> Row | None:
        """Where one left off: the last change says that from there on nobody is known."""
        changes = [(row, cue.change) for row in self.rows for cue in row.cues if cue.change is not None]
        return changes[-1][0] if changes and changes[-1][1] == NOBODY else None


def speakers_form(answer: Mapping[str, Any], typed: Sequence[Change] | None = None) -> SpeakersForm:
    """The page of what ``hablantes`` answered; ``typed``: what somebody wanted to write when that got in the way."""
    written = as_typed(answer)
    changes = list(written if typed is None else typed)
    rows = _rows(answer, changes, replaced=typed is not None)
    participants = [str(one["nombre"]) for one in answer.get("participantes", [])]
    named = [row.person for row in rows] + [person for _, person in (*written, *changes)]
    return SpeakersForm(
        base=str(answer.get("base") or ""),
        people=tuple(dict.fromkeys([*participants, *(name for name in named if name)])),
        rows=rows,
        answer=answer,
        others=() if typed is None else _others(written, changes),
        until_end=bool(changes) and changes[-1][1] is not None,
    )


def choosing(
    answer: Mapping[str, Any], changes: Sequence[Change], base: str, listed: str, added: Sequence[str] = ()
) -> SpeakersForm:
    """The page again, with more people to choose from and everything as it was chosen; nothing is written yet.

    Args:
        answer, changes: The present state, and what was chosen so far.
        base: The state that was shown when that began.
        listed: The people to be added, as they were typed.
        added: Those of them who can be chosen.
    """
    shown = speakers_form(answer, changes)
    people = tuple(dict.fromkeys([*shown.people, *added]))
    return replace(shown, base=base, others=(), people=people, added=tuple(added), listed=listed)


def added_people(form: MultiDict[str, str]) -> tuple[str, ...]:
    """The people whom the form adds to the list, one a line; raises ``InvalidInput`` where they are too many."""
    text = lines(form, "personas", _MOST_ADDED * _LONGEST, called="La lista de personas")
    names = tuple(dict.fromkeys(name for one in text.split("\n") if (name := " ".join(one.split())) != NOBODY and name))
    if len(names) > _MOST_ADDED:
        raise InvalidInput(f"Son demasiadas personas de una vez: {_MOST_ADDED} como máximo")
    _check_names(names)
    return names


def changes_of(form: MultiDict[str, str], rows: Iterable[Row]) -> list[Change]:
    """The changes that a form says.

    With the script it carries every change, as ``cambio``; without, what was chosen at each fragment, and as ``queda``
    what could not be chosen there.

    Raises:
        InvalidInput: A change cannot be read.
    """
    if form.get("con_programa"):
        found = _pairs(form.getlist("cambio"))
    else:
        found = _pairs(form.getlist("queda"))
        for row in rows:
            if not row.cues:
                continue
            later = form.get(f"desde{row.number}", "")
            found.append((row.cues[0].second, form.get(f"f{row.number}", "")))
            if later and form.get(f"luego{row.number}"):
                found.append((_second(later), form[f"luego{row.number}"]))
    found += _pairs(form.getlist("propone"))
    if len(found) > MOST:
        raise InvalidInput(f"Son demasiados cambios: {MOST:,} como máximo")
    said = {second: person.strip() for second, person in found if person.strip()}
    _check_names(said.values())
    return [(second, None if person == NOBODY else person) for second, person in sorted(said.items())]


def closed(changes: list[Change], rows: Iterable[Row]) -> list[Change]:
    """The changes, and after the fragment of the last one nobody, until somebody says who."""
    last = changes[-1] if changes else (0.0, None)
    after = next((row.cues[0].second for row in rows if row.cues and row.cues[0].second > last[0]), None)
    return changes if last[1] is None or after is None else [*changes, (after, None)]


def as_given(base: str, changes: Iterable[Change]) -> dict[str, Any]:
    """What ``hablantes --escribir`` reads."""
    return {"base": base, "cambios": [{"inicio_s": second, "persona": person} for second, person in changes]}


def as_typed(given: Mapping[str, Any]) -> list[Change]:
    """The changes of what was to be written, or of what is."""
    return [(float(one["inicio_s"]), one.get("persona")) for one in given.get("cambios", [])]


def _rows(answer: Mapping[str, Any], changes: Sequence[Change], *, replaced: bool) -> tuple[Row, ...]:
    fragments = answer.get("fragmentos", [])
    proposed = {float(one["inicio_s"]): one for one in answer.get("propuestas", [])}
    starts = [
        [(float(one["inicio_s"]), str(one["texto"])) for one in fragment.get("subtitulos") or [fragment]]
        if fragment.get("inicio_s") is not None
        else []
        for fragment in fragments
    ]
    placed = _placed(changes, sorted({second for cues in starts for second, _ in cues}))
    rows, at, begun = [], None, False
    for fragment, cues in zip(fragments, starts, strict=True):
        made, proposals = [], []
        person, inferred = fragment.get("persona"), bool(fragment.get("persona_inferida"))
        for number, (second, text) in enumerate(cues):
            if second in placed:
                begun, at = True, placed[second]
            if number == 0 and replaced and begun:
                person, inferred = at, False
            made.append(Cue(second, text, None if second not in placed else placed[second] or NOBODY))
            if (one := proposed.get(second)) and one["persona"] != (at if begun else person):
                proposals.append((second, str(one["persona"]), str(one["texto"])))
        said = int(fragment["numero"]), fragment.get("inicio_s"), person or None
        rows.append(Row(*said, tuple(made), inferred, tuple(proposals)))
    return tuple(rows)


def _placed(changes: Sequence[Change], seconds: Sequence[float]) -> dict[float, str | None]:
    """Each change at the first piece that begins at its second or later; of several at one, the last."""
    placed: dict[float, str | None] = {}
    for second, person in sorted(changes, key=lambda change: change[0]):
        at = next((start for start in seconds if start >= second - 0.0005), None)
        if at is not None:
            placed[at] = person
    return placed


def _others(written: Sequence[Change], typed: Sequence[Change]) -> tuple[tuple[str, str, str], ...]:
    """Where what is there now and what was typed differ."""
    now, mine = dict(written), dict(typed)
    seconds = sorted(second for second in now.keys() | mine.keys() if now.get(second, 0) != mine.get(second, 0))
    return tuple((clock(second), _said(now, second), _said(mine, second)) for second in seconds)


def _said(changes: Mapping[float, str | None], second: float) -> str:
    return "ningún cambio" if second not in changes else changes[second] or "no se sabe"


def _check_names(names: Iterable[str]) -> None:
    if any(len(name) > _LONGEST for name in names):
        raise InvalidInput(f"Un nombre tiene más de {_LONGEST} letras: escríbalo más corto")


def _pairs(values: Iterable[str]) -> list[tuple[float, str]]:
    """``12.5|Ana Ruiz``, as fields carry it."""
    parted = (value.partition("|") for value in values)
    return [(_second(second), person) for second, _, person in parted]


def _second(text: str) -> float:
    if not _SECOND.fullmatch(text):
        raise InvalidInput(f"«{text[:40]}» no es un segundo: vuelva a abrir la página")
    return float(text)
