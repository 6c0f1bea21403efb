"""Staff see which names are guesses, before and after publishing, and confirm them as they name anybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from indexer import history
from indexer.errors import CorpusError
from indexer.model import Kind, PageId
from indexer.operations.corrections import corrections_view
from indexer.operations.inspection import examine
from indexer.operations.open_pages import open_page
from indexer.operations.replacement import compare
from indexer.operations.speakers import rename_speaker, speakers_view
from tests.corpora import CorpusMaker
from tests.guesses import SAID, guessing, write_guesses

MESA = PageId("foro", "mesa-1")


@pytest.fixture(autouse=True)
def _guesses() -> Iterator[None]:
    with guessing():
        yield


@pytest.fixture
def mesa(maker: CorpusMaker) -> CorpusMaker:
    write_guesses(maker)
    return maker


def told(maker: CorpusMaker) -> dict[str, Any]:
    return speakers_view(open_page(maker.settings, MESA))


def rename(maker: CorpusMaker, old: str, new: str) -> str:
    with history.step(maker.corpus, "ana", "terminal", "hablantes", MESA) as taken:
        rename_speaker(taken, open_page(maker.settings, MESA), old, new)
    return taken.summary


def guesses(maker: CorpusMaker) -> list[str | None]:
    """Who is said to speak where that is a guess."""
    return [one["persona"] for one in told(maker)["fragmentos"] if one["persona_inferida"]]


def test_the_desk_tells_guessed_fragments_and_the_labels_that_can_be_confirmed(mesa: CorpusMaker) -> None:
    """Ana Ruiz is certain at one place: no word about her name settles the other."""
    assert guesses(mesa) == ["Eva Paz", "Ana Ruiz"]
    assert told(mesa)["inferidos"] == 2
    labels = {one["etiqueta"]: one["persona_inferida"] for one in told(mesa)["etiquetas"]}
    assert labels == {"Ana Ruiz": False, "Eva Paz": True, "PREGUNTA": False}
    mended = corrections_view(open_page(mesa.settings, MESA))["fragmentos"]
    assert [one["persona_inferida"] for one in mended] == [False, True, True, False]


def test_to_say_that_somebody_is_called_so_confirms_it_and_can_be_undone(mesa: CorpusMaker) -> None:
    assert rename(mesa, "Eva Paz", "Eva Paz") == "Se confirmó que «Eva Paz» se llama así"
    assert guesses(mesa) == ["Ana Ruiz"]
    assert {one["etiqueta"]: one["persona_inferida"] for one in told(mesa)["etiquetas"]}["Eva Paz"] is False
    mesa.update()
    assert [passage.inferred for passage in mesa.passages("foro/mesa-1")] == [False, False, True, False]
    with history.step(mesa.corpus, "ana", "terminal", "deshacer", MESA) as taken:
        history.Undoing(mesa.corpus).take_back(taken, 1)
    assert guesses(mesa) == ["Eva Paz", "Ana Ruiz"]


def test_to_give_a_guessed_name_its_right_form_confirms_it_too(mesa: CorpusMaker) -> None:
    rename(mesa, "Eva Paz", "Eva Paz Luna")
    assert guesses(mesa) == ["Ana Ruiz"]
    assert [one["persona"] for one in told(mesa)["fragmentos"]][1] == "Eva Paz Luna"


@pytest.mark.parametrize("name", ["Ana Ruiz", "PREGUNTA", "Nadie"])
def test_what_is_no_guess_of_a_name_cannot_be_confirmed(mesa: CorpusMaker, name: str) -> None:
    with pytest.raises(CorpusError, match="ya se llama así"):
        rename(mesa, name, name)


def test_a_guessed_role_is_confirmed_by_saying_who_it_is(maker: CorpusMaker) -> None:
    write_guesses(maker, "MODERADORA?: Buenas tardes.\n")
    with pytest.raises(CorpusError, match="no es el nombre de nadie: escriba en --en quién es"):
        rename(maker, "MODERADORA", "MODERADORA")
    rename(maker, "MODERADORA", "Ana Ruiz")
    assert guesses(maker) == []


def test_a_file_is_told_with_its_guesses_before_it_is_taken_in(maker: CorpusMaker) -> None:
    maker.event()
    file = maker.corpus.parent / "nueva.txt"
    file.write_text(SAID, encoding="utf-8")
    seen = examine(maker.settings, file, Kind.TRANSCRIPT, None, None)
    assert {(one["etiqueta"], one["turnos"], one["inferidos"]) for one in seen["hablantes"]} == {
        ("Ana Ruiz", 2, 1), ("Eva Paz", 1, 1), ("PREGUNTA", 1, 0),
    }  # fmt: skip
    assert [one["persona_inferida"] for one in seen["fragmentos"]] == [False, True, True, False]


def test_a_text_that_turns_a_certain_name_into_a_guess_changes_that_fragment(mesa: CorpusMaker) -> None:
    file = mesa.corpus.parent / "otra.txt"
    file.write_text(SAID.replace("[0] ANA RUIZ:", "[0] ANA RUIZ?:"), encoding="utf-8")
    seen = compare(mesa.settings, file, Kind.TRANSCRIPT, MESA, None)
    (one,) = seen["diferencias"]
    assert (one["persona_antes"], one["persona_antes_inferida"]) == ("Ana Ruiz", False)
    assert (one["persona_despues"], one["persona_despues_inferida"]) == ("Ana Ruiz", True)
