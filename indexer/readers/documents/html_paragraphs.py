"""A tree of HTML to paragraphs, as a browser would lay them out."""

from bs4 import Tag
from bs4.element import Comment, NavigableString, PreformattedString

from indexer.readers.documents.document_tables import cells_joined
from indexer.readers.paragraphs import CELLS, RULE, Paragraph, bold_length, has_words, tidy
from indexer.readers.words import words

_BLOCKS = words(
    """
    address article blockquote body caption center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5
    h6 header html legend li main ol p pre section summary table tbody tfoot thead tr td th textarea ul
    """
)
_LINED = frozenset({"pre", "textarea"})
"""Whose lines end where the file's lines end."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_CELL = ("td", "th")
_PARAGRAPHS = frozenset({"p", "div", "li", "br"})


def paragraphs_of(root: Tag) -> tuple[Paragraph, ...]:
    """Paragraphs, list items, headings and rows of tables, in order; ``<br>`` parts the lines of a paragraph.

    A row whose cells hold one paragraph each at most is one paragraph, its cells joined by ``|``; a table that is there
    for the layout is read cell by cell.
    """
    writer = _Writer()
    # A stack of our own: pages nest deeper than Python likes to recurse. The second is True for the end of a tag.
    stack: list[tuple[Tag | NavigableString, bool]] = [(root, False)]
    while stack:
        node, ends = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString | Comment):
                writer.add(str(node))
            continue
        if ends:
            writer.close(node)
            continue
        writer.open(node)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.contents) if isinstance(child, Tag | NavigableString))
    writer.flush()
    return tuple(writer.done)


class _Writer:
    """The paragraph that is being laid out, and those that are done."""

    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self._runs: list[tuple[str, bool]] = []
        self._bold = 0
        self._heading = 0
        self._continues = False
        self._lined = 0
        self._row: Tag | None = None
        self._data: dict[int, bool] = {}

    def add(self, text: str) -> None:
        """Take a run of text."""
        for place, line in enumerate(text.split("\n") if self._lined else [text]):
            if place:
                self._line_break()
            if line:
                self._runs.append((line, self._bold > 0))

    def open(self, tag: Tag) -> None:
        """A tag begins."""
        if tag.name == "br":
            self._line_break()
        elif tag.name == "hr":
            self.flush()
            self.done.append(RULE)
        elif self._row is not None and tag.name in _BLOCKS:
            self._runs.append((" ", False))
        elif tag.name in _BLOCKS:
            self.flush()
            if tag.name == "table":
                # Other tables, of cells that hold more than one paragraph, are there for the layout.
                cells = [cell for row in cells_of(tag) if len(row) > 1 for cell in row]
                self._data[id(tag)] = all(map(is_plain, cells))
            elif tag.name == "tr" and self._data.get(id(tag.find_parent("table"))):
                self._row = tag if len(tag.find_all(_CELL, recursive=False, limit=2)) > 1 else None
        self._bold += _is_bold(tag)
        self._heading += tag.name in _HEADINGS
        self._lined += tag.name in _LINED

    def close(self, tag: Tag) -> None:
        """A tag ends."""
        self._bold -= _is_bold(tag)
        self._lined -= tag.name in _LINED
        if self._row is not None and tag is not self._row:
            if tag.name in _CELL and tag.find_next_sibling(_CELL) is not None:
                self._runs.append((CELLS, False))
            return
        if tag.name in _BLOCKS:
            self.flush()
            self._row = None
        self._heading -= tag.name in _HEADINGS

    def _line_break(self) -> None:
        if self._row is not None:
            self._runs.append((" ", False))
            return
        before = len(self.done)
        self._end_line()
        # Two in a row are how people part paragraphs.
        self._continues = len(self.done) > before

    def flush(self) -> None:
        """End the paragraph."""
        self._end_line()
        self._continues = False

    def _end_line(self) -> None:
        text = tidy("".join(run for run, _ in self._runs))
        if self._row is not None:
            text = cells_joined([cell.strip() for cell in text.split("|") if cell.strip()])
        if has_words(text):
            self.done.append(Paragraph(text, bold_length(self._runs, text), self._heading > 0, self._continues))
        elif text:
            self.done.append(Paragraph(text))
        self._runs = []


def _is_bold(tag: Tag) -> bool:
    if tag.name in _BOLD:
        return True
    style = str(tag.get("style") or "").replace(" ", "").lower() if tag.name in ("span", "p", "font", "em", "u") else ""
    return "font-weight:bold" in style or "font-weight:700" in style or "font-weight:600" in style


def cells_of(table: Tag) -> list[list[Tag]]:
    """The cells of each row of a table, those of its head and its foot too, and not those of tables inside it."""
    parts = [part for part in table.children if isinstance(part, Tag)]
    rows = [row for part in parts for row in ([part] if part.name == "tr" else part.find_all("tr", recursive=False))]
    return [list(row.find_all(_CELL, recursive=False)) for row in rows]


def is_plain(cell: Tag) -> bool:
    """Whether a cell holds one paragraph at most, and no table; looks no farther than it must."""
    stack, blocks = [cell], 0
    while stack:
        for tag in stack.pop().children:
            if isinstance(tag, Tag):
                blocks += tag.name in _PARAGRAPHS
                if tag.name == "table" or blocks > 1:
                    return False
                stack.append(tag)
    return True
