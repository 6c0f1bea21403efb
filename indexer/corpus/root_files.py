"""The files of the corpus's root: vocabulary, entities, people, redirects, withdrawals."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from indexer.corpus.folders import CorpusTree, Entry
from indexer.corpus.page_files import is_leftover, is_note
from indexer.corpus.people_file import PEOPLE_FILE, People, read_people
from indexer.corpus.redirects import read_redirects
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.corpus.vocabulary_files import ENTITIES_FILE, VOCABULARY_FILE, parse_entities, parse_vocabulary
from indexer.corpus.withdrawals_file import FILE_NAME as WITHDRAWALS_FILE
from indexer.corpus.withdrawals_file import read_withdrawals
from indexer.errors import Problem, ReadError
from indexer.index.redirects import REDIRECTS_FILE
from indexer.language.entities import Entities, default_entities
from indexer.model import Entity, PersonName, Topic, Withdrawal

Parsed = TypeVar("Parsed")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class RootFiles:
    """What the files of the root say.

    Attributes:
        topics: ``vocabulario.toml``; None when it cannot be used, empty when it is not there; what is left of it when
            it is among ``broken``.
        entities: The default ones extended by ``entidades.toml``; None when that file cannot be used.
        people: ``personas.toml``.
        distinct: Its ``[[distintas]]``: names that staff said belong to different people.
        redirects: As ``read_redirects`` gives them.
        withdrawals: ``retirados.toml``.
        broken: Names of the files whose last good version is preferred: those that could not be read at all, so that
            what they hold is missing here, and a vocabulary or entities with errors.
        has_vocabulary: False when there is no ``vocabulario.toml``.
    """

    topics: tuple[Topic, ...] | None
    entities: tuple[Entity, ...] | None
    people: tuple[PersonName, ...]
    distinct: tuple[tuple[str, ...], ...]
    redirects: dict[str, str]
    withdrawals: tuple[Withdrawal, ...]
    broken: frozenset[str]
    has_vocabulary: bool


def read_root_files(tree: CorpusTree, entries: Sequence[Entry], last_withdrawals: Sequence[Withdrawal]) -> RootFiles:
    """Read and check them; problems are noted in ``tree``.

    ``last_withdrawals`` hold on while ``retirados.toml`` has an error, that may hide an entry.
    """
    return _RootReader(tree, {entry.name: entry for entry in entries if not entry.is_folder}).read(last_withdrawals)


class _RootReader:
    def __init__(self, tree: CorpusTree, by_name: Mapping[str, Entry]) -> None:
        self._tree = tree
        self._by_name = by_name
        self._broken: set[str] = set()

    def read(self, last_withdrawals: Sequence[Withdrawal]) -> RootFiles:
        self._note_strangers()
        written = self._day_written(WITHDRAWALS_FILE)
        no_withdrawals: tuple[Withdrawal, ...] = ()
        nobody: People = ((), ())
        withdrawals = self._table(WITHDRAWALS_FILE, partial(read_withdrawals, written), no_withdrawals)
        if any(p.severity == "error" and p.path.startswith(WITHDRAWALS_FILE) for p in self._tree.problems):
            listed = {entry.path for entry in withdrawals}
            withdrawals += tuple(entry for entry in last_withdrawals if entry.path not in listed)
        people, distinct = self._table(PEOPLE_FILE, read_people, nobody)
        redirects = self._table(REDIRECTS_FILE, read_redirects, dict[str, str]())
        topics = self._list(VOCABULARY_FILE, parse_vocabulary)
        entities = self._list(ENTITIES_FILE, parse_entities)
        return RootFiles(
            topics=topics,
            entities=None if entities is None else Entities((*default_entities(), *entities)).all,
            people=people,
            distinct=distinct,
            redirects=redirects,
            withdrawals=withdrawals,
            broken=frozenset(self._broken),
            has_vocabulary=VOCABULARY_FILE in self._by_name,
        )

    def _table(
        self, name: str, check: Callable[[Mapping[str, Any], str], tuple[Parsed, Sequence[Problem]]], absent: Parsed
    ) -> Parsed:
        return self._parsed(name, lambda text, path: check(parse_toml(text), path), absent)[0]

    def _list(
        self, name: str, parse: Callable[[str, str], tuple[Sequence[Item], Sequence[Problem]]]
    ) -> tuple[Item, ...] | None:
        """What a file of the language's own form holds; empty when absent, None when nothing of it can be used.

        With any error the file counts as broken, whatever is left of it: the last good one is to be preferred.
        """
        nothing: Sequence[Item] = ()
        items, good = self._parsed(name, parse, nothing)
        if not good:
            self._broken.add(name)
        return tuple(items) if good or items else None

    def _parsed(
        self, name: str, parse: Callable[[str, str], tuple[Parsed, Sequence[Problem]]], absent: Parsed
    ) -> tuple[Parsed, bool]:
        """What a file says, or ``absent``; and whether it is without error. One that cannot be read is broken."""
        if (entry := self._by_name.get(name)) is None:
            return absent, True
        try:
            if entry.usable:
                found, problems = parse(plain_text(entry.path), name)
                self._tree.problems.update(problems)
                return found, all(problem.severity != "error" for problem in problems)
        except ReadError as error:
            self._tree.problems.add(error.problem(name))
        self._broken.add(name)
        return absent, False

    def _day_written(self, name: str) -> dt.date:
        try:
            return dt.date.fromtimestamp(self._by_name[name].path.stat().st_mtime)
        except (KeyError, OSError, OverflowError, ValueError):
            return dt.date.today()

    def _note_strangers(self) -> None:
        """Files of the root that nothing uses."""
        known = (WITHDRAWALS_FILE, PEOPLE_FILE, REDIRECTS_FILE, VOCABULARY_FILE, ENTITIES_FILE)
        for name, entry in self._by_name.items():
            if name in known or not entry.usable or is_note(name) or is_leftover(name):
                continue
            meant = next((one for one in known if name.lower() in (one, f"{one}.txt")), None)
            if meant:
                self._tree.note(entry.relative, "el nombre no es el debido, así que no se usa", f"renómbrelo a {meant}")
            else:
                cure = "sáquelo del acervo, o antepóngale _ para que se pase por alto"
                self._tree.note(entry.relative, "nada usa este archivo", cure, warning=True)
