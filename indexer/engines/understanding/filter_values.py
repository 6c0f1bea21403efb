"""What a typed value of a filter means: values of facets, by their names, numbers and spellings."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from indexer.index.catalogue import Catalogue
from indexer.index.facets import FACETS, Means
from indexer.index.query import Query
from indexer.index.redirects import led_to
from indexer.language.entities import Entities
from indexer.language.spanish import FUNCTION_WORDS, fold, slug, tokens
from indexer.language.vocabulary import Vocabulary

_Name = TypeVar("_Name")


class FilterValues:
    """Resolves typed values over one index."""

    def __init__(self, values: Mapping[str, Sequence[str]], catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        """``values`` are those of each facet, by its name."""
        self._values = values
        self._catalogue = catalogue
        self._entities = Entities(catalogue.entities)
        self._vocabulary = vocabulary
        self.led_to = partial(led_to, catalogue.redirects)

    def codes(self, name: str, value: str) -> Iterable[int]:
        """Return the indexes of the values of a facet that a typed value means."""
        values = self._values[name]
        typed = fold(value.strip())
        match FACETS[name].means:
            case Means.VALUE:
                wanted = {typed, self.led_to(typed)}
            case Means.SESSION:
                number = typed.isascii() and typed.isdecimal() and len(typed) < 10
                held = self._sessions.get(int(typed) if number else typed)
                return held or self._sessions.get(self.led_to(typed), ())
            case Means.TOPIC:
                wanted = {self._vocabulary.resolve(value) or typed}
            case Means.PERSON:
                return self.bearing(typed)
            case Means.HOME:  # a speaker of an OPLE is counted in its state
                wanted = {self._entities.home(self._entities.resolve(value) or typed)}
            case Means.ENTITY:
                wanted = {self._entities.resolve(value) or typed}
            case Means.LABEL:
                labels = FACETS[name].labels(self._catalogue)
                called = ((value, labels.get(value, value)) for value in values)
                return [code for code, names in enumerate(called) if typed in map(fold, names)]
        return [code for code, key in enumerate(values) if key in wanted]

    def events(self, query: Query) -> set[str]:
        """Return the slugs of the events that a query chooses by name, or by a session of theirs."""
        every = (query.filters, *query.also)
        typed = [value for filters in every for value in filters.of("evento")]
        typed += [value for filters in every for value in filters.of("mesa") if "/" in value]
        return {self.led_to(fold(value.strip())).partition("/")[0] for value in typed}

    def bearing(self, typed: str) -> Sequence[int]:
        """Return the indexes of the people of a name: the whole of it, or else whole words of it or of a variant."""
        typed = fold(typed.strip())
        if found := self._people.get(typed):
            return found
        words = [token.form for token in tokens(typed) if token.form not in FUNCTION_WORDS]
        forms = [self._name_words.get(word, frozenset[tuple[int, int]]()) for word in words]
        return sorted({code for code, _ in frozenset.intersection(*forms)}) if forms else ()

    @cached_property
    def _name_words(self) -> Mapping[str, frozenset[tuple[int, int]]]:
        """Per word, with ñ or n, the names that have it: the index of the person, and which of their names it is."""
        variants = {fold(person.name): person.variants for person in self._catalogue.people}
        found: dict[str, set[tuple[int, int]]] = {}
        for code, name in enumerate(self._values["persona"]):
            for at, form in enumerate((name, *variants.get(fold(name), ()))):
                for word in (called for token in tokens(form) for called in {token.form, slug(token.form)}):
                    found.setdefault(word, set()).add((code, at))
        return {word: frozenset(names) for word, names in found.items()}

    @cached_property
    def _people(self) -> Mapping[str, Sequence[int]]:
        """Indexes of people by what they may be called: name, slug."""
        return _called((code, {fold(name), slug(name)}) for code, name in enumerate(self._values["persona"]))

    @cached_property
    def _sessions(self) -> Mapping[str | int, Sequence[int]]:
        """Indexes of sessions by what they may be called: folder, ``evento/mesa``, number."""
        numbers = {str(session.page): session.number for session in self._catalogue.sessions}
        names = self._values["mesa"]
        return _called(
            (code, {name.partition("/")[2], name, *(() if (number := numbers[name]) is None else (number,))})
            for code, name in enumerate(names)
        )


def _called(names: Iterable[tuple[int, Iterable[_Name]]]) -> dict[_Name, list[int]]:
    """The indexes of values by each of their names."""
    found: dict[_Name, list[int]] = {}
    for code, called in names:
        for name in called:
            found.setdefault(name, []).append(code)
    return found
