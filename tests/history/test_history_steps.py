"""A step is done whole or not at all, whenever it is broken off."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import history
from indexer.durable import sha256, write_atomic
from indexer.errors import CorpusError
from indexer.history import changes, journal, steps
from indexer.history.journal import Journal
from indexer.history.lock import CorpusBusy, corpus_lock


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus with one text and one table."""
    root = tmp_path / "corpus"
    (root / "foro/mesa-1").mkdir(parents=True)
    (root / "foro/mesa-1/transcripcion.txt").write_bytes(b"lo de antes\r\n")
    (root / "foro/mesa-1/hablantes.tsv").write_bytes(b"0\tAna\n")
    return root


def texts(root: Path) -> dict[str, bytes]:
    """Every file that is not private."""
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("_")}


def replace(root: Path) -> history.Step:
    """A step that writes two files, one of them in a new folder, and takes one away."""
    with history.step(root, "ana", "terminal", "reemplazar", "foro/mesa-1", "Se reemplazó") as taken:
        taken.write(root / "foro/mesa-1/transcripcion.vtt", b"WEBVTT")
        taken.remove(root / "foro/mesa-1/transcripcion.txt")
        taken.write(root / "foro/mesa-2/mesa.toml", b"titulo = 'Dos'")
    return taken


class Killed(BaseException):
    """Nothing of the program runs after this."""


