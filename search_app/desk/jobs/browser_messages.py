"""Messages of commands in the words of the desk: where a command advises an option, the browser names a button."""

import re
from typing import Any

from indexer.program import STAFF
from indexer.word_lists import beside

CURES = [(told.replace("{STAFF}", STAFF), here) for told, here in beside(__file__)["cures"]]
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
    found: dict[str, Any] = {
        name: [_one(said) for said in answer[name]] for name in _LISTS if isinstance(answer.get(name), list)
    }
    if isinstance(answer.get("motivo"), str):
        found["motivo"] = for_browser(answer["motivo"])
    if isinstance(answer.get("renglones"), list):
        found["renglones"] = [answer_for_browser(row) for row in answer["renglones"]]
    return {**answer, **found}


def _one(said: Any) -> Any:
    if isinstance(said, str):
        return for_browser(said)
    return {**said, "texto": for_browser(str(said["texto"]))} if isinstance(said, dict) and "texto" in said else said
