"""Collocates (``/compania``) and keywords (``/claves``): which words belong to a search, with their measures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from indexer.index.company import LEMMA, Contrast, ContrastAsked, ContrastedWord
from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters
from indexer.index.results import Results
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.parameters import Asked, any_filter, read, whole_number
from search_app.asking.spelling import Spelling, spelling
from search_app.shown.addresses import Pair, Pairs, address, paged_address
from search_app.shown.collection import Collection
from search_app.shown.formatting import count, number
from search_app.shown.page_parts import Link, Pager
from search_app.shown.serializing import to_csv
from search_app.study import concordance
from search_app.study.concordance import others
from search_app.study.words_asked import UNITS, WordAsked, choice, first_values, window, window_words

LEAST = 3
MOST_LEAST = 1000
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by which words are ordered.

    Attributes:
        key: Of ``ContrastedWord``, and of the answers in ``name``.
        decimals: How many are shown.
    """

    name: str
    key: str
    label: str
    decimals: int = 1


_MEASURES = (
    Measure("g2", "log_likelihood", "G²"),
    Measure("logdice", "log_dice", "logDice", 2),
    Measure("diferencia", "percent_diff", "% DIFF", 0),
    Measure("veces", "here", "veces"),
)


@dataclass(frozen=True, slots=True)
class Study:
    """One of the two pages.

    Attributes:
        path: Its address; the one for programs stands below ``/api``.
        near: Whether words near the occurrences of a search are compared, or those of its fragments.
        measures: What its words can be ordered by, the first unless told otherwise.
    """

    path: str
    title: str
    near: bool
    measures: tuple[str, ...]

    def offered(self) -> dict[str, Measure]:
        """Its measures, by the value of ``orden``."""
        return {measure.name: measure for measure in _MEASURES if measure.name in self.measures}


COMPANY = Study("/compania", "Palabras en compañía", True, ("g2", "logdice", "veces"))
KEYWORDS = Study("/claves", "Palabras clave", False, ("g2", "diferencia", "veces"))


@dataclass(frozen=True, slots=True)
class StudyAsked:
    """What is asked of one of the two pages."""

    study: Study
    search: Asked
    unit: str
    near: tuple[int, int] | None
    order: Measure
    least: int
    function_words: bool

    @property
    def any(self) -> bool:
        """Whether there is something to compare: words to stand near, or a part that is not everything."""
        parsed, part = self.search.parsed, self.search.filters != Filters() or any_filter(self.search.parsed)
        return bool(parsed.clauses or (not self.study.near and (part or parsed.excluded)))

    def contrast(self, *, whole: bool = False) -> ContrastAsked:
        """The same, as an index is asked for it: one page of the list, or all of it."""
        offset, limit = (0, None) if whole else ((self.search.page - 1) * self.search.per_page, self.search.per_page)
        return ContrastAsked(self.unit, self.near, self.order.key, self.least, self.function_words, offset, limit)

    def own(self, *without: str) -> list[Pair]:
        """Its own parameters, but for those by default."""
        near = list(zip(("antes", "despues"), map(str, self.near or ()), strict=False))
        every = [("por", self.unit), *near, ("minimo", str(self.least)), ("orden", self.order.name)]
        default = {("por", LEMMA), ("antes", "5"), ("despues", "5"), ("minimo", str(LEAST)), ("orden", "g2")}
        every += [("funcionales", "si")] if self.function_words else []
        return [pair for pair in every if pair not in default and pair[0] not in without]

    def state(self) -> list[Pair]:
        """The parameters of its search."""
        return [*([("q", self.search.text)] if self.search.text else []), *self.search.state()]

    def lines_of(self, word: str, *, rest: bool = False) -> str:
        """The lines of a word, here or in the rest."""
        return address(concordance.PATH, *self.state(), *WordAsked(word, self.unit, self.near, rest).pairs())


