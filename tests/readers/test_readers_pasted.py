"""The transcript panel pasted by hand."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.readers import read
from indexer.readers.captions.pasted import looks_like_panel, read_panel

SAID = [(0.0, "buenas tardes a todas"), (5.0, "y a todos"), (62.0, "empezamos con la mesa"), (3723.0, "gracias")]


def said(text: str) -> list[tuple[float | None, str]]:
    """What a panel says; it must be known as one."""
    assert looks_like_panel(text)
    document = read_panel(text)
    assert document.captions
    assert document.warnings == ()
    return [(block.start_s, block.text) for block in document.blocks]


@pytest.mark.parametrize(
    "form",
    [
        "{time}\n{text}\n",
        "{time}\r\n{text}\r\n",
        "{time}\n\n{text}\n\n",
        "{time} {text}\n",
        "{time}\t{text}\n",
        "[{time}] {text}\n",
        "{time}\n{aloud}\n{text}\n",
        "{time}{aloud}\n{text}\n",
        "{time}{aloud}{text}\n",
    ],
)
def test_every_way_in_which_browsers_paste_it_is_read(form: str) -> None:
    """Times alone or before the text, spoken times below or stuck to it."""
    aloud = ["0 segundos", "5 segundos", "1 minuto y 2 segundos", "1 hora, 2 minutos y 3 segundos"]
    times = ["0:00", "0:05", "1:02", "1:02:03"]
    panel = "".join(
        form.format(time=time, text=text, aloud=spoken)
        for time, spoken, (_, text) in zip(times, aloud, SAID, strict=True)
    )
    assert said(panel) == SAID


def test_the_last_block_has_no_end() -> None:
    """The panel does not say when its last line ends."""
    assert read_panel("0:00\nhola\n0:05\nadiós\n").blocks[-1].end_s is None


def test_the_buttons_and_chapters_of_the_page_are_not_speech() -> None:
    """Above, between and below."""
    text = (
        "Transcripción\nBuscar en el video\nCapítulo 1: Inauguración\n0:00\nhola\n0:05\na todas\n"
        "Capítulo 2: Mesa\n0:09\nadiós\nEspañol (generado automáticamente)\n"
    )
    assert said(text) == [(0.0, "hola"), (5.0, "a todas"), (9.0, "adiós")]


def test_a_heading_among_single_lines_is_left_out_with_a_warning() -> None:
    """Chapter titles come without a mark as well."""
    lines = [f"0:{n:02d}\nlo que se dijo {n}" for n in range(10, 30)]
    lines[7] += "\nMesa de innovación"
    document = read_panel("\n".join(lines))
    assert [block.text for block in document.blocks] == [f"lo que se dijo {n}" for n in range(10, 30)]
    assert "«Mesa de innovación»" in document.warnings[0][0]


def test_captions_of_two_lines_keep_both() -> None:
    """Where many entries have two lines, the second is no heading."""
    text = "\n".join(f"0:{n:02d}\nUno {n}\nDos {n}" for n in range(10, 30))
    assert said(text)[0] == (10.0, "Uno 10 Dos 10")


def test_an_hour_that_was_said_is_text() -> None:
    """At the head of a line, alone on a line, and alone as the second line of an entry."""
    text = "54:23\nsale a las\n54:25\n11:45 y de vuelta\n54:27\n14:40\n54:29\na las\n17:30\n54:33\nfin\n"
    assert said(text) == [
        (3263.0, "sale a las"),
        (3265.0, "11:45 y de vuelta"),
        (3267.0, "14:40"),
        (3269.0, "a las 17:30"),
        (3273.0, "fin"),
    ]


def test_a_duration_that_was_said_is_text() -> None:
    """«12 segundos» is dropped only where it says the time above it and text follows."""
    assert said("0:05\ntardó\n0:12\n30 segundos\n0:20\n20 segundos\n0:30\nfin")[1:] == [
        (12.0, "30 segundos"),
        (20.0, "20 segundos"),
        (30.0, "fin"),
    ]


def test_a_time_that_runs_back_is_said_and_not_used() -> None:
    """It still is a panel: the warning says where."""
    text = "0:00\nuno\n0:05\ndos\n0:03\ntres\n0:09\ncuatro\n"
    assert looks_like_panel(text)
    document = read_panel(text)
    assert [(block.start_s, block.text) for block in document.blocks] == [
        (0, "uno"), (None, "dos"), (3, "tres"), (9, "cuatro"),
    ]  # fmt: skip
    assert "hacia atrás" in document.warnings[0][0]
    assert "línea 3" in document.warnings[0][0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hola",
        "0:00",
        "PRESIDENTA: Siendo las 10:00 horas\nse abre la sesión.\n\nSECRETARIO: A las\n10:05\nse pasa lista.\n",
        "10:00 Se abre la sesión. "
        + "La consejera expone el informe del mes. " * 20
        + "\n\n10:05 Se vota. "
        + "Sí. " * 300
        + "\n\n10:20 Se cierra.\n",
        "---\n\nANA LÓPEZ, CONSEJERA (IEEM)\n\nBuenas tardes.\n\n17:17\n\nSe decreta un receso.\n\n"
        + "Se reanuda la sesión.\n\n" * 5,
        "Acta\n\n" + "Un párrafo de la sesión.\n" * 20 + "0:00\nhola\n0:05\nadiós\n",
    ],
)  # fmt: skip
def test_a_transcript_that_merely_holds_hours_is_no_panel(text: str) -> None:
    """Few times, or far too much text between them."""
    assert not looks_like_panel(text)


AGENDAS = [
    "10:00\nRegistro\n10:30\nInauguración\n11:00\nMesa 1: Innovación\n12:15\nReceso\n13:00\nClausura\n",
    "10:00\nRegistro\n10:30\nInauguración\n",
    "9:00 Registro de asistentes\n9:30 Inauguración\n10:00 Mesa 1\n16:45 Clausura\n",
    "10:00 - 10:30 Registro\n10:30 - 11:00 Inauguración\n11:00 - 12:00 Mesa 1\n",
    "10:00:00\nRegistro\n10:30:00\nInauguración\n11:00:00\nMesa 1\n",
]


@pytest.mark.parametrize("text", AGENDAS)
def test_the_programme_of_a_day_is_no_panel(text: str, tmp_path: Path) -> None:
    """Its hours are no seconds of a video: its lines stay as they are, and a warning says why."""
    assert not looks_like_panel(text)
    path = tmp_path / "transcripcion.txt"
    path.write_text(text, encoding="utf-8")
    document = read(path, Kind.TRANSCRIPT)
    assert [block.text for block in document.blocks] == text.split("\n")[:-1]
    assert all(block.start_s is None for block in document.blocks)
    assert [fault for fault, _ in document.warnings if "programa de un día" in fault]


def test_a_video_that_is_joined_late_is_a_panel() -> None:
    """Neither a late start nor a time that is round makes it an agenda."""
    late = "10:02\nbuenas tardes a todas\n10:05\ny a todos los que nos ven\n10:10\nempezamos con la mesa\n10:13\nfin\n"
    assert [second for second, _ in said(late)] == [602.0, 605.0, 610.0, 613.0]


def test_a_text_without_times_is_refused() -> None:
    """``read_panel`` asked for directly."""
    with pytest.raises(ReadError, match="ninguna hora"):
        read_panel("hola a todas")


words = st.sampled_from(["sí", "voto", "mesa", "11:45", "segundos", "[Música]", "al"])


@given(st.lists(st.tuples(st.integers(4, 400), st.lists(words, max_size=6)), min_size=2, max_size=20), st.booleans())
def test_what_was_pasted_is_read_back(spoken: list[tuple[int, list[str]]], alone: bool) -> None:
    """Times alone or before the text; hours and the word «segundos» among what was said."""
    second, expected, lines = 0, [], []
    for step, line in spoken:
        text = " ".join(["dijo", *line])
        expected.append((float(second), text))
        hours, minutes = second // 3600, second // 60 % 60
        time = f"{hours}:{minutes:02d}:{second % 60:02d}" if hours else f"{minutes}:{second % 60:02d}"
        lines += [time, text] if alone else [f"{time} {text}"]
        second += step
    assert said("\n".join(lines)) == expected


@given(st.text(alphabet=st.sampled_from("0123456789: \n\tab[]segundos"), max_size=200) | st.text(max_size=100))
def test_no_text_raises_anything_but_a_read_error(text: str) -> None:
    """Whatever is pasted."""
    looks_like_panel(text)
    with contextlib.suppress(ReadError):
        assert read_panel(text).blocks
