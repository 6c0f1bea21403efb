"""Topics of a text: a name tags by itself, a sign beside other evidence, a form that needs company beside its kin."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.language.tagging import CLOSE, NEAR, tagged, topics_of_page
from indexer.language.vocabulary import Vocabulary
from indexer.model.session import Event, Session
from indexer.model.vocabulary import Topic

VOCABULARY = Vocabulary(
    (
        Topic(
            "urnas", "Material de casilla", signs=("urna", "urnas", "mamparas", "urnas nuevas"), broader=("casillas",)
        ),
        Topic("casillas", "Casillas", narrower=("urnas",)),
        Topic("lluvias", "Pronóstico de lluvias"),
        Topic(
            "cuotas",
            "Cuotas de postulación",
            equivalents=("personas zurdas",),
            signs=("zurdos", "cuota"),
            accompanied=("personas zurdas", "zurdos"),
            related=("casillas",),
        ),
    )
)
FILLING = "y así siguió la tarde "


def topics(text: str, *about: str) -> set[str]:
    return set(tagged(VOCABULARY, text, about))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Las casillas abrieron.", {"casillas"}),
        ("La urna de la abuela.", set()),
        ("La urna y las urnas.", set()),
        ("Las urnas nuevas, unas urnas.", set()),
        ("Las urnas y las mamparas.", {"urnas"}),
        ("Las urnas y el pronóstico de lluvias.", {"urnas", "lluvias"}),
        ("Las personas zurdas y los zurdos.", set()),
        ("Las personas zurdas y el pronóstico de lluvias.", {"lluvias"}),
        ("Las personas zurdas en las casillas.", {"cuotas", "casillas"}),
        ("Una cuota para los zurdos.", set()),
    ],
)
def test_one_word_is_no_topic_and_two_that_differ_are(text: str, expected: set[str]) -> None:
    assert topics(text) == expected


def test_evidence_stands_near() -> None:
    within, beyond = (FILLING * ((words + 5) // 5) for words in (NEAR - 10, NEAR + 5))
    assert topics(f"Las urnas {within} el pronóstico de lluvias.") == {"urnas", "lluvias"}
    assert topics(f"Las urnas {beyond} el pronóstico de lluvias.") == {"lluvias"}
    assert topics(f"Las urnas {beyond} las mamparas.") == set()
    assert topics(f"Los zurdos {FILLING * (CLOSE // 5 + 1)} en las casillas.") == {"casillas"}


def test_a_page_about_a_topic_is_evidence_for_all_that_is_said_there() -> None:
    assert topics("La urna.", "lluvias") == {"urnas"}
    assert topics("Los zurdos.", "lluvias") == set()
    assert topics("Los zurdos.", "casillas") == {"cuotas"}


def test_a_page_is_about_what_staff_say_and_its_titles_name() -> None:
    day = dt.date(2025, 5, 6)
    event = Event("foro", "Foro de casillas", day, day)
    session = Session("foro", "mesa-1", "Las personas zurdas y una urna", topics=("lluvias",))
    assert topics_of_page(VOCABULARY, event, None) == {"casillas"}
    assert topics_of_page(VOCABULARY, event, session) == {"casillas", "cuotas", "lluvias"}


def test_kin_are_above_below_and_beside() -> None:
    assert VOCABULARY.kin("urnas") == {"urnas", "casillas"}
    assert VOCABULARY.kin("casillas") == {"urnas", "casillas"}
    assert VOCABULARY.kin("cuotas") == {"cuotas", "casillas"}
