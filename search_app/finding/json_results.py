"""The JSON of search results, with the keys of the contract, which are the columns of their CSV too."""

from typing import Any

from indexer.index.facets import FACETS
from indexer.index.results import Hit, Results
from indexer.model import Kind
from search_app.asking.filters_in_force import people_notices
from search_app.asking.parameters import Asked
from search_app.asking.spelling import corrected_text, suggested_text
from search_app.shown.addresses import anchor_address, fragment_id
from search_app.shown.edition_notice import changed
from search_app.shown.formatting import snippet
from search_app.shown.video import video_link

COLUMNS = (
    "id", "evento", "mesa", "tipo", "titulo", "persona", "cargo", "inicio_s", "fin_s", "texto", "extracto", "temas",
    "version", "redaccion", "ficticio", "fecha", "persona_inferida", "completo", "relevancia", "url", "video",
)  # fmt: skip
"""Keys of a result, in the order of the contract."""


def answer(asked: Asked, results: Results, edition: str) -> dict[str, Any]:
    """The whole answer, as section 3 of the design writes it; one key more where meaning orders it as well."""
    told = [*asked.searched.notices, *([asked.reading.told] if asked.reading else [])]
    return {
        "consulta": asked.text,
        "edicion": edition,
        "total": results.total_full,
        "total_algunas": results.total_partial,
        "pagina": asked.page,
        "por_pagina": asked.per_page,
        "sugerencia": suggested_text(asked, results),
        "corregida": corrected_text(asked, results),
        "avisos": [*told, *asked.notices, *people_notices(asked), *results.notices, *changed(asked.edition, edition)],
        "ampliaciones": [{"texto": e.text, "tema": e.topic} for e in results.expansions],
        **({"por_sentido": True} if results.by_meaning else {}),
        "facetas": {
            name: [{"valor": v.value, "etiqueta": v.label, "n": v.count} for v in results.facets.get(name, ())]
            for name in FACETS
        },
        "resultados": [fragment(hit) for hit in results.hits],
    }


def fragment(hit: Hit, *, extract: bool = True) -> dict[str, Any]:
    """One result, with more keys where staff corrected it and where it answers a question that matches as well.

    Its extract is left empty where nobody wants it.
    """
    passage = hit.passage
    spoken = passage.kind is Kind.TRANSCRIPT
    found: dict[str, Any] = {
        "id": fragment_id(hit.page, passage.number),
        "evento": hit.page.event,
        "mesa": hit.page.session,
        "tipo": passage.kind.value,
        "titulo": hit.session.title if hit.session else hit.event.title,
        "persona": passage.person if spoken else None,
        "cargo": passage.post if spoken else None,
        "inicio_s": passage.start_s,
        "fin_s": passage.end_s,
        "texto": passage.text,
        "extracto": str(snippet(passage.text, hit.marks)) if extract else "",
        "temas": list(passage.topics),
        "version": passage.version.value if spoken and passage.version else None,
        "redaccion": "propia" if passage.own_wording else None,
        "ficticio": hit.event.fictitious,
        "fecha": hit.session.date.isoformat() if hit.session and hit.session.date else None,
        "persona_inferida": passage.inferred,
        "completo": hit.full,
        "relevancia": round(hit.score, 4),
        "url": anchor_address(hit.page, passage.number),
        "video": video_link(hit.session, passage)[0],
    }
    if passage.original is not None:
        found |= {"corregido": True, "texto_original": passage.original}
    if hit.question is not None:
        asked = hit.question.passage
        found["pregunta"] = {
            "id": fragment_id(hit.page, asked.number),
            "persona": asked.person,
            "texto": asked.text,
            "url": anchor_address(hit.page, asked.number),
        }
    return found
