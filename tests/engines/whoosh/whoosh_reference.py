"""What a search has to answer, by Whoosh's own searcher over the very files that the engine wrote.

A ``Query`` is translated anew, through ``indexer.language`` alone: of the engine only the names of the files and the
constants of the formula are used. Whoosh opens the index, walks its postings, unites, intersects, excludes and scores
them; what it lacks is in ``whoosh_weighting``. Pairs of neighbours and what neighbours lend are no part of this: they
are to be switched off in the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.query import And, AndNot, Every, Term
from whoosh.query import Query as WhooshQuery

from indexer.corpus.topic_checks import topics_above
from indexer.engines.ranking import scorer
from indexer.engines.understanding import clauses
from indexer.engines.whoosh.segments import FOLDER, INDEX
from indexer.index.query import AnyOf, Clause, Filters, Phrase, Prefix, Query, Word
from indexer.index.query import Term as Asked
from indexer.language.entities import Entities
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, slug, tokens
from indexer.language.vocabulary import Vocabulary
from tests.engines.shelf import Collection
from tests.engines.whoosh import whoosh_weighting as own

MOST_FORMS = 64
SHORTEST_PREFIX = 3
Group = tuple[tuple[Token, ...], str | None]
"""Words that make one clause, and the topic that they name."""


@dataclass(frozen=True)
class Answer:
    """What a query finds.

    Attributes:
        ranked: All of it, in order: page and number, whether it is a full match, score.
        full: How many full matches there are.
        counts: By the name of a facet, how many fragments have each of its values, in the order of the sessions.
    """

    ranked: tuple[tuple[str, bool, float], ...]
    full: int
    counts: dict[str, Counter[str]]


def only_function(words: Sequence[Token]) -> bool:
    """Whether words drop out of a query."""
    return all(word.form in FUNCTION_WORDS for word in words)


def joined(queries: Sequence[WhooshQuery]) -> WhooshQuery:
    """All of several queries."""
    return queries[0] if len(queries) == 1 else And(list(queries))


class WhooshReference:
    """Answers queries as stock Whoosh does."""

    def __init__(self, folder: Path, collection: Collection) -> None:
        self.collection = collection
        self.vocabulary = Vocabulary(collection.topics)
        self.entities = Entities(collection.entities)
        self.lexicon = Lexicon()
        for passages in collection.pages.values():
            for passage in passages:
                for token in tokens(passage.text):
                    self.lexicon.add(token.text)
        self.events = {event.slug: event for event in collection.events}
        self.sessions = {str(s.page): s for s in collection.sessions}
        self.apart: dict[WhooshQuery, list[WhooshQuery]] = {}
        self.documents = cache(self._documents)
        self.searcher = FileStorage(str(folder / FOLDER)).open_index(INDEX).searcher(weighting=own.Weighting())
        self.reading: own.Reading = self.searcher.weighting.reading(self.searcher)
        self.fragments = {
            offset + document: fragment
            for (_, offset), here in zip(self.reading.leaves, self.reading.fragments, strict=True)
            for document, fragment in here.items()
        }
        self.places = {document: self._place(fragment) for document, fragment in self.fragments.items()}
        self.in_session = {d: f.page for d, f in self.fragments.items() if f.page in self.sessions}
        self.people = {
            document: fold(person)
            for person in self.beginning("person", "")
            for document in self.documents(Term("person", person))
        }

    def close(self) -> None:
        """Close Whoosh's files."""
        self.searcher.close()

    @property
    def segments(self) -> int:
        """How many segments Whoosh sees."""
        return len(self.reading.leaves)

    @property
    def deleted(self) -> int:
        """How many documents Whoosh sees as deleted."""
        return int(self.searcher.doc_count_all() - self.searcher.doc_count())

    def _place(self, fragment: own.Fragment) -> tuple[object, ...]:
        """Where a fragment stands in the order of the sessions."""
        event, session = self.events[fragment.page.partition("/")[0]], self.sessions.get(fragment.page)
        day = session.date if session is not None and session.date is not None else event.start
        number = session.number if session is not None and session.number is not None else float("inf")
        position = self.collection.events.index(event)
        return day, position, session is not None, number, fragment.page, fragment.order

    def _documents(self, query: WhooshQuery) -> frozenset[int]:
        """All that a query matches, by Whoosh's numbers."""
        return frozenset(self.searcher.docs_for_query(query))

    def beginning(self, field: str, prefix: str) -> set[str]:
        """The terms of a field that begin so, in any segment."""
        readers = [leaf.reader() for leaf, _ in self.reading.leaves]
        return {text.decode("utf-8") for reader in readers for text in reader.expand_prefix(field, prefix)}

    # Words

    def groups(self, words: Sequence[Word], query: Query | None) -> list[tuple[Group, bool]]:
        """Neighbouring words: the names of topics, then word by word; whether its capitals alone make it a name."""
        typed = [(index, token) for index, word in enumerate(words) for token in tokens(word.text)]
        found = [token for _, token in typed]
        spans = []
        if query is not None and query.expand:
            unwanted = {self.vocabulary.resolve(value) or value for value in query.without_topics}
            spans = self.vocabulary.longest(found, unwanted)
        groups: list[tuple[Group, bool]] = []
        left = 0
        for first, end, topic in [(s.first_token, s.end_token, s.topic) for s in spans] + [(len(found), 0, None)]:
            for index in dict.fromkeys(index for index, _ in typed[left:first]):
                groups.append(((tuple(t for i, t in typed[left:first] if i == index), None), False))
            if topic is not None:
                name, others = found[first:end], [*found[:first], *found[end:]]
                known = self.vocabulary.topic(topic)
                capitals = {tuple(t.form for t in tokens(form)) for form in known.capitals_only} if known else set()
                shouted = bool(others) and all(token.text.isupper() for token in others)
                alone = tuple(token.form for token in name) in capitals and not shouted
                groups.append(((tuple(name), topic), alone))
            left = end
        return groups

    def stems(self, word: Token) -> tuple[str, ...]:
        """The stems that a word may have."""
        return tuple(sorted(self.lexicon.stems(word.text)))

    def said(self, words: Sequence[Token], topic: str | None) -> WhooshQuery:
        """Loose words that make one clause: stems and, for half as much, exact forms; or the topic that they name."""
        content = [word for word in words if word.form not in FUNCTION_WORDS] or list(words)
        stems: list[WhooshQuery] = []
        for word in content:
            found = self.stems(word)
            stems.append(Term("stem", found[0]) if len(found) == 1 else own.AnyTerm("stem", found))
        every = joined(stems)
        if topic is not None and len(stems) > 1:
            every = And(stems, boost=1 / len(stems))
        best = every if topic is None else own.Best([every, Term("concept", topic)])
        if len(words) == 1:
            return own.AnyOf([best, Term("exact", words[0].form, boost=clauses.EXACT)])
        together = own.InARow("exact", tuple((word.form,) for word in words), boost=clauses.EXACT)
        return own.AnyOf([best, own.Within(together, every)])

    def quoted(self, phrase: Phrase) -> list[WhooshQuery]:
        """A phrase, or words near one another: a term that is there as a stem and in its exact form."""
        forms = tuple(token.form for word in phrase.words for token in tokens(word))
        if not forms:
            return []
        if phrase.slop is None:
            return [own.InARow("exact", tuple((form,) for form in forms), boost=1 + clauses.EXACT)]
        return [own.Near(forms, phrase.slop, boost=1 + clauses.EXACT)]

    def begins(self, prefix: Prefix) -> list[tuple[WhooshQuery, bool]]:
        """The most frequent forms that begin so, with the words that are joined to them."""
        typed = tokens(prefix.text)
        if not typed:
            return []
        if len(typed[-1].form) < SHORTEST_PREFIX:
            return [(self.said(typed, None), only_function(typed))]
        counts = {form: self.reading.frequency("exact", form) for form in self.beginning("exact", typed[-1].form)}
        ranked = sorted((form for form, n in counts.items() if n), key=lambda form: (-counts[form], form))
        found: WhooshQuery = own.AnyTerm("exact", tuple(ranked[:MOST_FORMS]))
        return [(found if len(typed) == 1 else And([found, self.said(typed[:-1], None)]), False)]

    def term(self, term: Asked, query: Query | None) -> list[tuple[WhooshQuery, bool]]:
        """The clauses of one term, and of each whether it is function words alone."""
        if isinstance(term, Word):
            return self.run([term], query)
        if isinstance(term, Phrase):
            return [(found, False) for found in self.quoted(term)]
        return self.begins(term)

    def run(self, words: Sequence[Word], query: Query | None) -> list[tuple[WhooshQuery, bool]]:
        """The clauses of neighbouring words, and of each whether it is function words alone."""
        found = []
        for (group, topic), alone in self.groups(words, query):
            clause = Term("concept", topic) if alone else self.said(group, topic)
            content = [word for word in group if word.form not in FUNCTION_WORDS]
            if topic is not None and not alone and len(content) > 1:
                self.apart[clause] = [self.said([word], None) for word in content]
            found.append((clause, topic is None and only_function(group)))
        return found

    def loose(self, query: Query) -> tuple[list[WhooshQuery], list[WhooshQuery]]:
        """The loose clauses and those that always hold, each once."""
        loose: list[tuple[WhooshQuery, bool]] = []
        held: list[WhooshQuery] = []
        run: list[Word] = []
        clauses: list[Clause | None] = [*query.clauses, None]
        for clause in clauses:
            if isinstance(clause, Word):
                run.append(clause)
                continue
            loose += self.run(run, query)
            run = []
            if isinstance(clause, Phrase):
                held += self.quoted(clause)
            elif isinstance(clause, Prefix):
                loose += self.begins(clause)
            elif isinstance(clause, AnyOf):
                parts = [part for term in clause.terms for part in self.term(term, query)]
                content = [part for part, function in parts if not function]
                if parts:
                    either = dict.fromkeys(content or [part for part, _ in parts])
                    loose.append((own.AnyOf(list(either)), not content))
        content = [found for found, function in loose if not function]
        wanted = content if content or held else [found for found, _ in loose]
        return list(dict.fromkeys(wanted)), list(dict.fromkeys(held))

    def excluded(self, term: Asked) -> list[WhooshQuery]:
        """What a query leaves out; of words, their stems one after the other."""
        if not isinstance(term, Word):
            return [found for found, _ in self.term(term, None)]
        found: list[WhooshQuery] = []
        for (group, _), _ in self.groups([term], None):
            content = [word for word in group if word.form not in FUNCTION_WORDS] or group
            found.append(own.InARow("stem", tuple(self.stems(word) for word in content)))
        return found

    # Filters

    def pages(self, query: Query) -> list[WhooshQuery]:
        """The pages of the dates that were asked for, and those that may be seen."""
        every = (query.filters, *query.also)
        chosen = {fold(value) for f in every for value in f.of("evento")}
        chosen |= {fold(value).partition("/")[0] for f in every for value in f.of("mesa") if "/" in value}
        found = []
        for name in sorted({fragment.page for fragment in self.fragments.values()}):
            event, session = self.events[name.partition("/")[0]], self.sessions.get(name)
            day = session.date if session is not None else None
            first, last = day or event.start, day or event.end
            seen = not event.fictitious or query.with_fictitious or event.slug in chosen
            if seen and all((not f.since or last >= f.since) and (not f.until or first <= f.until) for f in every):
                found.append(Term("page", name))
        return [own.AnyOf(found)]

    def years(self, page: str) -> set[str]:
        """The years that a page may be of."""
        event, session = self.events[page.partition("/")[0]], self.sessions.get(page)
        day = session.date if session is not None else None
        return {str(year) for year in range((day or event.start).year, (day or event.end).year + 1)}

    def filter(self, name: str, values: Sequence[str]) -> WhooshQuery:
        """The terms of Whoosh that any of the values of a filter means."""
        wanted: set[tuple[str, str]] = set()
        for value in values:
            typed = fold(value.strip())
            match name:
                case "evento":
                    pages = {fragment.page for fragment in self.fragments.values()}
                    wanted |= {("page", page) for page in pages if page.partition("/")[0] == typed}
                case "mesa":
                    called = {page: (page, s.slug, str(s.number)) for page, s in self.sessions.items()}
                    wanted |= {("page", page) for page, names in called.items() if typed in names}
                case "anio":
                    pages = {fragment.page for fragment in self.fragments.values()}
                    wanted |= {("page", page) for page in pages if typed in self.years(page)}
                case "tema":
                    topic = self.vocabulary.resolve(value) or typed
                    topics = {one.id: one for one in self.vocabulary.topics}
                    below = (one for one in topics if topic in topics_above(one, topics))
                    wanted |= {("topic", one) for one in (topic, *below)}
                case "persona":
                    people = self.beginning("person", "")
                    whole = {person for person in people if typed in (fold(person), slug(person))}
                    words = {word.form for word in tokens(typed)} - FUNCTION_WORDS
                    parts = {
                        p for p in people if words and words <= {f(w.form) for w in tokens(p) for f in (slug, str)}
                    }
                    wanted |= {("person", person) for person in whole or parts}
                case "entidad":
                    wanted.add(("entity", self.entities.home(self.entities.resolve(value) or typed)))
                case "menciona":
                    wanted.add(("mention", self.entities.resolve(value) or typed))
                case "tipo":
                    wanted.add(("kind", typed))
                case "version":
                    wanted.add(("version", typed))
        return own.AnyOf([Term(*term) for term in sorted(wanted)])

    def filters(self, filters: Filters) -> dict[str, frozenset[int]]:
        """By parameter, what each filter leaves."""
        return {name: self.documents(self.filter(name, values)) for name, values in filters.values.items()}

    # The query as a whole

    def answer(self, query: Query) -> Answer:
        """Everything that a query finds, whatever slice of it was asked for."""
        loose, held = self.loose(query)
        answer, found = self.combined(query, loose, held)
        lost = [clause for clause in loose if clause in self.apart and not self.documents(clause) & found]
        named = [clause for clause in loose if clause in self.apart]
        alone = named if len(found) < clauses.FEW_FOUND else lost
        words = dict.fromkeys(word for clause in alone for word in self.apart[clause] if word not in loose)
        apart = [AndNot(word, own.AnyOf(named)) for word in words]
        return self.combined(query, loose, held, apart)[0] if apart else answer

    def combined(
        self, query: Query, loose: list[WhooshQuery], held: list[WhooshQuery], apart: Sequence[WhooshQuery] = ()
    ) -> tuple[Answer, frozenset[int]]:
        """The answer to clauses, and the documents in it; those ``apart`` make no match full."""
        parts = [*([own.AnyOf([*loose, *apart])] if loose else []), *held]
        asked = joined(parts) if parts else Every()
        out = self.documents(own.AnyOf([found for term in query.excluded for found in self.excluded(term)]))
        results = self.searcher.search(asked, limit=None, mask=set(out))
        scores = {document: self.whole(document, score) if parts else 0.0 for score, document in results.top_n}
        in_full = self.documents(joined(loose)) if len(loose) > 1 or apart else set(scores)
        seen = set(scores).intersection(*map(self.documents, self.pages(query)))
        seen.intersection_update(*(left for also in query.also for left in self.filters(also).values()))
        chosen = self.filters(query.filters)
        found = seen.intersection(*chosen.values())
        pages = [self.fragments[d].page for d in sorted(found, key=self.places.__getitem__, reverse=True)]
        newest = {page: place for place, page in enumerate(dict.fromkeys(pages))}
        held = Counter(d for clause in (*loose, *apart) for d in self.documents(clause))
        by: dict[str, Callable[[int], tuple[float, ...]]] = {
            "relevancia": lambda d: (-round(scores[d], 9),),
            "cronologico": lambda d: (-held[d],),
            "reciente": lambda d: (-held[d], newest[self.fragments[d].page]),
        }
        ranked = sorted(found, key=lambda d: (d not in in_full, by[query.order](d), self.places[d]))
        counts: dict[str, Counter[str]] = {}
        for facet in ("mesa", "persona"):
            counted = seen.intersection(*(left for name, left in chosen.items() if name != facet))
            called = self.people if facet == "persona" else self.in_session
            counts[facet] = Counter(called[d] for d in sorted(counted, key=self.places.__getitem__) if d in called)
        answer = Answer(tuple((self.name(d), d in in_full, scores[d]) for d in ranked), len(found & in_full), counts)
        return answer, frozenset(found)

    def whole(self, document: int, score: float) -> float:
        """A score as a whole: that of a brief fragment counts less."""
        return score * (scorer.BRIEF_COUNTS if self.fragments[document].words < scorer.BRIEF else 1.0)

    def name(self, document: int) -> str:
        """``page#number`` of a document."""
        return f"{self.fragments[document].page}#{self.fragments[document].number}"
