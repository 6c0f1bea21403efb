"""Collocates (``/compania``) and keywords (``/claves``): which words belong to a search, with their measures."""

from dataclasses import dataclass, replace
from typing import Any

from indexer.index.company import LEMMA, WINDOW, Contrast, ContrastAsked, ContrastedWord
from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters
from indexer.index.results import Results
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.parameters import Asked, any_filter, choice, whole_number
from search_app.asking.spelling import spelling
from search_app.shown.addresses import Pair, Pairs, address, paged_address
from search_app.shown.collection import Collection
from search_app.shown.formatting import count, number
from search_app.shown.page_parts import Link, Pager
from search_app.shown.serializing import EXCEL, to_csv
from search_app.study.concordance import PATH, others
from search_app.study.words_asked import UNITS, WordAsked, first_values, notices, read_search, window, window_words

LEAST = 3
MOST_LEAST = 1000
MEASURES = {
    "g2": ("log_likelihood", "G²"),
    "logdice": ("log_dice", "logDice"),
    "diferencia": ("percent_diff", "% DIFF"),
    "veces": ("here", "veces"),
}
"""By the value of ``orden``, which is the key of the answers too: the field of ``ContrastedWord``, and its label."""


@dataclass(frozen=True, slots=True)
class Study:
    """One of the two pages.

    Attributes:
        path: Its address; the one for programs stands below ``/api``.
        near: Whether the words near the occurrences of a search are compared, or those of its fragments.
        orders: The measures that its words can be ordered by, the first unless told otherwise.
    """

    path: str
    title: str
    near: bool
    orders: tuple[str, ...]


COMPANY = Study("/compania", "Palabras en compañía", True, ("g2", "logdice", "veces"))
KEYWORDS = Study("/claves", "Palabras clave", False, ("g2", "diferencia", "veces"))


@dataclass(frozen=True, slots=True)
class StudyAsked:
    """What is asked of one of the two pages."""

    study: Study
    search: Asked
    unit: str
    near: tuple[int, int] | None
    order: str
    least: int
    function_words: bool

    @property
    def any(self) -> bool:
        """Whether there is something to compare: words to stand near, or a part that is not everything."""
        parsed, part = self.search.parsed, self.search.filters != Filters() or any_filter(self.search.parsed)
        return bool(parsed.clauses or (not self.study.near and (part or parsed.excluded)))

    def found(self, index: SearchIndex, *, whole: bool = False) -> tuple[Results, Contrast]:
        """What the search finds, and one page of the words, or all of them."""
        if not self.any:
            return Results(0, 0, (), {}), Contrast(0, 0, 0, 0, 0, ())
        size, query = self.search.per_page, replace(self.search.query(), offset=0, limit=0, facets=())
        start, limit = (0, None) if whole else ((self.search.page - 1) * size, size)
        field, _ = MEASURES[self.order]
        wanted = ContrastAsked(self.unit, self.near, field, self.least, self.function_words, start, limit)
        return index.search(query), index.contrast(query, wanted)

    def own(self, *without: str) -> list[Pair]:
        """Its other parameters, but for those by default."""
        near = list(zip(("antes", "despues"), map(str, self.near or ()), strict=False))
        every = [("por", self.unit), *near, ("minimo", str(self.least)), ("orden", self.order)]
        every += [("funcionales", "si")] if self.function_words else []
        usual = {("por", LEMMA), ("minimo", str(LEAST)), ("orden", self.study.orders[0])}
        usual |= set(zip(("antes", "despues"), map(str, WINDOW), strict=True))
        return [pair for pair in every if pair not in usual and pair[0] not in without]

    def record(self, row: ContrastedWord, base: str = "") -> dict[str, Any]:
        """A word as a program gets it, with the addresses of its lines."""
        measures = {key: getattr(row, field) for key, (field, _) in MEASURES.items() if key != "veces"}
        measures |= {"mesas": row.sessions, "dp": row.deviation}
        lines = (
            base + address(PATH, *self.search.subject(), *WordAsked(row.word, self.unit, self.near, rest).pairs())
            for rest in (False, True)
        )
        return {
            "palabra": row.word, "formas": list(row.forms), "veces": row.here, "resto": row.rest,
            **{key: None if value is None else round(value, 4) for key, value in measures.items()},
            **dict(zip(("url", "url_resto"), lines, strict=True)),
        }  # fmt: skip


