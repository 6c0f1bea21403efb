"""The relations between the topics of ``vocabulario.toml``: nothing unknown, no circles, related both ways.

The conditions are those of SKOS (W3C Recommendation of 2009, section 8): what is related is neither broader nor
narrower, at any distance, and holds in both directions.
"""

from __future__ import annotations

import dataclasses

from indexer.corpus.toml_validation import CheckedTable
from indexer.model.vocabulary import Topic

Topics = dict[str, Topic]
Rows = dict[str, CheckedTable]


def check_relations(topics: Topics, rows: Rows) -> None:
    """Note every fault and leave out the relation that has it."""
    _drop_unknown(topics, rows)
    _break_circles(topics, rows)
    _tell_related_from_broader(topics, rows)
    _relate_both_ways(topics, rows)


def _drop_unknown(topics: Topics, rows: Rows) -> None:
    for topic in list(topics.values()):
        row = rows[topic.id]
        for key, ids in (("mas_amplio", topic.broader), ("relacionado", topic.related)):
            for other in ids:
                if other not in topics:
                    fault = f"«{key}» nombra «{other}», que no existe"
                    row.error(fault, "corrija el id o agregue ese tema", key=key, value=other)
                elif other == topic.id:
                    row.error(f"«{key}» nombra al propio tema", "quítelo de la lista", key=key, value=other)
        topics[topic.id] = dataclasses.replace(
            topic,
            broader=tuple(other for other in topic.broader if other in topics and other != topic.id),
            related=tuple(other for other in topic.related if other in topics and other != topic.id),
        )


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
