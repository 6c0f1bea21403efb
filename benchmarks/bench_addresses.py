"""Every public address with arguments that the collection itself gives: its texts, people, entities, topics, sessions.

The rules come from the application; one that nobody wrote arguments for ends the run. The desk's are left out: they are
for staff, behind a password.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import Rule

from benchmarks.bench_queries import Questions
from benchmarks.bench_rows import Row
from indexer.engines.live import LiveIndex
from indexer.index.orders import CHRONOLOGICAL
from indexer.language.spanish import slug
from search_app.exporting.formats import offered
from search_app.exporting.packages import PACKAGES
from search_app.exporting.selection import MOST, SelectionKind
from search_app.registers.entities import LISTS
from search_app.study.comparison_counts import rows_offered
from search_app.web.application import create_app

QUESTIONS = 40
"""Different searches; every other address has ``EACH`` at most."""
EACH = 6
READ_PAGES = 5
"""Pages of a hundred fragments that words are drawn from."""
LONG_QUOTATION = 5_000
"""Characters."""
PREFIXES = 32
HALVED = ("docx", "csv")
"""Formats of an export whose time has a figure."""
TYPED = 5
"""Letters of a word that somebody is typing."""


class Reach(StrEnum):
    """What an address is held to."""

    RESULTS = "results page"
    PAGE = "page"
    STREAMED = "sitemap or export"
    DEAR = "dear request"


@dataclass(frozen=True, slots=True)
class Address:
    """A kind of page.

    Attributes:
        name: As tables show it: its rule, and what is asked of it.
        paths: Addresses of it, with other arguments each.
        reach: What it is held to.
    """

    name: str
    paths: tuple[str, ...]
    reach: Reach = Reach.PAGE


Paths = Callable[["Given"], Sequence[str]]
Variant = tuple[str, Paths, Reach]


def public_rules(app: Flask) -> list[Rule]:
    """The rules that answer anybody who reads, in the order of the application."""
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("desk.")]


def addresses(index: Path, seed: int) -> list[Address]:
    """Every public address, with arguments from a published index."""
    live = LiveIndex(index)
    try:
        app = create_app(live)
        return addresses_of(app, Given(app, seed))
    finally:
        live.close()


def addresses_of(app: Flask, given: Given) -> list[Address]:
    """Every public address of an application.

    Raises:
        LookupError: Of a public rule it is not known what to ask.
    """
    found: list[Address] = []
    for rule in public_rules(app):
        plain = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule)
        if plain not in ASKED:
            raise LookupError(f"{plain}: say in bench_addresses what to ask of it")
        for said, paths, reach in ASKED[plain]:
            if asked := tuple(dict.fromkeys(paths(given))):
                found.append(Address(f"{plain}{said}", asked, reach))
    return found


class Given:
    """What a collection gives to ask with, read through its own API; fictitious texts included."""

    def __init__(self, app: Flask, seed: int) -> None:
        client = app.test_client()
        answers = [
            client.get(f"/api/buscar?por_pagina=100&ficticio=si&pagina={page}").get_json()
            for page in range(1, READ_PAGES + 1)
        ]
        hits = [hit for answer in answers for hit in answer["resultados"]]
        spoken = [hit for hit in hits if hit["mesa"]]
        questions = Questions((Row(at, 0, 0, at, hit["texto"]) for at, hit in enumerate(hits)), seed)
        self.facets: dict[str, list[str]] = {
            name: [value["valor"] for value in values if value["valor"]][:EACH]
            for name, values in answers[0]["facetas"].items()
        }
        self.texts = [hit["texto"] for hit in spoken]
        self.searches = [" ".join(question.words) for question in questions.of("f", QUESTIONS)]
        self.words = [question.words[0] for question in questions.of("a", 2 * EACH)]
        self.phrases = [f'"{" ".join(question.words)}"' for question in questions.of("c", EACH)]
        self.prefixes = [question.words[0] for question in questions.of("d", PREFIXES * EACH)]
        self.people = [slug(name) for name in self.facets["persona"]]
        self.events = _some(hit["evento"] for hit in hits)
        self.sessions = _some(f"{hit['evento']}/{hit['mesa']}" for hit in spoken)
        self.announced = _some(hit["id"].replace("#", "/") for hit in hits if not hit["mesa"])
        self.fragments = _some(hit["id"].replace("#", "/") for hit in spoken[:: max(1, len(spoken) // EACH)])


def _some(values: Iterable[str]) -> list[str]:
    return list(itertools.islice(dict.fromkeys(values), EACH))


def _searched(path: str, *more: tuple[str, str], of: str = "words") -> Paths:
    """A path asked with each of what is given of a kind, and with further parameters."""
    return lambda given: [f"{path}?{urlencode([('q', text), *more])}" for text in getattr(given, of)]


def _typed(path: str) -> Paths:
    return lambda given: [f"{path}?{urlencode({'q': text[:TYPED]})}" for text in given.words]


def _filtered(path: str, facet: str) -> Paths:
    return lambda given: [
        f"{path}?{urlencode({'q': text, facet: value})}"
        for text, value in zip(given.words, given.facets[facet], strict=False)
    ]


def _each(form: str, of: str) -> Paths:
    return lambda given: [form.format(value) for value in getattr(given, of)]


def _valued(form: str, facet: str) -> Paths:
    return lambda given: [form.format(value) for value in given.facets[facet]]


def _compared(by: str) -> Paths:
    return lambda given: [
        f"/comparar?{urlencode([('q', one), ('q', other), ('por', by)])}"
        for one, other in zip(given.words[::2], given.words[1::2], strict=False)
    ]


def _questions(given: Given) -> list[str]:
    asked = map("¿Qué dijo {} sobre {}?".format, given.facets["persona"], given.words)
    return [f"/buscar?{urlencode({'q': text})}" for text in asked]


def _first_event(form: str) -> Paths:
    return lambda given: [f"/exportar?todo_de={event}&formato={form}" for event in given.events[:1]]


def _prefixes(given: Given) -> list[str]:
    each = [given.prefixes[at : at + PREFIXES] for at in range(0, len(given.prefixes), PREFIXES)]
    return [f"/en-contexto?{urlencode({'q': ' OR '.join(f'{prefix}*' for prefix in some)})}" for some in each]


def _quoted(path: str, characters: int) -> Paths:
    def paths(given: Given) -> list[str]:
        text = " ".join(given.texts)
        starts = range(0, max(1, len(text) - characters), max(1, len(text) // EACH))
        return [f"{path}?{urlencode({'cita': text[at : at + characters]})}" for at in starts]

    return paths


def _alone(*paths: str) -> Paths:
    return lambda _: paths


_RESULTS, _PAGE, _STREAMED, _DEAR = Reach
ASKED: dict[str, tuple[Variant, ...]] = {
    "/static/<filename>": (("", _alone("/static/consta.css"), _PAGE),),
    "/buscar": (
        (", one to three words", _searched("/buscar", of="searches"), _RESULTS),
        (", one word", _searched("/buscar"), _RESULTS),
        (", a phrase", _searched("/buscar", of="phrases"), _RESULTS),
        (", in a session", _filtered("/buscar", "mesa"), _RESULTS),
        (", of a person", _filtered("/buscar", "persona"), _RESULTS),
        (", of a topic", _filtered("/buscar", "tema"), _RESULTS),
        (", the tenth page", _searched("/buscar", ("pagina", "10")), _RESULTS),
        (", in the order of the sessions", _searched("/buscar", ("orden", CHRONOLOGICAL)), _RESULTS),
        (", the newest first", _searched("/buscar", ("orden", "reciente")), _RESULTS),
        (", of a year", _filtered("/buscar", "anio"), _RESULTS),
        (", a question", _questions, _RESULTS),
        (", without words", _alone("/buscar", "/buscar?pagina=3"), _RESULTS),
        (", nothing found", _alone("/buscar?q=xqzwvut&corregir=no"), _RESULTS),
        (", a hundred a page", _searched("/buscar", ("por_pagina", "100")), _PAGE),
    ),
    "/api/buscar": (
        ("", _searched("/api/buscar", of="searches"), _PAGE),
        (", a hundred a page", _searched("/api/buscar", ("por_pagina", "100")), _PAGE),
    ),
    "/buscar.atom": (("", _searched("/buscar.atom"), _PAGE),),
    "/opensearch.xml": (("", _alone("/opensearch.xml"), _PAGE),),
    "/api/sugerir": (("", _typed("/api/sugerir"), _PAGE),),
    "/api/sugerir/opensearch": (("", _typed("/api/sugerir/opensearch"), _PAGE),),
    "/ayuda": (("", _alone("/ayuda"), _PAGE),),
    "/ayuda/api": (("", _alone("/ayuda/api"), _PAGE),),
    "/ayuda/acervo": (("", _alone("/ayuda/acervo"), _PAGE),),
    "/api/openapi.json": (("", _alone("/api/openapi.json"), _PAGE),),
    "/sitemap.xml": (
        ("", _alone("/sitemap.xml"), _STREAMED),
        (", its first part", _alone("/sitemap.xml?parte=1"), _STREAMED),
    ),
    "/robots.txt": (("", _alone("/robots.txt"), _PAGE),),
    "/salud": (("", _alone("/salud"), _PAGE),),
    "/favicon.ico": (("", _alone("/favicon.ico"), _PAGE),),
    "/": (
        ("", _alone("/", "/?pagina=2"), _PAGE),
        (", filtered", _alone("/?contiene=foro+1", "/?contiene=2007"), _PAGE),
    ),
    "/<evento>/": (
        ("", _each("/{}/", "events"), _PAGE),
        (", filtered", _each("/{}/?contiene=mesa+1", "events"), _PAGE),
    ),
    "/<evento>/<mesa>/": (
        ("", _each("/{}/", "sessions"), _PAGE),
        (", marked", lambda given: [f"/{page}/?{urlencode({'q': given.words[0]})}" for page in given.sessions], _PAGE),
    ),
    "/<evento>/<mesa>/<numero>": (("", _each("/{}", "fragments"), _PAGE),),
    "/<evento>/<numero>": (("", _each("/{}", "announced"), _PAGE),),
    "/<evento>/<mesa>/correcciones": (("", _each("/{}/correcciones", "sessions"), _PAGE),),
    "/en-contexto": (
        (", one word", _searched("/en-contexto"), _PAGE),
        (", in the order of who speaks", _searched("/en-contexto", ("orden", "persona")), _PAGE),
        (", by three positions", _searched("/en-contexto", ("orden", "d1,d2,i1")), _PAGE),
        (f", {PREFIXES} prefixes", _prefixes, _DEAR),
    ),
    "/compania": (("", _searched("/compania"), _PAGE),),
    "/claves": (("", _searched("/claves"), _PAGE),),
    "/comparar": tuple((f", two words, by {by}", _compared(by), _PAGE) for by in rows_offered()),
    "/api/personas/<persona>": (("", _each("/api/personas/{}?ficticio=si", "people"), _PAGE),),
    "/descargas/<edicion>": (("", lambda _: (), _STREAMED),),  # the collections keep no editions
    **{path: (("", _searched(path), _PAGE),) for path in (
        "/seguir", "/api/seguir", "/api/tendencia", "/compania", "/api/compania", "/claves", "/api/claves",
        "/api/en-contexto", "/api/comparar",
    )},
    **{path: (("", _alone(path), _PAGE),) for path in (
        "/api/mesas", "/api/temas", "/api/personas", "/api/entidades", "/descargas/",
    )},
    "/exportar": (
        (", a fragment", _each("/exportar?f={}", "fragments"), _PAGE),
        (", a search", _searched("/exportar"), _PAGE),
        (", a session", _each("/exportar?todo_de={}", "sessions"), _PAGE),
        *((f", {MOST:,} fragments as {name}", _alone(f"/exportar?tipo=transcripcion&ficticio=si&formato={name}"),
           _DEAR if name in HALVED else _STREAMED) for name in offered(SelectionKind.SEARCH)),
        *((f", an event as {name}", _first_event(name), _STREAMED) for name in PACKAGES),
        (", a session as csv", _each("/exportar?todo_de={}&formato=csv", "sessions"), _STREAMED),
    ),
    "/cotejar": (
        (", a sentence", _quoted("/cotejar", 120), _PAGE),
        (f", {LONG_QUOTATION:,} characters", _quoted("/cotejar", LONG_QUOTATION), _DEAR),
    ),
    "/api/cotejar": (("", _quoted("/api/cotejar", 120), _PAGE),),
    "/personas/": (
        ("", _alone("/personas/", "/personas/?pagina=2"), _PAGE),
        (", filtered", _each("/personas/?contiene={:.3}", "people"), _PAGE),
    ),
    "/personas/<persona>": (
        ("", _each("/personas/{}?ficticio=si", "people"), _PAGE),
        (", filtered", _each("/personas/{}?ficticio=si&contiene=mesa+1", "people"), _PAGE),
    ),
    "/entidades/": (("", _alone("/entidades/"), _PAGE),),
    "/entidades/<entidad>": (
        ("", _valued("/entidades/{}?ficticio=si", "menciona"), _PAGE),
        *((f", {name} alone", _valued(f"/entidades/{{}}?ficticio=si&lista={name}", "menciona"), _PAGE)
          for name in LISTS),
    ),
    "/temas/": (
        ("", _alone("/temas/"), _PAGE),
        (", an event", _each("/temas/?evento={}", "events"), _PAGE),
    ),
    "/temas.jsonld": (("", _alone("/temas.jsonld"), _PAGE),),
    "/temas/<tema>": (("", _valued("/temas/{}", "tema"), _PAGE),),
}  # fmt: skip
"""By public rule, what is asked of it: what is said of it behind its name, its addresses, what it is held to."""
