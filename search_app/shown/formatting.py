"""Formatting: marks and snippets, times, dates, numbers, lists in Spanish."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from indexer.index.results import Spans
from indexer.language.spanish_dates import MONTHS

SNIPPET_WIDTH = 260
"""Characters of a snippet: two to three lines of the column."""

CENTRAL_MEXICO = dt.timezone(dt.timedelta(hours=-6))
"""Where the sessions and their readers are; without summer time since 2022."""
_SPECIAL = re.compile("[&<>'\"]")


def marked(text: str, marks: Spans, start: int = 0, end: int | None = None) -> Markup:
    """The slice ``text[start:end]``, escaped, with ``<mark>`` around the spans; a mark is never half in."""
    return Markup(_marked(text, marks, start, len(text) if end is None else end))


def _marked(text: str, marks: Spans, start: int, end: int) -> str:
    # Plain strings: Markup would look at every part again, and a page of results has hundreds.
    parts: list[str] = []
    at = start
    for opens, closes in marks:
        if opens < at or closes > end or closes <= opens:
            continue
        parts += (text[at:opens], "<mark>", text[opens:closes], "</mark>")
        at = closes
    parts.append(text[at:end])
    if not _SPECIAL.search(text, start, end):
        return "".join(parts)
    parts[::2] = map(escape, parts[::2])  # every other one is a tag
    return "".join(parts)


def paragraphs(markup: Markup) -> Markup:
    """Newlines as the gaps between paragraphs; a mark may run across one."""
    return Markup(markup.replace("\n", Markup('\n<span class="parrafo"></span>')))


def snippet(text: str, marks: Spans, width: int = SNIPPET_WIDTH) -> Markup:
    """The part of a text that shows best why it matched, in about ``width`` characters.

    Escaped first, marked afterwards. No word is cut (but one longer than the width) and no mark is broken. Where one
    window cannot hold every marked form, two shorter ones are shown.
    """
    if len(text) <= width:
        return Markup(_marked(text, marks, 0, len(text)).replace("\n", " "))
    windows = _windows(text, marks, width)
    shown = " … ".join(_marked(text, marks, *window).strip() for window in windows).replace("\n", " ")
    before = "… " if windows[0][0] > 0 else ""
    after = " …" if windows[-1][1] < len(text) else ""
    return Markup(before + shown + after)


def plain_snippet(text: str, marks: Spans, width: int = SNIPPET_WIDTH) -> str:
    """The same part of the text for a terminal: no marks, one line, no control characters."""
    windows = [(0, len(text))] if len(text) <= width else _windows(text, marks, width)
    shown = " … ".join(" ".join(text[start:end].split()) for start, end in windows)
    shown = "".join(letter for letter in shown if letter.isprintable())
    return ("… " if windows[0][0] > 0 else "") + shown + (" …" if windows[-1][1] < len(text) else "")


def _windows(text: str, marks: Spans, width: int) -> list[tuple[int, int]]:
    """One window, or two that hold more of the marked forms, in order, not touching."""
    if marks and marks[-1][1] - marks[0][0] <= width:
        return [_fit(text, (marks[0][0], marks[-1][1]), width)]
    forms = [text[opens:closes].casefold() for opens, closes in marks]
    best, held = _best(marks, forms, width)
    if len(held) == len(set(forms)):
        return [_fit(text, best, width)]
    half = width // 2
    best, held = _best(marks, forms, half)
    others = [at for at, form in enumerate(forms) if form not in held]
    first = second = _fit(text, best, half)
    if others:
        second = _fit(text, _best([marks[at] for at in others], [forms[at] for at in others], half)[0], half)
    low, high = sorted((first, second))
    if high[0] <= low[1] + 1:
        return [(low[0], max(low[1], high[1]))]
    return [low, high]


def _best(marks: Sequence[tuple[int, int]], forms: Sequence[str], width: int) -> tuple[tuple[int, int], set[str]]:
    """The span of marks within ``width`` that holds most different forms, then most marks; the first of equals."""
    best, held, score = (0, 0), set[str](), (0, 0)
    inside: dict[str, int] = {}
    last = 0
    for first, (opens, _) in enumerate(marks):
        last = max(last, first)
        while last < len(marks) and (last == first or marks[last][1] - opens <= width):
            inside[forms[last]] = inside.get(forms[last], 0) + 1
            last += 1
        if (now := (len(inside), last - first)) > score:
            best, held, score = (opens, marks[last - 1][1]), set(inside), now
        if last == len(marks):
            break  # from here on there are only fewer
        form = forms[first]
        inside[form] -= 1
        if not inside[form]:
            del inside[form]
    return best, held


def _fit(text: str, core: tuple[int, int], width: int) -> tuple[int, int]:
    """Widen the core evenly to the width, and draw both ends in to the bounds of words outside the core."""
    room = max(0, width - (core[1] - core[0]))
    start = max(0, core[0] - room // 2)
    end = min(len(text), max(start + width, core[1]))
    start = max(0, min(start, end - width, core[0]))
    if start > 0 and not text[start - 1].isspace():
        while start < core[0] and not text[start - 1].isspace():
            start += 1
        if start == core[0]:
            start = _word_start(text, start, width)
    if end < len(text) and not text[end].isspace():
        while end > core[1] and not text[end].isspace():
            end -= 1
        if end == core[1]:
            end = _word_end(text, end, width)
    return start, end


def _word_start(text: str, at: int, width: int) -> int:
    """The start of the word that ``at`` is in, unless that is further than the width."""
    start = at
    while start > 0 and not text[start - 1].isspace():
        start -= 1
        if at - start > width:
            return at
    return start


def _word_end(text: str, at: int, width: int) -> int:
    """The end of the word that ``at`` is in, unless that is further than the width."""
    end = at
    while end < len(text) and not text[end].isspace():
        end += 1
        if end - at > width:
            return min(len(text), at + width) if at == 0 else at
    return end


def clock(seconds: float) -> str:
    """``12:04``, ``1:02:03``."""
    whole = max(0, math.floor(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def day(date: dt.date) -> str:
    """``4 de diciembre de 2025``."""
    return f"{date.day} de {MONTHS[date.month - 1]} de {date.year}"


def days(start: dt.date, end: dt.date) -> str:
    """A range of days, with nothing said twice: ``4 y 5 de diciembre de 2025``."""
    if end <= start:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        if (end - start).days == 1:
            return f"{start.day} y {day(end)}"
        return f"del {start.day} al {day(end)}"
    if start.year == end.year:
        return f"del {start.day} de {MONTHS[start.month - 1]} al {day(end)}"
    return f"del {day(start)} al {day(end)}"


def number(value: int) -> str:
    """``1,234``, as it is written in Mexico."""
    return f"{value:,}"


def count(value: int, one: str, many: str) -> str:
    """``1 fragmento``, ``1,234 fragmentos``."""
    return f"{number(value)} {one if value == 1 else many}"


def listed(items: Iterable[str], joint: str = "y") -> str:
    """``a, b y c``; before a vowel of its own sound the joint is ``e`` or ``u``."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    last = items[-1]
    if joint == "o" and last[:1].casefold() in "oó":
        joint = "u"
    if joint == "y" and last[:1].casefold() in "ií" and last[:2].casefold() != "io":
        joint = "e"
    return f"{', '.join(items[:-1])} {joint} {last}"


def ranges(numbers: Iterable[int]) -> str:
    """``42, 44 a 47 y 50``: numbers in order, those that follow one another as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [f"{a}" if a == b else f"{a}, {b}" if b == a + 1 else f"{a} a {b}" for a, b in runs]
    return listed(", ".join(said).split(", "))


def site(address: str) -> str:
    """``elinformante.mx``: whose page an address leads to."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return (host or address).removeprefix("www.")
