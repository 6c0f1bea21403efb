"""Questions in sentences: quotes that nothing answers are taken out, and it is said; anywhere else a phrase holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.engines import open_index
from search_app.__main__ import cli
from search_app.asking.parameters import read
from search_app.asking.questions import UNQUOTED, without_quotes
from search_app.finding.results_page import NOT_IN_THESE_WORDS
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.asking.api_search import ask

DOCUMENT = """\
CONSEJERA ANA RUIZ: Buenas tardes. La urna, que es electrónica, llegó en marzo a las escuelas.

SEÑOR LUIS PEÑA: Los años previos costó más; el presupuesto de las escuelas no alcanzaba.
"""
QUESTION = "¿Cuándo llegó la «urna electrónica» a las escuelas?"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> CorpusMaker:
    maker = CorpusMaker(tmp_path_factory.mktemp("preguntas"))
    maker.event()
    maker.mesa(extra="numero = 3\n", transcripcion_txt=DOCUMENT)
    maker.update()
    return maker


@pytest.fixture(scope="module")
def client(made: CorpusMaker) -> Iterator[FlaskClient]:
    index = open_index(made.settings.index)
    yield create_app(index).test_client()
    index.close()


def test_a_question_whose_quotes_nothing_answers_is_asked_without_them_and_says_so(client: FlaskClient) -> None:
    data = ask(client, QUESTION)
    assert (data["total"], data["total_algunas"]) == (1, 1)
    assert "La urna" in data["resultados"][0]["texto"]
    assert data["avisos"] == [UNQUOTED]
    assert data["consulta"] == QUESTION
    assert data["corregida"] == "¿Cuándo llegó la urna electrónica a las escuelas?"


@pytest.mark.parametrize(
    "text",
    [
        "«urna electrónica»",
        "¿«urna electrónica»?",
        "¿La «urna electrónica» de la?",
        "llegó «urna electrónica» escuelas",
        '¿llegó "urna presupuesto"~3 escuelas?',
        '¿llegó -"urna electrónica" "electrónica urna"~1?',
    ],
)
def test_what_is_no_sentence_finds_nothing_when_its_phrase_is_not_there(client: FlaskClient, text: str) -> None:
    data = ask(client, text)
    assert (data["total"], data["total_algunas"], data["avisos"], data["corregida"]) == (0, 0, [], None)


def test_a_phrase_that_is_there_holds_in_a_question_too(client: FlaskClient) -> None:
    data = ask(client, "¿Qué «presupuesto de las escuelas» alcanzaba en marzo?")
    assert data["total"] + data["total_algunas"] == 1
    assert not data["avisos"]


def test_corregir_no_asks_for_the_quotes_as_they_are(client: FlaskClient) -> None:
    data = ask(client, QUESTION, corregir="no")
    assert (data["total"], data["total_algunas"], data["avisos"]) == (0, 0, [])


def test_filters_and_exclusions_hold_without_the_quotes(client: FlaskClient) -> None:
    assert ask(client, QUESTION, persona="Luis Peña")["total"] == 0
    assert ask(client, QUESTION + ' -marzo -"años previos"')["total_algunas"] == 0
    assert ask(client, QUESTION + ' persona:"Ana Ruiz"')["total"] == 1


def test_the_page_says_it_once_with_a_way_back_and_marks_what_was_searched(client: FlaskClient) -> None:
    text = client.get("/buscar?" + urlencode({"q": QUESTION})).text
    assert text.count(UNQUOTED) == 1
    assert "Buscar tal cual, con comillas</a>" in text
    assert "corregir=no" in text
    assert "?q=" + quote("¿Cuándo llegó la urna electrónica", safe="").replace("%20", "+") in text


def test_files_feed_and_other_views_are_of_what_was_searched(client: FlaskClient) -> None:
    text = client.get("/buscar?" + urlencode({"q": QUESTION})).text
    found = re.findall(r'href="(/(?:en-contexto|comparar|exportar|buscar\.atom)\?[^"]*)"', text)
    assert len(found) >= 5
    assert all("urna+electr" in address and "%C2%AB" not in address for address in found)


def test_a_mistyped_word_beside_the_quotes_is_said_as_well(client: FlaskClient) -> None:
    question = "¿Cuándo llegó la «urna electrónica» a las ezcuelas?"
    assert ask(client, question)["corregida"] == "¿Cuándo llegó la urna electrónica a las escuelas?"
    text = client.get("/buscar?" + urlencode({"q": question})).text
    assert f"{UNQUOTED}. No hay fragmentos con «ezcuelas»; se buscó «escuelas»." in text


def test_the_command_says_it_too(made: CorpusMaker) -> None:
    given = CliRunner().invoke(cli, ["buscar", QUESTION, "--indice", str(made.settings.index)])
    assert f"{UNQUOTED}.\n" in given.output


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("“uno dos” tres", "uno dos tres"),
        ('"uno dos"~3 «tres»', "uno dos tres"),
        ('a -"b c" "d"', 'a -"b c" d'),
        ('persona:"Ana Ruiz" "d"', 'persona:"Ana Ruiz" d'),
        ('a "b', 'a "b'),
        ('a"b"c', "a b c"),
        ('¿a "b c", o ("d")?', "¿a b c, o (d)?"),
    ],
)
def test_only_the_quotes_of_what_is_looked_for_are_taken_out(text: str, loose: str) -> None:
    assert without_quotes(text) == loose
    parsed = read([("q", text)]).parsed
    again = read([("q", loose)]).parsed
    assert (again.excluded, again.filters) == (parsed.excluded, parsed.filters)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("¿Qué dijo Carlos Soto sobre la urna electrónica?", "Carlos Soto"),
        ("¿Qué opina la doctora María del Pilar Soto de la urna electrónica?", "María del Pilar Soto"),
        ("qué dijo carlos soto de la urna electrónica", "carlos soto"),
        ("¿Qué dijo Ana Ruiz Soto sobre la urna electrónica?", "Ana Ruiz Soto"),
    ],
)
def test_a_question_about_somebody_who_does_not_speak_says_so_and_offers_the_rest(
    client: FlaskClient, question: str, name: str
) -> None:
    told = f"Nadie llamado «{name}» habla ni participa en el acervo"
    assert ask(client, question)["avisos"] == [told]
    text = client.get("/buscar?" + urlencode({"q": question})).text
    assert told in text
    assert "Buscar solo «urna electrónica»</a> 1 fragmento" in text


@pytest.mark.parametrize(
    "asked",
    [
        "la ley",
        "el INE",
        "la Suprema Corte",
        "América Latina",
        "la esperanza",
        "Ana Ruiz",
        "el señor Luis Peña",
        "Morena",
    ],
)
def test_of_whom_speaks_and_of_what_is_no_person_nothing_is_said(client: FlaskClient, asked: str) -> None:
    assert "Nadie" not in " ".join(ask(client, f"¿Qué dijo {asked} sobre la urna?")["avisos"])


def test_what_somebody_never_said_is_told_before_what_others_say(client: FlaskClient) -> None:
    data = ask(client, "¿Qué dijo Luis Peña sobre la urna electrónica?")
    assert data["resultados"][0]["persona"] == "Ana Ruiz"
    assert data["avisos"] == [f"Se entendió la pregunta: lo que dijo Luis Peña{NOT_IN_THESE_WORDS}"]
