"""A forum on a real disk for the pages of study: concordance, comparison, people, entities, topics by mesas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from indexer.model.passage import Passage
from search_app.shown.collection import Collection
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

VOCABULARY = """
[[temas]]
id = "resultados"
etiqueta = "Resultados"
[[temas]]
id = "prep"
etiqueta = "Programa de Resultados Electorales Preliminares"
siglas = ["PREP"]
mas_amplio = ["resultados"]
"""
LISTED = """
numero = 1
fecha = 2025-12-04
[[participantes]]
nombre = "Ana Ruiz Peña"
cargo = "Consejera Electoral"
institucion = "Instituto Electoral del Estado de México"
modera = true
[[fuentes]]
id = "a"
titulo = "Crónica del día"
url = "https://diario.example.mx/cronica"
"""
LONG = " ".join(
    f"El PREP número {n} se probó con datos de ensayo y con personal de cada distrito." for n in range(1, 25)
)
"""One turn of three fragments."""
SAID = f"""
ANA RUIZ PEÑA, CONSEJERA ELECTORAL: {LONG}

PREGUNTA: ¿Y el presupuesto del programa?

ANA RUIZ PEÑA: El presupuesto alcanza. Casillas abiertas, casillas cerradas.

BERTA DÍAZ LUNA, DIRECTORA DE SONORA: Gracias por el presupuesto de Sonora.
"""
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:05.000
hoy hablamos del presupuesto y de la

00:00:05.000 --> 00:00:09.000
urna con la urna electrónica

"""
FICTITIOUS = """
CARLA INVENTADA, CONSEJERA: El PREP de mentira tiene presupuesto.

ANA RUIZ PEÑA: Nadie dijo esto del presupuesto.
"""


def studied(root: Path) -> CorpusMaker:
    """Two mesas with transcripts on two days, one with a description alone, one without any text; a fictitious one."""
    maker = CorpusMaker(root)
    (maker.corpus / "vocabulario.toml").write_text(VOCABULARY, encoding="utf-8")
    maker.event(anuncio_txt="Se hablará del PREP y del presupuesto.")
    maker.mesa("mesa-1", title="Uno", extra=LISTED, transcripcion_txt=SAID)
    maker.mesa("mesa-2", title="Dos", extra="numero = 2\nfecha = 2025-12-05\n", transcripcion_vtt=CAPTIONS)
    maker.mesa(
        "mesa-3",
        title="Tres",
        extra='numero = 3\nredaccion = "propia"\n[[participantes]]\nnombre = "Dora Paz Gil"\n',
        descripcion_txt="Se trató el presupuesto del INE.",
    )
    maker.mesa("mesa-4", title="Cuatro", extra="numero = 4\nfecha = 2025-12-05\n")
    maker.event("ensayo", title="Ensayo", extra="ficticio = true\n")
    maker.mesa("mesa-9", event="ensayo", title="Nueve", extra="fecha = 2025-12-04\n", transcripcion_txt=FICTITIOUS)
    assert not maker.update().failed
    return maker


class Studied:
    """The forum, open: its index, its catalogue, its pages."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self.collection = Collection(index.overview())
        self.client: FlaskClient = create_app(index).test_client()

    def page(self, address: str) -> str:
        """A page, its white space folded."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return " ".join(answer.get_data(as_text=True).split())

    def passages(self, page: str) -> tuple[Passage, ...]:
        """The fragments of a page."""
        found = self.index.session(PageId.parse(page))
        return found.passages if found else ()

    def total(self, address: str) -> int:
        """The full matches of a search."""
        answer = self.client.get(address.replace("/buscar", "/api/buscar").replace("&amp;", "&"))
        assert answer.status_code == 200, address
        found: int = answer.get_json()["total"]
        return found


@contextmanager
def opened_forum(root: Path) -> Iterator[Studied]:
    """The forum, built below a folder."""
    index = open_index(studied(root).settings.index)
    try:
        yield Studied(index)
    finally:
        index.close()
