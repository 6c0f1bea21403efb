"""BibTeX, RIS and CSL-JSON, read by the libraries of others; what Zotero reads of a page."""

from __future__ import annotations

import json
import unicodedata

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Kind, Version
from search_app.citations import bibtex, csl, ris
from search_app.citations.cited import Cited
from search_app.citations.embedded import tags
from tests.search_app.citations.made_citations import TEXTS, announced, any_cited, cited

several = st.lists(any_cited(), min_size=1, max_size=3)


def read_bibtex(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return [{"key": e.key, **{field.key: field.value for field in e.fields}} for e in library.entries]


def one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


class TestBibTeX:
    def test_an_entry_has_what_a_bibliography_needs(self) -> None:
        (found,) = read_bibtex(bibtex.entry(cited(start_s=724.0, event={"venue": "Auditorio"})))
        assert found["key"] == "consta:foro:mesa-5:p42"
        assert found["author"] == "Ruiz, Ana"
        assert found["title"] == "Intervención en la mesa 5, “Innovación”"
        assert (found["year"], found["eventdate"]) == ("2025", "2025-12-05")
        assert (found["venue"], found["organization"]) == ("Auditorio", "IEEM")
        assert (found["url"], found["urldate"]) == ("https://consta.example.mx/foro/mesa-5/p42", "2026-11-22")
        assert "Minuto 12:04" in found["note"]
        assert "month = dec" in bibtex.entry(cited())

    def test_latex_finds_nothing_to_run_and_capitals_stay(self) -> None:
        text = bibtex.entry(cited(event={"title": r"50 % de {todo} & $más$ #1 \input{x} ~a^b_c"}))
        assert r"\input" not in text
        assert r"50 \% de {\textbraceleft}todo{\textbraceright} \& \$más\$ \#1 {\textbackslash}input" in text
        assert r"{\textasciitilde}a{\textasciicircum}b\_c" in text
        assert "title = {{Intervención" in text

    def test_a_name_with_and_in_it_is_one_author(self) -> None:
        text = bibtex.entry(cited(person="Ana and Ruiz"))
        assert "author = {{and Ruiz}, Ana}" in text

    def test_a_particle_within_the_surnames_is_no_prefix(self) -> None:
        """BibTeX takes what stands up to the last small word for a prefix: «Gómez del», Campo."""
        for person, author in (
            ("Juan Ramón de la Fuente Ramírez", "{de la Fuente Ramírez}, Juan Ramón"),
            ("Pamela San Martín Ríos y Valles", "{San Martín Ríos y Valles}, Pamela"),
            ("Rosa del Ángel Ponce", "{del Ángel Ponce}, Rosa"),
            ("Mariana Gómez del Campo", "{Gómez del Campo}, Mariana"),
            ("María del Carmen Alanís Figueroa", "Alanís Figueroa, María del Carmen"),
        ):
            assert f"author = {{{author}}}" in bibtex.entry(cited(person=person))

    @given(several)
    def test_a_library_reads_back_what_was_written(self, every: list[Cited]) -> None:
        every = list({each.key: each for each in every}.values())
        found = read_bibtex(bibtex.bibliography(every, ["Un aviso con @misc{x, y} y\nsaltos"]))
        assert [entry["key"] for entry in found] == [each.key for each in every]
        assert [entry["url"] for entry in found] == [each.address for each in every]

    @given(any_cited())
    def test_braces_are_even_in_every_entry(self, found: Cited) -> None:
        depth = 0
        for letter in bibtex.entry(found):
            depth += {"{": 1, "}": -1}.get(letter, 0)
            assert depth >= 0
        assert depth == 0

    @given(TEXTS.map(lambda text: "".join(letter for letter in text if letter not in "<>|{}^")).filter(str.strip))
    def test_what_is_escaped_prints_as_it_was(self, text: str) -> None:
        """The library that reads LaTeX here does not know the names of six letters: they are tried above."""
        (found,) = read_bibtex(f"@misc{{x,\n  note = {{{bibtex.escape(text)}}}\n}}\n")
        assert one_line(found["note"]) == one_line(text)


class TestRIS:
    def test_a_record_has_what_a_manager_of_references_needs(self) -> None:
        (found,) = rispy.loads(ris.record(cited(start_s=724.0)))
        assert found["type_of_reference"] == "SLIDE"
        assert found["authors"] == ["Ruiz, Ana"]
        assert found["title"] == "Intervención en la mesa 5, “Innovación”"
        assert found["secondary_title"] == "Foro de prueba"
        assert (found["year"], found["date"]) == ("2025", "2025/12/05/")
        assert found["urls"] == ["https://consta.example.mx/foro/mesa-5/p42"]
        assert found["access_date"] == "2026/11/22/"
        assert "Minuto 12:04" in found["notes"]

    def test_own_wording_is_a_page_of_the_site(self) -> None:
        (found,) = rispy.loads(ris.record(announced(own_wording=True)))
        assert (found["type_of_reference"], found["authors"]) == ("ELEC", ["Consta"])

    @given(several)
    def test_a_library_reads_back_what_was_written(self, every: list[Cited]) -> None:
        text = ris.bibliography(every)
        assert text.count("\r\n") == text.count("\n")
        found = rispy.loads(text)
        assert [record["id"] for record in found] == [each.key for each in every]
        assert [one_line(record["title"]) for record in found] == [one_line(each.title) for each in every]
        assert [one_line(record["abstract"]) for record in found] == [one_line(each.passage.text) for each in every]


class TestCSL:
    def test_an_item_is_a_speech_at_an_event(self) -> None:
        found = csl.item(cited(start_s=724.0, event={"venue": "Auditorio"}))
        assert (found["type"], found["event-title"], found["event-place"]) == ("speech", "Foro de prueba", "Auditorio")
        assert found["author"] == [{"family": "Ruiz", "given": "Ana"}]
        assert found["issued"] == found["event-date"] == {"date-parts": [[2025, 12, 5]]}
        assert found["accessed"] == {"date-parts": [[2026, 11, 22]]}
        assert "Minuto 12:04" in found["note"]

    def test_a_day_that_is_not_confirmed_is_a_range_that_says_about(self) -> None:
        found = csl.item(cited(session={"date": None}))
        assert found["issued"] == {"date-parts": [[2025, 12, 4], [2025, 12, 5]], "circa": True}

    def test_what_nobody_said_has_no_author_and_no_date(self) -> None:
        found = csl.item(cited(event={"fictitious": True}))
        assert found["title"].startswith("[TEXTO FICTICIO] ")
        assert not {"author", "issued", "event-date"} & set(found)

    def test_own_wording_is_a_page_of_the_site(self) -> None:
        found = csl.item(cited(kind=Kind.DESCRIPTION, own_wording=True, version=None))
        assert (found["type"], found["author"]) == ("webpage", [{"literal": "Consta"}])

    @given(several)
    def test_what_is_shown_is_the_same_json(self, every: list[Cited]) -> None:
        assert json.loads(csl.written(csl.bibliography(every))) == csl.bibliography(every)

    def test_a_citation_processor_sets_it_in_a_style(self) -> None:
        every = [cited(), cited(number=43, person="PREGUNTA", identified=False), announced(own_wording=True)]
        # The library is older than CSL 1.0.2, which named the event anew.
        items = [{k: v for k, v in csl.item(each).items() if k != "event-title"} for each in every]
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        found = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for each in items:
            found.register(Citation([CitationItem(each["id"])]))
        written = [str(line) for line in found.bibliography()]
        assert len(written) == 3
        assert any(line.startswith("Ruiz, A.") and "2025" in line and "Foro de prueba" in line for line in written)
        assert any("Intervención de “PREGUNTA”" in line for line in written)
        assert any(line.startswith("Consta") for line in written)


class TestZotero:
    """The rules of its «Embedded Metadata» translator: z:itemType decides, unless Highwire names a conference."""

    def test_a_turn_is_a_presentation_at_the_event(self) -> None:
        found = dict(tags(cited(version=Version.PRELIMINARY)))
        assert found["z:itemType"] == "presentation"
        assert found["bib:presentedAt"] == "Foro de prueba"
        assert found["DC.type"] == "Intervención; versión estenográfica preliminar"
        assert found["citation_author"] == found["DC.creator"] == "Ruiz, Ana"
        assert found["citation_publication_date"] == "2025/12/05"
        assert found["citation_language"] == "es", "else a name with two surnames is taken for two authors"
        assert found["citation_public_url"] == "https://consta.example.mx/foro/mesa-5/p42"
        assert not [name for name in found if "conference" in name or "journal" in name]

    def test_topics_are_its_tags(self) -> None:
        found = tags(cited(), ("PREP", "Cómputos"))
        assert [content for name, content in found if name == "citation_keywords"] == ["PREP", "Cómputos"]

    def test_who_is_not_named_is_no_author(self) -> None:
        for found in (cited(person="PREGUNTA", identified=False), cited(event={"fictitious": True}), announced()):
            assert not {"citation_author", "DC.creator"} & {name for name, _ in tags(found)}

    @given(any_cited())
    def test_contents_stand_on_one_line_and_fiction_says_so(self, found: Cited) -> None:
        every = dict(tags(found))
        assert all(content == " ".join(content.split()) and content for content in every.values())
        assert every["citation_title"].startswith("[TEXTO FICTICIO]") == found.fictitious
