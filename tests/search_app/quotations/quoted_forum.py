"""A small forum of our own wording, to check quotations of: a stenographic version, captions, a fiction."""

from __future__ import annotations

from tests.corpora import CorpusMaker

STENOGRAPHIC = """\
CONSEJERA ANA RUIZ: Buenas tardes a todas las personas. El programa de resultados publicó 1,500 actas antes de las \
9:30 de la noche, y ninguna llegó tarde. No creo que el presupuesto alcance para quince distritos, aunque la \
comisión está convencida de lo contrario. El gasto subió 10 % en dos años; eso sí preocupa.

SEÑOR LUIS PEÑA: ¿Está usted segura, consejera? Yo nunca dije que las candidatas/os del distrito 12 quedaran fuera. \
Dije que «la capacitación empieza en marzo»… y que nadie la había pedido.

CONSEJERA ANA RUIZ: Gracias.

SEÑOR LUIS PEÑA: Gracias. Para terminar: esta mesa pide más tiempo, más personal y menos trámites político-electorales.

CONSEJERA ANA RUIZ: No acepto esa propuesta. Acepto la del distrito 14, que costó $2,500 por casilla.

CONSEJERA ANA RUIZ: Y acepto la del 15, que costó menos. Así fue en el ´24 y en D’Artagnan.
"""

CAPTIONS = """\
WEBVTT

00:00:10.000 --> 00:00:14.000
pues mire consejera yo diría que

00:00:14.000 --> 00:00:19.000
la urna electrónica no falló en tres municipios

00:00:19.000 --> 00:00:25.000
y que el personal de Toluca llegó a tiempo
"""

ANNOUNCEMENT = "El foro reúne a quienes organizan las elecciones locales y comparten lo aprendido.\n"
DESCRIPTION = "En esta mesa se describió cómo se capacita al personal de casilla.\n"
FICTION = "LA MODERADORA: En este ensayo inventado los votos se cuentan con piedras de colores.\n"


def write_forum(maker: CorpusMaker) -> None:
    """Two mesas with transcripts, one of them with a video; an announcement, a description, a fictitious event."""
    maker.event(title="Foro de citas", anuncio_md=ANNOUNCEMENT)
    maker.mesa(
        "mesa-1", title="Presupuesto", extra='numero = 1\nredaccion = "propia"\n', transcripcion_txt=STENOGRAPHIC,
        descripcion_md=DESCRIPTION,
    )  # fmt: skip
    maker.mesa(
        "mesa-2", title="Urnas", transcripcion_vtt=CAPTIONS,
        extra='numero = 2\nvideo = "https://www.youtube.com/watch?v=abc123"\nvideo_inicio_s = 5\n',
    )  # fmt: skip
    maker.event("ensayo", title="Sesiones de ensayo", extra="ficticio = true\n")
    maker.mesa("mesa-1", event="ensayo", title="Ensayo", transcripcion_txt=FICTION)
    assert not maker.update().failed
