"""Tables of time, who and words: in files of their own, in a text, in a Word document, in a page."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.captions.tables import read_table
from tests.readers.made_documents import docx, w_p

TURNS = [(3.0, "Elvira Montes", "Se abre la sesión; hay quórum."), (9.0, "Ponente 2", "Tomo nota, maestra."),
         (14.5, "Elvira Montes", "Siguiente punto del orden.")]  # fmt: skip


def told(document: Document) -> list[tuple[float | None, str | None, str]]:
    """Second, who, words."""
    return [(b.start_s, b.speaker.shown if b.speaker else None, b.text) for b in document.blocks]


def _quoted(cells: list[str]) -> str:
    return ";".join(f'"{cell}"' for cell in cells)


CLOCKS = ["0:03", "00:00:09", "0:14.5"]
FORMS = {
    "tabs, Spanish": "inicio\thablante\ttexto\n" + "\n".join("\t".join((str(s), w, t)) for s, w, t in TURNS),
    "semicolons, quoted, decimal commas": "Texto;Inicio;Quién habla\n"
    + "\n".join(_quoted([t, str(s).replace(".", ","), w]) for s, w, t in TURNS),
    "commas, English, milliseconds": "start_ms,speaker,text\n"
    + "\n".join(f'{round(s * 1000)},{w},"{t}"' for s, w, t in TURNS),
    "clocks, no heads": "\n".join(f"{c}\t{w}\t{t}" for c, (_, w, t) in zip(CLOCKS, TURNS, strict=True)),
    "bars": "Hora|Orador|Intervención\n" + "\n".join(f"{s}|{w}|{t}" for s, w, t in TURNS),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_is_read_however_it_is_parted_named_and_timed(form: str, encoding: str) -> None:
    """As spreadsheets and recognisers save them."""
    document = read_table(FORMS[form].encode(encoding))
    assert told(document) == TURNS
    assert document.captions


def test_whispers_table_counts_milliseconds() -> None:
    """Whole numbers under «start» that would else take days."""
    document = read_table(b"start\tend\ttext\n0\t4500\tSe abre la sesi\xc3\xb3n.\n4500\t9000\tHay qu\xc3\xb3rum.\n")
    assert [(b.start_s, b.end_s) for b in document.blocks] == [(0.0, 4.5), (4.5, 9.0)]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.html"])
def test_the_same_table_is_seen_in_a_text_in_word_and_in_a_page(tmp_path: Path, name: str) -> None:
    """The line above it is text of nobody."""
    rows = [("Tiempo", "Hablante", "Texto"), *((c, w, t) for c, (_, w, t) in zip(CLOCKS, TURNS, strict=True))]
    cells = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    in_word = "".join(
        "<w:tr>" + "".join(f"<w:tc>{w_p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )  # fmt: skip
    made = {
        "a.txt": ("Mesa de prueba\n" + "\n".join("\t".join(row) for row in rows)).encode(),
        "a.md": ("Mesa de prueba\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)).encode(),
        "a.html": f"<html><body><p>Mesa de prueba</p><table>{cells}</table></body></html>".encode(),
        "a.docx": docx(w_p("Mesa de prueba") + f"<w:tbl>{in_word}</w:tbl>"),
    }
    path = tmp_path / name
    path.write_bytes(made[name])
    document = read(path, Kind.TRANSCRIPT)
    assert told(document) == [(None, None, "Mesa de prueba"), *TURNS]
    assert document.captions
    assert document.warnings == ()


def test_hours_of_a_day_are_no_times_of_a_recording(tmp_path: Path) -> None:
    """The programme of a forum, in columns."""
    path = tmp_path / "a.txt"
    path.write_text("10:00\tRegistro\n10:30\tInauguración\n11:00\tPrimera mesa\n12:00\tReceso\n", encoding="utf-8")
    document = read(path, Kind.TRANSCRIPT)
    assert not document.captions
    assert "programa de un día" in document.warnings[0][0]


def test_columns_that_are_not_read_are_named() -> None:
    """Nothing is left out unsaid."""
    document = read_table(b"inicio,texto,confianza\n1,uno dos,0.9\n3,tres cuatro,0.8\n")
    assert "«confianza»" in document.warnings[0][0]


def test_a_row_without_its_time_keeps_its_place() -> None:
    """And is said, with its line."""
    document = read_table(b"inicio,texto\n0:01,uno\n0:x5,dos\n0:09,tres\n0:12,cuatro\n")
    assert [block.start_s for block in document.blocks] == [1, None, 9, 12]
    assert "renglón 3" in document.warnings[0][0]


@pytest.mark.parametrize("text", ["Nombre,Correo\nAna,a@x\nLuz,l@x\n", "solo texto\n", '"sin fin,\n' * 9, "a\tb\n"])
def test_what_is_no_table_of_speech_is_refused_with_its_cure(text: str) -> None:
    """It says which columns are looked for."""
    with pytest.raises(ReadError) as refused:
        read_table(text.encode())
    assert "inicio" in refused.value.cure


@given(st.text(alphabet='0123456789:,;\t\n"|ab é.-', max_size=200))
def test_no_table_raises_anything_but_a_read_error(text: str) -> None:
    """Whatever the signs."""
    with contextlib.suppress(ReadError):
        assert read_table(text.encode()).blocks


@pytest.mark.parametrize("heads", ["Hablante\tTexto\n", ""], ids=["named", "not named"])
@pytest.mark.parametrize("suffix", [".tsv", ".txt"])
def test_a_table_of_who_and_words_gives_turns_without_times(tmp_path: Path, heads: str, suffix: str) -> None:
    """Nobody's words go under the name of the row above."""
    path = tmp_path / f"a{suffix}"
    path.write_text(heads + "\n".join(f"{who}\t{said}" for _, who, said in TURNS), encoding="utf-8")
    document = read(path, Kind.TRANSCRIPT)
    assert told(document) == [(None, who, said) for _, who, said in TURNS]
    assert [block.turn for block in document.blocks] == [0, 1, 2]
    assert not document.captions


def test_a_list_of_people_and_their_posts_is_no_table_of_speech(tmp_path: Path) -> None:
    """Nobody comes back in it."""
    path = tmp_path / "a.txt"
    path.write_text("Elvira Montes\tConsejera\nRamiro Cano\tSecretario\nLuz Mora\tVocal\n", encoding="utf-8")
    assert not any(block.speaker and block.text == "Secretario" for block in read(path, Kind.TRANSCRIPT).blocks)
