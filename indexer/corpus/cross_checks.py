"""Checks across files: numbers given twice, redirects to nowhere, versions that contradict the format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from indexer.corpus.folders import CorpusTree, FileRef
from indexer.corpus.page_toml import SESSION_FILE
from indexer.corpus.people_and_redirects import REDIRECTS_FILE
from indexer.corpus.vocabulary_files import ENTITIES_FILE
from indexer.corpus.withdrawals_file import Withdrawn
from indexer.formats import BY_SUFFIX
from indexer.language.entities import Entities
from indexer.model import Version
from indexer.model.session import Session


def check_numbers(tree: CorpusTree, event: str, found: Iterable[Session | None]) -> None:
    """Two sessions of one event with one number: an error of each, which names another."""
    by_number: dict[int, list[str]] = {}
    for session in found:
        if session is not None and session.number is not None:
            by_number.setdefault(session.number, []).append(session.slug)
    for number, slugs in by_number.items():
        for slug in slugs if len(slugs) > 1 else ():
            other = slugs[1] if slug == slugs[0] else slugs[0]
            more = f" y {len(slugs) - 2} más" if len(slugs) > 2 else ""
            cure = "escriba en «numero» uno distinto para cada mesa del evento, o quítelo si no se sabe"
            tree.note(f"{event}/{slug}/{SESSION_FILE}", f"el número {number} lo tiene también {other}{more}", cure)


def check_entities(tree: CorpusTree, path: str, session: Session, entities: Entities | None) -> None:
    """A participant's ``entidad`` that nobody knows; nothing is doubted when the entities could not be read."""
    if entities is None:
        return
    for person in session.participants:
        if person.entity is not None and entities.of_post(None, None, person.entity) is None:
            cure = f"escriba el nombre o la sigla de un estado u organismo, o agréguela a {ENTITIES_FILE}"
            tree.note(path, f"la entidad «{person.entity}» de {person.name} no se conoce", cure, warning=True)


def check_version(tree: CorpusTree, session: Session, transcript: FileRef | None) -> None:
    """Captions that call themselves an official transcript would be quoted as one."""
    official = session.version in (Version.OFFICIAL, Version.PRELIMINARY)
    if official and transcript is not None and BY_SUFFIX[transcript.path.suffix.lower()].captions:
        fault = f"{SESSION_FILE} dice que es una versión {session.version}, y es un archivo de subtítulos"
        cure = 'escriba version = "subtitulos_automaticos" o "subtitulos_corregidos" si lo son'
        tree.note(transcript.relative, fault, cure, warning=True)


def check_redirects(
    tree: CorpusTree, redirects: Mapping[str, str], pages: Collection[str], withdrawn: Withdrawn
) -> None:
    """Redirects from a page that is there, or to one that never was."""
    for old, new in redirects.items():
        if old in pages:
            fault = f"«{old}» es todavía la dirección de una carpeta, así que no se redirige"
            tree.note(REDIRECTS_FILE, fault, "quite esa línea, o la carpeta si ya se mudó", warning=True)
        if new not in pages and withdrawn.folder(new) is None:
            cure = "corrija el destino: el nombre de la carpeta del evento, o evento/mesa"
            tree.note(REDIRECTS_FILE, f"«{old}» lleva a «{new}», que no existe", cure, warning=True)
