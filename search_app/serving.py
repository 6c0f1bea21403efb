"""The web server: waitress, with limits that slow or greedy clients cannot get around."""

from __future__ import annotations

import signal
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask, Task, WSGITask

from indexer.errors import ConstaError, reason
from search_app.desk.uploads import Discarding, allowance
from search_app.headers import HEADERS

LIMITS: dict[str, Any] = {
    "threads": 4,
    "connection_limit": 1000,
    "channel_timeout": 15,
    "cleanup_interval": 5,
    # A search of 1 MB is answered with a 400 of our own; what is longer, by the server.
    "max_request_header_size": 1_310_720,
    "max_request_body_size": 65_536,
    "recv_bytes": 65_536,
    "ident": None,
}


class PortTaken(ConstaError):
    """Another program listens there, or the address is not ours."""


class _PolicyFirst(Task):  # type: ignore[misc]
    """Waitress sorts the headers by name; the policy goes before all others, as the contract has it."""

    def build_response_header(self) -> bytes:
        status, *lines = bytes(super().build_response_header()).split(b"\r\n")
        lines.sort(key=lambda line: not line.startswith(b"Content-Security-Policy:") if line else 2)
        return b"\r\n".join([status, *lines])


class _GuardedTask(_PolicyFirst, WSGITask):  # type: ignore[misc]
    """An answer of the application."""


class _GuardedErrorTask(_PolicyFirst, ErrorTask):  # type: ignore[misc]
    """What the server itself answers (too long, not HTTP) carries the headers as well."""

    def execute(self) -> None:
        self.response_headers.extend(HEADERS)
        super().execute()


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes in a larger body where the staff's desk wants one; what goes beyond that is read and let go."""

    app: Flask
    adj: Any
    body_rcv: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        most = allowance(self.app, self.path, self.headers.get("COOKIE", ""))
        if most and not self.chunked and self.content_length >= self.adj.max_request_body_size:
            self.adj = _Larger(self.adj)
            if self.content_length > most:
                self.body_rcv = Discarding(self.content_length, self.body_rcv.getbuf())


class _Larger:
    """The settings of the server, without a bound for the body."""

    max_request_body_size = float("inf")

    def __init__(self, settings: Any) -> None:
        self._settings = settings

    def __getattr__(self, name: str) -> Any:
        return getattr(self._settings, name)


class _Channel(HTTPChannel):  # type: ignore[misc]
    task_class = _GuardedTask
    error_task_class = _GuardedErrorTask


def listen(app: Flask, host: str, port: int) -> Any:
    """Take the port; requests are answered once ``run`` is called.

    Raises:
        PortTaken: It cannot be had.
    """
    try:
        server = create_server(app, host=host, port=port, **_limits(app))
    except (OSError, ValueError) as error:
        raise PortTaken(
            f"No se puede servir en {host}:{port} ({reason(error) if isinstance(error, OSError) else error}). "
            "Elija otro puerto con --puerto, o cierre el programa que lo ocupa."
        ) from error
    channel = type("_Channel", (_Channel,), {"parser_class": type("_Parser", (_Parser,), {"app": app})})
    for each in getattr(server, "map", {}).values():
        if hasattr(each, "channel_class"):
            each.channel_class = channel
    if hasattr(server, "channel_class"):
        server.channel_class = channel
    return server


def _limits(app: Flask) -> dict[str, Any]:
    """With the staff's desk there are threads for it beside those of the readers: it waits for its commands."""
    return {**LIMITS, "threads": LIMITS["threads"] * 3} if "consta_desk" in app.extensions else LIMITS


def run(server: Any) -> None:
    """Answer until SIGTERM or Ctrl+C."""

    def end(*_: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    try:
        server.run()
    finally:
        server.close()
