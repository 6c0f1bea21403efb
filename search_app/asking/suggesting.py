"""Suggestions while a reader types: topics, people, sessions, and words that complete the last one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.language.spanish import FUNCTION_WORDS, fold, tokens
from search_app.asking.grammar import clean
from search_app.shown.addresses import Pairs, fictitious_too, page_address, search_address, topic_address
from search_app.shown.collection import Collection, once_per_edition
from search_app.shown.formatting import count

MOST = 8
MOST_OF = {"tema": 3, "persona": 2, "mesa": 2}
"""Suggestions of a kind; words fill the rest."""
LONGEST = 200
"""Characters of a text that is completed; nobody goes on typing beyond."""
MOST_WORDS = 8
"""Words of it that are looked at, the last ones."""
SHORTEST_WORD = 2
"""Letters after which words are suggested; one letter begins thousands."""

LONGEST_TYPED = 1_000
"""Characters of a text that is being typed that are read."""

Kind = Literal["tema", "persona", "mesa", "palabra"]


class Suggestion(NamedTuple):
    """One thing to go to.

    Attributes:
        text: What is shown, and put in the box for a word.
        kind: ``clase``.
        label: ``etiqueta``: what it is, in words.
        url: Where it leads.
    """

    text: str
    kind: Kind
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A thing with a name. ``weight`` is its fragments; ``fictitious`` when it is told of only on request."""

    suggestion: Suggestion
    weight: int
    fictitious: bool = False


class Suggester:
    """The names of one state of the collection, by the words that they hold."""

    def __init__(self, collection: Collection) -> None:
        self._entries: list[_Entry] = []
        self._forms: list[tuple[int, tuple[str, ...]]] = []
        for entry, names in (*_topics(collection), *_people(collection), *_sessions(collection)):
            self._entries.append(entry)
            for form in dict.fromkeys(map(_content, names)):
                self._forms.append((len(self._entries) - 1, form))
        # A row a word of a form, sorted by the word: what begins so is one stretch.
        self._rows = sorted((word, number) for number, (_, form) in enumerate(self._forms) for word in set(form))

    def suggest(self, text: str, index: SearchIndex, *, with_fictitious: bool = False) -> list[Suggestion]:
        """Things whose names have words that begin as those of the text, and words that begin as its last one."""
        ended = text[-1:].isspace()
        text = clean(text[: LONGEST + 1])
        typed = [token.form for token in tokens(text)][-MOST_WORDS:]
        if not typed or len(text) > LONGEST:
            return []
        # The last word may be the beginning of one that is not a function word.
        wanted = [word for word in typed[:-1] if word not in FUNCTION_WORDS] + typed[-1:]
        found = list(self._named(wanted, with_fictitious))
        if not ended:
            shown = {fold(suggestion.text) for suggestion in found}
            words = _words(text, index, MOST, with_fictitious)
            found += [word for word in words if fold(word.text) not in shown]
        return found[:MOST]

    def _named(self, wanted: list[str], with_fictitious: bool) -> Iterator[Suggestion]:
        stretches = [(self._first(word), self._first(word + "\U0010ffff")) for word in wanted]
        low, high = min(stretches, key=lambda stretch: stretch[1] - stretch[0])
        best: dict[int, tuple[bool, int]] = {}
        for _, number in self._rows[low:high]:
            entry, form = self._forms[number]
            if all(any(word.startswith(begin) for word in form) for begin in wanted):
                rank = (not form[0].startswith(wanted[0]), len(form))
                best[entry] = min(rank, best.get(entry, rank))
        ranked = sorted(best, key=lambda entry: (best[entry][0], -self._entries[entry].weight, best[entry][1], entry))
        for kind, most in MOST_OF.items():
            shown = (self._entries[entry] for entry in ranked)
            of_kind = [
                e.suggestion for e in shown if e.suggestion.kind == kind and (with_fictitious or not e.fictitious)
            ]
            yield from of_kind[:most]

    def _first(self, word: str) -> int:
        return bisect_left(self._rows, (word, -1))