def read_study(study: Study, pairs: Pairs) -> StudyAsked:
    """Read the parameters.

    Raises:
        QueryRejected: As ``asking.read`` does; a value that does not exist.
    """
    given = first_values(pairs)
    rest = [pair for pair in pairs if pair[0] != "orden"]
    return StudyAsked(
        study,
        read([*rest, *([] if "por_pagina" in given else [("por_pagina", str(PER_PAGE))])]),
        choice("por", given, UNITS),
        window(given) if study.near else None,
        study.offered()[choice("orden", given, study.offered())],
        whole_number("minimo", given.get("minimo", ""), LEAST, 1, MOST_LEAST),
        given.get("funcionales") in ("si", "sí"),
    )


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A word, with the lines of its two numbers and its measures as they are shown."""

    word: ContrastedWord
    here: str
    rest: str
    per_thousand: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyPage:
    """One of the two pages.

    Attributes:
        asked: What was asked.
        summary: What is compared with what, in words; empty where nothing was asked for.
        columns: The measures, each with the page in its order.
        units, lists: The choices between forms and lemmas, and between function words and the others.
        files, others: The list to take away; the same search on the other pages about words.
    """

    asked: StudyAsked
    text: str
    summary: str
    coverage: str
    notices: tuple[str, ...]
    spelling: Spelling
    chosen: tuple[Link, ...]
    units: tuple[Link, ...]
    lists: tuple[Link, ...]
    columns: tuple[Link, ...]
    rows: tuple[StudyRow, ...]
    pager: Pager
    kept: tuple[Pair, ...]
    files: tuple[Link, ...]
    others: tuple[Link, ...]


def study_page(asked: StudyAsked, index: SearchIndex, collection: Collection) -> StudyPage:
    """Lay out a page."""
    search, study = asked.search, asked.study
    results, found = _found(asked, index)
    here = [*asked.state(), *asked.own()]

    def other(name: str, value: str, label: str, chosen: bool) -> Link:
        pairs = [*asked.state(), *asked.own(name), *([(name, value)] if value else [])]
        return Link(label, address(study.path, *pairs), chosen=chosen)

    return StudyPage(
        asked=asked,
        text=search.text,
        summary=_summary(asked, found),
        coverage=coverage_asked_in(search, collection),
        notices=_notices(search, results),
        spelling=spelling(search, results, lambda pairs: address(study.path, *pairs, *asked.own())),
        chosen=in_force(search, collection, lambda gone: address(study.path, *less(here, gone))),
        units=tuple(other("por", name, label, name == asked.unit) for name, label in UNITS.items()),
        lists=(
            other("funcionales", "", "con contenido", not asked.function_words),
            other("funcionales", "si", "funcionales (de, la, que…)", asked.function_words),
        ),
        columns=tuple(other("orden", m.name, m.label, m == asked.order) for m in study.offered().values()),
        rows=tuple(_row(asked, row, found) for row in found.rows),
        pager=Pager.of(search.page, found.total, search.per_page, lambda page: paged_address(study.path, here, page)),
        kept=tuple(pair for pair in (*search.state(), *asked.own("antes", "despues", "minimo"))),
        files=(
            Link("CSV", address(study.path, *here, ("formato", "csv"))),
            Link("JSON", address(f"/api{study.path}", *here)),
        ),
        others=others(search, here=study.path),
    )


def study_answer(asked: StudyAsked, index: SearchIndex, edition: str) -> dict[str, Any]:
    """The same for a program."""
    results, found = _found(asked, index)
    near = dict(zip(("antes", "despues"), asked.near or (None, None), strict=True))
    return {
        "consulta": asked.search.text, "edicion": edition, "por": asked.unit, **near, "orden": asked.order.name,
        "minimo": asked.least, "funcionales": asked.function_words, "apariciones": found.marks,
        "palabras": found.words_here, "palabras_resto": found.words_rest, "mesas": found.sessions, "total": found.total,
        "pagina": asked.search.page, "por_pagina": asked.search.per_page,
        "avisos": list(_notices(asked.search, results)),
        "resultados": [_record(asked, row) for row in found.rows],
    }  # fmt: skip


def study_table(asked: StudyAsked, index: SearchIndex, base: str) -> str:
    """The whole list, as CSV."""
    _, found = _found(asked, index, whole=True)
    rows = [_record(asked, row, base) for row in found.rows]
    columns = tuple(_record(asked, ContrastedWord("", (), 0, 0, 0, 0, 0, 0, 0)))
    return "\ufeff" + to_csv(columns, rows)


def _found(asked: StudyAsked, index: SearchIndex, *, whole: bool = False) -> tuple[Results, Contrast]:
    if not asked.any:
        return Results(0, 0, (), {}), Contrast(0, 0, 0, 0, 0, ())
    query = asked.search.query()
    results = index.search(replace(query, offset=0, limit=0, facets=()))
    return results, index.contrast(query, asked.contrast(whole=whole))


def _notices(search: Asked, results: Results) -> tuple[str, ...]:
    return tuple(notice.rstrip(".") for notice in (*search.parsed.notices, *search.notices, *results.notices))


def _summary(asked: StudyAsked, found: Contrast) -> str:
    if not asked.any:
        return ""
    listed = count(found.total, "palabra", "palabras")
    if asked.near:
        where = f"{window_words(asked.near)} de {count(found.marks, 'aparición', 'apariciones')}"
    else:
        where = f"en {count(found.sessions, 'mesa o anuncio', 'mesas y anuncios')}"
    return (
        f"{listed} más frecuentes aquí ({number(found.words_here)} palabras: {where}) que en lo demás "
        f"({number(found.words_rest)})"
    )


def _row(asked: StudyAsked, row: ContrastedWord, found: Contrast) -> StudyRow:
    shown = [measure for measure in asked.study.offered().values() if measure.key != "here"]
    values = ((getattr(row, measure.key), measure.decimals) for measure in shown)
    sides = ((row.here, found.words_here), (row.rest, found.words_rest))
    return StudyRow(
        row,
        asked.lines_of(row.word),
        asked.lines_of(row.word, rest=True) if row.rest else "",
        tuple(f"{1000 * n / max(size, 1):,.2f}" for n, size in sides),
        tuple("solo aquí" if value is None else f"{value:,.{decimals}f}" for value, decimals in values),
    )


def _record(asked: StudyAsked, row: ContrastedWord, base: str = "") -> dict[str, Any]:
    return {
        "palabra": row.word, "formas": list(row.forms), "veces": row.here, "resto": row.rest,
        **{measure.name: _rounded(getattr(row, measure.key)) for measure in _MEASURES if measure.key != "here"},
        "mesas": row.sessions, "dp": _rounded(row.deviation), "url": base + asked.lines_of(row.word),
        "url_resto": base + asked.lines_of(row.word, rest=True),
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
