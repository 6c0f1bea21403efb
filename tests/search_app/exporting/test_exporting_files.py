"""The files that are taken away, opened by other readers than the one who wrote them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mammoth
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from indexer.engines import open_index
from indexer.model import Kind
from indexer.readers import read
from search_app.exporting.ooxml import Paragraph, Span, package
from search_app.exporting.records import COLUMNS
from search_app.web.application import create_app
from tests.corpora import CorpusMaker
from tests.search_app.citations.made_citations import CONSULTED
from tests.search_app.fakes.forum import forum
from tests.waiting import PATIENCE_S

Get = Callable[[str], bytes]
SOFFICE = shutil.which("soffice")
THREE = "f=foro/mesa-5/p42&f=foro/mesa-5/p44&f=foro/p1"
VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ana Ruiz>Buenas tardes, iniciamos con el PREP &amp; los cómputos.

00:00:04.000 --> 00:00:09.500
<v Ana Ruiz>El 5 < 6 y el acta --> el paquete.

00:01:10.000 --> 00:01:12.000
<v Luis Paz>=SUMA(A1) no es una fórmula.

00:01:12.000 --> 00:01:15.250
<v Luis Paz>Gracias.
"""


@pytest.fixture(scope="module")
def get() -> Get:
    client = create_app(forum(), public_url="https://consta.example.mx").test_client()

    def file(query: str) -> bytes:
        answer = client.get(f"/exportar?{query}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.data

    return file


class TestWord:
    def test_each_fragment_is_a_quotation_with_its_citation_as_a_footnote(self, get: Get) -> None:
        page = BeautifulSoup(mammoth.convert_to_html(io.BytesIO(get(f"{THREE}&formato=docx"))).value, "lxml")
        marks = [mark.get_text() for mark in page.select("sup a")]
        notes = [note.get_text() for note in page.select("ol li")]
        assert marks == ["[1]", "[2]", "[3]"]
        assert len(notes) == 3
        assert notes[0].strip().startswith("Ruiz, Ana (Consejera, Instituto de Prueba), intervención en la mesa 5")
        assert "“PREGUNTA” (persona no identificada" in notes[1]
        assert page.select("ol li i, ol li em")[0].get_text() == "Foro de experiencias <y> saberes"
        assert page.select('ol li a[href="https://consta.example.mx/foro/mesa-5/p42"]')
        quoted = next(p.get_text() for p in page.select("p") if "se probó tres veces" in p.get_text())
        assert quoted == "Buenas tardes. El PREP de 2024 se probó tres veces con <datos> de ensayo.[1]"

    def test_our_own_reader_reads_its_words(self, get: Get, tmp_path: Path) -> None:
        path = tmp_path / "llevado.docx"
        path.write_bytes(get(f"{THREE}&formato=docx"))
        text = " ".join(block.text for block in read(path, Kind.DESCRIPTION).blocks)
        assert "¿Y los cómputos?" in text

    def test_what_is_no_quotation_is_not_set_as_one(self, get: Get) -> None:
        def styles(query: str) -> list[str]:
            with zipfile.ZipFile(io.BytesIO(get(f"{query}&formato=docx"))) as archive:
                tree = etree.fromstring(archive.read("word/document.xml"))
            space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
            return [style.get(f"{space}val") for style in tree.iter(f"{space}pStyle")]

        assert "Cita" in styles("f=foro/mesa-5/p42")
        assert "Cita" not in styles("f=foro/mesa-5/p1")
        assert "Cita" not in styles("f=ensayo/mesa-1/p1")

    @given(st.lists(st.tuples(st.text(), st.text(), st.booleans()), max_size=4))
    def test_every_part_is_xml_whatever_the_words(self, texts: list[tuple[str, str, bool]]) -> None:
        paragraphs = [
            Paragraph(
                (Span(text, slanted=on), Span("x", address=f"https://x.mx/{note}")), "Cita", (Span(note, bold=on),)
            )
            for text, note, on in texts
        ]
        data = package(paragraphs, title="Título & <más>", created=CONSULTED)
        assert data == package(paragraphs, title="Título & <más>", created=CONSULTED)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            trees = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
        space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        asked = [node.get(f"{space}id") for node in trees["word/document.xml"].iter(f"{space}footnoteReference")]
        there = [node.get(f"{space}id") for node in trees["word/footnotes.xml"].iter(f"{space}footnote")]
        assert there == ["-1", "0", *asked]
        assert asked == [str(number) for number in range(1, len(asked) + 1)]
        for part in ("document", "footnotes"):
            links = [n.get("Id") for n in trees[f"word/_rels/{part}.xml.rels"]]
            key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
            assert {n.get(key) for n in trees[f"word/{part}.xml"].iter(f"{space}hyperlink")} <= set(links)

    @pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice on this machine")
    def test_libreoffice_opens_it_with_its_notes(self, get: Get, tmp_path: Path) -> None:
        (tmp_path / "llevado.docx").write_bytes(get(f"{THREE}&formato=docx"))
        profile = f"-env:UserInstallation=file://{tmp_path}/perfil"
        order = [str(SOFFICE), profile, "--headless", "--convert-to", "html", "--outdir", str(tmp_path)]
        subprocess.run([*order, str(tmp_path / "llevado.docx")], check=True, capture_output=True, timeout=PATIENCE_S)
        page = BeautifulSoup((tmp_path / "llevado.html").read_bytes(), "lxml")
        notes = page.select("[id^=sdfootnote]")
        assert len(notes) == 3
        assert "Ruiz, Ana (Consejera" in " ".join(notes[0].get_text().split())


class TestTables:
    def rows(self, data: bytes) -> list[dict[str, str]]:
        assert data.startswith(b"\xef\xbb\xbf"), "without the mark, Excel loses the accents"
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    def test_a_row_a_fragment_with_its_citation(self, get: Get) -> None:
        rows = self.rows(get(f"{THREE}&formato=csv"))
        assert [row["id"] for row in rows] == ["foro/mesa-5#p42", "foro/mesa-5#p44", "foro#p1"]
        assert rows[0]["persona"] == "Ana Ruiz"
        assert rows[0]["institucion"] == "Instituto de Prueba"
        assert rows[0]["fecha"] == "2025-12-05"
        assert rows[0]["cita"].startswith("Ruiz, Ana (Consejera")
        assert rows[0]["direccion"] == "https://consta.example.mx/foro/mesa-5/p42"

    def test_the_separator_is_chosen_and_every_cell_is_quoted(self, get: Get) -> None:
        for name, mark in (("", ","), ("coma", ","), ("punto y coma", ";"), ("punto-y-coma", ";"), ("tabulador", "\t")):
            lines = get(f"{THREE}&formato=csv&sep={name}").decode("utf-8-sig").splitlines()
            assert [line[:5] for line in lines] == [f'"id"{mark}', *['"foro'] * 3], name
            assert all(len(line.split(f'"{mark}"')) == len(COLUMNS) + 2 for line in lines)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Pages built from real files: captions, and a text without times."""
    maker = CorpusMaker(tmp_path_factory.mktemp("llevado"))
    maker.event()
    maker.mesa(
        "mesa-1", extra='numero = 1\nvideo = "https://youtu.be/abc"\n', transcripcion_vtt=VTT, descripcion_md="De qué."
    )
    maker.mesa("mesa-2", extra="numero = 2\n", transcripcion_txt="ANA RUIZ: Buenas tardes a todas y todos.\n")
    assert not maker.update().failed
    index = open_index(maker.settings.index)
    yield create_app(index, public_url="https://consta.example.mx").test_client()
    index.close()


class TestWholePages:
    def test_webvtt_read_again_has_the_same_words_speakers_and_times(self, real: FlaskClient, tmp_path: Path) -> None:
        first, again = tmp_path / "uno.vtt", tmp_path / "dos.vtt"
        first.write_text(VTT, encoding="utf-8")
        again.write_bytes(real.get("/exportar?todo_de=foro/mesa-1&formato=vtt").data)
        before, after = (read(path, Kind.TRANSCRIPT) for path in (first, again))
        assert after.warnings == ()
        raw = again.read_text(encoding="utf-8")
        assert "PREP &amp; los cómputos" in raw
        assert "El 5 &lt; 6 y el acta --&gt; el paquete." in raw
        assert [(b.text, b.start_s, b.speaker) for b in after.blocks] == [
            (b.text, b.start_s, b.speaker) for b in before.blocks
        ]

    def test_webvtt_of_the_shipped_captions_has_the_same_words(self, shipped: FlaskClient, tmp_path: Path) -> None:
        page = "demostracion/mesa-1-resultados-y-tecnologia"
        answer = shipped.get(f"/exportar?todo_de={page}&formato=vtt")
        assert "TEXTO FICTICIO" in answer.get_data(as_text=True)
        again = tmp_path / "otra.vtt"
        again.write_bytes(answer.data)
        original = Path(__file__).parents[3] / "corpus" / page / "transcripcion.vtt"
        words = [" ".join(b.text for b in read(path, Kind.TRANSCRIPT).blocks).split() for path in (original, again)]
        assert words[0] == words[1]

    def test_a_text_without_times_has_no_captions(self, real: FlaskClient) -> None:
        answer = real.get("/exportar?todo_de=foro/mesa-2&formato=vtt")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert "no tiene transcripción con tiempos" in answer.json["detail"]
        assert "WebVTT" not in real.get("/exportar?todo_de=foro/mesa-2").get_data(as_text=True)

    def test_text_goes_by_turns_with_numbers_and_times(self, real: FlaskClient) -> None:
        text = real.get("/exportar?todo_de=foro/mesa-1&formato=texto").get_data(as_text=True)
        assert "DESCRIPCIÓN" in text
        assert "TRANSCRIPCIÓN · Subtítulos automáticos\nSubtítulos automáticos, sin revisar" in text
        assert "Ana Ruiz\n[p2 · 0:01] Buenas tardes, iniciamos con el PREP & los cómputos." in text
        assert "\n\nLuis Paz\n" in text

    def test_tables_and_json_have_every_fragment(self, real: FlaskClient) -> None:
        data = real.get("/exportar?todo_de=foro/mesa-1&formato=json").json
        rows = list(
            csv.DictReader(io.StringIO(real.get("/exportar?todo_de=foro/mesa-1&formato=csv").data.decode("utf-8-sig")))
        )
        assert [found["id"] for found in data["resultados"]] == [row["id"] for row in rows]
        assert data["total"] == len(rows) == 3
        assert next(row["texto"] for row in rows if "SUMA" in row["texto"]).startswith("'=SUMA")
        assert data["fecha_de_consulta"]
        assert data["resultados"][1]["fecha"] is None


class TestJson:
    def test_a_selection_has_keys_of_the_api_and_citations(self, get: Get) -> None:
        data: dict[str, Any] = json.loads(get(f"{THREE}&formato=json"))
        first = data["resultados"][0]
        assert data["edicion"] == "3f9c01d2ab77"
        assert first["id"] == "foro/mesa-5#p42"
        assert first["inicio_s"] == 12.5
        assert first["apa"].startswith("Ruiz, A. (2025, 5 de diciembre).")
        assert data["direccion"] == f"https://consta.example.mx/exportar?{THREE}"

    @pytest.mark.parametrize("form", ["docx", "texto", "csv", "json", "bibtex", "ris", "csl"])
    def test_what_nobody_said_is_marked_in_every_format(self, get: Get, form: str) -> None:
        data = get(f"f=ensayo/mesa-1/p1&formato={form}")
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read("word/document.xml") + archive.read("word/footnotes.xml")
        assert "TEXTO FICTICIO" in data.decode()
