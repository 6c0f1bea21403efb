"""Labels inside cues, on the first line or a later one; and text typed with double spacing."""

from __future__ import annotations

from pathlib import Path

from tests.readers.made_transcripts import shown, transcript

CUES = (
    "1\n00:00:01,000 --> 00:00:04,000\nMODERADORA: ¿Quién empieza?\nPANELISTA 1: Yo.\n\n"
    "2\n00:00:05,000 --> 00:00:07,000\nGracias por\nla invitación.\n\n"
    "3\n00:00:08,000 --> 00:00:09,000\n- MODERADORA: Adelante,\nlo oímos.\n- PANELISTA 1: Sí.\n"
)


def test_a_label_on_the_second_line_of_a_cue_opens_a_turn(tmp_path: Path) -> None:
    """Lines without a label stay with the line above."""
    found = transcript(tmp_path, CUES, ".srt")
    assert shown(found) == [
        (0, "MODERADORA", "¿Quién empieza?"),
        (1, "PANELISTA 1", "Yo."),
        (1, "PANELISTA 1", "Gracias por la invitación."),
        (2, "MODERADORA", "Adelante, lo oímos."),
        (3, "PANELISTA 1", "Sí."),
    ]
    assert [b.start_s for b in found.blocks] == [1.0, 1.0, 5.0, 8.0, 8.0]


def test_a_line_of_a_cue_with_a_colon_is_no_turn(tmp_path: Path) -> None:
    """Two lines of one cue are one block."""
    text = "1\n00:00:01,000 --> 00:00:04,000\nSon dos cosas:\nElvira Prado: la primera\n"
    assert [who for _, who, _ in shown(transcript(tmp_path, text, ".srt"))] == [None]


def test_double_spaced_lines_are_put_together(tmp_path: Path) -> None:
    """A paragraph begins at its indent."""
    text = (
        "        El señor NIETO (Presidente).- Con el permiso de quienes hoy nos acompañan\n\n"
        "y de acuerdo con el orden que se repartió, damos cuenta del estado de las actas. Las\n\n"
        "bodegas están listas.\n\n"
        "        Dicho esto, cedo el micrófono a la persona que dirige la oficina de las\n\n"
        "actas para que dé sus cifras.\n"
    )
    assert [(who, text[:20], text[-20:]) for _, who, text in shown(transcript(tmp_path, text))] == [
        ("Nieto", "Con el permiso de qu", "bodegas están listas"[-19:] + "."),
        ("Nieto", "Dicho esto, cedo el ", "ara que dé sus cifras"[-19:] + "."),
    ]


def test_short_lines_with_blank_ones_between_are_paragraphs(tmp_path: Path) -> None:
    """As most people type."""
    text = "Moderadora: Buenas tardes.\n\nPonente 1: Gracias.\n\nModeradora: Adelante.\n\nPonente 1: Sigo.\n"
    assert len(transcript(tmp_path, text).blocks) == 4
