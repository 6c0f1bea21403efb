"""``vocabulario.toml``: from the file that staff keep to topics, with every fault of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from indexer.errors import Problem
from indexer.language.spanish import FUNCTION_WORDS, slug, tokens
from indexer.language.staff_tables import Row, StaffTables
from indexer.model import Topic

_KEYS = frozenset(
    {
        "id", "etiqueta", "siglas", "equivalentes", "ocultas", "signos", "solo_mayusculas", "excepto",
        "mas_amplio", "relacionado", "definicion", "norma", "fuentes", "verificado",
    }
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def form_key(form: str) -> tuple[str, ...]:
    """What a form is compared by: the folded forms of its words."""
    return tuple(token.form for token in tokens(form))


def equivalents_of(topic: Topic) -> tuple[str, ...]:
    """Every form that means the topic: label, acronyms, equivalents, hidden ones."""
    return tuple(dict.fromkeys((topic.label, *topic.acronyms, *topic.equivalents, *topic.hidden)))


def parse_vocabulary(text: str, path: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Read ``vocabulario.toml``.

    Args:
        text: The file.
        path: As staff know it, relative to the corpus.

    Returns:
        The topics that can be used, in the order of the file, and every fault. A faulty part is left out and the rest
        stays: an unknown relation, a form that another topic has already taken, the relation that closes a circle.
    """
    tables = StaffTables(text, path, "temas", frozenset({"version"}))
    topics: dict[str, Topic] = {}
    rows: dict[str, Row] = {}
    for row in tables.rows:
        topic = _topic(row)
        if topic is None:
            continue
        if topic.id in topics:
            row.fault("el id está repetido", "ponga otro id a uno de los dos temas, o una los dos en uno")
            continue
        topics[topic.id] = topic
        rows[topic.id] = row
    _check_relations(topics, rows)
    _break_circles(topics, rows)
    _settle_shared_forms(topics, rows)
    for topic in list(topics.values()):
        narrower = tuple(sorted(other.id for other in topics.values() if topic.id in other.broader))
        topics[topic.id] = dataclasses.replace(topic, narrower=narrower)
    return tuple(topics.values()), tuple(tables.problems)


def _topic(row: Row) -> Topic | None:
    identifier, label = row.text("id"), row.text("etiqueta")
    row.name = f"tema «{identifier or label}»" if identifier or label else "un tema"
    row.only(_KEYS)
    if identifier is None:
        row.fault("falta «id»", f'escriba id = "{slug(label) if label else "nombre-corto"}"')
    elif not _ID.match(identifier):
        row.fault("el id no es solo minúsculas sin acento, cifras y guiones", f'escriba id = "{slug(identifier)}"')
    if label is None:
        row.fault("falta «etiqueta»", 'escriba el nombre del tema: etiqueta = "…"')
    elif not form_key(label):
        row.fault("la etiqueta no tiene ninguna palabra", 'escriba el nombre del tema: etiqueta = "…"')
    capitals = row.texts("solo_mayusculas")
    forms = {key: _forms(row, key, capitals) for key in ("siglas", "equivalentes", "ocultas", "signos", "excepto")}
    listed = {form_key(form) for key in ("siglas", "equivalentes", "ocultas", "signos") for form in forms[key]}
    for form in capitals:
        if form_key(form) not in listed:
            row.fault(
                f"«{form}» está en solo_mayusculas y en ninguna otra lista",
                "escríbala además en siglas, equivalentes o signos",
            )
    fields = {key: row.text(key) for key in ("definicion", "norma")}
    relations = {key: row.texts(key) for key in ("mas_amplio", "relacionado", "fuentes")}
    verified = row.flag("verificado")
    if identifier is None or label is None or not _ID.match(identifier) or not form_key(label):
        return None
    return Topic(
        id=identifier,
        label=label,
        acronyms=forms["siglas"],
        equivalents=forms["equivalentes"],
        hidden=forms["ocultas"],
        signs=forms["signos"],
        capitals_only=tuple(form for form in capitals if form_key(form) in listed),
        exceptions=forms["excepto"],
        broader=relations["mas_amplio"],
        related=relations["relacionado"],
        definition=fields["definicion"],
        norm=fields["norma"],
        sources=relations["fuentes"],
        verified=verified,
    )


def _forms(row: Row, key: str, capitals: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of one list, without those that could match nothing, or nearly everything."""
    only_capitals = {form_key(form) for form in capitals}
    kept = []
    for form in row.texts(key):
        words = form_key(form)
        if not words:
            row.fault(f"«{form}» ({key}) no tiene letras ni cifras", "quítela o escríbala con palabras")
        elif FUNCTION_WORDS.issuperset(words) and words not in only_capitals:
            row.fault(
                f"«{form}» ({key}) es palabra común y marcaría casi todo",
                "quítela, o si es una sigla escríbala también en solo_mayusculas",
            )
        else:
            kept.append(form)
    return tuple(kept)


def _check_relations(topics: dict[str, Topic], rows: dict[str, Row]) -> None:
    for topic in list(topics.values()):
        row = rows[topic.id]
        for key, ids in (("mas_amplio", topic.broader), ("relacionado", topic.related)):
            for other in ids:
                if other not in topics:
                    row.fault(f"«{key}» nombra «{other}», que no existe", "corrija el id o agregue ese tema")
                elif other == topic.id:
                    row.fault(f"«{key}» nombra al propio tema", "quítelo de la lista")
        topics[topic.id] = dataclasses.replace(
            topic,
            broader=tuple(other for other in topic.broader if other in topics and other != topic.id),
            related=tuple(other for other in topic.related if other in topics and other != topic.id),
        )


def _break_circles(topics: dict[str, Topic], rows: dict[str, Row]) -> None:
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
                rows[here].fault(f"«mas_amplio» forma un círculo ({circle})", f"quite «{above}» de mas_amplio")
                kept = tuple(other for other in topics[here].broader if other != above)
                topics[here] = dataclasses.replace(topics[here], broader=kept)
            elif above not in done:
                path.append(above)
                pending.append(list(topics[above].broader))


def _settle_shared_forms(topics: dict[str, Topic], rows: dict[str, Row]) -> None:
    """One equivalent means one topic: the first in the file keeps it."""
    owner: dict[tuple[str, ...], str] = {}
    for topic in list(topics.values()):
        taken: set[str] = set()
        for form in equivalents_of(topic):
            first = owner.setdefault(form_key(form), topic.id)
            if first == topic.id:
                continue
            taken.add(form)
            if form == topic.label:
                cure = "cambie la etiqueta de uno de los dos temas"
            else:
                cure = "déjela en uno solo; en el otro puede ir en signos"
            rows[topic.id].fault(f"«{form}» ya es equivalente del tema «{first}»", cure)
        if taken:
            topics[topic.id] = dataclasses.replace(
                topic,
                acronyms=_without(topic.acronyms, taken),
                equivalents=_without(topic.equivalents, taken),
                hidden=_without(topic.hidden, taken),
            )


def _without(forms: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    return tuple(form for form in forms if form not in taken)
