"""The addresses of section 3 of the design, in one place."""

from __future__ import annotations

from urllib.parse import urlencode

from indexer.model import PageId

RESERVED = (
    "api", "static", "ayuda", "temas", "personas", "entidades", "buscar", "salud", "en-contexto", "comparar",
    "cotejar", "exportar", "acervo", "entrar",
)  # fmt: skip
"""First parts of addresses that are no event's, now or later."""


def page_address(page: PageId) -> str:
    """``/evento/`` or ``/evento/mesa/``."""
    return f"/{page}/"


def anchor_address(page: PageId, number: int, query: str = "", *more: tuple[str, str]) -> str:
    """A fragment on its page: ``/evento/mesa/#p42``; with ``query`` and ``more`` parameters, marked there."""
    pairs = [*([("q", query)] if query else []), *more]
    asked = f"?{urlencode(pairs)}" if pairs else ""
    return f"/{page}/{asked}#p{number}"


def fragment_address(page: PageId, number: int) -> str:
    """The lasting address of a fragment: ``/evento/mesa/p42``."""
    return f"/{page}/p{number}"


def fragment_id(page: PageId, number: int) -> str:
    """``evento/mesa#p42``."""
    return f"{page}#p{number}"


def search_address(*pairs: tuple[str, str]) -> str:
    """``/buscar?…``."""
    return f"/buscar?{urlencode(pairs)}" if pairs else "/buscar"


def topic_address(topic: str) -> str:
    """``/temas/prep``."""
    return f"/temas/{topic}"


def person_address(name: str, fictitious: bool = False) -> str:
    """``/personas/ana-ruiz``, by the slug of the name; with what is said of them in fictitious texts."""
    return f"/personas/{name}{'?ficticio=si' if fictitious else ''}"


def entity_address(name: str, fictitious: bool = False) -> str:
    """``/entidades/sonora``."""
    return f"/entidades/{name}{'?ficticio=si' if fictitious else ''}"
