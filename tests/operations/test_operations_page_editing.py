"""What is known of a page is changed by the table of fields, checked, and told as it was changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer import history
from indexer.cli import cli
from indexer.corpus.snapshot import read_corpus
from indexer.errors import CorpusError
from indexer.history import Conflict
from indexer.index.query import Filters
from indexer.model import PageId
from indexer.model.page_fields import EVENT_FIELDS, SESSION_FIELDS, Field, FieldType
from indexer.operations.page_editing import edit_page, page_view
from tests.corpora import CorpusMaker

FOURTH = dt.date(2025, 12, 4)
MESA, EVENT = PageId("foro", "mesa-1"), PageId("foro")
OTHER: dict[FieldType, Any] = {
    FieldType.TEXT: "A", FieldType.LINES: "Fue en Toluca.", FieldType.INTEGER: "7", FieldType.SECONDS: "1:02",
    FieldType.FLAG: "si", FieldType.ADDRESS: "https://ejemplo.mx/v", FieldType.TEXTS: ["A"],
}  # fmt: skip


@pytest.fixture
def desk(maker: CorpusMaker) -> CorpusMaker:
    maker.event(anuncio_md="El foro habla de urnas.")
    maker.mesa(extra="numero = 1 # del cartel\n", transcripcion_txt="ANA: Las urnas.\n\nLUIS: Gracias.\n")
    maker.update()
    return maker


def edit(maker: CorpusMaker, page: PageId, **asked: Any) -> None:
    with history.step(maker.corpus, "ana", "terminal", "editar", page) as taken:
        edit_page(taken, maker.settings, page, asked)


def toml(maker: CorpusMaker, page: PageId = MESA) -> Path:
    return maker.corpus / str(page) / ("mesa.toml" if page.session else "evento.toml")


def other(field: Field) -> Any:
    """A value that no field has yet."""
    if field.kind is FieldType.ROWS:
        return [{column.key: other(column) for column in field.fields}]
    if field.kind is FieldType.DATE:
        return "2025-12-05"
    return str(next(iter(field.choices))) if field.choices else OTHER[field.kind]


@pytest.mark.parametrize(("page", "fields"), [(MESA, SESSION_FIELDS), (EVENT, EVENT_FIELDS)])
def test_every_field_of_the_table_can_be_set_shown_and_taken_away(
    desk: CorpusMaker, page: PageId, fields: tuple[Field, ...]
) -> None:
    before = toml(desk, page).read_text()
    wanted = {field.key: other(field) for field in fields if field.key != "desde_s"}
    wanted |= {"jornada": "jornada.vtt"} if "jornada" in wanted else {}
    (desk.corpus / "foro" / "jornada.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:09.000\nBuenas.\n")
    edit(desk, page, campos=wanted)
    assert not [p for p in read_corpus(desk.corpus).problems if p.severity == "error"]
    shown = page_view(desk.settings, page)
    for field in fields:
        if field.kind is FieldType.ROWS:
            assert [set(row) for row in shown[field.key]] == [{column.key for column in field.fields}]
        elif field.key in wanted:
            assert shown["campos"][field.key] not in (None, [], False)
    edit(desk, page, base=shown["base"], **{key: shown[key] for key in shown if key not in ("pagina", "base")})
    assert page_view(desk.settings, page) == shown
    kept = {field.key: wanted[field.key] for field in fields if field.required}
    edit(desk, page, campos={field.key: "" if field.kind is not FieldType.ROWS else [] for field in fields} | kept)
    assert toml(desk, page).read_text().count("\n") <= before.count("\n")


def test_a_change_of_the_title_analyses_no_text_again(desk: CorpusMaker) -> None:
    edit(desk, MESA, campos={"titulo": "Otra mesa", "fecha": "2025-12-04", "video": "https://ejemplo.mx/v"})
    edit(desk, EVENT, campos={"sede": "Toluca"})
    report = desk.update()
    assert (report.changed, report.published) == ((), True)
    assert len(desk.search("urnas").hits) == 2
    assert len(desk.search("urnas", filters=Filters(since=FOURTH, until=FOURTH)).hits) == 2
    edit(desk, MESA, campos={"fecha": "2025-12-05"})
    assert desk.update().changed == ()
    assert [hit.page for hit in desk.search("urnas", filters=Filters(until=FOURTH)).hits] == [EVENT]
    edit(desk, MESA, participantes=[{"nombre": "Ana Ruiz", "variantes": ["ANA"]}])
    assert desk.update().changed == ("foro/mesa-1",)


def test_a_source_that_a_mesa_names_is_not_taken_from_its_event(desk: CorpusMaker) -> None:
    edit(desk, EVENT, fuentes=[{"id": "A", "titulo": "Nota"}, {"id": "B", "titulo": "Otra"}])
    edit(desk, MESA, hechos=[{"texto": "Fue en Toluca.", "certeza": "confirmado", "fuentes": "A"}])
    edit(desk, EVENT, fuentes=[{"id": "A", "titulo": "Nota"}])
    with pytest.raises(CorpusError, match=r"mesa-1: Hechos, renglón 1: no hay ninguna fuente"):
        edit(desk, EVENT, fuentes=[])


def test_an_event_that_was_put_back_by_hand_where_it_was_withdrawn_is_refused_in_words(desk: CorpusMaker) -> None:
    entry = '[[retirados]]\nruta = "foro"\nfecha = 2026-01-01\nmotivo = "Por datos personales"\n'
    (desk.corpus / "retirados.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(CorpusError, match="«foro» se retiró"):
        edit(desk, MESA, campos={"titulo": "Otra"})


def test_an_old_base_is_a_conflict_and_nothing_is_written(desk: CorpusMaker) -> None:
    base = page_view(desk.settings, MESA)["base"]
    edit(desk, MESA, base=base, campos={"titulo": "Uno"})
    with pytest.raises(Conflict):
        edit(desk, MESA, base=base, campos={"titulo": "Dos"})
    assert toml(desk).read_text().startswith('titulo = "Uno"\nnumero = 1 # del cartel\n')


def test_two_people_who_change_different_fields_both_keep_theirs(desk: CorpusMaker) -> None:
    seen = page_view(desk.settings, MESA)
    form = {"base": seen["base"], "participantes": seen["participantes"]}
    edit(desk, MESA, **form, campos=seen["campos"] | {"fecha": "2025-12-05"})
    edit(desk, MESA, **form, campos=seen["campos"] | {"titulo": "Dos"})
    both = page_view(desk.settings, MESA)
    assert both["campos"] == seen["campos"] | {"fecha": "2025-12-05", "titulo": "Dos"}
    with pytest.raises(Conflict):
        edit(desk, MESA, **form, campos=seen["campos"] | {"titulo": "Tres"})
    with pytest.raises(Conflict):
        edit(desk, MESA, base="0" * 64, campos=both["campos"] | {"titulo": "Cuatro"})


@pytest.mark.parametrize(
    ("asked", "match"),
    [
        ({"campos": {"titulo": " "}}, "«Título» está sin llenar"),
        ({"campos": {"titulo": ["A"]}}, "«Título» no es un texto"),
        ({"campos": {"temas": [{"id": "urna"}]}}, "«Temas» no es un texto"),
        ({"campos": {"numero": "siete"}}, "«Número» dice «siete»: escriba un número entero"),
        ({"campos": {"fecha": "31/02/2025"}}, "«Fecha» dice .* un día que exista"),
        ({"campos": {"video": "youtu.be/x"}}, "«Video» dice .* https://"),
        ({"campos": {"desde_s": "1:75"}}, "como 12:34"),
        ({"campos": {"desde_s": "20", "hasta_s": "10"}}, "«La mesa empieza en» .* no es menor"),
        ({"campos": {"version": "final"}}, "«Versión de la transcripción» .* estenografica, "),
        ({"campos": {"sede": "Toluca"}}, "Una mesa no tiene «sede»"),
        ({"participantes": [{"nombre": "A"}, {"cargo": "B"}]}, "Participantes, renglón 2: «Nombre» está sin llenar"),
        ({"participantes": [{"apodo": "A"}]}, "no lleva «apodo»"),
        ({"participantes": "Ana"}, "una lista de renglones"),
        ({"hechos": [{"texto": "x", "certeza": "inferido", "fuentes": "Z"}]}, "agregue en «Fuentes» una"),
        ({"campos": 3}, "debe ser un objeto"),
    ],
)
def test_what_cannot_be_used_is_refused_by_the_names_that_people_read(
    desk: CorpusMaker, asked: dict[str, Any], match: str
) -> None:
    before = toml(desk).read_bytes()
    with pytest.raises(CorpusError, match=match):
        edit(desk, MESA, **asked)
    assert toml(desk).read_bytes() == before


def test_the_command_has_an_option_for_each_field_and_takes_one_step(desk: CorpusMaker) -> None:
    places = [f"--corpus={desk.corpus}", f"--indice={desk.settings.index}"]
    said = CliRunner().invoke(cli, ["editar", "foro/mesa-1", "--titulo=Urnas", "--numero=", *places])
    assert "Se cambió: título, número\nPaso 1 del historial.\n" in said.output
    assert "numero" not in toml(desk).read_text()
    assert CliRunner().invoke(cli, ["editar", "foro/mesa-1", *places]).output == "Título: Urnas\n"
    again = CliRunner().invoke(cli, ["editar", "foro/mesa-1", "--titulo=Urnas", *places])
    assert "Ya estaba así" in again.output
    undone = CliRunner().invoke(cli, ["deshacer", "1", *places])
    assert undone.exit_code == 0
    assert "numero = 1 # del cartel" in toml(desk).read_text()
