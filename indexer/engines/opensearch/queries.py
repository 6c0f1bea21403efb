"""The clauses of a query as queries of OpenSearch. What matches is as in the local engine; scores are native BM25."""

from collections.abc import Iterable, Sequence
from typing import Any

from indexer.engines.understanding.clauses import (
    BIGRAM,
    EXACT,
    AnyOfClause,
    Bigram,
    PhraseClause,
    PrefixClause,
    ResolvedQuery,
    SingleClause,
    WordClause,
)
from indexer.errors import NotOffered

Json = dict[str, Any]
ABOVE = 64
"""Per clause, more than the scores of a word, its exact form and a bigram together."""


def any_of(queries: Sequence[Json]) -> Json:
    """What one of some queries matches; scores add up."""
    return {"bool": {"should": list(queries), "minimum_should_match": 1}} if queries else {"match_none": {}}


def all_of(queries: Sequence[Json]) -> Json:
    """What all of some queries match, unscored."""
    return {"bool": {"filter": list(queries)}}


def term(field: str, value: str, boost: float = 1.0) -> Json:
    """What holds a term."""
    return {"term": {field: {"value": value, "boost": boost}}}


def clause_query(clause: WordClause | PhraseClause | PrefixClause | AnyOfClause) -> Json:
    """What a clause matches.

    Raises:
        NotOffered: It is a phrase of several words.
    """
    match clause:
        case WordClause():
            return _words(clause)
        case PrefixClause():
            forms = any_of([term("exact", form) for form in clause.forms])
            return {"bool": {"must": [forms, _words(clause.before)]}} if clause.before else forms
        case AnyOfClause():
            return any_of([clause_query(part) for part in clause.parts])
        case PhraseClause(forms=(form,), slop=None):
            return term("exact", form, 1 + EXACT)
        case PhraseClause():
            raise NotOffered("las frases entre comillas")


def excluded(part: SingleClause) -> Json:
    """What an exclusion leaves out: of one word, where one of its stems stands."""
    if isinstance(part, WordClause):
        if len(part.stems) > 1:
            raise NotOffered("la exclusión de varias palabras unidas")
        return any_of([term("stem", stem) for stem in part.stems[0]])
    return clause_query(part)


def matching(resolved: ResolvedQuery, apart: Sequence[WordClause], *, ranked: bool) -> Json:
    """What the words of a query match; full matches score above all others.

    Args:
        resolved: The query.
        apart: Words of names of topics that count where the topic is not.
        ranked: Whether scores are of words; else they are the number of clauses that match.
    """
    loose = [clause_query(clause) for clause in resolved.loose]
    topics = [query for query, clause in zip(loose, resolved.loose, strict=True) if getattr(clause, "apart", ())]
    every = [*loose, *({"bool": {"must": [clause_query(word)], "must_not": topics}} for word in apart)]
    should = every if ranked else [{"constant_score": {"filter": query}} for query in every]
    must = [clause_query(clause) for clause in resolved.required]
    if loose:
        must.append(any_of(should))
    bonus = [{"constant_score": {"filter": all_of(loose), "boost": above(resolved)}}]
    if ranked:
        bonus += map(_bigram, (pair for pair in resolved.bigrams if all(word.topic is None for word in pair)))
    return {
        "bool": {
            "must": must or [{"match_all": {}}],
            "must_not": [excluded(part) for part in resolved.excluded],
            "should": bonus,
        }
    }


def above(resolved: ResolvedQuery) -> float:
    """Return what a full match scores beyond its words."""
    return float(ABOVE * (1 + len(resolved.loose) + len(resolved.required)))


def _words(clause: WordClause) -> Json:
    if clause.topic is not None and not clause.stems:
        return term("concept", clause.topic)
    words = [any_of([term("stem", stem) for stem in stems]) for stems in clause.stems]
    stems = words[0] if len(words) == 1 else {"bool": {"must": words}}
    if clause.topic is not None:
        stems = {"dis_max": {"queries": [stems, term("concept", clause.topic)]}}
    if len(clause.forms) > 1:
        return {"bool": {"must": [stems], "should": [_in_order("exact", [(form,) for form in clause.forms], EXACT)]}}
    return any_of([stems, term("exact", clause.forms[0], EXACT)])


def _bigram(pair: Bigram) -> Json:
    return _in_order("stem", [word.stems for word in pair], BIGRAM)


def _in_order(field: str, words: Iterable[Sequence[str]], boost: float) -> Json:
    """Terms after each other, each one of several."""
    clauses = [{"span_or": {"clauses": [{"span_term": {field: one}} for one in terms]}} for terms in words]
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True, "boost": boost}}
