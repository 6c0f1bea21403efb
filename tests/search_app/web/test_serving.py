"""A server that is told to end, and one that takes the place of another: nobody's request is broken off."""

from __future__ import annotations

import http.client
import os
import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from search_app.web import serving
from search_app.web.application import create_app
from search_app.web.serving import WebServer
from tests.search_app.fakes.forum import forum
from tests.waiting import PATIENCE_S, until


class Slow:
    """An address that answers when it is told to."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.may_end.wait(PATIENCE_S)
        return "al fin"


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def app(slow: Slow) -> Flask:
    app = create_app(forum())
    app.add_url_rule("/lenta", view_func=slow, endpoint="lenta")
    return app


@contextmanager
def running(server: WebServer, ended: threading.Event | None = None) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=server.run, args=[ended.set if ended else lambda: None])
    thread.start()
    try:
        yield thread
    finally:
        server.stop(within_s=0)
        thread.join(PATIENCE_S)


def asked(server: WebServer, path: str) -> http.client.HTTPConnection:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    line.request("GET", path)
    return line


def refused(server: WebServer) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", server.port)) != 0


def test_what_has_begun_is_answered_before_the_end_and_nobody_new_is_let_in(app: Flask, slow: Slow) -> None:
    server, ending = serving.listen(app, "127.0.0.1", 0), threading.Event()
    with running(server, ending) as thread:
        begun, kept = asked(server, "/lenta"), asked(server, "/salud")
        assert slow.begun.wait(PATIENCE_S)
        assert kept.getresponse().read()
        server.stop()
        assert ending.wait(PATIENCE_S), "what else is to end begins to at once"
        until(lambda: refused(server))
        kept.request("GET", "/salud")
        answer = kept.getresponse()
        assert (answer.status, answer.headers["Connection"]) == (200, "close")
        assert answer.read()
        slow.may_end.set()
        assert begun.getresponse().read() == b"al fin"
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
        for line in (begun, kept):
            line.close()


def test_what_does_not_end_in_time_is_left(app: Flask, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serving.listen(app, "127.0.0.1", 0)
    with running(server) as thread, socket.create_connection(("127.0.0.1", server.port)) as half:
        half.sendall(b"GET /salud HTTP/1.1\r\n")
        server.stop(within_s=0.05)
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def test_a_socket_that_is_handed_over_is_served_by_one_server_after_another(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
        monkeypatch.setenv("LISTEN_FDS", "1")
        for _ in range(2):
            monkeypatch.setattr(serving, "_FIRST_HANDED", os.dup(held.fileno()))
            server = serving.listen(app, "127.0.0.1", 1)
            assert server.port == held.getsockname()[1]
            line = asked(server, "/salud")  # nobody answers yet, nobody is refused
            with running(server):
                assert line.getresponse().status == 200
            line.close()


def test_a_socket_that_is_not_of_tcp_is_refused_in_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as held:
        monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
        monkeypatch.setenv("LISTEN_FDS", "1")
        monkeypatch.setattr(serving, "_FIRST_HANDED", os.dup(held.fileno()))
        with pytest.raises(serving.PortTaken, match="TCP"):
            serving.listen(app, "127.0.0.1", 0)


@pytest.mark.parametrize(("files", "most"), [(resource.RLIM_INFINITY, 1000), (1 << 20, 1000), (1024, 511)])
def test_there_are_as_many_connections_as_there_are_files_for_them(
    app: Flask, files: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    found: int = serving._limits(app, {})["connection_limit"]
    assert most - 100 < found <= most
