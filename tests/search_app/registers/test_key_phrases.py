"""«De qué se habló»: the key phrases on the page of a mesa, an event or a person, where few topics fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from indexer.engines import open_index
from tests.corpora import CorpusMaker
from tests.search_app.study.studied_forum import VOCABULARY, Studied

ABOUT_VOTES = "ANA RUIZ PEÑA: " + " ".join(["Llega el voto electrónico de quienes viven lejos."] * 9)
ABOUT_BALLOTS = "BERTA DÍAZ LUNA: " + " ".join(["Se mandan las boletas impresas a cada distrito."] * 9)
ABOUT_A_TOPIC = "CARLA SOL PAZ: " + " ".join(["Corre el PREP con los datos duros de ayer."] * 9)


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    maker = CorpusMaker(tmp_path_factory.mktemp("frases"))
    (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    maker.event()
    maker.mesa("mesa-1", title="Uno", transcripcion_txt=ABOUT_VOTES)
    maker.mesa("mesa-2", title="Dos", transcripcion_txt=ABOUT_BALLOTS)
    maker.mesa("mesa-3", title="Tres", transcripcion_txt=ABOUT_A_TOPIC)
    maker.event("ensayo", title="Ensayo", extra="ficticio = true\n")
    maker.mesa(
        "mesa-9",
        event="ensayo",
        title="Nueve",
        transcripcion_txt=ABOUT_VOTES.replace("voto electrónico", "padrón lunar"),
    )
    assert not maker.update().failed
    index = open_index(maker.settings.index)
    yield Studied(index)
    index.close()


def phrases(page: str) -> dict[str, str]:
    """By phrase, the address of its search; nothing where the page has none."""
    section = re.search(r'<h2 id="frases">De qué se habló</h2>(.*?)</section>', page)
    links = re.findall(r'<a rel="nofollow" href="([^"]+)">([^<]+)</a>', section[1]) if section else []
    return {phrase: url for url, phrase in links}


@pytest.mark.parametrize(
    ("address", "phrase"),
    [
        ("/foro/mesa-1/", "voto electrónico"),
        ("/personas/ana-ruiz-pena", "voto electrónico"),
        ("/ensayo/mesa-9/", "padrón lunar"),
        ("/ensayo/", "padrón lunar"),
    ],
)
def test_each_phrase_leads_to_where_it_was_said(forum: Studied, address: str, phrase: str) -> None:
    found = phrases(forum.page(address))
    assert list(found) == [phrase]
    assert forum.total(found[phrase]) == len(forum.passages("foro/mesa-1"))


def test_where_most_fragments_bear_a_topic_none_is_shown(forum: Studied) -> None:
    assert phrases(forum.page("/foro/mesa-3/")) == {}
    assert phrases(forum.page("/personas/carla-sol-paz")) == {}


def test_an_event_that_is_all_there_is_has_nothing_that_it_says_more_of(forum: Studied) -> None:
    assert phrases(forum.page("/foro/")) == {}
