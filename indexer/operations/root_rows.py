"""Shows and changes one topic of ``vocabulario.toml``, or one person of ``personas.toml``; comments and order stay.

Each can be tried on the published collection before it is saved.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from indexer import history
from indexer.config import Settings
from indexer.corpus.people_file import PEOPLE_FILE, read_people
from indexer.corpus.toml_syntax import parse_toml
from indexer.corpus.vocabulary_files import VOCABULARY_FILE, parse_vocabulary
from indexer.durable import bytes_of, sha256
from indexer.engines import open_index
from indexer.errors import Problem, refuse
from indexer.index.query import Phrase, Query
from indexer.index.results import Hit
from indexer.language.folding import fold
from indexer.language.named_people import named
from indexer.language.spanish import tokens_in_passing
from indexer.language.tagging import tagged, topics_of_page
from indexer.language.typed_values import typed_value
from indexer.language.vocabulary import (
    Vocabulary,
    equivalents_of,
    form_key,
    plural_acronym,
    spans_in_passing,
    vocabulary_of,
)
from indexer.model.page_fields import PERSON_FIELDS, TOPIC_FIELDS, Field
from indexer.operations.page_editing import parsed, plain, rewritten

MOST = 5_000
"""Fragments that are looked at for one form."""
_FIRST = 3
_AROUND = 70


@dataclass(frozen=True, slots=True)
class RootList:
    """A list of tables in a file of the corpus's root.

    Attributes:
        file, key: Where it is.
        fields: Of a row; the first one names it.
        faults: What is wrong with the file with this text.
        mutual: The field that holds in both rows that it names; empty for none.
        variants: The field that goes on with a name that changed; without it a name does not change.
    """

    file: str
    key: str
    fields: tuple[Field, ...]
    faults: Callable[[str], Iterable[Problem]]
    mutual: str = ""
    variants: str = ""

    def rows(self, data: bytes | None) -> list[dict[str, Any]]:
        """Its rows as they are written; raises ``CorpusError`` where the file cannot be read."""
        listed = parsed(data, self.file).get(self.key, [])
        return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []

    def check(self, text: str) -> list[Problem]:
        """Its faults, wherever they stand in the file."""
        return [replace(one, path="") for one in self.faults(text)]


TOPICS = RootList(VOCABULARY_FILE, "temas", TOPIC_FIELDS, lambda text: parse_vocabulary(text, "")[1], "relacionado")
PEOPLE = RootList(
    PEOPLE_FILE, "personas", PERSON_FIELDS, lambda text: read_people(parse_toml(text), "")[1], variants="variantes"
)


def rows_view(settings: Settings, of: RootList) -> list[dict[str, Any]]:
    """Every row with all its fields, and the ``base`` of each."""
    return [
        {**{field.key: plain(field, row.get(field.key)) for field in of.fields}, "base": _base(row)}
        for row in of.rows(bytes_of(settings.corpus / of.file))
    ]


def write_row(taken: history.Step, of: RootList, asked: Mapping[str, Any]) -> None:
    """Change a row or add one, as ``edited`` says."""
    path = taken.root / of.file
    text, row = edited(taken.read(path), of, asked)
    taken.write(path, text.encode())
    taken.summary = f"{'Cambió' if asked.get('antes') else 'Es nuevo'}: {row[of.fields[0].key]}"


def edited(data: bytes | None, of: RootList, asked: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A file with one row as it is asked for, and that row.

    Args:
        asked: ``antes`` (the row's name until now, empty for a new one), its ``base``, and ``campos`` by key: one that
            is not given stays, one that is empty goes.

    Raises:
        Conflict: The row changed since ``base``.
        CorpusError: What is asked cannot stand in the file.
    """
    rows, name = of.rows(data), of.fields[0].key
    was, given = str(asked.get("antes") or ""), asked.get("campos")
    before = next((row for row in rows if row.get(name) == was), None)
    if not isinstance(given, dict) or given.keys() - {field.key for field in of.fields}:
        listed = ", ".join(field.key for field in of.fields)
        raise refuse("«campos» no es lo que debe", f"escriba un objeto; puede llevar {listed}")
    if was and (before is None or asked.get("base", _base(before)) != _base(before)):
        what = "cambió desde que se abrió" if before else "ya no está"
        fault = f"«{was}» {what}: vea cómo quedó y vuelva a hacer su cambio"
        raise history.Conflict(fault, "" if before is None else _base(before))
    values = {field.key: typed_value(field, given[field.key]) for field in of.fields if field.key in given}
    row = {key: value for key, value in ((before or {}) | values).items() if value is not None}
    called = str(typed_value(of.fields[0], row.get(name)))
    if called != was:
        if any(other.get(name) == called for other in rows):
            raise refuse(f"Ya hay «{called}»", "elija otro nombre, o cambie el que está")
        if was and not of.variants:
            raise refuse(f"«{was}» no cambia de nombre corto: hay enlaces que lo usan", "cambie lo demás")
        if was:
            row[of.variants] = [*dict.fromkeys([*row.get(of.variants, ()), was])]
    after = [row if one is before else one for one in rows] + [row] * (before is None)
    if of.mutual:
        after = [_related(one, of, called, (before or {}).get(of.mutual, ()), row.get(of.mutual, ())) for one in after]
    return rewritten(data, of.file, {of.key: after}, of.check), row


