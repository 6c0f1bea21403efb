"""Key phrases: what two or three words together are said more of in one part of the texts than in the rest."""

from __future__ import annotations

from indexer.index.company import PHRASE, ContrastAsked
from indexer.index.query import Filters, Query, Word
from tests.engines.shelf import Shelf
from tests.engines.test_engine_corrected_texts import forum

OTHERS = ("Nadie dijo otra cosa sobre el acta y la urna de ayer.",) * 40


def phrases(shelf: Shelf, *texts: str) -> list[tuple[str, int, int]]:
    """Those of the fragments that hold *Sonora*: as written, how often here and in the rest."""
    shelf.write(forum(*texts, *OTHERS).changes())
    query = Query((Word("sonora"),), expand=False, correct=False)
    return [(row.word, row.here, row.rest) for row in shelf.open().contrast(query, ContrastAsked(PHRASE)).rows]


def test_a_phrase_is_counted_as_its_words_stand_side_by_side(shelf: Shelf) -> None:
    said = [
        "Esto es Sonora. Hubo un Voto Electrónico; el voto electrónico y el voto.",
        "Es Sonora: el VOTO ELECTRÓNICO.",
    ]
    rest = ["Se contó el voto electrónico.", "El voto no fue electrónico.", "Votó. El electrónico voto."]
    assert phrases(shelf, *said * 3, *rest) == [("voto electrónico", 9, 1)]


def test_it_neither_begins_nor_ends_with_a_function_word_and_joins_its_words_by_prepositions(shelf: Shelf) -> None:
    said = ["Es Sonora y es para el registro de candidaturas.", "Es Sonora: la parte se registra hoy."] * 5
    assert phrases(shelf, *said) == [("registro de candidaturas", 5, 0)]


def test_a_part_of_a_longer_phrase_gives_way_unless_it_is_said_far_more_often(shelf: Shelf) -> None:
    whole, part = "Es Sonora: la Junta Local Ejecutiva.", "Es Sonora: la Junta Local."
    assert phrases(shelf, *[whole] * 6, *[part] * 2) == [("Junta Local Ejecutiva", 6, 0)]


def test_what_is_said_far_more_often_than_the_longer_phrase_stays(shelf: Shelf) -> None:
    whole, part = "Es Sonora: la Junta Local Ejecutiva.", "Es Sonora: la Junta Local."
    assert phrases(shelf, *[whole] * 4, *[part] * 4) == [("Junta Local", 8, 0)]


def test_what_no_article_or_preposition_ever_precedes_is_no_phrase(shelf: Shelf) -> None:
    assert phrases(shelf, *["Es Sonora. Salimos corriendo siempre: llegamos cansadas."] * 5) == []


def test_where_there_is_no_rest_nothing_is_more_frequent(shelf: Shelf) -> None:
    shelf.write(forum(*["Vino el voto electrónico."] * 5).changes())
    everything = Query(filters=Filters({"mesa": ("mesa-1",)}))
    assert shelf.open().contrast(everything, ContrastAsked(PHRASE)).rows == ()
