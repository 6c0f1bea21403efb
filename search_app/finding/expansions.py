"""Query expansions in words: one line per topic that widened the search, with the address that removes it."""

from indexer.index.results import Results
from indexer.language.spanish import fold
from indexer.model.vocabulary import Topic
from search_app.asking.parameters import Asked
from search_app.finding.page_model import ExpansionLine
from search_app.shown.addresses import topic_address
from search_app.shown.collection import Collection
from search_app.shown.formatting import count

FEW = 2
"""Other names that are told where a topic has neither an acronym nor another label than what was typed."""


def expansion_lines(asked: Asked, results: Results, collection: Collection) -> tuple[ExpansionLine, ...]:
    """The topics that widened a search, in the order typed."""
    typed: dict[str, list[str]] = {}
    for expansion in results.expansions:
        said = typed.setdefault(expansion.topic, [])
        if fold(expansion.text) not in map(fold, said):
            said.append(expansion.text)
    return tuple(
        ExpansionLine(words(collection.topics[topic], said), topic_address(topic), asked.address(plus=[("sin", topic)]))
        for topic, said in typed.items()
        if topic in collection.topics
    )


def words(topic: Topic, typed: list[str]) -> str:
    """``PREP = Programa de Resultados Electorales Preliminares``: what was typed, then how else the topic is called."""
    said = set(map(fold, typed))
    names = [form for form in (*topic.acronyms[:1], topic.label) if fold(form) not in said]
    more = ""
    if not names:
        others = [form for form in (*topic.acronyms, *topic.equivalents) if fold(form) not in said]
        names, rest = others[:FEW], len(others) - FEW
        more = f" y {count(rest, 'forma más', 'formas más')}" if rest > 0 else ""
        names = [", ".join(names)] if names else []
    return " = ".join([*typed, *names]) + more
