"""HTML pages to paragraphs: the content without what surrounds it."""

from __future__ import annotations

import codecs
import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString

from indexer.errors import ReadError
from indexer.readers.decode import clean, decode
from indexer.readers.flow import paragraphs_of
from indexer.readers.mending import mended
from indexer.readers.paragraphs import Paragraph, Prose
from indexer.readers.registry import reader
from indexer.readers.wordlist import words

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4096
"""Browsers look for the charset in the first 1,024 bytes; pages of old systems put it later."""

_BOILERPLATE = words(
    """
    script style noscript template nav header footer aside iframe object svg math button select textarea input
    dialog video audio canvas figcaption head link meta
    """
)
_BOILERPLATE_ROLES = words(
    """
    navigation banner contentinfo search complementary menu dialog alert
    """
)
# Classes and ids of what surrounds the text in the sites of institutions (most are WordPress).
_BOILERPLATE_NAME = re.compile(
    r"(?:^|[-_ ])(?:share|sharing|sharedaddy|addtoany|social|breadcrumbs?|sidebar|related|relacionad[ao]s|comments?|"
    r"comentarios|cookies?|menu|navbar|navigation|pagination|nav-links|post-navigation|widget|skip-link|"
    r"screen-reader-text|sr-only|compartir|newsletter|banner)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTENT_NAME = words("entry-content post-content content contenido main")
_MOST = 0.6
"""The part of the page's text that an element must hold to be taken for its content."""


@reader(".html")
def read_html(data: bytes) -> Prose:
    """A saved web page: its content's paragraphs, headings, list items and rows of tables."""
    text = _decode(data)
    if "<" not in text:
        raise ReadError("no es una página HTML: no tiene etiquetas", "cámbiele la extensión a .txt")
    return Prose(paragraphs_of(_content(_soup(text))))


def paragraphs_of_html(html: str) -> tuple[Paragraph, ...]:
    """The paragraphs of HTML that we made ourselves (a converted document): nothing in it is boilerplate."""
    return paragraphs_of(_soup(html))


def _soup(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            return BeautifulSoup(html, "lxml")
        except (RecursionError, AssertionError, ValueError) as error:
            raise ReadError(
                "la página HTML está demasiado dañada para leerla", "ábrala en un navegador y guarde su texto como .txt"
            ) from error


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = declared[1].decode("ascii", "replace").lower()
        # The web's rule: Latin-1 means cp1252; UTF-16 in a meta that was read as ASCII is tried as UTF-8.
        if name in ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"):
            name = "cp1252"
        if not name.startswith("utf"):
            try:
                return clean(mended(data.decode(name))[0])
            except (LookupError, UnicodeError):
                pass
    return decode(data, longest_line=None)


def _content(soup: BeautifulSoup) -> Tag:
    """The smallest part of the page that holds most of its text."""
    body = soup.body or soup
    _strip(body)
    weights = _weigh(body)
    best, deepest, least = body, -1, _MOST * weights[id(body)]
    stack: list[tuple[Tag, int]] = [(body, 0)]
    while stack:
        tag, depth = stack.pop()
        if depth > deepest and weights[id(tag)] >= least > 0 and _is_content(tag):
            best, deepest = tag, depth
        stack.extend((child, depth + 1) for child in tag.children if isinstance(child, Tag))
    return best


def _strip(body: Tag) -> None:
    """Take out what is never the text, and what looks like boilerplate unless it holds half of the page."""
    weights = _weigh(body)
    stack = [body]
    while stack:
        for child in [node for node in stack.pop().children if isinstance(node, Tag)]:
            light = 2 * weights[id(child)] < weights[id(body)]
            if child.name in _BOILERPLATE or (light and _is_boilerplate(child)):
                child.decompose()
            else:
                stack.append(child)


def _is_content(tag: Tag) -> bool:
    if tag.name in ("main", "article") or tag.get("role") == "main":
        return True
    return any(name.lower() in _CONTENT_NAME for name in _names(tag))


def _is_boilerplate(tag: Tag) -> bool:
    if tag.name == "form":  # some systems wrap the whole page in one: then it is too heavy to go
        return True
    if tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style", ""))):
        return True
    if str(tag.get("role", "")) in _BOILERPLATE_ROLES:
        return True
    return any(_BOILERPLATE_NAME.search(name) for name in _names(tag))


def _names(tag: Tag) -> list[str]:
    """Its classes and its id."""
    classes = tag.get("class") or []
    return [*(classes if isinstance(classes, list) else [classes]), str(tag.get("id") or "")]


def _weigh(root: Tag) -> dict[int, int]:
    """Letters of text that are no link inside each tag, by ``id``; one pass, however deep the page nests."""
    weights: dict[int, int] = {}
    stack: list[tuple[Tag, bool]] = [(root, False)]
    while stack:
        tag, ends = stack.pop()
        children = [node for node in tag.children if isinstance(node, Tag)]
        if not ends:
            stack.append((tag, True))
            stack.extend((child, False) for child in children)
            continue
        own = sum(len(node.strip()) for node in tag.children if type(node) is NavigableString)
        weights[id(tag)] = 0 if tag.name == "a" else own + sum(weights[id(child)] for child in children)
    return weights
