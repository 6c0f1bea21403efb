"""The vocabulary on pages: the tree, one topic by mesas, and what a search was widened with."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.engines import open_index
from indexer.model.vocabulary import Topic
from search_app.finding.expansions import words
from search_app.registers.topics import MOST_ROWS
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

VOCABULARY = """
[[temas]]
id = "resultados"
etiqueta = "Resultados"
[[temas]]
id = "sistemas"
etiqueta = "Sistemas"
[[temas]]
id = "prep"
etiqueta = "Programa de Resultados Electorales Preliminares"
siglas = ["PREP"]
signos = ["digitalización", "capturista"]
definicion = "Mecanismo informativo."
mas_amplio = ["resultados", "sistemas"]
relacionado = ["computos"]
[[temas]]
id = "computos"
etiqueta = "Cómputos"
equivalentes = ["cómputo"]
relacionado = ["prep"]
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Four mesas: one speaks of the PREP, one does not, one has no transcript, one has no text at all."""
    maker = CorpusMaker(tmp_path_factory.mktemp("temas"))
    (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    maker.event(anuncio_txt="Se hablará del PREP y de los cómputos.")
    said = ("El PREP funcionó.", "La digitalización sin capturista.", "Sumamos los cómputos en la bodega.")
    said_by = "\n\n".join(f"PONENTE: {sentence}" for sentence in said)
    maker.mesa("habla", title="Habla", transcripcion_txt=said_by, descripcion_txt="Sobre otra cosa.")
    maker.mesa("calla", title="Calla", transcripcion_txt="PONENTE: Buenos días a todas.\n")
    maker.mesa("muda", title="Muda", descripcion_txt="El programa de resultados electorales preliminares.")
    maker.mesa("vacia", title="Vacía")
    maker.event("ensayo", title="Ensayo", extra="ficticio = true\n", anuncio_txt="El PREP de mentira.")
    assert not maker.update().failed
    index = open_index(maker.settings.index)
    yield create_app(index).test_client()
    index.close()


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def rows(client: FlaskClient, topic: str) -> dict[str, list[str]]:
    """The table of a topic: name of the row to its cells, as read."""
    table = re.findall(r"<tr>(.*?)</tr>", page(client, f"/temas/{topic}"))
    cells = [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in table]
    return {name: counts for name, *counts in cells}


def test_a_topic_with_two_broader_ones_stands_under_both(client: FlaskClient) -> None:
    tree = page(client, "/temas/").partition('id="cruce"')[0]
    assert tree.count('<a href="/temas/prep">') == 2
    assert 'rel="alternate" type="application/ld+json" href="/temas.jsonld"' in tree


def test_a_mesa_without_transcript_is_blank_and_not_nought(client: FlaskClient) -> None:
    assert rows(client, "prep") == {
        "Mesa": ["Transcripción", "Descripción"],
        "Anuncio": ["", "1"],
        "Habla": ["2", "0"],
        "Calla": ["0", ""],
        "Muda": ["sin transcripción", "1"],
        "Vacía": ["sin transcripción", ""],
    }


def test_counts_lead_to_just_those_fragments(client: FlaskClient) -> None:
    text = page(client, "/temas/prep")
    links = re.findall(r'<a href="(/buscar\?[^"]*)" aria-label="(\d+) fragmentos? de', text)
    assert len(links) == 3
    for address, count in links:
        assert client.get("/api" + address.replace("&amp;", "&")).get_json()["total"] == int(count)


def test_a_topic_shows_fragments_that_name_it_before_those_with_a_sign(client: FlaskClient) -> None:
    extracts = [plain(found) for found in re.findall(r'<p class="dicho">(.*?)</p>', page(client, "/temas/prep"))]
    assert extracts[0] == "Mecanismo informativo."
    assert extracts[-1] == "La digitalización sin capturista."
    assert len(extracts) == 5
    assert "de mentira" not in " ".join(extracts)


def test_many_mesas_list_only_those_that_speak_of_it(maker: CorpusMaker) -> None:
    (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    maker.event()
    for number in range(MOST_ROWS + 5):
        maker.mesa(f"mesa-{number:02}", title=f"Mesa {number:02}", transcripcion_txt="PONENTE: El PREP.\n")
    maker.mesa("muda", title="Muda")
    maker.update()
    index = open_index(maker.settings.index)
    text = page(create_app(index).test_client(), "/temas/prep")
    index.close()
    assert text.count('<tr><th scope="row">') == MOST_ROWS
    assert "Y 5 fragmentos en otras mesas." in text
    assert "Muda" not in text


class TestWidening:
    def test_each_topic_is_told_and_can_be_taken_out(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP+cómputo+bodega")
        assert "PREP = Programa de Resultados Electorales Preliminares" in text
        assert "cómputo = Cómputos" in text
        [address] = re.findall(r'<a class="quitar"[^>]*href="([^"]*sin=prep[^"]*)"', text)
        less = page(client, address.replace("&amp;", "&"))
        assert "PREP = Programa" not in less
        assert "cómputo = Cómputos" in less
        assert "Sin el tema: Programa de Resultados Electorales Preliminares (PREP)" in less

    def test_all_of_them_can_be_taken_out_at_once(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP+cómputo")
        [address] = re.findall(r'href="([^"]*)">Buscar solo estas palabras', text)
        assert "También se buscó" not in page(client, address.replace("&amp;", "&"))

    def test_a_topic_is_left_out_by_any_of_its_names(self, client: FlaskClient) -> None:
        def asked(*pairs: tuple[str, str]) -> tuple[list[str], int]:
            found = client.get("/api/buscar", query_string=[("q", "PREP cómputos"), *pairs]).get_json()
            return [widening["tema"] for widening in found["ampliaciones"]], found["total"] + found["total_algunas"]

        assert asked() == (["prep", "computos"], 4)
        assert asked(("sin", "prep")) == asked(("sin", "PREP"), ("sin", "nadie")) == (["computos"], 3)
        assert asked(("sin", "prep"), ("sin", "computos")) == asked(("ampliar", "no")) == ([], 3)
        assert asked(("sin", "")) == asked()

    def test_a_quoted_phrase_is_not_widened(self, client: FlaskClient) -> None:
        assert "También se buscó" not in page(client, '/buscar?q="PREP"')

    def test_the_page_that_a_result_leads_to_marks_with_the_same_topics(self, client: FlaskClient) -> None:
        text = page(client, "/buscar?q=PREP+paz&sin=prep")
        assert "?q=PREP+paz&amp;sin=prep#p" in text
        assert "<mark>" not in page(client, "/foro/muda/?q=PREP&sin=prep")
        assert "<mark>" in page(client, "/foro/muda/?q=PREP")

    def test_a_new_search_does_not_inherit_what_was_taken_out(self, client: FlaskClient) -> None:
        box, dates = re.findall(r"<form.*?</form>", page(client, "/buscar?q=PREP&sin=prep"), re.DOTALL)
        assert 'name="sin"' not in box
        assert 'name="sin" value="prep"' in dates  # the same search, over other days

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            (["PREP"], "PREP = Programa de Resultados"),
            (["programa de resultados"], "programa de resultados = PREP"),
            (["preliminares"], "preliminares = PREP = Programa de Resultados"),
            (["PREP", "programa de resultados"], "PREP = programa de resultados = preliminares"),
        ],
    )
    def test_a_widening_is_told_by_the_names_that_were_not_typed(self, typed: list[str], said: str) -> None:
        topic = Topic("prep", "Programa de Resultados", acronyms=("PREP",), equivalents=("preliminares",))
        assert words(topic, typed) == said

    def test_many_names_are_summed_up(self) -> None:
        topic = Topic("a", "Paridad", equivalents=("uno", "dos", "tres", "cuatro"))
        assert words(topic, ["paridad"]) == "paridad = uno, dos y 2 formas más"


def test_a_partial_result_says_what_it_has_and_lacks_and_a_full_one_does_not(client: FlaskClient) -> None:
    text = page(client, "/buscar?q=cómputo+bodega+nadie+PREP&corregir=no")
    assert "Tiene: cómputo, bodega · Le faltan: nadie, PREP" in text
    assert "Le falta" not in page(client, "/buscar?q=sumamos+bodega")
