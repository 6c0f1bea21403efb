"""The door of the readers: what it takes, what it refuses, and in which words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.formats import FORMATS, listed
from indexer.model import Kind
from indexer.readers import SUFFIXES, read
from indexer.readers.decode import MAX_BYTES
from indexer.readers.reading import reader_of
from tests.readers.made_documents import docx, odt, pdf, w_p, zipped

LONG_ENOUGH = "Buenas tardes a todas las personas presentes."


def refused(path: Path, data: bytes) -> ReadError:
    """The error that this file is refused with."""
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path, Kind.TRANSCRIPT)
    assert caught.value.fault
    assert caught.value.cure
    return caught.value


def test_every_format_of_the_table_has_a_reader() -> None:
    """And no suffix stands in two rows."""
    assert sum(len(one.suffixes) for one in FORMATS) == len(SUFFIXES)
    for suffix in SUFFIXES:
        assert callable(reader_of(suffix))


@pytest.mark.parametrize("page", ["README.md", "corpus/LEEME.md"])
def test_what_staff_read_of_the_formats_is_what_the_table_says(page: str) -> None:
    """A sentence of each lists every suffix."""
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    assert f"Se aceptan {listed()}" in text


def test_a_suffix_stands_in_the_table_and_nowhere_else() -> None:
    """Modules that list formats make the list from it."""
    rare = SUFFIXES - {".json", ".txt", ".md", ".html", ".vtt", ".srt", ".docx", ".xml"}  # named for other reasons
    registering = {f"{one.reader.split('.')[-2]}.py" for one in FORMATS}
    for path in [*Path("indexer").rglob("*.py"), *Path("search_app").rglob("*.py")]:
        if path.name not in {*registering, "formats.py", "sbv.py", "odt.py", "file_type.py"}:
            found = {suffix for suffix in rare if f'"{suffix}"' in path.read_text(encoding="utf-8")}
            assert not found, f"{path}: {found}"


def test_the_door_opens_without_the_format_libraries() -> None:
    """They take time and memory: only the reader that needs one loads it."""
    code = (
        "import sys, indexer.readers; "
        "print([m for m in ('bs4', 'lxml', 'odf', 'pypdfium2', 'striprtf', 'webvtt', 'srt') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n "], ids=["empty", "blank"])
def test_an_empty_file_says_so(tmp_path: Path, suffix: str, data: bytes) -> None:
    """Whatever its format."""
    assert "vacío" in refused(tmp_path / f"transcripcion{suffix}", data).fault


@pytest.mark.parametrize(
    ("name", "data", "fault", "cure"),
    [
        ("a.pdf", docx(w_p(LONG_ENOUGH)), "Word", ".docx"),
        ("a.pdf", odt("<text:p>Hola</text:p>"), "ODT", ".odt"),
        ("a.pdf", b"solo texto", "no es un archivo PDF", ".pdf"),
        ("a.docx", pdf([[LONG_ENOUGH]]), "PDF", ".pdf"),
        ("a.docx", odt("<text:p>Hola</text:p>"), "ODT", ".odt"),
        ("a.docx", b"solo texto", "no es un documento de Word", ".docx"),
        ("a.docx", zipped({"a.txt": "hola"}), "Word", ".docx"),
        ("a.docx", docx(w_p(LONG_ENOUGH))[:-60], "dañado", "guárdelo de nuevo"),
        ("a.odt", docx(w_p(LONG_ENOUGH)), "Word", ".docx"),
        ("a.odt", zipped({"a.txt": "hola"}), "ODT", ".odt"),
        ("a.odt", b"PK\x03\x04 roto", "dañado", "guárdelo de nuevo"),
        ("a.txt", pdf([[LONG_ENOUGH]]), "PDF", ".pdf"),
        ("a.txt", docx(w_p(LONG_ENOUGH)), "Word", ".docx"),
        ("a.txt", b"<!DOCTYPE html><html><p>Hola", "HTML", ".html"),
        ("a.txt", bytes(range(256)) * 20, "no es un archivo de texto", "UTF-8"),
        ("a.html", b"solo texto, sin etiquetas", "HTML", ".txt"),
        ("a.doc", b"hola", "extensión", ".docx"),
    ],
)
def test_a_file_that_is_something_else_is_named(tmp_path: Path, name: str, data: bytes, fault: str, cure: str) -> None:
    """The fault says what it is, the cure what to do."""
    error = refused(tmp_path / name, data)
    assert fault in error.fault
    assert cure in error.cure


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    """One line of more than the limit."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="30 MB"):
        read(path, Kind.TRANSCRIPT)


@pytest.mark.parametrize("data", [b"a" * 1_000_001, b"<p>" + b"a" * 1_000_001], ids=["txt", "html"])
def test_a_paragraph_of_a_million_letters_is_refused(tmp_path: Path, data: bytes) -> None:
    """It is no speech."""
    suffix = "html" if data.startswith(b"<") else "txt"
    assert "1,000,000" in refused(tmp_path / f"a.{suffix}", data).fault


def test_a_file_that_cannot_be_opened_is_a_fault_of_the_corpus(tmp_path: Path) -> None:
    """Not a traceback."""
    with pytest.raises(ReadError, match="no se puede abrir"):
        read(tmp_path / "no-esta.txt", Kind.TRANSCRIPT)


def test_a_file_without_any_words_is_empty(tmp_path: Path) -> None:
    """Rules and footers are no text."""
    assert "no contiene texto" in refused(tmp_path / "a.txt", b"---\n1 de 58\n-o0o-\n").fault


def test_a_pasted_caption_panel_is_seen_in_transcripts_only(tmp_path: Path) -> None:
    """In any format of text."""
    path = tmp_path / "a.txt"
    path.write_text("0:00\nhola a todas\n0:04\nempezamos la mesa\n0:09\ngracias\n0:15\nseguimos\n", encoding="utf-8")
    panel = read(path, Kind.TRANSCRIPT)
    assert panel.captions
    assert [b.start_s for b in panel.blocks] == [0, 4, 9, 15]
    assert not read(path, Kind.DESCRIPTION).captions
