"""A vocabulary with an error never takes the service down: the last good one stays, the message names the line."""

from __future__ import annotations

import pytest

from indexer.engines import open_index
from tests.corpora import CorpusMaker

GOOD = """[[temas]]
id = "prep"
etiqueta = "Programa de Resultados Electorales Preliminares"
siglas = ["PREP"]
"""
OTHER = '[[temas]]\nid = "computos"\netiqueta = "Cómputos"\n'


@pytest.fixture
def built(maker: CorpusMaker) -> CorpusMaker:
    """A corpus with a topic, published once."""
    maker.event()
    maker.mesa(transcripcion_txt="MODERADORA: Se difunde el Programa de Resultados Electorales Preliminares.\n")
    write(maker, GOOD)
    assert not maker.update().failed
    return maker


def write(maker: CorpusMaker, text: str) -> None:
    (maker.corpus / "vocabulario.toml").write_text(text, encoding="utf-8")


def topics(maker: CorpusMaker) -> list[str]:
    index = open_index(maker.settings.index)
    try:
        return [topic.id for topic in index.overview().catalogue.topics]
    finally:
        index.close()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GOOD + "rota\n", 5),
        (GOOD.replace('"PREP"]', '"PREP'), 4),
        (GOOD.replace("etiqueta", "nombre"), 1),
        (GOOD + 'mas_amplio = ["nadie"]\n', 5),
        (GOOD + OTHER + 'equivalentes = ["prep"]\n', 8),
        (GOOD + 'signos = [\n  "actas",\n  "cómputos",\n]\n' + OTHER, 7),
        (GOOD + 'mas_amplio = ["computos"]\n' + OTHER + 'mas_amplio = ["prep"]\n', 9),
        (GOOD + OTHER + 'color = "azul"\n', 8),
    ],
)
def test_the_last_good_topics_stay_and_the_message_names_the_line(built: CorpusMaker, text: str, line: int) -> None:
    write(built, text)
    for _ in range(2):
        report = built.update()
        assert report.failed
        errors = [problem.path for problem in report.problems if problem.severity == "error"]
        assert f"vocabulario.toml:{line}" in errors
        assert topics(built) == ["prep"]
        found = built.search("PREP")
        assert (found.total_full, [e.topic for e in found.expansions]) == (1, ["prep"])
    write(built, GOOD + OTHER)
    assert not built.update().failed
    assert topics(built) == ["prep", "computos"]


def test_a_vocabulary_that_cannot_be_decoded_keeps_the_last_good_one(built: CorpusMaker) -> None:
    (built.corpus / "vocabulario.toml").write_bytes(b"\x00\xff\xfe\x00")
    assert built.update().failed
    assert topics(built) == ["prep"]


def test_without_a_good_build_what_is_left_of_it_serves(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt="MODERADORA: Se difunde el PREP.\n")
    write(maker, GOOD + OTHER + 'mas_amplio = ["nadie"]\n')
    assert maker.update().failed
    assert topics(maker) == ["prep", "computos"]


def test_a_vocabulary_that_was_taken_away_is_gone(built: CorpusMaker) -> None:
    (built.corpus / "vocabulario.toml").unlink()
    assert not built.update().failed
    assert topics(built) == []
