"""Lists of thousands, as a reader without JavaScript meets them: by parts, in words, and with one filter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.engines import engine
from indexer.model import PageId, Version
from indexer.model.session import Event, Participant, Session
from indexer.model.vocabulary import Entity, Topic
from search_app.web.application import create_app
from tests.engines.shelf import Collection, Shelf, fragment

EVENTS, MESAS, PEOPLE = 110, 220, 130
LARGEST_BYTES = 200_000


def collection() -> Collection:
    """Events over twenty years with a mesa each, the first with as many again; a person in turn speaks in each."""
    days = [dt.date(2006 + n * 20 // EVENTS, 12 if n % 2 else 6, 1 + n % 28) for n in range(EVENTS)]
    events = tuple(Event(f"foro-{n}", f"Foro número {n}", day, day, "Órgano Electoral") for n, day in enumerate(days))
    entities = (Entity("sonora", "Sonora", "estado", ("Sonora",)), Entity("ine", "INE", "autoridad", ("INE",)))
    sessions, pages = [], {PageId(event.slug): () for event in events}
    for n in range(MESAS):
        event, slug, name = f"foro-{n if n < EVENTS else 0}", f"mesa-{n}", f"Íñigo Peña {n % PEOPLE}"
        listed = (Participant(name, "Consejero", entity="sonora"), Participant("Ana Ruiz", entity="sonora"))
        sessions.append(Session(event, slug, f"Sesión {n} de cómputos", participants=listed))
        pages[PageId(event, slug)] = tuple(
            fragment(
                number, text, person=person, identified=True, entity="sonora", mentions=("sonora",), topics=("prep",),
                version=Version.PRELIMINARY,
            )
            for number, person, text in ((1, name, "Hablo del presupuesto."), (2, "Ana Ruiz", "Presupuesto y urnas."))
        )  # fmt: skip
    return Collection(events, tuple(sessions), pages, (Topic("prep", "PREP", acronyms=("PREP",)),), entities)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    shelf = Shelf(tmp_path_factory.mktemp("acervo"), engine())
    index = shelf.open(collection().changes(fresh=True))
    yield create_app(index, public_url="https://consta.example.mx").test_client()
    shelf.close()


def links(html: str, start: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'href="({re.escape(start)}[^"]*)"', html)]


def parts(client: FlaskClient, address: str) -> Iterator[str]:
    """Every part of a list, as the links to the next one lead to it."""
    while address:
        html = client.get(address).text
        assert len(html.encode()) < LARGEST_BYTES
        yield html
        following = re.search(r'rel="next" href="([^"]*)"', html)
        address = unescape(following[1]) if following else ""


@pytest.mark.parametrize(
    ("address", "row", "rows", "said"),
    [
        ("/", r'<h3><a href="/(foro-\d+)/"', EVENTS, "21 a 40 de 110 eventos"),
        ("/foro-0/", r'<li><a href="/foro-0/(mesa-\d+)/"', 1 + MESAS - EVENTS, "101 a 111 de 111 mesas"),
        ("/personas/", r'<li><a href="/personas/([^"]+)"', PEOPLE + 1, "101 a 131 de 131 personas"),
        ("/personas/ana-ruiz", r'<th scope="row"><a href="/foro-\d+/(mesa-\d+)/"', MESAS, "101 a 200 de 220 mesas"),
        ("/entidades/sonora?lista=personas", r'<th scope="row"><a href="/personas/([^"]+)"', PEOPLE + 1,
         "101 a 131 de 131 personas"),
        ("/entidades/sonora?lista=mesas", r'<th scope="row"><a href="/foro-\d+/(mesa-\d+)/"', MESAS,
         "101 a 200 de 220 mesas"),
        ("/buscar?q=presupuesto&lista=mesa", r"mesa=foro-\d+%2F(mesa-\d+)", MESAS, "101 a 200 de 220 valores"),
        ("/comparar?q=presupuesto", r'<th scope="row">(Sesión \d+)', MESAS, "21 a 40 de 220 filas"),
    ],
)  # fmt: skip
def test_the_parts_of_a_list_hold_each_row_once_and_say_which_they_are(
    client: FlaskClient, address: str, row: str, rows: int, said: str
) -> None:
    pages = list(parts(client, address))
    found = [name for page in pages for name in re.findall(row, page)]
    assert len(found) == len(set(found)) == rows
    assert said in pages[1]
    assert 'rel="prev"' in pages[1]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/?contiene=DICIEMBRE+2015", "2 eventos con «DICIEMBRE 2015»"),
        ("/?contiene=organo", "1 a 20 de 110 eventos con «organo»"),
        ("/?contiene=nada", "Nada en esta lista contiene «nada»"),
        ("/foro-0/?contiene=computos+219", "1 mesa con «computos 219»"),
        ("/personas/?contiene=PENA+inigo+12", "12 personas con «PENA inigo 12»"),
        ("/personas/ana-ruiz?contiene=2015", "5 mesas con «2015»"),
        ("/entidades/sonora?lista=participantes&contiene=inigo+pena+129", "1 participación"),
        ("/buscar?q=presupuesto&lista=persona&contiene=peña+129", "1 valor con «peña 129»"),
        ("/comparar?q=presupuesto&contiene=sesion+219", "1 fila con «sesion 219»"),
        ("/comparar?q=presupuesto&por=dia&contiene=diciembre+2015", "2 filas con «diciembre 2015»"),
        ("/temas/?contiene=diciembre+2015", "2 eventos con «diciembre 2015»"),
    ],
)
def test_the_filter_finds_words_anywhere_in_a_name_whatever_its_accents_and_case(
    client: FlaskClient, address: str, said: str
) -> None:
    html = client.get(address).text
    assert said in html
    assert "Quitar el filtro" in html


def test_the_years_of_the_events_are_links_to_their_filter(client: FlaskClient) -> None:
    years = links(client.get("/").text, "/?contiene=")
    assert years == [f"/?contiene={year}" for year in range(2025, 2005, -1)]
    of_a_year = client.get(years[10]).text
    assert "eventos con «2015»" in of_a_year
    assert '<strong aria-current="true">2015</strong>' in of_a_year


def test_the_filter_stays_from_part_to_part_and_keeps_what_else_the_address_holds(client: FlaskClient) -> None:
    html = client.get("/personas/?ficticio=si&contiene=pe%C3%B1a").text
    assert links(html, "/personas/?")[-1] == "/personas/?ficticio=si&contiene=pe%C3%B1a&pagina=2"
    assert '<input type="hidden" name="ficticio" value="si">' in html
    one = client.get("/entidades/sonora?lista=mesas&contiene=sesion").text
    assert '<input type="hidden" name="lista" value="mesas">' in one
    assert "Todo lo que consta de esta entidad" in one
    assert 'id="personas"' not in one


def test_a_page_with_several_long_lists_shows_the_beginning_of_each_and_leads_to_the_rest(client: FlaskClient) -> None:
    html = client.get("/entidades/sonora").text
    assert len(html.encode()) < LARGEST_BYTES
    rest = [address for address in links(html, "/entidades/sonora?lista=") if "#" in address]
    assert rest == [f"/entidades/sonora?lista={of}#{of}" for of in ("personas", "participantes", "mesas", "nombrada")]
    assert "1 a 100 de 220 mesas" in html


def test_every_value_of_a_facet_counts_what_choosing_it_finds(client: FlaskClient) -> None:
    html = client.get("/buscar?q=presupuesto+urnas").text
    [others] = [link for link in links(html, "/buscar?") if "lista=persona" in link]
    counted = {
        unescape(url): int(n.replace(",", ""))
        for page in parts(client, others)
        for url, n in re.findall(r'<li><a href="([^"]*)">.*?</a>&nbsp;<span class="n">([\d,]+)', page)
    }
    assert len(counted) == PEOPLE + 1
    for url in [*counted][:2] + [*counted][-2:]:
        answer = client.get(f"/api{url}").get_json()
        assert answer["total"] + answer["total_algunas"] == counted[url]
    assert sum(counted.values()) == 2 * MESAS


@pytest.mark.parametrize(
    "address", ["/foro-1/", "/entidades/ine", "/personas/inigo-pena-1", "/entidades/", "/foro-0/mesa-0/"]
)
def test_a_short_list_is_whole_and_has_no_filter(client: FlaskClient, address: str) -> None:
    html = client.get(address).text
    assert 'name="contiene"' not in html
    assert 'class="paginador"' not in html


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/personas/?pagina=2", "/personas/?pagina=2"),
        ("/personas/?pagina=2&contiene=ana", "/personas/"),
        ("/entidades/sonora?lista=mesas&pagina=2", "/entidades/sonora?lista=mesas&pagina=2"),
    ],
)
def test_a_part_is_an_address_of_its_own_and_what_is_filtered_is_the_list(
    client: FlaskClient, asked: str, canonical: str
) -> None:
    assert (
        f'<link rel="canonical" href="https://consta.example.mx{canonical.replace("&", "&amp;")}">'
        in client.get(asked).text
    )


def test_the_matrix_chooses_among_the_newest_events_and_shows_one_that_is_not_listed(client: FlaskClient) -> None:
    html = client.get("/temas/?evento=foro-3").text
    assert "1 a 20 de 110 eventos" in html
    assert "<h3>Foro número 3</h3>" in html
    assert len([one for one in links(html, "/temas/?evento=") if "formato=" not in one]) == 20
