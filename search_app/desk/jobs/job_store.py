"""The job queue on the disk: each job has a folder of its own until it is done.

A text is on the disk, flushed, before the browser is told that it was received. The state of a job is one small
file that is replaced as a whole, so a crash leaves the state before or the one after.
"""

import contextlib
import datetime as dt
import hashlib
import logging
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from indexer.durable import private_folder, sync_folder, write_atomic
from indexer.errors import reason
from indexer.format_version import NewerFormat, decode
from indexer.model import received
from indexer.sealed_json import sealed
from search_app.desk.jobs.job import Job, State
from search_app.desk.jobs.unfinished_folders import BEING_MADE, being_made, sweep_unless_held, write_many

PROGRESS = "avance"
KEPT_DAYS = 7
"""Days after which a draft, or the trace of what was done, goes away."""
ID = re.compile(r"[0-9]{14}_[0-9a-f]{12}")
_TOLD = ("paso", "edicion", "pagina", "fragmentos", "avisos", "alineado")
_LOG = logging.getLogger(__name__)
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class JobStore:
    """The jobs of one corpus, on its disk. Safe to use from several threads."""

    def __init__(self, corpus: Path, now: Callable[[], float] = time.time) -> None:
        self.root = corpus / received.FOLDER
        self._now = now
        self._changing = threading.Lock()
        self._naming = threading.Lock()
        self._last: int | None = None

    def new(self, author: str, address: str, *, retry: str = "", **more: Any) -> Job:
        """One that is not on the disk yet; ``retry`` may hold ``{}`` for its name."""
        name = self._name()
        more["retry"] = retry.replace("{}", name)
        return Job(id=name, author=author, origin=f"web {address}, encargo {name}", made_s=self._now(), **more)

    def _name(self) -> str:
        """A name after all others: of this microsecond, or the one after the last, should the clock have gone back."""
        with self._naming:
            if self._last is None:
                self._last = max(map(_moment, _names(self.root)), default=0)
            self._last = max(int(self._now() * 1_000_000), self._last + 1)
            seconds, rest = divmod(self._last, 1_000_000)
        stamp = dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y%m%d%H%M%S")
        return f"{stamp}_{rest:05x}{secrets.token_hex(4)[:7]}"

    def put(
        self,
        job: Job,
        data: bytes | None = None,
        suffix: str = "",
        clock: tuple[bytes, str] | None = None,
        many: Sequence[tuple[str, IO[bytes]]] = (),
    ) -> Job:
        """Onto the disk for good, its file with it; when this returns, it was received.

        Args:
            data, suffix: The bytes of its file; of its name what says the format: anything odd becomes none.
            clock: The same of the captions that came with it.
            many: The names of many files, as they were sent, and what they hold.

        Raises:
            OSError: The disk refused; nothing of it is there.
        """
        private_folder(self.root.parent, received.FOLDER)
        files, named = {}, {}
        for key, name, sent in (("file", "texto", (data, suffix)), ("clock", "tiempos", clock or (None, ""))):
            if sent[0] is not None:
                named[key] = name + (sent[1] if _SUFFIX.fullmatch(sent[1]) else "")
                files[named[key]] = sent[0]
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        job = msgspec.structs.replace(job, sums=sums, **named)
        with being_made(self.root) as folder:
            for name, content in files.items():
                write_atomic(folder / name, content, mode=0o600)
            if many:
                job = msgspec.structs.replace(job, file=received.MANY, sums=write_many(folder / received.MANY, many))
            write_atomic(folder / received.RECORD, sealed(msgspec.json.encode(job)), mode=0o600)
            folder.rename(self.root / job.id)
        try:
            sync_folder(self.root)
        except OSError:
            self.drop(job.id)
            raise
        return job

    def get(self, name: str) -> Job | None:
        """The job of this id; None where it cannot be read, or a newer version of Consta wrote it, which will do it."""
        if not ID.fullmatch(name):
            return None
        try:
            return self._read(name)
        except (OSError, ValueError, NewerFormat):
            return None

    def _read(self, name: str) -> Job:
        return decode(
            (self.root / name / received.RECORD).read_bytes(), Job, received.VERSION, f"{received.FOLDER}/{name}"
        )

    def change(self, name: str, *, only: tuple[State, ...] | None = None, **values: Any) -> Job | None:
        """Change what is known of one; None where it is gone, or is in none of the states ``only``."""
        with self._changing:
            job = self.get(name)
            if job is None or (only is not None and job.state not in only):
                return None
            job = msgspec.structs.replace(job, version=received.VERSION, **values)
            write_atomic(self.root / name / received.RECORD, sealed(msgspec.json.encode(job)), mode=0o600)
            return job

    def finish(self, name: str, answer: dict[str, Any]) -> Job | None:
        """It is done. Its text is in the corpus and nowhere else: what is kept here says only that it was done."""
        job = self.get(name)
        if job is None:
            return None
        bare = tuple(msgspec.structs.replace(call, given=None) for call in job.calls)
        told = {key: answer[key] for key in _TOLD if key in answer}
        gone: dict[str, Any] = {"typed": {}, "examined": None, "error": ""}
        now = self.change(name, state="hecho", answer=told, done=len(bare), calls=bare, **gone)
        self._without_text(job)
        return now

    def drop(self, name: str) -> None:
        """Nothing of it stays."""
        if ID.fullmatch(name):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def discard(self, name: str) -> bool:
        """Nothing of it stays, but when it waits or is at work: whoever sent it was told that it would be done."""
        with self._changing:
            job = self.get(name)
            if job is None or job.waiting:
                return False
            self.drop(name)
            return True

    def forget(self, page: str) -> None:
        """Take away whatever is left of jobs about a page of which something was withdrawn, but those at work."""
        for job in self.all():
            if page in (job.page, job.typed.get("mesa")):
                self.discard(job.id)

    def path(self, job: Job, name: str = "") -> Path:
        """Where its file is, or its other one."""
        return self.root / job.id / (name or job.file)

    def progress(self, job: Job) -> tuple[int, int, str] | None:
        """How far its command says that it is: how much of how much, and with what; None where it does not say."""
        try:
            done, total, label = self.path(job, PROGRESS).read_text(encoding="utf-8").split(" ", 2)
            return int(done), int(total), label
        except (OSError, ValueError):
            return None

    def all(self) -> Iterator[Job]:
        """The oldest first."""
        for name in sorted(_names(self.root)):
            if (job := self.get(name)) is not None:
                yield job

    def damaged(self) -> list[str]:
        """The ids of jobs that the disk damaged: what was sent lies in their folders, and nobody can finish them."""
        found = []
        for name in sorted(_names(self.root)):
            try:
                with contextlib.suppress(OSError, NewerFormat):
                    self._read(name)
            except ValueError:
                found.append(name)
        return found

    def before(self, job: Job) -> int:
        """How many are done before one that waits: the worker takes them by age."""
        if job.state != "espera":
            return 0
        return sum((one.waiting and one.id < job.id) or one.state == "en_curso" for one in self.all())

    def sweep(self) -> None:
        """Take away what is old, and what a crash left half made."""
        oldest = self._now() - KEPT_DAYS * 86_400
        try:
            names = os.listdir(self.root)
        except OSError:
            return
        for name in names:
            job = self.get(name)
            if job is not None and not job.waiting and job.state != "por_revisar" and job.made_s < oldest:
                self.discard(name)
            elif job is not None and job.state == "hecho":
                self._without_text(job)
            elif job is None and ID.fullmatch(name):
                _LOG.error("Encargo %s: está dañado, o lo escribió una versión más nueva de Consta; se deja así", name)
            elif name.startswith(BEING_MADE):
                sweep_unless_held(self.root / name)

    def _without_text(self, job: Job) -> None:
        """It is done, whatever the disk says to this; a text that stays goes at the next start."""
        for name in filter(None, (job.file, job.clock, PROGRESS)):
            try:
                path = self.path(job, name)
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            except OSError as error:
                _LOG.error("Encargo %s: quedó su texto, aunque ya se hizo (%s)", job.id, reason(error))


def _names(root: Path) -> list[str]:
    try:
        return [name for name in os.listdir(root) if ID.fullmatch(name)]
    except OSError:
        return []


def _moment(name: str) -> int:
    """The microsecond that a name says; of one that says none, the last of its second."""
    try:
        made = dt.datetime.strptime(name[:14], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return 0
    return int(made.timestamp()) * 1_000_000 + min(int(name[15:20], 16), 999_999)
