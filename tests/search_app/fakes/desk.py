"""A small corpus of our own wording on a real disk, for what a researcher does: a long mesa with a video, others."""

from __future__ import annotations

from pathlib import Path

from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from tests.corpora import CorpusMaker

CUE_S = 6
LINE = "el equipo revisa las listas del almacén y anota cada caja que sale"
SAID = {
    2: "buenas tardes hoy hablamos del presupuesto para las casillas del año que viene",
    31: "el presupuesto de las casillas alcanza para doce mesas y una carpa",
    32: "nadie pidió más carpas en esta sala de pruebas",
    64: "sobre el presupuesto hubo tres preguntas y una respuesta larga",
    90: "nadie pidió más carpas en esta sala de pruebas",
    96: "cerramos con el presupuesto que falta por aprobar en la sala",
}
"""What is said in which cue; the others repeat one line."""


def vtt() -> str:
    """Captions of ten minutes: fragments of 120 words or so, four of which speak of the budget."""

    def at(second: int) -> str:
        return f"00:{second // 60:02d}:{second % 60:02d}.000"

    cues = (f"{at(n * CUE_S)} --> {at((n + 1) * CUE_S)}\n{SAID.get(n, LINE)}\n" for n in range(100))
    return "WEBVTT\n\n" + "\n".join(cues)


def desk(root: Path) -> SearchIndex:
    """Build it below a folder, and open its index."""
    maker = CorpusMaker(root)
    maker.event(anuncio_md="El foro habla de presupuesto, de casillas y de carpas.")
    people = '[[participantes]]\nnombre = "Ana Ruiz"\ncargo = "Consejera"\n[[participantes]]\nnombre = "Luis Mora"\n'
    maker.mesa(
        "mesa-5",
        title="Casillas y carpas",
        extra=f'numero = 5\nvideo = "https://www.youtube.com/watch?v=abc123"\nvideo_inicio_s = 10\n{people}',
        transcripcion_vtt=vtt(),
        hablantes_tsv="0\tAna Ruiz\n300\tLuis Mora\n",
        descripcion_md="De cuánto cuesta una casilla: presupuesto y carpas.",
    )
    maker.mesa("mesa-6", title="Lo que viene", extra="numero = 6\n")
    maker.mesa(
        "mesa-7",
        title="Archivo",
        extra='numero = 7\nvideo = "https://videos.example.mx/sesion.mp4"\n',
        transcripcion_vtt=vtt(),
    )
    maker.mesa(
        "mesa-8",
        title="Palabras seguidas",
        extra="numero = 8\n",
        transcripcion_txt="".join(
            f"{name}: Hablo de carpetas rojas, punto {n}.\n\n"
            for n, name in enumerate(["LA MODERADORA", "EL PONENTE", "LA MODERADORA", "EL PONENTE"], 1)
        ),
    )
    report = maker.update()
    assert not report.failed, report
    return open_index(maker.settings.index)
