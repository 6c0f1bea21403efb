"""A mesa, its transcript or an event gets another address: every old one leads to what it led to, and undo is exact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.engines import open_index
from indexer.errors import CorpusError
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

FACT = '[[hechos]]\ntexto = "Fue el 4."\ncerteza = "confirmado"\nfuentes = ["A"]\n'
SOURCE = '[[fuentes]]\nid = "A"\ntitulo = "%s"\n'
FIRST = "ANA RUIZ: La xilocopa llegó.\n\nEVA LUNA: El ajolote también llegó.\n"
SECOND = "LUZ PAZ: La zarigüeya se fue.\n"


class Office:
    """Commands in this process, and what a reader is led to."""

    def __init__(self, maker: CorpusMaker) -> None:
        self.maker = maker
        maker.event(extra=SOURCE % "Boletín")
        maker.event("otro", "Otro foro")
        self.one = maker.mesa("mesa-1", extra=f"numero = 1\n# nota\n{FACT}", transcripcion_txt=FIRST)
        (self.one / "correcciones.tsv").write_text("numero\tde\ta\n2\tLa\tUna\n", encoding="utf-8")
        maker.mesa("mesa-2", descripcion_txt="De la mesa dos.", extra=FACT)
        self("actualizar")

    def __call__(self, *words: str) -> str:
        settings = self.maker.settings
        line = [words[0], f"--corpus={settings.corpus}", f"--indice={settings.index}", *words[1:]]
        return CliRunner().invoke(cli, line, catch_exceptions=False).output

    def refused(self, *words: str) -> str:
        with pytest.raises(CorpusError) as told:
            self(*words)
        return str(told.value)

    def ask(self, *words: str) -> dict[str, Any]:
        answer = json.loads(self(*words, "--json").splitlines()[-1])
        assert isinstance(answer, dict)
        return answer

    def read(self, address: str) -> tuple[int, str, str]:
        """What a reader who follows an address gets: status, the address in the end, the page."""
        index = open_index(self.maker.settings.index)
        try:
            answer = create_app(index).test_client().get(address, follow_redirects=True)
            return answer.status_code, answer.request.path, answer.text
        finally:
            index.close()

    def found(self, filters: str) -> list[str]:
        """Where a word is found with these filters."""
        index = open_index(self.maker.settings.index)
        try:
            answer = create_app(index).test_client().get(f"/api/buscar?q=ajolote&{filters}").get_json()
            return [one["url"] for one in answer["resultados"]]
        finally:
            index.close()

    def files(self) -> dict[str, bytes]:
        """Every file of the corpus but the numbers, which are never given twice."""
        root = self.maker.corpus
        return {
            name: path.read_bytes()
            for path in root.rglob("*")
            if path.is_file() and path.name != "anclas.tsv"
            if not (name := path.relative_to(root).as_posix()).startswith("_")
        }


@pytest.fixture
def office(maker: CorpusMaker) -> Iterator[Office]:
    """An event with two mesas, another one with none."""
    return Office(maker)


def number_of(office: Office, page: str, word: str) -> int:
    return next(one.number for one in office.maker.passages(page) if word in one.text)


def test_every_old_address_leads_on_and_moving_back_makes_no_circle(office: Office) -> None:
    before, number = office.files(), number_of(office, "foro/mesa-1", "ajolote")
    told = office.ask("mover", "foro/mesa-1", "otro/mesa-8", "--simular")
    assert told["direcciones"] == {"foro/mesa-1": "otro/mesa-8"}
    assert office.files() == before
    office("mover", "foro/mesa-1", "otro/mesa-8")
    moved = office.read(f"/foro/mesa-1/p{number}")
    assert moved[:2] == (200, f"/otro/mesa-8/p{number}")
    assert "ajolote" in moved[2]
    toml = (office.maker.corpus / "otro/mesa-8/mesa.toml").read_text(encoding="utf-8")
    assert "Boletín" in toml, "the source that its fact names was the event's"
    assert "# nota" in toml
    assert "es la dirección de antes de otro/mesa-8" in office.refused("nuevo", "foro/mesa-1", "--titulo=x")
    office("mover", "otro", "tercero")
    assert office.read(f"/foro/mesa-1/p{number}")[:2] == (200, f"/tercero/mesa-8/p{number}")
    assert office.found("evento=otro") == [f"/tercero/mesa-8/#p{number}"]
    office("mover", "tercero/mesa-8", "foro/mesa-1")
    for former in ("mesa=otro/mesa-8", "mesa=tercero/mesa-8", "mesa=mesa-8"):
        assert office.found(former) == [f"/foro/mesa-1/#p{number}"], former
    office("mover", "tercero", "otro")
    for name in ("otro/mesa-8", "tercero/mesa-8"):
        assert office.read(f"/{name}/p{number}")[:2] == (200, f"/foro/mesa-1/p{number}")
    assert "vueltas" not in office("revisar")
    for step in (4, 3, 2, 1):
        office("deshacer", str(step))
    assert office.files() == before


def test_two_mesas_become_one_only_as_they_were_seen(office: Office) -> None:
    seen = office.ask("unir", "foro/mesa-1", "foro/mesa-2", "--simular")["base"]
    office("editar", "foro/mesa-1", "--titulo=De otra persona")
    before = office.files()
    assert "desde que vio qué cambiaría" in office.refused("unir", "foro/mesa-1", "foro/mesa-2", f"--base={seen}")
    assert office.files() == before
    seen = office.ask("unir", "foro/mesa-1", "foro/mesa-2", "--simular")["base"]
    office("unir", "foro/mesa-1", "foro/mesa-2", f"--base={seen}")
    assert not (office.maker.corpus / "foro/mesa-1").exists()


def test_of_two_mesas_one_keeps_texts_facts_corrections_and_links(office: Office) -> None:
    before, number = office.files(), number_of(office, "foro/mesa-1", "ajolote")
    office("mover", "foro/mesa-1", "foro/mesa-0")
    office("retirar", "foro/mesa-0#p2", "--motivo=A petición", "--conservar")
    office("unir", "foro/mesa-0", "foro/mesa-2")
    now = number_of(office, "foro/mesa-2", "ajolote")
    assert now != number
    for name in ("foro/mesa-0", "foro/mesa-1"):
        assert office.read(f"/{name}/p{number}")[:2] == (200, f"/foro/mesa-2/p{now}")
        assert office.read(f"/{name}/p2")[0] == 410, "what was withdrawn stays so"
    assert office.read("/foro/mesa-1/")[:2] == (200, "/foro/mesa-2/")
    told = {one.text for one in office.maker.passages("foro/mesa-2")}
    assert {"De la mesa dos.", "Fue el 4.", "El ajolote también llegó."} <= told
    assert [one.text for one in office.maker.passages("foro/mesa-2")].count("Fue el 4.") == 1
    office("deshacer", "3")
    office("deshacer", "2")
    office("deshacer", "1")
    assert office.files() == before


def test_what_two_mesas_both_have_is_refused_with_the_cure(office: Office) -> None:
    office.maker.mesa("mesa-3", transcripcion_txt=SECOND)
    assert "Las dos mesas tienen transcripción" in office.refused("unir", "foro/mesa-3", "foro/mesa-1")
    assert "retire antes el que no vale" in office.refused(
        "mover", "foro/mesa-3", "foro/mesa-1", "--tipo=transcripcion"
    )
    office.maker.mesa("mesa-4", extra='jornada = "jornada-1.vtt"\n')
    assert "foro/mesa-4 es parte de jornada-1.vtt" in office.refused("unir", "foro/mesa-3", "foro/mesa-4")
    assert "Ya existe foro/mesa-2" in office.refused("mover", "foro/mesa-3", "foro/mesa-2")
    office.maker.event("ficticio", extra="ficticio = true\n")
    office.maker.mesa("mesa-1", "ficticio")
    assert "es ficticio" in office.refused("mover", "ficticio/mesa-1", "foro/mesa-9")


def test_a_transcript_alone_takes_its_corrections_its_version_and_its_numbers(office: Office) -> None:
    toml = office.one / "mesa.toml"
    toml.write_text(f'version = "estenografica"\n{toml.read_text(encoding="utf-8")}', encoding="utf-8")
    office("actualizar")
    before, number = office.files(), number_of(office, "foro/mesa-1", "ajolote")
    office("mover", "foro/mesa-1", "foro/mesa-2", "--tipo=transcripcion")
    now = number_of(office, "foro/mesa-2", "ajolote")
    assert office.read(f"/foro/mesa-1/p{number}")[:2] == (200, f"/foro/mesa-2/p{now}")
    assert number_of(office, "foro/mesa-2", "Una xilocopa") == now - 1
    assert 'version = "estenografica"' in (office.maker.corpus / "foro/mesa-2/mesa.toml").read_text(encoding="utf-8")
    office("mover", "foro/mesa-2", "foro/mesa-1", "--tipo=transcripcion")
    again = number_of(office, "foro/mesa-1", "ajolote")
    assert office.read(f"/foro/mesa-1/p{number}")[:2] == (200, f"/foro/mesa-1/p{again}")
    office("deshacer", "2")
    office("deshacer", "1")
    assert office.files() == before


def test_a_withdrawal_reaches_what_a_mesa_was_called_before(office: Office) -> None:
    root = office.maker.corpus
    (root / "foro/mesa-1/transcripcion.txt").write_text(FIRST, encoding="utf-8")
    text = root.parent / "otro.txt"
    text.write_text(SECOND, encoding="utf-8")
    office("agregar", str(text), "--mesa=foro/mesa-1", "--reemplazar")
    office("mover", "foro/mesa-1", "foro/mesa-9")
    office("unir", "foro/mesa-9", "foro/mesa-2")
    office("retirar", "foro/mesa-2", "--motivo=x")
    kept = [path.read_bytes() for path in (root / "_historial").rglob("*") if path.is_file()]
    assert not any(word.encode() in data for data in kept for word in ("xilocopa", "zarigüeya"))
    assert office.read("/foro/mesa-1/")[0] == 410


def test_an_event_is_withdrawn_whole_and_comes_back(office: Office) -> None:
    before, number = office.files(), number_of(office, "foro/mesa-1", "ajolote")
    office("retirar", "foro", "--motivo=Se canceló", "--conservar")
    for address in ("/foro/", "/foro/mesa-1/", f"/foro/mesa-1/p{number}"):
        status, _, page = office.read(address)
        assert status == 410
        assert "Se canceló" in page
    assert "No existe el evento" in office.refused("nuevo", "foro/mesa-5", "--titulo=x")
    assert "se retiró" in office.refused("nuevo", "foro", "--titulo=x", "--fecha=2025-12-04")
    office("deshacer", "1")
    assert office.files() == before
    assert office.read(f"/foro/mesa-1/p{number}")[0] == 200


def test_a_line_that_leads_nowhere_hurts_nobody(office: Office, tmp_path: Path) -> None:
    lines = '"foro/mesa-1#p90-p99" = "foro/mesa-2#p90"\n"foro/mesa-2#p90-p99" = "foro/mesa-1#p90"\n'
    (office.maker.corpus / "redirecciones.toml").write_text(lines, encoding="utf-8")
    office("actualizar")
    assert office.read("/foro/mesa-1/p95")[0] == 404


def test_data_with_errors_are_refused_before_anything_moves(office: Office) -> None:
    (office.one / "mesa.toml").write_text('titulo = "Mesa"\nparticipantes = ["Ana"]\n', encoding="utf-8")
    before = office.files()
    assert "tienen errores" in office.refused("unir", "foro/mesa-1", "foro/mesa-2")
    assert office.files() == before


def test_a_mesa_that_was_changed_since_it_came_is_not_undone_to_a_part_of_its_data(office: Office) -> None:
    office("mover", "foro/mesa-1", "foro/mesa-9")
    office("editar", "foro/mesa-9", "--fecha=2025-12-04")
    assert "deshaga antes ese" in office.refused("deshacer", "1")
