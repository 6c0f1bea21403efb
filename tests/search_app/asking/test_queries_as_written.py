"""Queries as people write them, each asked of one small index: what is found, what is marked, what is offered."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from indexer.engines import open_index
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.asking.api_search import ask

CORDOVA = "El consejero Lorenzo Córdova y la consejera Rosa Soto lo explicaron en la sesión número {}."
CORDOBA = "ROSA SOTO: Fuimos a Córdoba.\n\nINÉS MORA: Había una roca.\n\n"
TURNS = {
    "CLAUDIA SHEINBAUM PARDO": "La reforma electoral se va a votar en el Congreso. El dip. Mier la presentó.",
    "CLAUDIA RUIZ PEÑA": "El art. 41 y la fracción IV del distrito VI. Una oficina de 20 m² para el PREP.",
    "LUIS LUNA": "La reforma electoral que dijo Claudia Sheinbaum costó mucho. Quien va a ver la prepa, va.",
    "PREGUNTA": "El artículo 1.º manda en el capítulo 3, inciso a. Lo leyó en Córdoba la mtra. Gil, núm. 12.",
    "MARTA DE LA FUENTE": "Las personas residentes en el extranjero no tienen casilla en el consulado.",
}
DOCUMENT = "".join(f"{name}: {said}\n\n" for name, said in TURNS.items())
PERSONAS = '[[personas]]\nnombre = "Claudia Sheinbaum Pardo"\nvariantes = ["Claudia Sheimbaum"]\n'
VOCABULARY = """\
[[temas]]
id = "prep"
etiqueta = "PREP"
siglas = ["PREP"]

[[temas]]
id = "voto-extranjero"
etiqueta = "voto en el extranjero"
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    made = CorpusMaker(tmp_path_factory.mktemp("escritas"))
    (made.corpus / "personas.toml").write_text(PERSONAS, encoding="utf-8")
    (made.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    made.event()
    made.mesa(transcripcion_txt=DOCUMENT)
    sessions = "\n\n".join(f"{who}: {CORDOVA.format(n)}" for n in range(9) for who in ("PABLO GIL", "INÉS MORA"))
    made.mesa("mesa-2", transcripcion_txt=f"LORENZO CÓRDOVA VIANELLO: Buenas tardes.\n\n{3 * CORDOBA}{sessions}\n")
    made.update()
    index = open_index(made.settings.index)
    yield create_app(index).test_client()
    index.close()


def speakers(data: dict[str, Any], *, full: bool = True) -> list[str]:
    return [found["persona"] for found in data["resultados"] if found["completo"] is full]


def page(client: FlaskClient, text: str, **more: str) -> str:
    return client.get("/buscar?" + urlencode({"q": text, **more})).text


def marked(data: dict[str, Any]) -> set[str]:
    return {word for found in data["resultados"] for word in re.findall("<mark>(.*?)</mark>", found["extracto"])}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("artículo 41", {"art", "41"}),
        ("art. 1o.", {"artículo", "1.º"}),
        ("artículo 1er", {"artículo", "1.º"}),
        ("número 12", {"núm", "12"}),
        ("maestra Gil", {"mtra", "Gil"}),
        ("diputado Mier", {"dip", "Mier"}),
        ("20 m2", {"20", "m²"}),
        ("ＰＲＥＰ", {"PREP"}),
        ("distrito 6", {"distrito", "VI"}),
        ("distrito vi", {"distrito", "VI"}),
        ("dist. 6", {"distrito", "VI"}),
        ("frac. 4", {"fracción", "IV"}),
        ("fracción Ⅳ", {"fracción", "IV"}),
        ("capítulo III", {"capítulo", "3"}),
    ],
)
def test_what_is_written_in_two_ways_is_found_and_marked_by_both(
    client: FlaskClient, text: str, marks: set[str]
) -> None:
    data = ask(client, text, corregir="no")
    best = {**data, "resultados": data["resultados"][:1]}
    assert data["total"] >= 1
    assert marked(best) == marks


def test_an_acronym_marks_no_word_that_begins_like_it(client: FlaskClient) -> None:
    for more in ({}, {"ampliar": "no"}):
        assert marked(ask(client, "PREP", **more)) == {"PREP"}


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué dijo Claudia Sheinbaum sobre la reforma electoral?",
        "que dijo sheinbaum de la reforma electoral",
        "¿Qué ha dicho la presidenta Sheinbaum acerca de la reforma electoral?",
        "¿Qué opina Sheimbaum de la reforma electoral?",
        "¿Qué dijo Claudia Sheinbaun sobre la reforma electoral?",
        "¿Cuándo habló Claudia Sheinbaum Pardo de la reforma electoral?",
    ],
)
def test_a_question_asks_for_what_a_known_person_said(client: FlaskClient, question: str) -> None:
    data = ask(client, question)
    assert speakers(data) == ["CLAUDIA SHEINBAUM PARDO".title()]
    assert data["total_algunas"] == 0
    assert data["consulta"] == question
    assert data["corregida"].startswith('persona:"Claudia Sheinbaum Pardo"')
    assert "Se entendió la pregunta: lo que dijo Claudia Sheinbaum Pardo" in data["avisos"]


