"""What the history keeps of a file is what the file held, or it is told that it is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer import history
from indexer.durable import sha256
from indexer.errors import CorpusError
from indexer.history import steps
from indexer.history.journal import Journal

TEXT = "foro/mesa-1/transcripcion.txt"
NUMBERS = "foro/mesa-1/anclas.tsv"
LIST = "personas.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus with a text, its numbers and a list of the root."""
    root = tmp_path / "corpus"
    (root / "foro/mesa-1").mkdir(parents=True)
    (root / "foro/mesa-1/mesa.toml").write_bytes(b"titulo = 'Uno'\n")
    (root / TEXT).write_bytes(b"lo de antes")
    (root / NUMBERS).write_bytes(b"# consta-anclas 1 siguiente=2\n")
    (root / LIST).write_bytes(b"a = 1\n")
    return root


def change(root: Path, name: str, data: bytes) -> int:
    """Write a file, as a step."""
    with history.step(root, "ana", "terminal", "agregar") as taken:
        taken.write(root / name, data)
    assert taken.number is not None
    return taken.number


def undo(root: Path, number: int) -> None:
    """Take a step back."""
    with history.step(root, "ana", "terminal", "deshacer") as taken:
        history.Undoing(root, taken.read).take_back(taken, number)


def damage(root: Path, name: str) -> Path:
    """Flip a bit of what is kept under a name."""
    path = root / "_historial/objetos" / name
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)
    return path


def contents(root: Path) -> dict[str, bytes]:
    """Everything on the disk but the lock."""
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != "bloqueo"}


@pytest.mark.parametrize("what", [TEXT, NUMBERS])
def test_an_undo_that_needs_a_damaged_object_stops_before_it_writes(root: Path, what: str) -> None:
    number = change(root, TEXT, b"lo de ahora")
    (record,) = Journal(root).read()[0]
    name = record.files[0].before if what == TEXT else record.anchors["foro/mesa-1"]
    damaged = damage(root, str(name))
    before = contents(root)
    with pytest.raises(CorpusError, match=rf"objetos/{name}.* está dañado: recupérelo de su respaldo"):
        undo(root, number)
    assert contents(root) == before
    damaged.write_bytes({TEXT: b"lo de antes", NUMBERS: b"# consta-anclas 1 siguiente=2\n"}[what])
    undo(root, number)
    assert (root / TEXT).read_bytes() == b"lo de antes"


def test_the_history_is_told_although_what_is_needed_to_judge_a_step_is_damaged(root: Path) -> None:
    number = change(root, LIST, b"a = 1\nb = 2\n")
    change(root, LIST, b"a = 1\nb = 2\nc = 3\n")
    damage(root, str(Journal(root).read()[0][0].files[0].after))
    (told,) = history.Undoing(root).past(number=number)
    assert "está dañado" in str(told.hindrance)
    with pytest.raises(CorpusError, match=f"El paso {number} no se puede deshacer: .*está dañado"):
        undo(root, number)


def test_what_is_kept_again_is_whole_again(root: Path) -> None:
    number = change(root, TEXT, b"lo de ahora")
    damage(root, str(Journal(root).read()[0][0].files[0].before))
    change(root, "foro/mesa-1/descripcion.txt", b"lo de antes")
    undo(root, number)
    assert (root / TEXT).read_bytes() == b"lo de antes"


def test_a_step_that_was_broken_off_writes_nothing_damaged(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as crash:
        crash.setattr(steps, "put", lambda *_: exec("raise SystemExit"))
        with pytest.raises(SystemExit):
            change(root, TEXT, b"lo de ahora")
    pending = Journal(root).read()[1]
    assert pending is not None
    damaged = damage(root, str(pending.files[0].after))
    for order in (lambda: history.recover(root), lambda: change(root, LIST, b"")):
        with pytest.raises(CorpusError, match="está dañado"):
            order()
    assert (root / TEXT).read_bytes() == b"lo de antes"
    damaged.unlink()
    assert history.recover(root) == 1
    assert (root / TEXT).read_bytes() == b"lo de antes"


@pytest.mark.parametrize(("where", "what"), [(Journal, "begin"), (steps, "put")])
@pytest.mark.parametrize("fault", [SystemExit, OSError])
def test_what_no_step_names_goes_with_the_next_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, where: Any, what: str, fault: type[BaseException]
) -> None:
    """A crash or a full disk, before a step is begun or as it writes: the words would be where no withdrawal looks."""
    faults = iter([fault])
    real = getattr(where, what)

    def broken(*given: Any) -> Any:
        for one in faults:
            raise one
        return real(*given)

    monkeypatch.setattr(where, what, broken)
    with pytest.raises((SystemExit, CorpusError)):
        change(root, TEXT, b"un secreto")
    kept = root / "_historial/objetos" / sha256(b"un secreto")
    assert kept.is_file()
    history.let_go(root)
    begun = (what, fault) == ("put", SystemExit)
    assert kept.is_file() is begun
    assert history.recover(root) == (1 if begun else None)
    assert (root / TEXT).read_bytes() == (b"un secreto" if begun else b"lo de antes")
