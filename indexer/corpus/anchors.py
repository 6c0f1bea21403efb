"""``anclas.tsv``: which numbers a page has given, and to which words.

A row keeps a fragment's words as codes, two characters a word, and never the text: withdrawing a text must leave no
copy of it here. Codes of words, not of sentences, so that a number survives whatever cuts the text differently: a
better sentence splitter, the same captions in another format, a mended typing error in a turn of five words. A code
comes from the word without case, accents and punctuation: whoever mends an accent keeps the number. The code is a
format of its own and does not follow ``indexer.language``, whose folding may change while numbers must not.
"""

import hashlib
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.errors import Problem
from indexer.model import Kind

FORMAT = 1
CODE = 2
"""Characters of a word's code: 12 bits, enough to tell sequences of words apart, too few to be a copy of one."""

_BANNER = "# consta-anclas"
_HEADER = ("numero", "tipo", "turno", "palabras", "codigos")
_WHOLE = {True: "completo", False: "parte"}
_FIRST_LINE = re.compile(r"# consta-anclas ([0-9]{1,6})\b(?:.{0,200}?\bsiguiente=([0-9]{1,15})\b)?")
_MOVED = "# sigue en"
_LOST = "# estuvo"
_BEFORE = "# antes"
_MOVED_LINE = re.compile(r"# sigue en\t([0-9]{1,12})\t([0-9]{1,12})")
_CODES = re.compile(r"(?:[A-Za-z0-9_-]{2})+")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MENDED = "se usan los demás renglones; recupere el archivo de git si lo hay (git checkout), o deje que se reescriba"


@dataclass(frozen=True, slots=True)
class Row:
    """One fragment.

    Attributes:
        kind: Of which text of the page it is.
        whole: True when it is a whole turn; a turn of few words ("Gracias.") is then looked for among whole turns.
        codes: The codes of its words, in order.
    """

    number: int
    kind: Kind
    whole: bool
    codes: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.codes) // CODE


@dataclass(frozen=True, slots=True)
class Anchors:
    """The numbers of a page.

    Attributes:
        rows: In reading order.
        next_number: The first number that was never given; it never goes back, whatever happens to the rows.
        newer: The file as it stands when a newer version of Consta wrote it; ``render`` gives it back untouched.
        moved: Numbers that an edit took away, each with the one that is nearest now; kept as comments of the file.
        before: The rows of each text as they were before its last change, comments as well (their order, and those
            that are not the same now): a text that comes back gets its fragments back.
    """

    rows: tuple[Row, ...] = ()
    next_number: int = 1
    newer: str | None = None
    moved: tuple[tuple[int, int], ...] = ()
    before: tuple[Row, ...] = ()

    def of(self, kind: Kind) -> tuple[Row, ...]:
        """The rows of one kind, in reading order."""
        return tuple(row for row in self.rows if row.kind is kind)

    def before_of(self, kind: Kind) -> tuple[Row, ...]:
        """The rows that one kind had before its last change, without numbers that another kind has now."""
        others = {row.number for row in self.rows if row.kind is not kind}
        return tuple(row for row in self.before if row.kind is kind and row.number not in others)

    def completed(self, copy: "Anchors") -> "Anchors":
        """These numbers, and those that only ``copy`` has, each after the row that it follows there.

        A file that could not be written for a while, or that lost rows, lacks numbers that were published. Those that
        it took away before a power cut kept the index from following are among ``before``.
        """
        own, before = {row.number for row in self.rows}, set(self.before)
        only_there: dict[int | None, list[Row]] = {}
        place: int | None = None
        for row in copy.rows:
            if row.number in own:
                place = row.number
            elif row not in before:
                only_there.setdefault(place, []).append(row)
        rows = only_there.get(None, [])
        for row in self.rows:
            rows += (row, *only_there.get(row.number, ()))
        links = {**dict(copy.moved), **dict(self.moved)}
        moved = tuple(sorted((number, to) for number, to in links.items() if number not in own))
        return replace(self, rows=tuple(rows), next_number=max(self.next_number, copy.next_number), moved=moved)

    def render(self) -> str:
        """The text of the file: one line a fragment, so that a changed fragment is one changed line."""
        if self.newer is not None:
            return self.newer
        banner = f"{_BANNER} {FORMAT} (lo escribe Consta; no lo edite) siguiente={self.next_number}"
        lines = [banner, "\t".join(_HEADER)]
        lines += map(_line, self.rows)
        lines += [f"{_MOVED}\t{number}\t{to}" for number, to in self.moved]
        now = set(self.rows)
        lines += [f"{_LOST}\t{_line(row)}" for row in self.before if row not in now]
        lines += ["\t".join((_BEFORE, *(str(row.number) for row in self.before)))] * bool(self.before)
        return "\n".join(lines) + "\n"

    @classmethod
    def held(cls, data: bytes | None) -> "Anchors":
        """What can be read of a file; nothing where there is none."""
        return cls() if data is None else cls.parse(data.decode("utf-8", "replace"), "")[0]

    @classmethod
    def parse(cls, text: str, path: str) -> tuple["Anchors", tuple[Problem, ...]]:
        """Read ``anclas.tsv``; what is damaged is reported and left out, the rest serves."""
        lines = text.removeprefix("\ufeff").splitlines()
        if not any(line.strip() for line in lines):
            cure = "recupérelo de git, o bórrelo para que se haga de nuevo"
            return cls(), (Problem(path, "está vacío", cure, "aviso"),)
        problems: list[Problem] = []
        first = next((found for line in lines if (found := _FIRST_LINE.match(line))), None)
        if first is None:
            fault = f"falta el primer renglón «{_BANNER} …», que dice qué número sigue"
            problems.append(Problem(path, fault, _MENDED, "aviso"))
        rows = tuple(_rows(lines, path, problems))
        counters = [int(found[2]) for line in lines if (found := _FIRST_LINE.match(line)) and found[2]]
        following = max([1, *counters, *(row.number + 1 for row in rows)])
        moved = {int(found[1]): int(found[2]) for line in lines if (found := _MOVED_LINE.fullmatch(line.strip()))}
        following = max([following, *(number + 1 for link in moved.items() for number in link)])
        if first is None or int(first[1]) <= FORMAT:
            before = tuple(row for row in _before(lines, rows) if row.number < following)
            return cls(rows, following, moved=tuple(sorted(moved.items())), before=before), tuple(problems)
        fault = f"lo escribió una versión más nueva de Consta (formato {first[1]}; aquí se conoce hasta el {FORMAT})"
        cure = "actualice Consta; mientras tanto el archivo no se toca"
        return cls(rows, following, newer=text), (Problem(path, fault, cure),)


