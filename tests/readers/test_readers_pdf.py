"""PDF files."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.pdf.pages import read_pdf
from tests.readers.made_documents import Drawn, drawn, pdf


def document(tmp_path: Path, data: bytes) -> Document:
    """The file as a transcript."""
    path = tmp_path / "transcripcion.pdf"
    path.write_bytes(data)
    return read(path, Kind.TRANSCRIPT)


def said(found: Document) -> list[tuple[str | None, str]]:
    """Who is shown as the speaker of each block, and its text."""
    return [(block.speaker.shown if block.speaker else None, block.text) for block in found.blocks]


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


def test_a_hyphen_stays_where_the_document_writes_the_word_with_it(tmp_path: Path) -> None:
    """The words of a compound are known from the rest of the text."""
    found = document(tmp_path, pdf([["El vaivén del norte-sur y el oficio del norte-", "sur de la cabe-", "cera."]]))
    assert said(found) == [(None, "El vaivén del norte-sur y el oficio del norte-sur de la cabecera.")]


LEFT = [
    "Moderadora: Buenas tardes a todas las",
    "personas que hoy vienen a esta sala a",
    "hablar de la captura de las actas de",
]
LEFT += ["casilla y de lo que sigue para quienes", "la cuidan cada tres años.", "Ponente: Gracias por la invitación a"]
RIGHT = [
    "este foro, que sirve para que nadie se",
    "quede sin saber cómo se cuentan los",
    "votos ni quién los cuenta en la noche",
]
RIGHT += [
    "de la jornada, casilla por casilla, sin",
    "que falte una sola de las actas que se",
    "pegan afuera de las escuelas.",
]


@pytest.mark.parametrize("by_row", [True, False])
def test_two_columns_are_read_one_after_the_other(tmp_path: Path, by_row: bool) -> None:
    """In whatever order they were drawn."""
    left = [Drawn(40, 700 - 13 * n, line) for n, line in enumerate(LEFT)]
    right = [Drawn(310, 700 - 13 * n, line) for n, line in enumerate(RIGHT)]
    pieces = [piece for pair in zip(left, right, strict=True) for piece in pair] if by_row else [*right, *left]
    found = document(tmp_path, drawn([[Drawn(150, 760, "Foro sobre las actas de casilla"), *pieces]]))
    assert said(found) == [
        (None, "Foro sobre las actas de casilla"),
        ("Moderadora", " ".join(LEFT[:5]).removeprefix("Moderadora: ")),
        ("Ponente", " ".join([LEFT[5], *RIGHT]).removeprefix("Ponente: ")),
    ]


@pytest.mark.parametrize("line", [0, 1, 2])
@pytest.mark.parametrize("names", [["MODERADORA:"], ["SECRETARIO", "EJECUTIVO:"]])
def test_names_in_a_column_of_their_own_begin_what_stands_beside_them(
    tmp_path: Path, line: int, names: list[str]
) -> None:
    """At its top, in its middle or at its foot, on one line or two: they are no column of text."""
    pieces: list[Drawn] = []
    for n in range(3):
        top = 700 - 60 * n
        beside = names if n % 2 == 0 else ["PONENTE:"]
        pieces += [Drawn(40, top - 13 * min(line, 3 - len(beside)) - 13 * m, name) for m, name in enumerate(beside)]
        pieces += [
            Drawn(160, top - 13 * m, text)
            for m, text in enumerate(["Dijo esto de lo que pasó y", "nada más, pero", "lo dijo."])
        ]
    label = " ".join(names).rstrip(":")
    assert said(document(tmp_path, drawn([pieces]))) == [
        (name, "Dijo esto de lo que pasó y nada más, pero lo dijo.") for name in (label, "PONENTE", label)
    ]


def test_a_title_in_larger_letters_is_said_by_nobody(tmp_path: Path) -> None:
    """It stands between the turns."""
    pieces = [Drawn(40, 700, "Moderadora: Pasemos al punto."), Drawn(40, 670, "Segundo punto", 14)]
    pieces += [
        Drawn(40, 650 - 14 * n, text) for n, text in enumerate(["Ponente: Es el de las actas.", "Moderadora: Sí."])
    ]
    assert said(document(tmp_path, drawn([pieces])))[1] == (None, "Segundo punto")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_turned(tmp_path: Path, degrees: int) -> None:
    """As scanners and wide tables leave them."""
    along = {90: lambda n: (200 + 14 * n, 60), 180: lambda n: (500, 200 + 14 * n), 270: lambda n: (400 - 14 * n, 780)}
    lines = ["Moderadora: Buenas tardes a todas las personas", "que hoy nos acompañan.", "Ponente: Gracias."]
    pieces = [Drawn(*along[degrees](n), line, degrees=degrees) for n, line in enumerate(lines)]
    assert said(document(tmp_path, drawn([pieces], turned=degrees))) == [
        ("Moderadora", "Buenas tardes a todas las personas que hoy nos acompañan."),
        ("Ponente", "Gracias."),
    ]


def test_letters_that_were_set_one_by_one_are_words(tmp_path: Path) -> None:
    """Their places tell, with spaces drawn or not."""
    text, at, pieces = "Moderadora: Ana llama al pleno.", 40.0, []
    widths = {" ": 2.78, ":": 2.78, ".": 2.78, "M": 8.33, "m": 8.33, "r": 3.33, "l": 2.22, "A": 6.67}
    for letter in text:
        if letter != " ":
            pieces.append(Drawn(round(at, 2), 700, letter))
        at += widths.get(letter, 5.56)
    assert said(document(tmp_path, drawn([pieces]))) == [("Moderadora", "Ana llama al pleno.")]


def test_letters_without_unicode_are_marked_and_told(tmp_path: Path) -> None:
    """Never a silent gap; where most are lost, nothing is read."""
    lost = "".join(f"/g{n} " for n in range(3))
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[1 " + lost + "]>>>>"
    found = document(
        tmp_path, drawn([[Drawn(40, 700, "Moderadora: Vengan \x01\x02\x03 a la sala, por favor.")]], font=font)
    )
    assert "\ufffd\ufffd\ufffd" in found.blocks[0].text
    assert sum("no tienen Unicode" in fault for fault, _ in found.warnings) == 1
    with pytest.raises(ReadError, match="OCR"):
        document(tmp_path, drawn([[Drawn(40, 700, "\x01\x02\x03" * 10)]], font=font))


def test_bold_labels_without_a_colon_are_seen(tmp_path: Path) -> None:
    """Fonts that are called bold are."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
    lines = ["Elvira Prado Luna", "Óscar Nieto Vela", "Elvira Prado Luna"]
    data = drawn([[Drawn(40, 700 - 14 * n, line) for n, line in enumerate(lines)]], font=font)
    assert [p.bold for p in read_pdf(data).paragraphs] == [len(line) for line in lines]
