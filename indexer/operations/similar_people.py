"""Finds names that may belong to one person. Staff then merge them, or mark them as different people."""

from contextlib import closing
from typing import Any

from indexer import history
from indexer.config import Settings
from indexer.corpus.people_file import PEOPLE_FILE
from indexer.corpus.toml_edit import call_otherwise, one_line, with_distinct
from indexer.engines import open_index
from indexer.errors import refuse
from indexer.language.folding import fold
from indexer.language.named_people import named, proposals
from indexer.program import STAFF
from indexer.readers.decode import text_of


def similar_people(settings: Settings) -> dict[str, Any]:
    """Propose names to merge, over the published collection. Raises ``IndexMissing`` or ``IndexDamaged``."""
    with closing(open_index(settings.index)) as index:
        found = proposals(index, index.overview().catalogue)
    return {"propuestas": [{**_told(*one.name), "puede_ser": [_told(*other) for other in one.others]} for one in found]}


def _told(name: str, fragments: int) -> dict[str, Any]:
    return {"nombre": name, "fragmentos": fragments}


def merge_people(taken: history.Step, settings: Settings, name: str, into: str) -> None:
    """Record in ``personas.toml`` that ``name`` is the person ``into``; refused where nobody published is called so."""
    name, into = _checked(settings, name, into)
    call_otherwise(taken, settings.corpus / PEOPLE_FILE, [name], into)
    taken.summary = f"«{name}» y «{into}» son la misma persona: {into}"


def mark_distinct(taken: history.Step, settings: Settings, name: str, other: str) -> None:
    """Record that two names belong to different people, so that they are not proposed again; as ``merge_people``."""
    names = _checked(settings, name, other)
    path = settings.corpus / PEOPLE_FILE
    taken.write(path, with_distinct(text_of(taken.read(path)), names).encode())
    taken.summary = f"«{names[0]}» y «{names[1]}» son personas distintas"


def _checked(settings: Settings, one: str, other: str) -> tuple[str, str]:
    """Both names, each as the published collection writes it."""
    names = one_line(one), one_line(other)
    if not all(names) or fold(names[0]) == fold(names[1]):
        raise refuse("Hacen falta dos nombres distintos", f"escríbalos como los da: {STAFF} personas")
    with closing(open_index(settings.index)) as index:
        known = {fold(name): name for name in named(index, index.overview().catalogue)}
    for name in names:
        if fold(name) not in known:
            raise refuse(f"Nadie se llama «{name}» en lo publicado", "escriba el nombre como está en /personas/")
    return known[fold(names[0])], known[fold(names[1])]
