"""The terms of a query, out of the words that stand between two blanks."""

from indexer.index.query import Phrase, Prefix, Term, Word
from indexer.language import spanish

LONGEST_PHRASE = 8
"""Words of a phrase."""
SHORTEST_PREFIX = 3
"""Letters of a prefix."""


def terms_of(chunk: str, at: int) -> list[Term]:
    """The words of the chunk that stands at ``at``, as the index cuts them; a word before a star is a prefix."""
    found: list[Term] = []
    for token in spanish.tokens(chunk):
        starred = chunk[token.end : token.end + 1] == "*" and not chunk[token.end + 1 : token.end + 2].isalnum()
        prefix = starred and len(token.text) >= SHORTEST_PREFIX
        found.append(Prefix(token.text) if prefix else Word(token.text, at + token.start))
    return found


def joined(terms: list[Term]) -> list[Term]:
    """The parts of one compound as one term, where a term is needed: ``-político-electoral`` is not two exclusions."""
    words = [(term.text, term.at) for term in terms if isinstance(term, Word)]
    if 1 < len(terms) == len(words) <= LONGEST_PHRASE:
        return [phrase_of(words)]
    return terms


def phrase_of(words: list[tuple[str, int]], slop: int | None = None) -> Phrase:
    return Phrase(tuple(word for word, _ in words), slop, tuple(at for _, at in words))


def content(term: Term) -> int:
    """How many content words a term holds."""
    words = term.words if isinstance(term, Phrase) else (term.text,)
    return sum(spanish.fold(word) not in spanish.FUNCTION_WORDS for word in words)
