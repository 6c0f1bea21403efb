"""``corregir``: what a shell and the desk's pages do with it, on a real corpus and a real index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click import ClickException
from click.testing import CliRunner

from indexer.cli import cli
from indexer.errors import ConstaError
from indexer.history import Conflict
from tests.cli.correcting import CAPTIONS, MESA, run
from tests.corpora import CorpusMaker

pytestmark = pytest.mark.long


@pytest.fixture
def maker(tmp_path: Path) -> CorpusMaker:
    """Two mesas; the first one has captions with faults."""
    maker = CorpusMaker(tmp_path)
    maker.event()
    who = '\n[[participantes]]\nnombre = "María Ramírez Peña"\n'
    maker.mesa(transcripcion_vtt=CAPTIONS, extra=who)
    maker.mesa("mesa-2", transcripcion_txt="CONSEJERA ANA RUIZ: Ramires no vino.\n\nPREGUNTA: ¿Y la casilla?\n")
    maker.update()
    return maker


def write(maker: CorpusMaker, *rows: tuple[Any, ...], base: str = "", **more: Any) -> dict[str, Any]:
    """Write these corrections."""
    asked = [dict(zip(("numero", "de", "a", "vez"), row, strict=False)) for row in rows]
    return run(maker, MESA, "--escribir", given={"base": base, "correcciones": asked, **more})


def test_what_is_written_is_published_listed_and_in_the_history(maker: CorpusMaker) -> None:
    said = write(maker, (1, "Ramires", "Ramírez", 2), (1, "o ples", "OPLEs"), cotejados=[1])
    assert (said["paso"], said["pagina"], said["fragmentos"], said["avisos"]) == (1, MESA, 1, [])
    now = run(maker, MESA)
    assert [(c["de"], c["vez"], c["autor"], c["paso"]) for c in now["correcciones"]] == [
        ("Ramires", 2, "ana", 1),
        ("o ples", 1, "ana", 1),
    ]
    assert now["cotejados"] == [1]
    [fragment] = now["fragmentos"]
    assert fragment["texto"].endswith("el ine de Ramírez con los OPLEs")
    assert fragment["texto_original"].endswith("el ine de Ramires con los o ples")
    assert fragment["cotejado"]["autor"] == "ana"
    assert maker.search("ples").total_full == 1
    assert (maker.corpus / MESA / "transcripcion.vtt").read_text() == CAPTIONS


def test_what_was_written_may_be_given_back_as_it_is_and_keeps_its_author(maker: CorpusMaker) -> None:
    write(maker, (1, "Ramires", "Ramírez"))
    now = run(maker, MESA)
    later = {**now, "correcciones": [*now["correcciones"], {"numero": 1, "de": "o ples", "a": "OPLEs"}]}
    places = ["--corpus", str(maker.settings.corpus), "--indice", str(maker.settings.index)]
    CliRunner().invoke(cli, ["corregir", MESA, "--escribir", *places, "--autor", "beto"], input=json.dumps(later))
    assert [(c["autor"], c["paso"]) for c in run(maker, MESA)["correcciones"]] == [("ana", 1), ("beto", 2)]


def test_a_list_that_is_not_given_stays(maker: CorpusMaker) -> None:
    write(maker, (1, "Ramires", "Ramírez"))
    run(maker, MESA, "--escribir", given={"base": run(maker, MESA)["base"], "cotejados": [1]})
    assert len(run(maker, MESA)["correcciones"]) == 1
    run(maker, MESA, "--escribir", given={"base": run(maker, MESA)["base"], "correcciones": [], "cotejados": []})
    assert not (maker.corpus / MESA / "correcciones.tsv").exists()
    assert maker.passages(MESA)[0].original is None


def test_the_second_of_two_people_sees_what_changed(maker: CorpusMaker) -> None:
    write(maker, (1, "Ramires", "Ramírez"))
    with pytest.raises(Conflict) as refused:
        write(maker, (1, "o ples", "OPLEs"))
    assert refused.value.details["base"] == run(maker, MESA)["base"]
    assert [one["a"] for one in refused.value.details["correcciones"]] == ["Ramírez"]
    assert len(run(maker, MESA)["correcciones"]) == 1


def fragment(maker: CorpusMaker, mesa: str = MESA) -> dict[str, Any]:
    """The first fragment as it is shown."""
    return dict(run(maker, mesa)["fragmentos"][0])


def test_two_people_who_correct_other_fragments_of_one_page_lose_nothing(maker: CorpusMaker) -> None:
    seen = run(maker, "foro/mesa-2")["fragmentos"]
    for number, row in ((1, ("Ramires", "Ramírez")), (2, ("casilla", "casilla especial"))):
        text = next(one["texto"] for one in seen if one["numero"] == number)
        mine = {"de": row[0], "a": row[1], "vez": 1}
        asked = {"numero": number, "antes": text, "correcciones": [mine], "cotejado": number == 1}
        said = run(maker, "foro/mesa-2", "--escribir", given={"fragmentos": [asked]})
        assert said["paso"] == number
    now = run(maker, "foro/mesa-2")
    assert [(one["numero"], one["a"]) for one in now["correcciones"]] == [(1, "Ramírez"), (2, "casilla especial")]
    assert now["cotejados"] == [1]


def test_a_fragment_that_reads_otherwise_than_it_was_seen_is_a_conflict_and_nothing_is_written(
    maker: CorpusMaker,
) -> None:
    seen = fragment(maker)["texto"]
    write(maker, (1, "Ramires", "Ramírez"))
    mine = {"numero": 1, "antes": seen, "correcciones": [{"de": "o ples", "a": "OPLEs", "vez": 1}]}
    with pytest.raises(Conflict, match="El fragmento 1 cambió desde que se abrió") as refused:
        run(maker, MESA, "--escribir", given={"fragmentos": [mine]})
    assert refused.value.details["cambiados"] == [1]
    assert refused.value.details["base"] == run(maker, MESA)["base"]
    with pytest.raises(Conflict):
        run(maker, MESA, "--escribir", given={"fragmentos": [{"numero": 9, "antes": "x", "cotejado": True}]})
    assert [one["a"] for one in run(maker, MESA)["correcciones"]] == ["Ramírez"]


def test_a_replaced_transcript_is_not_corrected_by_who_saw_the_one_before(maker: CorpusMaker) -> None:
    seen = fragment(maker)["texto"]
    maker.mesa(transcripcion_vtt=CAPTIONS.replace("opina", "piensa"))
    with pytest.raises(Conflict):
        run(maker, MESA, "--escribir", given={"fragmentos": [{"numero": 1, "antes": seen, "cotejado": True}]})


def test_what_a_fragment_is_not_asked_to_have_stays(maker: CorpusMaker) -> None:
    write(maker, (1, "Ramires", "Ramírez"), cotejados=[1])
    text = fragment(maker)["texto"]
    assert run(maker, MESA, "--escribir", given={"fragmentos": []})["paso"] is None
    run(maker, MESA, "--escribir", given={"fragmentos": [{"numero": 1, "antes": text, "cotejado": False}]})
    now = run(maker, MESA)
    assert (len(now["correcciones"]), now["cotejados"]) == (1, [])
    run(maker, MESA, "--escribir", given={"fragmentos": [{"numero": 1, "antes": text, "correcciones": []}]})
    assert not (maker.corpus / MESA / "correcciones.tsv").exists()


@pytest.mark.parametrize(
    "asked", [5, [5], [{"numero": 1}], [{"numero": [1], "antes": "x"}], [{"numero": 1, "antes": "x", "cotejado": 1}]]
)
def test_what_is_no_list_of_fragments_is_refused(maker: CorpusMaker, asked: Any) -> None:
    with pytest.raises(ConstaError, match="No se entienden los fragmentos"):
        run(maker, MESA, "--escribir", given={"fragmentos": asked})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((1, "casilla", "x"), "«casilla» ya no está en el fragmento 1"),
        ((1, "INE", "x", 2), "«INE» está una vez en el fragmento 1, no 2"),
        ((1, "PINE", "x"), "solo es parte de otra palabra"),
        ((9, "INE", "x"), "no tiene un fragmento 9"),
        ((1, "", "x"), "Falta lo que dice el original"),
        ((1, "INE", "INE"), "no cambia"),
        ((1, "INE", "x\u202ey"), "letras que no se ven"),
        ((1, "INE", "x" * 1_001), "pasa de 1,000 letras"),
        ((1, "INE", "x", -1), "«-1» no es una vez"),
        (("uno", "INE", "x"), "«uno» no es el número de un fragmento"),
        ((1, 5, "x"), "no es una corrección"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_nothing_is_written(
    maker: CorpusMaker, row: tuple[Any, ...], why: str
) -> None:
    with pytest.raises(ConstaError, match=why.replace("«", ".").replace("»", ".")):
        write(maker, (1, "o ples", "OPLEs"), row)
    assert not (maker.corpus / MESA / "correcciones.tsv").exists()


@pytest.mark.parametrize(
    "given", [{"correcciones": 5}, {"correcciones": [5]}, {"cotejados": ["x"]}, {"cotejados": [99]}]
)
def test_what_is_no_list_of_corrections_is_refused(maker: CorpusMaker, given: dict[str, Any]) -> None:
    with pytest.raises(ConstaError):
        run(maker, MESA, "--escribir", given={"base": "", **given})


def test_a_correction_that_no_longer_fits_is_kept_by_the_next_writing(maker: CorpusMaker) -> None:
    write(maker, (1, "Ramires", "Ramírez"))
    maker.mesa(transcripcion_vtt=CAPTIONS.replace("Ramires", "Ramírez"), extra='\n[[participantes]]\nnombre = "X Y"\n')
    now = run(maker, MESA)
    assert "ya no está" in now["avisos"][0]
    now["correcciones"].append({"numero": 1, "de": "o ples", "a": "OPLEs", "vez": 1})
    said = run(maker, MESA, "--escribir", given=now)
    assert len(said["avisos"]) == 1
    assert len(run(maker, MESA)["correcciones"]) == 2


def test_a_line_that_cannot_be_read_is_not_lost_by_writing(maker: CorpusMaker) -> None:
    maker.mesa(correcciones_tsv="# nota de Ana\n1\to ples\tOPLEs\nx\ty\tz\n")
    base = run(maker, MESA)["base"]
    with pytest.raises(ConstaError, match="no se escribió nada"):
        write(maker, (1, "INE", "INEGI"), base=base)
    maker.mesa(correcciones_tsv="# nota de Ana\n1\to ples\tOPLEs\n")
    write(maker, (1, "INE", "INEGI"), base=run(maker, MESA)["base"])
    assert (maker.corpus / MESA / "correcciones.tsv").read_text().startswith("# nota de Ana\nnumero\tde")


def test_a_step_of_corrections_is_undone_like_any_other(maker: CorpusMaker) -> None:
    before = maker.passages(MESA)
    write(maker, (1, "o ples", "OPLEs"))
    places = ["--corpus", str(maker.settings.corpus), "--indice", str(maker.settings.index)]
    assert CliRunner().invoke(cli, ["deshacer", "1", *places], standalone_mode=False).exception is None
    assert not (maker.corpus / MESA / "correcciones.tsv").exists()
    assert maker.passages(MESA) == before


# Doubtful words


def test_a_rare_word_near_a_known_name_is_doubtful(maker: CorpusMaker) -> None:
    doubtful = run(maker, MESA)["dudosas"]
    assert [(d["palabra"], d["numero"], d["vez"], d["cerca_de"]) for d in doubtful] == [
        ("Ramires", 1, 1, "Ramírez"),
        ("Ramires", 1, 2, "Ramírez"),
    ]
    assert doubtful[0]["antes"] == "la consejera "
    assert doubtful[0]["despues"].startswith(" opina")


def test_a_word_that_was_corrected_or_checked_is_not_doubtful(maker: CorpusMaker) -> None:
    write(maker, (1, "Ramires", "Ramírez"))
    assert [d["vez"] for d in run(maker, MESA)["dudosas"]] == [2]
    run(maker, MESA, "--escribir", given={"base": run(maker, MESA)["base"], "cotejados": [1]})
    assert run(maker, MESA)["dudosas"] == []


def test_a_rare_word_near_a_far_more_frequent_one_is_doubtful_and_another_form_of_it_is_not(maker: CorpusMaker) -> None:
    turns = "".join(f"PREGUNTA {n}: La credencial {n} sirve.\n\n" for n in range(30))
    maker.mesa("mesa-3", transcripcion_txt=turns)
    maker.mesa("mesa-4", transcripcion_txt="PREGUNTA: Perdí mi credensial y otras credenciales.\n")
    maker.update()
    assert [(d["palabra"], d["cerca_de"]) for d in run(maker, "foro/mesa-4")["dudosas"]] == [
        ("credensial", "credencial")
    ]


def test_without_an_index_names_are_still_known(maker: CorpusMaker) -> None:
    assert run(maker, MESA, "--indice", str(maker.corpus.parent / "ninguno"))["fragmentos"]


def test_doubtful_words_are_looked_for_unless_it_is_said_that_they_are_not(
    maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = run(maker, MESA)
    assert [one["palabra"] for one in every["dudosas"]]
    monkeypatch.setattr("indexer.cli.corrections.DoubtfulWords", None)
    assert run(maker, MESA, "--sin-dudosas") == {**every, "dudosas": []}
    with pytest.raises(ClickException, match="--sin-dudosas va sin"):
        run(maker, MESA, "--sin-dudosas", "--buscar", "Ramires")
    result = CliRunner().invoke(
        cli, ["corregir", MESA, "--sin-dudosas", f"--corpus={maker.corpus}", f"--indice={maker.settings.index}"]
    )
    assert "dudosa" not in result.stdout