def test_the_person_of_a_question_is_a_filter_that_can_be_removed(client: FlaskClient) -> None:
    text = page(client, "¿Qué dijo Sheinbaum sobre la reforma electoral?")
    chip = re.search(r'<li>Quién habla: Claudia Sheinbaum Pardo <a href="([^"]+)"', text)
    assert chip is not None
    without = client.get("/api" + html.unescape(chip[1])).get_json()
    assert speakers(without) == ["Luis Luna"]
    assert "Se entendió" not in "".join(without["avisos"])


@pytest.mark.parametrize(
    ("question", "said_by"),
    [
        ("¿Qué se dijo de la reforma electoral?", {"Claudia Sheinbaum Pardo", "Luis Luna"}),
        ("¿Quién habló de la reforma electoral?", {"Claudia Sheinbaum Pardo", "Luis Luna"}),
        ("¿Quién dijo Sheinbaum?", {"Luis Luna"}),
        ("¿Qué dijo Claudia Hernández de la reforma?", set()),
        ("¿Qué dijo?", {"Luis Luna"}),
    ],
)
def test_a_question_about_nobody_known_loses_its_question_words_alone(
    client: FlaskClient, question: str, said_by: set[str]
) -> None:
    assert set(speakers(ask(client, question))) == said_by


def test_any_part_of_a_name_finds_who_bears_it_and_says_who(client: FlaskClient) -> None:
    for text in ("persona:sheinbaum", "persona:Sheimbaum", 'persona:"pardo claudia"'):
        data = ask(client, text)
        assert speakers(data) == ["Claudia Sheinbaum Pardo"]
        assert "es parte del nombre de Claudia Sheinbaum Pardo" in data["avisos"][0]
    assert speakers(ask(client, "persona:pena")) == ["Claudia Ruiz Peña"]
    assert speakers(ask(client, 'persona:"Marta de la Fuente"')) == ["Marta de la Fuente"]
    assert ask(client, "persona:shein")["total"] == 0


def test_a_part_of_several_names_leaves_the_choice(client: FlaskClient) -> None:
    assert set(speakers(ask(client, "persona:claudia"))) == {"Claudia Sheinbaum Pardo", "Claudia Ruiz Peña"}
    for text in (page(client, "persona:claudia votar"), page(client, "votar", persona="claudia")):
        choice = re.search(r'es de varias personas\. ¿Quién\? .*?<a href="([^"]+)">Claudia Sheinbaum Pardo</a>', text)
        assert choice is not None
        data = client.get("/api" + html.unescape(choice[1])).get_json()
        assert speakers(data) == ["Claudia Sheinbaum Pardo"]
        assert not data["avisos"]


def test_a_surname_that_is_there_seldom_suggests_the_one_that_is_there_often(client: FlaskClient) -> None:
    data = ask(client, "Lorenzo Cordoba")
    assert (data["sugerencia"], data["corregida"]) == ("Lorenzo Córdova", None)
    assert ask(client, "Lorenzo Córdova")["sugerencia"] is None
    assert ask(client, "roca")["sugerencia"] is None  # near Rosa, and no name


def test_a_topic_that_nothing_names_falls_back_to_its_words_as_partial(client: FlaskClient) -> None:
    data = ask(client, "voto en el extranjero")
    assert (data["total"], data["total_algunas"]) == (0, 2)
    assert set(speakers(data, full=False)) == {"Marta de la Fuente", "Claudia Sheinbaum Pardo"}
    assert marked(data) == {"extranjero", "votar"}


def test_in_the_order_of_time_a_match_of_more_words_comes_first(client: FlaskClient) -> None:
    data = ask(client, "votar residentes casilla consulado nadie", orden="cronologico", corregir="no")
    assert data["total"] == 0
    assert speakers(data, full=False) == ["Marta de la Fuente", "Claudia Sheinbaum Pardo"]


@pytest.mark.parametrize(
    ("text", "offer", "searched"),
    [
        ("ofici", "Buscar «ofici*»: lo que empieza con «ofici»", "ofici*"),
        ("reforma –electoral", "Buscar sin excluir nada", "reforma"),
        ('reforma NOT "electoral"', "Buscar sin excluir nada", "reforma"),
        ("reforma NOT (congreso OR costó)", "Buscar sin excluir nada", "reforma"),
        ("reforma Versión:ninguna", "Buscar sin los campos del texto", "reforma"),
    ],
)
def test_what_is_offered_is_what_is_searched(client: FlaskClient, text: str, offer: str, searched: str) -> None:
    found = re.search(rf'<a href="([^"]+)">{re.escape(offer)}</a>', page(client, text, corregir="no"))
    assert found is not None
    data = client.get("/api" + html.unescape(found[1])).get_json()
    assert data["consulta"] == searched
    assert data["total"] > 0


def test_the_value_of_a_field_is_no_beginning_of_a_word(client: FlaskClient) -> None:
    assert "lo que empieza" not in page(client, "ofici mesa:ofici", corregir="no")
