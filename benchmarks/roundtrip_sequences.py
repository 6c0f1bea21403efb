"""Random orders of the staff, and what the corpus must be after each: a model that knows nothing of how steps work.

The model is the files themselves: before and after every step they are read from the disk. A step is undone when the
files that it changed are again as they were before it, and no other has changed.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from indexer import history, pipeline
from indexer.config import Settings
from indexer.corpus.adding import add_file
from indexer.corpus.new_pages import new_event, new_session
from indexer.corpus.withdrawals_file import FILE_NAME as WITHDRAWALS
from indexer.corpus.withdrawing import withdraw
from indexer.engines import open_index
from indexer.errors import CorpusError
from indexer.model import Kind, PageId
from indexer.operations.corrections import corrections_view, write_corrections
from indexer.operations.open_pages import open_page
from indexer.operations.speakers import rename_speaker, speakers_view, write_speakers
from indexer.operations.withdrawal import published_numbers, purge_history, withdraw_fragment

WORDS = (
    "cómputo", "acta", "paquete", "casilla", "consejo", "boleta", "sistema", "captura", "voto", "distrito", "lista",
    "padrón", "urna", "folio", "sello",
)  # fmt: skip
NAMES = ("Ana Ruiz", "Luis Paz", "Eva Luna", "Raúl Sol")
MESAS = (PageId("prueba", "mesa-1"), PageId("prueba", "mesa-2"), PageId("prueba", "mesa-3"))
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


class Sequence:
    """One random sequence over a corpus of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.settings = Settings(folder / "corpus", folder / "indice")
        self.root = self.settings.corpus
        self.chance = random.Random(seed)
        self.done: dict[int, tuple[Files, Files]] = {}
        self.counts: dict[str, int] = {}
        self._folder = folder
        self._begin()
        self.first = files_of(self.root)

    def run(self, orders: int) -> None:
        """So many random steps, each checked; then everything is taken back, the newest first."""
        kinds = (self.add, self.replace, self.attribute, self.rename, self.mend, self.withdraw, self.withdraw_fragment)
        while orders:
            undoes = bool(self.done) and self.chance.random() < 0.3
            orders -= self._order(self.undo if undoes else self.chance.choice(kinds))
        self.check_index()
        for number in sorted(self.done, reverse=True):
            self._undo(number)
        if files_of(self.root) != self.first:
            raise Broken("undoing everything does not give back the first corpus byte for byte")
        self.check_index()

    def check_index(self) -> None:
        """The index says what one built from nothing of the same corpus says."""
        pipeline.update(self.settings)
        with tempfile.TemporaryDirectory(dir=self._folder) as place:
            fresh = Settings(Path(place) / "corpus", Path(place) / "indice")
            shutil.copytree(self.root, fresh.corpus, ignore=shutil.ignore_patterns("_*"))
            pipeline.update(fresh)
            if texts_of(fresh) != texts_of(self.settings):
                raise Broken("the index is not that of the corpus")

    def add(self, taken: history.Step) -> None:
        """A text to a mesa that may have to be made."""
        page = self.chance.choice(MESAS)
        if not (self.root / str(page)).exists():
            assert page.session is not None
            new_session(self.root, page.event, page.session, page.session, to=taken)
        kind = self.chance.choice((Kind.TRANSCRIPT, Kind.TRANSCRIPT, Kind.DESCRIPTION))
        add_file(self.root, self._text(kind), page, kind, to=taken)

    def replace(self, taken: history.Step) -> None:
        """One text by another, sometimes by an edit of it."""
        page = self.chance.choice(MESAS)
        add_file(self.root, self._text(Kind.TRANSCRIPT, page), page, Kind.TRANSCRIPT, replace=True, to=taken)

    def attribute(self, taken: history.Step) -> None:
        """Who speaks from which second."""
        opened = open_page(self.settings, self.chance.choice(MESAS))
        seconds = sorted(self.chance.sample(range(0, 60, 5), self.chance.randint(0, 4)))
        changes = [{"inicio_s": second, "persona": self.chance.choice((*NAMES, None))} for second in seconds]
        write_speakers(taken, opened, {"base": speakers_view(opened)["base"], "cambios": changes})

    def rename(self, taken: history.Step) -> None:
        """A speaker called as another."""
        rename_speaker(
            taken, open_page(self.settings, self.chance.choice(MESAS)), *self.chance.sample((*NAMES, "MODERADORA"), 2)
        )

    def mend(self, taken: history.Step) -> None:
        """A word corrected."""
        opened = open_page(self.settings, self.chance.choice(MESAS))
        told = corrections_view(opened)
        fragment = self.chance.choice(told["fragmentos"] or [None])
        if fragment is None:
            raise CorpusError("no hay nada que corregir")
        word = self.chance.choice(fragment["texto_original"].split()).strip(".,")
        mended = [{"numero": fragment["numero"], "de": word, "a": word.upper() + "s", "vez": 1}]
        write_corrections(taken, opened, {"base": told["base"], "correcciones": mended}, "ana")

    def withdraw(self, taken: history.Step) -> None:
        """A text or a whole mesa, kept aside so that it can be undone."""
        page, kind = self.chance.choice(MESAS), self.chance.choice((Kind.TRANSCRIPT, Kind.DESCRIPTION, None))
        numbers = published_numbers(self.settings, page, kind)
        withdraw(self.root, page, kind, "A petición", numbers, to=taken)
        purge_history(taken, self.settings, page, kind, None, keep=True)

    def withdraw_fragment(self, taken: history.Step) -> None:
        """One fragment."""
        page = self.chance.choice(MESAS)
        passages = [one for one in open_page(self.settings, page).build().passages if one.fact is None]
        if not passages:
            raise CorpusError("no hay fragmentos")
        withdraw_fragment(taken, self.settings, page, self.chance.choice(passages).number, "A petición", keep=True)

    def undo(self, taken: history.Step) -> None:
        """Any step that can be."""
        possible = [one.record.number for one in history.Undoing(self.root).past() if one.hindrance is None]
        if not possible:
            raise CorpusError("no hay qué deshacer")
        number = self.chance.choice(possible)
        history.Undoing(self.root, taken.read).take_back(taken, number)

    def _order(self, order: Callable[[history.Step], None]) -> bool:
        """Whether it was taken: what makes no sense there is refused, and must then change nothing."""
        name = order.__name__
        before = files_of(self.root)
        try:
            with history.step(self.root, "ana", "prueba", name) as taken:
                order(taken)
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
        self.counts[name] = self.counts.get(name, 0) + 1
        pipeline.update(self.settings)
        if files_of(self.root) != after:
            raise Broken("publishing changed a text of the corpus")
        return True

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
            if was.get(name) == became.get(name):
                wanted = before.get(name)  # no file of that step
            elif "/" not in name and before.get(name) != became.get(name):
                continue  # a list of the root that later steps went on with: see the tests of undoing
            else:
                wanted = was.get(name)
            if after.get(name) != wanted:
                raise Broken(f"{name} after undoing step {number}")
        if WITHDRAWALS in after and not after[WITHDRAWALS].strip():
            raise Broken("an empty list of withdrawals is left")

    def _begin(self) -> None:
        self.root.mkdir(parents=True)
        with history.step(self.root, "Prueba", "prueba", "nuevo") as taken:
            day = dt.date(2025, 12, 4)
            new_event(self.root, "prueba", "Prueba", day, day, to=taken)
        for page in MESAS[:2]:
            with history.step(self.root, "Prueba", "prueba", "nuevo") as taken:
                assert page.session is not None
                new_session(self.root, page.event, page.session, page.session, to=taken)
        with history.step(self.root, "Prueba", "prueba", "agregar") as taken:
            add_file(self.root, self._text(Kind.TRANSCRIPT), MESAS[0], Kind.TRANSCRIPT, to=taken)
        shutil.rmtree(self.root / "_historial")  # the sequence begins without a past
        pipeline.update(self.settings)

    def _text(self, kind: Kind, page: PageId | None = None) -> Path:
        """A file of that kind: captions or a text with labels; an edit of what is there, now and then."""
        old = next((self.root / str(page)).glob("transcripcion.*"), None) if page else None
        if old is not None and self.chance.random() < 0.6:
            path = self._folder / old.name
            words = old.read_text(encoding="utf-8").split(" ")
            words.insert(self.chance.randint(1, len(words)), self.chance.choice(WORDS))
            path.write_text(" ".join(words), encoding="utf-8")
        elif kind is Kind.TRANSCRIPT and self.chance.random() < 0.5:
            path = self._folder / "texto.vtt"
            cues = [f"00:00:{s:02d}.000 --> 00:00:{s + 5:02d}.000\n{self._said()}" for s in range(0, 55, 5)]
            path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")
        else:
            path = self._folder / "texto.txt"
            turns = [f"{self.chance.choice((*NAMES, 'MODERADORA')).upper()}: {self._said()}." for _ in range(6)]
            path.write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        return path

    def _said(self) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(4, 30)))
