"""The query grammar: a linear parser turns the text of a query (operators, phrases, prefixes, fields) into a query
tree.

The text is read once, from left to right, into terms, exclusions, fields and the operator OR. What is not of the
grammar is read as words: quotes that do not close, parentheses, lonely operators, unknown fields.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.errors import QueryRejected
from indexer.index.facets import FACETS
from indexer.index.query import AnyOf, Clause, Filters, Term, Word
from indexer.language import spanish
from search_app.asking.operators import DASHES, FOLLOWING, NOT, OR, excludes, operator
from search_app.asking.question_words import ABOUT, SAYING, opening
from search_app.asking.terms import LONGEST_PHRASE, content, joined, phrase_of, terms_of
from search_app.asking.typed_text import QUOTES, clean

LONGEST = 1_000
"""Characters of a query; more is a 400."""
MOST_WORDS = 32
"""Content words of a query (function words are not counted)."""
WIDEST_SLOP = 100
"""Words that may lie between those of a proximity search."""

_FIELD = re.compile(r'([^\W\d_]{4,8}):(?:"([^"]*)"|([^\s"]+))')
_CHUNK = re.compile(r'[^\s"]+')
_SLOP = re.compile(r"~([0-9]+)")


Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a text asks for.

    Attributes:
        clauses: In the order typed.
        excluded: What must not be there.
        filters: From the fields of the text.
        notices: What was cut or not understood, in Spanish.
        text: The text as it was read (NFC, without control characters): what pages show again.
        fields, exclusions: Where these stand in ``text``.
    """

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    notices: tuple[str, ...] = ()
    text: str = ""
    fields: tuple[Place, ...] = ()
    exclusions: tuple[Place, ...] = ()

    def without(self, places: Iterable[Place]) -> str:
        """The text without what stands at some places."""
        left = self.text
        for start, end in sorted(places, reverse=True):
            left = f"{left[:start]} {left[end:]}"
        return clean(left)


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
    fields: list[Place] = field(default_factory=list)
    exclusions: list[Place] = field(default_factory=list)
    pending_or: bool = False
    excluding: bool = False
    chunk_from: int = 0

    @property
    def shouted(self) -> bool:
        """Whether no letter of the text is small, but for names of fields."""
        return not any(map(str.islower, _FIELD.sub("", self.text)))

    def add(self, term: Term, excluded: bool = False) -> None:
        excluded = excluded or self.excluding
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
    _drop_opening(scan)
    if not scan.pieces and not scan.filters:
        # Function words and operators count as words where nothing else remains.
        scan.pieces.extend(map(_Piece, scan.operators))
    _limit(scan)
    clauses, excluded = _group(scan.pieces)
    filters = Filters({name: tuple(values) for name, values in scan.filters.items()})
    if text and not clauses and not excluded and not scan.filters:
        scan.notice("La búsqueda no tiene ninguna palabra: se muestra todo")
    places = tuple(scan.fields), tuple(scan.exclusions)
    return ParsedQuery(clauses, excluded, filters, tuple(scan.notices), text, *places)


def _read(scan: _Scan) -> None:
    """Scan the text once. Every step moves forward, so the time is linear in its length."""
    text = scan.text
    at, last_quote = 0, text.rfind('"')
    while at < len(text):
        letter = text[at]
        if letter in " ()":
            scan.excluding = scan.excluding and letter != ")"
            at += 1
        elif letter == '"':
            at = _phrase(scan, at) if at < last_quote else at + 1
        elif letter in DASHES and (at == 0 or text[at - 1] in ' ("') and excludes(text, at + 1, last_quote):
            at = _exclusion(scan, at, at + 1)
        else:
            at = _chunk(scan, at)


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
        scan.add(phrase_of(words, slop if len(words) > 1 else None), excluded)
    return at


def _exclusion(scan: _Scan, start: int, at: int) -> int:
    """Read what the dash, or the NOT, at ``start`` excludes: what stands at ``at``."""
    end = _excluded(scan, at)
    scan.exclusions.append((start, end))
    return end


def _excluded(scan: _Scan, at: int) -> int:
    if scan.text[at] == '"':
        return _phrase(scan, at, excluded=True)
    if named := _field(scan.text, at):
        _, _, end = named
        scan.notice(f"Los campos no se pueden excluir: no se tomó en cuenta «-{scan.text[at:end]}»")
        return end
    match = _CHUNK.match(scan.text, at)
    assert match is not None
    scan.chunk_from = len(scan.pieces)
    for term in joined(terms_of(match[0], at)):
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
        scan.fields.append((at, end))
        return end
    match = _CHUNK.match(scan.text, at)
    assert match is not None
    if found := operator(scan.text, match[0], at, shouted=scan.shouted, after_or=scan.pending_or):
        scan.operators.append(Word(match[0], at))
        if found is OR:
            _open_or(scan)
        if found is not NOT:
            return match.end()
        following = FOLLOWING.match(scan.text, match.end())
        assert following is not None
        closes = scan.text.find(")", following.end()) if "(" in following[0] else -1
        if closes < 0:
            return _exclusion(scan, at, following.start("term"))
        scan.excluding = True
        scan.exclusions.append((at, closes + 1))
        return following.start("term")
    terms = terms_of(match[0], at)
    scan.chunk_from = len(scan.pieces)
    for term in joined(terms) if scan.pending_or else terms:
        scan.add(term)
    scan.excluding = scan.excluding and ")" not in match[0]
    return match.end()


def _open_or(scan: _Scan) -> None:
    """Note an OR; a compound to its left (``político-electoral``) becomes one term."""
    scan.pending_or = bool(scan.pieces) and not scan.pieces[-1].excluded
    last = scan.pieces[scan.chunk_from :]
    if scan.pending_or and len(last) > 1:
        compound = joined([piece.term for piece in last])
        if len(compound) == 1:
            scan.pieces[scan.chunk_from :] = [_Piece(compound[0], after_or=last[0].after_or)]


def _field(text: str, at: int) -> tuple[str, str, int] | None:
    """``mesa:5`` or ``persona:"…"`` at ``at``: filter, value, where it ends; None unless a known field with a value."""
    match = _FIELD.match(text, at)
    name = spanish.fold(match[1]) if match else ""
    if not match or name not in FACETS:
        return None
    value = match[2].strip() if match[2] is not None else match[3].rstrip(",;.)")
    return (name, value, match.end()) if value else None


def _drop_opening(scan: _Scan) -> None:
    """Leave out the words of a question that say nothing of its subject, where any other is left.

    «¿Qué dijo X que haría?» asks for what texts tell as «X dijo que»: there they stay.
    """
    words = spanish.tokens(scan.text)
    begins = opening(words, SAYING)
    if begins and all(word.form != "que" for word in words[begins.words :]):
        end = words[begins.words - 1].end
        dropped = {
            id(piece)
            for piece in scan.pieces
            if isinstance(piece.term, Word) and (piece.term.at < end or spanish.fold(piece.term.text) in ABOUT)
        }
        kept = [piece for piece in scan.pieces if id(piece) not in dropped]
        scan.pieces = kept if any(content(piece.term) for piece in kept) else scan.pieces


def _limit(scan: _Scan) -> None:
    """Cut after 32 content words, with a notice; a term is kept whole or not at all."""
    used = 0
    for position, piece in enumerate(scan.pieces):
        used += content(piece.term)
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
