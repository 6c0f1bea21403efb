"""Spelling corrections in words: which text was searched, and which text the reader may have meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from indexer.index.query import words_of
from indexer.index.results import Correction, Results
from search_app.asking.grammar import ParsedQuery
from search_app.asking.parameters import Asked
from search_app.shown.addresses import Pairs, paged_address
from search_app.shown.formatting import listed
from search_app.shown.page_parts import Link


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a page says of mistyped words.

    Attributes:
        notice: Which words were searched otherwise; None where all were searched as typed.
        as_typed: The search for the words as they are.
        meant: The search that may have been meant; None where there is no better one.
    """

    notice: str | None = None
    as_typed: Link | None = None
    meant: Link | None = None


def corrected_text(asked: Asked, results: Results) -> str | None:
    """``corregida``: the text that was searched instead of the one typed, its operators and fields kept."""
    applied = [correction for correction in results.corrections if correction.applied]
    return _rewritten(asked.searched, applied) if applied or asked.reading else None


def suggested_text(asked: Asked, results: Results) -> str | None:
    """``sugerencia``: the whole text that may have been meant, what was searched instead included."""
    if all(correction.applied for correction in results.corrections):
        return None
    return _rewritten(asked.searched, results.corrections)


_AMONG_RESULTS = partial(paged_address, "/buscar")


def spelling(asked: Asked, results: Results, address: Callable[[Pairs], str] = _AMONG_RESULTS) -> Spelling:
    """The same in words, with the addresses that are made of the parameters of a search."""
    applied = [correction for correction in results.corrections if correction.applied]
    suggested = suggested_text(asked, results)
    others = (pair for pair in asked.pairs() if pair[0] != "q")
    meant = Link(suggested, address([("q", suggested), *others])) if suggested else None
    if not applied and not asked.reading:
        return Spelling(meant=meant)
    as_typed = address([*asked.pairs(), ("corregir", "no")])
    if asked.reading and not applied:
        return Spelling(asked.reading.told, Link(asked.reading.back, as_typed), meant)
    what = f"«{applied[0].typed}»" if len(applied) == 1 else "lo escrito"
    said = searched_instead(results)
    if asked.reading:
        said, what = f"{asked.reading.told}. {said}", "lo escrito"
    return Spelling(said, Link(f"Buscar {what} tal cual", as_typed), meant)


def searched_instead(results: Results) -> str:
    """Which words are nowhere, and what was searched in their place."""
    applied = [correction for correction in results.corrections if correction.applied]
    typed = [f"«{correction.typed}»" for correction in applied]
    absent = " ni ".join(filter(None, (", ".join(typed[:-1]), typed[-1])))
    return f"No hay fragmentos con {absent}; se buscó {listed([f'«{one.corrected}»' for one in applied])}"


def _rewritten(parsed: ParsedQuery, corrections: Sequence[Correction]) -> str:
    """The text with these words replaced where they stand; applied ones stay as they are inside quotes."""
    loose = {c.typed: c.corrected for c in corrections if c.applied}
    every = {c.typed: c.corrected for c in corrections if not c.applied}
    text, parts, end = parsed.text, [], 0
    for at, typed, quoted in sorted(words_of(parsed.clauses)):
        corrected = every.get(typed) or (None if quoted else loose.get(typed))
        if corrected is not None and at >= end:
            parts += [text[end:at], corrected]
            end = at + len(typed)
    return "".join([*parts, text[end:]])
