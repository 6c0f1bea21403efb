"""A corpus taken away: its formats opened by other readers, whole, hashed, without what is not to be in it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import etree

from indexer.cli import cli as staff
from indexer.engines import open_index
from search_app.__main__ import cli
from search_app.exporting.packages import PACKAGES
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
QDA = {"q": "urn:QDA-XML:project:1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
SCHEMAS = Path(os.environ.get("CONSTA_ESQUEMAS", "no-hay"))
"""A folder with ``Project.xsd`` of REFI-QDA, ``parla-clarin.rng`` and ``jing.jar``: they are not ours to ship."""
SAID = """ANA RUIZ: Buenas tardes. El PREP se probó tres veces 🗳 & con <datos> de ensayo.

LUIS PAZ: =SUMA(A1) no es una fórmula del PREP.

PREGUNTA: ¿Y los cómputos?
"""
VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ana Ruiz>Iniciamos con los cómputos.

00:01:10.000 --> 00:01:12.000
<v Luis Paz>Seguimos con las actas.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> CorpusMaker:
    maker = CorpusMaker(tmp_path_factory.mktemp("acervo"))
    maker.event(anuncio_txt="Se hablará del PREP.")
    maker.mesa(extra='fecha = 2025-12-04\nvideo = "https://video.example/1"\n', transcripcion_txt=SAID)
    maker.mesa("mesa-2", title="Tiempos", transcripcion_vtt=VTT)
    maker.mesa("mesa-3", title="Retirada", transcripcion_txt="ANA RUIZ: El PREP que nadie debe leer.")
    maker.event("2026-sin-anuncio", title="Otro foro")
    maker.mesa(event="2026-sin-anuncio", transcripcion_txt="EVA SOL: Otro PREP.")
    maker.event("ensayo", title="Ensayo", extra="ficticio = true\n")
    maker.mesa(event="ensayo", transcripcion_txt="NADIE NUNCA: El PREP inventado.")
    assert not maker.update().failed
    where = ["--corpus", str(maker.corpus), "--indice", str(maker.settings.index)]
    withdrawn = CliRunner().invoke(staff, ["retirar", "foro/mesa-3", "--motivo", "A petición", *where])
    assert withdrawn.exit_code == 0, withdrawn.output
    return maker


@pytest.fixture(scope="module")
def client(made: CorpusMaker) -> Iterator[FlaskClient]:
    index = open_index(made.settings.index)
    yield create_app(index, public_url="https://consta.example.mx/foros").test_client()
    index.close()


def sent(client: FlaskClient, query: str) -> tuple[str, bytes]:
    """The name of a file, and what it holds."""
    with client.get(f"/exportar?{query}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.data
        return answer.headers["Content-Disposition"], answer.data


def taken(client: FlaskClient, query: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(sent(client, query)[1]))


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken(client, query).read("fragmentos.csv").decode("utf-8-sig"))))


class TestWhatIsTaken:
    def test_everything_is_what_a_search_without_words_finds(self, client: FlaskClient) -> None:
        found = client.get("/api/buscar?q=&por_pagina=100&orden=cronologico").json
        assert [row["id"] for row in rows(client, "q=&formato=csv.zip")] == [r["id"] for r in found["resultados"]]
        assert found["total"] == 7

    def test_an_event_is_taken_with_its_mesas_though_it_has_no_announcement(self, client: FlaskClient) -> None:
        assert {row["mesa"] for row in rows(client, "todo_de=foro&formato=csv.zip")} == {"", "mesa-1", "mesa-2"}
        assert [row["texto"] for row in rows(client, "todo_de=2026-sin-anuncio&formato=csv.zip")] == ["Otro PREP."]
        assert "formato=tei" in client.get("/exportar?todo_de=2026-sin-anuncio").text
        alone = client.get("/exportar?todo_de=2026-sin-anuncio&formato=csv")
        assert (alone.status_code, "formato=csv.zip" in alone.json["detail"]) == (404, True)

    def test_a_search_says_which_fragments_have_all_its_words(self, client: FlaskClient) -> None:
        found = client.get("/api/buscar?q=PREP+ensayo&por_pagina=100").json["resultados"]
        complete = {row["id"]: row["completo"] == "si" for row in rows(client, "q=PREP+ensayo&formato=csv.zip")}
        assert complete == {each["id"]: each["completo"] for each in found}
        assert set(complete.values()) == {True, False}

    def test_fictitious_text_is_left_out_until_it_is_asked_for_and_is_marked(self, client: FlaskClient) -> None:
        assert not any(name.startswith("texto/ensayo") for name in taken(client, "q=&formato=todo").namelist())
        for query in ("q=&ficticio=si", "todo_de=ensayo"):
            assert "-texto-ficticio.zip" in sent(client, f"{query}&formato=todo")[0]
            files = taken(client, f"{query}&formato=todo")
            for name in ("LEEME.txt", "texto/ensayo/mesa-1.txt", "tei/ensayo/mesa-1.xml"):
                assert "TEXTO FICTICIO" in files.read(name).decode(), name

    def test_what_was_withdrawn_is_in_no_file(self, client: FlaskClient) -> None:
        files = taken(client, "q=&ficticio=si&formato=todo")
        files_within = zipfile.ZipFile(io.BytesIO(files.read("consta.qdpx")))
        for archive in (files, files_within):
            assert not [name for name in archive.namelist() if b"nadie debe leer" in archive.read(name)]

    def test_fragments_one_by_one_are_no_corpus(self, client: FlaskClient) -> None:
        answer = client.get("/exportar?f=foro/mesa-1/p1&formato=tei")
        assert answer.status_code == 400
        assert "todo_de=evento" in answer.json["detail"]
        assert client.get("/exportar?todo_de=nada&formato=tei").status_code == 404


class TestTheArchive:
    def test_every_file_has_its_hash_and_the_readme_tells_the_edition(self, client: FlaskClient) -> None:
        edition = client.get("/salud").json["edicion"]
        for name in PACKAGES:
            called, data = sent(client, f"q=PREP&formato={name}")
            assert f"-{name.removesuffix('.zip')}-{edition}.zip" in called
            files = zipfile.ZipFile(io.BytesIO(data))
            sums = dict(line.split("  ")[::-1] for line in files.read("SHA256SUMS").decode().splitlines())
            assert sums == {
                each: hashlib.sha256(files.read(each)).hexdigest() for each in files.namelist() if each != "SHA256SUMS"
            }
            readme = files.read("LEEME.txt").decode()
            assert f"https://consta.example.mx/foros/buscar?q=PREP&edicion={edition}" in readme

    def test_the_lines_of_json_are_the_rows_of_the_table(self, client: FlaskClient) -> None:
        lines = taken(client, "q=&formato=jsonl").read("fragmentos.jsonl").decode().splitlines()
        table = rows(client, "q=&formato=csv.zip")
        assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in table]
        assert list(json.loads(lines[0])) == list(table[0])

    def test_the_command_writes_what_the_page_gives(
        self, client: FlaskClient, made: CorpusMaker, tmp_path: Path
    ) -> None:
        more = ["--indice", str(made.settings.index), "--url-publica", "https://consta.example.mx/foros"]
        line = ["exportar", str(tmp_path / "noche"), *more, "--texto", "PREP", "--formato", "tei", "--formato", "jsonl"]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code == 0, done.output
        for path, name in zip(done.output.split(), ("tei", "jsonl"), strict=True):
            assert Path(path).read_bytes() == sent(client, f"q=PREP&formato={name}")[1]
        refused = CliRunner().invoke(cli, [*line[:-1], "otro"])
        assert refused.exit_code == 2
        assert "«otro»" in refused.output


class TestTei:
    def test_one_document_gathers_the_others_and_no_pointer_leads_nowhere(
        self, client: FlaskClient, tmp_path: Path
    ) -> None:
        taken(client, "q=&ficticio=si&formato=tei").extractall(tmp_path)
        whole = etree.parse(tmp_path / "tei" / "consta.xml")
        whole.xinclude()
        ids = whole.xpath("//@xml:id")
        assert len(ids) == len(set(ids))
        assert {pointer[1:] for pointer in whole.xpath("//@who | //@synch | //@since | //@origin")} <= set(ids)
        said = whole.xpath("//t:u[@who='#persona.ana-ruiz']//t:seg", namespaces=TEI)
        assert "El PREP se probó tres veces 🗳 & con <datos> de ensayo." in said[0].text
        assert said[0].get(XML_ID) == "consta.foro.mesa-1.p1"
        if SCHEMAS.is_dir():
            whole.write(tmp_path / "todo.xml", encoding="utf-8")
            jing = ["java", "-jar", SCHEMAS / "jing.jar", SCHEMAS / "parla-clarin.rng", tmp_path / "todo.xml"]
            assert subprocess.run(jing, capture_output=True, text=True).stdout == ""


class TestRefiQda:
    def test_a_selection_holds_its_fragment_and_says_who_speaks_and_of_what(self, client: FlaskClient) -> None:
        within = zipfile.ZipFile(io.BytesIO(taken(client, "q=&formato=qdpx").read("consta.qdpx")))
        project = etree.fromstring(within.read("project.qde"))
        texts = {row["id"]: row["texto"] for row in rows(client, "q=&formato=csv.zip")}
        codes = {code.get("guid"): code.get("name") for code in project.iter("{*}Code")}
        who = {}
        for source in project.iter("{*}TextSource"):
            text = within.read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
            for chosen in source.iterfind("q:PlainTextSelection", QDA):
                start, end = int(chosen.get("startPosition")), int(chosen.get("endPosition"))
                assert text[start:end] == texts.pop(chosen.get("name")).removeprefix("'")
                who[chosen.get("name")] = [codes[ref.get("targetGUID")] for ref in chosen.iter("{*}CodeRef")]
        assert not texts
        assert who["foro/mesa-1#p1"][0] == "Ana Ruiz"
        assert who["foro#p1"] == []
        if SCHEMAS.is_dir():
            etree.XMLSchema(etree.parse(SCHEMAS / "Project.xsd")).assertValid(project)
