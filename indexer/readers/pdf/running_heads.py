"""What stands on the pages of a PDF and was not said: running heads, numbers of pages and lines, notes at the foot."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from indexer.readers.labels.calls_and_sentences import is_sentence
from indexer.readers.labels.candidates import candidate
from indexer.readers.labels.label_parts import Certainty
from indexer.readers.labels.names import is_capitals
from indexer.readers.paragraphs import CUT_ENDS, HEAD, LINE_NUMBER, NOTE, PAGE_NUMBER, TURNED, Paragraph
from indexer.readers.pdf.columns import Line
from indexer.readers.pdf.words import SUPERSCRIPTS, Word

_EDGE = 4
"""Lines at the top and at the bottom of a page among which a running head is looked for."""
_FEW = 3
"""Pages: of fewer, only numbers and what stands apart are heads."""
_NEARLY_ALL = 0.8
_APART = 1.35
"""A head stands at least so much farther from the text than the text's lines from each other."""
_LARGE = 2.0
"""Letters so much higher than the usual ones, at one place of most pages, are a watermark."""
_SMALL = 0.92
"""Notes are set in letters of at most this part of the usual height."""
_NUMBERED = 5
"""Lines that bear a number before lines are said to be numbered."""

_DIGITS = re.compile(r"\d+")
_PAGE_OF = re.compile(r"\W*(?:p[áa]g(?:ina|\.)?\W*#(?:\W*(?:de|/)\W*#)?|# ?(?:de|/) ?#)\W*", re.IGNORECASE)
_EDGE_NUMBER = re.compile(r"^[^\w]*(\d{1,4})(?![\w.,:/])|(?<![\w.,:/])(\d{1,4})[^\w]*$")
_BARE_NUMBER = re.compile(r"[^\w#]*(\d{1,4})[^\w#]*")
_PRINTED_HEAD = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.? ?m\.?)?(?: .{0,300})?", re.I
)
_PRINTED_FOOT = re.compile(r"(?:https?://|about:|file:)\S{1,2000} \d{1,4} ?/ ?\d{1,4}", re.IGNORECASE)
_RAISED = re.compile(f"[{SUPERSCRIPTS}]+")
_NOTE_MARK = re.compile(r"(\d{1,3}|\*{1,3}|[†‡])[ .)]?(?=[\w«“\"¿¡])")

Pages = list[list[Line]]
Out = list[tuple[str, str]]
"""What was taken out, with its reason, in order."""


def without_watermarks(pages: Sequence[Sequence[Word]]) -> tuple[list[list[Word]], Out]:
    """Take out words in huge letters that run through the lines, at one place of most pages."""
    usual = median([word.height for page in pages for word in page] or [1.0])
    large = [[word for word in page if word.height > _LARGE * usual] for page in pages]
    seen = Counter(place for page in large for place in {_place(word) for word in page})
    marks = {place for place, times in seen.items() if times > 1 and 2 * times > len(pages)}
    gone = [
        {id(word): word.text for word in some if _place(word) in marks and any(_cross(word, one) for one in page)}
        for page, some in zip(pages, large, strict=True)
    ]
    kept = [[word for word in page if id(word) not in out] for page, out in zip(pages, gone, strict=True)]
    return kept, [(" ".join(out.values()), TURNED) for out in gone if out]


def _cross(mark: Word, word: Word) -> bool:
    """Whether a mark in large letters lies over a word of the text."""
    return (
        _LARGE * word.height < mark.height
        and min(mark.right, word.right) > max(mark.left, word.left)
        and min(mark.top, word.top) > max(mark.bottom, word.bottom)
    )


def without_line_numbers(pages: Sequence[Sequence[Word]]) -> tuple[list[list[Word]], Out]:
    """Take out the numbers of lines, which stand in the margin left or right of nearly all text and count up."""
    kept: list[list[Word]] = []
    out: Out = []
    for page in pages:
        numbers = _line_numbers(page)
        if numbers:
            out.append((f"{numbers[0].text} a {numbers[-1].text}", LINE_NUMBER))
        gone = {id(word) for word in numbers}
        kept.append([word for word in page if id(word) not in gone])
    return kept, out


