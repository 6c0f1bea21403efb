"""The web server (waitress): it takes its ports, answers, and ends without breaking off what has begun.

Where whoever starts it hands over sockets that listen already (``LISTEN_FDS``, as systemd does), those are served: they
outlive the process, so that no request is refused while one server takes the place of another.
"""

import contextlib
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.wasyncore import close_all, dispatcher, poll2

from indexer.errors import ConstaError, reason
from search_app.web.connections import Channel, Listener
from search_app.web.refusals import GuardedErrorTask, GuardedTask, Parser
from search_app.web.task_queue import TaskQueue

LIMITS: dict[str, Any] = {
    "threads": 4,
    "connection_limit": 1000,
    "channel_timeout": 15,
    "cleanup_interval": 5,
    # A search of 1 MB is answered with a 400 of our own; what is longer, by the server.
    "max_request_header_size": 1_310_720,
    "max_request_body_size": 65_536,
    "inbuf_overflow": 65_536,  # what may be larger waits on the disk, not in memory
    "recv_bytes": 65_536,
    "ident": None,
    # What proxies say goes through to ``trusted_proxies``, which knows more than one of them.
    "clear_untrusted_proxy_headers": False,
}
DRAIN_S = 30.0
"""Seconds for what has begun, once the server is told to end."""
_TURN_S = 0.001
"""Seconds for which a thread may keep Python's lock from others: beside two downloads, a page waits half as long."""
_LOOK_EVERY_S = 1.0
_FRESH_S = 1.0
_FIRST_HANDED = 3


class PortTaken(ConstaError):
    """Another program listens there, or the address is not ours."""


class WebServer:
    """Listeners, the connections that they accepted, and the threads that answer."""

    def __init__(self, app: Flask, adjustments: Any) -> None:
        """Take the ports.

        Raises:
            OSError: One cannot be had.
        """
        adjustments.app = app
        self._map: dict[int, Any] = {}
        self._threads = TaskQueue()
        self._until: float | None = None
        given: dict[str, Any] = {"map": self._map, "dispatcher": self._threads, "adj": adjustments}
        if adjustments.sockets:
            places = [(each.family, each.type, each.proto, each.getsockname()) for each in adjustments.sockets]
            self._listeners = [
                Listener(app, _sock=each, sockinfo=place, bind_socket=False, **given)
                for each, place in zip(adjustments.sockets, places, strict=True)
            ]
        else:
            self._listeners = [Listener(app, sockinfo=place, **given) for place in adjustments.listen]
        for listener in self._listeners:
            listener.channel_class = _Channel
        self._threads.set_thread_count(adjustments.threads)

    @property
    def port(self) -> int:
        """Where it listens; with several addresses the last one's."""
        return int(self._listeners[-1].effective_port)

    def stop(self, within_s: float = DRAIN_S) -> None:
        """Have it end once what has begun is answered. Any thread may ask, and what a signal calls."""
        self._until = time.monotonic() + within_s
        with contextlib.suppress(OSError):  # it has ended
            self._listeners[0].pull_trigger()

    def run(self, ending: Callable[[], object] = lambda: None) -> None:
        """Answer until ``stop``, and then what has begun, for so long as that may take; ``ending`` is called between.

        A connection may be kept by a browser that is just asking for more: it is not closed while it is that fresh.
        """
        try:
            while self._until is None:
                poll2(_LOOK_EVERY_S, self._map)
            ending()
            for listener in self._listeners:
                dispatcher.close(listener)  # its own ``close`` takes away what the threads wake us with
            while time.monotonic() < self._until and any(map(_in_flight, self._map.values())):
                poll2(_FRESH_S / 10, self._map)
        finally:
            self._threads.shutdown()
            close_all(self._map)


class _Channel(Channel):
    task_class = GuardedTask
    error_task_class = GuardedErrorTask
    parser_class = Parser


def _in_flight(each: object) -> bool:
    return isinstance(each, Channel) and bool(
        each.requests
        or each.request is not None
        or each.total_outbufs_len
        or time.time() - each.last_activity < _FRESH_S
    )


def listen(app: Flask, host: str, port: int, **limits: int) -> WebServer:
    """Take the port, or the sockets that are handed over; requests are answered once ``run`` is called.

    Args:
        app: What answers.
        host: On which address of this machine.
        port: On which port; 0 for any that is free.
        limits: Instead of those of ``LIMITS``.

    Raises:
        PortTaken: It cannot be had.
    """
    try:
        handed = _handed_over()
        places: dict[str, Any] = {"sockets": handed} if handed else {"host": host, "port": port}
        return WebServer(app, Adjustments(**places, **_limits(app, limits)))
    except (OSError, ValueError) as error:
        raise PortTaken(
            f"No se puede servir en {host}:{port} ({reason(error) if isinstance(error, OSError) else error}). "
            "Elija otro puerto con --puerto, o cierre el programa que lo ocupa."
        ) from error


def _handed_over() -> list[socket.socket]:
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return []
    found = [socket.socket(fileno=_FIRST_HANDED + number) for number in range(int(os.environ["LISTEN_FDS"]))]
    for each in found:
        if each.family not in (socket.AF_INET, socket.AF_INET6):
            each.close()
            raise PortTaken("Se entregó un socket que no es de TCP (LISTEN_FDS): escriba ListenStream=127.0.0.1:8000.")
    return found


def _limits(app: Flask, given: dict[str, int]) -> dict[str, Any]:
    """With the staff's desk there are threads for it beside those of the readers: it waits for its commands.

    A connection may need a second file, for a large answer: there are not more of them than half of those that can
    still be opened.
    """
    limits = LIMITS | given
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files != resource.RLIM_INFINITY:
        with socket.socket() as lowest_unused:
            limits["connection_limit"] = min(limits["connection_limit"], (files - lowest_unused.fileno()) // 2)
    threads = limits["threads"] * (3 if "consta_desk" in app.extensions else 1)
    return limits | {"threads": threads}


def run(server: WebServer, reopen: Callable[[], object], ending: Callable[[], object] = lambda: None) -> None:
    """Answer until SIGTERM or Ctrl+C, which let what has begun end; a second Ctrl+C does not.

    Args:
        server: Which.
        reopen: What SIGHUP has done. A terminal that is closed sends it too: who runs the server in one wants its end.
        ending: What begins to end together with the answers.
    """
    sys.setswitchinterval(_TURN_S)

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        server.stop()

    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    signal.signal(signal.SIGINT, interrupt)
    if not _in_a_terminal():
        signal.signal(signal.SIGHUP, lambda *_: threading.Thread(target=reopen, name="consta-reabrir").start())
    with contextlib.suppress(KeyboardInterrupt):
        server.run(ending)


def _in_a_terminal() -> bool:
    try:
        os.close(os.open(os.ctermid(), os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
