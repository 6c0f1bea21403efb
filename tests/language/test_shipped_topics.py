"""The shipped topics in a real index: every equivalent finds every other one, no sign widens a query."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.corpus.vocabulary_files import parse_vocabulary
from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from indexer.language.vocabulary import equivalents_of
from indexer.model.vocabulary import Topic
from search_app.asking.parameters import read
from search_app.finding.results_page import answered
from tests.corpora import CorpusMaker

FILE = Path(__file__).parents[2] / "corpus" / "vocabulario.toml"
TOPICS, _ = parse_vocabulary(FILE.read_text(encoding="utf-8"), FILE.name)


def said(form: str) -> str:
    """A sentence of words that are in no form."""
    return f"Ayer se trató {form} durante la tarde."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """A mesa a topic, where somebody says each of its forms, one a turn."""
    maker = CorpusMaker(tmp_path_factory.mktemp("temas"))
    maker.event()
    (maker.corpus / FILE.name).write_bytes(FILE.read_bytes())
    for topic in TOPICS:
        turns = (f"PONENTE: {said(form)}\n" for form in (*equivalents_of(topic), *topic.signs))
        maker.mesa(topic.id, title=topic.label, transcripcion_txt="\n".join(turns))
    report = maker.update()
    assert not report.failed, report.problems
    opened = open_index(maker.settings.index)
    yield opened
    opened.close()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_every_equivalent_finds_the_fragments_of_every_other(index: SearchIndex, topic: Topic) -> None:
    forms = equivalents_of(topic)
    for form in forms:
        _, found = answered(read([("q", form), ("mesa", topic.id), ("por_pagina", "100")]), index)
        whole = {hit.passage.text for hit in found.hits if hit.full}
        assert {said(other) for other in forms} <= whole, form
        assert topic.id in [expansion.topic for expansion in found.expansions]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_no_sign_widens_a_query_and_each_marks_its_fragment(index: SearchIndex, topic: Topic) -> None:
    for sign in topic.signs:
        _, found = answered(read([("q", sign), ("mesa", topic.id), ("corregir", "no")]), index)
        assert topic.id not in [expansion.topic for expansion in found.expansions], sign
        marked = next(hit.passage for hit in found.hits if hit.passage.text == said(sign))
        assert topic.id in marked.topics, sign


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_no_form_between_quotes_widens_a_query(index: SearchIndex, topic: Topic) -> None:
    for form in equivalents_of(topic):
        assert answered(read([("q", f'"{form}"')]), index)[1].expansions == ()
