"""Reads the whole corpus and checks it; reports every problem of every file at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from indexer.corpus.folders import CorpusTree, Entry, FileRef, edition, printable
from indexer.corpus.page_files import CLOCK, EVENT_KINDS, SESSION_KINDS, FolderFiles, FolderSorter, PageFiles
from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE, SessionSetting, read_event, read_session
from indexer.corpus.root_files import RootFiles, read_root_files
from indexer.corpus.slugs import slug_fault
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.corpus.vocabulary_files import ENTITIES_FILE, VOCABULARY_FILE
from indexer.corpus.withdrawals_file import Withdrawn
from indexer.errors import Problem, ReadError
from indexer.formats import BY_SUFFIX
from indexer.index.redirects import REDIRECTS_FILE
from indexer.language.entities import Entities
from indexer.model import Event, Kind, PageId, Session, Version, Withdrawal
from indexer.program import STAFF

Described = TypeVar("Described", Event, Session)


@dataclass(frozen=True, slots=True)
class SessionFolder:
    """One session (mesa) as its folder has it.

    Attributes:
        session: ``mesa.toml``; None when it cannot be published from it: the last good version is kept.
        faulty: True when ``mesa.toml`` has an error in an optional key, which is then treated as absent.
    """

    slug: str
    folder: Path
    session: Session | None
    faulty: bool
    files: PageFiles


@dataclass(frozen=True, slots=True)
class EventFolder:
    """One event as its folder has it; see ``SessionFolder``.

    Attributes:
        sessions: In order of slug.
        unreadable: True when the folder could not be listed: every session of it is kept as it was.
    """

    slug: str
    folder: Path
    event: Event | None
    faulty: bool
    files: PageFiles
    sessions: tuple[SessionFolder, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class CorpusSnapshot(RootFiles):
    """A corpus, checked.

    Attributes:
        edition: First 12 hex digits over its files; empty where only some pages were read.
        files: As ``CorpusTree.states`` gives them; empty where only some pages were read.
        events: In order of slug.
        temporary: Files that are still being written, or that a crash left.
    """

    root: Path
    edition: str
    files: Mapping[str, tuple[str, int]]
    events: tuple[EventFolder, ...]
    problems: tuple[Problem, ...]
    temporary: tuple[Path, ...] = ()


def read_corpus(
    root: Path, *, last_withdrawals: Sequence[Withdrawal] = (), only: Callable[[PageId], bool] | None = None
) -> CorpusSnapshot:
    """Read a corpus and check everything in it. Faulty content never raises an error.

    Args:
        last_withdrawals: What the last generation knew as withdrawn: it holds while ``retirados.toml`` is unreadable.
        only: The pages to read beside the files of the root; without it every file is read, and hashed for the edition.

    Raises:
        CorpusError: ``root`` is not there, is not a folder, or cannot be listed.
    """
    return _Loader(CorpusTree(root), last_withdrawals, only).load()


class _Loader:
    def __init__(
        self, tree: CorpusTree, last_withdrawals: Sequence[Withdrawal], only: Callable[[PageId], bool] | None
    ) -> None:
        self._tree = tree
        self._only = only
        self._files = tree.states() if only is None else {}
        self._entries = tree.entries(tree.root) or []
        self._root = read_root_files(tree, self._entries, last_withdrawals)
        self._withdrawn = Withdrawn(self._root.withdrawals)
        self._entities = None if self._root.entities is None else Entities(self._root.entities)
        whole = VOCABULARY_FILE not in self._root.broken
        self._topics = frozenset(topic.id for topic in self._root.topics or ()) if whole else None

    def load(self) -> CorpusSnapshot:
        folders = [entry for entry in self._entries if entry.is_folder]
        found = tuple(event for folder in folders if (event := self._event(folder)))
        pages = {event.slug for event in found}
        pages |= {f"{event.slug}/{session.slug}" for event in found for session in event.sessions}
        if self._only is None:
            _check_redirects(self._tree, self._root.redirects, pages, self._withdrawn)
        said = {field.name: getattr(self._root, field.name) for field in fields(self._root)}
        problems = tuple(sorted(self._tree.problems))
        name = "" if self._only else edition((path, digest) for path, (digest, _) in self._files.items())
        left = tuple(self._tree.temporary)
        said |= {"edition": name, "files": self._files, "events": found, "problems": problems, "temporary": left}
        return CorpusSnapshot(root=self._tree.root, **said)

    def _event(self, entry: Entry) -> EventFolder | None:
        """An event; None for a folder that is none or must not be one."""
        if not self._is_page(entry):
            return None
        entries = self._tree.entries(entry.path, entry.relative) if entry.usable else None
        if entries is None:
            return EventFolder(entry.name, entry.path, None, True, _unread(EVENT_KINDS), unreadable=True)
        files = FolderSorter(self._tree, EVENT_FILE, EVENT_KINDS, self._withdrawn).sort(entries)
        folders = [folder for folder in files.folders if self._is_page(folder)]
        if not files.holds_files and not folders:
            self._note_empty(entry)
            return None
        event, faulty = self._described(entry, files, EVENT_FILE, partial(read_event, entry.name))
        setting = SessionSetting(entry.name, event, self._topics, self._root.has_vocabulary)
        found = tuple(one for folder in folders if (one := self._session(folder, setting, files.days)))
        if self._only is None:
            _check_days(self._tree, entry.relative, files.days, found)
        _check_numbers(self._tree, entry.relative, (session.session for session in found))
        return EventFolder(entry.name, entry.path, event, faulty, files.page, found)

    def _session(
        self, entry: Entry, setting: SessionSetting, days: Mapping[str, FileRef | None]
    ) -> SessionFolder | None:
        """A session; None for an empty folder."""
        entries = self._tree.entries(entry.path, entry.relative) if entry.usable else None
        if entries is None:
            return SessionFolder(entry.name, entry.path, None, True, _unread(SESSION_KINDS))
        files = FolderSorter(self._tree, SESSION_FILE, SESSION_KINDS, self._withdrawn).sort(entries)
        for folder in files.folders:
            cure = "sáquela del acervo, o antepóngale _ para que se pase por alto"
            self._tree.note(folder.relative, "nada usa esta carpeta", cure, warning=True)
        if not files.holds_files:
            self._note_empty(entry)
            return None
        check = partial(read_session, entry.name, setting)
        session, faulty = self._described(entry, files, SESSION_FILE, check)
        page = files.page
        if session is not None:
            page = _with_day(self._tree, session, page, days)
            _check_entities(self._tree, f"{entry.relative}/{SESSION_FILE}", session, self._entities)
            _check_version(self._tree, session, page.texts.get(Kind.TRANSCRIPT))
        return SessionFolder(entry.name, entry.path, session, faulty, page)

    def _is_page(self, entry: Entry) -> bool:
        """True for a folder that can be an event or a session and is asked for; else it is noted why not."""
        if self._only is not None and not self._only(PageId.parse(entry.relative)):
            return False
        fault = slug_fault(entry.name)
        if fault is not None:
            self._tree.note(entry.relative, *fault)
            return False
        return not self._withdrawn.note_folder(self._tree, entry.relative)

    def _described(
        self,
        entry: Entry,
        files: FolderFiles,
        name: str,
        check: Callable[[Mapping[str, Any], str], tuple[Described | None, list[Problem]]],
    ) -> tuple[Described | None, bool]:
        """What the TOML of a page says, and whether it has an error."""
        if files.toml is None:
            if not files.toml_refused:
                self._note_missing(entry, name)
            return None, True
        path = files.toml.relative
        try:
            values = parse_toml(plain_text(files.toml.path))
        except ReadError as error:
            self._tree.problems.add(error.problem(path))
            return None, True
        described, problems = check(values, path)
        self._tree.problems.update(problems)
        return described, any(problem.severity == "error" for problem in problems)

    def _note_missing(self, entry: Entry, name: str) -> None:
        days = "" if name == SESSION_FILE else ", inicio = 2025-12-04 y fin = 2025-12-05"
        self._tree.note(
            entry.relative,
            f"falta {name}",
            f'escriba ahí titulo = "…"{days}, o ejecute: {STAFF} nuevo {entry.relative} --titulo "…" '
            "(si la carpeta no es parte del acervo, antepóngale _)",
        )

    def _note_empty(self, entry: Entry) -> None:
        self._tree.note(entry.relative, "la carpeta está vacía", "bórrela, o ponga ahí sus archivos", warning=True)


def _unread(kinds: tuple[Kind, ...]) -> PageFiles:
    return PageFiles(failed=frozenset(kinds))


def _with_day(tree: CorpusTree, session: Session, files: PageFiles, days: Mapping[str, FileRef | None]) -> PageFiles:
    """The files of a session that is a part of a day: its text is the day's; a text of its own has its seconds."""
    name = session.day_file
    if name is None:
        return files
    if (file := days.get(name)) is None:
        cure = f"ponga ese archivo en {session.event}, o quite «jornada»"
        if name not in days:
            tree.note(f"{session.page}/{SESSION_FILE}", f"«jornada» nombra {printable(name)}, que no está", cure)
        return replace(files, failed=files.failed | ({Kind.TRANSCRIPT} if name in days else set()))
    if Kind.TRANSCRIPT not in files.texts and Kind.TRANSCRIPT not in files.failed:
        return replace(files, texts={**files.texts, Kind.TRANSCRIPT: file})
    return files if files.clock or CLOCK in files.refused else replace(files, clock=file)


