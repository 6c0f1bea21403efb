"""Five wrong tries a minute from one address, whatever the process; a right password always gets in."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from indexer.engines.live import LiveIndex
from search_app.desk.login.login_sessions import LONGEST_S, LoginSessions
from search_app.desk.login.rate_limit import LONGEST_PAUSE_S, MOST_WAITING, RateLimit, SignInPace, Turn
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.search_app.desk.desk_office import NAME, PASSWORD, account, enter, furnish, token

WRONG = "una clave que no es"


class TwoProcesses:
    """Two applications over one corpus that know nothing of each other, and how long they paused."""

    def __init__(self, root: Path) -> None:
        self.maker = furnish(root, minutes=1)
        account(self.maker.corpus, "luis")
        self.index = LiveIndex(self.maker.settings.index)
        self.paused: list[float] = []

    def process(self) -> FlaskClient:
        """Another one, as after a restart."""
        desk = StaffDesk(self.maker.corpus, self.maker.settings.index)
        desk.sign_ins = SignInPace(desk.limit, self.paused.append)
        return create_app(self.index, desk=desk).test_client()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoProcesses]:
    made = TwoProcesses(tmp_path_factory.mktemp("puerta"))
    yield made
    made.index.close()


def tried(client: FlaskClient, name: str, password: str, sender: str) -> TestResponse:
    data = {"token": token(client.get("/entrar")), "nombre": name, "clave": password}
    return client.post("/entrar", data=data, environ_overrides={"REMOTE_ADDR": sender})


def test_five_wrong_tries_a_minute_from_an_address_over_all_processes_and_restarts(shared: TwoProcesses) -> None:
    one, other = shared.process(), shared.process()
    assert [tried(each, NAME, WRONG, "10.0.0.1").status_code for each in (one, other) * 2] == [401] * 4
    assert [tried(one, NAME, WRONG, "10.0.0.1").status_code for _ in range(2)] == [401, 429]
    refused = tried(shared.process(), "nadie", WRONG, "10.0.0.1")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")


def test_nobody_can_lock_out_who_has_an_account_from_anywhere(shared: TwoProcesses) -> None:
    limit, app = RateLimit(shared.maker.corpus), shared.process().application
    for _ in range(12):
        limit.note("dirección 10.0.0.2")
        limit.note(f"nombre {NAME}")
    shared.paused.clear()
    for name, sender in ((NAME, "10.0.0.2"), ("luis", "10.0.0.2"), (NAME, "10.0.0.3"), ("luis", "10.0.0.4")):
        assert tried(app.test_client(), name, PASSWORD, sender).status_code == 303, (name, sender)
    assert shared.paused == [LONGEST_PAUSE_S] * 3, "but who is at no such address, and whose name nobody guesses, waits"


def test_a_sign_out_holds_in_every_process_and_is_not_undone_by_a_restart(shared: TwoProcesses) -> None:
    one, other = shared.process(), shared.process()
    assert enter(one).status_code == 303
    kept = one.get_cookie("consta_personal")
    assert kept is not None
    other.set_cookie("consta_personal", kept.value)
    assert other.get("/acervo/").status_code == 200
    assert one.post("/entrar/salir", data={"token": token(one.get("/acervo/agregar"))}).status_code == 303
    again = shared.process()
    for client in (one, other, again):
        client.set_cookie("consta_personal", kept.value)
        assert client.get("/acervo/").status_code == 303


def test_who_left_is_remembered_for_as_long_as_a_cookie_could_last(tmp_path: Path) -> None:
    now = [1_000_000.0]
    sessions = LoginSessions(lambda: b"x" * 32, tmp_path, lambda: now[0])
    for later in (0.0, LONGEST_S - 1, 2.0):
        now[0] += later
        sessions.leave(sessions.enter(NAME))
    assert len(list((tmp_path / "_personal" / "salidas").iterdir())) == 2


def pace(root: Path, paused: list[float]) -> SignInPace:
    return SignInPace(RateLimit(root), paused.append)


def test_a_name_that_is_guessed_from_everywhere_gets_slower_by_a_second_up_to_five(tmp_path: Path) -> None:
    paused: list[float] = []
    turns = [pace(tmp_path, paused).turn(f"10.0.0.{n}", NAME) for n in range(13)]
    assert all(turn and not turn.late for turn in turns)
    assert paused == [1, 2, 3, 4, 5, 5, 5, 5]


def test_few_wait_at_once_and_they_keep_out_none_but_addresses_that_tried_too_often(tmp_path: Path) -> None:
    slow, inside, go = RateLimit(tmp_path), threading.Semaphore(0), threading.Event()

    def wait(_: float) -> None:
        inside.release()
        assert go.wait(60)

    busy = SignInPace(slow, wait)
    for _ in range(5):
        busy.turn("10.0.0.1", "nadie")
    turns: list[Turn | None] = []
    threads = [threading.Thread(target=lambda: turns.append(busy.turn("10.0.0.1", NAME))) for _ in range(MOST_WAITING)]
    for thread in threads:
        thread.start()
        assert inside.acquire(timeout=60)
    assert busy.turn("10.0.0.1", NAME) is None
    elsewhere = busy.turn("10.0.0.2", "nadie")  # a name that is slow
    assert elsewhere is not None
    assert not elsewhere.late
    go.set()
    for thread in threads:
        thread.join()
    assert [turn and turn.late for turn in turns] == [True] * MOST_WAITING


def test_where_nothing_can_be_written_everybody_is_slow_and_gets_in(tmp_path: Path) -> None:
    paused: list[float] = []
    (tmp_path / "_personal").write_text("no es una carpeta")
    assert pace(tmp_path, paused).turn("10.0.0.1", NAME) == Turn(late=True)
    assert paused == [LONGEST_PAUSE_S]


@settings(max_examples=25)
@given(asked=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40)), max_size=20))
def test_it_allows_what_a_list_of_all_tries_would(
    asked: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    now = [1_000_000.0]
    limit = RateLimit(tmp_path_factory.mktemp("lista"), now=lambda: now[0])
    made: defaultdict[str, list[float]] = defaultdict(list)
    for key, later in asked:
        now[0] += later
        free = sum(one > now[0] - 60 for one in made[key]) < 5
        assert limit.allow(key) is free
        made[key] += [now[0]] if free else []
