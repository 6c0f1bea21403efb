"""Times beside the speakers' labels, and labels inside timed cues."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import shown, transcript

WHO = ("Moderadora", "Elvira Prado Luna", "Moderadora")
SAYS = ("Buenas tardes a todas.", "Gracias por la invitación.", "Adelante.")
TIMES = (("0:05", 5.0), ("0:42", 42.0), ("1:02:03", 3723.0))


def timed(document: Document) -> list[tuple[float | None, str | None, str]]:
    """The second of each block, its speaker and its text."""
    return [(b.start_s, b.speaker.shown if b.speaker else None, b.text) for b in document.blocks]


@pytest.mark.parametrize(
    "form",
    [
        "[{time}] {who}: {says}",
        "({time}) {who}: {says}",
        "{time} {who}: {says}",
        "{time} - {who}: {says}",
        "[{time} --> 9:59:59] {who}: {says}",
        "{time}\n{who}: {says}",
        "{who} ({time}): {says}",
        "{who} [{time}]: {says}",
        "{who} {time}: {says}",
        "{who}: [{time}] {says}",
        "{who} ({time}) {says}",
        "{who}  {time}\n{says}",
        "[{time}] {who}\n{says}",
        "**[{time}] {who}:** {says}",
        "[{time}] **{who}:** {says}",
        "**{who}** ({time}): {says}",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_label_is_seen_beside_its_time_and_both_are_kept(tmp_path: Path, form: str, suffix: str) -> None:
    """Before it, behind it, above it; with brackets or without."""
    text = "\n\n".join(form.format(time=t, who=w, says=s) for (t, _), w, s in zip(TIMES, WHO, SAYS, strict=True))
    found = transcript(tmp_path, text, suffix)
    assert timed(found) == [(second, w, s) for (_, second), w, s in zip(TIMES, WHO, SAYS, strict=True)]
    assert [b.turn for b in found.blocks] == [0, 1, 2]
    assert not found.captions
    assert found.warnings == ()


def test_names_in_capitals_and_text_without_them_are_seen_beside_times(tmp_path: Path) -> None:
    """As a program writes that tells voices apart."""
    found = transcript(tmp_path, "0:05 ANA PRUEBA: hola a todas\n0:09 XUNKA PRUEBA: gracias\n0:15 ANA PRUEBA: adiós\n")
    assert timed(found) == [
        (5.0, "Ana Prueba", "hola a todas"), (9.0, "Xunka Prueba", "gracias"), (15.0, "Ana Prueba", "adiós"),
    ]  # fmt: skip


def test_paragraphs_below_a_timed_label_may_have_times_too(tmp_path: Path) -> None:
    """A time that fits between its neighbours is one; an hour that was said is text."""
    text = (
        "[0:05] Moderadora: Hola.\n[0:30] Sigo.\n10:45 fue la hora.\nSin hora.\n[0:50] Ponente 1: Gracias.\n"
        "[1:10] Moderadora: Adiós.\n"
    )
    assert timed(transcript(tmp_path, text)) == [
        (5.0, "Moderadora", "Hola."),
        (30.0, "Moderadora", "Sigo."),
        (None, "Moderadora", "10:45 fue la hora."),
        (None, "Moderadora", "Sin hora."),
        (50.0, "Ponente 1", "Gracias."),
        (70.0, "Moderadora", "Adiós."),
    ]


def test_times_that_go_back_are_dropped_and_the_labels_stay(tmp_path: Path) -> None:
    """All of them where there is no order, a slip alone where there is; each is told."""
    wild = transcript(tmp_path, "[0:50] Moderadora: Uno.\n[0:30] Ponente 1: Dos.\n[0:10] Moderadora: Tres.\n")
    assert timed(wild) == [(None, "Moderadora", "Uno."), (None, "Ponente 1", "Dos."), (None, "Moderadora", "Tres.")]
    assert "van hacia atrás" in wild.warnings[0][0]
    lines = [f"[{n}:05] Ponente {n}: Gracias." for n in range(1, 9)]
    lines[3] = "[40:05] Ponente 4: Gracias."
    slip = transcript(tmp_path, "\n".join(lines))
    assert [b.start_s for b in slip.blocks] == [65.0, 125.0, 185.0, None, 305.0, 365.0, 425.0, 485.0]
    assert "«[40:05] Ponente 4" in slip.warnings[0][0]


def test_hours_of_the_day_are_no_seconds(tmp_path: Path) -> None:
    """Nobody says so much in a minute read as a second."""
    speech = "La consejera expone el informe del mes y sus cuadros. " * 12
    text = "\n".join(f"{hour} {who}: {speech}" for hour, who in (("10:00", "Moderadora"), ("10:04", "Ponente 1")) * 2)
    found = transcript(tmp_path, text.replace("10:00 ", "10:02 ", 1))
    assert {b.speaker.shown for b in found.blocks if b.speaker} == {"Moderadora", "Ponente 1"}
    assert [b.start_s for b in found.blocks] == [None] * 4


def test_times_of_few_turns_are_dropped(tmp_path: Path) -> None:
    """A label is a label with its time or without."""
    text = "Moderadora (0:05): Uno.\nPonente 1: Dos.\nModeradora: Tres.\nPonente 1: Cuatro.\n"
    assert [b.start_s for b in transcript(tmp_path, text).blocks] == [None] * 4


def test_a_time_before_a_sentence_stays_with_it(tmp_path: Path) -> None:
    """Where there is no label there is nothing to take it from."""
    text = "Moderadora: Hola.\n10:45 fue la hora: muy tarde.\nMesa 3 (10:45): una nota.\n"
    assert [b.text for b in transcript(tmp_path, text).blocks] == ["Hola.", *text.split("\n")[1:3]]


def test_a_panel_with_labels_keeps_its_cues(tmp_path: Path) -> None:
    """Who speaks holds until the next label."""
    panel = "0:05\nMODERADORA: Hola a todas\n0:09\ny a todos\n0:12\nen esta sala\n0:15\nPonente 1: Gracias\n0:18\nadiós"
    found = transcript(tmp_path, panel)
    assert found.captions
    assert timed(found) == [
        (5.0, "MODERADORA", "Hola a todas"),
        (9.0, "MODERADORA", "y a todos"),
        (12.0, "MODERADORA", "en esta sala"),
        (15.0, "Ponente 1", "Gracias"),
        (18.0, "Ponente 1", "adiós"),
    ]
    assert [b.turn for b in found.blocks] == [0, 0, 0, 1, 1]


def test_captions_of_a_person_may_hold_labels(tmp_path: Path) -> None:
    """A mark of change without a label is somebody unknown; a cue that is only a label leaves no words."""
    cues = ["MODERADORA: Hola.", "Sigo yo.", ">> No sé.", "PONENTE 1:", "Gracias."]
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}\n\n" for n, cue in enumerate(cues, 1))
    assert shown(transcript(tmp_path, text, ".srt")) == [
        (0, "MODERADORA", "Hola."), (0, "MODERADORA", "Sigo yo."), (1, None, "No sé."), (2, "PONENTE 1", "Gracias."),
    ]  # fmt: skip


CLOCK = st.sampled_from(["0:05", "[00:12]", "(1:02:03)", "10:30", "99:99", "[0:07 - 0:09]"])
PIECE = st.sampled_from(["Moderadora:", "Ponente 1", "hola", "Gracias.", "Ana Pérez", ":", "a"])


def test_a_sentence_with_its_time_is_no_label() -> None:
    """A name that ends in a full stop is the end of what was said."""
    lines = ["Ana Pérez Gracias. [00:12]", "Muchas gracias a todas. [00:20]", "Otra cosa. [00:30]"]
    found = read_transcript([Paragraph(line) for line in lines])
    assert [(b.speaker, b.text) for b in found.blocks] == [(None, line) for line in lines]


@example(["Ana Pérez Gracias. [00:12]"])
@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CLOCK | PIECE, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=8))
def test_whatever_stands_beside_times_no_word_is_lost_and_times_go_on(lines: list[str]) -> None:
    """Only labels and stamps leave the text."""
    found = read_transcript([Paragraph(line) for line in lines])
    seconds = [b.start_s for b in found.blocks if b.start_s is not None]
    assert seconds == sorted(seconds)
    kept = sum(b.text.count("hola") + b.text.count("Gracias.") for b in found.blocks)
    assert kept == sum(line.count("hola") + line.count("Gracias.") for line in lines)


@pytest.mark.parametrize("more", [0, 7])
def test_names_alone_below_ranges_of_times_are_labels(tmp_path: Path, more: int) -> None:
    """As old Teams writes them, in capitals or not, with a lost letter or not, whatever the lines of a turn."""
    lines = []
    for n, name in enumerate(("LUIS CA\N{REPLACEMENT CHARACTER}AS LUNA", "Elvira Prado") * 3):
        lines += [f"0:0:{n}5.999 --> 0:0:{n}7.39", name, "Buenos días a todas.", *["Seguimos."] * more]
    path = tmp_path / "t.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    blocks = read(path, Kind.TRANSCRIPT).blocks
    assert [block.start_s for block in blocks] == [5.999, 15.999, 25.999, 35.999, 45.999, 55.999]
    assert [block.speaker.name for block in blocks if block.speaker][1::2] == ["Elvira Prado"] * 3
    assert {block.text for block in blocks} == {" ".join(["Buenos días a todas.", *["Seguimos."] * more])}


def test_words_after_a_time_that_name_nobody_end_the_turn_where_names_stand_so() -> None:
    """What is announced is not said by the one who announced it."""
    lines = []
    for n, name in enumerate(("Elvira Prado", "Óscar Nieto", "Elvira Prado", "Óscar Nieto", "Elvira Prado")):
        lines += [f"00:0{n}:00 {name}", "Seguimos con la sesión de hoy."]
    lines += ["00:05:00 Cortinilla de la casa", "Compre en la tienda."]
    blocks = read_transcript([Paragraph(line) for line in lines]).blocks
    assert blocks[-1].speaker is not None
    assert blocks[-1].speaker.shown == "Cortinilla de la casa"
