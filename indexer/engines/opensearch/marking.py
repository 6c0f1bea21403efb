"""Where the clauses of a query stand in a passage, told from the terms that are kept with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexer.engines.opensearch.mapping import document, names_at, words_at
from indexer.engines.understanding.clauses import AnyOfClause, PhraseClause, PrefixClause, WordClause
from indexer.index.results import Spans

Clause = WordClause | PhraseClause | PrefixClause | AnyOfClause
Words = Sequence[tuple[int, str, str]]


def marks(source: Mapping[str, Any], clauses: Iterable[Clause]) -> Spans:
    """Return what the clauses mark in the text of a passage."""
    words = tuple(words_at(source))
    return document(source).marks(0, (span for clause in clauses for span in _places(source, words, clause)))


def _places(source: Mapping[str, Any], words: Words, clause: Clause) -> Iterator[tuple[int, int]]:
    match clause:
        case AnyOfClause():
            for part in clause.parts:
                yield from _places(source, words, part)
        case PhraseClause():
            yield from ((at, at) for at, form, _ in words if form in clause.forms)
        case PrefixClause():
            before = list(_places(source, words, clause.before)) if clause.before else []
            here = [(at, at) for at, form, _ in words if form in clause.forms]
            if here and (before or clause.before is None):
                yield from (*before, *here)
        case WordClause():
            if clause.topic is not None and (named := list(names_at(source, clause.topic))):
                yield from named
                return
            held = {stem for _, _, stem in words}
            if len(clause.forms) != 1 and not all(held.intersection(stems) for stems in clause.stems):
                return
            wanted = {stem for stems in clause.stems for stem in stems}
            whole = list(_as_typed(words, clause.forms)) if len(clause.forms) > 1 else []
            alone = clause.forms if len(clause.forms) == 1 else ()
            yield from whole or ((at, at) for at, form, stem in words if stem in wanted or form in alone)


def _as_typed(words: Words, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where several forms follow each other."""
    at_place: dict[int, set[str]] = {}
    for at, form, _ in words:
        at_place.setdefault(at, set()).add(form)
    for at in at_place:
        if all(form in at_place.get(at + n, ()) for n, form in enumerate(forms)):
            yield at, at + len(forms) - 1
