"""Suggestions while a reader types: topics, people, sessions, and words that complete the last one."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.language.spanish import FUNCTION_WORDS, fold, tokens
from search_app.asking.typed_text import clean
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

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
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
        forms: list[tuple[int, tuple[str, ...]]] = []
        for entry, names in (*_topics(collection), *_people(collection), *_sessions(collection)):
            self._entries.append(entry)
            for form in dict.fromkeys(map(_content, names)):
                forms.append((len(self._entries) - 1, form))
        # A row a word of a form, sorted by the word: what begins so is one stretch. A kind may have thousands of names,
        # so what is asked at each key is kept as arrays.
        rows = sorted((word, number) for number, (_, form) in enumerate(forms) for word in set(form))
        self._words = [word for word, _ in rows]
        self._form = np.array([number for _, number in rows], dtype=np.int64)
        self._begins = np.array([forms[number][1][0] == word for word, number in rows], dtype=np.bool_)
        self._entry = np.array([entry for entry, _ in forms], dtype=np.int64)
        # The better of two forms that begin alike: of the entry with more fragments, then the shorter.
        weights = np.array([-self._entries[entry].weight for entry, _ in forms], dtype=np.int64)
        lengths = np.array([len(form) for _, form in forms], dtype=np.int64)
        self._rank = np.empty(len(forms), dtype=np.int64)
        self._rank[np.lexsort((self._entry, lengths, weights))] = np.arange(len(forms))
        kinds = list(MOST_OF)
        self._kind = np.array([kinds.index(self._entries[entry].suggestion.kind) for entry, _ in forms], dtype=np.int64)
        self._real = np.array([not self._entries[entry].fictitious for entry, _ in forms], dtype=np.bool_)

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
        stretches = [slice(*(bisect_left(self._words, end) for end in (word, word + "\U0010ffff"))) for word in wanted]
        there = self._real | with_fictitious
        for stretch in stretches:
            there &= self._among(self._form[stretch])
        forms = np.flatnonzero(there)
        begin = self._among(self._form[stretches[0]][self._begins[stretches[0]]])
        ranks = self._rank[forms] + len(self._rank) * ~begin[forms]
        for kind, most in enumerate(MOST_OF.values()):
            of_kind = np.flatnonzero(self._kind[forms] == kind)
            found: dict[int, None] = {}
            while of_kind.size and len(found) < most:
                best = of_kind[np.argmin(ranks[of_kind])]
                found[int(self._entry[forms[best]])] = None
                of_kind = of_kind[self._entry[forms[of_kind]] != self._entry[forms[best]]]
            yield from (self._entries[entry].suggestion for entry in found)

    def _among(self, forms: Integers) -> Mask:
        among = np.zeros(len(self._rank), dtype=np.bool_)
        among[forms] = True
        return among


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
    found: dict[str, _Entry] = {}
    overview = collection.overview
    for fictitious, people in ((False, overview.people), (True, overview.people_fictitious)):
        for name, n in people.items():
            label = " · ".join(["Persona", *_fragments(n), *(["texto ficticio"] if fictitious else [])])
            url = search_address(("persona", name), *fictitious_too(fictitious))
            found.setdefault(fold(name), _Entry(Suggestion(name, "persona", label, url), n, fictitious))
    for session in collection.catalogue.sessions:
        fictitious = collection.events[session.event].fictitious if session.event in collection.events else True
        label = f"Persona · {collection.marked(session.numbered_title, session.event)}"
        for person in session.participants:
            suggestion = Suggestion(person.name, "persona", label, page_address(session.page))
            found.setdefault(fold(person.name), _Entry(suggestion, 0, fictitious))
    return ((entry, [entry.suggestion.text]) for entry in found.values())


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
