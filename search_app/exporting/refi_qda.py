"""REFI-QDA 1.0 (.qdpx): each page a source, each fragment a selection, who speaks and the topics its codes.

Positions count Unicode code points from 0; that of the end is the first one behind.
"""

import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, tostring

from indexer.language.inferred_names import called
from indexer.model import Kind
from search_app.citations.cited import FICTITIOUS_MARK
from search_app.exporting.archive import Files, write_archive
from search_app.exporting.corpus import Corpus
from search_app.exporting.selection import Selection
from search_app.shown.serializing import document, lawful, put

_PIECE = 1 << 16
_VARIABLES = {"Evento": "Text", "Mesa": "Text", "Fecha": "Date", "Dirección": "Text"}
"""What is said of each source, with its kind of value."""


class _Span(NamedTuple):
    """A fragment in the text of its source."""

    name: str
    start: int
    end: int
    codes: tuple[tuple[str, str], ...]


def files(corpus: Corpus) -> Files:
    """The one file: an archive that is made on the disk, for it stands whole in another."""
    yield "consta.qdpx", _archive(corpus)


def _archive(corpus: Corpus) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as made:
        write_archive(made, _project_files(corpus), corpus.context.consulted)
        made.seek(0)
        while piece := made.read(_PIECE):
            yield piece


def _project_files(corpus: Corpus) -> Files:
    codes: set[tuple[str, str]] = set()
    for page in corpus.pages():
        text, spans = _laid_out(page)
        codes.update(code for span in spans for code in span.codes)
        yield f"sources/{_guid(page.address)}.txt", (text.encode(),)
    yield "project.qde", _project(corpus, codes)


def _project(corpus: Corpus, codes: set[tuple[str, str]]) -> Iterator[bytes]:
    """The project, a source at a time; an element is written when it is whole."""
    root = Element("Project", {"xmlns": "urn:QDA-XML:project:1.0", "name": lawful(corpus.what.heading)})
    root.set("origin", f"Consta, edición {corpus.context.edition}")
    book = put(put(root, "CodeBook"), "Codes")
    for family in ("Quién habla", "Tema"):
        above = put(book, "Code", attributes={"guid": _guid(family), "name": family, "isCodable": "false"})
        for code in sorted(code for code in codes if code[0] == family):
            topic = corpus.context.collection.topics.get(code[1]) if family == "Tema" else None
            label = topic.label if topic else code[1]
            put(above, "Code", attributes={"guid": _guid(*code), "name": label, "isCodable": "true"})
    variables = put(root, "Variables")
    for name, kind in _VARIABLES.items():
        put(variables, "Variable", attributes={"guid": _guid("variable", name), "name": name, "typeOfVariable": kind})
    if corpus.wanted:
        put(root, "Sources", "\n")
    put(root, "Description", f"{corpus.what.heading}\n{corpus.what.address}")
    before, mark, after = document(root).partition(b"<Sources>\n")
    yield before + mark
    for page in corpus.pages() if mark else ():
        yield tostring(_source(page), encoding="utf-8").replace(b"<?xml version='1.0' encoding='utf-8'?>\n", b"")
    yield after


def _source(page: Selection) -> Element:
    found, guid = page.whole, _guid(page.address)
    mark = f"{FICTITIOUS_MARK} · " if page.fictitious else ""
    source = Element("TextSource", {"guid": guid, "plainTextPath": f"internal://{guid}.txt"})
    title = f"{found.event.title} · {page.heading}" if found.session else page.heading
    source.set("name", lawful(mark + title))
    for span in _laid_out(page)[1]:
        place = {"startPosition": str(span.start), "endPosition": str(span.end)}
        chosen = put(source, "PlainTextSelection", attributes={"guid": _guid(span.name), "name": span.name, **place})
        for code in span.codes:
            coding = put(chosen, "Coding", attributes={"guid": _guid(span.name, *code)})
            put(coding, "CodeRef", attributes={"targetGUID": _guid(*code)})
    values = (
        found.event.title,
        found.session.numbered_title if found.session else None,
        found.session.date.isoformat() if found.session and found.session.date else None,
        page.address,
    )
    for (name, kind), value in zip(_VARIABLES.items(), values, strict=True):
        if value is not None:
            variable = put(source, "VariableValue")
            put(variable, "VariableRef", attributes={"targetGUID": _guid("variable", name)})
            put(variable, f"{kind}Value", value)
    return source


def _laid_out(page: Selection) -> tuple[str, list[_Span]]:
    """The text of a source, by turns under who speaks, and where its fragments stand in it."""
    parts: list[str] = []
    spans = []
    at = 0
    pairs = zip(page.hits, page.cited, strict=True)
    for (kind, _), turn in groupby(pairs, key=lambda pair: (pair[0].passage.kind, pair[0].passage.turn)):
        said = list(turn)
        person = called(said[0][0].passage.person, any(cited.inferred for _, cited in said))
        if kind is Kind.TRANSCRIPT and person:
            parts.append(f"{lawful(', '.join(filter(None, (person, said[0][1].standing))))}\n")
            at += len(parts[-1])
        for hit, cited in said:
            codes = [("Tema", topic) for topic in hit.passage.topics]
            if kind is Kind.TRANSCRIPT and (who := called(hit.passage.person, cited.inferred)):
                codes.insert(0, ("Quién habla", who))
            parts.append(f"{lawful(hit.passage.text)}\n")
            spans.append(_Span(cited.id, at, at + len(parts[-1]) - 1, tuple(codes)))
            at += len(parts[-1])
        parts.append("\n")
        at += 1
    return "".join(parts), spans


def _guid(*names: str) -> str:
    """An identifier that is the same in every export."""
    return str(uuid5(NAMESPACE_URL, "\n".join(("https://consta/refi-qda", *names))))
