"""The web server (waitress), with limits against slow or greedy clients."""

from __future__ import annotations

import signal
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask, Task, WSGITask

from indexer.errors import ConstaError, reason
from search_app.desk.forms.upload_limits import Discarding, allowance
from search_app.http.security_headers import HEADERS
from search_app.shown.addresses import address, local, under

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
_REFUSAL = """<!doctype html>
<html lang="es-MX"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Consta</title>
<link rel="stylesheet" href="{style}"></head>
<body><main id="contenido"><h1>{title}</h1><p>{said}</p><p><a href="{home}">Ir a Consta</a></p></main></body></html>
"""
_NOT_UNDERSTOOD = ("La petición no se entiende", "El servidor no la pudo leer. Abra la página otra vez.")
_REFUSED = {
    413: (
        "Es demasiado grande",
        "Nada se hizo ni se guardó. Con «Atrás» vuelve a lo que había escrito. En el escritorio se aceptan archivos de "
        "hasta 32 MB, y texto pegado de hasta 8 MB, de quien entró con su cuenta.",
    ),
    431: ("La dirección es demasiado larga", "Ninguna dirección de este sitio es tan larga. Escriba una más corta."),
    500: ("Falló el servidor", "Vuelva a intentarlo en un momento."),
    501: ("El servidor no conoce esa forma de enviar", "Abra la página otra vez, con otro navegador si hace falta."),
}
"""What the server refuses before the application sees it, by the code of its answer."""


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
    """What the server itself answers (too long, not HTTP), in words, with the headers as well."""

    def execute(self) -> None:
        error = self.request.error
        title, said = _REFUSED.get(error.code, _NOT_UNDERSTOOD)
        with under(self.channel.parser_class.app.config["CONSTA_SITE"].prefix):
            links = {"style": address("/static/consta.css"), "home": address("/")}
        body = _REFUSAL.format(title=title, said=said, **links).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [*HEADERS, ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes in a larger body where the staff's desk wants one; what goes beyond that is read and let go."""

    app: Flask
    adj: Any
    body_rcv: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        with under(self.app.config["CONSTA_SITE"].prefix):
            path = local(self.path)
        most = allowance(self.app, path, self.headers.get("COOKIE", ""), self.content_length)
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


def listen(app: Flask, host: str, port: int, **limits: int) -> Any:
    """Take the port; requests are answered once ``run`` is called.

    Args:
        app: What answers.
        host: On which address of this machine.
        port: On which port; 0 for any that is free.
        limits: Instead of those of ``LIMITS``.

    Raises:
        PortTaken: It cannot be had.
    """
    try:
        server = create_server(app, host=host, port=port, **_limits(app, limits))
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


def _limits(app: Flask, given: dict[str, int]) -> dict[str, Any]:
    """With the staff's desk there are threads for it beside those of the readers: it waits for its commands."""
    limits = LIMITS | given
    return limits | {"threads": limits["threads"] * 3} if "consta_desk" in app.extensions else limits


def run(server: Any) -> None:
    """Answer until SIGTERM or Ctrl+C."""

    def end(*_: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    try:
        server.run()
    finally:
        server.close()