def _line_numbers(page: Sequence[Word]) -> list[Word]:
    digits = [word for word in page if word.text.isdecimal() and len(word.text) < 4]
    others = [word for word in page if not word.text.isdecimal()]
    if len(digits) < _NUMBERED or not others:
        return []
    rows = len({round(word.bottom / word.height) for word in others})
    low = sorted(word.left for word in others)[len(others) // 20]
    high = sorted(word.right for word in others)[-1 - len(others) // 20]
    for margin in ([w for w in digits if w.right <= low], [w for w in digits if w.left >= high]):
        margin.sort(key=lambda word: -word.top)
        steps = Counter(int(b.text) - int(a.text) for a, b in itertools.pairwise(margin))
        step = max((1, 5), key=lambda step: steps[step])
        if len(margin) >= max(_NUMBERED, 0.6 * rows / step) and steps[step] >= 0.8 * (len(margin) - 1):
            return margin
    return []


def _place(word: Word) -> tuple[str, int, int]:
    return word.text, round(word.left / 3), round(word.bottom / 3)


def without_running_heads(pages: Pages) -> tuple[Pages, Out]:
    """Take out what is printed on pages for the sake of the page.

    A running head stands at one place counted from the page's edge, on most pages or on most odd or even ones, and
    nowhere else in the file. What reads as a speaker's label is never one; what reads as a sentence only where it
    stands apart from the text, on nearly all of three pages or more.
    """
    out: Out = []
    shown: dict[str, str] = {}  # digits aside, the same head is told once
    ranked = [_edges(page) for page in pages]
    heads, numbers = _heads(pages, ranked)
    kept: Pages = []
    for number, (page, edges) in enumerate(zip(pages, ranked, strict=True)):
        printed = any(_PRINTED_FOOT.fullmatch(line.text) for line in page[-2:])
        lines: list[Line] = []
        for line in page:
            key, places = _key(line.text), edges.get(id(line), ())
            if places and (_PAGE_OF.fullmatch(key) or any((number, place) in numbers for place in places)):
                out.append((shown.setdefault(key, line.text), PAGE_NUMBER))
            elif any((number, place) in heads for place in places) or (
                printed and places and (_PRINTED_FOOT.fullmatch(line.text) or _PRINTED_HEAD.fullmatch(line.text))
            ):
                out.append((shown.setdefault(key, line.text), HEAD))
            else:
                lines.append(line)
        kept.append(lines)
    return kept, out


def without_notes(pages: Pages) -> tuple[Pages, Out]:
    """Take out the notes at the foot of pages: the last lines, in smaller letters, the first of them with a mark."""
    heights = Counter(round(line.height, 1) for page in pages for line in page for _ in range(len(line.text)))
    usual = heights.most_common(1)[0][0] if heights else 1.0
    notes: list[str] = []
    kept: Pages = []
    last, carried = 0, False
    for page in pages:
        start = len(page)
        while start and page[start - 1].height <= _SMALL * usual:
            start -= 1
        while not carried and start < len(page) and not _mark(page[start], last):
            start += 1
        if start == 0:
            start = len(page)  # a page in small letters throughout has no notes at its foot
        carried = start < len(page)  # the last note of a page may go on at the foot of the next
        marks: set[str] = set()
        for line in page[start:]:
            mark = _mark(line, last)
            marks.add(mark)
            if mark or not notes:
                notes.append(line.text)
                last = int(mark) if mark.isdecimal() else last
            else:
                notes[-1] += " " + line.text
        kept.append([_without_marks(line, marks) for line in page[:start]])
    return kept, [(note, NOTE) for note in notes]


def _mark(line: Line, last: int) -> str:
    """The mark with which a line begins a note; a number only where it is the next one, or the first of its page."""
    found = _NOTE_MARK.match(line.text)
    if found is None or (found[1].isdecimal() and int(found[1]) not in (1, last + 1) and last):
        return ""
    return found[1]


def _without_marks(line: Line, marks: set[str]) -> Line:
    """The line without the raised marks of these notes; other raised digits are digits."""
    if not _RAISED.search(line.text):
        return line

    def plain(found: re.Match[str]) -> str:
        digits = "".join(str(SUPERSCRIPTS.index(c)) for c in found[0])
        return "" if digits in marks else digits

    return replace(line, text=_RAISED.sub(plain, line.text))


def _heads(pages: Pages, ranked: list[dict[int, tuple[int, ...]]]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Page and place of running heads, and of page numbers."""
    at: dict[int, dict[int, Line]] = {}
    for number, (page, edges) in enumerate(zip(pages, ranked, strict=True)):
        for line in page:
            for place in edges.get(id(line), ()):
                at.setdefault(place, {})[number] = line
    # On a title page the head may stand lower.
    inside = {
        _key(line.text)
        for page, edges in zip(pages[1:], ranked[1:], strict=True)
        for line in page
        if id(line) not in edges
    }
    full = [number for number, page in enumerate(pages) if page]
    heads: set[tuple[int, int]] = set()
    numbers: set[tuple[int, int]] = set()
    for place, lines in at.items():
        for some in (full, full[::2], full[1::2]):
            numbered = _numbered(lines, some)
            sure = len(numbered) >= max(_FEW, _NEARLY_ALL * len(some))
            for number in numbered:
                if _BARE_NUMBER.fullmatch(lines[number].text):
                    numbers.add((number, place))
                elif sure or _stands_apart(lines[number], pages[number]):
                    heads.add((number, place))
            for key, those in _alike(lines, some):
                if key not in inside and _runs([lines[number] for number in those], pages, those, len(some)):
                    heads.update((number, place) for number in those)
    return heads, numbers


def _alike(lines: dict[int, Line], some: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Pages among these whose line at one place is the same, where they are most of them."""
    by_key: dict[str, list[int]] = {}
    for number in some:
        if number in lines:
            by_key.setdefault(_key(lines[number].text), []).append(number)
    for key, those in by_key.items():
        if len(those) > 1 and 2 * len(those) > len(some):
            yield key, those


def _runs(lines: list[Line], pages: Pages, those: list[int], of: int) -> bool:
    """Whether lines that are the same on these pages are a running head."""
    text = lines[0].text
    found = candidate(Paragraph(text))
    if found and (not found.whole or found.reading.certainty is Certainty.SURE):
        return False
    times = sum(_stands_apart(line, pages[number]) for line, number in zip(lines, those, strict=True))
    apart = times >= _NEARLY_ALL * len(those)
    sentence = not is_capitals(text) and is_sentence(text[0].lower() + text[1:])
    if sentence or text[0].islower() or text.endswith(CUT_ENDS):
        return apart and len(those) >= _FEW and len(those) >= _NEARLY_ALL * of
    return len(text) <= 200 and (apart or of >= _FEW)


def _stands_apart(line: Line, page: Sequence[Line]) -> bool:
    """Whether a line stands farther from what is beside it than lines of the text do, or in other letters."""
    others = [one for one in page if one is not line]
    if not others:
        return False
    steps = sorted(a.bottom - b.bottom for a, b in itertools.pairwise(others) if a.bottom - b.bottom > 0)
    usual = steps[int(0.9 * len(steps))] if steps else line.height  # between paragraphs, where they are parted
    nearest = min(abs(one.bottom - line.bottom) for one in others if one.bottom != line.bottom or one is not line)
    return nearest >= _APART * usual or abs(line.height - median(one.height for one in others)) > 0.1 * line.height


def _numbered(lines: dict[int, Line], some: Sequence[int]) -> list[int]:
    """Pages among these whose line at one place is, begins or ends with a number that grows with the pages."""
    found = {
        number: {int(a or b) for a, b in _EDGE_NUMBER.findall(lines[number].text)} for number in some if number in lines
    }
    shifts = Counter(value - number for number, values in found.items() for value in values)
    shift, times = shifts.most_common(1)[0] if shifts else (0, 0)
    if times < 2 or 2 * times <= len(some):
        return []
    return [number for number, values in found.items() if number + shift in values]


def _edges(page: list[Line]) -> dict[int, tuple[int, ...]]:
    """Lines near an edge of the page, by ``id``, with their places: from the top 0, 1 …; from the bottom -1, -2 …"""
    down = sorted(page, key=lambda line: -line.top)
    edges: dict[int, tuple[int, ...]] = {}
    for place, line in [*enumerate(down[:_EDGE]), *((-n, line) for n, line in enumerate(down[: -_EDGE - 1 : -1], 1))]:
        edges[id(line)] = (*edges.get(id(line), ()), place)
    return edges


def _key(text: str) -> str:
    return _DIGITS.sub("#", text)
