"""Random queries, a kind at a time, about the texts of a random collection of many pages."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from indexer.index.query import AnyOf, Clause, Filters, Phrase, Prefix, Query, Term, Word
from indexer.language.spanish import tokens
from indexer.model import Kind, PageId
from indexer.model.passage import Passage
from indexer.model.session import Session
from indexer.model.vocabulary import Topic
from tests.engines import random_search
from tests.engines.shelf import TOPICS, Collection

SESSIONS = 22
SHORT = 5
"""Fragments of a page whose loss does not wear a segment out: the engine would merge it at once."""
MANY = tuple(f"candidat{a}{b}" for a in "aeiou" for b in "bcdfghjklmnprstvz")
"""Words that begin alike: more than a prefix stands for."""
HYPHENED = ("político-electoral", "electoral-programa", "voto-de-mujer", "PREP-casilla")
NOBODY = ("inexistente", "zzz", "ornitorrinco")
IN_CAPITALS = Topic("servicio", "Servicio Electoral", acronyms=("SE",), capitals_only=("SE",))


def collection(rng: random.Random) -> Collection:
    """Two real events and a fictitious one, with many sessions; one topic that its capitals alone make a name."""
    events, sessions = random_search.events_and_sessions()
    more = tuple(
        Session("foro-2025", f"mesa-{n}", f"Mesa {n}", number=n, date=dt.date(2025, 12, 4 + n % 2) if n % 3 else None)
        for n in range(7, 7 + SESSIONS)
    )
    made = Collection(events, (*sessions, *more), topics=(*TOPICS, IN_CAPITALS))
    for page in random_search.every_page(made.sessions, events):
        made.pages[page] = passages(rng, page)
    return made


def passages(rng: random.Random, page: PageId) -> tuple[Passage, ...]:
    """A page's fragments; some hold words that begin alike, some a name in capitals."""
    found = []
    for passage in random_search.passages(rng, page):
        more = [rng.choice(MANY[: rng.randrange(1, len(MANY))]) for _ in range(rng.choice((0, 0, 1, 4)))]
        more += rng.choice(((), (), ("SE",), ("voto-de-mujer",)))
        found.append(replace(passage, text=" ".join([passage.text, *more])))
    return tuple(found)


def changed(rng: random.Random, before: Collection, pages: int) -> tuple[Collection, set[PageId]]:
    """The collection with that many short pages written anew and one more gone; which were written."""
    gone, *anew = rng.sample([page for page, found in before.pages.items() if len(found) <= SHORT], pages + 1)
    after = {page: found for page, found in before.pages.items() if page != gone}
    after.update({page: passages(rng, page) for page in anew})
    return replace(before, pages=after), set(anew)


