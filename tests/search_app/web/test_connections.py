"""Clients that send or take a byte now and then, that ask and take nothing, and more of them than there is room for."""

from __future__ import annotations

import errno
import http.client
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from waitress.adjustments import Adjustments
from waitress.wasyncore import dispatcher

from search_app.http.server_log import OnceAMinute
from search_app.web import connections, serving
from search_app.web.application import create_app
from search_app.web.connections import Channel
from tests.search_app.fakes.forum import forum
from tests.waiting import PATIENCE_S, until

HALF = b"GET /salud HTTP/1.1\r\nHost: localhost\r\nX: "
WHOLE = b"GET /salud HTTP/1.1\r\nHost: localhost\r\n\r\n"
LARGE = b"GET /grande HTTP/1.1\r\nHost: localhost\r\n\r\n"
KB, MB = 1_000, 1_000_000


@pytest.fixture
def app() -> Flask:
    app = create_app(forum())
    app.add_url_rule("/grande", view_func=lambda: b"x" * MB)
    return app


@contextmanager
def running(app: Flask, **limits: int) -> Iterator[Callable[..., socket.socket]]:
    """A server that looks at its connections all the time; yields what connects to it and sends some bytes."""
    server = serving.listen(app, "127.0.0.1", 0, cleanup_interval=0, **limits)
    thread = threading.Thread(target=server.run)
    with ExitStack() as held, pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "_LOOK_EVERY_S", 0.01)

        def connected(sent: bytes, **options: int) -> socket.socket:
            line = held.enter_context(socket.socket())
            for name, value in options.items():
                line.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
            line.settimeout(PATIENCE_S)
            line.connect(("127.0.0.1", server.port))
            line.sendall(sent)
            return line

        thread.start()
        try:
            yield connected
        finally:
            server.stop(within_s=0)
            thread.join(PATIENCE_S)


def answered(line: socket.socket) -> bool:
    answer = http.client.HTTPResponse(line)
    answer.begin()
    return answer.status == 200 and bool(answer.read())


def closed(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:  # it had not read all that was sent
        return True


def channel(*, head: bool = False, answered: bool = False, left: int = 0, at_work: bool = False) -> Any:
    """A connection of which the server has seen so much; ``left`` bytes of an answer are still to be taken."""
    ours, theirs = socket.socketpair()
    with theirs:
        made = Channel(SimpleNamespace(active_channels={}), ours, None, Adjustments(channel_timeout=15), map={})
    made.request = None if answered or at_work else SimpleNamespace(headers_finished=head)
    made.requests = [object()] if at_work else []
    made._answered, made.total_outbufs_len = answered, left
    return made


@pytest.mark.parametrize(
    ("seen", "after_s", "moved", "late"),
    [
        ({}, 19, 19, False),
        ({}, 21, 21, True),  # a head, by a byte a second
        ({}, 39, 100 * KB, False),
        ({}, 41, MB, True),  # a head without end, however fast
        ({"head": True}, 25, 25, True),
        ({"head": True}, 60, 300 * KB, False),
        ({"head": True}, 4 * 3600, 32 * MB, False),  # the largest file, by a slow line
        ({"answered": True, "left": 1}, 25, 25, True),
        ({"answered": True, "left": 1}, 600, 2 * MB, False),
        ({"at_work": True}, 3600, 0, False),
        ({"at_work": True, "left": 1}, 3600, 0, True),  # a thread may be waiting to hand it more
    ],
)
def test_a_client_has_its_time_and_as_much_again_as_its_bytes_are_worth(
    seen: dict[str, Any], after_s: float, moved: int, late: bool
) -> None:
    found = channel(**seen)
    found.moved = moved
    assert found.late(found.since + after_s) is late
    found.close()


def test_a_connection_that_asks_for_nothing_more_is_closed_after_a_while() -> None:
    idle = channel(answered=True)
    assert not idle.late(time.monotonic() + 3600), "counted from its last byte, not from its last request"
    idle.last_activity -= 16
    assert idle.late(time.monotonic())
    idle.close()


def test_who_signed_in_is_the_last_to_make_room() -> None:
    stranger, staff = channel(head=True), channel(head=True)
    staff.request.known = True
    staff.since -= 3600
    assert min(stranger, staff, key=lambda each: each.makes_room) is stranger
    for each in (stranger, staff):
        each.close()


def test_who_never_ends_a_request_is_closed_and_empty_lines_are_no_requests(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "GRACE_S", 0.05)
    with running(app) as connected:
        assert closed(connected(HALF))
        assert closed(connected(b"POST /entrar HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nnombre="))
        dripping = connected(b"\r\n\r\n")
        with pytest.raises(OSError, match=r"reset|Broken"):
            until(lambda: dripping.sendall(b"\r\n\r\n"))
        assert answered(connected(WHOLE))


def test_who_is_refused_gets_to_read_why(app: Flask) -> None:
    body = b"x" * 20 * MB
    with running(app) as connected:
        for head in (b"POST /buscar HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(body), HALF):
            line = connected(head + body)
            line.shutdown(socket.SHUT_WR)
            answer = http.client.HTTPResponse(line)
            answer.begin()
            assert answer.status in (413, 431)
            assert b"<h1>" in answer.read()


def test_those_longest_without_a_whole_request_make_room(app: Flask) -> None:
    with running(app, connection_limit=20) as connected:
        slow = [connected(HALF) for _ in range(60)]
        for _ in range(60):
            slow.append(connected(HALF))
            assert answered(connected(WHOLE)), "also where its number was that of one just closed"
        slow[-1].sendall(b"a\r\n\r\n")
        assert answered(slow[-1])
        assert all(map(closed, slow[:90]))


def test_who_asks_much_and_takes_nothing_holds_no_thread(app: Flask) -> None:
    with running(app, threads=1, outbuf_high_watermark=MB) as connected:
        greedy = connected(LARGE * 40, SO_RCVBUF=2048)
        assert answered(connected(WHOLE))
        with greedy.makefile("rb") as taken:
            assert len(taken.read()) < 40 * MB


def test_without_descriptors_nobody_is_accepted_for_a_while_and_the_log_says_so_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refused, accept = iter(range(3)), dispatcher.accept

    def none_left(self: Any) -> Any:
        if next(refused, None) is None:
            return accept(self)
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(dispatcher, "accept", none_left)
    monkeypatch.setattr(connections, "PAUSE_S", 0.02)
    caplog.handler.addFilter(once := OnceAMinute())
    with running(app) as connected:
        assert answered(connected(WHOLE))
    assert next(refused, None) is None
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "No cabe otra conexión (EMFILE): se espera 0.02 s"
    ]
    caplog.handler.removeFilter(once)
