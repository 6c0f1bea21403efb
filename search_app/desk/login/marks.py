"""Marks: empty files that all processes over one corpus see; there is nothing to lock, and a restart forgets none."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from indexer.durable import private_folder, sync_folder
from search_app.desk.login.accounts import FOLDER


class Marks:
    """Those of one kind. Safe to use from several threads and processes."""

    def __init__(self, corpus: Path, kind: str, last_s: float, now: Callable[[], float] = time.time) -> None:
        """Those of a ``kind``, the name of their folder, that were put in the last ``last_s`` seconds."""
        self._corpus = corpus
        self._folder = corpus / FOLDER / kind
        self._last_s = last_s
        self._now = now

    def put(self, name: str, *, flush: bool = False, says: str = "") -> list[str]:
        """Set a mark; all that hold now, this one among them. Those that are over are taken away.

        Args:
            flush: Whether it must outlive a power cut.
            says: A line to keep in it; without any, what it says stays.

        Raises:
            OSError: It cannot be written.
        """
        private_folder(self._corpus, FOLDER)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        mark, now, held = self._folder / name, self._now(), []
        mark.touch(mode=0o600)
        if says:
            mark.write_text(says, encoding="utf-8")
        os.utime(mark, (now, now))
        if flush:
            sync_folder(self._folder)
            sync_folder(self._folder.parent)  # which may not know that folder yet
        for each in os.scandir(self._folder):
            with contextlib.suppress(FileNotFoundError):  # another process took it away
                if abs(now - each.stat().st_mtime) < self._last_s:  # a clock that went back leaves none for ever
                    held.append(each.name)
                else:
                    os.unlink(each)
        return held

    def __contains__(self, name: str) -> bool:
        return os.path.exists(self._folder / name)

    def all(self, beginning: str, last_s: float) -> list[tuple[str, float, str]]:
        """Those of a beginning that were put in the last seconds, the newest first: name, moment, what each says."""
        held = []
        for path in self._folder.glob(f"{beginning}*"):
            with contextlib.suppress(FileNotFoundError):
                if (put_s := path.stat().st_mtime) > self._now() - last_s:
                    held.append((path.name, put_s, path.read_text(encoding="utf-8", errors="replace")))
        return sorted(held, key=lambda mark: -mark[1])

    def remove(self, name: str) -> None:
        """Take one away."""
        (self._folder / name).unlink(missing_ok=True)
