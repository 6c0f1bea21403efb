"""Names that only their place in a page's markup tells from what was said: ``<div class="nombre">Ana Prado</div>``.

Whether they are speakers' labels is not decided here: they are made bold and stand on a line of their own, as a
browser shows them, and the rules of labels judge them like any other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from statistics import median

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from indexer.readers.labels import read_label
from indexer.readers.paragraphs import tidy
from indexer.readers.wordlist import words

_LONGEST = 80
_SPOKEN = 25
"""Letters of what usually follows a name; less is a list of people with their posts."""
_LEVELS = 4
"""A name may stand in so many elements of its own."""
_INLINE = words("span b strong em i u a font cite small label")
_PARTS = words("div p span b strong em i u a font cite small label h1 h2 h3 h4 h5 h6 header dt time")
_MARKED = words("b strong h1 h2 h3 h4 h5 h6 dt")


def set_names_apart(root: Tag) -> None:
    """Make the names of a page bold lines.

    Names are the elements of one tag and class that all hold little text, each at the start of its paragraph, which
    come back and stand before longer text.

    Args:
        root: The content of the page; it is changed.
    """
    alike: dict[tuple[str, str], list[tuple[Tag, str, str, bool]]] = {}
    for tag, text, following, starts in _short_parts(root):
        if tag.name not in _MARKED:
            kind = " ".join(map(str, tag.get_attribute_list("class")))
            alike.setdefault((tag.name, kind), []).append((tag, text, following, starts))
    for members in alike.values():
        if _are_names(members):
            for tag, _, following, _ in members:
                _set_apart(tag, inline=tag.name in _INLINE and following[:1] == ":")


def _are_names(members: list[tuple[Tag, str, str, bool]]) -> bool:
    if len(members) < 2 or not all(starts and text for _, text, _, starts in members):
        return False
    read = sum(read_label(text.rstrip(":. ")) is not None for _, text, _, _ in members)
    return 2 * read > len(members) and median(len(following) for _, _, following, _ in members) >= _SPOKEN


def _short_parts(root: Tag) -> Iterator[tuple[Tag, str, str, bool]]:
    """Elements that hold little text and no block, with their text, the text after them, and whether they begin one."""
    strings = [
        node
        for node in root.descendants
        if isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and node.strip()
    ]
    for place, string in enumerate(strings):
        tag = _holder(string)
        if tag is None or tag is root or tag.name not in _PARTS:
            continue
        text = tidy(str(string))
        if len(text) <= _LONGEST:
            following = tidy(str(strings[place + 1]))[: 2 * _LONGEST] if place + 1 < len(strings) else ""
            starts = place == 0 or tag.name not in _INLINE or _block_of(strings[place - 1]) is not _block_of(string)
            yield tag, text, following, starts


def _holder(string: NavigableString) -> Tag | None:
    """The nearest element with a class that holds this text and nothing else."""
    tag = string.parent
    for _ in range(_LEVELS):
        if tag is None or sum(1 for _ in itertools.islice(filter(_shows, tag.children), 2)) > 1:
            return None
        if tag.get("class"):
            return tag
        tag = tag.parent
    return None


def _shows(node: object) -> bool:
    return not isinstance(node, NavigableString) or bool(node.strip())


def _block_of(string: NavigableString) -> Tag | None:
    tag = string.parent
    while tag is not None and tag.name in _INLINE:
        tag = tag.parent
    return tag


def _set_apart(tag: Tag, *, inline: bool) -> None:
    bold = BeautifulSoup("", "lxml").new_tag("strong")
    for child in list(tag.contents):
        bold.append(child.extract())
    tag.append(bold)
    if not inline:
        tag.name = "div"
