"""JSON Schema (2020-12) of the API's answers, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from indexer.model import Kind, Version

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A named schema of the page."""
    return {"$ref": f"#/components/schemas/{name}"}


def text(description: str, **more: Any) -> Schema:
    """A string."""
    return {"type": "string", "description": description, **more}


def maybe(kind: str, description: str, **more: Any) -> Schema:
    """A value that may be null."""
    return {"type": [kind, "null"], "description": description, **more}


def whole(description: str, least: int = 0) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least, "description": description}


def many(items: Schema, description: str) -> Schema:
    """A list."""
    return {"type": "array", "items": items, "description": description}


def record(description: str, properties: dict[str, Schema]) -> Schema:
    """An object that has exactly these keys, all of them."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


INFERRED: Schema = {
    "type": "boolean",
    "description": "Si «persona» se dedujo al leer el texto y nadie lo ha confirmado (nombre inferido).",
}

PASSAGE = record(
    "Un fragmento.",
    {
        "id": text("Identificador que no cambia: evento/mesa#p42."),
        "evento": text("Carpeta del evento."),
        "mesa": maybe("string", "Carpeta de la mesa; null en el anuncio del evento."),
        "tipo": {"enum": [kind.value for kind in Kind], "description": "De qué texto es."},
        "titulo": text("Título de la mesa o del evento."),
        "persona": maybe("string", "Quién habla: el nombre, o el papel como está escrito; null si no consta."),
        "cargo": maybe("string", "Cargo de quien habla."),
        "inicio_s": maybe("number", "Segundo en que empieza, en el reloj de la transcripción."),
        "fin_s": maybe("number", "Segundo en que empieza el siguiente."),
        "texto": text("Lo dicho, completo y sin marcas."),
        "extracto": text("HTML: texto escapado con <mark> en lo que coincide."),
        "temas": many({"type": "string"}, "Temas del vocabulario."),
        "version": {"enum": [*(version.value for version in Version), None], "description": "Qué tan fiel es."},
        "redaccion": {"enum": ["propia", None], "description": "«propia»: lo escribimos nosotros; no es cita."},
        "ficticio": {"type": "boolean", "description": "Texto inventado para probar el buscador."},
        "persona_inferida": INFERRED,
        "completo": {"type": "boolean", "description": "Si coincide con todo lo buscado."},
        "relevancia": {"type": "number", "description": "0 cuando no hay palabras que ordenar."},
        "url": text("Dirección en su página: /evento/mesa/#p42."),
        "video": maybe("string", "Dirección del segundo del video."),
    },
)

PASSAGE["properties"] |= {
    "corregido": {"const": True, "description": "El personal corrigió el texto; sin esta clave, está como se recibió."},
    "texto_original": text("El texto como se recibió, donde se corrigió."),
}

FACET_VALUE = record(
    "Un valor de una faceta.",
    {
        "valor": maybe("string", "Lo que toma el parámetro; null en la última entrada, «otros»."),
        "etiqueta": text("Cómo se llama."),
        "n": whole("Cuántos fragmentos lo tienen."),
    },
)

ANSWER = record(
    "Los resultados de una búsqueda.",
    {
        "consulta": text("Lo que se escribió."),
        "edicion": text("Estado del acervo que respondió.", pattern="^[0-9a-f]{12}$"),
        "total": whole("Fragmentos que coinciden con todo."),
        "total_algunas": whole("Otros, que coinciden en parte."),
        "pagina": whole("La que se pidió.", 1),
        "por_pagina": whole("Resultados por página.", 1),
        "sugerencia": maybe("string", "Lo que quizá se quiso escribir."),
        "corregida": maybe("string", "Lo que se buscó en lugar de lo escrito."),
        "avisos": many({"type": "string"}, "Qué se cortó o se pasó por alto."),
        "ampliaciones": many(
            record("Un tema que amplió.", {"texto": text("Cómo se escribió."), "tema": text("El tema.")}),
            "Temas que ampliaron la búsqueda.",
        ),
        "facetas": ref("Facetas"),
        "resultados": many(ref("Fragmento"), "Los fragmentos de esta página."),
    },
)

SUGGESTIONS = record(
    "Lo que puede querer quien escribe.",
    {
        "consulta": text("Lo que se escribió."),
        "sugerencias": {
            "type": "array",
            "maxItems": 8,
            "items": record(
                "Una sugerencia.",
                {
                    "texto": text("Lo que se muestra."),
                    "clase": {"enum": ["tema", "persona", "mesa", "palabra"]},
                    "etiqueta": text("Qué es."),
                    "url": text("Adónde lleva."),
                },
            ),
        },
    },
)

BROWSER_SUGGESTIONS: Schema = {
    "type": "array",
    "description": "Lo escrito; las sugerencias; qué es cada una; adónde lleva cada una.",
    "items": {"type": ["string", "array"], "items": {"type": "string"}, "maxItems": 8},
    "minItems": 4,
    "maxItems": 4,
}

HEALTH = record(
    "El buscador puede responder.",
    {
        "estado": {"const": "ok"},
        "edicion": text("Estado del acervo.", pattern="^[0-9a-f]{12}$"),
        "ultima_construccion": text("Cuándo se publicó.", format="date-time"),
        "fragmentos": whole("Cuántos hay, con los ficticios."),
        "avisos": many({"type": "string"}, "Faltas del acervo."),
    },
)

PROBLEM: Schema = {
    "type": "object",
    "description": "Por qué no se pudo responder (RFC 9457).",
    "properties": {
        "type": text("Clase del problema.", format="uri-reference"),
        "title": text("El problema en pocas palabras."),
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": text("Qué está mal y qué escribir en su lugar."),
    },
    "required": ["type", "title", "status", "detail"],
}

SCHEMAS: dict[str, Schema] = {
    "Respuesta": ANSWER,
    "Fragmento": PASSAGE,
    "ValorDeFaceta": FACET_VALUE,
    "Sugerencias": SUGGESTIONS,
    "SugerenciasDeNavegador": BROWSER_SUGGESTIONS,
    "Salud": HEALTH,
    "Problema": PROBLEM,
}
