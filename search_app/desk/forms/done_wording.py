"""The title of a job in the past tense: «Deshacer el paso 8» becomes «Se deshizo el paso 8»."""

from __future__ import annotations

import re

_DONE = (
    (re.compile(r"Deshacer "), "Se deshizo "),
    (re.compile(r"Retirar "), "Se retiró "),
    (re.compile(r"Guardar "), "Se guardó "),
    (re.compile(r"Mover "), "Se movió "),
    (re.compile(r"Unir "), "Se unió "),
    (re.compile(r"Corregir "), "Se corrigió "),
    (re.compile(r"Confirmar "), "Se confirmó "),
    (re.compile(r"Editar los datos "), "Se guardaron los datos "),
    (re.compile(r"Crear "), "Se creó "),
    (re.compile(r"Agregar (?=\d)"), "Se agregaron "),
    (re.compile(r"Agregar "), "Se agregó "),
    (re.compile(r"Reemplazar "), "Se reemplazó "),
    (re.compile(r"Partir "), "Se partió "),
    (re.compile(r"Cerrar "), "Se cerró "),
    (re.compile(r"Responder "), "Se respondió "),
    (re.compile(r"Poner "), "Se puso "),
    (re.compile(r"Quitar (?=de )"), "Se quitaron "),
    (re.compile(r"Quién habla "), "Se guardó quién habla "),
    (re.compile(r"(?=«.*» se llama «)"), "Ahora "),
    (re.compile(r"(?=«.*» por «)"), "Se corrigió "),
)


def done_words(title: str) -> str:
    """The title of a job as what was done; one that is none of ours as it is."""
    for asked, done in _DONE:
        if asked.match(title):
            return asked.sub(done, title, count=1)
    return title


def capitalized(text: str) -> str:
    """A sentence with its capital, but where it begins with an address, the name of a file or a sign."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if first.strip(",:;").isalpha() else text
