"""Who has an account: no public page waits for the answer, and an answer that fails is not «nobody»."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.engines.live import LiveIndex
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.login import accounts
from search_app.desk.login.accounts import Accounts
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.search_app.desk.desk_office import enter, furnish, sent
from tests.waiting import PATIENCE_S, until

ANA = {"ana": "sello"}


class Keeper(Commands):
    """Answers who has an account: when it is let, and as it is told."""

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus, corpus / "indice")
        (corpus / "_personal").mkdir()
        self.let(gate=threading.Event(), seals=ANA, fails=False, asked=0)
        self.gate.set()
        self.touch()

    gate: threading.Event
    seals: dict[str, str]
    fails: bool
    asked: int

    def let(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def touch(self) -> None:
        """Another account file."""
        path = self.corpus / "_personal" / "cuentas.json"
        path.write_text("x" * (len(path.read_text()) + 1 if path.exists() else 1))

    def ask(self, command: str, *words: str, **_: Any) -> dict[str, Any]:
        assert command == "cuenta"
        self.let(asked=self.asked + 1)
        assert self.gate.wait(PATIENCE_S)
        if self.fails:
            raise CommandFailed("El archivo está dañado.", {})
        return {"detalle": [{"nombre": name, "sello": seal} for name, seal in self.seals.items()]}


def seals(known: Accounts) -> dict[str, str]:
    return {name: one.seal for name, one in known.all().items()}


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    made = Keeper(tmp_path)
    yield made
    made.gate.set()


def test_who_only_asks_whether_there_is_anybody_never_waits(keeper: Keeper) -> None:
    known = Accounts(keeper)
    assert seals(known) == ANA
    keeper.gate.clear()
    keeper.let(seals={})
    keeper.touch()
    assert [known.anybody() for _ in range(50)] == [True] * 50  # what was known before; one command for all
    until(lambda: keeper.asked == 2)
    keeper.gate.set()
    until(lambda: not known.anybody())
    assert keeper.asked == 2


def test_who_wants_to_pass_waits_for_the_accounts_as_they_are_now(keeper: Keeper) -> None:
    known = Accounts(keeper)
    assert seals(known) == ANA
    keeper.gate.clear()
    keeper.let(seals={"luis": "otro"})
    keeper.touch()
    found: list[dict[str, str]] = []
    threads = [threading.Thread(target=lambda: found.append(seals(known))) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert known.anybody()
    keeper.gate.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert found == [{"luis": "otro"}] * 5
    assert keeper.asked == 2


def test_before_anything_is_known_a_file_speaks_for_an_account(keeper: Keeper, tmp_path: Path) -> None:
    keeper.gate.clear()
    assert Accounts(keeper).anybody()
    keeper.gate.set()
    (tmp_path / "_personal" / "cuentas.json").unlink()
    assert not Accounts(keeper).anybody()
    assert seals(Accounts(keeper)) == {}


def test_names_stay_when_the_file_cannot_be_read_and_it_is_asked_again_at_once_when_it_changes(keeper: Keeper) -> None:
    known = Accounts(keeper)
    assert seals(known) == ANA
    keeper.let(fails=True, seals={"luis": "otro"})
    keeper.touch()
    assert seals(known) == ANA
    assert known.fault == "El archivo está dañado."
    assert (seals(known), keeper.asked) == (ANA, 2)  # the same file is not asked about at every page
    keeper.let(fails=False)
    keeper.touch()
    assert seals(known) == {"luis": "otro"}
    assert known.fault == ""


def test_a_command_that_failed_once_is_tried_again_after_a_while(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_ASK_AGAIN_S", 0.0)
    keeper.let(fails=True)
    known = Accounts(keeper)
    assert seals(known) == {}
    assert known.fault
    keeper.let(fails=False)
    assert seals(known) == ANA


def test_a_file_that_nobody_can_look_at_is_not_a_file_that_is_gone(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "_personal" / "clave").write_bytes(b"s" * 32)
    known = Accounts(keeper)
    assert (seals(known), known.secret()) == (ANA, b"s" * 32)

    def refuse(*_: object, **__: object) -> os.stat_result:
        raise PermissionError(13, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", refuse)
        assert seals(known) == ANA
        assert known.anybody()
        assert known.fault
        assert known.secret() == b"s" * 32
        assert not Accounts(keeper).anybody()
    assert (seals(known), known.fault) == (ANA, "")


def test_staff_go_on_while_the_accounts_cannot_be_read_and_no_page_waits(tmp_path: Path) -> None:
    maker = furnish(tmp_path, minutes=1)
    index = LiveIndex(maker.settings.index)
    desk = StaffDesk(maker.corpus, maker.settings.index)
    app = create_app(index, desk=desk)
    staff, reader = app.test_client(), app.test_client()
    assert enter(staff).status_code == 303
    path = maker.corpus / "_personal" / "cuentas.json"
    whole = path.read_text()
    path.write_text("{")
    draft = sent(staff, "/acervo/agregar", {"texto": "hablamos de lilas"})
    assert draft.status_code == 303
    assert "valen las de antes" in staff.get("/acervo/agregar").text
    assert "Reportar" in reader.get("/foro/mesa-1/p1").text
    path.write_text(whole)
    assert "valen las de antes" not in staff.get("/acervo/agregar").text
    index.close()
