"""The emphasis of Markdown, balanced or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.documents.markdown import without_emphasis
from tests.readers.made_transcripts import shown, transcript

LABELS = [
    *("**MODERADORA:** Sí.", "**MODERADORA** : Sí.", "**_MODERADORA:_ ** _Sí._", "**_MODERADORA:_** Sí."),
    *("***MODERADORA:*** Sí.", "_**MODERADORA:** _ _Sí._", "**_MODERADORA_ ** : _Sí._", "**MODERADORA _:_ ** _Sí._"),
    *("_MODERADORA:_ Sí.", "__MODERADORA:__ Sí.", "**M** **ODERADORA:** Sí.", "**MODERADORA: Sí."),
    *("<b>MODERADORA:</b> Sí.", "[0:05] **MODERADORA:** Sí."),
]


@pytest.mark.parametrize("line", LABELS)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_label_in_any_emphasis_is_the_same_label(line: str, suffix: str, tmp_path: Path) -> None:
    """Nested, unbalanced, with spaces inside."""
    assert shown(transcript(tmp_path, f"{line}\n\n**PONENTE 1:** No.\n", suffix)) == [
        (0, "MODERADORA", "Sí."),
        (1, "PONENTE 1", "No."),
    ]


def test_a_label_over_two_lines_of_markdown_is_one(tmp_path: Path) -> None:
    """The marks that hold it together say so."""
    text = "**ELVIRA PRADO LUNA, DIRECTORA DEL INSTITUTO DE ACTAS\nÓSCAR NIETO:** Gracias.\n\n**PREGUNTA:** ¿Sí?\n"
    assert shown(transcript(tmp_path, text, ".md")) == [(0, "Elvira Prado Luna", "Gracias."), (1, "PREGUNTA", "¿Sí?")]


@pytest.mark.parametrize("text", ["f*** y ya", "a_b_c", "2 * 3 = 6", "firma: ____________", "n. ° 5*", "\\*sic\\*"])
def test_what_is_no_emphasis_stays(text: str) -> None:
    """Words with signs, products, filler."""
    ((plain, bold, _),) = without_emphasis(text)
    assert (plain, bold) == (text.replace("\\", ""), 0)


MARKS = st.sampled_from(["*", "_", "**", "__", "***", "**_", "_ ** _", " ", "\n"])
WORDS = st.sampled_from(["acta", "URNA", "voto:", "sí."])


@given(st.lists(st.one_of(MARKS, WORDS), max_size=20))
def test_no_letter_is_lost_and_no_line(pieces: list[str]) -> None:
    """Whatever the marks."""
    text = "".join(pieces)
    lines = without_emphasis(text)
    assert len(lines) == text.count("\n") + 1
    letters = "".join(c for line in lines for c in line.text if c.isalpha())
    assert letters == "".join(c for c in text if c.isalpha())
    assert all(0 <= line.bold <= len(line.text) for line in lines)
