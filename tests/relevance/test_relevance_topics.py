"""Which topics fragments of our own are tagged with, beside those that they speak of (``topics.tsv``)."""

from __future__ import annotations

from pathlib import Path

from indexer.corpus.vocabulary_files import parse_vocabulary
from indexer.language.tagging import tagged
from indexer.language.vocabulary import vocabulary_of

ROOT = Path(__file__).parents[2]
TOPICS, _ = parse_vocabulary((ROOT / "corpus" / "vocabulario.toml").read_text(encoding="utf-8"), "vocabulario.toml")

# A little under what was measured last (docs/relevance.md).
FLOOR_PRECISION = 0.95
FLOOR_RECALL = 0.92


def test_fragments_bear_the_topics_that_they_speak_of() -> None:
    rows = [
        line.split("\t") for line in Path(__file__).with_name("topics.tsv").read_text(encoding="utf-8").splitlines()
    ]
    right, wrong, missed = [], [], []
    for speaks_of, text in (row for row in rows if not row[0].startswith("#")):
        found, wanted = set(tagged(vocabulary_of(TOPICS), text)), set(speaks_of.split()) - {"-"}
        assert wanted <= {topic.id for topic in TOPICS}
        right += [(topic, text) for topic in found & wanted]
        wrong += [(topic, text) for topic in found - wanted]
        missed += [(topic, text) for topic in wanted - found]
    assert len(right) / len(right + wrong) >= FLOOR_PRECISION, wrong
    assert len(right) / len(right + missed) >= FLOOR_RECALL, missed
