"""Everything that staff did is taken back byte for byte, or the message says what hinders it."""

from __future__ import annotations

import datetime as dt
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from indexer import history
from indexer.corpus.moving import move
from indexer.corpus.new_pages import new_session
from indexer.corpus.withdrawing import withdraw
from indexer.errors import CorpusError
from indexer.model import Kind, PageId
from indexer.operations.withdrawal import published_numbers, purge_history
from tests.corpora import CorpusMaker

pytestmark = pytest.mark.long

MESA = PageId("foro", "mesa-1")
SPEECH = "CONSEJERA ANA PRUEBA: El cómputo distrital se transmite en vivo.\r\n"
OTHER = "CONSEJERA EVA PRUEBA: Las casillas abren a las ocho de la mañana.\n"


class Staff:
    """What they do, as steps; each is published."""

    def __init__(self, maker: CorpusMaker) -> None:
        self.maker = maker
        self.root = maker.corpus

    def write(self, name: str, text: str, action: str = "agregar") -> int:
        """Have a file hold a text."""
        with history.step(self.root, "ana", "terminal", action, MESA) as taken:
            taken.write(self.root / name, text.encode())
        self.maker.update()
        assert taken.number is not None
        return taken.number

    def undo(self, number: int) -> int:
        """Take a step back."""
        with history.step(self.root, "ana", "terminal", "deshacer", MESA) as taken:
            history.Undoing(self.root, taken.read).take_back(taken, number)
        self.maker.update()
        assert taken.number is not None
        return taken.number

    def withdraw(self, page: PageId, kind: Kind | None, *, keep: bool, until: str | None = None) -> int:
        """Withdraw a text or a mesa; with a copy, until the usual day or another one."""
        numbers = published_numbers(self.maker.settings, page, kind)
        with history.step(self.root, "ana", "terminal", "retirar", page) as taken:
            withdraw(self.root, page, kind, f"Motivo de {page}", numbers, to=taken)
            purge_history(taken, self.maker.settings, page, kind, None, keep=keep)
            taken.kept_until = until or taken.kept_until
        self.maker.update()
        assert taken.number is not None
        return taken.number

    def hindrance(self, number: int) -> str | None:
        """Why a step cannot be undone."""
        return next(one.hindrance for one in history.Undoing(self.root).past() if one.record.number == number)

    def holding(self, word: bytes) -> set[str]:
        """The folders with a file in which a word stands."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {path.parent.name for path in files if word in path.read_bytes()}

    def texts(self) -> dict[str, bytes]:
        """Every file that is public, but the numbers."""
        found = {path.relative_to(self.root).as_posix(): path for path in self.root.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in found.items() if name[0] != "_" and "anclas" not in name}


@pytest.fixture
def staff(maker: CorpusMaker) -> Staff:
    """An event with two mesas, published."""
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=SPEECH)
    maker.mesa("mesa-2", transcripcion_txt=OTHER * 2)
    maker.update()
    return Staff(maker)


def test_a_replaced_text_comes_back_with_its_line_ends_and_its_numbers(staff: Staff) -> None:
    before, numbers = staff.texts(), [p.number for p in staff.maker.passages("foro/mesa-1")]
    staff.undo(staff.write("foro/mesa-1/transcripcion.txt", OTHER))
    assert staff.texts() == before
    assert [p.number for p in staff.maker.passages("foro/mesa-1")] == numbers


def test_an_undo_can_be_undone_and_that_too(staff: Staff) -> None:
    before = staff.texts()
    number = staff.write("foro/mesa-1/transcripcion.txt", OTHER)
    after = staff.texts()
    first = staff.undo(number)
    second = staff.undo(first)
    assert staff.texts() == after
    third = staff.undo(second)
    assert staff.texts() == before
    past = {one.record.number: one.undone_by for one in history.Undoing(staff.root).past()}
    assert past == {number: first, first: None, second: third, third: None}


def test_what_was_undone_is_not_undone_twice(staff: Staff) -> None:
    number = staff.write("foro/mesa-1/transcripcion.txt", OTHER)
    undone = staff.undo(number)
    with pytest.raises(CorpusError, match=f"ya lo deshizo el paso {undone}"):
        staff.undo(number)
    with pytest.raises(CorpusError, match="No hay un paso 99"):
        staff.undo(99)


def test_a_file_that_was_changed_by_hand_is_not_overwritten(staff: Staff) -> None:
    number = staff.write("foro/mesa-1/transcripcion.txt", OTHER)
    path = staff.root / "foro/mesa-1/transcripcion.txt"
    path.write_text("a mano", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"alguien cambió a mano foro/mesa-1/transcripcion\.txt"):
        staff.undo(number)
    assert path.read_text(encoding="utf-8") == "a mano"


def test_a_step_on_which_a_later_one_stands_says_which(staff: Staff) -> None:
    first = staff.write("foro/mesa-1/transcripcion.txt", OTHER)
    second = staff.write("foro/mesa-1/transcripcion.txt", SPEECH + OTHER)
    with pytest.raises(CorpusError, match=f"el paso {second} cambió después foro/mesa-1"):
        staff.undo(first)
    staff.undo(second)
    staff.undo(first)
    assert staff.texts()["foro/mesa-1/transcripcion.txt"] == SPEECH.encode()


def test_a_mesa_that_was_made_goes_and_its_numbers_are_not_given_again(staff: Staff) -> None:
    before = staff.texts()
    with history.step(staff.root, "ana", "terminal", "agregar", "foro/mesa-3") as taken:
        new_session(staff.root, "foro", "mesa-3", "Tres", to=taken)
        taken.write(staff.root / "foro/mesa-3/transcripcion.txt", SPEECH.encode())
    staff.maker.update()
    given = {p.number for p in staff.maker.passages("foro/mesa-3")}
    assert taken.number is not None
    staff.undo(taken.number)
    assert staff.texts() == before
    assert not (staff.root / "foro/mesa-3").exists()
    with history.step(staff.root, "ana", "terminal", "agregar", "foro/mesa-3") as taken:
        new_session(staff.root, "foro", "mesa-3", "Otra", to=taken)
        taken.write(staff.root / "foro/mesa-3/transcripcion.txt", OTHER.encode())
    staff.maker.update()
    assert given.isdisjoint(p.number for p in staff.maker.passages("foro/mesa-3"))


def test_a_mesa_that_has_got_a_text_since_does_not_lose_its_page(staff: Staff) -> None:
    with history.step(staff.root, "ana", "terminal", "nuevo", "foro/mesa-3") as made:
        new_session(staff.root, "foro", "mesa-3", "Tres", to=made)
    added = staff.write("foro/mesa-3/transcripcion.txt", SPEECH)
    assert made.number is not None
    with pytest.raises(CorpusError, match=rf"quedaría suelto lo que hay en .*; deshaga antes el paso {added}"):
        staff.undo(made.number)
    staff.undo(added)
    staff.undo(made.number)
    assert not (staff.root / "foro/mesa-3").exists()


def test_a_text_does_not_come_back_beside_the_one_that_took_its_place(staff: Staff) -> None:
    gone = staff.withdraw(MESA, Kind.TRANSCRIPT, keep=True)
    added = staff.write("foro/mesa-1/transcripcion.md", OTHER)
    with pytest.raises(
        CorpusError, match=rf"tendría dos textos de transcripcion .*transcripcion\.txt\); deshaga antes el paso {added}"
    ):
        staff.undo(gone)
    staff.undo(added)
    staff.undo(gone)
    assert staff.texts()["foro/mesa-1/transcripcion.txt"] == SPEECH.encode()


def test_a_number_that_an_undone_step_gave_is_not_given_to_another_text(staff: Staff) -> None:
    number = staff.write("foro/mesa-1/transcripcion.txt", SPEECH + OTHER)
    given = {p.text: p.number for p in staff.maker.passages("foro/mesa-1")}
    staff.undo(number)
    staff.write("foro/mesa-1/transcripcion.txt", SPEECH + "CONSEJERO LUIS PRUEBA: Algo nunca antes dicho.\n")
    found = {p.text: p.number for p in staff.maker.passages("foro/mesa-1")}
    assert len(found) == 2
    assert {n for text, n in found.items() if text not in given}.isdisjoint(given.values())


def test_a_withdrawal_without_keeping_leaves_the_words_in_no_file_and_cannot_be_undone(staff: Staff) -> None:
    replaced = staff.write("foro/mesa-1/transcripcion.txt", SPEECH.replace("cómputo", "xilocopa"))
    number = staff.withdraw(MESA, Kind.TRANSCRIPT, keep=False)
    for folder in (staff.root, staff.maker.settings.index):
        files = [path for path in folder.rglob("*") if path.is_file()]
        for word in ("xilocopa", "distrital"):
            assert not [path for path in files if word.encode() in path.read_bytes()], word
    for step in (number, replaced):
        with pytest.raises(CorpusError, match="no se puede deshacer"):
            staff.undo(step)
    assert "agregue el texto de nuevo" in str(staff.hindrance(number))


def test_a_withdrawal_that_was_kept_comes_back_and_can_hold_again(staff: Staff) -> None:
    before = staff.texts()
    number = staff.withdraw(MESA, None, keep=True)
    assert not (staff.root / "foro/mesa-1").exists()
    assert staff.holding(b"distrital") == {"_retirados"}
    undone = staff.undo(number)
    assert staff.texts() == before
    staff.undo(undone)
    assert not (staff.root / "foro/mesa-1").exists()
    assert staff.holding(b"distrital") == {"_retirados"}


def test_a_withdrawal_does_not_hold_again_while_what_came_back_has_another_address(staff: Staff) -> None:
    undone = staff.undo(staff.withdraw(MESA, None, keep=True))
    with history.step(staff.root, "ana", "terminal", "mover", MESA) as taken:
        move(staff.root, MESA, PageId("foro", "mesa-9"), to=taken)
    before = staff.texts()
    assert f"el paso {taken.number}" in (staff.hindrance(undone) or "")
    with pytest.raises(CorpusError, match=rf"el paso {taken.number} .*deshaga antes ese"):
        staff.undo(undone)
    assert staff.texts() == before
    assert taken.number is not None
    staff.undo(taken.number)
    staff.undo(undone)
    assert staff.holding(b"distrital") == {"_retirados"}


def test_what_a_withdrawal_kept_goes_on_its_day_and_its_undo_says_so(staff: Staff) -> None:
    today, tomorrow = (str(dt.date.today() + dt.timedelta(days)) for days in (0, 1))
    staff.withdraw(PageId("foro", "mesa-2"), None, keep=True, until=tomorrow)
    number = staff.withdraw(MESA, None, keep=True, until=today)
    assert [one.kept_until for one in history.Undoing(staff.root).kept()] == [tomorrow]
    assert staff.holding(b"distrital") == {"_retirados"}
    history.let_go(staff.root)
    assert staff.holding(b"distrital") == set()
    assert staff.holding(b"casillas") == {"_retirados"}
    with pytest.raises(CorpusError, match=f"se retiró, y su copia se borró el {today}; agregue el texto de nuevo"):
        staff.undo(number)


def test_the_day_of_a_withdrawal_that_was_undone_takes_nothing_away(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = staff.texts()
    replaced = staff.write("foro/mesa-1/transcripcion.txt", OTHER)
    undone = staff.undo(staff.withdraw(MESA, None, keep=True))
    monkeypatch.setattr(sys.modules["indexer.history.journal"], "is_over", lambda record: bool(record.kept))
    history.let_go(staff.root)
    again = staff.undo(staff.undo(replaced))
    assert staff.hindrance(undone) is None
    staff.undo(again)
    assert staff.texts() == before
    staff.withdraw(MESA, None, keep=True)
    history.let_go(staff.root)
    assert staff.holding(b"distrital") == set()


def test_of_two_withdrawals_the_first_is_undone_and_the_second_holds(staff: Staff) -> None:
    first = staff.withdraw(MESA, Kind.TRANSCRIPT, keep=True)
    second = staff.withdraw(PageId("foro", "mesa-2"), Kind.TRANSCRIPT, keep=True)
    staff.undo(first)
    listed = (staff.root / "retirados.toml").read_text(encoding="utf-8")
    assert "Motivo de foro/mesa-2" in listed
    assert "Motivo de foro/mesa-1" not in listed
    assert staff.maker.passages("foro/mesa-1")
    assert not staff.maker.passages("foro/mesa-2")
    staff.undo(second)
    assert "retirados.toml" not in staff.texts()
    assert staff.maker.passages("foro/mesa-2")


def test_only_the_files_of_the_steps_that_are_told_are_read(staff: Staff) -> None:
    for mesa in ("mesa-1", "mesa-2"):
        staff.write(f"foro/{mesa}/transcripcion.txt", OTHER * 3)
    read: list[str] = []

    def reading(path: Path) -> bytes | None:
        read.append(path.relative_to(staff.root).as_posix())
        return path.read_bytes()

    def told(**part: Any) -> list[int]:
        read.clear()
        return [one.record.number for one in history.Undoing(staff.root, reading).past(**part)]

    assert told(most=1) == [2]
    assert read == ["foro/mesa-2/transcripcion.txt"]
    assert told(skip=1, most=5) == [1]
    assert read == ["foro/mesa-1/transcripcion.txt"]
    assert told(number=1) == [1]
    assert read == ["foro/mesa-1/transcripcion.txt"]
    assert told(skip=2) == []
    assert read == []


def test_a_large_file_is_never_held_whole_to_judge_its_steps(staff: Staff) -> None:
    large = staff.root / "foro/mesa-1/transcripcion.pdf"
    with history.step(staff.root, "ana", "terminal", "agregar", MESA) as taken:
        taken.write(large, b"x" * 8_000_000)
    past = history.Undoing(staff.root)
    tracemalloc.start()
    try:
        assert past.past()[0].hindrance is None
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_mesa_does_not_come_back_where_its_event_is_no_more(staff: Staff) -> None:
    paths = [staff.root / "nuevo" / name for name in ("evento.toml", "mesa-1/mesa.toml")]
    for gone in (None, paths[1], paths[0]):
        with history.step(staff.root, "ana", "terminal", "retirar" if gone else "nuevo", None) as taken:
            for path in [gone] if gone else paths:
                taken.write(path, None if gone else b'titulo = "A"\n')
    hindrance = {one.record.number: one.hindrance for one in history.Undoing(staff.root).past()}
    assert hindrance[3] is None
    assert "quedaría suelto lo que hay en nuevo/mesa-1/mesa.toml" in str(hindrance[2])


def test_the_steps_of_some_pages_are_those_that_changed_something_there(staff: Staff) -> None:
    """A step about several pages names none of them; its files do."""
    staff.write("foro/mesa-1/transcripcion.txt", OTHER)
    with history.step(staff.root, "ana", "terminal", "corregir", None) as taken:
        for page in ("foro/mesa-2", "otro/mesa-1"):
            taken.write(staff.root / page / "correcciones.tsv", b"x")
    past = history.Undoing(staff.root)
    asked = {pages: [one.record.number for one in past.past(pages)] for pages in ((), ("otro",), ("foro", "mesa"))}
    assert asked == {(): [2, 1], ("otro",): [2], ("foro", "mesa"): [2, 1]}
    assert [one.record.number for one in past.past(["foro/mesa-1"])] == [1]


def test_steps_are_asked_for_by_where_they_came_from(staff: Staff) -> None:
    for origin in ("web 10.0.0.7, encargo a_1", "web 10.0.0.7, encargo a_2", "terminal"):
        with history.step(staff.root, "ana", origin, "agregar", MESA) as taken:
            taken.write(staff.root / "foro/mesa-1/descripcion.txt", origin.encode())
    found = history.Undoing(staff.root).past(origin="web 10.0.0.7, encargo a_")
    assert [one.record.number for one in found] == [2, 1]