class Kinds:
    """Makes queries about a collection."""

    def __init__(self, rng: random.Random, about: Collection) -> None:
        self.rng = rng
        self.texts = [[t.text for t in tokens(p.text)] for found in about.pages.values() for p in found]
        self.texts = [words for words in self.texts if words]
        self.crossing: list[tuple[list[str], list[str]]] = []
        for found in about.pages.values():
            for before, after in pairwise(found):
                left, right = ([t.text for t in tokens(p.text)] for p in (before, after))
                if (before.kind, before.turn) == (after.kind, after.turn) and left and right:
                    self.crossing.append((left, right))

    def word(self) -> Word:
        """One that is said, in some case, or one that is not."""
        word = self.rng.choice((*random_search.WORDS, *random_search.WORDS, *MANY[:6], *HYPHENED, "SE", "VOTACION"))
        return Word(self.rng.choice((word, word, word, word.upper(), word.lower(), "inexistente")))

    def stretch(self, most: int) -> tuple[str, ...]:
        """Neighbouring words of a text."""
        words = self.rng.choice(self.texts)
        first = self.rng.randrange(len(words))
        return tuple(words[first : first + self.rng.randrange(1, most + 1)])

    def across(self) -> tuple[str, ...]:
        """The last words of a fragment and the first ones of the next one of its turn."""
        left, right = self.rng.choice(self.crossing)
        return (*left[-self.rng.randrange(1, 4) :], *right[: self.rng.randrange(1, 4)])

    def prefix(self) -> Prefix:
        """The beginning of many words, of some, of none; also after a hyphen, also too short."""
        return Prefix(
            self.rng.choice(
                ("cand", "candidat", "candidata", "vot", "capacita", "muj", "pre", "elec", "zzz", "político-elec",
                 "de-elec", "vo", "SE", "jóv", "PROGRAMA-RES")
            )
        )  # fmt: skip

    def one_word(self) -> Query:
        return Query((self.word(),))

    def loose_words(self) -> Query:
        return Query(tuple(self.word() for _ in range(self.rng.randrange(2, 6))))

    def words_of_a_text(self) -> Query:
        return Query(tuple(Word(word) for word in self.stretch(6)))

    def any_of(self) -> Query:
        terms: list[Term] = [self.word(), self.word(), Phrase(self.stretch(3)), self.prefix()]
        groups = [AnyOf(tuple(self.rng.choices(terms, k=self.rng.randrange(2, 4)))) for _ in range(2)]
        return Query(tuple(self.rng.sample([*groups, self.word()], self.rng.randrange(1, 4))))

    def phrase(self) -> Query:
        more = (self.word(),) if self.rng.random() < 0.5 else ()
        return Query((Phrase(self.stretch(5)), *more))

    def phrase_across_fragments(self) -> Query:
        more = (self.word(),) if self.rng.random() < 0.3 else ()
        return Query((Phrase(self.across()), *more))

    def near(self) -> Query:
        words = list(self.across() if self.rng.random() < 0.4 else self.stretch(8))
        chosen = self.rng.sample(words, min(len(words), self.rng.randrange(1, 4)))
        chosen += self.rng.choice(([], [], chosen[:1], ["de"]))
        more = (self.word(),) if self.rng.random() < 0.3 else ()
        return Query((Phrase(tuple(chosen), self.rng.choice((0, 1, 3, 10, 60))), *more))

    def beginning(self) -> Query:
        more: tuple[Clause, ...] = (self.word(),) if self.rng.random() < 0.5 else ()
        return Query((self.prefix(), *more))

    def without_words(self) -> Query:
        asked = self.rng.choice(((self.word(),), (self.word(), self.word()), ()))
        joined = Word("-".join(self.rng.choice((self.stretch(3), self.across()))))
        return Query(asked, tuple(self.rng.choice((self.word(), joined)) for _ in range(self.rng.randrange(1, 3))))

    def without_phrases(self) -> Query:
        out: list[Term] = [Phrase(self.stretch(3)), Phrase(self.across()), Phrase(self.stretch(3), 3), self.prefix()]
        return Query((self.word(), self.word()), tuple(self.rng.sample(out, self.rng.randrange(1, 3))))

    def topics(self) -> Query:
        name = self.rng.choice((*random_search.SETTLED[1:3], "PREP", "prep", "recuento de votos", "SE", "cómputos"))
        more = [self.word() for _ in range(self.rng.randrange(0, 3))]
        words = [*map(Word, name.split()), *more]
        unwanted = self.rng.choice(((), (), ("prep",), ("Cómputos", "SE")))
        return Query(tuple(words), without_topics=unwanted)

    def topics_not_widened(self) -> Query:
        return replace(self.topics(), expand=False)

    def filtered(self) -> Query:
        asked = self.rng.choice((self.one_word, self.loose_words, self.phrase, self.topics, Query))()
        also = (random_search.filters(self.rng),) if self.rng.random() < 0.2 else ()
        fictitious = self.rng.random() < 0.3
        return replace(asked, filters=random_search.filters(self.rng), also=also, with_fictitious=fictitious)

    def by_session_person_topic_or_date(self) -> Query:
        filters = self.rng.choice(
            (
                Filters({"mesa": (str(self.rng.randrange(1, 30)), "mesa-12")}),
                Filters({"persona": (self.rng.choice(("José Álvarez", "maria-nunez-pena", "el c. presidente")),)}),
                Filters({"tema": (self.rng.choice(("computos", "PREP", "recuento de votos")),)}),
                Filters(since=dt.date(2025, 12, self.rng.randrange(3, 6))),
                Filters({"tipo": (str(Kind.TRANSCRIPT),)}, until=dt.date(2025, 12, self.rng.randrange(3, 6))),
            )
        )
        return replace(self.rng.choice((self.one_word, self.loose_words))(), filters=filters)

    def in_the_order_of_the_sessions(self) -> Query:
        asked = self.rng.choice((self.loose_words, self.any_of, self.phrase, self.filtered))()
        return replace(asked, order="cronologico")

    def a_page_of_results(self) -> Query:
        asked = self.rng.choice((self.loose_words, self.any_of, self.beginning, self.topics, Query))()
        size = self.rng.choice((1, 3, 10, 20))
        return replace(asked, offset=size * self.rng.randrange(0, 8), limit=size)

    def nothing(self) -> Query:
        nobody = Word(self.rng.choice(NOBODY))
        return self.rng.choice(
            (
                Query((nobody,)),
                Query((nobody, Prefix("zzz"), AnyOf((nobody, Phrase(("zzz", "voto")))))),
                Query((self.word(), Phrase((*self.stretch(3), nobody.text)))),
                Query((self.word(),), filters=Filters({"evento": ("nada",)})),
                Query((self.word(),), filters=Filters(since=dt.date(2031, 1, 1))),
                Query((Word("voto"),), excluded=(Word("voto"), Prefix("vot"))),
            )
        )

    def everything_together(self) -> Query:
        return random_search.query(self.rng)


KINDS: dict[str, Callable[[Kinds], Query]] = {
    kind.__name__: kind
    for kind in (
        Kinds.one_word,
        Kinds.loose_words,
        Kinds.words_of_a_text,
        Kinds.any_of,
        Kinds.phrase,
        Kinds.phrase_across_fragments,
        Kinds.near,
        Kinds.beginning,
        Kinds.without_words,
        Kinds.without_phrases,
        Kinds.topics,
        Kinds.topics_not_widened,
        Kinds.filtered,
        Kinds.by_session_person_topic_or_date,
        Kinds.in_the_order_of_the_sessions,
        Kinds.a_page_of_results,
        Kinds.nothing,
        Kinds.everything_together,
    )
}
