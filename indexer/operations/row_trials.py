"""Tries a topic or a person on the published collection before it is saved; nothing is written.

Each is given as it is asked for (see ``edited``), and refused with a ``CorpusError`` where it cannot be saved so.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from indexer.language.spanish import tokens
from indexer.language.vocabulary import Vocabulary, equivalents_of, form_key, plural_acronym
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
    """Which published fragments each form of a topic would tag."""
    text, row = _edited(settings, TOPICS, asked)
    called = row["id"]
    topics, problems = parse_vocabulary(text, VOCABULARY_FILE)
    topic = next(one for one in topics if one.id == called)
    vocabulary, found = Vocabulary([topic]), dict[str, dict[str, dict[str, Any]]]()
    forms = dict.fromkeys(equivalents_of(topic), True) | dict.fromkeys(topic.signs, False)
    sought = {form_key(form) for form in forms} | {plural for one in topic.acronyms if (plural := plural_acronym(one))}
    new: set[str] = set()
    with closing(open_index(settings.index)) as index:
        for key in sought:
            query = Query(
                clauses=(Phrase(key),), limit=MOST, with_fictitious=True, correct=False, facets=(), marked=False
            )
            for hit in index.search(query).hits:
                _note(hit, vocabulary, found, new)
    listed = []
    for form, equivalent in forms.items():
        places = list(found.get(form, {}).values())
        kind = "equivalente" if equivalent else "signo"
        listed.append({"forma": form, "clase": kind, "fragmentos": len(places), "primeros": places[:_FIRST]})
    every = {name for places in found.values() for name in places}
    warnings = [str(one) for one in problems if f"«{called}»" in f"{one.path} {one.fault}"]
    return {"tema": called, "formas": listed, "fragmentos": len(every), "nuevos": len(new), "avisos": warnings}


def _note(hit: Hit, vocabulary: Vocabulary, found: dict[str, dict[str, dict[str, Any]]], new: set[str]) -> None:
    """The forms of the topic that a fragment has, each with what is around its first place."""
    text, words = hit.passage.text, tokens(hit.passage.text)
    name = f"{hit.page}#p{hit.passage.number}"
    for span in vocabulary.spans(words, text):
        start, end = words[span.first_token].start, words[span.end_token - 1].end
        place = {"pagina": str(hit.page), "numero": hit.passage.number, "antes": text[max(0, start - _AROUND) : start],
                 "de": text[start:end], "despues": text[end : end + _AROUND]}  # fmt: skip
        found.setdefault(span.form, {}).setdefault(name, place)
        if span.topic not in hit.passage.topics:
            new.add(name)


def _edited(settings: Settings, of: RootList, asked: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return edited(bytes_of(settings.corpus / of.file), of, asked)
