"""What the server itself refuses, in words: too long, too large, not HTTP; and how long is too long."""

from typing import Any

from flask import Flask
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, Task, WSGITask

from search_app.desk.forms.upload_limits import ORDINARY, Discarding, allowance
from search_app.exporting.selection import LARGEST_SELECTION
from search_app.http.few_at_once import PATHS
from search_app.http.security_headers import HEADERS, TRANSPORT
from search_app.shown.addresses import address, local, under

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


class _Answer(Task):  # type: ignore[misc]
    """Waitress sorts the headers by name; the policy goes before all others, as the contract has it."""

    def build_response_header(self) -> bytes:
        if not self.channel.server.accepting:
            self.set_close_on_finish()  # the server is about to end
        status, *lines = bytes(super().build_response_header()).split(b"\r\n")
        lines.sort(key=lambda line: not line.startswith(b"Content-Security-Policy:") if line else 2)
        return b"\r\n".join([status, *lines])


class GuardedTask(_Answer, WSGITask):  # type: ignore[misc]
    """An answer of the application."""


class GuardedErrorTask(_Answer, ErrorTask):  # type: ignore[misc]
    """What the server itself answers (too long, not HTTP), in words, with the headers as well."""

    def execute(self) -> None:
        error = self.request.error
        title, said = _REFUSED.get(error.code, _NOT_UNDERSTOOD)
        site = self.channel.adj.app.config["CONSTA_SITE"]
        with under(site.prefix):
            links = {"style": address("/static/consta.css"), "home": address("/")}
        body = _REFUSAL.format(title=title, said=said, **links).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [*HEADERS, ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        self.response_headers += [TRANSPORT] if site.is_secure else []
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes in a larger body where the staff's desk wants one; what goes beyond that is read and let go."""

    adj: Any
    body_rcv: Any
    known = False
    """Whether somebody signed in with the browser that sends it."""
    costly = False
    """Whether its answer is one of those of which few are made at once."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        app: Flask = self.adj.app
        with under(app.config["CONSTA_SITE"].prefix):
            path = local(self.path)
        most = allowance(app, path, self.headers.get("COOKIE", ""), self.content_length)
        self.known, self.costly = most > ORDINARY, path in PATHS
        if path == "/exportar" and self.content_length <= LARGEST_SELECTION:
            most = LARGEST_SELECTION
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