def _check_days(tree: CorpusTree, event: str, days: Iterable[str], found: Iterable[SessionFolder]) -> None:
    """Files of whole days of which no session is a part."""
    used = {one.session.day_file for one in found if one.session is not None}
    for name in days:
        if name not in used:
            cure = "escriba jornada, desde_s y hasta_s en el mesa.toml de cada parte (lo hace partir), o sáquelo"
            tree.note(f"{event}/{printable(name)}", "ninguna mesa es parte de este archivo", cure, warning=True)


def _check_numbers(tree: CorpusTree, event: str, found: Iterable[Session | None]) -> None:
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


def _check_entities(tree: CorpusTree, path: str, session: Session, entities: Entities | None) -> None:
    """A participant's ``entidad`` that nobody knows; nothing is doubted when the entities could not be read."""
    if entities is None:
        return
    for person in session.participants:
        if person.entity is not None and entities.of_post(None, None, person.entity) is None:
            cure = f"escriba el nombre o la sigla de un estado u organismo, o agréguela a {ENTITIES_FILE}"
            tree.note(path, f"la entidad «{person.entity}» de {person.name} no se conoce", cure, warning=True)


def _check_version(tree: CorpusTree, session: Session, transcript: FileRef | None) -> None:
    """Captions that call themselves an official transcript would be quoted as one."""
    official = session.version in (Version.OFFICIAL, Version.PRELIMINARY)
    if official and transcript is not None and BY_SUFFIX[transcript.path.suffix.lower()].captions:
        fault = f"{SESSION_FILE} dice que es una versión {session.version}, y es un archivo de subtítulos"
        cure = 'escriba version = "subtitulos_automaticos" o "subtitulos_corregidos" si lo son'
        tree.note(transcript.relative, fault, cure, warning=True)


def _check_redirects(
    tree: CorpusTree, redirects: Mapping[str, str], pages: Collection[str], withdrawn: Withdrawn
) -> None:
    """Redirects from a page that is there, or to one that never was."""
    for old, new in redirects.items():
        new = new.partition("#")[0]
        if old in pages:
            fault = f"«{old}» es todavía la dirección de una carpeta, así que no se redirige"
            tree.note(REDIRECTS_FILE, fault, "quite esa línea, o la carpeta si ya se mudó", warning=True)
        if new not in pages and withdrawn.folder(new) is None:
            cure = "corrija el destino: el nombre de la carpeta del evento, o evento/mesa"
            tree.note(REDIRECTS_FILE, f"«{old}» lleva a «{new}», que no existe", cure, warning=True)
