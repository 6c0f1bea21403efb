"""Jobs and the history in words (``wording.toml``): what was asked and done, moments, actions, what a file became."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from indexer.model.page_fields import LABELS
from indexer.word_lists import beside
from search_app.shown import formatting
from search_app.shown.addresses import address

_WORDS: dict[str, Any] = beside(__file__)
_DONE: list[tuple[re.Pattern[str], str]] = [(re.compile(asked), done) for asked, done in _WORDS["done"]]
_NAMED = re.compile(rf"(?:[a-z0-9-]+/)*(?:{'|'.join(_WORDS['files'])})\.[a-z]+")
_STEP = re.compile(r"paso ([0-9]+)")
_JOB = re.compile(r", encargo [0-9_a-f]+")


def action(name: str) -> str:
    """What a step did, in a word or two."""
    return str(_WORDS["actions"].get(name, name))


def content(path: str) -> str:
    """What a file holds, in words; of a file that is no part of the corpus, its name."""
    name = path.rpartition("/")[2]
    return str(_WORDS["files"].get(name.partition(".")[0], name))


def in_words(text: str) -> Markup:
    """A message about steps and files: a file by what it holds, a step as a link to it."""
    named = _NAMED.sub(lambda found: content(found[0]), text)
    linked = _STEP.sub(r'<a href="{}\1">paso \1</a>', str(escape(named[:1].upper() + named[1:])))
    return Markup(linked.replace("{}", address("/acervo/historial/paso_")))


def origin(text: str) -> str:
    """From where a step was taken, without the job that took it."""
    return _JOB.sub("", text)


def file_change(said: Mapping[str, Any]) -> str:
    """What a step made of a file, with its sizes."""
    before, after = said.get("bytes_antes"), said.get("bytes_despues")
    if said.get("retirado"):
        return "lo que contenía se retiró después: no queda copia"
    if said.get("cambio") == "nuevo":
        return f"nuevo, {_size(after)}"
    if said.get("cambio") == "quitado":
        return f"quitado; tenía {_size(before)}"
    return f"cambió, de {_size(before)} a {_size(after)}"


def _size(count: int | None) -> str:
    if count is None:
        return "un tamaño que no consta"
    if count < 2_000:
        return formatting.count(count, "byte", "bytes")
    return f"{formatting.number(round(count / 1_000))} KB"


def day(when: str) -> str:
    """``4 de diciembre de 2025``, of a date as it is written."""
    return formatting.day(dt.date.fromisoformat(when))


def moment(when: str | float) -> str:
    """``4 de diciembre de 2025, 13:05`` in central Mexico, of a date as it is written or of a second of the epoch."""
    try:
        date = dt.datetime.fromisoformat(when) if isinstance(when, str) else dt.datetime.fromtimestamp(when, dt.UTC)
    except ValueError:
        return str(when)
    here = (date if date.tzinfo else date.replace(tzinfo=dt.UTC)).astimezone(formatting.CENTRAL_MEXICO)
    return f"{formatting.day(here.date())}, {here:%H:%M}"


def command_words(name: str) -> str:
    """What a command does."""
    return str(_WORDS["does"].get(name, name))


def called(name: str) -> str:
    """How an option or a key is called; empty where it is not for people."""
    told: str | None = _WORDS["called"].get(name)
    return told if told is not None else LABELS.get(name, name.replace("_", " ").replace("-", " ")).lower()


def done_words(title: str) -> str:
    """The title of a job as what was done; one that is none of ours as it is."""
    return next((asked.sub(done, title, count=1) for asked, done in _DONE if asked.match(title)), title)


def capitalized(text: str) -> str:
    """A sentence with its capital, but where it begins with an address, the name of a file or a sign."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if first.strip(",:;").isalpha() else text


FILTERS: dict[str, Callable[..., Any]] = {
    "orden": command_words, "llamado": called, "lo_hecho": done_words, "mayuscula": capitalized, "momento": moment,
    "accion": action, "origen": origin, "cambio": file_change, "contenido": content, "dia_escrito": day,
    "en_palabras": in_words,
}  # fmt: skip
"""What templates call each."""
