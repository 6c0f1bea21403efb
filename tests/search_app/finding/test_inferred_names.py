"""A name that rests on a guess is told as inferred wherever it stands: pages, citations, files, programs."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from indexer.engines import open_index
from indexer.language.inferred_names import INFERRED_NAME_MEANS, called
from search_app.__main__ import cli
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.guesses import write_guesses

MESA = "/foro/mesa-1"
SURE, EVA, ANA_AGAIN, QUESTION = (f"{MESA}/p{n}" for n in (1, 2, 3, 4))


class Forum:
    """The forum, served in memory."""

    def __init__(self, maker: CorpusMaker) -> None:
        self.maker = maker
        self.index = open_index(maker.settings.index)
        self.client = create_app(self.index, public_url="https://consta.example.mx").test_client()

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)

    def words(self, address: str) -> str:
        """The words of a page, as they are read out."""
        body = re.sub(r"<(script|style).*?</\1>", " ", self.get(address), flags=re.DOTALL)
        words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())
        return re.sub(r" (?=[,.:])", "", words)


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forum]:
    maker = CorpusMaker(tmp_path_factory.mktemp("inferidos"))
    write_guesses(maker)
    made = Forum(maker)
    yield made
    made.index.close()


def test_the_page_of_a_mesa_marks_each_guess_and_says_before_how_many_there_are(forum: Forum) -> None:
    words = forum.words(f"{MESA}/")
    assert f"Nombre inferido en 2 intervenciones de 4. {INFERRED_NAME_MEANS}" in words
    assert re.findall(r'<h3 class="quien(?: rotulo)?">([^<]*)(<span class="inferido")?', forum.get(f"{MESA}/")) == [
        ("Ana Ruiz", ""),
        ("Eva Paz ", '<span class="inferido"'),
        ("Ana Ruiz ", '<span class="inferido"'),
        ("PREGUNTA ", ""),
    ]


def test_the_page_of_a_fragment_says_it_of_itself_and_of_its_neighbours(forum: Forum) -> None:
    assert f"Nombre inferido. {INFERRED_NAME_MEANS}" in forum.words(EVA)
    assert "Eva Paz (nombre inferido)" in forum.words(EVA)
    sure = forum.words(SURE)
    assert INFERRED_NAME_MEANS not in sure
    assert "Fragmento siguiente · Eva Paz (nombre inferido)" in sure


def test_results_contexts_and_selections_say_it(forum: Forum) -> None:
    for address in ("/buscar?q=bodega", "/en-contexto?q=bodega", "/exportar?f=foro/mesa-1/p2&f=foro/mesa-1/p4"):
        words = forum.words(address)
        assert "Eva Paz (nombre inferido)" in words, address
        assert "PREGUNTA (nombre inferido)" not in words, address


def test_a_quotation_stays_textual_and_the_name_is_said_to_be_inferred(forum: Forum) -> None:
    quoted = "La bodega guarda doscientas urnas"
    words = forum.words(f"/cotejar?cita={quote(quoted)}")
    assert "Textual Está, palabra por palabra, en 1 lugar." in words
    assert f"Nombre inferido. {INFERRED_NAME_MEANS}" in words
    answer = json.loads(forum.get(f"/api/cotejar?cita={quote(quoted)}"))
    (place,) = answer["coincidencias"]
    assert (answer["veredicto"], place["persona"], place["persona_inferida"]) == ("textual", "Eva Paz", True)
    assert any(told.startswith("Nombre inferido") for told in place["advertencias"])
    sure = json.loads(forum.get("/api/cotejar?cita=" + quote("abrimos la mesa con la palabra xilocopa")))
    assert [one["persona_inferida"] for one in sure["coincidencias"]] == [False]


def test_a_quotation_that_runs_into_a_guess_is_no_sure_one(forum: Forum) -> None:
    across = "con la palabra xilocopa. La bodega guarda doscientas urnas y ninguna sobra"
    (place, *_) = json.loads(forum.get(f"/api/cotejar?cita={quote(across)}"))["coincidencias"]
    assert (place["persona"], place["persona_inferida"]) == ("Ana Ruiz", True)


def test_every_result_of_the_interface_says_whether_its_person_is_inferred(forum: Forum) -> None:
    found = json.loads(forum.get("/api/buscar?q="))["resultados"]
    told = {one["id"]: one["persona_inferida"] for one in found}
    assert told == {f"foro/mesa-1#p{n}": n in (2, 3) for n in (1, 2, 3, 4)}


def test_the_terminal_says_it_in_text_json_and_csv(forum: Forum) -> None:
    def asked(form: str) -> str:
        place = str(forum.maker.settings.index)
        return CliRunner().invoke(cli, ["buscar", "bodega", "--indice", place, "--formato", form]).output

    assert "Eva Paz (nombre inferido)\n" in asked("texto")
    by_person = {one["persona"]: one["persona_inferida"] for one in json.loads(asked("json"))["resultados"]}
    assert by_person == {"Eva Paz": True, "Ana Ruiz": True, "PREGUNTA": False}
    rows = csv.DictReader(io.StringIO(asked("csv")))
    assert {row["persona"]: row["persona_inferida"] for row in rows} == {
        "Eva Paz": "si", "Ana Ruiz": "si", "PREGUNTA": "no",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "texto", "bibtex", "ris", "csl", "csv", "json"])
def test_every_file_of_a_selection_says_it_of_the_guess_alone(forum: Forum, form: str) -> None:
    def taken(fragment: str) -> str:
        data = forum.client.get(f"/exportar?f=foro/mesa-1/{fragment}&formato={form}").get_data()
        if form != "docx":
            return data.decode()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "".join(package.read(name).decode() for name in package.namelist())

    assert "nombre inferido" in taken("p2").casefold()
    assert "nombre inferido" not in taken("p1").casefold()


def test_a_whole_mesa_in_text_and_captions_says_it_beside_the_name(forum: Forum) -> None:
    text = forum.get("/exportar?todo_de=foro/mesa-1&formato=texto")
    assert text.count("Ana Ruiz\n") == 1
    assert text.count("Ana Ruiz (nombre inferido)\n") == 1
    captions = forum.get("/exportar?todo_de=foro/mesa-1&formato=vtt")
    assert re.findall("<v ([^>]*)>", captions) == [
        "Ana Ruiz", "Eva Paz (nombre inferido)", "Ana Ruiz (nombre inferido)", "PREGUNTA",
    ]  # fmt: skip
    assert INFERRED_NAME_MEANS in captions


def test_no_machine_is_told_that_a_guess_is_the_author(forum: Forum) -> None:
    page = forum.get(EVA)
    assert '<meta name="citation_title" content="Intervención atribuida a “Eva Paz” (nombre inferido)' in page
    assert "citation_author" not in page
    assert '<meta name="citation_author" content="Ruiz, Ana">' in forum.get(SURE)


def test_the_feed_and_the_words_of_schema_org_say_it(forum: Forum) -> None:
    feed = forum.get("/buscar.atom?q=bodega")
    assert "<name>Eva Paz (nombre inferido)</name>" in feed
    assert "<name>PREGUNTA</name>" in feed
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', forum.get(f"{MESA}/"))
    clips = [clip["name"] for clip in json.loads(data)["recordedIn"]["hasPart"]]
    assert clips == ["Ana Ruiz", "Eva Paz (nombre inferido)", "Ana Ruiz (nombre inferido)", "PREGUNTA"]


def test_a_person_is_counted_with_the_guesses_and_told_how_many_they_are(forum: Forum) -> None:
    assert "2 intervenciones (1 con nombre inferido), 17 palabras" in forum.words("/personas/ana-ruiz")
    assert "1 intervención (1 con nombre inferido)" in forum.words("/personas/eva-paz")
    everybody = forum.words("/personas/")
    assert "Ana Ruiz 1 mesa · 2 intervenciones (1 con nombre inferido)" in everybody
    assert "PREGUNTA 1 fragmento de PREGUNTA 1 6" in everybody
    rows = forum.words("/comparar?q=bodega&por=persona")
    assert "Eva Paz 1 intervención con nombre inferido" in rows
    assert "PREGUNTA 1 intervención" not in rows


def test_the_description_of_the_interface_has_it_in_both_shapes(forum: Forum) -> None:
    schemas = json.loads(forum.get("/api/openapi.json"))["components"]["schemas"]
    for name in ("Fragmento", "LugarDeCita"):
        assert schemas[name]["properties"]["persona_inferida"]["type"] == "boolean"
        assert "persona_inferida" in schemas[name]["required"]


def test_the_help_says_what_it_means_where_pages_lead_to(forum: Forum) -> None:
    assert 'href="/ayuda#nombre-inferido"' in forum.get(f"{MESA}/")
    assert 'id="nombre-inferido"' in forum.get("/ayuda")


def test_nobody_is_not_called_inferred() -> None:
    assert called(None, True) is None
    assert called("Ana Ruiz", False) == "Ana Ruiz"


@pytest.mark.parametrize("address", ["/buscar?q=", "/buscar?q=&lista=persona", "/buscar?q=&persona=PREGUNTA"])
def test_what_is_printed_in_place_of_a_name_is_no_person_among_those_who_speak(forum: Forum, address: str) -> None:
    words = forum.words(address)
    assert "PREGUNTA (no consta su nombre)" in words
    assert "Ana Ruiz (no consta" not in words