def read_study(study: Study, pairs: Pairs) -> StudyAsked:
    """Read the parameters.

    Raises:
        QueryRejected: As ``asking.read`` does; a value that does not exist.
    """
    given = first_values(pairs)
    return StudyAsked(
        study,
        read_search(pairs),
        choice("por", given.get("por", ""), UNITS),
        window(given) if study.near else None,
        choice("orden", given.get("orden", ""), study.orders),
        whole_number("minimo", given.get("minimo", ""), LEAST, 1, MOST_LEAST),
        given.get("funcionales") in ("si", "sí"),
    )


def study_table(asked: StudyAsked, index: SearchIndex, base: str, separator: str) -> str:
    """All words as CSV."""
    columns = tuple(asked.record(ContrastedWord("", (), 0, 0, 0, 0, 0, 0, 0)))
    rows = (asked.record(row, base) for row in asked.found(index, whole=True)[1].rows)
    return EXCEL + to_csv(columns, rows, separator)


def study_page(asked: StudyAsked, index: SearchIndex, collection: Collection) -> dict[str, Any]:
    """What the template of a page shows."""
    search, study, (results, words) = asked.search, asked.study, asked.found(index)
    here = [*search.subject(), *asked.own()]

    def other(name: str, value: str, label: str, chosen: bool) -> Link:
        return Link(label, address(study.path, *search.subject(), *asked.own(name), (name, value)), chosen=chosen)

    return {
        "asked": asked, "words": words, "summary": _summary(asked, words),
        "rows": list(map(asked.record, words.rows)),
        "measures": [(key, MEASURES[key][1]) for key in study.orders if key != "veces"],
        "notices": notices(asked.any, search, results),
        "spelling": spelling(search, results, lambda pairs: address(study.path, *pairs, *asked.own())),
        "coverage": coverage_asked_in(search, collection),
        "chosen": in_force(search, collection, lambda gone: address(study.path, *less(here, gone))),
        "units": [other("por", name, label, name == asked.unit) for name, label in UNITS.items()],
        "lists": [
            other("funcionales", "no", "con contenido", not asked.function_words),
            other("funcionales", "si", "funcionales (de, la, que…)", asked.function_words),
        ],
        "orders": [other("orden", key, MEASURES[key][1], key == asked.order) for key in study.orders],
        "pager": Pager.of(search.page, words.total, search.per_page, lambda n: paged_address(study.path, here, n)),
        "kept": [*search.state(), *asked.own("antes", "despues", "minimo")],
        "files": [
            Link("CSV", address(study.path, *here, ("formato", "csv"))),
            Link("JSON", address(f"/api{study.path}", *here)),
        ],
        "others": others(search, here=study.path),
    }  # fmt: skip


def _summary(asked: StudyAsked, found: Contrast) -> str:
    """What is compared with what, in words; empty where nothing was asked for."""
    if not asked.any or not found.words_here:
        return "Ninguna aparición" if asked.any else ""
    where = f"de {count(found.sessions, 'mesa o anuncio', 'mesas y anuncios')}"
    if asked.near:
        where = f"de {window_words(asked.near)} de {count(found.marks, 'aparición', 'apariciones')}"
    listed = count(found.total, "palabra más frecuente", "palabras más frecuentes")
    words = count(found.words_here, "palabra", "palabras")
    return f"{listed} en {words} {where} que en las otras {number(found.words_rest)}"
