"""The Word export: each fragment as a block quotation, its citation as a footnote."""

from collections.abc import Iterator

from indexer.index.results import Hit
from indexer.language.inferred_names import called
from search_app.citations.cited import FICTITIOUS_MARK, Cited
from search_app.citations.prose import Prose, footnote
from search_app.exporting.ooxml import Paragraph, Span, package
from search_app.exporting.selection import Selection
from search_app.shown.collection import page_title
from search_app.shown.dates import brief_date
from search_app.shown.formatting import day
from search_app.shown.video import web_address


def document(selection: Selection) -> bytes:
    """The file."""
    return package(_paragraphs(selection), title=selection.heading, created=selection.consulted)


def _paragraphs(selection: Selection) -> Iterator[Paragraph]:
    yield Paragraph((Span(selection.heading),), "Titulo")
    yield Paragraph(
        (
            Span(f"Consta, edición {selection.edition}, consultada el {day(selection.consulted)}. "),
            Span(selection.address, address=web_address(selection.address)),
        )
    )
    for notice in selection.notices:
        yield Paragraph((Span(f"Aviso: {notice}."),), "Aviso")
    for hit, cited in zip(selection.hits, selection.cited, strict=True):
        yield from _fragment(hit, cited)


def _fragment(hit: Hit, cited: Cited) -> Iterator[Paragraph]:
    mark = f"{FICTITIOUS_MARK} · " if cited.fictitious else ""
    place = f"{page_title(hit.event, hit.session)} · {brief_date(hit.event, hit.session)} · {hit.passage.kind.label}"
    yield Paragraph((Span(f"{mark}{place} · fragmento {hit.passage.number}"),), "Lugar")
    if cited.spoken and hit.passage.person:
        who = called(hit.passage.person, cited.inferred) or ""
        yield Paragraph((Span(who, bold=True), Span(f", {cited.standing}" if cited.standing else "")), "Quien")
    if cited.caution:
        yield Paragraph((Span(cited.caution),), "Aviso")
    lines = hit.passage.text.split("\n")
    # What nobody said is not set as a quotation.
    style = "Cita" if cited.spoken and not cited.fictitious else "Normal"
    for line in lines[:-1]:
        yield Paragraph((Span(line),), style)
    yield Paragraph((Span(lines[-1]),), style, _note(footnote(cited), cited.address))


def _note(prose: Prose, address: str) -> tuple[Span, ...]:
    """The citation, its address as a link."""
    spans: list[Span] = []
    for run in prose:
        before, found, after = run.text.partition(address)
        if not found or web_address(address) is None:
            spans.append(Span(run.text, run.slanted))
            continue
        spans += [Span(before, run.slanted), Span(address, address=address), Span(after, run.slanted)]
    return tuple(span for span in spans if span.text)
