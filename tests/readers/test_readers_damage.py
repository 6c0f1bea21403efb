"""Letters that were lost, and letters that stand apart; pictures and marks of Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.documents.text import joined_letters

SAID = "ELVIRA MONTES: La sesión comenzó a las diez. Buenos días, señora. El año electoral."


def transcript(tmp_path: Path, text: str, name: str = "a.txt") -> Document:
    """The text as a file of a session."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, Kind.TRANSCRIPT)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.srt"])
@pytest.mark.parametrize(
    ("lost", "fault"), [("�", "letras perdidas"), ("?", "palabras con «?»")], ids=["replacement", "question mark"]
)
def test_lost_letters_are_counted_and_shown(tmp_path: Path, name: str, lost: str, fault: str) -> None:
    """In every form; what can no more be known is not guessed."""
    broken = "".join(lost if letter in "áéíóúñ" else letter for letter in SAID)
    before = {"a.html": "<p>", "a.srt": "1\n00:00:01,000 --> 00:00:09,000\n"}.get(name, "")
    document = transcript(tmp_path, before + broken, name)
    assert "".join(block.text for block in document.blocks).endswith(broken[15:])
    assert [fault in told for told, _ in document.warnings] == [True]
    assert lost in document.warnings[0][0]


@pytest.mark.parametrize("text", [SAID, "¿Sí?claro. Vea https://x.mx/a?b=c y www.x.mx/d?e=f", "A B C D; J. L. P."])
def test_a_whole_text_is_not_doubted(tmp_path: Path, text: str) -> None:
    """Addresses hold question marks, lists hold single letters."""
    assert transcript(tmp_path, text).warnings == ()


def spaced(text: str, gap: str) -> str:
    """Its letters apart, its words parted by a gap."""
    return gap.join(" ".join(word) for word in text.split())


@pytest.mark.parametrize("gap", ["  ", "   ", "\t"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_letters_set_apart_are_joined_where_gaps_part_the_words(tmp_path: Path, name: str, gap: str) -> None:
    """A label among them is found again, and it is said."""
    lines = ["El señor PRESIDENTE: Se abre la sesión del consejo.", "La señora SECRETARIA: Hay quórum para el voto."]
    text = "\n\n".join(spaced(line, gap) for line in lines)
    document = transcript(tmp_path, text, name)
    assert [(block.speaker.role, block.text) for block in document.blocks if block.speaker] == [
        ("El señor PRESIDENTE", "Se abre la sesión del consejo."),
        ("La señora SECRETARIA", "Hay quórum para el voto."),
    ]
    assert "se juntaron" in document.warnings[0][0]


def test_an_acronym_that_was_spelt_out_stays_as_it_is(tmp_path: Path) -> None:
    """The vocabulary knows such forms."""
    document = transcript(tmp_path, "Habló el OPLE y luego del o p l e otra vez.\n")
    assert document.blocks[0].text == "Habló el OPLE y luego del o p l e otra vez."


def test_letters_apart_that_may_be_many_words_stay_and_are_said(tmp_path: Path) -> None:
    """One known word among others is put together; a row of letters without gaps is not guessed."""
    document = transcript(tmp_path, "El p r e s i d e n t e dijo: l a s e ñ o r a p r e s i d e n t a.\n")
    assert document.blocks[0].text == "El presidente dijo: l a s e ñ o r a p r e s i d e n t a."
    assert [told for told, _ in document.warnings if "no se encuentra" in told]


@given(st.text(alphabet="ab ñ\n\t.", max_size=120))
def test_joining_never_loses_or_adds_a_letter(text: str) -> None:
    """Only white space goes."""
    assert "".join(joined_letters(text)[0].split()) == "".join(text.split())


@pytest.mark.parametrize(
    "picture",
    ["![el logo](logo.png)", "![el logo](logo.png 'título')", "![](data:image/png;base64," + "A" * 1_200_000 + ")",
     "![el logo][1]", "[![el logo](logo.png)](https://x.mx)", '<img src="logo.png" alt="el logo">',
     "![logo (de 2025)](logo_(1).png)"],
    ids=["plain", "titled", "inside", "defined", "linked", "tag", "brackets"],
)  # fmt: skip
def test_pictures_are_no_text(tmp_path: Path, picture: str) -> None:
    """Neither alone on a line nor before words; nor are the addresses that they name below."""
    text = f"{picture}\n\n**ELVIRA MONTES:** {picture} Se abre la sesión[^1].\n\n[1]: https://x.mx/logo.png\n"
    document = transcript(tmp_path, text, "a.md")
    assert [(block.speaker.name, block.text) for block in document.blocks if block.speaker] == [
        ("Elvira Montes", "Se abre la sesión.")
    ]
    assert len(document.blocks) == 1
