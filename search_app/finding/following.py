"""A search that somebody follows: how much it finds in each mesa, from which a browser tells what is new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from indexer.index.protocol import SearchIndex
from search_app.asking.parameters import Asked, read
from search_app.finding.atom_feed import title
from search_app.finding.facets import elsewhere
from search_app.finding.results_page import answered
from search_app.shown.addresses import Pairs, parameters
from search_app.shown.collection import Collection

OF_THE_PAGE = ("orden", "por_pagina", "pagina", "edicion")


@dataclass(frozen=True, slots=True)
class FollowPage:
    """What ``/seguir`` shows of a search; ``kept`` are its parameters as an address holds them, empty without one."""

    kept: str
    title: str
    results: str
    feed: str


def follow_page(pairs: Pairs, collection: Collection) -> FollowPage:
    """The page on which a search is kept, and what is kept is seen."""
    asked = _read(pairs)
    return FollowPage(
        parameters(asked.pairs()), title(asked, collection), asked.address(), elsewhere(asked, "/buscar.atom")
    )


def found_per_session(pairs: Pairs, index: SearchIndex, collection: Collection) -> dict[str, Any]:
    """How many fragments match in full, in all and per mesa; announcements count in all."""
    asked, _ = answered(_read(pairs), index)
    found = index.counted(replace(asked.query(), facets=()), "mesa")
    per_session = zip(found.values.values, map(int, found.values.fragments), strict=True)
    return {
        "consulta": asked.text,
        "edicion": collection.catalogue.edition,
        "total": found.total.fragments,
        "mesas": {mesa: count for mesa, count in per_session if mesa is not None},
    }


def _read(pairs: Pairs) -> Asked:
    return read([pair for pair in pairs if pair[0] not in OF_THE_PAGE])
