"""Random orders of the staff, and what the corpus must be after each: a model that knows nothing of how steps work.

The model is the files themselves: before and after every step they are read from the disk. A step is undone when the
files that it changed are again as they were before it, and no other has changed; of a table or a TOML file that others
changed since, when its lines have gone and those that it took away are there again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.roundtrip_steps import STEPS, World, begin, undo
from indexer import history, pipeline
from indexer.config import Settings
from indexer.corpus.withdrawals_file import FILE_NAME as WITHDRAWALS
from indexer.engines import open_index
from indexer.errors import CorpusError
from indexer.model import PageId
from search_app.shown.collection import Collection

Files = dict[str, bytes]


class Broken(AssertionError):
    """The corpus or the index is not as the history says."""


def files_of(root: Path) -> Files:
    """Every file of the corpus but the numbers and what is private."""
    return {
        name: path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not (name := path.relative_to(root).as_posix()).startswith("_")
        if path.name != "anclas.tsv"
    }


def texts_of(settings: Settings) -> dict[str, tuple[str, str | None]]:
    """Every fragment that the index serves."""
    index = open_index(settings.index)
    try:
        found = {}
        for name in index.overview().catalogue.pages:
            page = index.session(PageId.parse(name))
            assert page is not None
            found |= {f"{name}#p{one.number}": (one.text, one.person) for one in page.passages}
        return found
    finally:
        index.close()


def is_served(settings: Settings, folder: Path) -> bool:
    """Whether the index says what one built from nothing of the same corpus says."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        fresh = Settings(Path(place) / "corpus", Path(place) / "indice")
        shutil.copytree(settings.corpus, fresh.corpus, ignore=shutil.ignore_patterns("_*"))
        pipeline.update(fresh)
        return texts_of(fresh) == texts_of(settings)


class Sequence:
    """One random sequence over a corpus of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.world = World(folder, seed)
        self.settings, self.root = self.world.settings, self.world.root
        self.done: dict[int, tuple[Files, Files]] = {}
        self.counts: Counter[str] = Counter()
        self._folder = folder
        begin(self.world)
        pipeline.update(self.settings)
        self.first = files_of(self.root)

    def run(self, orders: int) -> None:
        """So many random steps, each checked; then everything is taken back, the newest first."""
        while orders:
            undoes = bool(self.done) and self.world.chance.random() < 0.3
            orders -= self._order("deshacer" if undoes else self.world.chance.choice(tuple(STEPS)))
        self.check_index()
        for number in sorted(self.done, reverse=True):
            self._undo(number)
        if files_of(self.root) != self.first:
            raise Broken("undoing everything does not give back the first corpus byte for byte")
        self.check_index()

    def check_index(self) -> None:
        """The index says what one built from nothing of the same corpus says."""
        pipeline.update(self.settings)
        if not is_served(self.settings, self._folder):
            raise Broken("the index is not that of the corpus")

    def _order(self, name: str) -> bool:
        """Whether it was taken: what makes no sense there is refused, and must then change nothing."""
        before, served = files_of(self.root), texts_of(self.settings)
        try:
            with history.step(self.root, "ana", "prueba", name) as taken:
                (STEPS | {"deshacer": undo})[name](self.world, taken)
        except CorpusError:
            if files_of(self.root) != before:
                raise Broken(f"{name} was refused and changed something") from None
            return False
        if taken.number is None:
            return False
        after = files_of(self.root)
        if taken.undoes is not None:
            self._check_undone(taken.undoes, before, after)
        self.done[taken.number] = before, after
        self.counts[name] += 1
        pipeline.update(self.settings)
        if files_of(self.root) != after:
            raise Broken("publishing changed a text of the corpus")
        if name.startswith(("mover", "unir")):
            self._check_led(served)
        return True

    def _check_led(self, served: dict[str, tuple[str, str | None]]) -> None:
        """Every fragment is found from the address that it had."""
        now = texts_of(self.settings)
        index = open_index(self.settings.index)
        try:
            collection = Collection(index.overview())
            for name, (text, _) in served.items():
                page, number = PageId.parse(name.partition("#")[0]), int(name.partition("#p")[2])
                at = collection.current(page, number)
                if index.passage(*at) is None:
                    at = collection.handed_on(*at, index.passage) or at
                if now.get(f"{at[0]}#p{at[1]}", ("", None))[0] != text:
                    raise Broken(f"{name} leads to {at[0]}#p{at[1]}, which is not what it was")
        finally:
            index.close()

    def _undo(self, number: int) -> None:
        before = files_of(self.root)
        if before != self.done[number][1]:
            raise Broken(f"before step {number} is undone the corpus is not as it left it")
        with history.step(self.root, "ana", "prueba", "deshacer") as taken:
            history.Undoing(self.root, taken.read).take_back(taken, number)
        if files_of(self.root) != self.done[number][0]:
            raise Broken(f"step {number} undone is not the corpus before it")

    def _check_undone(self, number: int, before: Files, after: Files) -> None:
        was, became = self.done[number]
        for name in {*before, *after, *was, *became}:
            held, left = before.get(name), after.get(name)
            if was.get(name) == became.get(name):
                good = left == held  # no file of that step
            elif held in (was.get(name), became.get(name)) or not name.endswith((".tsv", ".toml")):
                good = left == was.get(name)
            else:
                wanted = _lines(held)
                wanted.subtract(_lines(became.get(name)))
                wanted.update(_lines(was.get(name)))
                good = wanted == _lines(left) and min(wanted.values(), default=0) >= 0
            if not good:
                raise Broken(f"{name} after undoing step {number}")
        if WITHDRAWALS in after and not after[WITHDRAWALS].strip():
            raise Broken("an empty list of withdrawals is left")


def _lines(data: bytes | None) -> Counter[str]:
    """What a table or a TOML file says, in any order."""
    heads = ("#", "numero\t", "inicio_s\t")
    return Counter(line for line in (data or b"").decode().splitlines() if line and not line.startswith(heads))
