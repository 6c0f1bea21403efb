"""The values that facets have in one index, and how many passages each: counted once, when it is opened."""

from dataclasses import dataclass

from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.mapping import field
from indexer.engines.opensearch.queries import Json
from indexer.engines.opensearch.writer import listed
from indexer.engines.understanding.catalogue_order import best_spellings, by_label, pages_in_order
from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Means
from indexer.language.spanish import fold


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one facet.

    Attributes:
        shown: In the order in which equal counts are shown; of a person, the most frequent spelling.
        keys: The term of each in the index.
        labels: How each is called.
    """

    shown: tuple[str, ...]
    keys: tuple[str, ...]
    labels: tuple[str, ...]


def values_of(client: Client, index: str, catalogue: Catalogue) -> dict[str, Values]:
    """Return the values of every facet that any passage has."""
    found = {}
    for name, facet in FACETS.items():
        labels = facet.labels(catalogue)
        if facet.means is Means.PERSON:
            called = best_spellings(dict(listed(client, index, "written")))
        else:
            called = {key: key for key, _ in listed(client, index, field(name))}
        if facet.of_page:
            ordered = (key for page in pages_in_order(catalogue) for key in facet.of_page(page.event, page.session))
            shown = [key for key in dict.fromkeys(ordered) if key in called]
        else:
            shown = by_label(called.values(), labels)
        keys = tuple(fold(value) if facet.means is Means.PERSON else value for value in shown)
        found[name] = Values(tuple(shown), keys, tuple(labels.get(value, value) for value in shown))
    return found


def counted(client: Client, index: str, name: str, values: Values, query: Json) -> dict[str, int]:
    """Count the passages that a query leaves, per value of a facet."""
    body = {"size": 0, "query": query, "aggs": {"of": terms(name, values)}}
    shown = dict(zip(values.keys, values.shown, strict=True))
    buckets = client.search(index, body)["aggregations"]["of"]["buckets"] if shown else ()
    return {shown[bucket["key"]]: bucket["doc_count"] for bucket in buckets}


def terms(name: str, values: Values) -> Json:
    """Count by every value of a facet: as many as there are, so that shards leave none out."""
    return {"terms": {"field": field(name), "size": max(len(values.keys), 1)}}


def real(fictitious: bool = False) -> Json:
    """The passages of real events, or the others."""
    return {"term": {"fictitious": fictitious}}
