"""A topic or a person is tried on what is published, then written into the file that staff keep, as one step."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.engines import open_index
from indexer.errors import CorpusError
from indexer.history import Conflict
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

VOCABULARY = """\
# de nosotros
[[temas]]
id = "prep"
etiqueta = "PREP"  # así se dice

[[temas]]
id = "papel"
etiqueta = "Papel"
signos = [
    "boletas",  # casi siempre
]
"""
SPEECH = "ANA RUIZ LÓPEZ: Se cae el sistema y las actas.\n\nLUISA PAZ SOL: El CAE llevó las actas y las boletas.\n"


class Office:
    def __init__(self, maker: CorpusMaker) -> None:
        self.maker = maker
        maker.event()
        maker.mesa(transcripcion_txt=SPEECH)
        (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
        assert not maker.update().failed

    def __call__(self, *words: str, given: object = None) -> dict[str, Any]:
        settings = self.maker.settings
        line = [words[0], f"--corpus={settings.corpus}", f"--indice={settings.index}", "--json", *words[1:]]
        done = CliRunner().invoke(cli, line, input=json.dumps(given), catch_exceptions=False)
        answer = json.loads(done.output.splitlines()[-1])
        assert isinstance(answer, dict)
        return answer

    def text(self, name: str) -> str:
        return (self.maker.corpus / name).read_text(encoding="utf-8")


@pytest.fixture
def office(maker: CorpusMaker) -> Office:
    return Office(maker)


def test_a_topic_is_tried_with_capitals_and_exceptions_as_it_would_tag(office: Office) -> None:
    fields = {"id": "capacitador", "etiqueta": "Capacitador", "siglas": ["CAE"], "solo_mayusculas": ["CAE"]}
    told = office("temas", "--probar", given={"antes": "", "campos": {**fields, "signos": ["actas"]}})
    found = {one["forma"]: one["fragmentos"] for one in told["formas"]}
    assert found == {"Capacitador": 0, "CAE": 1, "actas": 1}
    assert [one["presentes"] for one in told["formas"]] == [0, 1, 2]
    assert told["formas"][1]["primeros"][0]["de"] == "CAE"
    assert (told["fragmentos"], told["nuevos"]) == (1, 1)
    assert office.text("vocabulario.toml") == VOCABULARY


def test_a_topic_is_written_with_its_relation_in_both_and_comments_stay(office: Office) -> None:
    base = office("temas")["temas"][1]["base"]
    asked = {"antes": "papel", "base": base, "campos": {"signos": ["boletas", "actas"], "relacionado": ["prep"]}}
    office("temas", "--escribir", given=asked)
    text = office.text("vocabulario.toml")
    assert "# casi siempre" in text
    assert 'relacionado = ["papel"]' in text.partition('id = "papel"')[0]
    assert {one.topics for one in office.maker.passages("foro/mesa-1")} == {(), ("papel",)}
    with pytest.raises(Conflict):
        office("temas", "--escribir", given=asked)
    office("deshacer", "1")
    assert office.text("vocabulario.toml") == VOCABULARY


@pytest.mark.parametrize(
    ("campos", "antes", "told"),
    [
        ({"id": "otro", "etiqueta": "Prep"}, "", "ya es equivalente del tema «prep»"),
        ({"id": "prep", "etiqueta": "Otro"}, "", "Ya hay «prep»"),
        ({"id": "nuevo"}, "prep", "no cambia de nombre corto"),
        ({"id": "con espacios", "etiqueta": "Otro"}, "", "minúsculas sin acento"),
        ({"mas_amplio": ["nada"]}, "prep", "no existe"),
        ({"etiqueta": ""}, "prep", "«Nombre del tema» está sin llenar"),
        ({"color": "x"}, "prep", "puede llevar"),
    ],
)
def test_what_cannot_stand_in_the_vocabulary_is_refused(
    office: Office, campos: dict[str, object], antes: str, told: str
) -> None:
    with pytest.raises(CorpusError, match=told):
        office("temas", "--escribir", given={"antes": antes, "campos": campos})
    assert office.text("vocabulario.toml") == VOCABULARY


def test_a_person_has_variants_surnames_and_a_post_and_keeps_the_old_name(office: Office) -> None:
    fields = {"nombre": "Ana Ruiz López", "variantes": ["Luisa Paz Sol"], "apellidos": "López", "cargo": "Consejera"}
    told = office("personas", "--probar", given={"antes": "", "campos": fields})
    assert [one["fragmentos"] for one in told["formas"]] == [1, 1]
    office("personas", "--escribir", given={"antes": "", "campos": fields})
    assert {(one.person, one.post) for one in office.maker.passages("foro/mesa-1")} == {("Ana Ruiz López", "Consejera")}
    index = open_index(office.maker.settings.index)
    assert "López, A. R." in create_app(index).test_client().get("/foro/mesa-1/p1").text
    index.close()
    office("personas", "--escribir", given={"antes": "Ana Ruiz López", "campos": {"nombre": "Ana Luz Ruiz López"}})
    assert office("personas", "--lista")["personas"][0]["variantes"] == ["Luisa Paz Sol", "Ana Ruiz López"]
    with pytest.raises(CorpusError, match="no es el final"):
        office("personas", "--escribir", given={"antes": "Ana Luz Ruiz López", "campos": {"apellidos": "Sol"}})
