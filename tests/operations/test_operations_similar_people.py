"""Two names of one person are proposed over a whole collection, and united or kept apart only where staff say so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from tests.corpora import CorpusMaker


def text(*names: str) -> str:
    return "\n\n".join(f"{name.upper()}: Hablamos de las urnas y de su traslado." for name in names * 2) + "\n"


@pytest.fixture
def collection(maker: CorpusMaker) -> CorpusMaker:
    """Two mesas in which one woman has one surname and two; one more participant, only listed; a fictitious event."""
    maker.event()
    listed = '[[participantes]]\nnombre = "Rosa Lara Luna"\n'
    maker.mesa("mesa-1", extra=listed, transcripcion_txt=text("Nora Silva", "Rosa Lara", "Inés Vega"))
    maker.mesa("mesa-2", transcripcion_txt=text("Nora Silva Pino", "Inés Vega"))
    maker.event("cuento", extra="ficticio = true\n")
    maker.mesa("mesa-1", "cuento", transcripcion_txt=text("Inés Vega Roble", "Nora Silva Cano"))
    maker.update()
    return maker


def order(maker: CorpusMaker, *words: str, code: int = 0) -> Any:
    places = [f"--corpus={maker.corpus}", f"--indice={maker.settings.index}", "--json"]
    result = CliRunner().invoke(cli, [words[0], *places, *words[1:]])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if not code else str(result.exception)


def proposed(maker: CorpusMaker) -> dict[str, list[str]]:
    return {
        one["nombre"]: [other["nombre"] for other in one["puede_ser"]]
        for one in order(maker, "personas")["propuestas"]
    }  # fmt: skip


def speakers(maker: CorpusMaker, mesa: str) -> set[str | None]:
    return {passage.person for passage in maker.passages(mesa)}


def test_what_is_proposed_is_of_speakers_and_participants_and_nothing_is_united_by_itself(
    collection: CorpusMaker,
) -> None:
    """With how much each has; fictitious people are nobody's other name."""
    assert proposed(collection) == {"Nora Silva": ["Nora Silva Pino"], "Rosa Lara": ["Rosa Lara Luna"]}
    first = order(collection, "personas")["propuestas"][0]
    assert (first["fragmentos"], first["puede_ser"][0]["fragmentos"]) == (2, 2)
    assert "Nora Silva" in speakers(collection, "foro/mesa-1")
    assert not (collection.corpus / "personas.toml").exists()


def test_uniting_is_one_step_that_holds_everywhere_and_can_be_undone(collection: CorpusMaker) -> None:
    answer = order(collection, "personas", "--unir=Nora Silva", "--en=Nora Silva Pino")
    assert answer["paso"] == 1
    assert speakers(collection, "foro/mesa-1") == {"Nora Silva Pino", "Rosa Lara", "Inés Vega"}
    assert proposed(collection) == {"Rosa Lara": ["Rosa Lara Luna"]}
    order(collection, "personas", "--unir=Rosa Lara", "--en=Rosa Lara Luna")
    order(collection, "deshacer", "1")
    assert "Nora Silva" in speakers(collection, "foro/mesa-1")
    assert proposed(collection) == {"Nora Silva": ["Nora Silva Pino"]}


def test_what_was_denied_is_not_proposed_again_until_it_is_undone(collection: CorpusMaker) -> None:
    """It is kept in ``personas.toml``, analyses no page again, and is not asked by ``pendientes`` either."""
    order(collection, "personas", "--distinta=nora silva", "--de=Nora Silva Pino")
    assert proposed(collection) == {"Rosa Lara": ["Rosa Lara Luna"]}
    written = (collection.corpus / "personas.toml").read_text(encoding="utf-8")
    assert '[[distintas]]\nnombres = ["Nora Silva", "Nora Silva Pino"]' in written
    assert collection.update().changed == ()
    assert not collection.update().problems
    order(collection, "personas", "--unir=Rosa Lara", "--en=Rosa Lara Luna")
    assert proposed(collection) == {}
    order(collection, "deshacer", "1")
    assert proposed(collection) == {"Nora Silva": ["Nora Silva Pino"]}


def test_pendientes_asks_the_same(collection: CorpusMaker) -> None:
    places = [f"--corpus={collection.corpus}", f"--indice={collection.settings.index}"]
    said = CliRunner().invoke(cli, ["pendientes", *places]).output
    assert "¿Son la misma persona? «Nora Silva» y «Nora Silva Pino»" in said
    assert "Vega Roble" not in said
    order(collection, "personas", "--distinta=Nora Silva", "--de=Nora Silva Pino")
    assert "«Nora Silva»" not in CliRunner().invoke(cli, ["pendientes", *places]).output


def test_a_role_is_nobodys_name(maker: CorpusMaker) -> None:
    """However it is printed."""
    maker.event()
    maker.mesa(transcripcion_txt=text("Secretaria", "Secretaria técnica", "Consejera presidenta"))
    maker.update()
    assert proposed(maker) == {}


def test_a_name_that_nobody_has_and_half_an_order_are_refused(collection: CorpusMaker) -> None:
    assert "Nadie se llama «Nora Silba»" in order(
        collection, "personas", "--unir=Nora Silba", "--en=Nora Silva Pino", code=1
    )
    assert "dos nombres distintos" in order(collection, "personas", "--unir=Nora Silva", "--en=NORA SILVA", code=1)
    order(collection, "personas", "--unir=Nora Silva", code=2)
    order(collection, "personas", "--unir=a", "--en=b", "--distinta=a", "--de=b", code=2)


def test_a_fault_of_the_list_is_told_and_the_last_good_one_holds(collection: CorpusMaker) -> None:
    order(collection, "personas", "--distinta=Nora Silva", "--de=Nora Silva Pino")
    path = collection.corpus / "personas.toml"
    good = path.read_text(encoding="utf-8")
    path.write_text("distintas = 3\n", encoding="utf-8")
    assert any("distintas" in problem.fault for problem in collection.update().problems)
    path.write_text("[[distintas\n", encoding="utf-8")
    assert collection.update().failed
    path.write_text(good, encoding="utf-8")
    assert not collection.update().failed
    assert proposed(collection) == {"Rosa Lara": ["Rosa Lara Luna"]}
