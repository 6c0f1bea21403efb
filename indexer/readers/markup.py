"""HTML pages to paragraphs: the content without what surrounds it."""

from __future__ import annotations

import codecs
import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning

from indexer.errors import ReadError
from indexer.readers.decode import clean, decode, mojibake
from indexer.readers.flow import paragraphs_of
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
_CONTENT = ".entry-content, main, [role=main], article, #content, #contenido, #main, .post-content, .contenido"
_MOST = 0.6
"""The part of the page's text that an element must hold to be taken for its content."""


@reader(".html")
def read_html(data: bytes) -> Prose:
    """A saved web page: its content's paragraphs, headings, list items and rows of tables."""
    text = _decode(data)
    if "<" not in text:
        raise ReadError("no es una página HTML: no tiene etiquetas", "cámbiele la extensión a .txt")
    found = mojibake(text)
    return Prose(paragraphs_of(_content(_soup(text))), (found,) if found else ())


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
                return clean(data.decode(name))
            except (LookupError, UnicodeError):
                pass
    return decode(data, longest_line=None)


def _content(soup: BeautifulSoup) -> Tag:
    """The smallest part of the page that holds most of its text."""
    body = soup.body or soup
    _strip(body)
    whole = _weight(body)
    if not whole:
        return body
    best, depth = body, -1
    for tag in body.select(_CONTENT):
        deep = len(list(tag.parents))
        if deep > depth and _weight(tag) >= _MOST * whole:
            best, depth = tag, deep
    return best


def _strip(body: Tag) -> None:
    whole = _weight(body)
    for tag in body.find_all(list(_BOILERPLATE)):
        tag.decompose()
    for tag in body.find_all(True):
        if tag.decomposed:
            continue
        if _is_boilerplate(tag) and _weight(tag) < 0.5 * whole:
            tag.decompose()


def _is_boilerplate(tag: Tag) -> bool:
    if tag.name == "form":  # some systems wrap the whole page in one: then it is too heavy to go
        return True
    if tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style", ""))):
        return True
    if str(tag.get("role", "")) in _BOILERPLATE_ROLES:
        return True
    classes = tag.get("class") or []
    names = [*(classes if isinstance(classes, list) else [classes]), str(tag.get("id") or "")]
    return any(_BOILERPLATE_NAME.search(name) for name in names if name)


def _weight(tag: Tag) -> int:
    """Letters of text that are no link."""
    links = sum(len(link.get_text()) for link in tag.find_all("a"))
    return max(0, len(tag.get_text()) - links)
