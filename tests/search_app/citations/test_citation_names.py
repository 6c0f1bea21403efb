"""Spanish names: which words are given names and which are surnames."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import open_index
from search_app.citations.names import split_name
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

LIST = Path(__file__).with_name("spanish_names.txt")
NAMES = [line.split(" | ") for line in LIST.read_text(encoding="utf-8").splitlines()[1:]]


def test_the_surnames_of_every_name_of_the_list_come_first() -> None:
    """The list is of real and likely names: particles, saints, devotions, patronymics, two surnames of one."""
    assert len(NAMES) == 104
    for first, last in NAMES:
        said = last.removeprefix("=") if last.startswith("=") else None
        name = split_name(f"{first} {said or last}", said)
        assert name == (first, said or last)


@pytest.mark.parametrize(("name", "inverted"), [("Dra. Ana Ruiz", "Ruiz, Ana"), ("Ana", "Ana")])
def test_titles_go_and_a_single_name_stays(name: str, inverted: str) -> None:
    assert split_name(name).inverted == inverted


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("July Erika Armenta Paulino", "J. E."),
        ("María de los Ángeles Moreno Uriegas", "M. de los Á."),
        ("Jean-Paul Ruiz Soto", "J.-P."),
        ("Ana", ""),
    ],
)
def test_initials_are_of_the_given_names(name: str, initials: str) -> None:
    assert split_name(name).initials == initials


WORDS = ["Ana", "José", "de", "la", "los", "Ruiz", "López-Gatell", "María", "Santiago", "y", "Paz"]


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_no_word_of_a_name_is_lost_or_moved(words: list[str]) -> None:
    name = split_name(" ".join(words))
    assert f"{name.given} {name.family}".split() == words


def test_what_staff_say_of_a_participant_decides_and_must_end_the_name(maker: CorpusMaker) -> None:
    participant = '[[participantes]]\nnombre = "Eduardo Clark García Dobarganes"\napellidos = '
    maker.event()
    maker.mesa(
        extra=f'{participant}"Clark García Dobarganes"\n',
        transcripcion_txt="EDUARDO CLARK GARCÍA DOBARGANES: Buenos días.\n",
    )
    assert maker.update().problems == ()
    index = open_index(maker.settings.index)
    page = create_app(index).test_client().get("/foro/mesa-1/p1").get_data(as_text=True)
    index.close()
    assert '"citation_author" content="Clark García Dobarganes, Eduardo"' in page
    maker.mesa(extra=f'{participant}"Clark García"\n')
    assert "«apellidos» no es el final de" in str(maker.update().problems)
