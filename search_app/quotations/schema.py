"""The JSON Schema of ``/api/cotejar``, for the OpenAPI document."""

from __future__ import annotations

from typing import get_args

from indexer.model import Version
from search_app.quotations.alignment import Step
from search_app.quotations.differences import Nature
from search_app.shown.json_schema import INFERRED, Schema, many, maybe, record, ref, text, whole

_DIFFERENCE = record(
    "Un tramo de la comparación, en orden.",
    {
        "tipo": {"enum": list(get_args(Step)), "description": "«falta»: lo dice el texto, no la cita."},
        "cita": text("Lo que dice la cita."),
        "texto": text("Lo que dice la transcripción."),
        "naturaleza": many({"enum": list(get_args(Nature))}, "Qué cambia."),
    },
)

_PLACE = record(
    "Un lugar donde está la cita, o casi.",
    {
        "id": text("El fragmento donde empieza."),
        "fragmentos": many({"type": "string"}, "Todos los que abarca."),
        "veredicto": {"enum": ["textual", "casi"]},
        "evento": text("Carpeta del evento."),
        "mesa": maybe("string", "Carpeta de la mesa."),
        "titulo": text("Título de la mesa o del evento."),
        "persona": maybe("string", "Quién habla; null si no está identificado."),
        "persona_inferida": INFERRED,
        "cargo": maybe("string", "Cargo de quien habla."),
        "inicio_s": maybe("number", "Segundo en que empieza el fragmento."),
        "segundo_s": maybe("number", "Segundo en que empieza la cita."),
        "texto": text("Lo que la transcripción dice ahí."),
        "resumen": text("En qué coincide y en qué no."),
        "palabras_distintas": whole("Cuántas palabras no son las mismas."),
        "diferencias": many(_DIFFERENCE, "Todo el texto, con lo que cambia."),
        "advertencias": many({"type": "string"}, "Lo que hay que saber antes de citarlo."),
        "url": text("Dirección del fragmento en su página: /evento/mesa/#p42."),
        "permanente": text("Dirección permanente, con la cita bibliográfica."),
        "video": maybe("string", "Dirección del segundo del video."),
        "version": {"enum": [*(version.value for version in Version), None], "description": "Qué tan fiel es."},
        "ficticio": {"type": "boolean", "description": "Texto inventado: nadie lo dijo."},
    },
)

QUOTATION = record(
    "Si una cita es lo que se dijo.",
    {
        "cita": text("Como se leyó."),
        "edicion": text("Estado del acervo que respondió.", pattern="^[0-9a-f]{12}$"),
        "veredicto": {"enum": ["textual", "casi", "no_encontrada"], "description": "El mejor de sus lugares."},
        "coincidencias": many(ref("LugarDeCita"), "Las mejores primero."),
        "avisos": many({"type": "string"}, "Qué se cortó o se pasó por alto."),
    },
)

QUOTATION_SCHEMAS: dict[str, Schema] = {"Cotejo": QUOTATION, "LugarDeCita": _PLACE}
