"""``vocabulario.toml``: from the file that staff keep to topics, with every fault of it."""

from __future__ import annotations

import dataclasses

from indexer.corpus.tables_by_id import by_id, identified
from indexer.corpus.toml_validation import CheckedTable
from indexer.corpus.topic_checks import check_relations, settle_forms
from indexer.errors import Problem
from indexer.language.spanish import FUNCTION_WORDS
from indexer.language.vocabulary import form_key
from indexer.model.vocabulary import Topic

_KEYS = (
    "id", "etiqueta", "siglas", "equivalentes", "ocultas", "signos", "solo_mayusculas", "excepto",
    "mas_amplio", "relacionado", "definicion", "norma", "fuentes", "verificado",
)  # fmt: skip


def parse_vocabulary(text: str, path: str) -> tuple[tuple[Topic, ...], tuple[Problem, ...]]:
    """Read ``vocabulario.toml``.

    Args:
        text: The file.
        path: As staff know it, relative to the corpus.

    Returns:
        The topics that can be used, in the order of the file, and every fault. A faulty part is left out and the rest
        stays: an unknown relation, a form that another topic has already taken, the relation that closes a circle.
        Relations between equals hold both ways, whichever topic says them.
    """
    cure = "ponga otro id a uno de los dos temas, o una los dos en uno"
    topics, rows, problems = by_id(text, path, "temas", _KEYS, _topic, cure)
    check_relations(topics, rows)
    settle_forms(topics, rows)
    for topic in list(topics.values()):
        narrower = tuple(sorted(other.id for other in topics.values() if topic.id in other.broader))
        topics[topic.id] = dataclasses.replace(topic, narrower=narrower)
    return tuple(topics.values()), tuple(problems)


def _topic(row: CheckedTable) -> Topic | None:
    label = row.text("etiqueta", "Voto en el extranjero", required=True)
    identifier = identified(row, "tema", label)
    if label is not None and not form_key(label):
        cure = 'escriba el nombre del tema: etiqueta = "…"'
        row.error("la etiqueta no tiene ninguna palabra", cure, key="etiqueta")
    capitals = row.texts("solo_mayusculas", '["SE"]')
    forms = {key: _forms(row, key, capitals) for key in ("siglas", "equivalentes", "ocultas", "signos", "excepto")}
    listed = {form_key(form) for key in ("siglas", "equivalentes", "ocultas", "signos") for form in forms[key]}
    for form in capitals:
        if form_key(form) not in listed:
            fault = f"«{form}» está en solo_mayusculas y en ninguna otra lista"
            row.error(fault, "escríbala además en siglas, equivalentes o signos", key="solo_mayusculas", value=form)
    definition, norm = row.text("definicion", "…"), row.text("norma", "LGIPE, artículo 219")
    relations = {key: row.texts(key, '["…"]') for key in ("mas_amplio", "relacionado", "fuentes")}
    verified = row.flag("verificado")
    if identifier is None or label is None or not form_key(label):
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
        definition=definition,
        norm=norm,
        sources=relations["fuentes"],
        verified=verified,
    )


def _forms(row: CheckedTable, key: str, capitals: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of one list, without those that could match nothing, or nearly everything."""
    only_capitals = {form_key(form) for form in capitals}
    kept = []
    for form in row.texts(key, '["…", "…"]'):
        words = form_key(form)
        if not words:
            cure = "quítela o escríbala con palabras"
            row.error(f"«{form}» ({key}) no tiene letras ni cifras", cure, key=key, value=form)
        elif FUNCTION_WORDS.issuperset(words) and words not in only_capitals:
            cure = "quítela, o si es una sigla escríbala también en solo_mayusculas"
            row.error(f"«{form}» ({key}) es palabra común y marcaría casi todo", cure, key=key, value=form)
        else:
            kept.append(form)
    return tuple(kept)