@lru_cache(maxsize=1 << 16)
def word_code(word: str) -> str:
    """The two characters that stand for a word as written; equal for ``Cómputo``, ``computo`` and ``«cómputo»,``."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(letter for letter in plain if letter.isalnum())
    # What has no letter (a dash between two words) still counts as a word: no text may be without a code.
    digest = hashlib.sha256((letters or word).encode("utf-8", "surrogatepass")).digest()
    return b64encode(digest[:3], b"-_")[:CODE].decode("ascii")


def text_codes(text: str) -> str:
    """The codes of the words of a text (runs between white space), in order, as one string."""
    return "".join(map(word_code, text.split()))


def runs(codes: str, words: int) -> set[str]:
    """All sequences of so many words; a shorter text is one sequence."""
    last = max(len(codes) - words * CODE, 0)
    return {codes[at : at + words * CODE] for at in range(0, last + 1, CODE)} - {""}


def _rows(lines: Iterable[str], path: str, problems: list[Problem]) -> Iterator[Row]:
    seen: set[int] = set()
    conflict = False
    for place, line in enumerate(lines, start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#") or cells[0] == _HEADER[0]:
            continue
        if line.startswith(_CONFLICT):
            if not conflict:
                fault = "tiene marcas de un conflicto de git (<<<<<<<, =======, >>>>>>>)"
                cure = "resuelva el conflicto; mientras, sirven los dos lados"
                problems.append(Problem(f"{path}:{place}", fault, cure, "aviso"))
            conflict = True
            continue
        row = _row(cells)
        if row is None:
            problems.append(Problem(f"{path}:{place}", "el renglón está dañado", _MENDED, "aviso"))
        elif row.number not in seen:
            seen.add(row.number)
            yield row
        elif not conflict:
            fault = f"el número {row.number} aparece dos veces"
            problems.append(Problem(f"{path}:{place}", fault, "sirve el primero; " + _MENDED, "aviso"))


def _before(lines: Iterable[str], rows: Iterable[Row]) -> Iterator[Row]:
    told = [line.split("\t")[1:] for line in lines if line.startswith(f"{_LOST}\t")]
    known = {row.number: row for row in (*rows, *map(_row, told)) if row is not None}
    order = next((line.split("\t")[1:] for line in lines if line.startswith(f"{_BEFORE}\t")), [])
    yield from (known[number] for cell in dict.fromkeys(order) if (number := _number(cell)) in known)


def _number(cell: str) -> int:
    return int(cell) if re.fullmatch("[0-9]{1,12}", cell) else 0


def _line(row: Row) -> str:
    return f"{row.number}\t{row.kind}\t{_WHOLE[row.whole]}\t{row.words}\t{row.codes}"


def _row(cells: list[str]) -> Row | None:
    if len(cells) < len(_HEADER):
        return None
    number, kind, whole, words, codes = cells[: len(_HEADER)]
    if not (_number(number) and kind in list(Kind)):
        return None
    if whole not in _WHOLE.values() or not _CODES.fullmatch(codes) or words != str(len(codes) // CODE):
        return None
    return Row(_number(number), Kind(kind), whole == _WHOLE[True], codes)
