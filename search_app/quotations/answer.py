"""The answer to a quotation: its parameters, its page, and the JSON of ``/api/cotejar``."""

from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import QueryRejected
from indexer.index.protocol import SearchIndex
from indexer.language.spanish import tokens
from indexer.model import Passage, Version
from search_app.asking.filters_in_force import coverage_asked_in, in_force, less
from search_app.asking.parameters import Asked, read
from search_app.quotations.candidates import PHRASE
from search_app.quotations.place import Place, Verdict
from search_app.quotations.typed import SHORT, Quotation, read_quotation
from search_app.quotations.verdict import Checked, check
from search_app.quotations.wording import changes, summary, warnings
from search_app.shown.addresses import (
    Pairs,
    address,
    anchor_address,
    fictitious_too,
    fragment_address,
    fragment_id,
    search_address,
)
from search_app.shown.collection import Collection, hit_title
from search_app.shown.edition_notice import changed
from search_app.shown.formatting import clock, count
from search_app.shown.page_parts import Link
from search_app.shown.video import video_link

PATH = "/cotejar"
FILTERS = ("evento", "mesa", "persona")
TAKEN = (*FILTERS, "ficticio", "edicion")
"""Parameters besides the quotation: what narrows where it is looked for, and the edition that an address names."""
_SEARCHED = 300
"""Characters of a quotation that are searched as loose words."""


