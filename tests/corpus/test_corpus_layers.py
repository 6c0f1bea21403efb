"""What staff lay over a transcript."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.corpus.layers import attribute_speakers, canonical_names, clip, speaker_of
from indexer.corpus.speakers_file import SpeakerChange, parse_speakers
from indexer.model.session import Participant
from indexer.model.transcript import Block, Document, Speaker
from indexer.model.vocabulary import PersonName

PATH = "foro/mesa-1/hablantes.tsv"


def cues(*starts: float) -> Document:
    """Captions that begin at these seconds."""
    return Document(tuple(Block(f"cue {n}", start, start + 3) for n, start in enumerate(starts)), captions=True)


def test_a_window_keeps_the_cues_that_start_in_it() -> None:
    """From its first second on, up to and without its last."""
    kept = clip(cues(0, 10, 20, 30), 10, 30)
    assert [block.start_s for block in kept.blocks] == [10, 20]
    assert [block.start_s for block in clip(cues(0, 10, 20), None, 20).blocks] == [0, 10]
    assert [block.start_s for block in clip(cues(0, 10, 20), 0.5, None).blocks] == [10, 20]


def test_what_has_no_time_goes_with_what_stands_before_it_and_a_heading_with_what_follows() -> None:
    """Nothing of a part is lost for want of a time; a paragraph counts from its first word that has a second."""
    heading, aside = Block("Encabezado"), Block("Sin hora")
    late = Block("Primera y segunda", seconds=(None, 31.0, None))
    document = Document((heading, *cues(10).blocks, aside, *cues(20).blocks, late))
    assert [block.text for block in clip(document, 5, 20).blocks] == [
        "Encabezado",
        cues(10).blocks[0].text,
        "Sin hora",
    ]
    assert heading not in clip(document, 15, None).blocks
    assert clip(document, 30, None).blocks == (late,)


def test_a_window_over_a_text_without_times_is_the_text() -> None:
    """Nothing may be lost for want of times."""
    document = Document((Block("uno"), Block("dos")))
    assert clip(document, 10, 20) == document


def test_all_ways_to_write_a_time() -> None:
    """Points, commas, clocks; BOM, CRLF, blank lines and comments."""
    lines = ("inicio_s\tpersona", "# apertura", "0\tAna Ruiz", "", "12,5\tPregunta", "0:20\t-", "1:02:03.5\tLuis  Paz ")
    text = "\ufeff" + "\r\n".join(lines)
    changes, problems = parse_speakers(text, PATH)
    assert problems == ()
    assert changes == (
        SpeakerChange(0, "Ana Ruiz"),
        SpeakerChange(12.5, "Pregunta"),
        SpeakerChange(20, None),
        SpeakerChange(3723.5, "Luis Paz"),
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("doce\tAna Ruiz", "no es un tiempo"),
        ("-4\tAna Ruiz", "no es un tiempo"),
        ("1:75\tAna Ruiz", "no es un tiempo"),
        ("1:75:00\tAna Ruiz", "no es un tiempo"),
        ("nan\tAna Ruiz", "no es un tiempo"),
        ("12.5 Ana Ruiz", "tabulador"),
        ("12.5;Ana Ruiz", "tabulador"),
        ("12.5,Ana Ruiz", "tabulador"),
        ("12,5, Ana Ruiz", "tabulador"),
        ("Ana Ruiz", "tabulador"),
        ("12.5\t", "persona"),
        ("3\tAna Ruiz", "no avanza"),
    ],
)
def test_a_wrong_line_is_said_and_the_others_serve(line: str, fault: str) -> None:
    """With its number and what to write instead."""
    changes, problems = parse_speakers(f"inicio_s\tpersona\n5\tLuis Paz\n{line}\n40\tPregunta\n60\t?\n", PATH)
    assert changes == (SpeakerChange(5, "Luis Paz"), SpeakerChange(40, "Pregunta"), SpeakerChange(60, None))
    (problem,) = problems
    assert problem.path == f"{PATH}:3"
    assert fault in problem.fault
    assert problem.cure
    assert problem.severity == "error"


def test_one_wrong_time_does_not_make_the_rest_wrong() -> None:
    """99999 instead of 99."""
    changes, problems = parse_speakers("1\tA B\n99999\tC D\n20\tE F\n30\tG H\n", PATH)
    assert [change.start_s for change in changes] == [1, 20, 30]
    assert [problem.path for problem in problems] == [f"{PATH}:2"]


def test_a_file_full_of_one_fault_is_one_problem() -> None:
    """With its lines."""
    changes, problems = parse_speakers("".join(f"{n};Ana Ruiz\n" for n in range(50)), PATH)
    assert changes == ()
    (problem,) = problems
    assert "50 renglones: 1, 2, 3" in problem.fault


def test_a_column_too_many_is_a_warning() -> None:
    """The line serves."""
    changes, problems = parse_speakers("1\tAna Ruiz\tconsejera\n2\tLuis Paz\t\t\n", PATH)
    assert [change.person for change in changes] == ["Ana Ruiz", "Luis Paz"]
    assert [(problem.path, problem.severity) for problem in problems] == [(f"{PATH}:1", "aviso")]


def test_an_empty_file_is_a_warning() -> None:
    """It has nothing to say."""
    changes, problems = parse_speakers("inicio_s\tpersona\n", PATH)
    assert changes == ()
    assert [problem.severity for problem in problems] == ["aviso"]


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("0123456789:.,;\t\n -#aÁñ"), max_size=200))
def test_no_text_makes_it_fail_and_times_go_forward(text: str) -> None:
    """Whatever staff type."""
    changes, _ = parse_speakers(text, PATH)
    seconds = [change.start_s for change in changes]
    assert seconds == sorted(set(seconds))


def test_a_change_takes_effect_at_the_cue_it_means() -> None:
    """Seconds written by hand are a little off."""
    document = attribute_speakers(
        cues(0, 5, 12.4, 15, 20), [SpeakerChange(4.7, "Ana Ruiz"), SpeakerChange(12.5, "Pregunta")]
    )
    assert [block.speaker and block.speaker.shown for block in document.blocks] == [
        None, "Ana Ruiz", "Pregunta", "Pregunta", "Pregunta",
    ]  # fmt: skip
    assert [block.turn for block in document.blocks] == [0, 1, 2, 2, 2]


def test_of_two_cues_near_a_change_the_nearest_is_meant() -> None:
    """Not the first within the tolerance."""
    document = attribute_speakers(
        cues(0, 12.1, 12.5, 14), [SpeakerChange(0, "Ana Ruiz"), SpeakerChange(12.5, "Luis Paz")]
    )
    assert [block.turn for block in document.blocks] == [0, 0, 1, 1]


def test_each_change_opens_a_turn_also_for_the_same_person() -> None:
    """As a new label does."""
    document = attribute_speakers(cues(0, 5, 9), [SpeakerChange(0, "Ana Ruiz"), SpeakerChange(5, "Ana Ruiz")])
    assert [block.turn for block in document.blocks] == [0, 1, 1]


def test_a_change_past_the_end_changes_nothing() -> None:
    """Nor do changes to a text without times."""
    assert attribute_speakers(cues(0, 5), [SpeakerChange(60, "Ana Ruiz")]) == cues(0, 5)
    plain = Document((Block("uno"),))
    assert attribute_speakers(plain, [SpeakerChange(0, "Ana Ruiz")]) == plain


@pytest.mark.parametrize(
    ("person", "speaker"),
    [
        ("Ana Ruiz", Speaker(name="Ana Ruiz")),
        ("María de la Luz Pérez", Speaker(name="María de la Luz Pérez")),
        ("Ana", Speaker(name="Ana")),
        ("ANA RUIZ", Speaker(name="ANA RUIZ")),
        ("Dra. Ana Ruiz", Speaker(name="Dra. Ana Ruiz")),
        ("Ana Ruiz, consejera", Speaker(name="Ana Ruiz", post="consejera")),
        ("Consejera Presidenta Ana Ruiz", Speaker(name="Ana Ruiz", post="Consejera Presidenta")),
        ("Representante del PRD, Ana Ruiz", Speaker(name="Ana Ruiz", post="Representante del PRD")),
        ("PREGUNTA", Speaker(role="PREGUNTA")),
        ("Moderadora", Speaker(role="Moderadora")),
        ("Participante 2", Speaker(role="Participante 2")),
        ("El C. Presidente", Speaker(role="El C. Presidente")),
        ("Consejera Presidenta", Speaker(role="Consejera Presidenta")),
        ("Representante del PRD", Speaker(role="Representante del PRD")),
        ("Maestro de ceremonias", Speaker(role="Maestro de ceremonias")),
        ("Persona del público", Speaker(role="Persona del público")),
        ("INE", Speaker(role="INE")),
        (None, None),
    ],
)
def test_names_are_told_from_roles(person: str | None, speaker: Speaker | None) -> None:
    """As staff write them."""
    assert speaker_of(person) == speaker


def test_one_person_has_one_name() -> None:
    """Misspellings of ``personas.toml``, and participants compared without accents, case and titles."""
    people = (PersonName("Ana Ruiz Gómez", ("Ana Ruis Gomez", "La doctora Ruiz")),)
    participants = (
        Participant("Ana Ruiz Gómez", post="Consejera", institution="IEEM"),
        Participant("Luis Paz", post="Director"),
    )
    said = (
        Speaker(name="ANA RUIS GÓMEZ"),
        Speaker(name="Dra. Ana Ruiz Gomez", post="Moderadora"),
        Speaker(role="La doctora Ruiz"),
        Speaker(name="luis paz", institution="INE"),
        Speaker(role="PREGUNTA"),
        Speaker(name="Eva Sol"),
        None,
    )
    document = Document(tuple(Block("x", speaker=speaker, turn=turn) for turn, speaker in enumerate(said)))
    document = canonical_names(document, people, participants)
    assert [block.speaker for block in document.blocks] == [
        Speaker("Ana Ruiz Gómez", None, "Consejera", "IEEM"),
        Speaker("Ana Ruiz Gómez", None, "Moderadora", "IEEM"),
        Speaker("Ana Ruiz Gómez", None, "Consejera", "IEEM"),
        Speaker("Luis Paz", None, "Director", "INE"),
        Speaker(role="PREGUNTA"),
        Speaker(name="Eva Sol"),
        None,
    ]


def test_a_participant_written_with_a_misspelling_gets_the_canonical_name() -> None:
    """``personas.toml`` holds over ``mesa.toml``."""
    people = (PersonName("Ana Ruiz Gómez", ("Ana Ruiz",)),)
    document = Document((Block("x", speaker=Speaker(name="Ana Ruiz Gómez")),))
    (block,) = canonical_names(document, people, (Participant("Ana Ruiz", post="Consejera"),)).blocks
    assert block.speaker == Speaker("Ana Ruiz Gómez", None, "Consejera")


@pytest.mark.parametrize(
    "voice", ["SPEAKER_00", "spk_0", "Speaker A", "Speaker 1", "Hablante A", "Hablante 1", "S1", "Orador B"]
)
def test_a_voice_that_was_only_counted_is_named_once_in_its_session(voice: str) -> None:
    """It is a role, so that its name goes among the participants of the session and not into ``personas.toml``."""
    told = speaker_of(voice)
    assert told is not None
    assert told.name is None
    document = Document((Block("Hola.", speaker=Speaker(role=voice)), Block("Sí.", speaker=Speaker(role="Otra 1"))))
    named = canonical_names(document, (), (Participant("Elvira Montes", variants=(voice,)),))
    assert [block.speaker.shown for block in named.blocks if block.speaker] == ["Elvira Montes", "Otra 1"]


def labelled(*speakers: Speaker) -> Document:
    """A text in which these speak, a turn each."""
    return Document(tuple(Block("lo dicho", speaker=who, turn=turn) for turn, who in enumerate(speakers)))


ANA, GUESSED_ANA = Speaker("Ana Ruiz"), Speaker("Ana Ruiz", inferred=True)


def inferred(document: Document, people: tuple[PersonName, ...] = (), *participants: Participant) -> list[bool]:
    return [bool(b.speaker and b.speaker.inferred) for b in canonical_names(document, people, participants).blocks]


@pytest.mark.parametrize("forms", [("Ana Ruiz",), ("ANA RUÍZ", "Ana R."), ("Mtra. Ana Ruiz",)])
def test_a_guessed_name_that_staff_wrote_as_a_form_of_somebody_is_sure(forms: tuple[str, ...]) -> None:
    """Among the participants of the mesa, or the people of the corpus."""
    assert inferred(labelled(GUESSED_ANA), (), Participant("Ana Ruiz López", variants=forms)) == [False]
    assert inferred(labelled(GUESSED_ANA), (PersonName("Ana Ruiz López", forms),)) == [False]


def test_a_guessed_role_that_staff_gave_to_somebody_is_sure() -> None:
    guess = Speaker(role="MODERADORA", inferred=True)
    assert inferred(labelled(guess), (), Participant("Ana Ruiz", variants=("MODERADORA",))) == [False]


def test_being_spelt_like_a_known_name_confirms_nothing() -> None:
    """Whether the line is a label at all was the guess; the canonical name and the post are given all the same."""
    document = labelled(Speaker("ANA RUIZ", inferred=True))
    known = canonical_names(document, (), (Participant("Ana Ruíz", "Consejera"),))
    assert known.blocks[0].speaker == Speaker("Ana Ruíz", post="Consejera", inferred=True)
    assert canonical_names(document, (PersonName("Ana Ruíz"),), ()).blocks[0].speaker == Speaker(
        "Ana Ruíz", inferred=True
    )


def test_a_doubt_about_the_place_stays_where_the_name_is_certain_elsewhere() -> None:
    """Who is called so was never the question."""
    participant = Participant("Ana Ruiz López", variants=("Ana Ruiz",))
    assert inferred(labelled(ANA, GUESSED_ANA), (), participant) == [False, True]


def test_whoever_speaks_according_to_staff_is_sure() -> None:
    """Before the first change the text is as it was received."""
    blocks = tuple(Block("lo dicho", float(10 * n), speaker=GUESSED_ANA, turn=n) for n in range(2))
    document = attribute_speakers(Document(blocks), (SpeakerChange(10, "Ana Ruiz"),))
    assert inferred(document) == [True, False]
