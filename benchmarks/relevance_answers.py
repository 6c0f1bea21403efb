"""Answers to questions: what somebody answered is found by what was asked, in the words of whoever searches.

``answers_to_questions.tsv`` holds our own queries, each with the place of one answer (see ``relevance_short_turns``).
A query is right where a fragment of the answer's turn is found, not where the question is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.relevance_measures import Figures, Outcome, difference
from benchmarks.relevance_short_turns import Page, load
from indexer.engines import open_index
from indexer.engines.ranking import scorer
from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from search_app.asking.parameters import read
from search_app.finding.results_page import answered

JUDGED = Path(__file__).with_name("answers_to_questions.tsv")
SEED = 20261130


def report(index: SearchIndex, pages: Mapping[PageId, Page], say: Callable[[str], None]) -> None:
    """Ask every query, and once more of an index in which questions lend nothing; say the figures."""
    lent = scorer.LENT_TO_ANSWERS
    try:
        scorer.LENT_TO_ANSWERS = 0.0
        without = open_index(index.folder.parent)
    finally:
        scorer.LENT_TO_ANSWERS = lent
    now, before = _outcomes(index, pages), _outcomes(without, pages)
    without.close()
    for name, outcomes in (("sin que la pregunta preste", before), ("como es", now)):
        figures = Figures.of(outcomes)
        say(f"Respuestas, {name}: {len(outcomes)}; nDCG@10 {figures.ndcg_10:.4f}; MRR@10 {figures.mrr_10:.4f}")
    gain, low, high = difference(now, before, SEED)
    say(f"Diferencia de MRR@10: {gain:+.4f} [{low:+.4f}, {high:+.4f}]")


def _outcomes(index: SearchIndex, pages: Mapping[PageId, Page]) -> list[Outcome]:
    by_file = {page.file: (name, page) for name, page in pages.items()}
    turns = {
        f"{page.file}#{passage.number}": (page.file, passage.turn)
        for name, page in pages.items()
        for passage in index.stretch(name, 0, len(page.numbers))
    }
    found = []
    for query in load(JUDGED):
        wanted = {turns[by_file[file][1].fragment(word)] for file, word in query.grades}
        _, results = answered(read([("q", query.text)]), index)
        hits = [turns[f"{pages[hit.page].file}#{hit.passage.number}"] for hit in results.hits]
        first = next((rank for rank, turn in enumerate(hits, 1) if turn in wanted), None)
        found.append(Outcome((first,) if first else (), 1))
    return found
