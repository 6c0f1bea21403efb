"""Answers the questions of ``SearchIndex`` by queries to the cluster. What it cannot answer raises ``NotOffered``."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.mapping import document, field
from indexer.engines.opensearch.marking import marks
from indexer.engines.opensearch.queries import Json, above, all_of, any_of, clause_query, matching, term
from indexer.engines.opensearch.values import counted, real, terms, values_of
from indexer.engines.opensearch.writer import read
from indexer.engines.understanding.catalogue_order import pages_in_order
from indexer.engines.understanding.clauses import FEW_FOUND, ResolvedQuery, WordClause, apart_of, as_typed
from indexer.engines.understanding.filter_values import FilterValues
from indexer.engines.understanding.resolver import Resolver, TypedWords
from indexer.errors import NotOffered
from indexer.index.catalogue import Catalogue
from indexer.index.company import Contrast, ContrastAsked, Lines, LinesAsked
from indexer.index.facets import FACETS, MOST_VALUES
from indexer.index.orders import ORDERS
from indexer.index.protocol import SearchIndex
from indexer.index.query import NO_VALUE, Filters, Query
from indexer.index.results import Counted, FacetValue, Health, Hit, Overview, Page, Ranking, Results, Timeline
from indexer.language.lexicon import Lexicon
from indexer.language.vocabulary import Vocabulary
from indexer.model import PageId
from indexer.model.passage import Passage

WINDOW = 100_000
LONGEST = 255
"""Letters of a term, at most: the server's tokenizer cuts a longer one."""
_PLACES = [{"page_rank": "asc"}, {"order": "asc"}]
_SORTS: Mapping[str, list[Json]] = {
    "score": [{"_score": "desc"}, *_PLACES],
    "place": [{"_score": "desc"}, *_PLACES],
    "newest": [{"_score": "desc"}, {"page_rank": "desc"}, {"order": "asc"}],
}