def killed_at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, call: int) -> None:
    """Break off at the so many-th call of a function that writes."""
    real: Callable[..., object] = getattr(module, name)
    calls = 0

    def dying(*words: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Killed
        return real(*words, **named)

    monkeypatch.setattr(module, name, dying)


def test_a_step_changes_all_it_was_asked_and_says_who_and_what(root: Path) -> None:
    taken = replace(root)
    assert texts(root) == {
        "foro/mesa-1/hablantes.tsv": b"0\tAna\n",
        "foro/mesa-1/transcripcion.vtt": b"WEBVTT",
        "foro/mesa-2/mesa.toml": b"titulo = 'Dos'",
    }
    (record,), pending = Journal(root).read()
    assert pending is None
    assert (record.number, taken.number) == (1, 1)
    assert (record.author, record.origin, record.action, record.page) == (
        "ana", "terminal", "reemplazar", "foro/mesa-1",
    )  # fmt: skip
    assert {change.path for change in record.files} == {
        "foro/mesa-1/transcripcion.txt", "foro/mesa-1/transcripcion.vtt", "foro/mesa-2/mesa.toml",
    }  # fmt: skip


def test_nobody_else_of_the_system_can_read_the_history(root: Path) -> None:
    replace(root)
    for path in (root / "_historial").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert (root / "_historial/.gitignore").read_text() == "*\n"


def test_an_error_in_the_middle_of_an_order_changes_nothing(root: Path) -> None:
    before = texts(root)

    def refused() -> None:
        with history.step(root, "ana", "terminal", "agregar") as taken:
            taken.write(root / "foro/mesa-1/transcripcion.txt", b"otra cosa")
            raise CorpusError("no")

    with pytest.raises(CorpusError, match="no"):
        refused()
    assert texts(root) == before
    assert Journal(root).read() == ((), None)


def test_a_step_that_changes_nothing_is_none(root: Path) -> None:
    with history.step(root, "ana", "terminal", "hablantes") as taken:
        taken.write(root / "foro/mesa-1/hablantes.tsv", b"0\tAna\n")
    assert taken.number is None
    assert Journal(root).read() == ((), None)


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_crash_before_the_first_line_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    before = texts(root)
    with monkeypatch.context() as crash:
        killed_at(crash, *((journal, "write_atomic", call) if call < 4 else (Journal, "begin", 1)))
        with pytest.raises(Killed):
            replace(root)
    assert history.recover(root) is None
    assert texts(root) == before
    replace(root)


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_crash_after_the_first_line_is_brought_to_its_end_by_whoever_comes_next(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    with monkeypatch.context() as crash:
        killed_at(crash, *((steps, "put", call) if call < 4 else (Journal, "end", 1)))
        with pytest.raises(Killed):
            replace(root)
    with history.step(root, "eva", "terminal", "hablantes") as taken:
        taken.write(root / "foro/mesa-1/hablantes.tsv", b"0\tEva\n")
    assert texts(root) == {
        "foro/mesa-1/hablantes.tsv": b"0\tEva\n",
        "foro/mesa-1/transcripcion.vtt": b"WEBVTT",
        "foro/mesa-2/mesa.toml": b"titulo = 'Dos'",
    }
    assert [record.author for record in Journal(root).read()[0]] == ["ana", "eva"]


@pytest.mark.parametrize("broken_off", [(changes, "prune", 1), (changes, "prune", 2), (steps, "drop_folder", 1)])
@pytest.mark.parametrize("changed_by_hand", [False, True])
def test_a_folder_that_was_to_go_goes_also_after_a_crash_unless_it_holds_a_file_again(
    root: Path, monkeypatch: pytest.MonkeyPatch, broken_off: tuple[object, str, int], changed_by_hand: bool
) -> None:
    (root / "foro/mesa-1/enlace").symlink_to(root / "foro")
    (root / "foro/mesa-1/vacia").mkdir()
    with monkeypatch.context() as crash:
        killed_at(crash, *broken_off)
        with pytest.raises(Killed), history.step(root, "ana", "terminal", "retirar", "foro/mesa-1") as taken:
            taken.remove_folder(root / "foro/mesa-1")
    assert (root / "foro/mesa-1").is_dir()
    if changed_by_hand:
        (root / "foro/mesa-1/nota.txt").write_bytes(b"a mano")
    assert history.recover(root) == 1
    assert (root / "foro/mesa-1").is_dir() == changed_by_hand
    assert (root / "foro").is_dir()


def test_a_file_that_somebody_changed_by_hand_after_the_crash_stays_as_they_left_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crash:
        killed_at(crash, steps, "put", 1)
        with pytest.raises(Killed):
            replace(root)
    (root / "foro/mesa-1/transcripcion.txt").write_bytes(b"a mano")
    assert history.recover(root) == 1
    assert texts(root)["foro/mesa-1/transcripcion.txt"] == b"a mano"
    assert texts(root)["foro/mesa-1/transcripcion.vtt"] == b"WEBVTT"


def test_a_disk_that_fills_up_half_way_takes_the_step_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(root)
    calls = 0

    def full(path: Path, data: bytes, mode: int = 0o644) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device")
        write_atomic(path, data, mode)

    with monkeypatch.context() as crash:
        crash.setattr(changes, "write_atomic", full)
        with pytest.raises(CorpusError, match="el disco está lleno"):
            replace(root)
    assert texts(root) == before
    assert not (root / "foro/mesa-2").exists()
    assert history.recover(root) is None
    assert replace(root).number == 2, "the number of a step that was taken back is not given again"


def test_half_a_line_at_the_end_of_the_history_counts_as_never_written(root: Path) -> None:
    replace(root)
    with (root / "_historial/pasos.jsonl").open("ab") as file:
        file.write(b'{"paso":2,"fecha":"2026-')
    assert len(Journal(root).read()[0]) == 1
    with history.step(root, "eva", "terminal", "hablantes") as taken:
        taken.write(root / "foro/mesa-1/hablantes.tsv", b"0\tEva\n")
    assert taken.number == 2
    assert len(Journal(root).read()[0]) == 2


@pytest.mark.parametrize(
    "line", [b"<<<<<<< HEAD", b'{"numero": 1, "orden": "\xff"}', b'{"numero": 1, "estado": "\xff"}']
)
def test_a_history_that_somebody_damaged_says_where_and_what_to_do(root: Path, line: bytes) -> None:
    replace(root)
    with (root / "_historial/pasos.jsonl").open("ab") as file:
        file.write(line + b"\n")
    with pytest.raises(CorpusError, match=r"pasos\.jsonl:3.*respaldo"):
        replace(root)


def test_the_second_of_two_waits_for_its_turn(root: Path) -> None:
    order: list[str] = []
    holds = threading.Event()

    def second() -> None:
        holds.wait()
        with corpus_lock(root, 30):
            order.append("second")

    waiting = threading.Thread(target=second)
    waiting.start()
    with corpus_lock(root, 0):
        holds.set()
        with pytest.raises(CorpusBusy, match="Otra persona"), corpus_lock(root, 0.05):
            pass
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_a_lock_ends_with_whoever_held_it(root: Path) -> None:
    child = os.fork()
    if child == 0:
        with corpus_lock(root, 0):
            os._exit(0)
    os.waitpid(child, 0)
    with corpus_lock(root, 0):
        pass


def test_whoever_writes_over_what_changed_meanwhile_is_refused_with_what_is_there(root: Path) -> None:
    path = root / "foro/mesa-1/hablantes.tsv"
    seen = sha256(path.read_bytes())

    def write(base: str) -> None:
        with history.step(root, "ana", "terminal", "hablantes") as taken:
            taken.require(path, base)
            taken.write(path, b"0\tEva\n")

    write(seen)
    for base in (seen, ""):
        with pytest.raises(history.Conflict, match="cambió desde que se abrió") as refused:
            write(base)
        assert refused.value.base == sha256(b"0\tEva\n")


def test_a_disk_that_does_not_let_a_step_end_is_told_in_our_words(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as crash:
        killed_at(crash, steps, "put", 1)
        with pytest.raises(Killed):
            replace(root)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(steps, "put", full)
        for order in (lambda: history.recover(root), lambda: replace(root)):
            with pytest.raises(
                CorpusError, match=r"quedó a medias y el disco no deja terminarlo \(el disco está lleno"
            ):
                order()
    assert history.recover(root) == 1
