"""Names that only their place in a page's markup tells from what was said: ``<div class="nombre">Ana Prado</div>``.

Whether they are speakers' labels is not decided here: they are made bold and stand on a line of their own, as a
browser shows them, and the rules of labels judge them like any other.
"""

import itertools
from collections.abc import Iterator
from statistics import median

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from indexer.readers.documents.document_tables import say_who_speaks, with_colon
from indexer.readers.documents.html_paragraphs import cells_of, is_plain
from indexer.readers.labels.label import read_label
from indexer.readers.paragraphs import tidy
from indexer.readers.times import leading_stamp
from indexer.readers.words import words

_LONGEST = 80
_SPOKEN = 25
"""Letters of what usually follows a name; less is a list of people with their posts."""
_LEVELS = 4
"""A name may stand in so many elements of its own."""
_INLINE = words("span b strong em i u a font cite small label")
_TAGS = words("div p span b strong em i u a font cite small label h1 h2 h3 h4 h5 h6 header dt time")
_MARKED = words("b strong h1 h2 h3 h4 h5 h6 dt")


def set_names_apart(root: Tag) -> None:
    """Make the names of a page bold lines.

    Names are the elements of one tag and class that all hold little text, each at the start of its paragraph, which
    come back and stand before longer text.

    Args:
        root: The content of the page; it is changed.
    """
    for table in root.find_all("table"):
        _name_rows(table)
    alike: dict[str, list[tuple[Tag, str, str, bool]]] = {}
    for tag, text, following, starts in _parts(root):
        if tag.name not in _MARKED:
            alike.setdefault(_signature(tag), []).append((tag, text, following, starts))
    for members in alike.values():
        if _are_names(members):
            for tag, _, following, _ in members:
                _set_apart(tag, following)


def _are_names(members: list[tuple[Tag, str, str, bool]]) -> bool:
    if len(members) < 2 or not all(starts and len(text) <= _LONGEST for _, text, _, starts in members):
        return False
    read = sum(read_label(text.rstrip(":. ")) is not None for _, text, _, _ in members)
    return 2 * read > len(members) and median(len(following) for _, _, following, _ in members) >= _SPOKEN


def _parts(root: Tag) -> Iterator[tuple[Tag, str, str, bool]]:
    """Elements that hold one text, with it, the text after them, and whether they begin a paragraph."""
    strings = [
        node
        for node in root.descendants
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and node.strip()
    ]
    for place, string in enumerate(strings):
        tag = _holder(string)
        if tag is None or tag is root or tag.name not in _TAGS:
            continue
        text = tidy(str(string))
        following = tidy(str(strings[place + 1]))[: 2 * _LONGEST] if place + 1 < len(strings) else ""
        before = place - 1
        stamp = leading_stamp(tidy(str(strings[before])) + " ") if place else None
        if stamp and not stamp.string[stamp.end() :]:
            before -= 1  # a time may stand before the name
        starts = before < 0 or tag.name not in _INLINE or _block_of(strings[before]) is not _block_of(string)
        yield tag, text, following, starts


def _holder(string: NavigableString) -> Tag | None:
    """The nearest element with a class, or the nearest of all, that holds this text and nothing else."""
    tag = string.parent
    nearest: Tag | None = None
    for _ in range(_LEVELS):
        shown = (node for node in tag.children if not isinstance(node, NavigableString) or node.strip()) if tag else ()
        if tag is None or sum(1 for _ in itertools.islice(shown, 2)) > 1:
            break
        if tag.get("class"):
            return tag
        nearest = nearest or tag
        tag = tag.parent
    return nearest


def _block_of(string: NavigableString) -> Tag | None:
    tag = string.parent
    while tag is not None and tag.name in _INLINE:
        tag = tag.parent
    return tag


def _set_apart(tag: Tag, following: str) -> None:
    """Make a name bold; one that is run into what follows gets the colon that the page shows by other means."""
    bold = BeautifulSoup("", "lxml").new_tag("strong")
    for child in list(tag.contents):
        bold.append(child.extract())
    tag.append(bold)
    if tag.name not in _INLINE:
        tag.name = "div"
    elif following[:1] != ":" and not bold.get_text().rstrip().endswith(":"):
        bold.append(": ")
        bold.insert(0, " ")  # a time before it may touch it


def _name_rows(table: Tag) -> None:
    """In a table of names and what they say, make the names labels."""
    cells = cells_of(table)
    if any(len(row) != 2 or not is_plain(row[0]) or not is_plain(row[1]) for row in cells):
        return
    if say_who_speaks([[tidy(cell.get_text()) for cell in row] for row in cells]):
        for name, _ in cells:
            label = with_colon(tidy(name.get_text()))
            name.clear()
            name.append(bold := BeautifulSoup("", "lxml").new_tag("strong"))
            bold.string = label


def _signature(tag: Tag) -> str:
    """Tag and class of an element and of the one it stands in: elements of one kind have the same."""
    parts = [tag, *([tag.parent] if tag.parent is not None else [])]
    return " ".join(f"{part.name}.{part.get_attribute_list('class')}" for part in parts)
