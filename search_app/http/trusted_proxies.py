"""What a proxy before the server says of a request (``X-Forwarded-…``): those that are trusted are believed."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.config import Network

PEER = "consta.proxy_de_confianza"
"""Of the environment of a request: whether a trusted proxy handed it on."""
_HOST = re.compile(r"([\w.-]+|\[([0-9a-f:.]+)\])(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What a trusted proxy says of the site; empty where it says nothing, or nothing that can be."""

    host: str = ""
    prefix: str = ""


def believe(environ: dict[str, Any], proxies: Sequence[Network]) -> Forwarded:
    """Take who asks, and the scheme, from a trusted proxy into the environment of a request.

    ``X-Forwarded-For`` is read from its end, where each proxy adds from whom it had the request: the first address that
    is no proxy of ours asks. Of the other headers the last value counts, which the proxy nearest to us wrote.
    """
    environ[PEER] = _trusted(environ.get("REMOTE_ADDR", ""), proxies)
    if not environ[PEER]:
        return Forwarded()
    for hop in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if _address(hop.strip()) is None:
            break
        environ["REMOTE_ADDR"] = hop.strip()
        if not _trusted(hop.strip(), proxies):
            break
    last = {
        name: environ.get(f"HTTP_X_FORWARDED_{name}", "").rpartition(",")[2].strip()
        for name in ("PROTO", "HOST", "PREFIX")
    }
    if last["PROTO"].lower() in ("http", "https"):
        environ["wsgi.url_scheme"] = last["PROTO"].lower()
    return Forwarded(last["HOST"] if host_name(last["HOST"]) else "", last["PREFIX"].rstrip("/"))


def host_name(host: str) -> str:
    """A host without its port, in small letters; nothing where it cannot be one."""
    found = _HOST.fullmatch(host)
    return (found[2] or found[1]).lower() if found else ""


def is_loopback(host: str) -> bool:
    """Whether a host is an address of this very machine."""
    found = _address(host)
    return found is not None and found.is_loopback


def _trusted(address: str, proxies: Sequence[Network]) -> bool:
    found = _address(address)
    return found is not None and any(found in network for network in proxies)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address; one of version 4 also where a server that listens on both writes it as one of version 6."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
