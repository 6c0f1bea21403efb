"""Plain text and Markdown."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read


def document(tmp_path: Path, name: str, text: str | bytes) -> Document:
    """The file as a transcript."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, Kind.TRANSCRIPT)


def said(document: Document) -> list[tuple[str | None, str]]:
    """Who is shown as the speaker of each block, and its text."""
    return [(b.speaker.shown if b.speaker else None, b.text) for b in document.blocks]


def test_a_line_is_a_paragraph(tmp_path: Path) -> None:
    """With or without blank lines between them."""
    assert said(document(tmp_path, "a.txt", "Uno.\nDos.\n\nTres.\r\nCuatro.")) == [
        (None, "Uno."), (None, "Dos."), (None, "Tres."), (None, "Cuatro."),
    ]  # fmt: skip


def test_text_wrapped_at_a_width_is_joined_again(tmp_path: Path) -> None:
    """And a label on a line of its own paragraph is seen."""
    text = (
        "Moderadora: Buenas tardes a las personas que hoy nos acompañan en\n"
        "esta mesa, en la que vamos a hablar de los resultados y de las\n"
        "actas.\n\n"
        "Ponente 1: Gracias por la invitación para estar aquí con todas\n"
        "ustedes.\n"
    )
    assert said(document(tmp_path, "a.txt", text)) == [
        (
            "Moderadora",
            "Buenas tardes a las personas que hoy nos acompañan en esta mesa, en la que vamos a hablar de los "
            "resultados y de las actas.",
        ),
        ("Ponente 1", "Gracias por la invitación para estar aquí con todas ustedes."),
    ]


def test_odd_spaces_and_decomposed_letters_do_not_hide_a_label(tmp_path: Path) -> None:
    """NBSP, zero-width characters, NFD."""
    text = unicodedata.normalize("NFD", "\ufeffSeñora\xa0Presidenta, Zoé\u200b Núñez\xa0Ávila:\xa0Sesión  abierta.")
    assert said(document(tmp_path, "a.txt", text)) == [("Zoé Núñez Ávila", "Sesión abierta.")]


def test_windows_and_utf16_texts_are_read(tmp_path: Path) -> None:
    """As the colleagues of decode.py promise."""
    for codec in ("cp1252", "utf-16", "utf-8-sig"):
        assert said(document(tmp_path, "a.txt", "Moderador: ¿Qué año?".encode(codec))) == [("Moderador", "¿Qué año?")]


def test_bold_marks_typed_into_plain_text_are_marks(tmp_path: Path) -> None:
    """``**Moderadora:**`` in a .txt file."""
    assert said(document(tmp_path, "a.txt", "**Moderadora:** Buenas tardes.")) == [("Moderadora", "Buenas tardes.")]


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    """Headings, emphasis, links, lists, quotes, tables, comments."""
    text = (
        "# Foro\n\n**Moderadora:** Buenas *tardes* a [todas](https://ejemplo.mx/a_b_c).<!-- nota -->\n\n"
        "- uno\n2. dos\n> tres\n\n| a | b |\n|---|---|\n| c | d |\n\n**Xunka Pat Ek:** Un_guion_bajo y 2 * 3.\n"
    )
    assert said(document(tmp_path, "a.md", text)) == [
        (None, "Foro"),
        ("Moderadora", "Buenas tardes a todas."),
        ("Moderadora", "uno"),
        ("Moderadora", "dos"),
        ("Moderadora", "tres"),
        ("Moderadora", "a | b"),
        ("Moderadora", "c | d"),
        ("Xunka Pat Ek", "Un_guion_bajo y 2 * 3."),
    ]


def test_front_matter_is_left_out_with_a_warning(tmp_path: Path) -> None:
    """The data belong into the TOML files."""
    found = document(tmp_path, "a.md", "---\ntitle: Una mesa\ntags:\n  - actas\n---\nModeradora: Hola.\n")
    assert said(found) == [("Moderadora", "Hola.")]
    assert [fault for fault, _ in found.warnings if "front matter" in fault]


def test_a_ruled_transcript_in_markdown_has_no_front_matter(tmp_path: Path) -> None:
    """Its first rule announces a speaker."""
    found = document(tmp_path, "a.md", "---\nPREGUNTA\n¿Cuánto cuesta: mucho?\n---\nRESPUESTA\nPoco.\n")
    assert said(found) == [("PREGUNTA", "¿Cuánto cuesta: mucho?"), ("RESPUESTA", "Poco.")]
    assert not found.warnings
