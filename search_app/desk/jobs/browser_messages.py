"""Messages of commands in the words of the desk: where a command advises an option, the browser names a button."""

from __future__ import annotations

import re
from typing import Any

from indexer.program import STAFF

CURES = (
    ("una palabra o un nombre después de --buscar", "una palabra o un nombre en «Donde diga»"),
    ("escriba en --por hasta", "escriba en «debe decir» hasta"),
    (f"vea los que hay con: {STAFF} reportes", "vea los que hay en «Reportes de lectores»"),
    ("vea los que hay con historial", "vea los que hay en el historial"),
    ("para cambiarlo por este archivo agregue --reemplazar", "para cambiarlo por este archivo, use «Reemplazar»"),
    ("agréguela sin --reemplazar", "use «Agregar»"),
    ('escriba --motivo "Por qué se retira"', "escriba el motivo"),
    ("retire el texto entero con --tipo", "retire el texto entero"),
    ("con agregar --reemplazar", "con «Reemplazar»"),
    ("escriba --unir «como está» --en «como debe decir»", "escriba cómo se llama"),
    ("escriba en --en otro nombre", "escriba otro nombre"),
    ("admítalo otra vez (en la terminal, agregue --readmitir)", "admítalo otra vez con su casilla"),
    (f"para quitar un texto use: {STAFF} retirar", "para quitar un texto use «Retirar»"),
    (f"ejecute: {STAFF} actualizar", "pulse «Intentarlo otra vez»"),
    (
        "quite este archivo, o ponga los subtítulos con tiempos como transcripción",
        "quítela en «Quién habla», o reemplace el texto por los subtítulos con tiempos",
    ),
    ("quite esta lista", "quítela en «Quién habla»"),
    ("quite --tiempos", "envíelo sin los subtítulos"),
    (f"escríbalos como los da: {STAFF} personas", "elíjalos en «¿Son la misma persona?»"),
    ("quite el renglón", "quítela en «Corregir»"),
    (f"Reinícielo y repita: {STAFF} actualizar", "Avise a quien cuida el servidor"),
    ("reinícielo y repita actualizar", "avise a quien cuida el servidor"),
    ("y repita la orden", "e inténtelo otra vez"),
    ("y repita el comando", "e inténtelo otra vez"),
    ("repita la orden", "inténtelo otra vez"),
    ("repita el comando", "inténtelo otra vez"),
)
"""What the shell is told, and what the desk has for it."""
_OF_THE_SHELL = re.compile(rf"python -m \w+|^{re.escape(STAFF)} |(?<![\w-])--[a-z]{{2}}|\.(?:toml|tsv)\b")
_ASK = "Eso se cambia en el servidor: pídalo a quien lo cuida"
_LISTS = ("avisos", "problemas")


def for_browser(text: str) -> str:
    """A message with the cure that the desk has; where it has none, with whom to ask."""
    for told, here in CURES:
        text = text.replace(told, here)
    cure = text.partition(": ")[2].rpartition(": ")[2] or text
    if _ASK in text or not _OF_THE_SHELL.search(cure):
        return text
    return f"{text.rstrip('.')}. {_ASK}"


def answer_for_browser(answer: dict[str, Any]) -> dict[str, Any]:
    """The same for what an answer says to a person: its warnings and problems."""
    found = {name: [_one(said) for said in answer[name]] for name in _LISTS if isinstance(answer.get(name), list)}
    return {**answer, **found}


def _one(said: Any) -> Any:
    if isinstance(said, str):
        return for_browser(said)
    return {**said, "texto": for_browser(str(said["texto"]))} if isinstance(said, dict) and "texto" in said else said
