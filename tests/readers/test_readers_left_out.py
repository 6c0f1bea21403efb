"""What Word, LibreOffice and web pages hold and nobody said: kept apart, told, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.paragraphs import why_not_speech
from tests.readers.made_documents import docx, odt, w_p

TXBX = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NOTE = "nota al pie"
HIDDEN = "texto oculto"
AROUND = "menú, pie o aviso de la página web"
LINKS = "enlaces de la página web"


def document(tmp_path: Path, name: str, data: bytes | str) -> Document:
    """The file as a transcript."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path, Kind.TRANSCRIPT)


def said(found: Document) -> list[tuple[str | None, str]]:
    """Who is shown as the speaker of each block, and its text."""
    return [(b.speaker.shown if b.speaker else None, b.text) for b in found.blocks]


def left(found: Document) -> list[tuple[str, str]]:
    """What is left out, with why."""
    return [(one.text, one.why) for one in found.left_out]


def test_notes_and_comments_of_a_word_document_are_kept_apart(tmp_path: Path) -> None:
    """In the text nothing is left of them, and a warning has their words."""
    body = (
        '<w:p><w:r><w:t>Moderadora: Hay plazo</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>, según la ley.</w:t></w:r></w:p>"
    )
    notes = f'<w:footnote w:type="separator" w:id="-1">{w_p("—")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{w_p("Artículo 9.")}</w:footnote>'
    comment = f'<w:comment w:id="0">{w_p("Revisar la fecha.")}</w:comment>'
    found = document(tmp_path, "a.docx", docx(body, footnotes=notes, comments=comment, header1=w_p("Junta local")))
    assert said(found) == [("Moderadora", "Hay plazo, según la ley.")]
    assert left(found) == [
        ("Revisar la fecha.", "comentario al margen"),
        ("Artículo 9.", NOTE),
        ("Junta local", "encabezado o pie del documento"),
    ]
    assert [fault for fault, _ in found.warnings] == [
        "se dejó fuera de lo dicho (comentario al margen): «Revisar la fecha.»",
        "se dejó fuera de lo dicho (nota al pie): «Artículo 9.»",
    ]


def test_hidden_text_of_a_word_document_is_left_out_also_by_its_style(tmp_path: Path) -> None:
    """Text that only looks like capitals stays."""
    styles = (
        '<w:style w:type="character" w:styleId="o"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:basedOn w:val="o"/>'
        '<w:rPr><w:vanish w:val="0"/><w:caps/><w:b/></w:rPr></w:style>'
    )
    body = (
        '<w:p><w:r><w:rPr><w:rStyle w:val="c"/></w:rPr><w:t>Elvira Prado Luna:</w:t></w:r>'
        "<w:r><w:t> Sigo.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> Uno.</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="o"/></w:rPr><w:t> Dos.</w:t></w:r></w:p>'
    )
    found = document(tmp_path, "a.docx", docx(body, styles=styles))
    assert (said(found), left(found)) == ([("Elvira Prado Luna", "Sigo.")], [("Uno. Dos.", HIDDEN)])


