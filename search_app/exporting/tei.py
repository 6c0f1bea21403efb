"""TEI as Parla-CLARIN has it: a document a page, and one that gathers them and describes who speaks.

Ids: ``consta.evento.mesa.p42`` of a fragment, ``persona.ana-ruiz`` of a person, whom ``consta.xml`` alone describes.
"""

from itertools import groupby
from xml.etree.ElementTree import Element

from indexer.index.results import Hit
from indexer.language.inferred_names import called
from indexer.language.spanish import slug
from indexer.model import Kind
from search_app.citations.cited import FICTITIOUS_MARK, Cited
from search_app.citations.prose import NOBODY
from search_app.exporting.archive import Files
from search_app.exporting.corpus import Corpus
from search_app.exporting.selection import Selection
from search_app.shown.dates import date_words
from search_app.shown.serializing import document, put

_SPACES = {"xmlns": "http://www.tei-c.org/ns/1.0", "xml:lang": "es-MX"}
_INCLUDE = "http://www.w3.org/2001/XInclude"


def files(corpus: Corpus) -> Files:
    """The documents, that which gathers them last."""
    people: dict[str, str] = {}
    names: list[str] = []
    for page in corpus.pages():
        names.append(f"{page.id}.xml")
        yield f"tei/{page.id}.xml", (document(_session(page, people)),)
    yield "tei/consta.xml", (document(_gathering(corpus, names, people)),)


def _gathering(corpus: Corpus, names: list[str], people: dict[str, str]) -> Element:
    root = Element("teiCorpus", {**_SPACES, "xmlns:xi": _INCLUDE, "xml:id": "consta"})
    header = _header(root, corpus.what, "Consta", corpus.fictitious)
    if people:
        listing = put(put(put(header, "profileDesc"), "particDesc"), "listPerson")
        for id, name in sorted(people.items()):
            put(put(listing, "person", attributes={"xml:id": id}), "persName", name)
    for name in names:
        put(root, "xi:include", attributes={"href": name})
    return root


def _header(root: Element, what: Selection, source: str, fictitious: bool) -> Element:
    header = put(root, "teiHeader")
    file = put(header, "fileDesc")
    title = f"[{FICTITIOUS_MARK}] {what.heading}" if fictitious else what.heading
    put(put(file, "titleStmt"), "title", title)
    put(put(file, "editionStmt"), "edition", what.edition)
    published = put(file, "publicationStmt")
    put(published, "publisher", "Consta")
    put(published, "idno", what.address, {"type": "URI"})
    put(published, "date", attributes={"when": what.consulted.isoformat()})
    if notes := [*([f"{FICTITIOUS_MARK}: {NOBODY}."] if fictitious else ()), *(f"{each}." for each in what.notices)]:
        statement = put(file, "notesStmt")
        for note in notes:
            put(statement, "note", note)
    put(put(put(file, "sourceDesc"), "bibl"), "title", source)
    return header


def _session(page: Selection, people: dict[str, str]) -> Element:
    found = page.whole
    name = f"consta.{page.id}".replace("/", ".")
    root = Element("TEI", {**_SPACES, "xml:id": name})
    header = _header(root, page, found.event.title, found.event.fictitious)
    bibl = next(header.iter("bibl"))
    put(bibl, "date", date_words(found.event, found.session), _days(page))
    if found.session and found.session.video:
        put(bibl, "idno", found.session.video, {"type": "URI"})
    setting = put(put(put(header, "profileDesc"), "settingDesc"), "setting")
    put(setting, "name", found.event.venue or found.event.title)
    put(setting, "date", attributes=_days(page))
    body = put(put(root, "text"), "body")
    pairs = zip(page.hits, page.cited, strict=True)
    for kind, of_kind in groupby(pairs, key=lambda pair: pair[0].passage.kind):
        several = list(of_kind)
        spoken = kind is Kind.TRANSCRIPT
        division = put(body, "div", attributes={"type": "debateSection" if spoken else "commentSection"})
        put(division, "head", kind.label)
        for caution in sorted({cited.caution for _, cited in several if cited.caution}):
            put(division, "note", caution, {"type": "aviso"})
        starts = _timeline(division, name, [hit for hit, _ in several])
        for _, turn in groupby(several, key=lambda pair: pair[0].passage.turn):
            said = list(turn)
            inside = _speech(division, said, people) if spoken else put(division, "ab")
            for hit, cited in said:
                number = f"p{hit.passage.number}"
                more = {"xml:id": f"{name}.{number}", "n": number, **starts.get(number, {}), "source": cited.address}
                put(inside, "seg", hit.passage.text, more)
    return root


def _days(page: Selection) -> dict[str, str]:
    """When it was, as TEI writes it: the day, or those of the event."""
    session, event = page.whole.session, page.whole.event
    first, last = (session.date, session.date) if session and session.date else (event.start, event.end)
    return {"when": first.isoformat()} if first == last else {"from": first.isoformat(), "to": last.isoformat()}


def _timeline(division: Element, name: str, hits: list[Hit]) -> dict[str, dict[str, str]]:
    """Write the seconds at which fragments begin; by number, what a fragment says of its own."""
    timed = [(f"p{hit.passage.number}", hit.passage.start_s) for hit in hits if hit.passage.start_s is not None]
    if timed:
        zero = f"{name}.t0"
        line = put(division, "timeline", attributes={"unit": "s", "origin": f"#{zero}"})
        put(line, "when", attributes={"xml:id": zero})
        for number, start in timed:
            put(line, "when", attributes={"xml:id": f"{name}.t{number}", "interval": f"{start:g}", "since": f"#{zero}"})
    return {number: {"synch": f"#{name}.t{number}"} for number, _ in timed}


def _speech(division: Element, said: list[tuple[Hit, Cited]], people: dict[str, str]) -> Element:
    """The utterance of a turn, under the words that name who speaks."""
    hit, cited = said[0]
    person = hit.passage.person
    attributes: dict[str, str] = {}
    inferred = any(each.inferred for _, each in said)
    if person:
        label = ", ".join(filter(None, (called(person, inferred), cited.standing)))
        put(division, "note", label, {"type": "speaker"})
        if hit.passage.identified:
            id = f"persona.{slug(person)}"
            people.setdefault(id, person)
            attributes["who"] = f"#{id}"
        if inferred:
            attributes["cert"] = "low"
    return put(division, "u", attributes=attributes)
