"""The one door for links: every address within the site is made here, and stands under the prefix of the site.

Addresses are root-relative paths (``/consta/buscar?q=PREP``). Where a whole address is wanted, scheme and host go
before one; the prefix is in the path already, so it never stands there twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import quote_plus

from indexer.model import PageId

LONGEST_ADDRESS = 32_768
"""Bytes of a query string; 1,000 characters of text and 50 filters fit well within."""
_PREFIX: ContextVar[str] = ContextVar("prefix", default="")
_SHORT = 200
"""Characters below which a value is kept once it is quoted: no memory is filled with quotations of 5,000."""

Pair = tuple[str, str]
"""The name and the value of a parameter."""
Pairs = Sequence[Pair]
"""The parameters of an address, in order, as sent."""


@contextmanager
def under(prefix: str) -> Iterator[None]:
    """Put every address that is made meanwhile under a prefix: ``/consta``, or nothing."""
    held = _PREFIX.set(prefix)
    try:
        yield
    finally:
        _PREFIX.reset(held)


def address(path: str, *pairs: Pair, anchor: str = "") -> str:
    """Any address of the site: ``/buscar`` becomes ``/consta/buscar?q=PREP``.

    Args:
        path: The path without the prefix. It may hold parameters and an anchor that are written already.
        pairs: Parameters to write behind the path.
        anchor: The place on the page, without ``#``.
    """
    asked = f"?{parameters(pairs)}" if pairs else ""
    return f"{_PREFIX.get()}{path}{asked}{'#' if anchor else ''}{anchor}"


def parameters(pairs: Iterable[Pair]) -> str:
    """The parameters of an address, as they stand behind ``?``."""
    return "&".join([f"{quoted(name)}={quoted(value)}" for name, value in pairs])


def quoted(value: str) -> str:
    """A name or a value of a parameter as it stands in an address. One page says the same ones in 60 addresses."""
    return _kept(value) if len(value) < _SHORT else quote_plus(value)


_kept = lru_cache(1 << 12)(quote_plus)


def local(path: str) -> str:
    """An address without the prefix of the site; without one already, it stays as it is."""
    prefix = _PREFIX.get()
    if not prefix or not f"{path}/".startswith(f"{prefix}/"):
        return path
    return path[len(prefix) :] or "/"


def paged_address(path: str, pairs: Iterable[Pair], page: int = 1) -> str:
    """One page of a list; the first page has no number."""
    return address(path, *pairs, *([("pagina", str(page))] if page > 1 else ()))


def page_address(page: PageId | str) -> str:
    """``/evento/`` or ``/evento/mesa/``."""
    return address(f"/{page}/")


def anchor_address(page: PageId, number: int, query: str = "", *more: Pair) -> str:
    """A fragment on its page: ``/evento/mesa/#p42``; with ``query`` and ``more`` parameters, marked there."""
    return address(f"/{page}/", *([("q", query)] if query else ()), *more, anchor=f"p{number}")


def fragment_address(page: PageId | str, number: int, *pairs: Pair) -> str:
    """The lasting address of a fragment: ``/evento/mesa/p42``."""
    return address(f"/{page}/p{number}", *pairs)


def fragment_id(page: PageId, number: int) -> str:
    """``evento/mesa#p42``."""
    return f"{page}#p{number}"


def fictitious_too(wanted: bool) -> tuple[Pair, ...]:
    """What an address carries where fictitious texts are shown as well."""
    return (("ficticio", "si"),) if wanted else ()


def search_address(*pairs: Pair) -> str:
    """``/buscar?…``."""
    return address("/buscar", *pairs)


def topic_address(topic: str) -> str:
    """``/temas/prep``."""
    return address(f"/temas/{topic}")


def person_address(name: str, fictitious: bool = False) -> str:
    """``/personas/ana-ruiz``, by the slug of the name; with what is said of them in fictitious texts."""
    return address(f"/personas/{name}", *fictitious_too(fictitious))


def entity_address(name: str, fictitious: bool = False) -> str:
    """``/entidades/sonora``."""
    return address(f"/entidades/{name}", *fictitious_too(fictitious))
