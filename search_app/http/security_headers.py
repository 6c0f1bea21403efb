"""Security headers of every answer: Content-Security-Policy, HSTS, and the others."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response

from search_app.shown.video import Player

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_POLICY = "Content-Security-Policy"
HEADERS = (
    (_POLICY, CONTENT_SECURITY_POLICY),
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


def with_player(answer: Response, player: Player | None) -> Response:
    """Let the player of one video in, and nothing else of its host."""
    if player is not None:
        directive = "media-src" if player.kind == "archivo" else "frame-src"
        answer.headers[_POLICY] = f"{CONTENT_SECURITY_POLICY}; {directive} {player.origin}"
    return answer


class Guarded:
    """A WSGI application whose every answer begins with the headers, those of its own failures included.

    A policy that the application gives (``with_player``: a page with a video) stands instead of the general one.
    """

    def __init__(self, app: Callable[[dict[str, Any], StartResponse], Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        secure = (TRANSPORT,) if environ.get("wsgi.url_scheme") == "https" else ()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            rest = [(name, value) for name, value in headers if name.lower() not in _OURS]
            given = next(((_POLICY, value) for name, value in headers if name.lower() == _POLICY.lower()), HEADERS[0])
            return start_response(status, [given, *HEADERS[1:], *secure, *rest], exc_info)

        return self._app(environ, start)
