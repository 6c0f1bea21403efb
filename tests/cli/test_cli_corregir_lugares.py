"""``corregir --buscar``: a word or a name wherever it stands, and its places corrected in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click import UsageError
from click.testing import CliRunner

from indexer.cli import cli
from indexer.errors import ConstaError
from indexer.history import Conflict
from tests.cli.correcting import CAPTIONS, MESA, run
from tests.corpora import CorpusMaker

pytestmark = pytest.mark.long


@pytest.fixture
def maker(tmp_path: Path) -> CorpusMaker:
    """Two mesas, which have one fault in common."""
    maker = CorpusMaker(tmp_path)
    maker.event()
    maker.mesa(transcripcion_vtt=CAPTIONS)
    maker.mesa("mesa-2", transcripcion_txt="CONSEJERA ANA RUIZ: Ramires no vino.\n\nPREGUNTA: ¿Y la casilla?\n")
    maker.update()
    return maker


def test_each_place_of_a_word_is_shown_before_and_after_and_nothing_is_written(maker: CorpusMaker) -> None:
    found = run(maker, "foro", "--buscar", "Ramires", "--por", "Ramírez")
    assert [(p["pagina"], p["numero"], p["vez"]) for p in found["lugares"]] == [
        (MESA, 1, 1),
        (MESA, 1, 2),
        ("foro/mesa-2", 1, 1),
    ]
    first = found["lugares"][0]
    assert first["antes"].startswith("la consejera Ramires opina")
    assert first["despues"].startswith("la consejera Ramírez opina")
    assert not (maker.corpus / MESA / "correcciones.tsv").exists()


def test_a_part_of_another_word_is_no_place(maker: CorpusMaker) -> None:
    found = run(maker, MESA, "--buscar", "ine", "--por", "INE")
    assert [(p["de"], p["vez"]) for p in found["lugares"]] == [("ine", 1)]  # neither OPINE nor what is INE already
    assert [p["de"] for p in run(maker, MESA, "--buscar", "ine")["lugares"]] == ["INE", "ine"]


def test_accents_make_a_difference_unless_told_not_to(maker: CorpusMaker) -> None:
    assert not run(maker, MESA, "--buscar", "ramíres")["lugares"]
    assert len(run(maker, MESA, "--buscar", "ramíres", "--sin-acentos")["lugares"]) == 2


def test_several_words_are_found_in_a_row(maker: CorpusMaker) -> None:
    [place] = run(maker, MESA, "--buscar", "los O PLES", "--por", "los OPLEs")["lugares"]
    assert (place["de"], place["despues"]) == (
        "los o ples",
        "Ramires opina que OPINE el INE y el ine de Ramires con los OPLEs",
    )


@pytest.mark.parametrize("sought", ["¿", "  ", "\u202e"])
def test_nothing_to_look_for_is_refused(maker: CorpusMaker, sought: str) -> None:
    with pytest.raises(ConstaError, match="No hay nada que buscar"):
        run(maker, MESA, "--buscar", sought)


def test_a_name_is_corrected_in_several_mesas_in_one_step_which_is_undone_whole(maker: CorpusMaker) -> None:
    before = [maker.passages(page) for page in (MESA, "foro/mesa-2")]
    asked = ("--buscar", "Ramires", "--por", "Ramírez")
    first, second, third = (place["lugar"] for place in run(maker, *asked)["lugares"])
    done = run(maker, *asked, "--escribir", given={"lugares": [first, third]})
    assert (done["paso"], done["pagina"]) == (1, None)
    left = run(maker, *asked)
    assert ([place["lugar"] for place in left["lugares"]], left["ya_corregidos"]) == ([second], 2)
    assert maker.passages("foro/mesa-2")[0].text == "Ramírez no vino."
    with pytest.raises(UsageError, match="no son de foro/mesa-2"):
        run(maker, "foro/mesa-2", *asked, "--escribir", given={"lugares": [second]})
    with pytest.raises(Conflict, match="Un lugar ya no está como se vio"):
        run(maker, *asked, "--escribir", given={"lugares": [first, second]})
    places = ["--corpus", str(maker.settings.corpus), "--indice", str(maker.settings.index)]
    assert CliRunner().invoke(cli, ["deshacer", "1", *places], standalone_mode=False).exception is None
    assert [maker.passages(page) for page in (MESA, "foro/mesa-2")] == before


def test_a_mesa_that_was_changed_and_not_published_is_searched_as_it_is_now(maker: CorpusMaker) -> None:
    asked = ("--buscar", "casilla", "--por", "urna")
    [shown] = run(maker, *asked)["lugares"]
    (maker.corpus / "foro/mesa-2/transcripcion.txt").write_text("PREGUNTA: ¿Y qué casilla?\n")
    [now] = run(maker, *asked)["lugares"]
    assert now["antes"] == "¿Y qué casilla?"
    with pytest.raises(Conflict):  # the place that was looked at read otherwise
        run(maker, *asked, "--escribir", given={"lugares": [shown["lugar"]]})


@pytest.mark.parametrize("given", [{}, {"lugares": []}, {"lugares": [3]}, {"lugares": "foro/mesa-1|1|1|de|x"}])
def test_places_that_are_none_are_refused_and_nothing_is_written(maker: CorpusMaker, given: Any) -> None:
    with pytest.raises(ConstaError, match="No se entiende qué lugares se corrigen"):
        run(maker, "--buscar", "Ramires", "--por", "Ramírez", "--escribir", given=given)
