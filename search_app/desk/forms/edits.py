"""Which boxes of a correction form somebody changed, compared with what the page showed when it was opened.

Between opening a page and sending its form somebody else may have written. A browser sends every box of a form, also
those that nobody touched; the form therefore says what each of them held when the page was made (``vistos``).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search_app.desk.forms.form_fields import lines

LONGEST = 200_000
SEEN = "vistos"
_SEEN = re.compile(r"([0-9]{1,9}):([0-9a-f]{16})(c?)")
_BOX = re.compile(r"[tc]([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Edit:
    """One fragment that was touched.

    Attributes:
        text: What was typed; None where its box was left as it was.
        checked: What its tick was changed to; None where it was left as it was.
        seen: A mark of the text that the page showed.
    """

    number: int
    text: str | None
    checked: bool | None
    seen: str

    def saw(self, text: str) -> bool:
        """Whether this is the text that was edited."""
        return self.seen == _mark(plain(text))


def edits_of(form: Mapping[str, str]) -> tuple[Edit, ...]:
    """What was edited or ticked, by number; boxes that nobody touched are none. Raises ``InvalidInput`` if too long."""
    return tuple(_edits(form))


def kept(form: Mapping[str, str], edits: tuple[Edit, ...]) -> dict[str, str]:
    """The fields of a form that ``edits_of`` needs to find the same edits again."""
    numbers = {edit.number for edit in edits}
    seen = " ".join(found[0] for found in _SEEN.finditer(form.get(SEEN, "")) if int(found[1]) in numbers)
    texts = {f"t{edit.number}": edit.text for edit in edits if edit.text is not None}
    return {SEEN: seen, **{f"c{n}": form.get(f"c{n}", "") for n in numbers}, **texts}


def plain(text: str) -> str:
    """A text as it comes back from a box in which nobody typed."""
    return lines({"t": text}, "t", len(text) + 1)


def seen_as(number: int, text: str, checked: bool = False) -> str:
    """What a form says of a fragment: its number, a mark of its text, ``c`` where it stood as compared."""
    return f"{number}:{_mark(plain(text))}{'c' if checked else ''}"


def _edits(form: Mapping[str, str]) -> Iterator[Edit]:
    seen = {int(found[1]): (found[2], bool(found[3])) for found in _SEEN.finditer(form.get(SEEN, ""))}
    boxes = {int(found[1]) for name in form if (found := _BOX.fullmatch(name))}
    for number in sorted(boxes | {number for number, (_, checked) in seen.items() if checked}):
        if form.get(f"d{number}"):
            continue  # what the other person wrote stays
        mark, checked = seen.get(number, ("", False))
        text = lines(form, f"t{number}", LONGEST) if f"t{number}" in form else None
        text = None if text is not None and _mark(text) == mark else text
        tick = bool(form.get(f"c{number}"))
        ticked = tick if tick != checked else None
        if text is not None or ticked is not None:
            yield Edit(number, text, ticked, mark)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
