"""The forms of the topics of ``vocabulario.toml``: an equivalent means one topic, a sign is nobody's equivalent."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from indexer.corpus.toml_validation import CheckedTable
from indexer.language.vocabulary import equivalents_of, form_key, plural_acronym
from indexer.model.vocabulary import Topic

Key = tuple[str, ...]
Topics = dict[str, Topic]
Rows = dict[str, CheckedTable]


def settle_forms(topics: Topics, rows: Rows) -> None:
    """Note every form that cannot stand where it does, and leave it out there."""
    owners = _settle_equivalents(topics, rows)
    for topic in list(topics.values()):
        topics[topic.id] = _settle_signs(_settle_exceptions(topic, rows[topic.id]), owners, rows[topic.id])


def _settle_equivalents(topics: Topics, rows: Rows) -> dict[Key, str]:
    """The first topic in the file keeps what two claim. Returns whose each equivalent is."""
    owners: dict[Key, str] = {}
    for topic in list(topics.values()):
        taken: set[str] = set()
        for key, form in _places(topic):
            first = owners.setdefault(form_key(form), topic.id)
            if first == topic.id:
                continue
            taken.add(form)
            cure = "déjela en uno solo; si en el otro solo lo sugiere, quítela también de ahí"
            if form == topic.label:
                cure = "cambie la etiqueta de uno de los dos temas"
            rows[topic.id].error(f"«{form}» ya es equivalente del tema «{first}»", cure, key=key, value=form)
        if taken:
            topics[topic.id] = dataclasses.replace(
                topic,
                acronyms=_without(topic.acronyms, taken),
                equivalents=_without(topic.equivalents, taken),
                hidden=_without(topic.hidden, taken),
            )
    for topic in topics.values():
        for acronym in topic.acronyms:
            if plural := plural_acronym(acronym):
                owners.setdefault(plural, topic.id)
    return owners


def _places(topic: Topic) -> Iterator[tuple[str, str]]:
    """Every equivalent with the key of the file under which it stands."""
    yield "etiqueta", topic.label
    for key, forms in (("siglas", topic.acronyms), ("equivalentes", topic.equivalents), ("ocultas", topic.hidden)):
        for form in forms:
            yield key, form


def _settle_exceptions(topic: Topic, row: CheckedTable) -> Topic:
    """An exception that lies inside a form would only hide that form."""
    forms = {form_key(form): form for form in (*equivalents_of(topic), *topic.signs)}
    hiding = {form: forms[key] for form in topic.exceptions if (key := form_key(form)) in forms}
    for form in hiding:
        fault = f"«{form}» está en excepto y es una forma del tema, que así no contaría nunca"
        row.error(fault, "quítela de una de las dos listas", key="excepto", value=form)
    return dataclasses.replace(topic, exceptions=_without(topic.exceptions, set(hiding))) if hiding else topic


def _settle_signs(topic: Topic, owners: dict[Key, str], row: CheckedTable) -> Topic:
    """A sign never widens a query: it is no topic's equivalent, and holds none of its own topic's."""
    dropped: set[str] = set()
    longest = max(map(len, map(form_key, equivalents_of(topic))))
    for sign in topic.signs:
        key = form_key(sign)
        owner = owners.get(key)
        if owner is not None and owner != topic.id:
            fault = f"«{sign}» (signos) es equivalente del tema «{owner}», y buscarla traería ese tema"
            row.error(fault, "quítela de aquí, o en ese tema pásela a signos", key="signos", value=sign)
        elif inner := next((part for part in _parts(key, longest) if owners.get(part) == topic.id), None):
            fault = f"«{sign}» (signos) sobra: «{' '.join(inner)}» ya es equivalente de este tema"
            row.warning(fault, "quítela de signos", key="signos", value=sign)
        else:
            continue
        dropped.add(sign)
    return dataclasses.replace(topic, signs=_without(topic.signs, dropped)) if dropped else topic


def _parts(key: Key, longest: int) -> Iterator[Key]:
    """Every run of at most so many words of a form, the longest first."""
    for length in range(min(len(key), longest), 0, -1):
        for start in range(len(key) - length + 1):
            yield key[start : start + length]


def _without(forms: Iterable[str], gone: set[str]) -> tuple[str, ...]:
    return tuple(form for form in forms if form not in gone)
