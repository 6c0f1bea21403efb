"""The programme of an event: what is understood of it, and its mesas, made with their participants as one step."""

import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from indexer import history
from indexer.corpus.new_pages import free_name, new_event, new_session, numbers_of, session_name
from indexer.corpus.page_folders import page_folder, toml_path
from indexer.corpus.toml_edit import page_keys
from indexer.corpus.withdrawals_file import known_withdrawals
from indexer.errors import refuse
from indexer.language.spanish import slug
from indexer.model import PageId
from indexer.operations.page_editing import changes_of, fields_asked
from indexer.operations.programme_reading import read_person, read_programme

MOST_MESAS = 200
LONGEST = 200_000


def programme_view(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is understood of ``programa``, as ``write_programme`` takes it; what was typed of the event goes first."""
    text = str(asked.get("programa") or "")
    if len(text) > LONGEST:
        raise refuse(f"El programa tiene {len(text):,} letras", f"pegue solo el programa, de {LONGEST:,} a lo más")
    found = read_programme(text)
    said = {"titulo": found.title, "sede": found.venue}
    if found.days:
        said |= {"inicio": min(found.days).isoformat(), "fin": max(found.days).isoformat()}
    typed = {key: value for key, value in fields_asked(asked).items() if value}
    mesas = [
        {
            "campos": {"titulo": one.title, "numero": one.number, "fecha": one.day and one.day.isoformat()},
            "participantes": one.people,
        }
        for one in found.mesas[:MOST_MESAS]
    ]
    return {"campos": said | typed, "mesas": mesas, "aparte": found.left}


def write_programme(taken: history.Step, root: Path, event: str, asked: Mapping[str, Any]) -> None:
    """Make an event, unless it is there, and its mesas.

    Args:
        asked: ``campos`` of a new event; ``mesas``, each with ``campos`` and ``participantes``: rows, or a text with a
            person a line.

    Raises:
        CorpusError: A value cannot be used, or the event cannot be made.
    """
    page, mesas = PageId(event), asked.get("mesas", [])
    if not isinstance(mesas, list) or len(mesas) > MOST_MESAS or not all(isinstance(one, dict) for one in mesas):
        raise refuse("«mesas» debe ser una lista de mesas", f"mande {MOST_MESAS} a lo más")
    folder = root / event
    if is_new := not folder.is_dir() or toml_path(folder, page) is None:
        said = changes_of(page, {}, {"campos": {"titulo": "", "inicio": "", **fields_asked(asked)}})
        title, start = said.pop("titulo"), said.pop("inicio")
        new_event(root, event, title, start, said.pop("fin", start), to=taken)
        taken.write(*page_keys(taken, root, page, said))
    else:
        page_folder(root, page)  # refuses a link out of the corpus
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    names |= {one.path.partition("/")[2] for one in known_withdrawals(root) if one.path.startswith(f"{event}/")}
    numbers = numbers_of(folder) if folder.is_dir() else set()
    for place, mesa in enumerate(mesas, 1):
        people = mesa.get("participantes") or []
        rows = [*filter(None, map(read_person, people.splitlines()))] if isinstance(people, str) else people
        said = changes_of(PageId(event, "mesa"), {}, {"campos": fields_asked(mesa), "participantes": rows})
        if "titulo" not in said:
            raise refuse(f"La mesa {place} de la lista no tiene título", "escríbalo, o quítela")
        if (number := said.get("numero")) in numbers:
            raise refuse(
                f"Dos mesas del evento tendrían el número {number}", f"cambie el de «{said['titulo']}», o quítela"
            )
        numbers |= set() if number is None else {number}
        name = _free(said, names)
        names.add(name)
        new_session(root, event, name, said.pop("titulo"), to=taken)
        taken.write(*page_keys(taken, root, PageId(event, name), said))
    made = f"{len(mesas)} mesas" if len(mesas) != 1 else "1 mesa"
    taken.summary = f"Se creó {event} con {made}" if is_new else f"Se agregaron {made} a {event}"


def _free(said: Mapping[str, Any], names: Container[str]) -> str:
    """A free name for the folder of a mesa: ``mesa-5-innovacion-tecnologica``."""
    title = re.sub(r"^mesa-\d+-?", "", slug(said["titulo"]))
    number = said.get("numero")
    name = f"mesa-{title}" if number is None else f"mesa-{number}-{title}"
    return free_name(session_name(name), names)
