"""The query grammar: a linear parser turns the text of a query (operators, phrases, prefixes, fields) into a query
tree.

The text is read once, from left to right, into terms, exclusions, fields and the operator OR. What is not of the
grammar is read as words: quotes that do not close, parentheses, lonely operators, unknown fields.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from indexer.errors import QueryRejected
from indexer.index.facets import FACETS
from indexer.index.query import AnyOf, Clause, Filters, Phrase, Prefix, Term, Word
from indexer.language import spanish

LONGEST = 1_000
"""Characters of a query; more is a 400."""
MOST_WORDS = 32
"""Content words of a query (function words are not counted)."""
LONGEST_PHRASE = 8
"""Words of a phrase."""
SHORTEST_PREFIX = 3
"""Letters of a prefix."""
WIDEST_SLOP = 100
"""Words that may lie between those of a proximity search."""

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂", '"'))
"""For ``str.translate``: every typographic quote to the plain one."""

_FIELD = re.compile(r'([^\W\d_]{4,8}):(?:"([^"]*)"|([^\s"]+))')
_CHUNK = re.compile(r'[^\s"]+')
_SLOP = re.compile(r"~([0-9]+)")
_SPACE = re.compile(r"\s+")
_NEXT_HYPHEN = re.compile(r"""(?P<closes>(?<=[^\s("-])-(?![\w"-]))|(?<![^\s("])-(?=[\w"])|\"""")
"""After a hyphen that opens: one that closes, or else one that opens as well, or a quote."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a text asks for.

    Attributes:
        clauses: In the order typed.
        excluded: What must not be there.
        filters: From the fields of the text.
        notices: What was cut or not understood, in Spanish.
        text: The text as it was read (NFC, without control characters): what pages show again.
    """

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    notices: tuple[str, ...] = ()
    text: str = ""


def clean(text: str) -> str:
    """Text that can be shown, stored and sent: NFC, one space for white space and control characters, no surrogates.

    Characters without a shape of their own (bidirectional marks, zero-width joiners, soft hyphens) are taken out.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if category in ("Cc", "Cs", "Zl", "Zp"):
            kept.append(" ")
        elif category != "Cf":
            kept.append(letter)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", "".join(kept))).strip()


@dataclass(slots=True)
class _Piece:
    """A term as scanned, with what stands before it."""

    term: Term
    excluded: bool = False
    after_or: bool = False


@dataclass(slots=True)
class _Scan:
    """What has been read so far."""

    text: str
    pieces: list[_Piece] = field(default_factory=list)
    operators: list[Word] = field(default_factory=list)
    filters: dict[str, list[str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    pending_or: bool = False
    chunk_from: int = 0

    def add(self, term: Term, excluded: bool = False) -> None:
        self.pieces.append(_Piece(term, excluded, self.pending_or and not excluded))
        self.pending_or = False

    def notice(self, text: str) -> None:
        if text not in self.notices:
            self.notices.append(text)


def parse(text: str) -> ParsedQuery:
    """Read what a person typed.

    Raises:
        QueryRejected: Over 1,000 characters. Nothing else is ever refused.
    """
    # A decomposed letter is at most four code points of Spanish; far beyond that no composing can bring it under.
    if len(text) <= 4 * LONGEST:
        text = clean(text)
    if len(text) > LONGEST:
        raise QueryRejected(
            f"La búsqueda tiene más de {LONGEST:,} caracteres: escriba una más corta, con las palabras que importan"
        )
    scan = _Scan(text.translate(QUOTES))
    _read(scan)
    if not scan.pieces and not scan.filters:
        # Function words and operators count as words where nothing else remains.
        scan.pieces.extend(map(_Piece, scan.operators))
    _limit(scan)
    clauses, excluded = _group(scan.pieces)
    filters = Filters({name: tuple(values) for name, values in scan.filters.items()})
    if text and not clauses and not excluded and not scan.filters:
        scan.notice("La búsqueda no tiene ninguna palabra: se muestra todo")
    return ParsedQuery(clauses, excluded, filters, tuple(scan.notices), text)


def _read(scan: _Scan) -> None:
    """Scan the text once. Every step moves forward, so the time is linear in its length."""
    text = scan.text
    at, last_quote = 0, text.rfind('"')
    while at < len(text):
        letter = text[at]
        if letter in " ()":
            at += 1
        elif letter == '"':
            at = _phrase(scan, at) if at < last_quote else at + 1
        elif letter == "-" and (at == 0 or text[at - 1] in ' ("') and _excludes(text, at + 1, last_quote):
            at = _exclusion(scan, at + 1)
        else:
            at = _chunk(scan, at)


def _excludes(text: str, at: int, last_quote: int) -> bool:
    """Whether the hyphen before ``at`` excludes: a word, or a quote that closes, follows at once.

    Not the first of two that hold an aside -as here- between them.
    """
    if at == len(text) or not text[at].isalnum():
        return at < last_quote and text[at] == '"'
    other = _NEXT_HYPHEN.search(text, at)
    return other is None or not other["closes"]


def _phrase(scan: _Scan, at: int, excluded: bool = False) -> int:
    """Read the phrase whose quote opens at ``at``; it is known that another quote follows."""
    text = scan.text
    end = text.index('"', at + 1)
    words = [(token.text, at + 1 + token.start) for token in spanish.tokens(text[at + 1 : end])]
    at = end + 1
    slop = None
    if distance := _SLOP.match(text, at):
        at = distance.end()
        slop = min(int(distance[1]), WIDEST_SLOP)
        if slop < int(distance[1]):
            scan.notice(f"La distancia entre palabras se limitó a {WIDEST_SLOP}")
    if len(words) > LONGEST_PHRASE:
        words = words[:LONGEST_PHRASE]
        kept = " ".join(word for word, _ in words)
        scan.notice(f"Una frase entre comillas se cortó a sus primeras {LONGEST_PHRASE} palabras: «{kept}»")
    scan.chunk_from = len(scan.pieces)
    if words:
        scan.add(_phrase_of(words, slop if len(words) > 1 else None), excluded)
    return at


def _exclusion(scan: _Scan, at: int) -> int:
    """Read what the hyphen before ``at`` excludes."""
    if scan.text[at] == '"':
        return _phrase(scan, at, excluded=True)
    if named := _field(scan.text, at):
        _, _, end = named
        scan.notice(f"Los campos no se pueden excluir: no se tomó en cuenta «-{scan.text[at:end]}»")
        return end
    match = _CHUNK.match(scan.text, at)
    assert match is not None
    scan.chunk_from = len(scan.pieces)
    for term in _joined(_terms(match[0], at)):
        scan.add(term, excluded=True)
    return match.end()


def _chunk(scan: _Scan, at: int) -> int:
    """Read a run without blanks or quotes: a field, an operator, or words."""
    if named := _field(scan.text, at):
        name, value, end = named
        values = scan.filters.setdefault(name, [])
        if value not in values:
            values.append(value)
        scan.pending_or = False
        scan.chunk_from = len(scan.pieces)
        return end
    match = _CHUNK.match(scan.text, at)
    assert match is not None
    if match[0] == "OR" or (match[0] == "O" and not _begins_sentence(scan.text, at)):
        scan.operators.append(Word(match[0], at))
        _open_or(scan)
        return match.end()
    terms = _terms(match[0], at)
    scan.chunk_from = len(scan.pieces)
    for term in _joined(terms) if scan.pending_or else terms:
        scan.add(term)
    return match.end()


def _begins_sentence(text: str, at: int) -> bool:
    """Whether what stands at ``at`` has its capital from the end of a sentence before it, and not of an ``EE. UU.``."""
    before = text[max(at - 4, 0) : at].rstrip(" (¿¡")
    return before.endswith(("?", "!", "…")) or (before.endswith(".") and before[-2:-1].islower())


def _open_or(scan: _Scan) -> None:
    """Note an OR; a compound to its left (``político-electoral``) becomes one term."""
    scan.pending_or = bool(scan.pieces) and not scan.pieces[-1].excluded
    last = scan.pieces[scan.chunk_from :]
    if scan.pending_or and len(last) > 1:
        joined = _joined([piece.term for piece in last])
        if len(joined) == 1:
            scan.pieces[scan.chunk_from :] = [_Piece(joined[0], after_or=last[0].after_or)]


def _field(text: str, at: int) -> tuple[str, str, int] | None:
    """``mesa:5`` or ``persona:"…"`` at ``at``: filter, value, where it ends; None unless a known field with a value."""
    match = _FIELD.match(text, at)
    name = spanish.fold(match[1]) if match else ""
    if not match or name not in FACETS:
        return None
    value = match[2].strip() if match[2] is not None else match[3].rstrip(",;.)")
    return (name, value, match.end()) if value else None


def _terms(chunk: str, at: int) -> list[Term]:
    """The words of the chunk that stands at ``at``, as the index cuts them; a word before a star is a prefix."""
    found: list[Term] = []
    for token in spanish.tokens(chunk):
        starred = chunk[token.end : token.end + 1] == "*" and not chunk[token.end + 1 : token.end + 2].isalnum()
        prefix = starred and len(token.text) >= SHORTEST_PREFIX
        found.append(Prefix(token.text) if prefix else Word(token.text, at + token.start))
    return found


def _joined(terms: list[Term]) -> list[Term]:
    """The parts of one compound as one term, where a term is needed: ``-político-electoral`` is not two exclusions."""
    words = [(term.text, term.at) for term in terms if isinstance(term, Word)]
    if 1 < len(terms) == len(words) <= LONGEST_PHRASE:
        return [_phrase_of(words)]
    return terms


def _phrase_of(words: list[tuple[str, int]], slop: int | None = None) -> Phrase:
    return Phrase(tuple(word for word, _ in words), slop, tuple(at for _, at in words))


def _content(term: Term) -> int:
    """How many content words a term holds."""
    words = term.words if isinstance(term, Phrase) else (term.text,)
    return sum(spanish.fold(word) not in spanish.FUNCTION_WORDS for word in words)


def _limit(scan: _Scan) -> None:
    """Cut after 32 content words, with a notice; a term is kept whole or not at all."""
    used = 0
    for position, piece in enumerate(scan.pieces):
        used += _content(piece.term)
        if used > MOST_WORDS:
            del scan.pieces[position:]
            scan.notice(f"La búsqueda se cortó a sus primeras {MOST_WORDS} palabras")
            return


def _group(pieces: list[_Piece]) -> tuple[tuple[Clause, ...], tuple[Term, ...]]:
    """Join what OR binds: it binds tighter than juxtaposition."""
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    for piece in pieces:
        if piece.excluded:
            if piece.term not in excluded:
                excluded.append(piece.term)
        elif piece.after_or and groups:
            if piece.term not in groups[-1]:
                groups[-1].append(piece.term)
        else:
            groups.append([piece.term])
    clauses = tuple(group[0] if len(group) == 1 else AnyOf(tuple(group)) for group in groups)
    return clauses, tuple(excluded)
