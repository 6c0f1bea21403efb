"""What a document of OpenSearch is: the ready terms of a passage, what its page decides, and the passage itself."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from indexer.engines.understanding.analysis import Analysed, WordTable
from indexer.engines.understanding.catalogue_order import OrderedPage, above_and_itself
from indexer.engines.understanding.documents import Document
from indexer.index.facets import FACETS, Means
from indexer.language.spanish import fold

VERSION = 1
_READY = {"type": "text", "analyzer": "ready", "index_options": "positions"}
_KEYWORD = {"type": "keyword"}
_KEPT = {"type": "keyword", "index": False, "doc_values": False}
_NUMBER = {"type": "integer"}
_BOOLEAN = {"type": "boolean"}
_DECODER = msgspec.msgpack.Decoder(Document)


def field(facet: str) -> str:
    """Return the field of a facet."""
    return f"f_{facet}"


def settings(shards: int, copies: int) -> dict[str, Any]:
    """Return settings and mapping of an index. Terms come ready: the server analyses nothing."""
    fields = {
        "stem": _READY,
        "exact": _READY,
        **dict.fromkeys(("form", "spelling", "concept", "page", "written", *map(field, FACETS)), _KEYWORD),
        **dict.fromkeys(("number", "order", "page_rank", "first_day", "last_day"), _NUMBER),
        **dict.fromkeys(("fictitious", "identified"), _BOOLEAN),
        **dict.fromkeys(("stored", "beside", "concepts"), _KEPT),
    }
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": copies,
            "max_result_window": 100_000,
            "similarity.default": {"type": "BM25", "k1": 0.6, "b": 0.75},
            "analysis": {
                "tokenizer": {"lines": {"type": "char_group", "tokenize_on_chars": ["\n"]}},
                "analyzer": {"ready": {"type": "custom", "tokenizer": "lines"}},
            },
        },
        "mappings": {"dynamic": "strict", "_meta": {"version": VERSION}, "properties": fields},
    }


def of_passage(analysed: Analysed, words: WordTable, broader: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a passage itself decides."""
    passage = analysed.document.passage
    exact = [words.exact[at] for at in analysed.words]
    found: dict[str, Any] = {
        "stem": "\n".join(words.stem[at] for at in analysed.words),
        "exact": "\n".join(exact),
        "form": sorted(set(exact)),
        "spelling": sorted({spelled for at in analysed.words for spelled in words.spelling[at]}),
        "concept": sorted(analysed.fields["concept"]),
        "beside": msgspec.json.encode(list(analysed.beside)).decode(),
        "number": passage.number,
        "order": passage.order,
        "identified": passage.identified,
        "written": passage.person or [],
        "stored": base64.b64encode(msgspec.msgpack.encode(analysed.document)).decode("ascii"),
    }
    found["concepts"] = msgspec.json.encode([analysed.first, analysed.fields["concept"]]).decode()
    for name, facet in FACETS.items():
        if facet.of_passage:
            values = set(facet.of_passage(passage))
            if facet.means is Means.TOPIC:
                values = {above for value in values for above in above_and_itself(value, broader)}
            elif facet.means is Means.PERSON:
                values = set(map(fold, values))
            found[field(name)] = sorted(values)
    return found


def of_page(page: OrderedPage, rank: int) -> dict[str, Any]:
    """Return what the page of a passage decides; it may change though the passage does not."""
    first, last = page.days
    return {
        "page": str(page.id),
        "page_rank": rank,
        "first_day": first,
        "last_day": last,
        "fictitious": page.event.fictitious,
        **{field(name): list(f.of_page(page.event, page.session)) for name, f in FACETS.items() if f.of_page},
    }


def document(source: Mapping[str, Any]) -> Document:
    """Return what was stored of a passage."""
    return _DECODER.decode(base64.b64decode(source["stored"]))


def words_at(source: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Yield every word with its place in the passage, its exact form and its stem."""
    beside, place = frozenset(msgspec.json.decode(source["beside"], type=list[int])), -1
    forms = source["exact"].split("\n") if source["exact"] else ()
    for at, (form, stem) in enumerate(zip(forms, source["stem"].split("\n"), strict=False)):
        place += at not in beside
        yield place, form, stem


def names_at(source: Mapping[str, Any], topic: str) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each name of a topic in the passage."""
    first, concepts = msgspec.json.decode(source["concepts"], type=tuple[int, dict[str, list[int]]])
    numbers = concepts.get(topic, [])
    for position, length in zip(numbers[::2], numbers[1::2], strict=True):
        yield position - first, position - first + length - 1
