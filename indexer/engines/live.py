"""An open index that moves to each new generation without a failed request."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from indexer.engines import open_index
from indexer.errors import ConstaError, IndexDamaged
from indexer.generations import Generations
from indexer.index.protocol import SearchIndex
from indexer.index.results import Health
from indexer.program import STAFF

P = ParamSpec("P")
R = TypeVar("R")

LOOK_EVERY_S = 0.2
WATCH_EVERY_S = 1.0


class _Serving:
    """One open generation, how many requests are in it, and what they found damaged."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self.requests = 0
        self.retired = False
        self.damage: str | None = None


def _of_the_generation(asked: Callable[Concatenate[SearchIndex, P], R]) -> "Callable[Concatenate[LiveIndex, P], R]":
    """A question of ``SearchIndex``, as the generation that is served now answers it."""

    def answered(self: "LiveIndex", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._use() as index:
            answer: R = getattr(index, asked.__name__)(*args, **kwargs)
            return answer

    return answered


class LiveIndex:
    """The current generation of an index folder, whichever it is.

    A request that finds the link changed opens the new generation. Other requests go on with the old one, which is
    closed when its last request ends. Where the new generation cannot be opened, the old one stays, and ``health`` says
    so. A thread looks at the link as well, so that an idle server does not keep a withdrawn text.
    """

    def __init__(
        self, root: Path, *, look_every_s: float = LOOK_EVERY_S, watch_every_s: float | None = WATCH_EVERY_S
    ) -> None:
        """Open the current generation.

        Args:
            root: The index folder.
            look_every_s: Seconds between two looks at the link by requests.
            watch_every_s: Seconds between two looks by the thread; None for no thread.

        Raises:
            IndexMissing: Nothing was published there.
            IndexDamaged: It does not match its manifest.
        """
        self._generations = Generations(root)
        self._look_every_s = look_every_s
        self._state = threading.Lock()
        self._opening = threading.Lock()
        self._closed = threading.Event()
        self._refused: Path | None = None
        self._warning: str | None = None
        self._serving = _Serving(open_index(root))
        self._looked_at = time.monotonic()
        if watch_every_s is not None:
            watch = threading.Thread(target=self._watch, args=(watch_every_s,), name="consta-edicion", daemon=True)
            watch.start()

    @property
    def folder(self) -> Path:
        """See ``SearchIndex.folder``."""
        with self._use() as index:
            return index.folder

    search = _of_the_generation(SearchIndex.search)
    counted = _of_the_generation(SearchIndex.counted)
    ranked = _of_the_generation(SearchIndex.ranked)
    lines = _of_the_generation(SearchIndex.lines)
    contrast = _of_the_generation(SearchIndex.contrast)
    passage = _of_the_generation(SearchIndex.passage)
    stretch = _of_the_generation(SearchIndex.stretch)
    session = _of_the_generation(SearchIndex.session)
    overview = _of_the_generation(SearchIndex.overview)
    terms = _of_the_generation(SearchIndex.terms)
    words = _of_the_generation(SearchIndex.words)
    people = _of_the_generation(SearchIndex.people)

    def health(self) -> Health:
        """See ``SearchIndex.health``; a newer generation that cannot be opened, or a damaged block, comes first."""
        with self._use() as index:
            health, found = index.health(), (self._warning, self._serving.damage)
        return replace(health, warnings=(*filter(None, found), *health.warnings))

    @contextlib.contextmanager
    def pinned(self) -> Iterator[SearchIndex]:
        """See ``SearchIndex.pinned``."""
        with self._use() as index:
            yield index

    def look(self, *, wait: bool = False) -> None:
        """Move to the generation that the link names now, unless another thread is doing so; or once that has done."""
        if not self._opening.acquire(blocking=wait):
            return
        try:
            current = self._generations.current()
            if self._closed.is_set() or current == self._serving.index.folder:
                self._refused, self._warning = None, None
            elif current is None:
                self._warning = (
                    "El índice ya no está en su carpeta, o no se puede leer; se sigue sirviendo la última edición que "
                    f"se abrió. Constrúyalo de nuevo con: {STAFF} actualizar"
                )
            elif current != self._refused:
                self._move(current)
        finally:
            self._opening.release()

    def reopen(self) -> None:
        """Serve what was published last, also what could not be opened: what hindered it may be mended."""
        self._refused = None
        self.look(wait=True)

    def close(self) -> None:
        """Close the generation once its last request has ended. Safe to call twice."""
        self._closed.set()
        with self._opening:
            self._retire(self._serving)

    def _move(self, current: Path) -> None:
        try:
            new = _Serving(open_index(self._generations.root))
        except (ConstaError, OSError) as error:
            self._refused = current
            self._warning = f"Hay una edición nueva que no se puede abrir; sigue sirviendo la anterior. {error}"
            return
        self._refused, self._warning = None, None
        with self._state:
            old, self._serving = self._serving, new
        self._retire(old)

    def _retire(self, serving: _Serving) -> None:
        with self._state:
            last = serving.requests == 0 and not serving.retired
            serving.retired = True
        if last:
            serving.index.close()

    @contextlib.contextmanager
    def _use(self) -> Iterator[SearchIndex]:
        now = time.monotonic()
        if now - self._looked_at >= self._look_every_s:
            self._looked_at = now
            self.look()
        with self._state:
            serving = self._serving
            serving.requests += 1
        try:
            yield serving.index
        except IndexDamaged as error:
            serving.damage = str(error)
            raise
        finally:
            with self._state:
                serving.requests -= 1
                last = serving.retired and serving.requests == 0
            if last:
                serving.index.close()

    def _watch(self, every_s: float) -> None:
        while not self._closed.wait(every_s):
            self.look()
