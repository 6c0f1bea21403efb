"""Merges requested corrections into those that others wrote since the page was opened.

Two people may correct a page concurrently. A request therefore names fragments, each with the text that its author saw.
The work of others on other fragments stays. A fragment that both changed is reported and never overwritten.
"""

from collections.abc import Mapping
from typing import Any

from indexer.corpus.corrections_file import LONGEST, Correction, Corrections, clean_side, unfit
from indexer.errors import refuse
from indexer.history import Conflict
from indexer.model import Kind
from indexer.operations.open_pages import OpenPage

MOST = 20_000
"""Fragments, or corrections, of one request."""


def merged_request(opened: OpenPage, now: Corrections, asked: Any, base: str) -> dict[str, Any]:
    """Merge a request for some fragments with what the file holds for all others; returns both lists, complete.

    Args:
        opened: The page, read under the lock.
        asked: ``[{"numero", "antes", "correcciones", "cotejado"}]``; the last two stay where they are not given.
        base: SHA-256 of the file, for whoever is refused.

    Raises:
        Conflict: A fragment reads otherwise than ``antes``; ``cambiados`` are their numbers.
        CorpusError: It is no such list.
    """
    if not isinstance(asked, list) or len(asked) > MOST or not all(map(_is_asked, asked)):
        cure = f'mándelos como una lista de {{"numero", "antes", "correcciones", "cotejado"}}, {MOST:,} a lo más'
        raise refuse("No se entienden los fragmentos", cure)
    texts = {one.number: one.text for one in opened.build().passages if one.kind is Kind.TRANSCRIPT} if asked else {}
    changed = [one["numero"] for one in asked if texts.get(one["numero"]) != one["antes"]]
    if changed:
        which = ", ".join(map(str, changed[:8])) + (" y otros" if len(changed) > 8 else "")
        many = len(changed) > 1
        fault = f"{'Los fragmentos' if many else 'El fragmento'} {which} {'cambiaron' if many else 'cambió'}"
        conflict = Conflict(f"{fault} desde que se abrió la página: vea cómo quedó y vuelva a hacer su cambio", base)
        conflict.details["cambiados"] = changed
        raise conflict
    corrected: dict[int, list[Mapping[str, Any]]] = {
        one["numero"]: [{**_said(each), "numero": one["numero"]} for each in one["correcciones"]]
        for one in asked
        if isinstance(one.get("correcciones"), list)
    }
    ticked = {one["numero"]: one["cotejado"] for one in asked if isinstance(one.get("cotejado"), bool)}
    kept = [as_requested(one) for one in now.corrections if one.number not in corrected]
    checked = {each.number for each in now.checked if ticked.get(each.number, True)}
    return {
        "correcciones": [*kept, *(one for some in corrected.values() for one in some)],
        "cotejados": sorted(checked | {number for number, tick in ticked.items() if tick}),
    }


def as_requested(one: Correction) -> dict[str, Any]:
    """A correction in the form in which a request holds it."""
    return {"numero": one.number, "de": one.was, "a": one.reads, "vez": one.time}


def _is_asked(one: Any) -> bool:
    """Whether it is one fragment, with the text that somebody had before them."""
    return (
        isinstance(one, dict)
        and type(one.get("numero")) is int
        and isinstance(one.get("antes"), str)
        and isinstance(one.get("correcciones"), list | None)
        and isinstance(one.get("cotejado"), bool | None)
    )


def _said(one: Any) -> Mapping[str, Any]:
    return one if isinstance(one, dict) else {"de": one}


def corrections_of(asked: Any) -> list[Correction]:
    """The corrections of a request, checked. Raises ``CorpusError``: it is not a list of corrections."""
    return [_correction(one) for one in _listed(asked, "las correcciones")]


def numbers_of(asked: Any) -> list[int]:
    """The numbers of fragments in a request, checked, in order. Raises ``CorpusError``: it is not a list of numbers."""
    return sorted({_number(one) for one in _listed(asked, "los cotejados")})


def _listed(values: Any, what: str) -> list[Any]:
    if not isinstance(values, list) or len(values) > MOST:
        raise refuse(f"No se entienden {what}", f"mándelos como una lista, de {MOST:,} a lo más")
    return values


def _correction(given: Any) -> Correction:
    values = given if isinstance(given, dict) else {}
    was, reads = (values.get(name) for name in ("de", "a"))
    if not isinstance(was, str) or not isinstance(reads, str | None):
        raise refuse(f"«{str(given)[:60]}» no es una corrección", 'mande {"numero", "de", "a", "vez"}')
    was, reads = clean_side(was), clean_side(reads or "")
    number, time = _number(values), values.get("vez") or 1
    if not was:
        raise refuse(f"Falta lo que dice el original del fragmento {number}", "mándelo en «de»")
    if was == reads:
        raise refuse(f"«{was[:60]}» (fragmento {number}) no cambia", "quite esa corrección, o escriba otra cosa en «a»")
    if max(len(was), len(reads)) > LONGEST:
        raise refuse(f"Una corrección del fragmento {number} pasa de {LONGEST:,} letras", "corrija por partes")
    if unfit(was + reads):
        raise refuse(f"Una corrección del fragmento {number} tiene letras que no se ven", "escríbala otra vez")
    if type(time) is not int or not 1 <= time < 1_000_000:
        raise refuse(f"«{str(time)[:40]}» no es una vez", "mande 1 para la primera, 2 para la segunda…")
    return Correction(number, was, reads, time)


def _number(given: Any) -> int:
    number = given.get("numero") if isinstance(given, dict) else given
    if type(number) is not int or not 0 < number < 1_000_000_000:
        raise refuse(f"«{str(number)[:40]}» no es el número de un fragmento", "mande el 42 de p42")
    return number
