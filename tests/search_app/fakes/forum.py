"""A small forum that exists nowhere, for the tests of the pages."""

from __future__ import annotations

import datetime as dt

from indexer.model import Certainty, Kind, PageId, Version
from indexer.model.passage import Passage
from indexer.model.session import Channel, Event, Fact, Participant, Session, Source, Withdrawal
from indexer.model.vocabulary import Topic
from tests.search_app.fakes.memory import MemoryIndex, index_of

FORO, MESA, OTRA = PageId("foro"), PageId("foro", "mesa-5"), PageId("foro", "mesa-6")
ENSAYO = PageId("ensayo", "mesa-1")


def forum() -> MemoryIndex:
    """One event with two sessions, one of them transcribed from captions; one fictitious event."""
    source = Source("a", "Crónica del día", "https://diario.example.mx/cronica", dt.date(2025, 12, 4))
    bad = Source("b", "Enlace peligroso", "javascript:alert(1)")
    foro = Event(
        "foro",
        "Foro de experiencias <y> saberes",
        dt.date(2025, 12, 4),
        dt.date(2025, 12, 5),
        organiser="Instituto de Prueba",
        channels=(Channel("Canal", "https://videos.example.mx/canal"),),
        sources=(source, bad),
        facts=(Fact("Participaron 23 institutos.", Certainty.DISPUTED, ("a", "b")),),
    )
    ensayo = Event("ensayo", "Sesiones de ensayo", dt.date(2026, 1, 1), dt.date(2026, 1, 1), fictitious=True)
    mesa = Session(
        "foro",
        "mesa-5",
        "Innovación tecnológica",
        number=5,
        number_inferred=True,
        date=dt.date(2025, 12, 5),
        video="https://www.youtube.com/watch?v=abc123",
        video_start_s=10.0,
        participants=(Participant("Ana Ruiz", "Consejera", "Instituto de Prueba", moderates=True),),
    )
    otra = Session("foro", "mesa-6", "Lo que viene", number=6)
    ficticia = Session("ensayo", "mesa-1", "Ensayo de mesa", number=1)
    captions = {"version": Version.AUTOMATIC_CAPTIONS}
    said = (
        Passage(1, 0, Kind.DESCRIPTION, 0, "Se habló de equipos para el PREP.", own_wording=True, topics=("prep",)),
        Passage(
            42, 1, Kind.TRANSCRIPT, 1, "Buenas tardes. El PREP de 2024 se probó tres veces con <datos> de ensayo.",
            "Ana Ruiz", True, "Consejera", start_s=12.5, end_s=61.0, topics=("prep",), **captions,
        ),
        Passage(
            43, 2, Kind.TRANSCRIPT, 1, "Después vino la capacitación del personal.", "Ana Ruiz", True, "Consejera",
            start_s=61.0, end_s=724.0, **captions,
        ),
        Passage(
            44, 3, Kind.TRANSCRIPT, 2, "¿Y los cómputos?", "PREGUNTA", start_s=724.0, end_s=726.0, **captions,
        ),
    )  # fmt: skip
    pages = {
        FORO: (
            Passage(1, 0, Kind.ANNOUNCEMENT, 0, "El Foro reúne experiencias sobre capacitación."),
            Passage(2, 1, Kind.ANNOUNCEMENT, 1, "Participaron 23 institutos.", own_wording=True, fact=0),
        ),
        MESA: said,
        ENSAYO: (
            Passage(
                1, 0, Kind.TRANSCRIPT, 0, "Aquí se ensaya el PREP con frases inventadas.", "LA MODERADORA",
                version=Version.PRELIMINARY, topics=("prep",),
            ),
        ),
    }  # fmt: skip
    prep = Topic(
        "prep",
        "Programa de Resultados Electorales Preliminares",
        ("PREP",),
        broader=("resultados",),
        definition="Programa que publica resultados antes de los cómputos.",
    )
    results = Topic("resultados", "Resultados", narrower=("prep",))
    return index_of(
        (foro, ensayo),
        (mesa, otra, ficticia),
        pages,
        (results, prep),
        redirects={"foro/mesa-cinco": "foro/mesa-5", "foro-viejo": "foro"},
        withdrawals=(
            Withdrawal("foro/mesa-5/transcripcion.txt", "0" * 64, dt.date(2026, 2, 3), "Lo pidió quien habla", (7, 8)),
            Withdrawal("foro/mesa-9", None, dt.date(2026, 2, 4), "Se publicó por error", (1,)),
        ),
    )
