"""Citations to be read: what each kind of text gives, and what none may claim."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from indexer.model import Kind, Version
from search_app.citations.cited import Cited
from search_app.citations.prose import apa, apa_in_text, footnote, notes, plain
from tests.search_app.citations.made_citations import announced, any_cited, cited

WHERE = "Disponible en: https://consta.example.mx/foro/mesa-5/p42 (fecha de consulta: 22 de noviembre de 2026)."


def test_a_footnote_says_who_where_when_in_which_version_and_minute() -> None:
    found = cited(start_s=724.0, session={"video": "https://youtu.be/abc", "video_start_s": 10.0})
    assert plain(footnote(found)) == (
        "Ruiz, Ana (Consejera, Instituto de Prueba), intervención en la mesa 5, “Innovación”, Foro de prueba, IEEM, "
        "5 de diciembre de 2025, versión estenográfica, minuto 12:14 del video, fragmento 42, en Consta, edición "
        f"3f9c01d2ab77. {WHERE}"
    )
    assert [run.text for run in footnote(found) if run.slanted] == ["Foro de prueba", "Consta"]


def test_apa_gives_initials_date_description_event_and_retrieval() -> None:
    found = cited(start_s=724.0, event={"venue": "Toluca"})
    assert plain(apa(found)) == (
        "Ruiz, A. (2025, 5 de diciembre). Intervención en la mesa 5, “Innovación” [Consejera, Instituto de Prueba; "
        "versión estenográfica; minuto 12:04; fragmento 42]. Foro de prueba, IEEM, Toluca. Consta, edición "
        "3f9c01d2ab77. Recuperado el 22 de noviembre de 2026, de https://consta.example.mx/foro/mesa-5/p42"
    )
    assert apa_in_text(found) == "(Ruiz, 2025, 12:04)"


def test_a_day_that_is_not_confirmed_is_said_to_be_so() -> None:
    found = cited(session={"date": None})
    assert "fecha por confirmar (el evento fue los días 4 y 5 de diciembre de 2025)" in plain(footnote(found))
    assert "(2025, 4 y 5 de diciembre; fecha por confirmar)" in plain(apa(found))
    assert "Fecha por confirmar (el evento fue los días 4 y 5 de diciembre de 2025)" in notes(found)
    over_new_year = cited(event={"end": dt.date(2026, 1, 2)}, session={"date": None})
    assert "(2025-2026; fecha por confirmar)" in plain(apa(over_new_year))


def test_who_is_printed_as_a_role_is_quoted_as_printed_and_is_no_author() -> None:
    found = cited(person="PREGUNTA", identified=False, post=None)
    assert found.author is None
    assert plain(footnote(found)).startswith(
        "“PREGUNTA” (persona no identificada en la versión citada), intervención en la mesa 5"
    )
    assert plain(apa(found)).startswith(
        "Intervención de “PREGUNTA” en la mesa 5, “Innovación” [Persona no identificada"
    )
    assert apa_in_text(found) == "(“Intervención de PREGUNTA”, 2025, fragm. 42)"


def test_where_nobody_is_named_that_is_said() -> None:
    found = cited(person=None, identified=False, post=None)
    assert plain(footnote(found)).startswith("Persona no identificada en la versión citada, intervención en la mesa 5")
    assert "no consta quién habla" in plain(apa(found))


def test_automatic_captions_are_never_more_than_that() -> None:
    found = cited(version=Version.AUTOMATIC_CAPTIONS)
    for text in (plain(footnote(found)), plain(apa(found))):
        assert "subtítulos automáticos, sin revisar" in text
        assert "estenográfica" not in text
    assert "Subtítulos automáticos, sin revisar: no es una versión oficial" in notes(found)


@pytest.mark.parametrize("kind", [Kind.DESCRIPTION, Kind.TRANSCRIPT])
def test_own_wording_is_the_sites_and_nobodys_words(kind: Kind) -> None:
    found = cited(kind=kind, own_wording=True, version=None)
    for text in (plain(footnote(found)), plain(apa(found))):
        assert "edacción propia a partir de fuentes; no es cita de lo que se dijo" in text
        assert "Ruiz" not in text
        assert "ntervención" not in text
    assert plain(apa(found)).startswith("Consta. (s. f.). ")


def test_the_dossier_of_an_event_is_cited_as_its_file() -> None:
    assert plain(footnote(announced(own_wording=True, fact=0))).startswith(
        "Ficha del evento “Foro de prueba” (redacción"
    )
    assert plain(footnote(announced())).startswith("Anuncio del evento “Foro de prueba”, IEEM, 4 y 5 de diciembre")


def test_what_nobody_said_has_no_author_no_date_and_no_version() -> None:
    found = cited(event={"fictitious": True})
    for text in (plain(footnote(found)), plain(apa(found)), apa_in_text(found)):
        assert "TEXTO FICTICIO" in text
        assert "2025" not in text
        assert "estenográfica" not in text
        assert not text.startswith("Ruiz")
    assert "Intervención de “Ana Ruiz” en la mesa 5" in plain(footnote(found))


@pytest.mark.parametrize(
    ("session", "words"),
    [
        ({"number": None}, "en la mesa “Innovación”"),
        ({"title": "Mesa 5. Innovación"}, "en la mesa 5, “Innovación”"),
        ({"number_inferred": True}, "en la mesa 5 (número inferido), “Innovación”"),
        ({"title": "La “nube”"}, "en la mesa 5, “La ‘nube’”"),
    ],
)
def test_a_mesa_is_called_by_its_number_and_title(session: dict[str, object], words: str) -> None:
    assert f"intervención {words}, Foro" in plain(footnote(cited(session=session)))


def test_an_institution_that_the_post_names_is_not_said_twice() -> None:
    found = cited(post="Consejera del Instituto de Prueba")
    assert plain(footnote(found)).startswith("Ruiz, Ana (Consejera del Instituto de Prueba), ")


@given(any_cited())
def test_every_citation_says_where_it_is_and_when_it_was_consulted(found: Cited) -> None:
    for text in (plain(footnote(found)), plain(apa(found))):
        assert found.address in text
        assert "22 de noviembre de 2026" in text
        assert ("TEXTO FICTICIO" in text) == found.fictitious
        assert "  " not in text
        assert "None" not in text.replace(found.event.title, "")


def test_an_inferred_name_is_an_attribution_and_no_author() -> None:
    found = cited(inferred=True)
    assert found.author is None
    assert plain(footnote(found)).startswith(
        "Intervención atribuida a “Ana Ruiz” (Consejera, Instituto de Prueba; nombre inferido) en la mesa 5, "
        "“Innovación”, Foro de prueba, IEEM, 5 de diciembre de 2025"
    )
    assert plain(apa(found)).startswith(
        "Intervención atribuida a “Ana Ruiz” (nombre inferido) en la mesa 5, “Innovación” [Consejera, Instituto de "
        "Prueba; versión estenográfica; fragmento 42]. (2025, 5 de diciembre)."
    )
    assert apa_in_text(found) == "(“Intervención atribuida a Ana Ruiz”, 2025, fragm. 42)"
    assert any(note.startswith("Nombre inferido. El texto no dice con certeza quién habla") for note in notes(found))
    assert not any("no identificada" in note for note in notes(found))


def test_an_inferred_role_is_neither_identified_nor_certain() -> None:
    found = cited(person="PREGUNTA", identified=False, post=None, inferred=True)
    assert plain(footnote(found)).startswith(
        "Intervención atribuida a “PREGUNTA” (persona no identificada en la versión citada; nombre inferido) en la mesa"
    )


def test_what_nobody_said_is_not_less_made_up_for_an_inferred_name() -> None:
    found = cited(event={"fictitious": True}, inferred=True)
    for text in (plain(footnote(found)), plain(apa(found)), apa_in_text(found)):
        assert text.startswith(("[TEXTO FICTICIO", "(TEXTO FICTICIO"))
        assert "atribuida a" in text


@given(any_cited())
def test_no_citation_leaves_out_that_a_name_is_inferred(found: Cited) -> None:
    for text in (plain(footnote(found)), plain(apa(found)), found.title, ". ".join(notes(found))):
        assert ("nombre inferido" in text.casefold().replace(found.passage.text.casefold(), "")) == found.inferred
    assert not (found.inferred and found.author)
