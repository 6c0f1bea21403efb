"""What meetings save: Teams, Zoom, Meet and Otter; ranges that recognisers print; captions by another name."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers import read
from indexer.readers.labels.program_voices import is_counted

ELVIRA, RAMIRO = "Elvira Montes Rivas", "Ramiro Cano Sol"
SAID = [(ELVIRA, "Se abre la sesión."), (RAMIRO, "Tomo nota, maestra."), (ELVIRA, "Siguiente punto.")]

RANGES = ["00:00:03.000 --> 00:00:08.000", "00:00:09.000 --> 00:00:13.000", "00:00:14.000 --> 00:00:20.000"]


def transcript(tmp_path: Path, text: str, name: str = "a.txt") -> Document:
    """The text as a file of a session."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, Kind.TRANSCRIPT)


def who_said(document: Document) -> list[tuple[str | None, str]]:
    """Who, and what."""
    return [(block.speaker.shown if block.speaker else None, block.text) for block in document.blocks]


def seconds(document: Document) -> list[float | None]:
    """Of each block."""
    return [block.start_s for block in document.blocks]


@pytest.mark.parametrize(
    "line",
    ["{who}   {time}", "**{who}** {time}", "**{who} — {time}**", "[{who}] 00:0{time}", "{turned}   {time}"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_name_beside_its_time_on_a_line_is_a_label(tmp_path: Path, name: str, line: str) -> None:
    """As Teams, Zoom and Otter write it, also with the surnames first."""
    turned = {ELVIRA: "Montes Rivas, Elvira", RAMIRO: "Cano Sol, Ramiro"}
    lines = [
        f"{line.format(who=who, turned=turned[who], time=f'0:{3 + 6 * n:02d}')}\n{text}\n" if "*" not in line
        else f"{line.format(who=who, turned='', time=f'0:{3 + 6 * n:02d}')}\n\n{text}\n"
        for n, (who, text) in enumerate(SAID)
    ]  # fmt: skip
    document = transcript(tmp_path, "\n".join(lines), name)
    assert who_said(document) == SAID
    assert seconds(document) == [3, 9, 15]


def test_hours_of_the_day_beside_names_are_no_seconds(tmp_path: Path) -> None:
    """Zoom saves its captions on the clock of the wall."""
    text = "\n".join(f"[{who}] 10:0{n}:03\n{said}\n" for n, (who, said) in enumerate(SAID))
    document = transcript(tmp_path, text)
    assert who_said(document) == SAID
    assert seconds(document) == [None, None, None]


@pytest.mark.parametrize(
    "form", ["\t From {who} to Everyone:\n\t{said}", " De {who} Para Todos : {said}", " From {who} : {said}"]
)
def test_what_was_written_in_the_chat_is_theirs_who_wrote_it(tmp_path: Path, form: str) -> None:
    """In English and in Spanish, old and new."""
    text = "\n".join(f"10:0{n}:03{form.format(who=who, said=said)}" for n, (who, said) in enumerate(SAID))
    assert who_said(transcript(tmp_path, text)) == SAID


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.srt", "a.vtt"])
def test_names_on_a_line_of_their_own_below_the_range_are_who_speaks(tmp_path: Path, name: str) -> None:
    """As Teams wrote it at first."""
    cues = "\n\n".join(f"{span}\n{who}\n{said}" for span, (who, said) in zip(RANGES, SAID, strict=True))
    document = transcript(tmp_path, f"WEBVTT\n\n{cues}" if name == "a.vtt" else cues, name)
    assert who_said(document) == SAID
    assert seconds(document) == [3, 9, 14]


def test_two_lines_of_a_caption_are_not_a_name_and_its_words(tmp_path: Path) -> None:
    """Greetings begin with a capital too."""
    cue = "{n}\n00:00:0{n},000 --> 00:00:0{n},900\nMuchas Gracias\nque sigue el punto {n}"
    text = "\n\n".join(cue.format(n=n) for n in (1, 2, 3))
    assert all(block.speaker is None for block in transcript(tmp_path, text, "a.srt").blocks)


@pytest.mark.parametrize("suffix", [".vtt", ".txt"])
def test_voices_of_teams_are_read_whatever_the_file_is_called(tmp_path: Path, suffix: str) -> None:
    """Its names of cues (``guid/12-0``) are no words; surnames first are turned round."""
    cues = (f"0c8f-12ab/1{n}-0\n{span}\n<v {who}>{said}</v>" for n, (span, (who, said)) in enumerate(
        zip(RANGES, [("Montes Rivas, Elvira", SAID[0][1]), *SAID[1:]], strict=True)))  # fmt: skip
    document = transcript(tmp_path, "WEBVTT\n\n" + "\n\n".join(cues), f"a{suffix}")
    assert who_said(document) == SAID
    assert document.captions


PAGES = """{head}Mesa de prueba (2025-03-04 10:05 GMT-6) - Transcripción
{head}Asistentes
Ramiro Cano Sol, Elvira Montes Rivas

Elvira Montes Rivas: Se abre la sesión.
Ramiro Cano Sol: Tomo nota, maestra.

{head}00:05:00

Elvira Montes Rivas: Siguiente punto.
Ramiro Cano Sol: Enseguida.

{head}00:10:01

{head}La reunión finalizó después de 00:12:33 👋
Esta transcripción editable se generó por computadora y puede contener errores.
"""


@pytest.mark.parametrize(("name", "head"), [("a.txt", ""), ("a.md", "### ")])
def test_the_times_between_pages_of_meet_are_no_speech(tmp_path: Path, name: str, head: str) -> None:
    """They are the second of the label below; what the program says of itself is left out, and said."""
    document = transcript(tmp_path, PAGES.format(head=head), name)
    spoken = [(block.start_s, block.speaker.name, block.text) for block in document.blocks if block.speaker]
    assert spoken == [
        (None, ELVIRA, "Se abre la sesión."), (None, RAMIRO, "Tomo nota, maestra."),
        (300, ELVIRA, "Siguiente punto."), (None, RAMIRO, "Enseguida."),
    ]  # fmt: skip
    assert [told for told, _ in document.warnings if "finalizó después" in told]


@pytest.mark.parametrize(
    "line",
    ["Elvira Montes inició la transcripción", "Elvira Montes started transcription",
     "Transcribed by https://otter.ai", "La transcripción finalizó.", "Meeting ended after 00:12:33 👋",
     "(Transcrito por TurboScribe.ai. Actualice.)"],
)  # fmt: skip
def test_what_a_program_says_of_itself_is_left_out_and_said(tmp_path: Path, line: str) -> None:
    """At the head or at the foot."""
    text = "\n".join(f"{who}: {said}" for who, said in SAID)
    for whole in (f"{line}\n\n{text}\n", f"{text}\n\n{line}\n"):
        document = transcript(tmp_path, whole)
        assert who_said(document) == SAID
        assert line[:30] in document.warnings[0][0]


def test_what_is_said_of_a_transcript_stays(tmp_path: Path) -> None:
    """A sentence is no line of a program."""
    said = "Cuando el secretario inició la transcripción, ya había quórum."
    assert who_said(transcript(tmp_path, f"ELVIRA MONTES: {said}\n"))[0][1] == said


@pytest.mark.parametrize(
    "shape",
    ["[00:0{a}.000 --> 00:0{b}.000]   {said}", "[{a}.00s -> {b}.00s] {said}",
     "00:00:0{a},000 --> 00:00:0{b},000 {said}", "[0:0{a} - 0:0{b}] {said}",
     "{n}\n00:00:0{a},000 --> 00:00:0{b},000\n{said}\n"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_ranges_that_recognisers_print_are_cues(tmp_path: Path, name: str, shape: str) -> None:
    """Also SubRip saved as text; the title above them is text of nobody."""
    lines = [shape.format(n=n + 1, a=3 * n, b=3 * n + 2, said=said) for n, (_, said) in enumerate(SAID)]
    document = transcript(tmp_path, "\n".join(["Mesa de prueba", *lines]), name)
    assert document.captions
    assert who_said(document) == [(None, "Mesa de prueba"), *((None, said) for _, said in SAID)]
    assert seconds(document) == [None, 0, 3, 6]
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("voice", "role"),
    [("[SPEAKER_00] ", "SPEAKER_00"), ("SPEAKER_00: ", "SPEAKER_00"), ("(speaker 1) ", "speaker 1"),
     ("[Hablante 1]: ", "Hablante 1")],
)  # fmt: skip
def test_a_voice_that_was_counted_before_its_words_is_a_role(tmp_path: Path, voice: str, role: str) -> None:
    """Not part of what is said."""
    text = "\n".join(f"[00:0{3 * n}.000 --> 00:0{3 * n + 2}.000] {voice}{said}" for n, (_, said) in enumerate(SAID))
    document = transcript(tmp_path, text)
    assert [block.text for block in document.blocks] == [said for _, said in SAID]
    assert all(block.speaker and block.speaker.role == role for block in document.blocks)


@pytest.mark.parametrize("label", ["SPEAKER_00", "spk_0", "Speaker 1", "Hablante 1", "Persona 2", "Orador A"])
def test_counted_voices_are_labels_of_a_text_as_well(tmp_path: Path, label: str) -> None:
    """As printed, and nobody's name."""
    document = transcript(tmp_path, f"{label}: Se abre la sesión.\nRamiro Cano: Tomo nota.\n{label}: Gracias.\n")
    assert [block.speaker.role for block in document.blocks if block.speaker] == [label, None, label]


@pytest.mark.parametrize("other", ["Sala 3", "+52 55 0000 0000", "laura.prado", "iPad de la sala", "Unknown Speaker"])
@pytest.mark.parametrize("line", ["{who}   {time}", "[{who}] 00:0{time}"])
def test_who_is_not_known_does_not_speak_under_the_name_above(tmp_path: Path, other: str, line: str) -> None:
    """Where names stand beside their times, whatever stands there is who speaks: a role as printed."""
    turns = [SAID[0], (other, "Se escucha mal."), *SAID[1:]]
    lines = (f"{line.format(who=who, time=f'0:{3 + 6 * n:02d}')}\n{said}\n" for n, (who, said) in enumerate(turns))
    text = "\n".join(lines)
    document = transcript(tmp_path, text)
    assert who_said(document) == turns
    assert document.blocks[1].speaker is not None
    assert document.blocks[1].speaker.name is None
    assert seconds(document) == [3, 9, 15, 21]


def test_a_sentence_that_ends_in_a_time_is_said(tmp_path: Path) -> None:
    """Its time does not lie between those of the names around it."""
    text = f"{ELVIRA}   0:03\nVolvemos a las\nSala 3, 10:30\n\n{RAMIRO}   0:09\nBien.\n\n{ELVIRA}   0:15\nBien.\n"
    document = transcript(tmp_path, text)
    assert [who for who, _ in who_said(document)] == [ELVIRA, ELVIRA, RAMIRO, ELVIRA]


def test_hours_alone_on_their_line_are_nobodys_words(tmp_path: Path) -> None:
    """Of the wall: they are no seconds either, and it is said."""
    text = f"10:05:00\n{ELVIRA}: Uno.\n{RAMIRO}: Dos.\n10:10:00\n{ELVIRA}: Tres.\n{RAMIRO}: Cuatro.\n"
    document = transcript(tmp_path, text)
    assert [said for _, said in who_said(document)] == ["Uno.", "Dos.", "Tres.", "Cuatro."]
    assert "10:05:00" in document.warnings[0][0]


def test_names_of_cues_that_say_who_speaks_are_read(tmp_path: Path) -> None:
    """As Webex writes them."""
    cues = "\n\n".join(f'{n} "{who}" (123{n})\n{RANGES[n]}\n{said}' for n, (who, said) in enumerate(SAID))
    assert who_said(transcript(tmp_path, f"WEBVTT\n\n{cues}\n", "a.vtt")) == SAID


def test_a_voice_that_was_counted_holds_until_the_next_one(tmp_path: Path) -> None:
    """Where the label stands at the changes only."""
    text = "1\n00:00:01,000 --> 00:00:02,000\nSpeaker 0: Se abre\n\n2\n00:00:03,000 --> 00:00:04,000\nla sesión.\n"
    assert who_said(transcript(tmp_path, text, "a.srt")) == [("Speaker 0", "Se abre"), ("Speaker 0", "la sesión.")]


@pytest.mark.parametrize(
    "word", ["Participantes", "Personas", "Oradores", "Persona a", "Voz en off", "Speakers", "Voz1a"]
)
def test_words_that_begin_like_a_counted_voice_are_none(word: str) -> None:
    """A plural is no letter that tells voices apart."""
    assert not is_counted(word)
