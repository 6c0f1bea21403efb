"""What stands on the pages of a PDF and was not said, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Kind
from indexer.model.transcript import Document, LeftOut
from indexer.readers import read
from tests.readers.made_documents import Drawn, drawn, pdf

WORDS = ["boletas", "urnas", "actas", "listas", "sellos", "mamparas", "folios", "padrones"]


def document(tmp_path: Path, data: bytes) -> Document:
    """The file as a transcript."""
    path = tmp_path / "transcripcion.pdf"
    path.write_bytes(data)
    return read(path, Kind.TRANSCRIPT)


def speech(number: int) -> list[str]:
    """What is said on a page, other words on each."""
    one, other = WORDS[number % 8], WORDS[(number + 3) % 8]
    return [
        f"Moderadora: Toca hablar de {one} y de {other}, que se",
        f"revisan con {one} en la mano.",
        "Ponente: Así es.",
    ]


def spoken(found: Document) -> str:
    """All that is read as said."""
    return " ".join(block.text for block in found.blocks)


def left(found: Document) -> list[tuple[str, str, int]]:
    """All that is left out."""
    return [(one.text, one.why, one.times) for one in found.left_out]


def told(found: Document) -> list[str]:
    """What is said of it."""
    return [fault for fault, _ in found.warnings if fault.startswith("se dejó fuera")]


HEAD, NUMBER, TURNED = "encabezado o pie de página", "número de página", "texto girado o marca de agua"


def test_heads_of_odd_and_of_even_pages_are_left_out_and_told(tmp_path: Path) -> None:
    """Each stands on half of the pages only."""
    heads = ["Foro sobre las actas", "Segunda jornada"]
    found = document(tmp_path, pdf([[heads[n % 2], *speech(n), str(n + 7)] for n in range(6)]))
    assert left(found) == [("Foro sobre las actas", HEAD, 3), ("7", NUMBER, 6), ("Segunda jornada", HEAD, 3)]
    assert told(found) == [f"se dejó fuera de lo dicho ({HEAD}): «Foro sobre las actas», «Segunda jornada»"]
    assert "Foro" not in spoken(found)
    assert "7" not in spoken(found)


@pytest.mark.parametrize(
    "line", ["CONSEJERA PRESIDENTA:", "Ponente: Muchas gracias.", "Se abre la sesión.", "y con eso terminamos"]
)
def test_what_reads_as_a_label_or_as_speech_is_no_head(tmp_path: Path, line: str) -> None:
    """However often it begins a page."""
    found = document(tmp_path, pdf([[line, *speech(n)] for n in range(5)]))
    assert found.left_out == ()
    assert spoken(found).count("PRESIDENTA") + sum(b.speaker is not None for b in found.blocks) >= 5
    words = line.removeprefix("CONSEJERA PRESIDENTA:").removeprefix("Ponente: ")
    assert spoken(found).count(words) >= 5


def test_a_line_that_stands_elsewhere_as_well_is_no_head(tmp_path: Path) -> None:
    """Somebody says it."""
    pages = [["Acta por acta", *speech(n)] for n in range(5)]
    pages[2] += [*speech(4), "Acta por acta", *speech(5), *speech(6)]
    assert document(tmp_path, pdf(pages)).left_out == ()


def test_of_two_pages_only_what_stands_apart_is_a_head(tmp_path: Path) -> None:
    """Twice the same is little."""
    near = document(tmp_path, pdf([["Acta por acta", *speech(n)] for n in range(2)]))
    apart = [
        [Drawn(40, 800, "Acta por acta"), *(Drawn(40, 740 - 14 * m, line) for m, line in enumerate(speech(n)))]
        for n in range(2)
    ]
    assert (left(near), left(document(tmp_path, drawn(apart)))) == ([], [("Acta por acta", HEAD, 2)])


def test_what_a_browser_prints_around_a_page_is_left_out_of_one_page_too(tmp_path: Path) -> None:
    """The date and title above, the address and the page below."""
    lines = [Drawn(40, 810, "4/12/2025, 10:32 a.m."), Drawn(300, 810, "Versión de la sesión")]
    lines += [Drawn(40, 760 - 14 * m, line) for m, line in enumerate(speech(1))]
    lines += [Drawn(40, 30, "https://ejemplo.mx/sesion"), Drawn(520, 30, "1/1")]
    assert [text for text, _, _ in left(document(tmp_path, drawn([lines])))] == [
        "4/12/2025, 10:32 a.m. Versión de la sesión",
        "https://ejemplo.mx/sesion 1/1",
    ]


def test_numbers_of_lines_are_left_out_and_the_numbers_of_the_text_are_not(tmp_path: Path) -> None:
    """They stand in the margin and count up."""
    lines = [line for n in range(3) for line in speech(n)]
    pieces = [Drawn(60, 700 - 14 * n, line) for n, line in enumerate(lines)]
    pieces += [Drawn(40, 700 - 14 * n, str(n + 1)) for n in range(len(lines))]
    pieces.append(Drawn(60, 700 - 14 * len(lines), "12 personas votaron."))
    found = document(tmp_path, drawn([pieces]))
    assert left(found) == [("1 a 9", "números de renglón", 1)]
    assert told(found) == []
    assert spoken(found).endswith("12 personas votaron.")


def test_marks_across_the_page_and_in_its_margin_are_left_out(tmp_path: Path) -> None:
    """Turned, or in huge letters over the lines of most pages."""
    pages = [
        [
            *(Drawn(60, 700 - 14 * m, line) for m, line in enumerate(speech(n))),
            Drawn(100, 668, "BORRADOR", 90),
            Drawn(20, 300, "Firmado el lunes", degrees=90),
            Drawn(200, 200, "COPIA SIN VALOR", 40, degrees=45),
        ]
        for n in range(3)
    ]
    found = document(tmp_path, drawn(pages))
    assert left(found) == [("BORRADOR", TURNED, 3), ("Firmado el lunes", TURNED, 3), ("COPIA SIN VALOR", TURNED, 3)]
    assert "BORRADOR" not in spoken(found)


def test_notes_at_the_foot_are_kept_apart_with_their_marks(tmp_path: Path) -> None:
    """A note goes on over the page; a raised number that is no note's stays."""
    first = [*(Drawn(60, 700 - 14 * m, line) for m, line in enumerate(speech(0))), Drawn(150, 676, "1", 5)]
    first += [Drawn(60, 80, "1 Según el acuerdo de la junta, que se", 7), Drawn(60, 70, "publicó en agosto y", 7)]
    second = [Drawn(60, 700 - 14 * m, line) for m, line in enumerate(speech(1))]
    second += [Drawn(60, 80, "se corrigió después.", 7), Drawn(60, 70, "2 Véase el anexo.", 7)]
    found = document(tmp_path, drawn([first, second]))
    assert found.left_out == (
        LeftOut("1 Según el acuerdo de la junta, que se publicó en agosto y se corrigió después.", "nota al pie"),
        LeftOut("2 Véase el anexo.", "nota al pie"),
    )
    assert found.warnings[0][0].startswith("se dejó fuera de lo dicho (nota al pie): «1 Según el acuerdo")
