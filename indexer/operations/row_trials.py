"""Tries a topic or a person on the published collection before it is saved; nothing is written.

Each is given as it is asked for (see ``edited``), and refused with a ``CorpusError`` where it cannot be saved so.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from indexer.config import Settings
from indexer.corpus.vocabulary_files import VOCABULARY_FILE, parse_vocabulary
from indexer.durable import bytes_of
from indexer.engines import open_index
from indexer.index.query import Phrase, Query
from indexer.index.results import Hit
from indexer.language.folding import fold
from indexer.language.named_people import named
from indexer.language.spanish import tokens_in_passing
from indexer.language.tagging import tagged, topics_of_page
from indexer.language.vocabulary import (
    Vocabulary,
    equivalents_of,
    form_key,
    plural_acronym,
    spans_in_passing,
    vocabulary_of,
)
from indexer.operations.root_rows import PEOPLE, TOPICS, RootList, edited

MOST = 5_000
"""Fragments that are looked at for one form."""
_FIRST = 3
_AROUND = 70


def try_person(settings: Settings, asked: Mapping[str, Any]) -> dict[str, Any]:
    """How many published fragments bear each name of a person."""
    row = _edited(settings, PEOPLE, asked)[1]
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
    text, row = _edited(settings, TOPICS, asked)
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


def _edited(settings: Settings, of: RootList, asked: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return edited(bytes_of(settings.corpus / of.file), of, asked)
