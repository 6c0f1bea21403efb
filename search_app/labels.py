"""What things are called in Spanish: kinds, versions, certainties, facets."""

from __future__ import annotations

from indexer.model import Certainty, Kind, Version

KINDS = {Kind.ANNOUNCEMENT: "Anuncio", Kind.DESCRIPTION: "Descripción", Kind.TRANSCRIPT: "Transcripción"}

VERSIONS = {
    Version.OFFICIAL: "Versión estenográfica",
    Version.PRELIMINARY: "Versión estenográfica preliminar",
    Version.CORRECTED_CAPTIONS: "Subtítulos corregidos",
    Version.AUTOMATIC_CAPTIONS: "Subtítulos automáticos",
}

CERTAINTIES = {
    Certainty.CONFIRMED: "Confirmado",
    Certainty.INFERRED: "Inferido",
    Certainty.DISPUTED: "Las fuentes discrepan",
    Certainty.UNKNOWN: "No consta en las fuentes",
}

FACETS = {
    "evento": "Evento",
    "mesa": "Mesa",
    "persona": "Quién habla",
    "entidad": "Entidad de quien habla",
    "menciona": "Entidad mencionada",
    "tema": "Tema",
    "tipo": "Tipo de texto",
    "version": "Versión",
}
"""In the order in which pages show them."""

NONE = {
    "evento": "sin evento",
    "mesa": "ninguna: el anuncio",
    "persona": "sin nombre",
    "entidad": "sin entidad",
    "menciona": "no nombra ninguna",
    "tema": "sin tema",
    "version": "no es transcripción",
}
"""What a fragment is called that has no value of a facet."""

ORDERS = {"relevancia": "Por relevancia", "cronologico": "En el orden de las sesiones"}
