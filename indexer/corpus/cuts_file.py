"""``cortes.tsv``: where each mesa begins and ends in the file of a whole day."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import Problem
from indexer.language.spanish import fold
from indexer.language.typed_values import seconds_of
from indexer.readers.times import clock

COLUMNS = ("inicio_s", "fin_s", "mesa", "titulo")
_EXAMPLE = "escriba cuatro columnas con tabulador: inicio_s, fin_s, mesa, titulo (0:00, 1:32:10, mesa-1, Innovación)"


@dataclass(frozen=True, slots=True)
class Cut:
    """One line: a mesa and its stretch, on the clock of the file.

    Attributes:
        place: Where it is written, for messages.
        start_s: When it begins.
        end_s: When it ends; None for where the next one begins, and for the last one the end of the file.
        session: The folder, the number or the title of the mesa; empty where only ``title`` says it.
        title: Of the mesa; empty where the mesa is there already.
    """

    place: str
    start_s: float
    end_s: float | None
    session: str
    title: str


def rows_of(text: str, path: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of the file that say something, with their places, their cells in the order of ``COLUMNS``."""
    order = list(range(len(COLUMNS)))
    first = True
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [" ".join(cell.strip().strip('"').split()) for cell in line.split("\t")]
        names = [fold(cell) for cell in cells]
        if first and "inicio_s" in names:
            order = [names.index(name) if name in names else len(cells) for name in COLUMNS]
        else:
            yield f"{path}:{number}", [cells[at] if at < len(cells) else "" for at in order] if len(cells) > 1 else []
        first = False


def rows_given(cuts: Any) -> Iterator[tuple[str, list[str]]]:
    """The same of a list of objects with the names of ``COLUMNS`` as their keys."""
    for number, one in enumerate(cuts if isinstance(cuts, list) else [None], 1):
        told = one if isinstance(one, Mapping) else {}
        values = (told.get(name) for name in COLUMNS)
        cells = [" ".join(str("" if value is None else value).split()) for value in values]
        yield f"corte {number}", cells if told else []


def read_cuts(
    rows: Iterable[tuple[str, Sequence[str]]], starts: Sequence[float], last_s: float
) -> tuple[tuple[Cut, ...], tuple[Problem, ...]]:
    """Read the cuts of a file, and check them against it and against each other.

    Args:
        rows: As ``rows_of`` gives them.
        starts: When each cue of the file begins, in order.

    Returns:
        The cuts that can be read, each with its end but for a last one that has none; and what is wrong with the lines.
    """
    cuts: list[Cut] = []
    problems: list[Problem] = []
    rows = list(rows)
    for place, cells in rows:
        if wrong := _row_fault(cells):
            problems.append(Problem(place, *wrong))
            continue
        start, end = seconds_of(cells[0]), seconds_of(cells[1])
        assert start is not None
        cuts.append(Cut(place, start, end, cells[2], cells[3]))
    for before, cut in zip([None, *cuts], cuts, strict=False):
        problems += [Problem(cut.place, *told) for told in _cut_faults(before, cut, last_s)]
    following = [*(cut.start_s for cut in cuts[1:]), None]
    cuts = [replace(cut, end_s=cut.end_s or then) for cut, then in zip(cuts, following, strict=False)]
    for cut in cuts if not problems else ():
        at = bisect_left(starts, cut.start_s)
        if at == len(starts) or (cut.end_s is not None and starts[at] >= cut.end_s):
            fault = f"entre {clock(cut.start_s)} y {clock(last_s if cut.end_s is None else cut.end_s)} no se dice nada"
            problems.append(Problem(cut.place, fault, "corrija esas horas"))
    if not cuts and not problems:
        problems.append(Problem("cortes", "no hay ningún corte", _EXAMPLE))
    places = [place for place, _ in rows]
    return tuple(cuts), tuple(sorted(problems, key=lambda one: places.index(one.path) if one.path in places else 0))


def _row_fault(cells: Sequence[str]) -> tuple[str, str] | None:
    if not cells:
        return "el renglón no tiene columnas", _EXAMPLE
    for cell, wanted in ((cells[0], True), (cells[1], False)):
        if (cell or wanted) and seconds_of(cell) is None:
            what = f"«{cell[:40]}» no es un tiempo" if cell else "falta el tiempo en que empieza"
            return what, "escriba los segundos (12.5) o el reloj (1:02:03)"
    if not (cells[2] or cells[3]):
        return "no dice de qué mesa es", "escriba su carpeta en «mesa», o en «titulo» el título de una mesa nueva"
    return None


def _cut_faults(before: Cut | None, cut: Cut, last_s: float) -> Iterator[tuple[str, str]]:
    """What is wrong with a cut, beside the one on the line above."""
    begins = f"empieza en {clock(cut.start_s)}"
    if cut.end_s is not None and cut.end_s <= cut.start_s:
        yield f"{begins} y termina en {clock(cut.end_s)}, que no es después", "corrija «inicio_s» o «fin_s»"
    if before is not None and cut.start_s <= before.start_s:
        fault = f"{begins}, y la mesa de arriba empieza en {clock(before.start_s)}: va hacia atrás"
        yield fault, "ponga los cortes en el orden en que se dicen"
    elif before is not None and before.end_s is not None and cut.start_s < before.end_s:
        yield f"{begins}, y la mesa de arriba termina en {clock(before.end_s)}: se enciman", "corrija una de las dos"
    late = next((second for second in (cut.start_s, cut.end_s or 0.0) if second > last_s + 1), None)
    if late is not None:
        yield f"{clock(late)} queda fuera del archivo, que termina en {clock(last_s)}", "corrija esa hora"
