"""Web pages (.html, .mhtml) and HTML in oTranscribe's files (.otr): the content, without what surrounds it."""

import codecs
import email
import itertools
import json
import re
import warnings
from email.message import Message

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement

from indexer.errors import ReadError
from indexer.model import Document
from indexer.readers.decode import clean, decode, mended
from indexer.readers.documents.html_names import set_names_apart
from indexer.readers.documents.html_paragraphs import paragraphs_of
from indexer.readers.paragraphs import COMMENT, HIDDEN, LINKS, NOTE, SURROUNDS, Prose, gathered, has_words, tidy
from indexer.readers.words import listed, words

_AS_HTML = "ábrala en un navegador y guárdela como .html"
_AS_TEXT = "ábrala en un navegador y guarde su texto como .txt"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_CHARSET_WITHIN = 4096
"""Browsers look for the charset in the first 1,024 bytes; pages of old systems put it later."""

_NO_TEXT = words("script style iframe object svg math input video audio canvas head link meta")
_UNSEEN = words("noscript template")
_BOILERPLATE = words("nav header footer aside button select dialog figcaption")
_FIELDS = words("form textarea")
_BOILERPLATE_ROLES = words("navigation banner contentinfo search complementary menu dialog alert alertdialog")
_PARTS = ["article", "section", "li", "blockquote", "main"]
"""A header inside one of these is the head of that part: a title, or who speaks."""
_BOILERPLATE_NAME = re.compile(rf"(?:^|[-_ ])(?:{'|'.join(listed('boilerplate_names'))})(?:$|[-_ ])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTES = re.compile(r"(?:mso-element:|doc-)(foot|end|comment)(?:note)?s?(?:-list)?")
_NOTE_MARK = re.compile(r"\W?\d{1,3}\W?")
_CONTENT_NAME = words("entry-content post-content content contenido main")
_MOST = 0.6
"""The part of the page's text that an element must hold to be taken for its content."""
_LAST_LINKS = 50
_MAX_TAGS = 400_000
"""More are no page; each costs memory, whatever it holds."""


def read_html(data: bytes) -> Prose:
    """A saved web page: its content's paragraphs, headings, list items and rows of tables."""
    text = _decode(data)
    if "<" not in text:
        raise ReadError("no es una página HTML: no tiene etiquetas", "cámbiele la extensión a .txt")
    if text.count("<") > _MAX_TAGS:
        raise ReadError(f"la página HTML tiene más de {_MAX_TAGS:,} etiquetas", _AS_TEXT)
    out: list[tuple[str, str]] = []
    content = _content(_soup(text), out)
    set_names_apart(content)
    return Prose(paragraphs_of(content), left_out=gathered(out))


def _soup(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            return BeautifulSoup(html, "lxml")
        except (RecursionError, AssertionError, ValueError) as error:
            raise ReadError("la página HTML está demasiado dañada para leerla", _AS_TEXT) from error


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


def _content(soup: BeautifulSoup, out: list[tuple[str, str]]) -> Tag:
    """The smallest part of the page that holds most of its text; what is around it goes to ``out``."""
    body = soup.body or soup
    _strip(body, out)
    weights = _weigh(body)
    best, least = body, _MOST * weights[id(body)]
    for tag in body.find_all(True):  # each of them stands inside the one before: two could not hold so much
        if weights[id(tag)] >= least > 0 and _is_content(tag):
            best = tag
    around = best
    while around is not body and around.parent is not None:
        for node in list(around.parent.children):
            if node is not around:
                _take_out(node, SURROUNDS, out)
        around = around.parent
    _without_last_links(best, out)
    return best


def _strip(body: Tag, out: list[tuple[str, str]]) -> None:
    """Take out what is never the text, and what looks like boilerplate unless it holds half of the page."""
    weights = _weigh(body)
    for tag in body.find_all(True):
        if tag.decomposed:
            continue
        if tag.name in _NO_TEXT or _is_note_mark(tag):
            tag.decompose()
        elif why := _why_not(tag, light=2 * weights[id(tag)] < weights[id(body)]):
            _take_out(tag, why, out)


def _why_not(tag: Tag, *, light: bool) -> str:
    """Why an element is no part of the text; empty where it may be."""
    if tag.name in _UNSEEN or tag.name == "del":
        return HIDDEN
    if tag.name == "div" and (note := _NOTES.search(str(tag.get("style") or tag.get("role") or ""))):
        return COMMENT if note[1] == "comment" else NOTE
    if tag.name in _BOILERPLATE and not (tag.name == "header" and tag.find_parent(_PARTS)):
        return SURROUNDS
    if not light:
        return ""
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or _HIDDEN.search(str(tag.get("style", ""))):
        return HIDDEN
    return SURROUNDS if _is_boilerplate(tag) else ""


def _is_note_mark(tag: Tag) -> bool:
    """Whether it is the number that leads to a note: it is not said."""
    leads = tag.name == "a" and str(tag.get("href") or "").startswith("#")
    return leads and _NOTE_MARK.fullmatch(tag.get_text().strip()) is not None


def _take_out(node: PageElement, why: str, out: list[tuple[str, str]]) -> None:
    """Take a part out of the page, and keep what it says; parts that are all links are told apart."""
    if isinstance(node, Tag):
        text = tidy(node.get_text(" "))
        links = not _weigh(node)[id(node)]
        if has_words(text):
            out.append((text, LINKS if links and why == SURROUNDS else why))
        node.decompose()
    elif type(node) is NavigableString:
        if has_words(node):
            out.append((tidy(str(node)), why))
        node.extract()


def _without_last_links(root: Tag, out: list[tuple[str, str]]) -> None:
    """Take out the links that a page ends with («Regresar»): nobody says them after the last who spoke."""
    last = [node for node in root.descendants if type(node) is NavigableString and node.strip()]
    for _ in range(_LAST_LINKS):
        link = last[-1].find_parent("a") if last else None
        if link is None:
            return
        beside = link.parent
        if beside is not None and _weigh(beside)[id(beside)]:
            return  # a link at the end of a sentence
        out.append((tidy(link.get_text(" ")), LINKS))
        last = last[: -sum(1 for node in link.descendants if type(node) is NavigableString and node.strip())]
        link.decompose()


def _is_content(tag: Tag) -> bool:
    if tag.name in ("main", "article") or tag.get("role") == "main":
        return True
    return any(name.lower() in _CONTENT_NAME for name in _names(tag))


def _is_boilerplate(tag: Tag) -> bool:
    # Some systems wrap the whole page in a form: then it is too heavy to go.
    if tag.name in _FIELDS or str(tag.get("role", "")) in _BOILERPLATE_ROLES:
        return True
    return any(_BOILERPLATE_NAME.search(name) for name in _names(tag))


def _names(tag: Tag) -> list[str]:
    """Its classes and its id."""
    return [str(name) for name in (*tag.get_attribute_list("class"), tag.get("id")) if name]


def _weigh(root: Tag) -> dict[int, int]:
    """Letters of text that are no link inside each tag, by ``id``; from the last tag on, so that none is met twice."""
    weights: dict[int, int] = {}
    for tag in reversed([root, *root.find_all(True)]):
        own = sum(len(node.strip()) for node in tag.children if type(node) is NavigableString)
        inside = sum(weights[id(child)] for child in tag.children if isinstance(child, Tag))
        weights[id(tag)] = 0 if tag.name == "a" else own + inside
    return weights


MAX_PARTS = 5_000


def read_web_archive(data: bytes) -> Prose | Document:
    """The first page of the archive, refused without one; frames, pictures and style sheets are no text of it."""
    try:
        page = next(filter(None, map(_page, itertools.islice(email.message_from_bytes(data).walk(), MAX_PARTS))), None)
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise ReadError("la página archivada está dañada", _AS_HTML) from error
    if page is None:
        raise ReadError("no contiene ninguna página web", _AS_HTML)
    return read_html(page)


def _page(part: Message) -> bytes | None:
    """The bytes of a part that is HTML, in UTF-8 where the part says how it is encoded."""
    data, charset = part.get_payload(decode=True), part.get_content_charset()
    html = part.get_content_type() in ("text/html", "application/xhtml+xml")
    if not html or not isinstance(data, bytes) or not data.strip():
        return None
    try:
        return codecs.BOM_UTF8 + data.decode(charset).encode() if charset else data
    except (LookupError, UnicodeError):
        return data


def read_otranscribe(data: bytes) -> Prose:
    """Its paragraphs, times before their words as in a panel. Raises ``ReadError``: oTranscribe did not save it."""
    try:
        text = clean(json.loads(decode(data, longest_line=None))["text"])
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise ReadError("no es un archivo de oTranscribe", "expórtelo de nuevo desde oTranscribe") from error
    return Prose(paragraphs_of(BeautifulSoup(text, "lxml")))
