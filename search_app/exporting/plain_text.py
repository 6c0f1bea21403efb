"""The plain text export: a selection with its citations, or a whole page by turns."""

from collections.abc import Iterator
from itertools import groupby

from indexer.index.results import Hit
from indexer.language.inferred_names import called
from indexer.model import Kind
from search_app.citations.cautions import OWN_WORDING
from search_app.citations.cited import FICTITIOUS_MARK, Cited
from search_app.citations.prose import NOBODY, footnote, plain
from search_app.exporting.selection import Selection, SelectionKind
from search_app.shown.collection import page_title
from search_app.shown.dates import brief_date, date_words
from search_app.shown.formatting import clock, day

_FICTITIOUS = f"{FICTITIOUS_MARK}: {NOBODY}."


def text(selection: Selection) -> str:
    """The file; lines end as the reader's editor takes them, in LF."""
    parts = [*_head(selection), *(_turns(selection) if selection.kind is SelectionKind.PAGE else _selection(selection))]
    return "\n\n".join(parts) + "\n"


def _head(selection: Selection) -> Iterator[str]:
    if selection.fictitious:
        yield _FICTITIOUS
    yield selection.heading
    if selection.page:
        page = selection.page
        lines = [page.event.title] if page.session else []
        yield "\n".join([*lines, date_words(page.event, page.session)])
    yield f"Consta, edición {selection.edition}, consultada el {day(selection.consulted)}\n{selection.address}"
    yield from (f"Aviso: {notice}." for notice in selection.notices)


def _selection(selection: Selection) -> Iterator[str]:
    for hit, cited in zip(selection.hits, selection.cited, strict=True):
        date = brief_date(hit.event, hit.session)
        where = f"{page_title(hit.event, hit.session)} · {date} · {hit.passage.kind.label}"
        lines = [where, *_speaker(hit, cited, cited.inferred)]
        lines += filter(None, (_warning(cited),))
        yield "\n".join(lines)
        yield hit.passage.text
        yield f"Cita: {plain(footnote(cited))}"


def _turns(selection: Selection) -> Iterator[str]:
    """A whole page: each kind of text under its heading, each turn under who speaks."""
    pairs = zip(selection.hits, selection.cited, strict=True)
    for (kind, own, version), of_kind in groupby(
        pairs, key=lambda pair: (pair[0].passage.kind, pair[0].passage.own_wording, pair[0].passage.version)
    ):
        notes = [version.label] if version and kind is Kind.TRANSCRIPT else []
        head = kind.label.upper() + (f" · {notes[0]}" if notes else "")
        several = list(of_kind)
        warning = OWN_WORDING if own else _warning(several[0][1])
        yield "\n".join(filter(None, (head, warning)))
        for _, turn in groupby(several, key=lambda pair: pair[0].passage.turn):
            said = list(turn)
            guessed = any(cited.inferred for _, cited in said)
            lines = _speaker(*said[0], guessed) if kind is Kind.TRANSCRIPT else []
            yield "\n".join([*lines, *(f"[{_place(hit)}] {hit.passage.text}" for hit, _ in said)])


def _place(hit: Hit) -> str:
    start = hit.passage.start_s
    return f"p{hit.passage.number}" + (f" · {clock(start)}" if start is not None else "")


def _speaker(hit: Hit, cited: Cited, inferred: bool) -> list[str]:
    if not cited.spoken or not hit.passage.person:
        return []
    return [", ".join(filter(None, (called(hit.passage.person, inferred), cited.standing)))]


def _warning(cited: Cited) -> str | None:
    return _FICTITIOUS if cited.fictitious else cited.caution
