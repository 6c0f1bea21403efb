"""Where the title of a mesa is spoken in a day."""

from __future__ import annotations

from indexer.language.spanish import stem
from indexer.operations.splitting import spoken_places


def test_a_title_begins_at_its_own_first_word_though_one_like_it_was_said_just_before() -> None:
    said = "y con las urnas cerramos el pasillo iniciamos las urnas del municipio con ustedes"
    day = said.split()
    spoken = [(stem(word), float(second)) for second, word in enumerate(day)]
    assert spoken_places("Las urnas del municipio", spoken) == [float(day.index("urnas", 4))]
