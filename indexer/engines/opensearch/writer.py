"""Writes one index per generation. The folder of the generation says which one it is, and keeps its lexicon.

The index is whole before the generation is published: its name is new, its documents are counted, every copy stands.
So the link of the current generation, which moves at once, is what moves readers (decision 0090).
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.mapping import of_page, of_passage, settings
from indexer.engines.understanding.analysis import Analysis
from indexer.engines.understanding.catalogue_order import pages_in_order
from indexer.errors import EngineUnavailable, IndexDamaged, NotOffered
from indexer.index import catalogue as catalogues
from indexer.index.protocol import Changes
from indexer.language.lexicon import Lexicon
from indexer.language.vocabulary import vocabulary_of

STATE = "opensearch.json"
BATCH = 500
EVERY = 1000
"""Terms that are listed at a time."""


def state(folder: Path) -> dict[str, Any]:
    """Read which index a generation has.

    Raises:
        IndexDamaged: The file is missing or has another form.
    """
    try:
        found: dict[str, Any] = json.loads((folder / STATE).read_text(encoding="utf-8"))
        return {"index": found["index"], "lexicon": found["lexicon"]}
    except (OSError, ValueError, KeyError) as error:
        raise IndexDamaged(folder, "no dice qué índice de OpenSearch es el suyo") from error


def write(client: Client, folder: Path, previous: Path | None, changes: Changes) -> None:
    """Write a generation; see ``Engine.write``."""
    if changes.purge:
        raise NotOffered("el retiro comprobado de un texto en todas las copias del clúster")
    old = None if previous is None or changes.fresh else state(previous)["index"]
    name = f"{_family(client, folder)}-{uuid.uuid4().hex}"
    _note(folder, name, "")  # before the index is there: nobody takes it for one that belongs to no generation
    sweep(client, folder)
    client.ask("PUT", f"/{name}", settings(client.shards, client.copies), long=True)
    written = _fill(client, name, old, changes)
    client.ask("POST", f"/{name}/_refresh", long=True)
    health = client.ask("GET", f"/_cluster/health/{name}?wait_for_status=green&timeout=60s", long=True)
    counted = client.ask("GET", f"/{name}/_count")["count"]
    if counted != written or health["status"] != "green":
        raise EngineUnavailable(
            f"El índice nuevo no quedó completo en el clúster: {counted} de {written} fragmentos, estado "
            f"«{health['status']}». No se publicó; revise los nodos (¿hay tantos como copias?) y vuelva a intentarlo."
        )
    forms: dict[str, set[str]] = {}
    for spelled, _ in listed(client, name, "spelling"):
        form, _, stem = spelled.partition(" ")
        forms.setdefault(form, set()).add(stem)
    _note(folder, name, Lexicon(forms).to_json())
    catalogues.save(changes.catalogue, folder)


def sweep(client: Client, folder: Path) -> None:
    """Delete the indexes of this folder of generations that no generation names any more."""
    named = set()
    for path in folder.parent.glob(f"*/{STATE}"):
        named.add(state(path.parent)["index"])
    family = _family(client, folder)
    for index in client.ask("GET", f"/{family}-*/_settings?flat_settings=true"):
        if index not in named:
            client.ask("DELETE", f"/{index}", missing=True)


def listed(client: Client, index: str, field: str) -> Iterator[tuple[str, int]]:
    """Yield every term of a field of keywords, with how many passages have it, in the order of the terms."""
    after: dict[str, str] = {}
    while True:
        terms = {"composite": {"size": EVERY, "sources": [{"t": {"terms": {"field": field}}}], **after}}
        found = client.search(index, {"size": 0, "aggs": {"terms": terms}})["aggregations"]["terms"]
        for bucket in found["buckets"]:
            yield bucket["key"]["t"], bucket["doc_count"]
        if "after_key" not in found:
            return
        after = {"after": found["after_key"]}


def read(client: Client, index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a query leaves, in reading order."""
    body = {"size": BATCH, "query": query, "sort": [{"page_rank": "asc"}, {"order": "asc"}, {"number": "asc"}]}
    while hits := client.search(index, body)["hits"]["hits"]:
        yield from (hit["_source"] for hit in hits)
        if len(hits) < BATCH:
            return
        body["search_after"] = hits[-1]["sort"]


def _fill(client: Client, index: str, old: str | None, changes: Changes) -> int:
    """Write the documents of what changed, and those of the last generation that did not; return how many."""
    catalogue = changes.catalogue
    pages = {str(page.id): (page, rank) for rank, page in enumerate(pages_in_order(catalogue))}
    broader = {topic.id: topic.broader for topic in catalogue.topics}
    analysis, changed = Analysis(vocabulary_of(catalogue.topics)), set[str]()

    def documents() -> Iterator[dict[str, Any]]:
        for page in changes.pages:
            name = str(page.page)
            changed.add(name)
            for analysed in analysis.page(page):
                if name in pages:
                    yield of_passage(analysed, analysis.words, broader) | of_page(*pages[name])
        kept = sorted(pages.keys() - changed)
        for name in kept if old else ():
            for source in read(client, old or "", {"term": {"page": name}}):
                yield source | of_page(*pages[name])

    written, batch = 0, list[tuple[str, dict[str, Any]]]()
    for document in documents():
        batch.append((f"{document['page']}#{document['number']}", document))
        if len(batch) == BATCH:
            client.bulk(index, batch)
            written, batch = written + len(batch), []
    client.bulk(index, batch)
    return written + len(batch)


def _family(client: Client, folder: Path) -> str:
    """What all indexes of this folder of generations begin with: two installations never touch each other's."""
    own = hashlib.sha256(str(folder.parent.resolve()).encode()).hexdigest()[:12]
    return f"{client.options.get('prefijo', 'consta')}-{own}"


def _note(folder: Path, index: str, lexicon: str) -> None:
    path = folder / STATE
    path.unlink(missing_ok=True)  # it may be a hard link into the last generation
    path.write_text(json.dumps({"index": index, "lexicon": lexicon}), encoding="utf-8")
