"""Saved web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Document, Speaker
from indexer.readers import read

# The layout of the INE's public "versión estenográfica" pages, with words of our own.
STENOGRAPHIC_PAGE = """<!DOCTYPE html>
<html lang="es-MX"><head><meta charset="UTF-8"><title>Versión estenográfica - Central Electoral</title>
<style>.a{color:red}</style><script>var a = "Moderadora: no";</script></head>
<body class="post-template-default single">
<header id="masthead"><nav><ul class="menu"><li><a href="/">Inicio</a></li>
<li><a href="/b">Boletines</a></li></ul></nav></header>
<div id="page" class="site"><div id="content"><div id="primary"><main id="main"><article class="post">
<header class="entry-header"><h1 class="entry-title">Versión estenográfica de la sesión</h1></header>
<div class="sharedaddy"><a href="https://ejemplo.mx/f">Compartir en redes</a></div>
<div class="entry-content">
<p style="text-align: center;"><strong>VERSIÓN ESTENOGRÁFICA DE LA SESIÓN DE PRUEBA</strong></p>
<p style="text-align: justify;"><strong>Consejera Presidenta del INE, Elvira Prado Luna:</strong>
Buenas tardes.&nbsp;Hay quórum.</p>
<p><strong>Secretaria&nbsp;</strong><strong>Ejecutiva del INE, Zoé</strong><strong> Núñez Ávila</strong>: Con gusto.</p>
<p>Consejero Óscar Nieto.</p>
<p><b>Consejero Electoral del INE, Óscar Nieto Vela</b>Presente.</p>
<p>Son dos cosas:<br />una y<br />otra.</p>
<p><span style="font-weight: 700">Xunka Pat Ek:</span> Gracias.<br>Moderadora: Adelante.</p>
<p>(Inaudible)</p>
<table><tbody><tr><td>Actas</td><td></td><td>45 %</td></tr></tbody></table>
<ul><li>Primera</li><li>Segunda</li></ul>
<p style="display:none">oculto</p><p hidden>oculto</p>
<p style="text-align: center;">-o0o-</p>
</div></article></main></div><aside class="widget">Lo más leído</aside></div></div>
<form><input value="x">Buscar</form><footer>Aviso de privacidad</footer><noscript>Active JavaScript</noscript>
</body></html>"""


def document(tmp_path: Path, html: str | bytes) -> Document:
    """The page as a transcript."""
    path = tmp_path / "transcripcion.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    return read(path, Kind.TRANSCRIPT)


def texts(tmp_path: Path, html: str | bytes) -> list[str]:
    """Its paragraphs."""
    return [block.text for block in document(tmp_path, html).blocks]


def test_a_stenographic_page_gives_its_turns_and_nothing_of_the_site(tmp_path: Path) -> None:
    """Labels in bold, in several runs, with the colon outside or missing, after a line break."""
    found = document(tmp_path, STENOGRAPHIC_PAGE)
    assert [(b.turn, b.speaker.shown if b.speaker else None, b.text) for b in found.blocks] == [
        (0, None, "VERSIÓN ESTENOGRÁFICA DE LA SESIÓN DE PRUEBA"),
        (1, "Elvira Prado Luna", "Buenas tardes. Hay quórum."),
        (2, "Zoé Núñez Ávila", "Con gusto."),
        (2, "Zoé Núñez Ávila", "Consejero Óscar Nieto."),
        (3, "Óscar Nieto Vela", "Presente."),
        (3, "Óscar Nieto Vela", "Son dos cosas: una y otra."),
        (4, "Xunka Pat Ek", "Gracias."),
        (5, "Moderadora", "Adelante."),
        (5, "Moderadora", "(Inaudible)"),
        (5, "Moderadora", "Actas | 45 %"),
        (5, "Moderadora", "Primera"),
        (5, "Moderadora", "Segunda"),
    ]
    assert found.blocks[1].speaker == Speaker("Elvira Prado Luna", None, "Consejera Presidenta", "INE")
    assert found.blocks[2].speaker == Speaker("Zoé Núñez Ávila", None, "Secretaria Ejecutiva", "INE")


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="iso-8859-1"><p>¿Qué año?'.encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>¿Qué año?'.encode("cp1252"),
        "<p>¿Qué año?".encode("cp1252"),
        "<p>¿Qué año?".encode(),
        '<meta charset="iso-8859-1"><p>¿Qué año?'.encode("utf-8-sig"),
        '<meta charset="utf-8"><p>¿Qué año?'.encode("cp1252"),
        '<meta charset="macintosh"><p>¿Qué año?'.encode("mac-roman"),
        '<meta charset="no-existe"><p>¿Qué año?'.encode(),
        "<p>¿Qué año?".encode("utf-16"),
    ],
)
def test_the_charset_is_the_one_that_fits(tmp_path: Path, data: bytes) -> None:
    """Mark, then what the page declares, then UTF-8, then Windows."""
    assert texts(tmp_path, data) == ["¿Qué año?"]


def test_a_page_wrapped_in_a_form_keeps_its_text(tmp_path: Path) -> None:
    """As some systems of public offices do."""
    html = "<body><form id='aspnetForm'><div><p>Uno y dos.</p><p>Tres.</p></div></form></body>"
    assert texts(tmp_path, html) == ["Uno y dos.", "Tres."]


def test_a_page_of_several_articles_keeps_them_all(tmp_path: Path) -> None:
    """None of them is the whole content."""
    html = "<body><article><p>Una parte.</p></article><article><p>Otra parte.</p></article></body>"
    assert texts(tmp_path, html) == ["Una parte.", "Otra parte."]


def test_a_table_for_the_layout_is_read_cell_by_cell(tmp_path: Path) -> None:
    """A row of data is one paragraph; a cell that ends with a colon is a label."""
    html = "<table><tr><td><p>Uno.</p><p>Dos.</p></td><td>Tres.</td></tr><tr><th>a</th><td>b</td></tr></table>"
    assert texts(tmp_path, html) == ["Uno.", "Dos.", "Tres.", "a", "b"]
    assert texts(tmp_path, "<table><tr><th>a</th><td>b</td><td>c:</td><td>d</td></tr></table>") == ["a | b | c: d"]


def test_a_horizontal_rule_announces_a_speaker(tmp_path: Path) -> None:
    """Like three hyphens do."""
    html = "<p>Título</p><hr><p>PREGUNTA</p><p>¿Cuánto?</p><hr><p>RESPUESTA</p><p>Poco.</p>"
    found = document(tmp_path, html)
    assert [(b.turn, b.speaker.shown if b.speaker else None) for b in found.blocks] == [
        (0, None), (1, "PREGUNTA"), (2, "RESPUESTA"),
    ]  # fmt: skip


def test_broken_and_deep_markup_is_still_text(tmp_path: Path) -> None:
    """Tags that never close, or cross."""
    assert texts(tmp_path, "<p>uno <b>dos<p>tres</b> cuatro</i></p>" + "<div>" * 3_000 + "cinco") == [
        "uno dos", "tres cuatro", "cinco",
    ]  # fmt: skip


SAID = ("Buenas tardes a todas las personas presentes.", "Gracias por la invitación a esta mesa de hoy.")
NAMES = ("Elvira Prado Luna", "Óscar Nieto Vela")


@pytest.mark.parametrize(
    "turn",
    [
        "<div class='quien'>{0}</div><div class='que'>{1}</div>",
        "<p><span class='speaker'>{0}</span> {1}</p>",
        "<p><span class='speaker'><a href='p'>{0}</a></span>: {1}</p>",
        "<article><header><b>{0}</b></header><p>{1}</p></article>",
        "<ul><li><span>{0}</span><p>{1}</p></li></ul>",
        "<div><i class='hora'>0:0{2}</i><i class='who'>{0}</i><i class='what'>{1}</i></div>",
        "<table><tr><td><p><b>{0}</b></p></td><td><p>{1}</p><p> </p></td></tr></table>",
        "<section><h3>{0}</h3><p>{1}</p></section>",
    ],
)
def test_a_name_in_an_element_of_its_own_is_a_label(tmp_path: Path, turn: str) -> None:
    """Only the markup tells it from what was said."""
    page = "<main>" + "".join(turn.format(NAMES[n % 2], SAID[n % 2], n) for n in range(4)) + "</main>"
    found = document(tmp_path, page)
    assert [(b.speaker.shown if b.speaker else None, b.text) for b in found.blocks] == list(
        zip(NAMES, SAID, strict=True)
    ) * 2


@pytest.mark.parametrize(
    "part",
    [
        "<div class='nombre'>{0}</div><div class='cargo'>Consejera</div>",
        "<p>{1} Lo dijo <em class='n'>{0}</em> y es verdad, aunque nadie lo crea todavía.</p>",
        "<div class='fecha'>4 de diciembre</div><div class='que'>{1}</div>",
    ],
)
def test_other_short_elements_are_no_labels(tmp_path: Path, part: str) -> None:
    """Lists of people, names inside a sentence, dates."""
    page = "".join(part.format(name, text) for name, text in zip(NAMES * 2, SAID * 2, strict=True))
    assert all(block.speaker is None for block in document(tmp_path, page).blocks)


@pytest.mark.parametrize("tag", ["textarea", "pre"])
def test_lines_that_the_page_shows_as_they_are_stay_lines(tmp_path: Path, tag: str) -> None:
    """A transcript pasted into a field of a form is the text of the page where it is most of it."""
    lines = "\n".join(f"{name}: {text}" for name, text in zip(NAMES, SAID, strict=True))
    found = document(tmp_path, f"<h1>Foro</h1><{tag}>\n{lines}</{tag}><textarea>Escriba su comentario</textarea>")
    assert [block.speaker.shown for block in found.blocks[1:] if block.speaker] == list(NAMES)
    assert [one.text for one in found.left_out] == ["Escriba su comentario"]


def test_a_page_of_too_many_tags_is_refused(tmp_path: Path) -> None:
    """Each costs memory, however little it holds."""
    with pytest.raises(ReadError, match="400,000 etiquetas"):
        document(tmp_path, "<b>" * 400_001)
