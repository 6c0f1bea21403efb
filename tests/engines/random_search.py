"""Random collections and random queries of every kind, from a seed."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from indexer.index.query import AnyOf, Clause, Filters, Phrase, Prefix, Query, Term, Word
from indexer.model import Kind, PageId, Version
from indexer.model.passage import Passage
from indexer.model.session import Event, Session
from tests.engines.shelf import Collection, Shelf

WORDS = [
    "voto",
    "votos",
    "votar",
    "votación",
    "mujer",
    "mujeres",
    "joven",
    "jóvenes",
    "casilla",
    "casillas",
    "cómputo",
    "cómputos",
    "distritales",
    "computadora",
    "capacitación",
    "capacitar",
    "capacitador",
    "PREP",
    "prep",
    "Programa",
    "programa",
    "resultados",
    "electorales",
    "preliminares",
    "electoral",
    "de",
    "la",
    "el",
    "los",
    "que",
    "en",
    "y",
    "a",
    "se",
    "político-electoral",
    "2027",
    "1,500",
    "recuento",
    "recuentos",
    "año",
    "ano",
    "mesa",
    "mes",
    "juez",
    "jueces",
]
PEOPLE = ("María Núñez Peña", "Maria Nunez Peña", "El C. Presidente", "José Álvarez", None, None)
SETTLED = ("PREP de la casilla", "programa de resultados electorales preliminares", "cómputos distritales", "los votos")


def events_and_sessions() -> tuple[tuple[Event, ...], tuple[Session, ...]]:
    """Two real events that overlap and a fictitious one, with sessions with and without date and number."""
    first = Event("cabildo-2025", "Cabildo", dt.date(2025, 11, 30), dt.date(2025, 12, 20))
    second = Event("foro-2025", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5))
    made_up = Event("ensayo", "Ensayo", dt.date(2025, 12, 1), dt.date(2025, 12, 9), fictitious=True)
    return (first, made_up, second), (
        Session("cabildo-2025", "sesion-a", "Sesión A", date=dt.date(2025, 12, 4)),
        Session("cabildo-2025", "mesa-5", "Sesión B", number=5),
        Session("ensayo", "mesa-1", "Prueba", number=1, date=dt.date(2025, 12, 2)),
        Session("foro-2025", "mesa-1", "Uno", number=1, date=dt.date(2025, 12, 4)),
        Session("foro-2025", "mesa-5", "Cinco", number=5, date=dt.date(2025, 12, 5)),
        Session("foro-2025", "mesa-6", "Seis", number=6),
    )


def every_page(sessions: tuple[Session, ...], events: tuple[Event, ...]) -> list[PageId]:
    """All pages that may be there."""
    return [PageId(e.slug) for e in events] + [s.page for s in sessions]


def passages(rng: random.Random, page: PageId) -> tuple[Passage, ...]:
    """A page's fragments: short and long turns, some of several fragments, one without a word at times."""
    found: list[Passage] = []
    kind = Kind.ANNOUNCEMENT if page.session is None else Kind.DESCRIPTION
    numbers = rng.sample(range(1, 200), 40)
    for turn in range(rng.randrange(1, 6)):
        if page.session is not None and rng.random() < 0.7:
            kind = Kind.TRANSCRIPT
        spoken = kind is Kind.TRANSCRIPT
        person = rng.choice(PEOPLE) if spoken else None
        entity = rng.choice(("sonora", "ine", None)) if person else None
        for _ in range(rng.choice((1, 1, 2, 3))):
            pieces = [rng.choice(WORDS) for _ in range(rng.choice((0, 2, 5, 12, 60)))]
            if rng.random() < 0.4:
                pieces.insert(rng.randrange(len(pieces) + 1), rng.choice(SETTLED))
            if rng.random() < 0.3:
                pieces.append(rng.choice(("¿no?", "¿Cuándo? Gracias, presidenta", "¿Y los votos? " + "así " * 5)))
            found.append(
                Passage(
                    number=numbers[len(found)],
                    order=len(found),
                    kind=kind,
                    turn=turn,
                    text=" ".join(pieces) or "—",
                    person=person,
                    entity=entity,
                    inferred=person is not None and numbers[len(found)] % 3 == 0,
                    version=rng.choice(tuple(Version)) if spoken else None,
                    topics=tuple(sorted(rng.sample(("prep", "computos", "recuento"), rng.choice((0, 0, 1, 2))))),
                    mentions=tuple(sorted(rng.sample(("sonora", "ine"), rng.choice((0, 0, 1, 2))))),
                )
            )
    return tuple(found)