def _words(text: str, index: SearchIndex, most: int, with_fictitious: bool) -> Iterator[Suggestion]:
    """The text with its last word completed; the one that is whole already is no suggestion."""
    last = tokens(text)[-1]
    chunk = text.rsplit(" ", 1)[-1]
    if last.end != len(text) or len(last.form) < SHORTEST_WORD or fold(chunk.partition(":")[0]) in FACETS:
        return
    more = fictitious_too(with_fictitious)
    found = index.words(last.form, most + 1, with_fictitious=with_fictitious)
    for word, n in [pair for pair in found if fold(pair[0]) != last.form][:most]:
        whole = text[: last.start] + word
        label = f"Palabra · {count(n, 'fragmento', 'fragmentos')}"
        yield Suggestion(whole, "palabra", label, search_address(("q", whole), *more))


Named = Iterable[tuple[_Entry, Iterable[str]]]
"""Things with the names they answer to."""


def _topics(collection: Collection) -> Named:
    for topic in collection.catalogue.topics:
        n = collection.overview.topic_counts.get(topic.id, 0)
        label = ["Tema", *([topic.label] if topic.acronyms else []), *_fragments(n)]
        shown = topic.acronyms[0] if topic.acronyms else topic.label
        suggestion = Suggestion(shown, "tema", " · ".join(label), topic_address(topic.id))
        yield _Entry(suggestion, n), (*topic.acronyms, topic.label, *topic.equivalents, *topic.hidden)


def _people(collection: Collection) -> Named:
    """Who speaks, and who takes part without a transcript that says what was said."""
    told: set[str] = set()
    overview = collection.overview
    for fictitious, people in ((False, overview.people), (True, overview.people_fictitious)):
        more = fictitious_too(fictitious)
        for name, n in people.items():
            if fold(name) not in told:
                told.add(fold(name))
                label = " · ".join(["Persona", *_fragments(n), *(["texto ficticio"] if fictitious else [])])
                yield (
                    _Entry(Suggestion(name, "persona", label, search_address(("persona", name), *more)), n, fictitious),
                    [name],
                )
    for session in collection.catalogue.sessions:
        fictitious = collection.events[session.event].fictitious if session.event in collection.events else True
        for person in session.participants:
            if fold(person.name) not in told:
                told.add(fold(person.name))
                title = collection.marked(session.numbered_title, session.event)
                url = page_address(session.page)
                yield (
                    _Entry(Suggestion(person.name, "persona", f"Persona · {title}", url), 0, fictitious),
                    [person.name],
                )


def _sessions(collection: Collection) -> Named:
    for page, session in collection.sessions.items():
        event = collection.events.get(page.event)
        if event is not None:
            record = collection.catalogue.pages.get(str(page))
            label = f"Mesa · {collection.marked(event.title, event.slug)}"
            suggestion = Suggestion(session.numbered_title, "mesa", label, page_address(page))
            names = [session.numbered_title, *([f"mesa {session.number}"] if session.number is not None else [])]
            yield _Entry(suggestion, record.passages if record else 0, event.fictitious), names


def _content(name: str) -> tuple[str, ...]:
    """The words that a name is found by: its content words, or all where it has no other."""
    words = tuple(token.form for token in tokens(name))
    return tuple(word for word in words if word not in FUNCTION_WORDS) or words


def _fragments(n: int) -> list[str]:
    return [count(n, "fragmento", "fragmentos")] if n else []


@once_per_edition
def _suggester(_: SearchIndex, collection: Collection) -> Suggester:
    return Suggester(collection)


def suggested(pairs: Pairs, index: SearchIndex, collection: Collection) -> tuple[str, list[Suggestion]]:
    """The text that somebody is typing (``q``), and what it may mean. No text is refused."""
    text = next((value for name, value in pairs if name == "q" and value.strip()), "")[:LONGEST_TYPED]
    fictitious = any(name == "ficticio" and clean(value) in ("si", "sí") for name, value in pairs)
    return clean(text), _suggester(index, collection).suggest(text, index, with_fictitious=fictitious)


def as_json(text: str, found: Sequence[Suggestion]) -> dict[str, Any]:
    """The answer of ``/api/sugerir``."""
    named = [{"texto": s.text, "clase": s.kind, "etiqueta": s.label, "url": s.url} for s in found]
    return {"consulta": text, "sugerencias": named}
