"""From the parameters of ``/exportar`` to the selection of fragments."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from indexer.index.facets import FACETS
from indexer.index.protocol import SearchIndex
from indexer.index.results import Hit, Page
from indexer.model import PageId
from search_app.asking.parameters import any_filter, read
from search_app.asking.typed_text import clean
from search_app.citations.cited import Cited, cite
from search_app.exporting.selection import MOST, Missing, NotSelected, Selection, SelectionKind, page_words
from search_app.finding.results_page import summary
from search_app.shown.addresses import LONGEST_ADDRESS, Pairs, address, fragment_id, local, page_address
from search_app.shown.collection import Collection, page_title
from search_app.shown.edition_notice import changed
from search_app.shown.formatting import count, day, number
from search_app.shown.video import web_address

_FRAGMENT = re.compile(r"/?([a-z0-9-]+)(?:/([a-z0-9-]+))?/?(?:[#/])p([1-9][0-9]{0,8})")
_PAGE = re.compile(r"/?([a-z0-9-]+)(?:/([a-z0-9-]+))?/?")
_LONGEST_NAMED = 300


@dataclass(frozen=True, slots=True)
class ExportContext:
    """One generation, its catalogue, and what every citation made from it says the same.

    Attributes:
        base: Scheme and host of lasting addresses, without a slash at its end.
        consulted: The day of consultation.
        separator: What stands between two cells of a table.
    """

    index: SearchIndex
    collection: Collection
    base: str
    consulted: dt.date
    separator: str = ","

    @property
    def edition(self) -> str:
        """Which state of the collection this is."""
        return self.collection.catalogue.edition

    def cite(self, hit: Hit) -> Cited:
        """What a citation says of a fragment."""
        return cite(
            hit.page, hit.event, hit.session, hit.passage,
            base=self.base, edition=self.edition, consulted=self.consulted, surnames=self.collection.surnames,
        )  # fmt: skip

    def selection(
        self, kind: SelectionKind, heading: str, name: str, hits: tuple[Hit, ...], at: str, **more: Any
    ) -> Selection:
        """A selection of this generation; ``at`` is its address without scheme and host."""
        more = {"total": len(hits), "edition": self.edition, "consulted": self.consulted, **more}
        more["separator"] = self.separator
        return Selection(kind, heading, name, hits, self.cite, address=self.base + at, **more)

    def of_page(self, found: Page, hits: tuple[Hit, ...], notices: tuple[str, ...] = ()) -> Selection:
        """The fragments of one page as a selection."""
        title, name = page_title(found.event, found.session), f"consta-{page_words(found.id)}"
        at = page_address(found.id)
        return self.selection(SelectionKind.PAGE, title, name, hits, at, notices=notices, page=found)


def selection_kind(pairs: Pairs) -> SelectionKind:
    """Which of the three things is asked for: named fragments before a page, a page before a search."""
    given = {name for name, value in pairs if value.strip()}
    if "f" in given:
        return SelectionKind.FRAGMENTS
    if "todo_de" in given:
        return SelectionKind.PAGE
    if given & {"desde", "hasta", *FACETS} or any(name == "q" for name, _ in pairs):
        return SelectionKind.SEARCH
    return SelectionKind.NOTHING


def select(context: ExportContext, pairs: Pairs, *, written: bool = True, whole: bool = False) -> Selection:
    """Gather what is asked for.

    Args:
        context: Of which generation.
        pairs: The parameters of the address.
        written: Whether a file is written; a page that only offers one reads no search whole.
        whole: Whether the fragments are taken without bound, elsewhere (``corpus``).

    Raises:
        NotSelected: There is no such page, or more is asked for than is given.
        QueryRejected: A parameter of a search that cannot be read.
    """
    what = selection_kind(pairs)
    if what is SelectionKind.FRAGMENTS:
        return _fragments(
            context, [value for name, value in pairs if name == "f" and value.strip()], _notices(context, pairs)
        )
    if what is SelectionKind.PAGE:
        named = next(value for name, value in pairs if name == "todo_de" and value.strip())
        return _page(context, named, _notices(context, pairs))
    if what is SelectionKind.SEARCH:
        return _search(context, pairs, written=written, whole=whole)
    return context.selection(what, "Mi selección", "consta", (), selection_address([]))


def _notices(context: ExportContext, pairs: Pairs) -> tuple[str, ...]:
    return changed(next((value for name, value in pairs if name == "edicion" and value.strip()), None), context.edition)


def _fragments(context: ExportContext, asked: Sequence[str], notices: tuple[str, ...]) -> Selection:
    if len(asked) > MOST:
        raise NotSelected(400, f"Son {number(len(asked))} fragmentos, y se dan {number(MOST)} de una vez: pida menos.")
    hits: dict[str, Hit] = {}
    missing: dict[str, Missing] = {}
    for text in asked:
        found = find(context, clean(text[:_LONGEST_NAMED]))
        if isinstance(found, Missing):
            missing[found.asked] = found
        else:
            hits.setdefault(fragment_id(found.page, found.passage.number), found)
    chosen = tuple(hits.values())
    name = f"consta-seleccion-{len(chosen)}-fragmentos"
    if len(chosen) == 1:
        name = f"consta-{page_words(chosen[0].page)}-p{chosen[0].passage.number}"
    here = selection_address([named(hit) for hit in chosen])
    return context.selection(
        SelectionKind.FRAGMENTS,
        f"Selección de {count(len(chosen), 'fragmento', 'fragmentos')}",
        name,
        chosen,
        here if len(here) <= LONGEST_ADDRESS else selection_address([]),
        notices=notices,
        missing=tuple(missing.values()),
    )


def named(hit: Hit) -> str:
    """A fragment as ``f`` names it: ``evento/mesa/p42``."""
    return f"{hit.page}/p{hit.passage.number}"


def selection_address(chosen: Sequence[str], *more: tuple[str, str]) -> str:
    """``/exportar?f=evento/mesa/p42&f=…``; slashes stay, so that it can be read."""
    pairs = [*(("f", each) for each in chosen), *more]
    return address(f"/exportar?{urlencode(pairs, safe='/', quote_via=quote)}" if pairs else "/exportar")


def fragment_called(text: str) -> tuple[PageId, int] | None:
    """The page and the number in a name, an id or an address: of one, the path and the mark that names a fragment."""
    if web_address(text):
        parts = urlsplit(text)
        text = unquote(parts.path) + (f"#{parts.fragment}" if re.fullmatch(r"p[0-9]+", parts.fragment) else "")
    match = _FRAGMENT.fullmatch(local(text))
    return (PageId(match[1], match[2]), int(match[3])) if match else None


def find(context: ExportContext, text: str) -> Hit | Missing:
    """A fragment by its name, its id or its address."""
    if not (called := fragment_called(text)):
        return Missing(text)
    collection = context.collection
    page, wanted = collection.current(*called)
    passage = context.index.passage(page, wanted) if collection.exists(page) else None
    after = collection.succeeded(page, wanted) if passage is None else None
    if passage is None and (to := collection.handed_on(page, wanted, context.index.passage)):
        page, wanted = to
        passage = context.index.passage(page, wanted)
    if after is not None and not ((gone := collection.withdrawn(page, wanted)) and wanted in gone.numbers):
        passage = context.index.passage(page, after)
    if passage is None:
        return Missing(f"{page}/p{wanted}", collection.withdrawn(page, wanted))
    return Hit(page, collection.events[page.event], collection.sessions.get(page), passage, True, 0.0)


def _page(context: ExportContext, text: str, notices: tuple[str, ...]) -> Selection:
    match = _PAGE.fullmatch(local(clean(text[:_LONGEST_NAMED])))
    collection = context.collection
    page, _ = collection.current(PageId(match[1], match[2]) if match else PageId(""))
    if not collection.exists(page):
        if withdrawal := collection.withdrawn(page):
            raise NotSelected(410, f"«{page}» se retiró el {day(withdrawal.date)}. Motivo: {withdrawal.reason}")
        raise NotSelected(404, f"No existe «{text[:80]}»: escriba todo_de=evento o todo_de=evento/mesa.")
    found = context.index.session(page)
    if found is None:
        raise NotSelected(404, f"No existe «{page}».")
    hits = tuple(Hit(page, found.event, found.session, passage, True, 0.0) for passage in found.passages)
    return context.of_page(found, hits, notices)


def _search(context: ExportContext, pairs: Pairs, *, written: bool, whole: bool) -> Selection:
    asked = read(pairs)
    # What is fictitious is said of all of it: only where nothing can be, the first will do.
    real = not asked.fictitious and not any(name in ("evento", "mesa") for name, _ in asked.chosen)
    limit = 1 if whole or (real and not written and not any_filter(asked.parsed)) else MOST
    results = context.index.search(replace(asked.query(), offset=0, limit=limit, facets=(), marked=False))
    total = results.total_full + results.total_partial
    notices = [n.rstrip(".") for n in (*asked.parsed.notices, *asked.notices, *results.notices)]
    notices += _notices(context, pairs)
    if (cut := 0 if whole else total - MOST) > 0:
        notices.append(
            f"Son {count(total, 'fragmento', 'fragmentos')}, y se dan {number(MOST)} de una vez: "
            f"{'falta' if cut == 1 else 'faltan'} {number(cut)}. Añada filtros para tenerlos todos"
        )
    words = re.sub(r"[\W_]+", "-", asked.text.casefold()).strip("-")[:40].strip("-")
    everything = not asked.chosen and not asked.text and not (asked.filters.since or asked.filters.until)
    name = "consta-acervo" if everything else "-".join(filter(None, ("consta-búsqueda", words)))
    wordless = "Todo el acervo" if everything else "Búsqueda sin palabras"
    heading = f"Búsqueda «{asked.text}»" if asked.text else wordless
    filters = [context.collection.in_words(*pair) for pair in asked.chosen]
    in_words = f" ({'; '.join(filters)})" if filters else ""
    return context.selection(
        SelectionKind.SEARCH,
        f"{heading}{in_words}. {summary(asked, results)}",
        f"{name}-primeros-{MOST}-de-{total}" if cut > 0 else name,
        results.hits,
        asked.address(plus=[("edicion", context.edition)]),
        total=total,
        notices=tuple(notices),
        text=asked.text,
    )