def collection(rng: random.Random) -> Collection:
    """Some of the pages, filled."""
    events, sessions = events_and_sessions()
    pages = {page: passages(rng, page) for page in every_page(sessions, events) if rng.random() < 0.85}
    return Collection(events, sessions, pages)


def updated(rng: random.Random, before: Collection) -> tuple[Collection, set[PageId]]:
    """The collection after an update, and the pages that changed or came."""
    pages = dict(before.pages)
    touched = set()
    for page in every_page(before.sessions, before.events):
        chance = rng.random()
        if chance < 0.15:
            pages.pop(page, None)
        elif chance < 0.45:
            pages[page] = passages(rng, page)
            touched.add(page)
    return replace(before, pages=pages), touched


def grown(rng: random.Random, shelf: Shelf, updates: int) -> Collection:
    """What the last index on a shelf holds after some updates: several segments, and deleted documents."""
    held = collection(rng)
    shelf.write(held.changes())
    for _ in range(updates):
        held, touched = updated(rng, held)
        shelf.write(held.changes(touched))
    return held


def term(rng: random.Random) -> Term:
    """A word, a phrase, words near one another, or a prefix."""
    kind = rng.random()
    if kind < 0.55:
        return Word(rng.choice((*WORDS, "¿", "inexistente", "VOTACION")))
    if kind < 0.75:
        settled = tuple(rng.choice(SETTLED).split())
        begin = rng.randrange(len(settled))
        chosen = settled[begin : begin + rng.randrange(1, 5)]
        return Phrase(chosen if rng.random() < 0.6 else tuple(rng.choices(WORDS, k=rng.randrange(1, 3))))
    if kind < 0.9:
        return Phrase(tuple(rng.choices(WORDS, k=rng.randrange(2, 4))), rng.choice((0, 1, 3, 10)))
    return Prefix(rng.choice(("vot", "capacita", "muj", "pre", "zzz", "elec")))


def query(rng: random.Random) -> Query:
    """A query of every kind."""
    clauses: list[Clause] = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        if rng.random() < 0.15:
            clauses.append(AnyOf(tuple(term(rng) for _ in range(rng.randrange(2, 4)))))
        elif rng.random() < 0.15:
            clauses.extend(Word(word) for word in rng.choice(SETTLED).split())
        else:
            clauses.append(term(rng))
    return Query(
        clauses=tuple(clauses),
        excluded=tuple(term(rng) for _ in range(rng.choice((0, 0, 0, 1, 2)))),
        filters=filters(rng) if rng.random() < 0.4 else Filters(),
        also=(filters(rng),) if rng.random() < 0.15 else (),
        order=rng.choice(("relevancia", "relevancia", "cronologico", "reciente")),
        limit=10_000,
        expand=rng.random() < 0.8,
        with_fictitious=rng.random() < 0.3,
    )


def filters(rng: random.Random) -> Filters:
    """One to three filters, with values that exist and some that do not."""
    chosen: dict[str, tuple[str, ...]] = {}
    dates: dict[str, dt.date] = {}
    choices: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("evento", ("foro-2025", "ensayo", "nada")),
        ("mesa", ("5", "mesa-1", "ensayo/mesa-1", "cabildo-2025/mesa-5", "77")),
        ("anio", ("2024", "2025", "nada")),
        ("tema", ("prep", "computos", "Recuento", "nada")),
        ("persona", ("jose alvarez", "maria-nunez-pena", "El C. Presidente", "José")),
        ("entidad", ("Sonora", "ine")),
        ("menciona", ("INE", "nada")),
        ("tipo", ("anuncio", "transcripcion", "descripcion")),
        ("version", tuple(str(version) for version in Version)),
    )
    for name, values in rng.sample(choices, rng.randrange(1, 4)):
        chosen[name] = tuple(rng.sample(values, rng.randrange(1, 3)))
    if rng.random() < 0.3:
        dates["since"] = dt.date(2025, 12, rng.randrange(1, 10))
    if rng.random() < 0.3:
        dates["until"] = dt.date(2025, 12, rng.randrange(1, 10))
    return Filters(chosen, **dates)
