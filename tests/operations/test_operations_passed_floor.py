"""Where the text passes the floor to somebody who is known, the desk proposes who speaks from there on."""

from __future__ import annotations

from indexer.corpus.anchors import Anchors
from indexer.corpus.page import PageText, build_page
from indexer.model import Kind
from indexer.model.transcript import Block, Document
from indexer.operations.passed_floor import passed_floor

PEOPLE = ("Ana Ruiz Mora", "Luis Mora Sol", "Eva Prueba")


def proposed(*cues: str) -> list[tuple[float, str]]:
    document = Document(tuple(Block(text, 5.0 * at, 5.0 * at + 5) for at, text in enumerate(cues)), captions=True)
    passages, _ = build_page([PageText(Kind.TRANSCRIPT, document)], (), Anchors())
    return [(one["inicio_s"], one["persona"]) for one in passed_floor(passages, PEOPLE)]


def test_the_next_piece_is_of_whoever_is_given_the_floor() -> None:
    assert proposed("buenos días", "tiene la palabra la licenciada ana ruiz", "gracias presidenta") == [
        (10.0, "Ana Ruiz Mora")
    ]


def test_a_call_and_a_name_may_be_broken_over_pieces() -> None:
    assert proposed("le cedo el uso de", "la palabra al doctor luis", "mora sol adelante", "muchas gracias") == [
        (15.0, "Luis Mora Sol")
    ]


def test_a_surname_of_two_people_alone_proposes_nobody() -> None:
    assert proposed("tiene la palabra la consejera mora", "gracias") == []
    assert proposed("tiene la palabra la consejera prueba", "gracias") == [(5.0, "Eva Prueba")]


def test_who_is_only_named_or_not_known_is_not_proposed() -> None:
    assert proposed("saludo a eva prueba", "tiene la palabra el señor desconocido", "gracias", "y a ana ruiz") == []
