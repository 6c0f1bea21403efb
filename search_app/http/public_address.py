"""The public address: under which scheme, host and path prefix the world sees the site.

``--url-publica`` says it; else a proxy that is trusted; else the request, whose host must then be one of this machine:
what somebody else sends as ``Host`` gets into no citation, feed or sitemap.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.config import Network
from indexer.errors import ConstaError
from indexer.model import RESERVED
from search_app.http.trusted_proxies import believe, host_name, is_loopback
from search_app.shown.addresses import local, under

_PUBLIC = re.compile(r"(https?://[\w.-]+(?::[0-9]{1,5})?|https?://\[[0-9a-f:.]+\](?::[0-9]{1,5})?)(/.*)?", re.I)
_PREFIX = re.compile(r"(?:/[\w~-][\w.~-]*)*", re.ASCII)
FOREIGN = "consta.foreign"
"""In the environment of a request for a host that is none of the site's."""


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

    @property
    def is_secure(self) -> bool:
        """Whether it is known to be seen under https."""
        return self.base.lower().startswith("https:")


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


class Placed:
    """A WSGI application that is told where the world sees it, and who asks, whatever stands before it.

    It answers under its prefix, whether a proxy left that in the path or took it off.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], site: Site, host: str, proxies: Sequence[Network]) -> None:
        """Wrap it.

        Args:
            app: The application.
            site: The public address; empty where each request says it.
            host: The address on which the server listens: the one name of the site beside those of this machine.
            proxies: Those that are believed.
        """
        self._app = app
        self._site = site
        self._proxies = proxies
        self._names = ("localhost", host.lower())
        own = host if host.strip("0.:") else "localhost"  # who listens on every address has no name by that
        self._own = f"[{own}]" if ":" in own else own

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request; every address that is made for it stands under the prefix."""
        said = believe(environ, self._proxies)
        own = f"{self._own}:{environ['SERVER_PORT']}"
        host, prefix = environ.get("HTTP_HOST") or own, self._site.prefix
        if self._site.base:
            environ["wsgi.url_scheme"] = "https" if self._site.is_secure else "http"
        else:
            host, prefix = said.host or host, said.prefix if _fits(said.prefix) else ""
            if not said.host and (name := host_name(host)) not in self._names and not is_loopback(name):
                # A name without a dot is no domain (a local network, a container): it is answered, and goes nowhere.
                host, environ[FOREIGN] = own, not name or "." in name or ":" in name
        environ["HTTP_HOST"] = host
        with under(prefix):
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = prefix, local(environ.get("PATH_INFO", ""))
            return self._app(environ, start_response)


def _fits(prefix: str) -> bool:
    return bool(_PREFIX.fullmatch(prefix)) and prefix.split("/")[1:2] not in ([each] for each in RESERVED)
