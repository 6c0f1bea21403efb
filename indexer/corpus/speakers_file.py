"""``hablantes.tsv``: who speaks from which second on. Captions name nobody, so staff write it by hand."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.errors import Problem
from indexer.language.typed_values import seconds_of
from indexer.readers.times import forward

NOBODY = frozenset(("-", "–", "—", "?"))
"""What stands for a speaker who is not known."""

_HEADER = "inicio"
_EXAMPLE = "12.5, un tabulador y el nombre"
_OTHER_SEPARATOR = re.compile(r"[0-9][0-9:.,]{0,20}[ ;,|]\s*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """One line: from ``start_s`` on, on the transcript file's clock, ``person`` speaks (None: not known)."""

    start_s: float
    person: str | None


def parse_speakers(text: str, path: str) -> tuple[tuple[SpeakerChange, ...], tuple[Problem, ...]]:
    """Read ``hablantes.tsv``: ``inicio_s<TAB>persona``, times as ``12.5``, ``12,5``, ``0:12`` or ``1:02:03``.

    Args:
        text: The file's text; blank lines and lines that begin with ``#`` are skipped.

    Returns:
        The changes in order of time, each second greater than the one before; and what is wrong with the other lines.
    """
    lines = [(number, *_read(line)) for number, line in _lines(text)]
    good = [(number, change) for number, change, _ in lines if change is not None]
    # From the end to the start: one wrong time must not make all that follow it wrong, and of two lines that contradict
    # each other the first holds.
    seconds = [(place, -change.start_s) for place, (_, change) in enumerate(good)]
    kept = {place for place, _ in forward(seconds[::-1], strictly=True)}
    cure = "ponga los renglones en orden, sin repetir un segundo"
    stuck = "el tiempo no avanza respecto a los renglones vecinos", cure
    faults = [(number, note) for number, change, note in lines if note is not None and change is None]
    faults += [(number, stuck) for place, (number, _) in enumerate(good) if place not in kept]
    problems = list(_problems(sorted(faults), path))
    for number, change, note in lines:
        if note is not None and change is not None:
            problems.append(Problem(f"{path}:{number}", *note, "aviso"))
    if not lines:
        cure = "escriba un renglón por cambio de persona (" + _EXAMPLE + "), o borre el archivo"
        problems.append(Problem(path, "no tiene ningún renglón", cure, "aviso"))
    return tuple(change for place, (_, change) in enumerate(good) if place in kept), tuple(problems)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    first = True
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        line = raw.replace("\xa0", " ").strip(" ")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not first or not line.strip().strip('"').casefold().startswith(_HEADER):
            yield number, line
        first = False


def _read(line: str) -> tuple[SpeakerChange | None, tuple[str, str] | None]:
    """The change that a line says; what is wrong with the line, and the cure."""
    time, tab, rest = line.partition("\t")
    cells = [" ".join(cell.strip().strip('"').split()) for cell in rest.split("\t")]
    second = seconds_of(time.strip().strip('"'))
    if not tab or (second is None and _OTHER_SEPARATOR.match(line)):
        if _OTHER_SEPARATOR.match(line):
            cure = f"ponga un tabulador, no espacios, punto y coma ni coma: {_EXAMPLE}"
            return None, ("el tiempo y la persona no están separados por un tabulador", cure)
        return None, ("falta el tabulador entre el tiempo y la persona", f"escriba {_EXAMPLE}")
    if second is None:
        cure = "escriba los segundos (12.5) o el reloj (0:12, 1:02:03)"
        return None, (f"«{time.strip()[:40]}» no es un tiempo", cure)
    if not cells[0]:
        return None, ("falta la persona", "escriba el nombre, o un guion (-) si no se sabe quién habla")
    change = SpeakerChange(float(second), None if cells[0] in NOBODY else cells[0])
    more = "sobra una columna, que se ignora", "deje solo el tiempo y la persona"
    return change, more if any(cells[1:]) else None


def _problems(faults: Iterable[tuple[int, tuple[str, str]]], path: str) -> Iterator[Problem]:
    """One problem a fault, with its lines: a file full of commas is one thing to mend."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, note in faults:
        groups.setdefault(note, []).append(number)
    for (fault, cure), numbers in groups.items():
        if len(numbers) > 1:
            shown = ", ".join(map(str, numbers[:8])) + (", …" if len(numbers) > 8 else "")
            fault = f"{fault} (en {len(numbers)} renglones: {shown})"
        yield Problem(f"{path}:{numbers[0]}", fault, cure)


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
