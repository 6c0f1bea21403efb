"""The first page of the desk over more mesas than one can read through."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from indexer.model import PageId
from indexer.model.received import RECORD
from indexer.operations.reader_reports import report
from search_app.desk.views import registers
from search_app.shown import formatting
from tests.search_app.desk.desk_office import Office, office

pytestmark = pytest.mark.long

MANY = 105


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("muchas"), minutes=1) as made:
        made.maker.event("largo", title="Foro largo")
        for number in range(MANY):
            made.maker.mesa(f"panel-{number:03d}", "largo", title=f"Panel {number}")
        assert not made.maker.update().failed
        yield made


def test_long_lists_show_their_beginning_and_lead_to_all_of_it(furnished: Office) -> None:
    text = furnished.client().get("/acervo/").text
    assert re.search(r"1 a 100 de 1\d\d mesas", text)
    assert re.search(r"1 a 100 de 1\d\d páginas", text)
    assert len(re.findall(r"<li>[^<]+ · Foro", text)) == 100
    assert "/acervo/?lista=faltan#faltan" in text
    assert "/acervo/?lista=mesas#mesas" in text


def test_each_list_has_parts_and_a_filter_of_its_own(furnished: Office) -> None:
    client = furnished.client()
    rest = client.get("/acervo/?lista=faltan&pagina=2").text
    assert "Panel 104 · Foro largo" in rest
    assert "Panel 50 · Foro largo" not in rest
    assert "Las mesas" not in rest
    found = client.get("/acervo/?lista=mesas&contiene=panel+99").text
    assert "/acervo/largo/panel-099/retirar" in found
    assert "/acervo/largo/panel-098/retirar" not in found
    assert client.get("/acervo/?pagina=dos").status_code == 400


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("evento=foro", {"foro/mesa-1", "foro/mesa-2", "foro/mesa-3", "foro"}),
        ("evento=foro&estado=sin-texto", {"foro/mesa-2"}),
        ("estado=subtitulos_automaticos", {"foro/mesa-1"}),
        ("evento=foro&falta=hablantes", {"foro/mesa-1"}),
        ("evento=largo&falta=fecha&contiene=panel+77", {"largo/panel-077"}),
        ("evento=largo&falta=horas", set()),
    ],
)
def test_the_mesas_are_narrowed_by_event_by_state_and_by_what_is_missing(
    furnished: Office, asked: str, found: set[str]
) -> None:
    text = furnished.client().get(f"/acervo/?lista=mesas&{asked}").text
    assert set(re.findall(r'href="/acervo/([\w/-]+)/retirar"', text)) == found
    assert ("cumple con lo elegido" in text) is (not found)
    for name, value in (pair.split("=") for pair in asked.split("&")):
        if name != "contiene":
            assert re.search(rf'<option value="{value}" selected>', text)


def test_the_first_page_counts_what_is_missing_and_leads_to_it(furnished: Office) -> None:
    text = furnished.client().get("/acervo/").text
    counted = re.search(r'href="([^"]+falta=transcripcion)">[^<]+</a> <span class="n">(\d+)', text)
    assert counted
    listed = furnished.client().get(counted[1].replace("&amp;", "&")).text
    assert f"de {counted[2]} páginas" in listed


def test_what_the_disk_damaged_is_told_with_the_place_of_what_was_sent(furnished: Office) -> None:
    jobs, root = furnished.desk.jobs, furnished.maker.corpus
    job = jobs.put(jobs.new("ana", "?", title="Agregar"), b"hola", ".txt")
    one, _ = report(root, PageId("largo"), 1, {"texto": "algo"})
    for path in (jobs.root / job.id / RECORD, root / "_reportes" / f"{one.id}.json"):
        path.write_bytes(path.read_bytes()[:-9])
    client = furnished.client()
    assert f"_recibidos/{job.id}/" in client.get("/acervo/").text
    assert f"{one.id}.json está dañado" in client.get("/acervo/reportes").text
    for kind in ("agregar", "encargos"):
        assert client.get(f"/acervo/{kind}/{job.id}").status_code in (303, 404)


def test_names_that_are_alike_are_looked_for_once_an_edition(
    furnished: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at every visit: that counts whatever everybody said."""
    made = []
    monkeypatch.setattr(registers, "proposals", lambda *_: made.append(1) or ())
    furnished.maker.mesa("panel-000", "largo", title="Panel cero")
    furnished.maker.update()
    client = furnished.client()
    for address in ("/acervo/", "/acervo/personas", "/acervo/"):
        assert client.get(address).status_code == 200
    assert made == [1]


def test_no_filter_of_the_desk_takes_the_name_of_one_of_the_readers(furnished: Office) -> None:
    filters = furnished.app.jinja_env.filters
    readers = {"dia": formatting.day, "numero": formatting.number, "cuenta": formatting.count}
    assert {name: filters[name] for name in readers} == readers
