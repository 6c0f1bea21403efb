"""A page: its texts in reading order, one series of numbers that are never used twice."""

from __future__ import annotations

from dataclasses import replace

from indexer.corpus.anchors import Anchors
from indexer.corpus.page import PageText, build_page
from indexer.language.entities import Entities
from indexer.model import Certainty, Kind, Version
from indexer.model.passage import Passage
from indexer.model.session import Fact, Participant
from indexer.model.transcript import Block, Document, Speaker
from indexer.model.vocabulary import Entity

ANA = Speaker(name="Ana Ruiz", post="Consejera", institution="IEEM")
TRANSCRIPT = PageText(
    Kind.TRANSCRIPT,
    Document(
        (
            Block("Bienvenidas y bienvenidos a esta mesa.", turn=0),
            Block("Gracias a todas las personas que nos acompañan.", speaker=ANA, turn=1),
            Block("¿Cuánto costó el programa?", speaker=Speaker(role="PREGUNTA"), turn=2),
        )
    ),
    Version.PRELIMINARY,
)
DESCRIPTION = PageText(
    Kind.DESCRIPTION,
    Document((Block("De qué trata.", speaker=ANA), Block("Y quiénes hablan."))),
    own_wording=True,
)
FACTS = (
    Fact("La mesa fue el 4 de diciembre.", Certainty.CONFIRMED, ("boletin",)),
    Fact("No consta quién moderó.\nNinguna fuente lo dice.", Certainty.UNKNOWN),
)


def numbers(passages: tuple[Passage, ...]) -> list[int]:
    """Their numbers, in reading order."""
    return [passage.number for passage in passages]


def test_description_facts_and_transcript_stand_in_reading_order_with_one_series_of_numbers() -> None:
    """Whatever the order in which they are given."""
    passages, anchors = build_page([TRANSCRIPT, DESCRIPTION], FACTS, Anchors())
    assert [(p.kind, p.fact) for p in passages] == [
        (Kind.DESCRIPTION, None),
        (Kind.DESCRIPTION, 0),
        (Kind.DESCRIPTION, 1),
        (Kind.TRANSCRIPT, None),
        (Kind.TRANSCRIPT, None),
        (Kind.TRANSCRIPT, None),
    ]
    assert numbers(passages) == [1, 2, 3, 4, 5, 6]
    assert [p.order for p in passages] == [0, 1, 2, 3, 4, 5]
    assert [p.turn for p in passages] == [0, 1, 2, 3, 4, 5]
    assert anchors.next_number == 7
    assert [row.number for row in anchors.rows] == [1, 2, 3, 4, 5, 6]


def test_speakers_and_versions_are_those_of_the_transcript_alone() -> None:
    """A description has neither; a role is no name; what is before the first label is nobody's."""
    passages, _ = build_page([DESCRIPTION, TRANSCRIPT], FACTS, Anchors())
    assert [(p.person, p.identified, p.post, p.version) for p in passages] == [
        (None, False, None, None),
        (None, False, None, None),
        (None, False, None, None),
        (None, False, None, Version.PRELIMINARY),
        ("Ana Ruiz", True, "Consejera", Version.PRELIMINARY),
        ("PREGUNTA", False, None, Version.PRELIMINARY),
    ]


def test_own_wording_is_never_that_of_a_transcript_and_always_that_of_a_fact() -> None:
    """Our words are never quoted as speech."""
    own = replace(TRANSCRIPT, own_wording=True)
    passages, _ = build_page([own, replace(DESCRIPTION, own_wording=False)], FACTS, Anchors())
    assert [p.own_wording for p in passages] == [False, True, True, False, False, False]


def test_facts_of_an_event_follow_its_announcement() -> None:
    """With its kind, also where there is no announcement."""
    announcement = PageText(Kind.ANNOUNCEMENT, Document((Block("Se convoca al foro."),)))
    passages, _ = build_page([announcement], FACTS[:1], Anchors())
    assert [(p.kind, p.fact) for p in passages] == [(Kind.ANNOUNCEMENT, None), (Kind.ANNOUNCEMENT, 0)]
    (alone,), _ = build_page([], FACTS[:1], Anchors(), fact_kind=Kind.ANNOUNCEMENT)
    assert alone.kind is Kind.ANNOUNCEMENT


def test_a_fact_is_one_fragment_in_one_paragraph() -> None:
    """However long, and however it was folded in the TOML."""
    long = Fact(" ".join(["Se registraron trece candidaturas."] * 60), Certainty.CONFIRMED)
    passages, _ = build_page([], (FACTS[1], long), Anchors())
    assert [p.fact for p in passages] == [0, 1]
    assert passages[0].text == "No consta quién moderó. Ninguna fuente lo dice."
    assert len(passages[1].text.split()) == 240


def test_facts_in_another_order_keep_their_numbers() -> None:
    """And the index follows the new order."""
    _, anchors = build_page([DESCRIPTION], FACTS, Anchors())
    passages, _ = build_page([DESCRIPTION], FACTS[::-1], anchors)
    assert numbers(passages) == [1, 3, 2]
    assert [p.fact for p in passages] == [None, 0, 1]