@dataclass(frozen=True, slots=True)
class AskedQuotation:
    """A quotation as asked: the ways in which it can be read, of which the first holds the text, and the filters."""

    readings: tuple[Quotation, ...]
    asked: Asked

    @property
    def text(self) -> str:
        """The quotation as it is shown again."""
        return self.readings[0].text

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.readings[0].words)

    @property
    def notices(self) -> tuple[str, ...]:
        """What is to be said of the question, whatever the answer."""
        found = [*self.asked.notices]
        if self.text and not self.words:
            found.append("La cita no tiene ninguna palabra")
        elif self.words and self.words <= SHORT:
            words = count(self.words, "palabra", "palabras")
            found.append(f"La cita tiene solo {words}: que esté en un texto dice poco; coteje la oración completa")
        if any(stop - start <= SHORT for reading in self.readings[:1] if reading.cuts for start, stop in reading.parts):
            found.append("Una de sus partes tiene solo una o dos palabras: que esté en un texto dice poco")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """One place where the quotation stands, or nearly so.

    Attributes:
        summary: In what the quotation agrees with it and in what it does not.
        changes: Each change in words.
        warnings: What a reader must know before quoting it.
        context: The fragment on its page, marked.
        video, video_clock: Where it can be watched.
    """

    place: Place
    title: str
    summary: str
    changes: tuple[str, ...]
    warnings: tuple[str, ...]
    context: str
    video: str | None
    video_clock: str | None


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """What came of a quotation; without one, the form alone.

    Attributes:
        verdict: None where nothing was asked.
        headline, explained: The verdict in words.
        notices: What was cut or passed over.
        chosen: Filters in force, each with the address without it.
        kept: Parameters that the form keeps.
        fictitious: Whether fictitious texts are asked for.
        search: The same words among the results.
    """

    text: str
    coverage: str
    verdict: Verdict | None = None
    headline: str = ""
    explained: str = ""
    places: tuple[QuotedPlace, ...] = ()
    notices: tuple[str, ...] = ()
    chosen: tuple[Link, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    fictitious: bool = False
    search: Link | None = None


def read_asked(pairs: Pairs) -> AskedQuotation:
    """What is asked for. Raises ``QueryRejected``: a quotation of over 5,000 characters."""
    text = next((value for name, value in pairs if name == "cita" and value.strip()), "")
    asked = read([pair for pair in pairs if pair[0] in TAKEN])
    return AskedQuotation(read_quotation(text), asked)


def quotation_page(wanted: AskedQuotation, index: SearchIndex, collection: Collection) -> QuotationPage:
    """The page: the form, and what came of the quotation where there is one."""
    asked = wanted.asked
    here = [("cita", wanted.text), *asked.state()]
    notices = (*changed(asked.edition, collection.catalogue.edition), *wanted.notices)
    page = QuotationPage(
        text=wanted.text,
        coverage=coverage_asked_in(asked, collection),
        notices=notices,
        chosen=in_force(asked, collection, lambda gone: address(PATH, *less(here, gone))),
        kept=tuple(pair for pair in asked.state() if pair[0] != "ficticio"),
        fictitious=asked.fictitious,
    )
    if not wanted.words:
        return page
    found = check(index, wanted.readings, asked.query())
    headline, explained = _verdict(found)
    return replace(
        page,
        verdict=found.verdict,
        headline=headline,
        explained=explained,
        places=tuple(_line(place, collection) for place in found.places),
        notices=(*notices, *_notices(found)),
        search=Link("Buscar estas palabras", search_address(("q", wanted.text[:_SEARCHED]), *asked.state())),
    )


def quotation_answer(wanted: AskedQuotation, index: SearchIndex, collection: Collection) -> dict[str, Any]:
    """The JSON. Raises ``QueryRejected``: there is no quotation to check."""
    if not wanted.words:
        raise QueryRejected("Falta la cita: escriba /api/cotejar?cita= y, después, el texto que quiere cotejar")
    found = check(index, wanted.readings, wanted.asked.query())
    records = [_record(place) for place in found.places]
    edition = collection.catalogue.edition
    return {
        "cita": wanted.text,
        "edicion": edition,
        "veredicto": found.verdict,
        "coincidencias": [record for record in records if record["veredicto"] != "no_encontrada"],
        "cercanas": [record for record in records if record["veredicto"] == "no_encontrada"],
        "avisos": [*changed(wanted.asked.edition, edition), *wanted.notices, *_notices(found)],
    }


def _verdict(found: Checked) -> tuple[str, str]:
    """The verdict in words, and what it means."""
    if found.verdict == "no_encontrada":
        return (
            "No encontrada",
            "Ninguna transcripción del acervo dice esto ni algo muy parecido. No prueba que nadie lo dijera: "
            "puede faltar la transcripción, y las que hay pueden tener errores."
            + (" Lo más cercano que hay dice otra cosa." if found.places else ""),
        )
    if found.verdict == "casi":
        return "Casi: no es textual", "Lo más parecido que hay en las transcripciones, con lo que cambia."
    exact = [place for place in found.places if place.verdict == "textual"]
    where = count(len(exact), "lugar", "lugares")
    automatic = all(place.passages[0].version is Version.AUTOMATIC_CAPTIONS for place in exact)
    headline = "Textual, según subtítulos automáticos" if automatic else "Textual"
    return headline, f"Está, palabra por palabra, en {'más de ' if found.more else ''}{where}."


def _notices(found: Checked) -> list[str]:
    if not found.more:
        return []
    what = f"se muestran {len(found.places)} lugares" if found.verdict == "textual" else "no se cotejaron todos"
    return [f"Muchos fragmentos tienen estas palabras: {what}"]


def _line(place: Place, collection: Collection) -> QuotedPlace:
    first = _first(place)
    video, second = video_link(place.session, first)
    return QuotedPlace(
        place=place,
        title=hit_title(place.event, place.session, several=collection.several_events),
        summary=summary(place),
        changes=changes(place),
        warnings=warnings(place),
        context=_context(place),
        video=video if first.start_s is not None else None,
        video_clock=None if second is None else clock(second),
    )


def _record(place: Place) -> dict[str, Any]:
    first = place.passages[0]
    return {
        "id": fragment_id(place.page, first.number),
        "fragmentos": [fragment_id(place.page, passage.number) for passage in place.passages],
        "veredicto": place.verdict,
        "evento": place.page.event,
        "mesa": place.page.session,
        "titulo": place.session.title if place.session else place.event.title,
        "persona": first.person,
        "persona_inferida": place.inferred,
        "cargo": first.post,
        "inicio_s": first.start_s,
        "segundo_s": place.begins_s,
        "texto": place.said,
        "antes": place.around[0],
        "despues": place.around[1],
        "resumen": summary(place),
        "palabras_distintas": place.edits,
        "diferencias": [
            {"tipo": each.step, "cita": each.quoted, "texto": each.said, "naturaleza": list(each.natures)}
            for each in place.differences
        ],
        "advertencias": list(warnings(place)),
        "url": anchor_address(place.page, first.number),
        "permanente": fragment_address(place.page, first.number),
        "video": video_link(place.session, _first(place))[0],
        "version": first.version.value if first.version else None,
        "ficticio": place.event.fictitious,
    }


def _first(place: Place) -> Passage:
    """The fragment where it begins, as if it began with the quotation: that is the second to watch."""
    return replace(place.passages[0], start_s=place.begins_s)


def _context(place: Place) -> str:
    """The fragment on its page, with the first words of what is there marked."""
    words = [token.text for token in tokens(place.said.partition(" […] ")[0])[:PHRASE]]
    more = fictitious_too(place.event.fictitious)
    return anchor_address(place.page, place.passages[0].number, f'"{" ".join(words)}"', *more)
