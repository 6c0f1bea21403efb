"""Word and LibreOffice documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.readers import read
from tests.readers.made_documents import docx, odt, w_p

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'


def said(tmp_path: Path, name: str, data: bytes) -> list[tuple[str | None, str]]:
    """Who is shown as the speaker of each block, and its text."""
    path = tmp_path / name
    path.write_bytes(data)
    return [(b.speaker.shown if b.speaker else None, b.text) for b in read(path, Kind.TRANSCRIPT).blocks]


def test_a_word_document_keeps_bold_labels_tables_and_insertions(tmp_path: Path) -> None:
    """What was deleted is gone."""
    body = (
        w_p("Sesión de prueba")
        + w_p("*Xunka Pat Ek", "*: ", "Buenas tardes.")
        + '<w:p><w:ins w:id="1"><w:r><w:t>Insertado.</w:t></w:r></w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>Borrado.</w:delText></w:r></w:del></w:p>'
        + f"<w:tbl><w:tr><w:tc>{w_p('Actas')}</w:tc><w:tc>{w_p('45 %')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:r><w:t>Sigue</w:t><w:br/><w:t>Moderadora: Gracias.</w:t></w:r></w:p>"
        + w_p("(Aplausos)")
    )
    assert said(tmp_path, "a.docx", docx(body)) == [
        (None, "Sesión de prueba"),
        ("Xunka Pat Ek", "Buenas tardes."),
        ("Xunka Pat Ek", "Insertado."),
        ("Xunka Pat Ek", "Actas | 45 %"),
        ("Xunka Pat Ek", "Sigue"),
        ("Moderadora", "Gracias."),
        ("Moderadora", "(Aplausos)"),
    ]


def test_a_libreoffice_document_keeps_its_structure(tmp_path: Path) -> None:
    """Headings, bold labels, lists, tables, line breaks, notes; what was deleted is gone."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Borrado.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Sesión de prueba</text:h>'
        '<text:p><text:span text:style-name="B">Xunka Pat Ek:</text:span> Buenas<text:s text:c="3"/>tardes.</text:p>'
        "<text:list><text:list-item><text:p>Uno</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Actas</text:p></table:table-cell>"
        "<table:table-cell><text:p>45 %</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Termino.<text:line-break/>Moderadora: Gra<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Una nota.</text:p></text:note-body></text:note>cias.</text:p>"
        "<office:annotation><text:p>Comentario.</text:p></office:annotation>"
    )
    assert said(tmp_path, "a.odt", odt(body)) == [
        (None, "Sesión de prueba"),
        ("Xunka Pat Ek", "Buenas tardes."),
        ("Xunka Pat Ek", "Uno"),
        ("Xunka Pat Ek", "Actas | 45 %"),
        ("Xunka Pat Ek", "Termino."),
        ("Moderadora", "Gracias."),
    ]


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", docx(w_p("&c;"), BOMB)), ("a.odt", odt("<text:p>&c;</text:p>", BOMB))]
)
def test_xml_entities_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    """They make a small file unpack to gigabytes."""
    with pytest.raises(ReadError, match="entidades"):
        said(tmp_path, name, data)


@pytest.mark.parametrize(("name", "data"), [("a.docx", docx("<w:p><w:r>")), ("a.odt", odt("<text:p>"))])
def test_a_document_that_is_broken_inside_says_so(tmp_path: Path, name: str, data: bytes) -> None:
    """The archive is whole, its text is not."""
    with pytest.raises(ReadError, match="dañado"):
        said(tmp_path, name, data)


def test_a_document_without_text_is_empty(tmp_path: Path) -> None:
    """Images alone are none."""
    with pytest.raises(ReadError, match="no contiene texto"):
        said(tmp_path, "a.docx", docx("<w:p/>"))


def test_a_table_of_names_and_sentences_says_who_speaks(tmp_path: Path) -> None:
    """In Word, LibreOffice and pages alike; a list of posts does not."""
    rows = [("MODERADORA", "Buenas tardes."), ("Elvira Prado Luna", "Gracias."), ("MODERADORA", "Adelante.")]
    posts = [("Elvira Prado Luna", "Consejera"), ("Óscar Nieto Vela", "Vocal")]

    def word(rows: list[tuple[str, str]]) -> bytes:
        cells = "".join(f"<w:tr><w:tc>{w_p(a)}</w:tc><w:tc>{w_p(b)}</w:tc></w:tr>" for a, b in rows)
        return docx(f"<w:tbl>{cells}</w:tbl>")

    def libre(rows: list[tuple[str, str]]) -> bytes:
        cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
        inside = "".join(f"<table:table-row>{cell.format(a)}{cell.format(b)}</table:table-row>" for a, b in rows)
        return odt(f"<table:table>{inside}</table:table>")

    def page(rows: list[tuple[str, str]]) -> bytes:
        return f"<table>{''.join(f'<tr><td>{a}</td><td>{b}</td></tr>' for a, b in rows)}</table>".encode()

    for name, made in (("a.docx", word), ("a.odt", libre), ("a.html", page)):
        assert said(tmp_path, name, made(rows)) == rows
        assert {who for who, _ in said(tmp_path, name, made(posts))} == {None}
