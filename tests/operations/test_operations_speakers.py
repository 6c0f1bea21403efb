"""Who speaks is written as the desk asks, and a speaker is called otherwise wherever that is said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from indexer import history
from indexer.corpus.toml_edit import with_variants
from indexer.errors import CorpusError
from indexer.model import PageId
from indexer.operations.open_pages import open_page
from indexer.operations.speakers import rename_speaker, speakers_view, write_speakers
from tests.corpora import CorpusMaker

MESA = PageId("foro", "mesa-1")
CUES = ("buenas tardes", "muchas gracias", "los cómputos distritales", "las casillas")
VTT = "WEBVTT\n\n" + "\n\n".join(
    f"00:00:{5 * at:02d}.000 --> 00:00:{5 * at + 5:02d}.000\n{said}" for at, said in enumerate(CUES)
)  # fmt: skip
PRINTED = "MODERADORA: Buenas tardes a todas.\n\nEVA PRUEVA: Los cómputos.\n\nMODERADORA: Gracias.\n"


@pytest.fixture
def captions(maker: CorpusMaker) -> CorpusMaker:
    """A mesa of four cues that name nobody."""
    maker.event()
    maker.mesa(
        transcripcion_vtt=VTT, extra='[[participantes]]\nnombre = "Eva Prueba"\ncargo = "Consejera"\nmodera = true\n'
    )
    maker.update()
    return maker


def told(maker: CorpusMaker) -> dict[str, Any]:
    return speakers_view(open_page(maker.settings, MESA))


def write(maker: CorpusMaker, changes: Any, base: str | None = None) -> None:
    base = told(maker)["base"] if base is None else base
    with history.step(maker.corpus, "ana", "terminal", "hablantes", MESA) as taken:
        write_speakers(taken, open_page(maker.settings, MESA), {"base": base, "cambios": changes})


def rename(maker: CorpusMaker, old: str, new: str, page: PageId = MESA) -> None:
    with history.step(maker.corpus, "ana", "terminal", "hablantes", page) as taken:
        rename_speaker(taken, open_page(maker.settings, page), old, new)


def people(maker: CorpusMaker, page: str = "foro/mesa-1") -> list[str | None]:
    maker.update()
    return [passage.person for passage in maker.passages(page)]


def test_what_the_desk_shows_is_what_it_needs_to_write(captions: CorpusMaker) -> None:
    shown = told(captions)
    assert (shown["base"], shown["cambios"], shown["etiquetas"], shown["faltan"]) == ("", [], [], 1)
    assert shown["participantes"] == [
        {"nombre": "Eva Prueba", "cargo": "Consejera", "institucion": None, "modera": True}
    ]  # fmt: skip
    (fragment,) = shown["fragmentos"]
    assert fragment["subtitulos"] == [{"inicio_s": 5.0 * at, "texto": said} for at, said in enumerate(CUES)]
    assert json.dumps(shown)


def test_what_is_written_is_read_again_and_published(captions: CorpusMaker) -> None:
    changes = [
        {"inicio_s": 10, "persona": None},
        {"inicio_s": 0.0, "persona": "Eva Prueba"},
        {"inicio_s": 15.25, "persona": " Luis  Paz "},
    ]
    write(captions, changes)
    path = captions.corpus / "foro/mesa-1/hablantes.tsv"
    assert path.read_text(encoding="utf-8") == "inicio_s\tpersona\n0\tEva Prueba\n10\t-\n15.25\tLuis Paz\n"
    assert told(captions)["cambios"][2] == {"inicio_s": 15.25, "persona": "Luis Paz"}
    assert told(captions)["faltan"] == 1
    assert people(captions) == ["Eva Prueba", None, "Luis Paz"]
    write(captions, [])
    assert not path.exists()


def test_the_second_of_two_people_is_refused(captions: CorpusMaker) -> None:
    base = told(captions)["base"]
    write(captions, [{"inicio_s": 0, "persona": "Eva Prueba"}], base)
    with pytest.raises(history.Conflict):
        write(captions, [{"inicio_s": 0, "persona": "Luis Paz"}], base)
    assert told(captions)["cambios"] == [{"inicio_s": 0.0, "persona": "Eva Prueba"}]


def test_what_two_people_say_of_different_places_is_merged(captions: CorpusMaker) -> None:
    write(captions, [{"inicio_s": 0, "persona": "Eva Prueba"}, {"inicio_s": 5, "persona": None}], "")
    base = told(captions)["base"]
    write(captions, [*told(captions)["cambios"], {"inicio_s": 15, "persona": "Ana Sol"}], base)
    write(
        captions,
        [
            *[
                {"inicio_s": 0, "persona": "Eva Prueba"},
                {"inicio_s": 5, "persona": None},
                {"inicio_s": 10, "persona": "Luis Paz"},
                {"inicio_s": 15, "persona": None},
            ]
        ],
        base,
    )
    assert [one["persona"] for one in told(captions)["cambios"]] == ["Eva Prueba", None, "Luis Paz", "Ana Sol"]


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        (None, "Faltan los cambios"),
        ([{}], "desde qué segundo"),
        ([{"inicio_s": -1, "persona": "Eva"}], "no es un segundo"),
        ([{"inicio_s": float("nan"), "persona": "Eva"}], "no es un segundo"),
        ([{"inicio_s": True, "persona": "Eva"}], "no es un segundo"),
        ([{"inicio_s": 1, "persona": "Eva"}, {"inicio_s": 1.0001, "persona": "Luz"}], "dos cambios"),
        ([{"inicio_s": 1, "persona": 7}], "no es un nombre"),
        ([{"inicio_s": 1, "persona": "x" * 201}], "200 a lo más"),
        ([{"inicio_s": 1, "persona": '"Eva"'}], "no se puede escribir"),
    ],
)
def test_what_cannot_be_written_is_refused_and_changes_nothing(captions: CorpusMaker, changes: Any, match: str) -> None:
    with pytest.raises(CorpusError, match=match):
        write(captions, changes)
    assert not (captions.corpus / "foro/mesa-1/hablantes.tsv").exists()


def test_a_name_cannot_bring_a_line_of_its_own(captions: CorpusMaker) -> None:
    write(captions, [{"inicio_s": 0, "persona": "Eva\n5\tLuis\x00"}])
    assert told(captions)["cambios"] == [{"inicio_s": 0.0, "persona": "Eva 5 Luis"}]


def test_a_text_without_times_says_where_to_write_who_speaks(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt=PRINTED)
    with pytest.raises(CorpusError, match="no tiene tiempos"):
        write(maker, [{"inicio_s": 0, "persona": "Eva"}])


def test_whoever_the_table_names_is_renamed_there(captions: CorpusMaker) -> None:
    write(
        captions,
        [
            {"inicio_s": 0, "persona": "Eva P."},
            {"inicio_s": 5, "persona": "Luis"},
            {"inicio_s": 10, "persona": "Eva P."},
        ],
    )
    rename(captions, "eva p.", "Eva Prueba")
    assert people(captions) == ["Eva Prueba", "Luis", "Eva Prueba"]
    assert not (captions.corpus / "personas.toml").exists()


def test_a_role_is_somebody_in_this_mesa_alone(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=PRINTED, extra='# una nota\n[[participantes]]\nnombre = "Ana Ruiz"\n')
    maker.mesa("mesa-2", transcripcion_txt=PRINTED)
    rename(maker, "MODERADORA", "Ana Ruiz")
    assert people(maker) == ["Ana Ruiz", "Eva Prueva", "Ana Ruiz"]
    assert people(maker, "foro/mesa-2")[0] == "MODERADORA"
    assert "# una nota" in (maker.corpus / "foro/mesa-1/mesa.toml").read_text(encoding="utf-8")


def test_a_misspelt_name_is_mended_in_the_whole_corpus(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=PRINTED)
    maker.mesa("mesa-2", transcripcion_txt=PRINTED)
    rename(maker, "Eva Prueva", "Eva Prueba")
    for page in ("foro/mesa-1", "foro/mesa-2"):
        assert people(maker, page)[1] == "Eva Prueba"


def test_nobody_of_that_name_is_refused(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt=PRINTED)
    for old, new, match in (
        ("Nadie", "Eva", "Nadie se llama"),
        ("MODERADORA", " ", "Falta un nombre"),
        ("x", "x", "ya se llama"),
    ):
        with pytest.raises(CorpusError, match=match):
            rename(maker, old, new)


def test_two_people_of_the_list_become_one() -> None:
    text = '# nombres\n[[personas]]\nnombre = "Eva P."\nvariantes = ["Eva"]\n\n[[personas]]\nnombre = "Eva Prueba"\n'
    merged = with_variants(text, "personas", ["Eva P."], "Eva Prueba")
    assert merged.startswith("# nombres\n")
    assert '"Eva P."' in merged.partition('nombre = "Eva Prueba"')[2]
    assert merged.count("[[personas]]") == 1


@pytest.mark.parametrize("text", ["personas = 3\n", "no es toml", "personas = [1]\n"])
def test_a_list_that_is_none_is_left_alone(text: str) -> None:
    with pytest.raises(CorpusError, match="no se puede cambiar sin riesgo"):
        with_variants(text, "personas", ["Eva P."], "Eva Prueba")
