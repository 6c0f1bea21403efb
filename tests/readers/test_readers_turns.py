"""Turns: headings between them, labels after which nobody says a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Kind
from indexer.readers import read
from tests.readers.made_documents import docx, odt, w_p
from tests.readers.made_transcripts import shown, transcript


def w_heading(text: str) -> str:
    """A paragraph of Word's style «Heading 2»."""
    return w_p(text).replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>')


HTML = "<h1>Foro</h1><p><b>Moderadora:</b> Hola.</p><h2>Segunda<br>parte</h2><p>Sigo.</p><p>Y sigo.</p>"
MARKDOWN = "# Foro\n\n**Moderadora:** Hola.\n\n## Segunda parte\n\nSigo.\n\nY sigo.\n"
DOCX = docx(
    w_heading("Foro") + w_p("*Moderadora:", " Hola.") + w_heading("Segunda parte") + w_p("Sigo.") + w_p("Y sigo.")
)
ODT = odt(
    "<text:h>Foro</text:h><text:p>Moderadora: Hola.</text:p><text:h>Segunda<text:line-break/>parte</text:h>"
    "<text:p>Sigo.</text:p><text:p>Y sigo.</text:p>"
)


@pytest.mark.parametrize(
    ("suffix", "data"), [(".html", HTML.encode()), (".md", MARKDOWN.encode()), (".docx", DOCX), (".odt", ODT)]
)
def test_a_heading_is_said_by_nobody(tmp_path: Path, suffix: str, data: bytes) -> None:
    """It is a turn of its own; who was speaking goes on below it in a new one."""
    path = tmp_path / f"transcripcion{suffix}"
    path.write_bytes(data)
    assert shown(read(path, Kind.TRANSCRIPT)) == [
        (0, None, "Foro"),
        (1, "Moderadora", "Hola."),
        (2, None, "Segunda parte"),
        (3, "Moderadora", "Sigo."),
        (3, "Moderadora", "Y sigo."),
    ]


def test_a_heading_that_is_a_label_stays_one(tmp_path: Path) -> None:
    """With its colon or without; one that names a theme does not become a speaker."""
    text = "## Moderadora:\n\nHola.\n\n## Elvira Prado Luna\n\nGracias.\n\n## Inteligencia Artificial\n\nSigo.\n"
    assert shown(transcript(tmp_path, text, ".md")) == [
        (0, "Moderadora", "Hola."),
        (1, "Elvira Prado Luna", "Gracias."),
        (2, None, "Inteligencia Artificial"),
        (3, "Elvira Prado Luna", "Sigo."),
    ]


def test_a_heading_that_announces_somebody_is_not_what_they_say(tmp_path: Path) -> None:
    """A title after the name, without a full stop."""
    text = "**Moderadora:** Hola.\n\n## Elvira Prado Luna: Una urna para todas\n\nSigo.\n"
    assert [who for _, who, _ in shown(transcript(tmp_path, text, ".md"))] == ["Moderadora", None, "Moderadora"]


def test_headings_above_the_first_label_are_one_turn_with_the_rest(tmp_path: Path) -> None:
    """What stands there is nobody's anyway."""
    text = "# Foro\n\nToluca, 2025.\n\n## Programa\n\nMesa 1.\n\n**Moderadora:** Hola.\n"
    assert [turn for turn, *_ in shown(transcript(tmp_path, text, ".md"))] == [0, 0, 0, 0, 1]


def test_two_headings_in_a_row_are_one_turn(tmp_path: Path) -> None:
    """Chapter and section."""
    text = "**Moderadora:** Hola.\n\n# Tarde\n\n## Preguntas\n\nSigo.\n\n# Cierre\n\n**Moderadora:** Adiós.\n"
    assert [turn for turn, *_ in shown(transcript(tmp_path, text, ".md"))] == [0, 1, 1, 2, 3, 4]


def test_a_label_without_words_is_told(tmp_path: Path) -> None:
    """At the end and between others; the name is in the warning."""
    found = transcript(tmp_path, "Moderadora: Hola.\nElvira Prado Luna:\nPonente 1: Sí.\nPonente 2:\n")
    assert shown(found) == [(0, "Moderadora", "Hola."), (1, "Ponente 1", "Sí.")]
    ((fault, cure),) = found.warnings
    assert "«Elvira Prado Luna», «Ponente 2»" in fault
    assert "quite la etiqueta" in cure


def test_a_label_above_its_words_has_words(tmp_path: Path) -> None:
    """On the next line, after a heading, as a post above its name, or as an act."""
    text = "Moderadora:\nHola.\n\n---\n\nMODERADORA\n\n(Aplausos)\n"
    assert not transcript(tmp_path, text).warnings
    assert not transcript(tmp_path, "**Moderadora:**\n\n## Inicio\n\nHola.\n", ".md").warnings
    two = "---\nSUBDIRECTORA DE ACTAS\nELVIRA PRADO LUNA: Gracias.\n---\nPREGUNTA\n¿Cuánto?\n"
    assert not transcript(tmp_path, two).warnings
