"""What is damaged is found, put right where it can be had from elsewhere, and else told with its cure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import history
from indexer.corpus.folders import CorpusTree
from indexer.corpus.withdrawing import withdraw
from indexer.durable import sha256
from indexer.generations import Generations
from indexer.history.journal import Journal
from indexer.model import Kind, PageId
from indexer.operations.verifying import Verification, verify
from tests.corpora import CorpusMaker

SPEECH = b"MODERADORA: La palabra xilocopa se dijo.\n\nCONSEJERA EVA PRUEBA: Las casillas abren a las ocho.\n"
TEXT = "foro/mesa-1/transcripcion.txt"
ANCHORS = "foro/mesa-1/anclas.tsv"


@pytest.fixture
def office(maker: CorpusMaker) -> CorpusMaker:
    """An announcement put there by hand, a transcript added by a step, all of it published."""
    maker.event(anuncio_txt="Habrá dos mesas.")
    maker.mesa()
    maker.mesa("mesa-2")
    add(maker, SPEECH)
    maker.update()
    return maker


def add(maker: CorpusMaker, data: bytes) -> None:
    """A step that writes the transcript."""
    with history.step(maker.corpus, "Ana", "terminal", "agregar", "foro/mesa-1") as taken:
        taken.write(maker.corpus / TEXT, data)


def rot(maker: CorpusMaker, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A byte of a file changes on the disk, and the file system knows nothing of it."""
    really, before = CorpusTree.states, CorpusTree(maker.corpus).states()
    path = maker.corpus / name
    path.write_bytes(b"?" + path.read_bytes()[1:])

    def states(tree: CorpusTree) -> dict[str, tuple[str, int]]:
        return {one: (digest, before[one][1]) for one, (digest, _) in really(tree).items()}

    monkeypatch.setattr(CorpusTree, "states", states)


def flip(path: Path) -> None:
    """Change one bit in the middle."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :])


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def errors(found: Verification) -> list[str]:
    """What is wrong still."""
    return [str(problem) for problem in found.problems if problem.severity == "error"]


def notices(found: Verification) -> list[str]:
    """What was put right, or is to be known."""
    return [str(problem) for problem in found.problems if problem.severity == "aviso"]


def test_what_is_whole_is_left_as_it_is(office: CorpusMaker, tmp_path: Path) -> None:
    before = everything(tmp_path)
    found = verify(office.settings)
    assert (found.problems, found.failed) == ((), False)
    assert found.counts == {
        "archivos": 5, "pasos": 1, "objetos": 1, "cuentas": 0, "encargos": 0, "reportes": 0,
    }  # fmt: skip
    assert everything(tmp_path) == before


def test_a_text_that_rots_is_put_back_from_the_history(
    office: CorpusMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rot(office, monkeypatch, TEXT)
    before = everything(tmp_path)
    assert [TEXT in one for one in errors(verify(office.settings, repair=False))] == [True]
    assert everything(tmp_path) == before, "without repair nothing is written"
    found = verify(office.settings)
    assert notices(found) == [f"{TEXT}: se había dañado en el disco: se repuso con lo que guarda el historial"]
    assert not found.failed
    assert (office.corpus / TEXT).read_bytes() == SPEECH
    assert verify(office.settings).problems == ()


def test_a_text_that_rots_and_is_nowhere_else_is_told_and_not_published(
    office: CorpusMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is a damaged index built anew from it."""
    folder = Generations(office.settings.index).folders()[-1]
    rot(office, monkeypatch, "foro/anuncio.txt")
    flip(folder / "catalogo.json")
    found = errors(verify(office.settings))
    assert [one.partition(":")[0] for one in found] == [str(office.settings.index), "foro/anuncio.txt"]
    assert "en cuanto se resuelva lo demás" in found[0]
    assert "recupérelo de un respaldo" in found[1]
    assert Generations(office.settings.index).folders() == [folder]


def test_what_somebody_changed_is_no_damage(office: CorpusMaker) -> None:
    """A text mended by hand, one that is new, one that is gone: to be published, or to be had back."""
    (office.corpus / TEXT).write_bytes(b"EVA PRUEBA: Otra cosa.\n")
    (office.corpus / "foro/mesa-1/descripcion.txt").write_text("De qué trata.")
    (office.corpus / "foro/anuncio.txt").unlink()
    found = verify(office.settings)
    assert not found.failed
    assert [one.partition(":")[0] for one in notices(found)] == [
        "foro/anuncio.txt", "foro/mesa-1/descripcion.txt", TEXT,
    ]  # fmt: skip
    assert (office.corpus / TEXT).read_bytes() == b"EVA PRUEBA: Otra cosa.\n"


