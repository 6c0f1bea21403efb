"""A bold lead before a colon whose words name no known post, role or person: a speaker all the same, or a heading."""

from __future__ import annotations

from indexer.model.transcript import Speaker
from indexer.readers.evidence import Certainty, Reading
from indexer.readers.names import fold, is_heading_word
from indexer.readers.sentence_words import is_sentence
from indexer.readers.wordlist import words

MOST_WORDS = 12
"""The longest lead; a longer bold start is a sentence."""

# Words (folded) with which speech and minutes open a point, beside those of headings.
_OPENERS = words(
    """
    ademas asimismo cuarto cuarta quinto quinta sexto sexta septimo octavo noveno decimo unico unica ultimo ultima
    uno dos tres cuatro cinco seis siete ocho nueve diez inciso apartado regla criterio caso casos dato ejemplos
    pregunta preguntas respuesta respuestas ventaja ventajas desventaja desventajas logro logros meta metas reto
    riesgo riesgos alcance alcances hallazgo hallazgos compromiso compromisos resuelve ordena considera visto vistos
    personajes reparto elenco intervienen participan
    asistentes invitados ponentes participantes moderan modera organiza organizan lugar duracion contacto enlace
    correo telefono atentamente palabras clave bibliografia referencias recursos producto productos paso pasos
    tambien luego despues antes el la los las un una unos unas lo y o ni al del mas solo sobre entre hacia hasta
    """
)


def read_lead(text: str) -> Reading | None:
    """Read a bold lead, without its colon, that ``read_label`` does not know.

    Args:
        text: At most ``MAX_LABEL`` letters, tidied.

    Returns:
        The lead as a role, unproven, or None where it opens a point or a sentence.
    """
    tokens = text.split()
    if not 2 <= len(tokens) <= MOST_WORDS or not text[0].isupper() or is_sentence(text):
        return None
    named = tokens[:-1] if tokens[-1].isdigit() else tokens  # «Cadete 2»
    if opens_point(tokens) or not all(c.isalpha() or c in ".,'’-" for token in named for c in token):
        return None
    return Reading(Speaker(role=text), Certainty.UNPROVEN)


def opens_point(tokens: list[str]) -> bool:
    """Whether the first word is one of those with which speech and minutes open a point: ``Primero``, ``Acuerdo``."""
    first = fold(tokens[0].strip(".,"))
    return first in _OPENERS or is_heading_word(first)