def _related(
    row: dict[str, Any], of: RootList, called: str, before: Sequence[str], now: Sequence[str]
) -> dict[str, Any]:
    """Another row, that names this one where this one names it."""
    name, held = row.get(of.fields[0].key), row.get(of.mutual, [])
    if name in now and name != called:
        return {**row, of.mutual: [*dict.fromkeys([*held, called])]}
    if name in before and name != called:
        return {**row, of.mutual: [one for one in held if one != called]}
    return row


def _base(row: Mapping[str, Any]) -> str:
    return sha256(json.dumps(row, sort_keys=True, default=str).encode())


def try_person(settings: Settings, asked: Mapping[str, Any]) -> dict[str, Any]:
    """How many published fragments bear each name of a person."""
    row = edited(bytes_of(settings.corpus / PEOPLE.file), PEOPLE, asked)[1]
    with closing(open_index(settings.index)) as index:
        known = {fold(name): tally for name, tally in named(index, index.overview().catalogue).items()}
    forms = []
    for form in (row["nombre"], *row.get("variantes", ())):
        tally = known.get(fold(form))
        first = [{"pagina": str(tally.first[0]), "numero": tally.first[1]}] if tally and tally.first else []
        forms.append({"forma": form, "fragmentos": tally.fragments if tally else 0, "primeros": first})
    every = sum(one["fragmentos"] for one in forms)
    return {"persona": row["nombre"], "formas": forms, "fragmentos": every, "avisos": []}


def try_topic(settings: Settings, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Which published fragments each form of a topic would tag, among those that hold it (``presentes``)."""
    text, row = edited(bytes_of(settings.corpus / TOPICS.file), TOPICS, asked)
    called = row["id"]
    topics, problems = parse_vocabulary(text, VOCABULARY_FILE)
    topic = next(one for one in topics if one.id == called)
    vocabulary, found = vocabulary_of(topics), dict[str, dict[str, dict[str, Any]]]()
    forms = dict.fromkeys(equivalents_of(topic), True) | dict.fromkeys(topic.signs, False)
    sought = {form_key(form) for form in forms} | {plural for one in topic.acronyms if (plural := plural_acronym(one))}
    before: dict[str, bool] = {}
    with closing(open_index(settings.index)) as index:
        for key in sought:
            query = Query(
                clauses=(Phrase(key),), limit=MOST, with_fictitious=True, correct=False, facets=(), marked=False
            )
            for hit in index.search(query).hits:
                name = f"{hit.page}#p{hit.passage.number}"
                for form, place in _places(hit, called, vocabulary):
                    found.setdefault(form, {}).setdefault(name, place)
                if called in tagged(vocabulary, hit.passage.text, topics_of_page(vocabulary, hit.event, hit.session)):
                    before[name] = called in hit.passage.topics
    listed = []
    for form, equivalent in forms.items():
        here = found.get(form, {})
        first = [here[name] for name in sorted(here, key=lambda name: name not in before)[:_FIRST]]
        told = {"fragmentos": len(here.keys() & before), "presentes": len(here), "primeros": first}
        listed.append({"forma": form, "clase": "equivalente" if equivalent else "signo", **told})
    warnings = [str(one) for one in problems if f"«{called}»" in f"{one.path} {one.fault}"]
    new = sum(not known for known in before.values())
    return {"tema": called, "formas": listed, "fragmentos": len(before), "nuevos": new, "avisos": warnings}


def _places(hit: Hit, topic: str, vocabulary: Vocabulary) -> Iterator[tuple[str, dict[str, Any]]]:
    """The forms of a topic that a fragment has, each with what is around it."""
    text, words = hit.passage.text, tokens_in_passing(hit.passage.text)
    for span in spans_in_passing(vocabulary, text):
        if span.topic == topic:
            start, end = words[span.first_token].start, words[span.end_token - 1].end
            yield span.form, {"pagina": str(hit.page), "numero": hit.passage.number,
                              "antes": text[max(0, start - _AROUND) : start], "de": text[start:end],
                              "despues": text[end : end + _AROUND]}  # fmt: skip