@pytest.mark.parametrize("lose", [flip, Path.unlink])
def test_an_object_of_the_history_is_put_back_from_the_text_that_says_the_same(
    office: CorpusMaker, lose: Callable[[Path], None]
) -> None:
    held = office.corpus / "_historial/objetos" / sha256(SPEECH)
    lose(held)
    assert not verify(office.settings).failed
    assert held.read_bytes() == SPEECH


def test_an_object_that_is_nowhere_else_is_told(office: CorpusMaker) -> None:
    add(office, b"EVA PRUEBA: Otra cosa.\n")
    office.update()
    flip(office.corpus / "_historial/objetos" / sha256(SPEECH))
    assert ["no se puede deshacer: recupérelo de un respaldo" in one for one in errors(verify(office.settings))] == [
        True
    ]


def test_what_was_withdrawn_is_not_missed(office: CorpusMaker) -> None:
    with history.step(office.corpus, "Ana", "terminal", "retirar", "foro/mesa-1") as taken:
        withdraw(office.corpus, PageId("foro", "mesa-1"), Kind.TRANSCRIPT, "A petición", (), to=taken)
        taken.forget({sha256(SPEECH)}, set())
    office.update()
    assert Journal(office.corpus).find(sha256(SPEECH)) is None
    assert verify(office.settings).problems == ()


def test_a_damaged_history_is_told_and_the_rest_is_checked(office: CorpusMaker) -> None:
    path = office.corpus / "_historial/pasos.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"paso"', b'"pas0"', 1))
    flip(next(Generations(office.settings.index).folders()[-1].glob("lexico.json")))
    found = errors(verify(office.settings))
    assert [one.partition(":")[0] for one in found] == [str(office.settings.index), "_historial"]


@pytest.mark.parametrize("name", ["manifest.json", "whoosh"])
def test_a_damaged_index_is_built_anew(office: CorpusMaker, name: str) -> None:
    said = office.passages("foro/mesa-1")
    place = Generations(office.settings.index).folders()[-1] / name
    flip(place if place.is_file() else max(place.iterdir(), key=lambda path: path.stat().st_size))
    assert [one for one in errors(verify(office.settings, repair=False)) if "constrúyalo de nuevo" in one]
    found = verify(office.settings)
    assert ["se construyó de nuevo" in one for one in notices(found)] == [True]
    assert office.passages("foro/mesa-1") == said
    assert verify(office.settings).problems == ()


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("1\tx\n")])
def test_numbers_that_are_lost_are_given_back(office: CorpusMaker, damage: Callable[[Path], None]) -> None:
    before = (office.corpus / ANCHORS).read_bytes()
    damage(office.corpus / ANCHORS)
    assert not verify(office.settings).failed
    assert (office.corpus / ANCHORS).read_bytes() == before


def test_other_numbers_than_those_that_were_published_are_told(office: CorpusMaker) -> None:
    """A damaged code is no fault of the form, and git may have brought them: a person decides."""
    before = (office.corpus / ANCHORS).read_text()
    (office.corpus / ANCHORS).write_text(before.replace("1\ttranscripcion", "7\ttranscripcion"))
    found = verify(office.settings)
    assert [one.startswith(f"{ANCHORS}: no dice los números") for one in notices(found)] == [True]
    (office.corpus / ANCHORS).unlink()
    office.update()
    assert (office.corpus / ANCHORS).read_text() == before


def test_accounts_jobs_and_reports_are_read(office: CorpusMaker) -> None:
    """A job that waits and has lost its text cannot be done; one that is done needs none."""
    for name, said in {
        "_personal/cuentas.json": "{",
        "_recibidos/20261130114500_000000000000/encargo.json": json.dumps({"state": "espera", "file": "texto.txt"}),
        "_recibidos/20261130114500_000000000001/encargo.json": json.dumps({"state": "hecho", "file": "texto.txt"}),
        "_recibidos/20261130114500_000000000002/encargo.json": "{\0",
        "_recibidos/20261130114500_000000000003/encargo.json": json.dumps(
            {"state": "en_curso", "clock": "tiempos.srt", "sums": {"tiempos.srt": "0" * 64}}
        ),
        "_recibidos/20261130114500_000000000003/tiempos.srt": "1",
        "_reportes/20261130114500-00000000.json": "{}",
    }.items():
        path = office.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said)
    found = errors(verify(office.settings))
    assert [one.partition(":")[0] for one in found] == [
        "_personal/cuentas.json",
        "_recibidos/20261130114500_000000000000/texto.txt",
        "_recibidos/20261130114500_000000000002/encargo.json",
        "_recibidos/20261130114500_000000000003/tiempos.srt",
        "_reportes/20261130114500-00000000.json",
    ]
