"""Checks between the topics of ``vocabulario.toml``: which topic a form means, and how topics are related.

An equivalent means one topic, and a sign is nobody's equivalent. Relations follow SKOS (W3C Recommendation of 2009,
section 8): nothing unknown, no circles; what is related is neither broader nor narrower, at any distance, and holds in
both directions.
"""

import dataclasses
from collections.abc import Iterable, Iterator

from indexer.corpus.toml_validation import CheckedTable
from indexer.language.vocabulary import equivalents_of, form_key, plural_acronym
from indexer.model import Topic

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


def check_relations(topics: Topics, rows: Rows) -> None:
    """Note every fault and leave out the relation that has it."""
    _drop_unknown(topics, rows)
    _break_circles(topics, rows)
    _tell_related_from_broader(topics, rows)
    _relate_both_ways(topics, rows)


def _drop_unknown(topics: Topics, rows: Rows) -> None:
    for topic in list(topics.values()):
        row, gone = rows[topic.id], {topic.id}
        for key, ids in (("mas_amplio", topic.broader), ("relacionado", topic.related)):
            for other in ids:
                if other not in topics:
                    fault = f"«{key}» nombra «{other}», que no existe"
                    row.error(fault, "corrija el id o agregue ese tema", key=key, value=other)
                    gone.add(other)
                elif other == topic.id:
                    row.error(f"«{key}» nombra al propio tema", "quítelo de la lista", key=key, value=other)
        broader, related = _without(topic.broader, gone), _without(topic.related, gone)
        topics[topic.id] = dataclasses.replace(topic, broader=broader, related=related)


def _break_circles(topics: Topics, rows: Rows) -> None:
    """Walk up from every topic; a relation that leads back to a topic on the way is a fault and is dropped."""
    done: set[str] = set()
    for root in list(topics):
        path = [root]
        pending = [list(topics[root].broader)] if root not in done else []
        while pending:
            if not pending[-1]:
                pending.pop()
                done.add(path.pop())
                continue
            above = pending[-1].pop(0)
            if above in path:
                here = path[-1]
                circle = " > ".join([*path[path.index(above) :], above])
                fault = f"«mas_amplio» forma un círculo ({circle})"
                rows[here].error(fault, f"quite «{above}» de mas_amplio", key="mas_amplio", value=above)
                kept = tuple(other for other in topics[here].broader if other != above)
                topics[here] = dataclasses.replace(topics[here], broader=kept)
            elif above not in done:
                path.append(above)
                pending.append(list(topics[above].broader))


def _tell_related_from_broader(topics: Topics, rows: Rows) -> None:
    above = {name: topics_above(name, topics) for name in topics}
    for topic in list(topics.values()):
        clash = [other for other in topic.related if other in above[topic.id] or topic.id in above[other]]
        for other in clash:
            fault = f"«relacionado» nombra «{other}», que ya está por encima o por debajo de este tema"
            rows[topic.id].warning(fault, "quítelo de relacionado", key="relacionado", value=other)
        if clash:
            kept = tuple(other for other in topic.related if other not in clash)
            topics[topic.id] = dataclasses.replace(topic, related=kept)


def _relate_both_ways(topics: Topics, rows: Rows) -> None:
    for topic in list(topics.values()):
        for other in topic.related:
            if topic.id not in topics[other].related:
                fault = f"«relacionado» nombra «{other}», y ese tema no nombra a este; se muestra en los dos"
                cure = f"agregue «{topic.id}» en relacionado de «{other}», o quítelo aquí"
                rows[topic.id].warning(fault, cure, key="relacionado", value=other)
                topics[other] = dataclasses.replace(topics[other], related=(*topics[other].related, topic.id))


def topics_above(name: str, topics: Topics) -> frozenset[str]:
    """The ids of all broader topics of a topic, at any distance."""
    reached: set[str] = set()
    pending = list(topics[name].broader)
    while pending:
        other = pending.pop()
        if other not in reached:
            reached.add(other)
            pending.extend(topics[other].broader)
    return frozenset(reached)