def test_a_text_box_of_a_word_document_is_read_once(tmp_path: Path) -> None:
    """With or without the form for older programs beside it."""
    box = f"<w:txbxContent>{w_p('Ponente: En el recuadro.')}</w:txbxContent>"
    new = f'<w:drawing><s:txbx xmlns:s="{TXBX}">{box}</s:txbx></w:drawing>'
    for forms in (f"<mc:Choice>{new}</mc:Choice>", f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"):
        drawn = f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>"
        body = f"<w:p><w:r><w:t>Moderadora: Vean.</w:t></w:r>{drawn}</w:p>"
        assert said(document(tmp_path, "a.docx", docx(body))) == [
            ("Moderadora", "Vean."),
            ("Ponente", "En el recuadro."),
        ]


def test_what_was_moved_or_joined_in_word_is_read_as_it_is_now(tmp_path: Path) -> None:
    """Where it was moved from it is no more; a paragraph whose end was deleted goes on."""
    body = (
        '<w:p><w:moveFrom w:id="1"><w:r><w:t>Movido.</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr><w:r><w:t>Moderadora: Esto se</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve"> unió.</w:t></w:r></w:p>'
        '<w:p><w:moveTo w:id="1"><w:r><w:t>Movido.</w:t></w:r></w:moveTo></w:p>'
    )
    assert said(document(tmp_path, "a.docx", docx(body))) == [
        ("Moderadora", "Esto se unió."),
        ("Moderadora", "Movido."),
    ]


def test_notes_and_hidden_text_of_libreoffice_are_kept_apart(tmp_path: Path) -> None:
    """Sections that are hidden, and the readings above letters, too."""
    body = (
        "<text:p>Moderadora: Hay plazo<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Artículo 9.</text:p></text:note-body></text:note>, según <text:ruby><text:ruby-base>la ley"
        "</text:ruby-base><text:ruby-text>LL</text:ruby-text></text:ruby>.<text:soft-page-break/></text:p>"
        '<text:section text:display="none"><text:p>Borrador.</text:p></text:section>'
    )
    found = document(tmp_path, "a.odt", odt(body))
    assert said(found) == [("Moderadora", "Hay plazo, según la ley.")]
    assert left(found) == [("Artículo 9.", NOTE), ("Borrador.", HIDDEN)]


PAGE = (
    "<nav><a>Inicio</a> <a>Contacto</a></nav><div class='cookie-notice'>Usamos cookies.</div><template>Plantilla"
    "</template><p>Moderadora: Buenas tardes a todas las personas que están aquí.</p><p aria-hidden='true'>Adorno</p>"
    "<p>Ponente: Gracias por la invitación a esta mesa.</p><p><a href='i'>Regresar</a></p><footer>Calle 5</footer>"
)


def test_menus_notices_and_hidden_parts_of_a_page_are_listed(tmp_path: Path) -> None:
    """Links and short notices need no warning."""
    found = document(tmp_path, "a.html", PAGE)
    assert [name for name, _ in said(found)] == ["Moderadora", "Ponente"]
    assert left(found) == [
        ("Inicio Contacto", LINKS),
        ("Usamos cookies.", AROUND),
        ("Plantilla", HIDDEN),
        ("Adorno", HIDDEN),
        ("Calle 5", AROUND),
        ("Regresar", LINKS),
    ]
    assert [fault for fault, _ in found.warnings] == [
        f"se dejó fuera de lo dicho ({HIDDEN}): «Plantilla», «Adorno»",
    ]


def test_a_part_around_the_page_that_may_hold_speech_is_told(tmp_path: Path) -> None:
    """It has as many words as a turn."""
    found = document(tmp_path, "a.html", PAGE.replace("Calle 5", "Aquí se habló de las urnas del distrito. " * 8))
    assert [fault for fault, _ in found.warnings if AROUND in fault]


def test_notes_of_a_page_that_word_made_are_kept_apart(tmp_path: Path) -> None:
    """With the numbers that lead to them."""
    note = "<div style='mso-element:footnote-list'><p><a href='#_r1'>[1]</a> Artículo 9.</p></div>"
    found = document(
        tmp_path, "a.html", f"<p>Moderadora: Hay plazo<a href='#_f1'>[1]</a>.</p>{note}<p><del>No.</del></p>"
    )
    assert said(found) == [("Moderadora", "Hay plazo.")]
    assert left(found) == [("[1] Artículo 9.", NOTE), ("No.", HIDDEN)]


def test_a_link_at_the_end_of_what_is_said_stays(tmp_path: Path) -> None:
    """Somebody said it."""
    found = document(tmp_path, "a.html", "<p>Moderadora: Está en <a href='x'>la página del foro</a></p>")
    assert (said(found), found.left_out) == ([("Moderadora", "Está en la página del foro")], ())


@pytest.mark.parametrize(
    "line",
    [
        "La transcripción finalizó después de 00:32:10",
        "Transcribed by https://otter.ai",
        "Generado con TurboScribe",
        "Subtítulos realizados por la comunidad de Amara.org",
        "Elvira Prado Luna inició la transcripción",
        "Todos los derechos reservados 2024",
        "Página 3 de 12",
        "Elaboró: E. P. L.",
    ],
)
def test_lines_of_programs_and_of_whoever_made_the_document_are_left_out(tmp_path: Path, line: str) -> None:
    """Wherever they stand."""
    found = document(tmp_path, "a.txt", f"Moderadora: Buenas tardes.\n\n{line}\n\nPonente: Gracias.")
    assert [text for text, _ in said(found)] == ["Moderadora", "Ponente"]
    assert [text for text, _ in left(found)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Generada con el esfuerzo de quienes cuidan las casillas",
        "La transcripción de las actas empezó tarde",
        "creado por Google, y no por nosotros, según se dijo aquel día en que todo empezó, y que vale la pena recordar",
        "La jornada terminó y se detuvo la captura",
        "Los derechos de las mujeres",
    ],
)
def test_sentences_that_begin_like_them_are_said(line: str) -> None:
    """Only what names a program is one's work."""
    assert why_not_speech(line) is None


def test_what_a_program_puts_among_captions_is_left_out(tmp_path: Path) -> None:
    """Recognisers write it where nobody speaks."""
    cues = "1\n00:00:01,000 --> 00:00:02,000\nBuenas tardes.\n\n2\n00:00:03,000 --> 00:00:04,000\n"
    found = document(tmp_path, "a.srt", cues + "Subtítulos realizados por la comunidad de Amara.org\n")
    assert (said(found), len(found.left_out), len(found.warnings)) == ([(None, "Buenas tardes.")], 1, 1)
