"""What the TOML of events and sessions have in common: sources, facts, participants, channels."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum
from urllib.parse import urlsplit

from indexer.corpus.toml_validation import CheckedTable, is_web_address, shown
from indexer.model import Certainty
from indexer.model.session import Channel, Fact, Participant, Source

SOURCE_KEYS = ("id", "titulo", "url", "fecha")
FACT_KEYS = ("texto", "certeza", "fuentes")
PARTICIPANT_KEYS = ("nombre", "cargo", "institucion", "entidad", "modera", "variantes")
CHANNEL_KEYS = ("nombre", "url")


class Wording(StrEnum):
    """Values of ``redaccion``."""

    OWN = "propia"


def read_own_wording(table: CheckedTable) -> bool:
    """True for ``redaccion = "propia"``, and for a wrong value: our text must not pass for speech over a slip."""
    return table.choice("redaccion", Wording) is Wording.OWN or bool(table.raw("redaccion"))


def read_sources(table: CheckedTable) -> tuple[Source, ...]:
    """``[[fuentes]]``; those without id or title, and repeated ids, are left out."""
    sources: dict[str, Source] = {}
    for item in table.tables("fuentes", SOURCE_KEYS):
        id_ = item.text("id", "A", required=True)
        title = item.text("titulo", "Boletín del IEEM, 4 de diciembre de 2025", required=True)
        url = item.address("url", "https://www.ieem.org.mx/boletin.html")
        date = item.date("fecha")
        if id_ is None or title is None:
            continue
        if id_ in sources:
            item.error(f"el id {shown(id_)} ya lo tiene otra fuente", "escriba un id distinto para cada fuente")
            continue
        sources[id_] = Source(id_, title, url, date)
    return tuple(sources.values())


def read_facts(table: CheckedTable, known: Container[str] | None) -> tuple[Fact, ...]:
    """``[[hechos]]``; those without text or certainty are left out.

    Args:
        table: Of the event or session.
        known: Ids of the sources that a fact may name; None when they could not be read, so that none is doubted.
    """
    facts = []
    for item in table.tables("hechos", FACT_KEYS):
        text = item.text("texto", "El foro fue en el Auditorio del IEEM.", required=True)
        certainty = item.choice("certeza", Certainty, required=True)
        named = item.texts("fuentes", '["A"]')
        for id_ in named:
            if known is not None and id_ not in known:
                cure = f"agregue una [[fuentes]] con ese id y su titulo, o quite {shown(id_)} de fuentes"
                item.error(f"no hay ninguna fuente con el id {shown(id_)}", cure)
        if text is not None and certainty is not None:
            facts.append(Fact(text, certainty, tuple(id_ for id_ in named if known is None or id_ in known)))
    return tuple(facts)


def read_participants(table: CheckedTable) -> tuple[Participant, ...]:
    """``[[participantes]]``; those without a name are left out."""
    people = []
    for item in table.tables("participantes", PARTICIPANT_KEYS):
        name = item.text("nombre", "Nombre Apellido", required=True)
        post = item.text("cargo", "Consejera Electoral")
        institution = item.text("institucion", "Instituto Electoral del Estado de México")
        entity = item.text("entidad", "ieem")
        moderates = item.flag("modera")
        variants = item.texts("variantes", '["MODERADORA"]')
        if name is not None:
            people.append(Participant(name, post, institution, entity, moderates, tuple(variants)))
    return tuple(people)


def read_channels(table: CheckedTable) -> tuple[Channel, ...]:
    """``canales``: tables with ``nombre`` and ``url``, or addresses alone (named by their host)."""
    value = table.raw("canales")
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        channels = []
        for address in value:
            if is_web_address(address):
                channels.append(Channel(urlsplit(address).hostname or address, address))
            else:
                fault = f"«canales» tiene {shown(address)}, que no es una dirección http:// o https:// completa"
                table.error(fault, 'escriba canales = ["https://www.youtube.com/@IEEMOficial"]')
        return tuple(channels)
    found = []
    for item in table.tables("canales", CHANNEL_KEYS):
        name = item.text("nombre", "YouTube del IEEM")
        url = item.address("url", "https://www.youtube.com/@IEEMOficial", required=True)
        if url is not None:
            found.append(Channel(name or urlsplit(url).hostname or url, url))
    return tuple(found)
