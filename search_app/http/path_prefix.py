"""The path prefix of the site (``--url-publica``): the application answers with and without it, and links carry it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from indexer.errors import ConstaError
from search_app.shown.addresses import RESERVED, local, under

_PUBLIC = re.compile(r"(https?://[\w.-]+(?::[0-9]{1,5})?|https?://\[[0-9a-f:.]+\](?::[0-9]{1,5})?)(/.*)?", re.I)
_PREFIX = re.compile(r"(?:/[\w~-][\w.~-]*)*", re.ASCII)


class NotPublic(ConstaError):
    """The public address cannot be one."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the world sees the site.

    Attributes:
        base: Scheme and host, without a slash at the end; empty where only each request says it.
        prefix: The path below which every address stands (``/consta``), or nothing.
    """

    base: str = ""
    prefix: str = ""


def site(public_url: str | None) -> Site:
    """Read the public address.

    Raises:
        NotPublic: It is no address, or its path cannot stand before others.
    """
    if not public_url:
        return Site()
    parts = _PUBLIC.fullmatch(public_url)
    if parts is None:
        raise NotPublic("debe empezar con https:// o http://, y seguir con el nombre del sitio")
    prefix = (parts[2] or "").rstrip("/")
    if not _PREFIX.fullmatch(prefix):
        raise NotPublic(
            f"no puede terminar en «{prefix}»: después del sitio van solo carpetas, con letras sin acento, cifras, "
            "guiones y puntos, sin «?» ni «#». Por ejemplo: https://instituto.example/consta"
        )
    if prefix and prefix.split("/")[1] in RESERVED:
        raise NotPublic(f"no puede tener la carpeta «{prefix}», que es de Consta: elija otra, como /consta")
    return Site(parts[1], prefix)


class Mounted:
    """A WSGI application under a prefix, whether the proxy before it left the prefix in the path or took it off."""

    def __init__(self, app: Callable[..., Iterable[bytes]], prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; every address that is made for it stands under the prefix."""
        with under(self._prefix):
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = self._prefix, local(environ.get("PATH_INFO", ""))
            return self._app(environ, start_response)