class Searcher:
    """One index of a cluster, open for reading."""

    def __init__(
        self,
        client: Client,
        index: str,
        folder: Path,
        catalogue: Catalogue,
        lexicon: Lexicon,
        on_close: Callable[[], None] | None = None,
    ) -> None:
        """Read what every question needs."""
        self._client, self._index = client, index
        self._folder, self._catalogue, self._on_close = folder, catalogue, on_close
        self._values = values_of(client, index, catalogue)
        self._pages = {str(page.id): page for page in pages_in_order(catalogue)}
        vocabulary = Vocabulary(catalogue.topics)
        self._meant = FilterValues({name: one.shown for name, one in self._values.items()}, catalogue, vocabulary)
        self._resolver = Resolver(vocabulary, TypedWords(lexicon), self.terms)
        self._overview = self._counts()

    @property
    def folder(self) -> Path:
        """See ``SearchIndex.folder``."""
        return self._folder

    def search(self, query: Query) -> Results:
        """See ``SearchIndex.search``."""
        resolved, answer, apart = self._found(query)
        marking = (*resolved.loose, *apart, *resolved.required) if query.marked else ()
        full, partial = self._totals(answer)
        ranked = ORDERS[query.order].key == "score" and bool(resolved.loose or resolved.required)
        hits = tuple(self._hit(hit, resolved, marking, ranked) for hit in answer["hits"]["hits"])
        facets = self._facets(query, answer["aggregations"])
        return Results(full, partial, hits, facets, resolved.expansions, resolved.notices, timeline=_no_timeline)

    def ranked(self, query: Query) -> Ranking:
        """See ``SearchIndex.ranked``."""
        _, answer, _ = self._found(query, ["page", "number"])
        sources = [hit["_source"] for hit in answer["hits"]["hits"]]
        fragments = tuple((PageId.parse(source["page"]), source["number"]) for source in sources)
        return Ranking(fragments, *self._totals(answer), self._facets(query, answer["aggregations"]))

    def lines(self, query: Query, asked: LinesAsked) -> Lines:
        """Not offered yet."""
        raise NotOffered("las concordancias")

    def contrast(self, query: Query, asked: ContrastAsked) -> Contrast:
        """Not offered yet."""
        raise NotOffered("la compañía de las palabras")

    def counted(self, query: Query, facet: str, by: str | None = None, *, partial: bool = False) -> Counted:
        """Not offered yet."""
        raise NotOffered("las comparaciones y los recuentos")

    def passage(self, page: PageId, number: int) -> Passage | None:
        """See ``SearchIndex.passage``."""
        found = self._read(page, {"term": {"number": number}})
        return document(found[0]).passage if found else None

    def stretch(self, page: PageId, start: int, stop: int) -> tuple[Passage, ...]:
        """See ``SearchIndex.stretch``."""
        found = self._read(page, {"match_all": {}})[max(0, start) : max(0, stop)]
        return tuple(document(source).passage for source in found)

    def session(self, page: PageId, query: Query | None = None) -> Page | None:
        """See ``SearchIndex.session``."""
        held = self._pages.get(str(page))
        if held is None:
            return None
        sources = self._read(page, {"match_all": {}})
        marked = {}
        if query is not None:
            resolved = self._resolver.resolve(query)
            apart = self._apart(resolved, self._filters(query))
            words = matching(resolved, apart, ranked=False)
            clauses = (*resolved.loose, *apart, *resolved.required)
            for source in self._read(page, words):
                if found := marks(source, clauses):
                    marked[source["number"]] = found
        passages = tuple(document(source).passage for source in sources)
        return Page(held.id, held.event, held.session, passages, marked)

    def overview(self) -> Overview:
        """See ``SearchIndex.overview``."""
        return self._overview

    def terms(self, prefix: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See ``SearchIndex.terms``."""
        if limit < 1 or len(prefix) > LONGEST:
            return ()
        begun = "".join(f"\\{sign}" if not sign.isalnum() else sign for sign in prefix) + ".*"
        asked = {"of": {"terms": {"field": "form", "include": begun, "size": limit, "shard_size": WINDOW // 2}}}
        found = self._client.search(self._index, {"size": 0, "aggs": asked})["aggregations"]["of"]["buckets"]
        return tuple((bucket["key"], bucket["doc_count"]) for bucket in found)

    def words(self, prefix: str, limit: int, *, with_fictitious: bool = False) -> tuple[tuple[str, int], ...]:
        """Nothing is suggested yet."""
        return ()

    def people(self, words: str, *, with_fictitious: bool = False) -> tuple[str, ...]:
        """See ``SearchIndex.people``."""
        names = [self._values["persona"].shown[code] for code in self._meant.bearing(words)]
        return tuple(name for name in names if with_fictitious or name in self._overview.people)

    def health(self) -> Health:
        """See ``SearchIndex.health``. It asks the cluster, and so tells when that does not answer."""
        count = self._client.ask("GET", f"/{self._index}/_count")["count"]
        built_at = self._catalogue.built_at.isoformat()
        return Health(self._catalogue.edition, built_at, count, self._catalogue.warnings())

    def pinned(self) -> AbstractContextManager[SearchIndex]:
        """See ``SearchIndex.pinned``. A generation never changes."""
        return nullcontext(self)

    def close(self) -> None:
        """See ``SearchIndex.close``. Safe to call twice."""
        on_close, self._on_close = self._on_close, None
        if on_close is not None:
            on_close()

    def _read(self, page: PageId, query: Json) -> list[dict[str, Any]]:
        return list(read(self._client, self._index, all_of([term("page", str(page)), query])))

    def _found(
        self, query: Query, source: Sequence[str] | bool = True
    ) -> tuple[ResolvedQuery, Any, tuple[WordClause, ...]]:
        """The words of a query, the answer of the cluster, and which words of topics' names counted one by one."""
        resolved, always = self._resolver.resolve(query), self._filters(query)
        own = self._own(query.filters)
        apart = self._apart(resolved, [*always, *own.values()])
        key = ORDERS[query.order].key
        start, size = max(query.offset, 0), max(query.limit, 0)
        if start + size > WINDOW:
            size = WINDOW - start
            if size < 1:
                raise NotOffered(f"más de {WINDOW} resultados de una búsqueda")
        loose = list(map(clause_query, resolved.loose))
        found: Json = {"found": {"filter": all_of(list(own.values())), "aggs": {"full": {"filter": all_of(loose)}}}}
        for name, values in self._values.items():
            if values.keys and (query.facets is None or name in query.facets):
                others = [test for other, test in own.items() if other != name]
                found[name] = {"filter": all_of(others), "aggs": {"of": terms(name, values)}}
        body = {
            "query": {"bool": {"must": [matching(resolved, apart, ranked=key == "score")], "filter": always}},
            "post_filter": all_of(list(own.values())),
            "aggs": found,
            "sort": _SORTS[key],
            "track_scores": True,
            "from": start,
            "size": size,
            "_source": source,
        }
        answer = self._client.search(self._index, body)
        if query.limit > size and sum(self._totals(answer)) > WINDOW:
            raise NotOffered(f"más de {WINDOW} resultados de una búsqueda")
        return resolved, answer, apart

    def _apart(self, resolved: ResolvedQuery, filters: Sequence[Json]) -> tuple[WordClause, ...]:
        """The words that count one by one: of names of topics where few passages match, or none has the topic."""
        named = [clause for clause in resolved.loose if apart_of(clause)]
        if not named:
            return ()
        query = {"bool": {"must": [matching(resolved, (), ranked=False)], "filter": list(filters)}}
        aggs = {str(at): {"filter": clause_query(clause)} for at, clause in enumerate(named)}
        answer = self._client.search(
            self._index, {"size": 0, "query": query, "aggs": aggs, "track_total_hits": FEW_FOUND}
        )
        few = answer["hits"]["total"]["value"] < FEW_FOUND
        alone = [clause for at, clause in enumerate(named) if few or not answer["aggregations"][str(at)]["doc_count"]]
        words = (word for clause in alone for word in apart_of(clause) if word not in resolved.loose)
        return tuple(dict.fromkeys(words))

    @staticmethod
    def _totals(answer: Any) -> tuple[int, int]:
        found = answer["aggregations"]["found"]
        return found["full"]["doc_count"], found["doc_count"] - found["full"]["doc_count"]

    def _filters(self, query: Query) -> list[Json]:
        """What always holds: visible events, dates, and fields in the text."""
        chosen = {"terms": {field("evento"): sorted(self._meant.events(query))}}
        found = [] if query.with_fictitious else [any_of([real(), chosen])]
        for filters in (query.filters, *query.also):
            if filters.since is not None:
                found.append({"range": {"last_day": {"gte": filters.since.toordinal()}}})
            if filters.until is not None:
                found.append({"range": {"first_day": {"lte": filters.until.toordinal()}}})
        return [*found, *(test for filters in query.also for test in self._own(filters).values())]

    def _own(self, filters: Filters) -> dict[str, Json]:
        tests = {}
        for name, typed in filters.values.items():
            keys, none = self._values[name].keys, {"bool": {"must_not": {"exists": {"field": field(name)}}}}
            codes = sorted({code for value in typed for code in self._meant.codes(name, value)})
            wanted = {"terms": {field(name): [keys[code] for code in codes]}}
            tests[name] = any_of([wanted, none]) if NO_VALUE in typed else wanted
        return tests

    def _facets(self, query: Query, answer: Any) -> dict[str, tuple[FacetValue, ...]]:
        return {
            name: self._largest(name, answer[name]["of"]["buckets"] if name in answer else ())
            for name in FACETS
            if query.facets is None or name in query.facets
        }

    def _largest(self, name: str, buckets: Sequence[Any]) -> tuple[FacetValue, ...]:
        values = self._values[name]
        place = {key: at for at, key in enumerate(values.keys)}
        counts = sorted((-bucket["doc_count"], place[bucket["key"]]) for bucket in buckets)
        shown = [FacetValue(values.shown[at], values.labels[at], -count) for count, at in counts[:MOST_VALUES]]
        rest = -sum(count for count, _ in counts[MOST_VALUES:])
        return (*shown, FacetValue(None, "otros", rest)) if rest else tuple(shown)

    def _hit(self, hit: Any, resolved: ResolvedQuery, marking: Sequence[Any], ranked: bool) -> Hit:
        source, score = hit["_source"], hit["_score"] or 0.0
        page = self._pages[source["page"]]
        full = score >= above(resolved)
        has: list[str] = []
        lacks: list[str] = []
        for clause in () if full else resolved.loose:
            (has if marks(source, [clause]) else lacks).append(as_typed(clause))
        own = score - above(resolved) * full if ranked else 0.0
        passage = document(source).passage
        return Hit(
            page.id, page.event, page.session, passage, full, own, marks(source, marking), tuple(has), tuple(lacks)
        )

    def _counts(self) -> Overview:
        def of(name: str, fictitious: bool) -> dict[str, int]:
            return counted(self._client, self._index, name, self._values[name], real(fictitious))

        known = counted(self._client, self._index, "persona", self._values["persona"], {"term": {"identified": True}})
        passages = self._client.ask("POST", f"/{self._index}/_count", {"query": real()})["count"]
        return Overview(
            self._catalogue,
            of("tema", False),
            of("tema", True),
            passages,
            of("persona", False),
            of("persona", True),
            frozenset(self._values["persona"].shown) - known.keys(),
        )


def _no_timeline(_: Sequence[Any]) -> Timeline:
    raise NotOffered("los resultados por periodo")
