"""The parameters of a search address: read, checked, and written as an address again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.errors import QueryRejected
from indexer.index.facets import FACETS
from indexer.index.orders import ORDERS, RANKED
from indexer.index.query import Filters, Query
from search_app.asking.grammar import ParsedQuery, parse
from search_app.asking.typed_text import clean
from search_app.shown.addresses import Pairs, fictitious_too, paged_address
from search_app.shown.dates import BOUNDS, period
from search_app.shown.formatting import listed

PER_PAGE = 10
MOST_PER_PAGE = 100
MOST_VALUES = 50
"""Values of one filter that are taken in."""
LONGEST_VALUE = 300
"""Characters of a filter's value; no name, slug or acronym is longer."""
NOT_BY_MEANING = ("sentido", "no")


_FURTHEST = 10**9
_NUMBER = re.compile(r"[0-9]{1,40}")
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{1,2}){0,2}")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read, where not as it stands.

    Attributes:
        parsed: What it is taken for.
        told: What is said of that, in Spanish.
        back: What the link to the text as it stands says.
    """

    parsed: ParsedQuery
    told: str
    back: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as asked.

    Attributes:
        parsed: What the text says.
        filters: What the parameters say, joined by AND to the fields of the text.
        chosen: The filters as ``(parameter, value)``, in the order of the facets.
        page: From 1; may be far beyond the end.
        notices: What was cut, in Spanish.
        unwanted: Topics that are not to widen the search (``sin``).
        reading: What was searched in its place, where a question was understood (``questions``).
        people: Parts of names that were asked for, each with the people who bear it (``people_meant``).
        edition: The edition that the address was kept with (``edicion``); it filters nothing.
        per_thousand: Whether its trend is drawn per thousand words (``medida=mil``).
        meaning: False where words alone are to order it (``sentido=no``).
    """

    parsed: ParsedQuery
    filters: Filters = field(default_factory=Filters)
    chosen: tuple[tuple[str, str], ...] = ()
    order: str = RANKED
    page: int = 1
    per_page: int = PER_PAGE
    expand: bool = True
    correct: bool = True
    fictitious: bool = False
    notices: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    reading: Reading | None = None
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()
    edition: str | None = None
    per_thousand: bool = False
    meaning: bool = True

    @property
    def searched(self) -> ParsedQuery:
        """What is looked for."""
        return self.reading.parsed if self.reading else self.parsed

    def as_searched(self) -> "Asked":
        """The same search as if it had been typed so: what other pages of it are asked for."""
        return replace(self, parsed=self.searched, reading=None) if self.reading else self

    @property
    def text(self) -> str:
        """The text as it is shown again."""
        return self.parsed.text

    def query(self) -> Query:
        """The tree that an index is asked with."""
        also = (self.searched.filters,) if any_filter(self.searched) else ()
        return Query(
            clauses=self.searched.clauses,
            excluded=self.searched.excluded,
            filters=self.filters,
            also=also,
            order=self.order,
            offset=min((self.page - 1) * self.per_page, _FURTHEST),
            limit=self.per_page,
            expand=self.expand,
            correct=self.correct,
            with_fictitious=self.fictitious,
            raw=self.searched.text,
            without_topics=self.unwanted,
            meaning=self.meaning,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """All of its state but the page, as an address holds it; what is by default is left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += self.chosen
        if self.order != RANKED:
            pairs.append(("orden", self.order))
        if self.per_page != PER_PAGE:
            pairs.append(("por_pagina", str(self.per_page)))
        pairs += [("medida", "mil")] if self.per_thousand else []
        pairs += [] if self.meaning else [NOT_BY_MEANING]
        return [*pairs, *self.understood(), *fictitious_too(self.fictitious)]

    def state(self) -> list[tuple[str, str]]:
        """What narrows and widens a search: all of its state but the text and how the results are laid out."""
        return [pair for pair in self.pairs() if pair[0] not in ("q", "orden", "por_pagina", "medida")]

    def subject(self) -> list[tuple[str, str]]:
        """Its text and its state: what another page about the same search is asked."""
        return [*([("q", self.text)] if self.text else []), *self.state()]

    def understood(self) -> list[tuple[str, str]]:
        """The part of its state that says how its words are understood: which topics widen it, and the spelling."""
        return [*self.widening(), *([] if self.correct else [("corregir", "no")])]

    def widening(self) -> list[tuple[str, str]]:
        """The part of its state that says which topics may widen the search."""
        return [*([] if self.expand else [("ampliar", "no")]), *(("sin", topic) for topic in self.unwanted)]

    def address(
        self, *, without: Iterable[tuple[str, str]] = (), plus: Iterable[tuple[str, str]] = (), page: int = 1
    ) -> str:
        """``/buscar?…`` with some parameters taken out and others put in; the first page unless told otherwise."""
        gone = set(without)
        pairs = [pair for pair in self.pairs() if pair not in gone]
        pairs += [pair for pair in plus if pair not in pairs]
        return paged_address("/buscar", pairs, page)


def any_filter(parsed: ParsedQuery) -> bool:
    """Whether the text holds a field."""
    return parsed.filters != Filters()


def read(pairs: Pairs) -> Asked:
    """Read and check parameters. Unknown ones are left alone; an empty one counts as absent.

    Raises:
        QueryRejected: A number, a date or an order that is none; a text that is too long.
    """
    first: dict[str, str] = {}
    every: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            first.setdefault(name, value)
        if (name in FACETS or name == "sin") and len(every.setdefault(name, [])) <= MOST_VALUES:
            value = clean(value[:LONGEST_VALUE])
            if value and value not in every[name]:
                every[name].append(value)
    notices = []
    for name, values in every.items():
        if len(values) > MOST_VALUES:
            del values[MOST_VALUES:]
            notices.append(f"De «{name}» se tomaron los primeros {MOST_VALUES} valores")
    unwanted = tuple(every.pop("sin", ()))
    parsed = parse(first.get("q", ""))

    def said(name: str) -> str:
        return clean(first.get(name, "")[:LONGEST_VALUE])

    bounds = {name: _period(name, [value for key, value in pairs if key == name]) for name in BOUNDS}
    since, until = (period(bound)[at] if bound else None for at, bound in enumerate(bounds.values()))
    if since and until and until < since:
        notices.append("La fecha «hasta» es anterior a «desde»: ningún fragmento puede cumplir las dos")
    order = said("orden") or RANKED
    if order not in ORDERS:
        orders = listed((f"orden={name}" for name in ORDERS), "o")
        raise QueryRejected(f"El orden «{order[:40]}» no existe: escriba {orders}")
    chosen = [(name, value) for name in FACETS for value in every.get(name, ())]
    chosen += [bound for bound in bounds.items() if bound[1]]
    named = {name: tuple(values) for name, values in every.items() if values}
    return Asked(
        parsed=parsed,
        filters=Filters(named, since, until),
        chosen=tuple(chosen),
        order=order,
        page=whole_number("pagina", said("pagina"), 1, 1, None),
        per_page=whole_number("por_pagina", said("por_pagina"), PER_PAGE, 1, MOST_PER_PAGE),
        expand=said("ampliar") != "no",
        correct=said("corregir") != "no",
        fictitious=said("ficticio") in ("si", "sí"),
        notices=tuple(notices),
        unwanted=unwanted,
        edition=said("edicion") or None,
        per_thousand=said("medida") == "mil",
        meaning=said("sentido") != "no",
    )


def first_value(name: str, pairs: Pairs) -> str:
    """The first value of a parameter that is not empty; empty where there is none."""
    return next((value for key, value in pairs if key == name and value.strip()), "")


def choice(name: str, value: str, offered: Iterable[str]) -> str:
    """The value of a parameter that is one of several; the first of them where it is empty.

    Raises:
        QueryRejected: It is another one.
    """
    known = list(offered)
    value = clean(value[:LONGEST_VALUE]) or known[0]
    if value not in known:
        names = listed((f"{name}={one}" for one in known if one), "o")
        raise QueryRejected(f"«{name}» no puede ser «{value[:40]}»: escriba {names}")
    return value


def whole_number(name: str, value: str, default: int, least: int, most: int | None) -> int:
    """The number that a parameter holds; the default where it is empty.

    Raises:
        QueryRejected: It is none, or not within its limits.
    """
    if not value:
        return default
    if not _NUMBER.fullmatch(value) or int(value) < least or (most is not None and int(value) > most):
        limits = f"entre {least} y {most}" if most is not None else f"desde {least}"
        raise QueryRejected(f"«{name}» debe ser un número entero {limits}, no «{value[:40]}»")
    return int(value)


def _period(name: str, values: Sequence[str]) -> str:
    """A year, a month or a day as an address writes it, from one value, or from the three fields of a form."""
    parts = [clean(value[:LONGEST_VALUE]) for value in values]
    written = next(filter(None, parts), "")
    if len(parts) == 3 and all(len(part) <= 2 for part in parts[1:]):
        written = "-".join(part or "…" for part in parts).rstrip("-…")
    if not written:
        return ""
    try:
        if not _PERIOD.fullmatch(written):
            raise ValueError
        written = "-".join(part.zfill(2) for part in written.split("-"))
        period(written)
    except ValueError:
        raise QueryRejected(
            f"«{name}» debe ser un año, un mes con su año o un día que exista, de la forma 2025, 2025-12 o 2025-12-04, "
            f"no «{written[:40]}»"
        ) from None
    return written
