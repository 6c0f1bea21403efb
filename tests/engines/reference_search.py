"""What a search has to answer, in plain Python over the texts: no index, no arrays, no shared code but the language.

Written from the design (section 3, Matching) on its own, to be compared with the engines on random queries.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer.index.query import AnyOf, Clause, Filters, Phrase, Prefix, Query, Term, Word
from indexer.language.entities import Entities
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, slug, tokens
from indexer.language.vocabulary import Vocabulary
from indexer.model import PageId
from indexer.model.passage import Passage
from tests.engines.shelf import Collection

Score = dict[int, float]
Marked = Callable[[int], set[int]]
"""Of a fragment, which of its words to mark."""
Side = str | frozenset[str]
"""One of two neighbours: a topic, or the stems of a word."""


@dataclass
class Doc:
    """A fragment, with its own words, those of its turn, and where it begins among them."""

    page: PageId
    passage: Passage
    words: list[Token]
    run: list[Token]
    first: int


@dataclass
class Asked:
    """One clause: what makes two of them the same, its matches, and whether it is only function words."""

    same: object
    score: Score
    function: bool = False
    marked: Marked = lambda _: set()
    apart: list[Asked] = field(default_factory=list)


def once(clauses: list[Asked]) -> list[Asked]:
    """A clause that was typed twice counts once."""
    return [clause for i, clause in enumerate(clauses) if clause.same not in [c.same for c in clauses[:i]]]


def only_function(words: list[Token]) -> bool:
    """Whether words drop out of a query."""
    return all(word.form in FUNCTION_WORDS for word in words)


def union_of(clauses: list[Asked], d: int) -> set[int]:
    """What any of the clauses marks."""
    return {w for clause in clauses for w in clause.marked(d)}


class Reference:
    """Answers queries by reading every text."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.vocabulary = Vocabulary(collection.topics)
        self.entities = Entities(collection.entities)
        self.lexicon = Lexicon()
        self.docs: list[Doc] = []
        self.marking: list[Asked] = []
        events = {event.slug: event for event in collection.events}
        sessions = {s.page: s for s in collection.sessions}

        def order(page: PageId) -> tuple[object, ...]:
            event, session = events[page.event], sessions.get(page)
            day = (session.date if session else None) or event.start
            number = math.inf if session is None or session.number is None else session.number
            return day, collection.events.index(event), session is not None, number, page.session or ""

        self.events, self.sessions = events, sessions
        for page in sorted(collection.pages, key=order):
            turn: tuple[object, ...] | None = None
            run: list[Token] = []
            for passage in collection.pages[page]:
                if (passage.kind, passage.turn) != turn:
                    turn, run = (passage.kind, passage.turn), []
                words = tokens(passage.text)
                self.docs.append(Doc(page, passage, words, run, len(run)))
                run.extend(words)
                for word in words:
                    self.lexicon.add(word.text)
        self.stems = [[self.stem_of(word) for word in doc.words] for doc in self.docs]
        lengths = [max(80, len(doc.words)) for doc in self.docs]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self.norm = [0.6 * (1 - 0.75 + 0.75 * length / mean) for length in lengths]

    def stem_of(self, word: Token) -> str:
        """The stem under which a word of a text is indexed."""
        return self.lexicon.index_stem(word.text)

    # What matches, and how well

    def bm25(self, counts: dict[int, int]) -> Score:
        n, total = len(counts), len(self.docs)
        idf = math.log(1 + (total - n + 0.5) / (n + 0.5))
        return {doc: idf * tf * 1.6 / (tf + self.norm[doc]) for doc, tf in counts.items()}

    def counted(self, wanted: Callable[[int, int], bool]) -> dict[int, int]:
        """Of each fragment with any, how many of its words are wanted: ``(fragment, word)``."""
        found = {d: sum(wanted(d, w) for w in range(len(doc.words))) for d, doc in enumerate(self.docs)}
        return {d: n for d, n in found.items() if n}

    def in_a_row(self, wanted: list[set[str]], stems: bool = False) -> dict[int, int]:
        """How often the words stand one after the other, by the fragment where they begin."""

        def key(token: Token) -> str:
            return self.stem_of(token) if stems else token.form

        def begins(d: int, w: int) -> bool:
            doc = self.docs[d]
            words = doc.run[doc.first + w : doc.first + w + len(wanted)]
            return len(words) == len(wanted) and all(key(t) in any_ for t, any_ in zip(words, wanted, strict=True))

        return self.counted(begins)

    def near(self, forms: list[str], slop: int) -> dict[int, int]:
        """How many shortest spans with all of the words begin in each fragment."""
        asked = Counter(forms)

        def reach(doc: Doc, start: int) -> int | None:
            left = Counter(asked)
            for end in range(start, len(doc.run)):
                left[doc.run[end].form] -= 1
                if all(n <= 0 for n in left.values() if n) and all(left[w] <= 0 for w in asked):
                    return end
            return None

        def begins(d: int, w: int) -> bool:
            doc = self.docs[d]
            start = doc.first + w
            if doc.run[start].form not in asked:
                return False
            end = reach(doc, start)
            if end is None or end - start + 1 - len(forms) > slop:
                return False
            later = [i for i in range(start + 1, len(doc.run)) if doc.run[i].form in asked]
            return not later or reach(doc, later[0]) != end

        return self.counted(begins)

    def forms_beginning(self, prefix: str) -> set[str]:
        found: Counter[str] = Counter()
        for doc in self.docs:
            found.update({word.form for word in doc.words})
        ranked = sorted((form for form in found if form.startswith(prefix)), key=lambda form: (-found[form], form))
        return set(ranked[:64])

    def words_clause(self, words: list[Token], topic: str | None) -> Score:
        content = [word for word in words if word.form not in FUNCTION_WORDS] or words
        by_stem = []
        for word in content:
            stems = set(self.lexicon.stems(word.text))
            by_stem.append(self.bm25(self.counted(lambda d, w, stems=stems: self.stems[d][w] in stems)))  # type: ignore[misc]
        exact = self.bm25(self.in_a_row([{word.form} for word in words]))
        every = set.intersection(*(set(scores) for scores in by_stem))
        if len(words) == 1:
            every |= set(exact)
        weight = 1 / len(content) if topic else 1.0
        score = {d: sum(weight * scores.get(d, 0.0) for scores in by_stem) for d in every}
        if topic:
            for d, value in self.bm25(self.concept(topic)).items():
                score[d] = max(score.get(d, 0.0), value)
        return {d: value + (0.5 * exact.get(d, 0.0) if d in every else 0.0) for d, value in score.items()}

    def concept(self, topic: str) -> dict[int, int]:
        found = {}
        for d, doc in enumerate(self.docs):
            spans = self.vocabulary.spans(doc.words, doc.passage.text)
            places = {span.first_token for span in spans if span.equivalent and span.topic == topic}
            if places:
                found[d] = len(places)
        return found

    def term(self, term: Term, expand: bool) -> list[Asked]:
        """The clauses of one term."""
        if isinstance(term, Word):
            return self.run([term], expand)
        if isinstance(term, Phrase):
            forms = [token.form for word in term.words for token in tokens(word)]
            if not forms:
                return []
            counts = self.in_a_row([{f} for f in forms]) if term.slop is None else self.near(forms, term.slop)
            score = {d: 1.5 * s for d, s in self.bm25(counts).items()}
            return [Asked((*forms, term.slop), score, marked=lambda d: self.marked_phrase(d, forms, term.slop))]
        typed = tokens(term.text)
        if not typed:
            return []
        found = self.forms_beginning(typed[-1].form)
        score = self.bm25(self.counted(lambda d, w: self.docs[d].words[w].form in found))
        return [Asked(frozenset(found), score, marked=lambda d: self.marked_forms(d, found))]

    def grouped(self, words: list[Word], expand: bool) -> list[tuple[list[Token], str | None]]:
        """Neighbouring words: names of topics with their topic, then word by word."""
        typed = [(i, token) for i, word in enumerate(words) for token in tokens(word.text)]
        spans = self.vocabulary.longest([token for _, token in typed]) if expand else []
        groups: dict[tuple[int, int], list[Token]] = {}
        topics: dict[tuple[int, int], str] = {}
        for place, (index, token) in enumerate(typed):
            inside = [span for span in spans if span.first_token <= place < span.end_token]
            before = sum(span.end_token <= place for span in spans)
            key = (-1, inside[0].first_token) if inside else (index, before)
            groups.setdefault(key, []).append(token)
            if inside:
                topics[key] = inside[0].topic
        return [(group, topics.get(key)) for key, group in groups.items()]

    def run(self, words: list[Word], expand: bool) -> list[Asked]:
        """The clauses of neighbouring words."""
        found = []
        for group, topic in self.grouped(words, expand):
            same = (topic, *(token.form for token in group), "word")
            function = topic is None and only_function(group)
            content = [word for word in group if word.form not in FUNCTION_WORDS] if topic else []
            apart = [asked for word in content for asked in self.run([Word(word.text)], False)] if content[1:] else []
            found.append(Asked(same, self.words_clause(group, topic), function, self.marker(group, topic), apart))
        return found

    # What neighbours add

    def neighbours(self, words: list[Word], expand: bool) -> list[tuple[Side, Side]]:
        """Each two that are typed side by side, but for two function words."""
        found = []
        for (before, left), (after, right) in pairwise(self.grouped(words, expand)):
            if left or right or not (only_function(before) and only_function(after)):
                stems = [frozenset(self.lexicon.stems(token.text)) for token in (before[-1], after[0])]
                found.append((left or stems[0], right or stems[1]))
        return found

    def bonus(self, pair: tuple[Side, Side]) -> Score:
        """0.15 of what a term would score that stands wherever the second side follows the first."""
        left, right = pair

        def meets(d: int, w: int) -> bool:
            if not (w + 1 in self.named(d, left).values() if isinstance(left, str) else self.stems[d][w] in left):
                return False
            if w + 1 == len(self.docs[d].words):
                run = self.docs[d].run
                later = (n for n in range(d + 1, len(self.docs)) if self.docs[n].run is run and self.docs[n].words)
                d, w = next(later, -1), -1
            if d < 0:
                return False
            return w + 1 in self.named(d, right) if isinstance(right, str) else self.stems[d][w + 1] in right

        return {d: 0.15 * value for d, value in self.bm25(self.counted(meets)).items()}

    def lent(self, score: Score) -> Score:
        """A fifth of what a neighbour in the same turn has more of a clause, half of what a question has; the more."""
        more: Score = {}
        for d, doc in enumerate(self.docs):
            shares = {n: 0.2 for n in (d - 1, d + 1) if 0 <= n < len(self.docs) and self.docs[n].run is doc.run}
            if d and self.answers(self.docs[d - 1], doc):
                shares[d - 1] = 0.5
            gains = [share * (score.get(n, 0.0) - score.get(d, 0.0)) for n, share in shares.items()]
            if (gain := max(gains, default=0.0)) > 0:
                more[d] = gain
        return more

    @staticmethod
    def answers(before: Doc, doc: Doc) -> bool:
        """Whether a fragment begins the turn after one that ends in a question, or in one and at most four words."""
        _, mark, rest = before.passage.text.rpartition("?")
        same = (before.page, before.passage.kind) == (doc.page, doc.passage.kind)
        return same and before.run is not doc.run and bool(mark) and len(rest.split()) <= 4

    def named(self, d: int, topic: str) -> dict[int, int]:
        """Where the names of a topic begin in a fragment and where the longest of them end."""
        ends: dict[int, int] = {}
        for span in self.vocabulary.spans(self.docs[d].words, self.docs[d].passage.text):
            if span.equivalent and span.topic == topic:
                ends[span.first_token] = max(span.end_token, ends.get(span.first_token, 0))
        return ends

    # What to mark

    def marked_forms(self, d: int, forms: set[str]) -> set[int]:
        """Words in one of these exact forms."""
        return {w for w, word in enumerate(self.docs[d].words) if word.form in forms}

    def marked_phrase(self, d: int, forms: list[str], slop: int | None) -> set[int]:
        """Words of the phrases that begin in a fragment, as far as they stand in it."""
        doc, found = self.docs[d], set()
        for w in range(len(doc.words)):
            ahead = [word.form for word in doc.run[doc.first + w :]]
            if slop is None:
                if ahead[: len(forms)] == forms:
                    found |= set(range(w, w + len(forms)))
                continue
            for end in range(len(ahead)):
                window = ahead[: end + 1]
                if not Counter(forms) - Counter(window):
                    shorter = not Counter(forms) - Counter(window[1:])
                    if window[0] in forms and not shorter and len(window) - len(forms) <= slop:
                        found |= {w + i for i, form in enumerate(window) if form in forms}
                    break
        return {w for w in found if w < len(doc.words)}

    def marker(self, group: list[Token], topic: str | None) -> Marked:
        """The name of a topic, else the words as typed together, else each of them where all are there."""
        content = [word for word in group if word.form not in FUNCTION_WORDS] or group
        wanted = [set(self.lexicon.stems(word.text)) for word in content]
        forms = [word.form for word in group]

        def marked(d: int) -> set[int]:
            doc, stems = self.docs[d], self.stems[d]
            spans = [s for s in self.vocabulary.spans(doc.words, doc.passage.text) if s.equivalent and s.topic == topic]
            if spans:
                return {w for span in spans for w in range(span.first_token, span.end_token)}
            if len(group) > 1:
                if not all(any(stem in any_ for stem in stems) for any_ in wanted):
                    return set()
                if together := self.marked_phrase(d, forms, None):
                    return together
            found = {w for w, stem in enumerate(stems) for any_ in wanted if stem in any_}
            return found | (self.marked_forms(d, {forms[0]}) if len(group) == 1 else set())

        return marked

    # The query as a whole

    def answer(self, query: Query) -> tuple[list[int], list[int], dict[int, float], dict[str, Counter[str]]]:
        """Full and partial matches in order, scores, and the facets with all their values."""
        loose: list[Asked] = []
        held: list[Asked] = []
        run: list[Word] = []
        pairs: list[tuple[Side, Side]] = []
        clauses: list[Clause | None] = [*query.clauses, None]
        for clause in clauses:
            if isinstance(clause, Word):
                run.append(clause)
                continue
            loose += self.run(run, query.expand)
            pairs += self.neighbours(run, query.expand)
            run = []
            if isinstance(clause, Phrase):
                held += self.term(clause, query.expand)
            elif isinstance(clause, Prefix):
                loose += self.term(clause, query.expand)
            elif isinstance(clause, AnyOf):
                parts = [part for term in clause.terms for part in self.term(term, query.expand)]
                content = once([part for part in parts if not part.function] or parts)
                total: Score = {}
                for part in content:
                    for d, value in part.score.items():
                        total[d] = total.get(d, 0.0) + value
                if content:
                    same = tuple(part.same for part in content)
                    function = all(part.function for part in content)
                    loose.append(Asked(same, total, function, lambda d, c=content: union_of(c, d)))  # type: ignore[misc]
        if not held and all(asked.function for asked in loose):
            loose = [replace(asked, function=False) for asked in loose]
        found = self.combined(query, loose, held, pairs)
        left = {*found[0], *found[1]}
        lost = [one for one in once(loose) if one.apart and not left & set(one.score)]
        named = set().union(*(one.score for one in loose if one.apart))
        words = [part for one in loose for part in one.apart if part.same not in [typed.same for typed in loose]]
        if words and not lost and len(left) < 10:
            apart = [
                replace(
                    one,
                    score={d: value for d, value in one.score.items() if d not in named},
                    marked=lambda d, one=one: set() if d in named else one.marked(d),  # type: ignore[misc]
                )
                for one in once(words)
            ]
            return self.combined(query, loose, held, pairs, apart)
        fallen = [part for one in once(loose) for part in (one.apart if one in lost else [one])]
        return self.combined(query, fallen, held, pairs) if lost else found

    def combined(
        self,
        query: Query,
        loose: list[Asked],
        held: list[Asked],
        pairs: list[tuple[Side, Side]],
        apart: Sequence[Asked] = (),
    ) -> tuple[list[int], list[int], dict[int, float], dict[str, Counter[str]]]:
        """The same, of clauses, and of words of topics' names where those topics are not."""
        wanted = [asked.score for asked in once(loose) if not asked.function]
        scores = [*wanted, *(asked.score for asked in apart)]
        always = [asked.score for asked in once(held)]
        bonuses = [self.bonus(pair) for pair in dict.fromkeys(pairs)] + [self.lent(score) for score in scores]
        self.marking = [asked for asked in (*loose, *held, *apart) if not asked.function]
        out: set[int] = set()
        for term in query.excluded:
            if isinstance(term, Word):
                if words := tokens(term.text):
                    kept = [w for w in words if w.form not in FUNCTION_WORDS] or words
                    out |= set(self.in_a_row([set(self.lexicon.stems(w.text)) for w in kept], stems=True))
            else:
                out |= {d for asked in self.term(term, False) for d in asked.score}
        matched, full, total, held_by = set(), set(), {}, {}
        for d in range(len(self.docs)):
            hits = sum(d in score for score in scores)
            if d in out or not all(d in score for score in always) or (scores and not hits):
                continue
            matched.add(d)
            held_by[d] = hits
            brief = 0.9 if len(self.docs[d].words) < 15 else 1.0
            asked = 0.85 if any(self.answers(self.docs[d], after) for after in self.docs[d + 1 : d + 2]) else 1.0
            total[d] = brief * asked * sum(score.get(d, 0.0) for score in (*scores, *always, *bonuses))
            if all(d in score for score in wanted):
                full.add(d)
        names = ("evento", "mesa", "anio", "tema", "persona", "entidad", "menciona", "tipo", "version")
        left = {d for d in matched if self.passes(d, query, "")}
        ranked = bool(scores or always) and query.order == "relevancia"
        newest = query.order == "reciente"
        order = sorted(left, key=lambda d: (-total[d] if ranked else -self.place(d) if newest else 0.0, d))
        facets = {}
        for name in names:
            facets[name] = Counter(
                value for d in matched if self.passes(d, query, name) for value in self.values(d, name)
            )
        partial = [d for d in order if d not in full]
        if not ranked:
            partial.sort(key=lambda d: -held_by[d])
        return [d for d in order if d in full], partial, total, facets

    def place(self, d: int) -> int:
        """The number of the first fragment of its page: pages stand by it in the order of the sessions."""
        return next(first for first, doc in enumerate(self.docs) if doc.page == self.docs[d].page)

    def values(self, d: int, name: str) -> set[str]:
        """The values of a facet that a fragment has."""
        doc, passage = self.docs[d], self.docs[d].passage
        single = {
            "evento": doc.page.event,
            "mesa": str(doc.page) if doc.page.session else None,
            "persona": passage.person,
            "entidad": passage.entity,
            "tipo": str(passage.kind),
            "version": str(passage.version) if passage.version else None,
        }
        if name == "menciona":
            return set(passage.mentions)
        if name == "anio":
            event, session = self.events[doc.page.event], self.sessions.get(doc.page)
            day = session.date if session else None
            return {str(year) for year in range((day or event.start).year, (day or event.end).year + 1)}
        if name == "tema":
            found = set(passage.topics)
            broader = {topic.id: topic.broader for topic in self.collection.topics}
            for _ in self.collection.topics:
                found |= {up for topic in found for up in broader.get(topic, ())}
            return found
        value = single[name]
        return {value} if value else set()

    def passes(self, d: int, query: Query, own: str) -> bool:
        """Whether the filters leave a fragment, those of the parameter ``own`` left aside."""
        page = self.docs[d].page
        event, session = self.events[page.event], self.sessions.get(page)
        every = (query.filters, *query.also)
        if event.fictitious and not query.with_fictitious:
            named = [value.split("/")[0] for f in every for value in f.of("mesa") if "/" in value]
            if page.event not in [*named, *(value for f in every for value in f.of("evento"))]:
                return False
        first = session.date if session and session.date else event.start
        last = session.date if session and session.date else event.end
        for f in every:
            if (f.since and last < f.since) or (f.until and first > f.until):
                return False
            if not all((own == name and f is query.filters) or self.holds(d, f, name) for name in self.chosen(f)):
                return False
        return True

    def chosen(self, filters: Filters) -> dict[str, tuple[str, ...]]:
        return dict(filters.values)

    def holds(self, d: int, filters: Filters, name: str) -> bool:
        """Whether a fragment has any of the values of one filter."""
        typed = [fold(value) for value in self.chosen(filters)[name]]
        found = self.values(d, name)
        if name == "mesa":
            page = self.docs[d].page
            session = self.sessions.get(page)
            return session is not None and any(v in (session.slug, str(page), str(session.number)) for v in typed)
        if name == "persona":
            return any(person in self.bearers(v) for v in typed for person in found)
        if name in ("entidad", "menciona"):
            return any(self.entities.resolve(v) in found for v in self.chosen(filters)[name])
        if name == "tema":
            ids = {fold(t.label): t.id for t in self.collection.topics}
            return any(v in found or ids.get(v) in found for v in typed)
        return any(v in found for v in typed)

    def bearers(self, typed: str) -> set[str]:
        """Who is called so; where nobody is, who has all of these words in their name."""
        people = {doc.passage.person for doc in self.docs if doc.passage.person}
        whole = {person for person in people if typed in (fold(person), slug(person))}
        words = {token.form for token in tokens(typed)} - FUNCTION_WORDS
        parts = {p for p in people if words and words <= {f(t.form) for t in tokens(p) for f in (slug, str)}}
        return whole or parts

    def by_folded_name(self, counts: dict[str, int] | dict[str | None, int]) -> dict[str, int]:
        """Counts of people by folded name."""
        found: Counter[str] = Counter()
        for name, n in counts.items():
            found[fold(name or "")] += n
        return dict(found)