def test_a_page_with_its_own_anchors_is_the_same_page() -> None:
    """Also after the file was written and read."""
    first, anchors = build_page([DESCRIPTION, TRANSCRIPT], FACTS, Anchors())
    read, problems = Anchors.parse(anchors.render(), "anclas.tsv")
    assert problems == ()
    assert build_page([DESCRIPTION, TRANSCRIPT], FACTS, read) == (first, anchors)


def test_a_number_is_never_given_again() -> None:
    """Neither after the last fragment went, nor after a kind was withdrawn and another text came in its place."""
    _, anchors = build_page([DESCRIPTION, TRANSCRIPT], (), Anchors())
    passages, anchors = build_page([DESCRIPTION], (), anchors)
    assert numbers(passages) == [1]
    assert anchors.next_number == 5
    assert [row.kind for row in anchors.rows] == [Kind.DESCRIPTION]
    other = PageText(Kind.TRANSCRIPT, Document((Block("Otra sesión empieza aquí."),)), Version.OFFICIAL)
    passages, anchors = build_page([DESCRIPTION, other], (), anchors)
    assert numbers(passages) == [1, 5]
    assert anchors.next_number == 6


def test_a_kind_that_cannot_be_read_stays_as_it_was() -> None:
    """Its numbers, texts and speakers; only its place on the page is new, and its numbers are taken."""
    old, anchors = build_page([TRANSCRIPT], (), Anchors())
    kept = {Kind.TRANSCRIPT: old}
    passages, after = build_page([DESCRIPTION], FACTS, anchors, kept=kept)
    assert numbers(passages) == [4, 5, 6, 1, 2, 3]
    assert [p.order for p in passages] == [0, 1, 2, 3, 4, 5]
    assert [replace(p, order=q.order, turn=q.turn) for p, q in zip(passages[3:], old, strict=True)] == list(old)
    again, _ = build_page([DESCRIPTION, TRANSCRIPT], FACTS, after)
    assert again == passages


def test_kept_numbers_are_taken_even_when_the_anchors_are_lost() -> None:
    """No two fragments of a page share one."""
    old, _ = build_page([TRANSCRIPT], (), Anchors())
    passages, anchors = build_page([DESCRIPTION], (), Anchors(), kept={Kind.TRANSCRIPT: old})
    assert numbers(passages) == [4, 1, 2, 3]
    assert anchors.next_number == 5


def test_kept_facts_are_made_anew() -> None:
    """They come from the TOML, which could be read."""
    old, anchors = build_page([DESCRIPTION], FACTS, Anchors())
    passages, _ = build_page([], FACTS[:1], anchors, kept={Kind.DESCRIPTION: old})
    assert [(p.number, p.fact) for p in passages] == [(1, None), (2, 0)]


def test_a_kind_that_cannot_be_read_on_a_new_machine_keeps_its_numbers() -> None:
    """There is no last good version to serve, but the file may be mended tomorrow."""
    first, anchors = build_page([DESCRIPTION, TRANSCRIPT], FACTS, Anchors())
    passages, broken = build_page([DESCRIPTION], FACTS, anchors, kept={Kind.TRANSCRIPT: ()})
    assert numbers(passages) == [1, 2, 3]
    assert build_page([DESCRIPTION, TRANSCRIPT], FACTS, broken) == (first, anchors)


def test_the_entity_is_that_of_the_participant_else_that_of_the_post() -> None:
    """Staff know it better than a label."""
    entities = Entities(
        (
            Entity("ieem", "Instituto Electoral del Estado de México", "ople", ("IEEM",)),
            Entity("sonora", "Sonora", "estado", ("Sonora",)),
        )
    )
    passages, _ = build_page([TRANSCRIPT], (), Anchors(), entities=entities)
    assert [p.entity for p in passages] == [None, "ieem", None]
    known = (Participant("ana ruiz", entity="Sonora"),)
    passages, _ = build_page([TRANSCRIPT], (), Anchors(), participants=known, entities=entities)
    assert [p.entity for p in passages] == [None, "sonora", None]


def test_an_empty_page_has_no_fragments() -> None:
    """And keeps its place in the series."""
    assert build_page([], (), Anchors((), 9)) == ((), Anchors((), 9))


def test_a_fragment_is_a_guess_where_any_of_its_paragraphs_is() -> None:
    """A name that is carried on over a doubtful place is in doubt for the whole of what is cited."""
    guess = replace(ANA, inferred=True)
    blocks = (
        Block("Gracias a todas.", speaker=ANA, turn=0),
        Block("Sigo con el presupuesto.", speaker=guess, turn=0),
        Block("Y nada más.", speaker=ANA, turn=1),
        Block("Nadie sabe quién.", speaker=Speaker(inferred=True), turn=2),
    )
    passages, _ = build_page([PageText(Kind.TRANSCRIPT, Document(blocks))], (), Anchors())
    assert [(p.person, p.inferred) for p in passages] == [("Ana Ruiz", True), ("Ana Ruiz", False), (None, False)]


def test_a_description_has_no_guesses() -> None:
    document = Document((Block("De qué trata.", speaker=replace(ANA, inferred=True)),))
    passages, _ = build_page([PageText(Kind.DESCRIPTION, document)], (), Anchors())
    assert [p.inferred for p in passages] == [False]
