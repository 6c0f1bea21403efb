"""Whom and what texts mention is of the catalogue while a text does, and says whether anybody confirmed it."""

from __future__ import annotations

from indexer.index.query import Filters
from tests.corpora import CorpusMaker

SPEECH = (
    "MODERADORA: Está aquí Zulema Ficticia, que viene de Tlalnepantla y de Xalapa.\n"
    "CONSEJERA ANA PRUEBA LÓPEZ: Lo vimos con el ingeniero Quintín Fingido en Xalapa.\n"
)
OTHER = "MODERADORA: Después habla Ana Prueba López, y no está el ingeniero Quintín Fingido.\n"


def labels(maker: CorpusMaker) -> dict[str, str]:
    """What the list beside the results calls whom and what is mentioned, by its value."""
    found = maker.search("").facets["menciona"]
    return {value.value: value.label for value in found if value.value is not None}


def test_who_is_mentioned_is_confirmed_by_a_speaker_of_another_page(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt=SPEECH)
    maker.mesa("mesa-2", transcripcion_txt=OTHER)
    maker.update()
    assert labels(maker) == {
        "ana-prueba-lopez": "Ana Prueba López",
        "quintin-fingido": "Quintín Fingido (sin confirmar)",
        "tlalnepantla": "Tlalnepantla",
        "xalapa": "Xalapa",
        "zulema-ficticia": "Zulema Ficticia (sin confirmar)",
    }
    for typed, total in (("Quintín Fingido", 2), ("quintin-fingido", 2), ("XALAPA", 2), ("Nadie Más", 0)):
        assert len(maker.search("", filters=Filters({"menciona": (typed,)})).hits) == total


def test_what_no_text_mentions_any_more_is_forgotten(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt=SPEECH)
    maker.mesa("mesa-2", transcripcion_txt=OTHER)
    before = maker.update().catalogue
    assert not maker.update().published
    maker.mesa(transcripcion_txt="MODERADORA: Se suspende la sesión.\n")
    after = maker.update().catalogue
    gone = {entity.name for entity in before.entities} - {entity.name for entity in after.entities}
    assert gone == {"Zulema Ficticia", "Tlalnepantla", "Xalapa"}
    assert "Ana Prueba López (sin confirmar)" in labels(maker).values()


def test_a_role_that_takes_part_is_no_person_and_no_name_goes_on_in_the_next_paragraph(maker: CorpusMaker) -> None:
    listed = '[[participantes]]\nnombre = "Especialista en voto"\n[[participantes]]\nnombre = "Mtra. Zulema Ficticia"\n'
    maker.event()
    maker.mesa(
        extra=listed, descripcion_md="Un especialista en voto, y zulema ficticia, consejera\n\nExpusieron algo.\n"
    )
    maker.update()
    assert labels(maker) == {"mtra-zulema-ficticia": "Mtra. Zulema Ficticia"}
