"""People and entities: what is on record of each, as printed, with its source; who is not identified is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import open_index
from search_app.asking.listing import ListAsked
from search_app.registers.entities import entities_page, entity_page
from search_app.registers.people import people_page, person_page
from search_app.shown.page_parts import NotFound
from tests.corpora import CorpusMaker
from tests.search_app.study.studied_forum import Studied, opened_forum

ASKED = ListAsked("/")


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    with opened_forum(tmp_path_factory.mktemp("personas")) as found:
        yield found


def addresses(html: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r'href="(/buscar\?[^"]*)"', html)]


def test_everybody_who_speaks_or_is_listed_is_named_once(forum: Studied) -> None:
    page = people_page(forum.index, forum.collection, ASKED)
    assert [(p.name, p.post, p.tally.turns, p.mesas) for p in page.people.rows] == [
        ("Ana Ruiz Peña", "Consejera Electoral", 2, 1),
        ("Berta Díaz Luna", "Directora de Sonora", 1, 1),
        ("Dora Paz Gil", None, 0, 1),
    ]


def test_people_and_those_of_an_entity_stand_as_in_a_spanish_dictionary(tmp_path: Path) -> None:
    names = ["NUBIA OÑATE", "ÑAN PAZ", "OLGA SOL", "NUÑO RÍOS"]
    maker = CorpusMaker(tmp_path)
    maker.event()
    maker.mesa(transcripcion_txt="\n\n".join(f"{name}, DIRECTORA DE SONORA: Hablo de las urnas." for name in names))
    assert not maker.update().failed
    found = Studied(open_index(maker.settings.index))
    people = people_page(found.index, found.collection, ASKED).people.rows
    wanted = ["Nubia Oñate", "Nuño Ríos", "Ñan Paz", "Olga Sol"]
    assert [person.name for person in people] == wanted
    entity = entity_page("sonora", found.index, found.collection, ASKED)
    assert [row.label for row in entity.people.rows] == wanted
    found.index.close()


def test_roles_and_texts_without_a_name_are_not_identified(forum: Studied) -> None:
    page = people_page(forum.index, forum.collection, ASKED)
    assert [(role.label, role.turns) for role in page.roles] == [("PREGUNTA", 1)]
    assert page.unnamed is not None
    assert page.unnamed.found is not None
    assert forum.total(page.unnamed.found.url) == page.unnamed.found.count == 1
    html = forum.page("/personas/")
    assert "No identificado" in html
    assert "<strong>No identificado.</strong>" in forum.page("/personas/pregunta")
    assert "<strong>No identificado.</strong>" not in forum.page("/personas/ana-ruiz-pena")


def test_a_person_has_turns_words_topics_mesas_and_posts_with_their_sources(forum: Studied) -> None:
    page = person_page("ana-ruiz-pena", forum.index, forum.collection, ASKED)
    passages = [p for p in forum.passages("foro/mesa-1") if p.person == "Ana Ruiz Peña"]
    assert (page.all.turns, page.all.words) == (2, sum(len(re.findall(r"\w+", p.text)) for p in passages))
    assert [(mesa.label, mesa.found.count if mesa.found else None) for mesa in page.mesas.rows] == [("Mesa 1. Uno", 4)]
    assert page.topics[0].label.startswith("Programa de Resultados")
    printed, listed = page.posts
    assert (printed.text, printed.places[0][1] and printed.places[0][1].url) == (
        "Consejera Electoral", "/foro/mesa-1/p1",
    )  # fmt: skip
    assert listed.text == "Consejera Electoral, Instituto Electoral del Estado de México"
    assert listed.moderates
    assert [source.url for source in listed.sources] == ["https://diario.example.mx/cronica"]
    assert [entity.text for entity in page.entities] == ["Estado de México"]


def test_who_is_only_listed_has_no_numbers(forum: Studied) -> None:
    html = forum.page("/personas/dora-paz-gil")
    assert "Nada de lo que dijo está transcrito" in html
    assert "sin transcripción: no consta lo que dijo" in html
    assert "Sin cargo en las fuentes" in html


def test_people_of_fictitious_events_are_shown_where_they_are_asked_for_and_marked(forum: Studied) -> None:
    assert "Carla" not in forum.page("/personas/")
    assert forum.client.get("/personas/carla-inventada").status_code == 404
    assert "Ficticia" in forum.page("/personas/?ficticio=si")
    assert "nadie lo dijo" in forum.page("/personas/carla-inventada?ficticio=si")
    real = person_page("ana-ruiz-pena", forum.index, forum.collection, ASKED)
    both = person_page("ana-ruiz-pena", forum.index, forum.collection, ListAsked("/", fictitious=True))
    assert both.all.turns == real.all.turns + 1
    assert not both.only_fictitious
    assert [mesa.label for mesa in both.mesas.rows] == ["Nueve (texto ficticio)", "Mesa 1. Uno"]


def test_an_entity_has_its_people_mesas_and_where_it_is_named(forum: Studied) -> None:
    page = entity_page("sonora", forum.index, forum.collection, ASKED)
    assert [(person.label, person.turns) for person in page.people.rows] == [("Berta Díaz Luna", 1)]
    assert [mesa.label for mesa in page.mentioned.rows] == ["Mesa 1. Uno"]
    named = entity_page("ine", forum.index, forum.collection, ASKED)
    assert [mesa.label for mesa in named.mentioned.rows] == ["Mesa 3. Tres"]
    assert named.people.rows == ()


def test_a_local_body_leads_to_its_state_where_its_people_are_counted(forum: Studied) -> None:
    body = entity_page("ieem", forum.index, forum.collection, ASKED)
    assert body.home is not None
    assert body.home.url == "/entidades/estado-de-mexico"
    assert (body.people.rows, body.participants.rows) == ((), ())
    state = entity_page("estado-de-mexico", forum.index, forum.collection, ASKED)
    assert [person.label for person in state.people.rows] == ["Ana Ruiz Peña"]
    assert [(person.text, post.moderates) for person, post in state.participants.rows] == [("Ana Ruiz Peña", True)]


def test_the_list_of_entities_holds_those_of_which_anything_is_known(forum: Studied) -> None:
    page = entities_page(forum.index, forum.collection, ASKED)
    assert [(label, [line.name for line in lines]) for label, lines in page.groups] == [
        ("Entidades federativas", ["Estado de México", "Sonora"]),
        ("Autoridades electorales", ["Instituto Nacional Electoral"]),
    ]
    assert page.without is not None
    assert page.without.found is not None
    assert forum.total(page.without.found.url) == page.without.found.count


@pytest.mark.parametrize(
    "address",
    [
        "/personas/", "/personas/ana-ruiz-pena", "/personas/ana-ruiz-pena?ficticio=si", "/personas/pregunta",
        "/entidades/", "/entidades/sonora", "/entidades/estado-de-mexico", "/entidades/ine", "/temas/",
    ],
)  # fmt: skip
def test_every_number_that_is_a_link_is_the_total_of_its_search(forum: Studied, address: str) -> None:
    html = forum.page(address)
    numbers = re.findall(r'href="(/buscar\?[^"]*)">([\d,]+)<', html)
    assert numbers
    for url, number in numbers:
        assert forum.total(url) == int(number.replace(",", "")), (url, number)


@pytest.mark.parametrize("address", ["/personas/nadie", "/entidades/nada", "/personas/p7"])
def test_who_is_not_known_is_not_found(forum: Studied, address: str) -> None:
    assert forum.client.get(address).status_code == 404


def test_a_name_that_is_not_known_raises(forum: Studied) -> None:
    with pytest.raises(NotFound):
        person_page("nadie", forum.index, forum.collection, ListAsked("/", fictitious=True))


def test_a_page_past_the_end_says_so(forum: Studied) -> None:
    assert "más allá de la última" in forum.page("/personas/?pagina=7")
    assert forum.client.get("/personas/?pagina=x").status_code == 400
