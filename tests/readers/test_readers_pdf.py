"""PDF files."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.model import Document, Kind
from indexer.readers import pdf as pdf_reader
from indexer.readers import read
from indexer.readers.pdf_layout import paragraphs_of_pages
from tests.readers.made_documents import pdf


def document(tmp_path: Path, data: bytes) -> Document:
    """The file as a transcript."""
    path = tmp_path / "transcripcion.pdf"
    path.write_bytes(data)
    return read(path, Kind.TRANSCRIPT)


def page(number: int, *lines: str) -> list[str]:
    """A page with a running head and a number at its foot."""
    return ["Instituto de la Costa", *lines, f"Página {number} de 3"]


def test_pages_are_joined_without_their_heads_and_numbers(tmp_path: Path) -> None:
    """Labels, broken words, paragraphs that run over the page."""
    found = document(
        tmp_path,
        pdf(
            [
                page(
                    1,
                    "Sesión de prueba",
                    "Moderadora: Buenas tardes a las personas que hoy nos acompa-",
                    "ñan en esta mesa, en la que hablaremos del sistema político-",
                    "electoral y de lo que sigue para",
                ),
                page(
                    2,
                    "todas las personas que votan en esta entidad federativa.",
                    "Ponente 1: Gracias. El PREP publicó las actas de las casillas",
                    "esa noche.",
                    "(Aplausos)",
                ),
                page(3, "Moderadora: Muchas gracias por todo lo que nos han contado hoy", "aquí."),
            ]
        ),
    )
    assert [(b.turn, b.speaker.shown if b.speaker else None, b.text) for b in found.blocks] == [
        (0, None, "Sesión de prueba"),
        (
            1,
            "Moderadora",
            "Buenas tardes a las personas que hoy nos acompañan en esta mesa, en la que hablaremos del sistema "
            "político-electoral y de lo que sigue para todas las personas que votan en esta entidad federativa.",
        ),
        (2, "Ponente 1", "Gracias. El PREP publicó las actas de las casillas esa noche."),
        (2, "Ponente 1", "(Aplausos)"),
        (3, "Moderadora", "Muchas gracias por todo lo que nos han contado hoy aquí."),
    ]


def test_a_page_without_text_is_a_warning(tmp_path: Path) -> None:
    """It may be an image."""
    found = document(tmp_path, pdf([["Moderadora: Buenas tardes a todas."], []]))
    assert [fault for fault, _ in found.warnings] == ["páginas del PDF sin texto: 2"]


def test_a_scanned_pdf_says_that_it_needs_recognition(tmp_path: Path) -> None:
    """There is nothing to read."""
    with pytest.raises(ReadError, match="OCR"):
        document(tmp_path, pdf([[], []]))


def test_a_protected_pdf_says_so(tmp_path: Path) -> None:
    """Its password is not ours to guess."""
    key = "<" + "00" * 32 + ">"
    extra = f"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O {key}/U {key}>>/ID[{key}{key}]"
    with pytest.raises(ReadError, match="contraseña"):
        document(tmp_path, pdf([["Buenas tardes a todas las personas."]], extra=extra))


def test_a_damaged_pdf_says_so(tmp_path: Path) -> None:
    """Cut in the middle."""
    with pytest.raises(ReadError, match="PDF"):
        document(tmp_path, b"%PDF-1.4\n1 0 obj\n<</Type/Catalog")


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is killed, and the message says what to do instead."""
    monkeypatch.setattr(pdf_reader, "SECONDS", 0.001)
    with pytest.raises(ReadError, match="tarda más"):
        document(tmp_path, pdf([["Buenas tardes a todas las personas."]]))


def test_a_hyphen_stays_where_the_document_writes_the_word_with_it() -> None:
    """And ligatures are letters."""
    found = paragraphs_of_pages([["El vaivén del norte-sur y el o\ufb01cio del norte-", "sur de la cabe-", "cera."]])
    assert " ".join(p.text for p in found) == "El vaivén del norte-sur y el oficio del norte-sur de la cabecera."
