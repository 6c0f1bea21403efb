"""The headers that every answer carries, whatever it is: pages, errors, static files, redirects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")
"""Under TLS only."""

_OURS = {name.lower() for name, _ in HEADERS}

StartResponse = Callable[..., Callable[[bytes], object]]


class Guarded:
    """A WSGI application whose every answer begins with the headers, those of its own failures included."""

    def __init__(self, app: Callable[[dict[str, Any], StartResponse], Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        secure = (TRANSPORT,) if environ.get("wsgi.url_scheme") == "https" else ()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            rest = [(name, value) for name, value in headers if name.lower() not in _OURS]
            return start_response(status, [*HEADERS, *secure, *rest], exc_info)

        return self._app(environ, start)
