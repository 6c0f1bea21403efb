"""The worker: a thread that runs the jobs, the oldest first.

A lock in the folder of the jobs is held by the server that works at them, and inherited by the commands it runs: a
server that starts after a crash waits for a command that outlived the old server before it looks at what that did.

Nothing ends the thread but ``stop``. A job whose state cannot be written (a full disk) stays as it is, says so on
its page, and is tried again at the next look; the others go on.
"""

import contextlib
import logging
import os
import threading
import time
from typing import Any

from indexer.errors import reason
from indexer.file_lock import LocksRefused, locked
from search_app.desk.jobs.commands import CommandFailed, Commands
from search_app.desk.jobs.completed_steps import completed_steps, first_to_do, mark
from search_app.desk.jobs.job import Job
from search_app.desk.jobs.job_store import PROGRESS, JobStore

LOCK = "bloqueo"
COMMAND_S = 1_800.0
"""Seconds that one command may take; reading and publishing the largest file takes far less."""
_LOOK_AGAIN_S = 0.2
_LOOK_ROUND_S = 5.0
"""Another server may have put a job there."""
_SWEEP_S = 3_600.0
"""Between two looks for what is old."""
_PATIENCE_S = 30.0
_NOBODY = "El servidor no está atendiendo los encargos: avise a quien lo cuida, para que lo reinicie."
_LOG = logging.getLogger(__name__)


class Worker:
    """Does what waits, also what waited when the last server died."""

    def __init__(self, jobs: JobStore, commands: Commands) -> None:
        self._jobs = jobs
        self._commands = commands
        self._news = threading.Condition()
        self._asked = 0
        self._ended = False
        self._waited_for_until = 0.0
        self._thread: threading.Thread | None = None
        self._held_up: dict[str, str] = {}

    def start(self) -> None:
        """Begin, with what was left."""
        if self._thread is None:
            thread = threading.Thread(target=self._work, name="encargos", daemon=True)
            thread.start()
            self._thread = thread  # not before: nobody can wait for one that found no memory

    def leave_off(self) -> None:
        """Take no further job."""
        with self._news:
            if not self._ended:
                self._ended, self._waited_for_until = True, time.monotonic() + _PATIENCE_S
            self._news.notify_all()

    def stop(self) -> None:
        """Take no further job, and wait for the one at work, 30 s at most from the first that was said of it."""
        self.leave_off()
        if self._thread is not None:
            self._thread.join(max(0.0, self._waited_for_until - time.monotonic()))
            self._thread = None

    def wake(self) -> None:
        """There is something to do."""
        with self._news:
            self._asked += 1
            self._news.notify_all()

    def trouble(self, name: str) -> str:
        """Why a job that waits does not get on, for a person; empty where it does."""
        thread = self._thread
        if thread is None or not thread.is_alive():
            return _NOBODY
        return self._held_up.get(name) or self._held_up.get("", "")

    def wait(self, name: str, seconds: float) -> Job | None:
        """The job once it is done, has failed or does not get on, or as it is after so many seconds."""
        deadline = time.monotonic() + seconds
        with self._news:
            while (job := self._jobs.get(name)) is not None and job.waiting:
                left = deadline - time.monotonic()
                if left <= 0 or self._held_up.get(name):
                    return job
                self._news.wait(min(left, _LOOK_AGAIN_S))
            return job

    def _work(self) -> None:
        while not self._ended:
            try:
                self._serve()
            except Exception as error:
                self._hold_up("", error)
                with self._news:
                    if not self._ended:
                        self._news.wait(_LOOK_ROUND_S)

    def _serve(self) -> None:
        """Do what comes, until it is enough."""
        lock = self._locked()
        if lock is None:
            return
        try:
            swept = time.monotonic()
            self._sweep()
            while not self._ended:
                if time.monotonic() > swept + _SWEEP_S:
                    swept = time.monotonic()
                    self._sweep()
                with self._news:
                    seen = self._asked
                waiting = [job for job in self._jobs.all() if job.waiting]
                self._held_up.pop("", None)  # only now: what failed before may fail again
                for job in waiting:
                    if not self._ended:
                        self._attend(job, lock)
                with self._news:
                    if self._asked == seen and not self._ended:
                        self._news.wait(_LOOK_ROUND_S)
        finally:
            os.close(lock)

    def _sweep(self) -> None:
        """Take away what is old: jobs, and the copies of withdrawn texts, which any look at the history does."""
        self._jobs.sweep()
        with contextlib.suppress(CommandFailed):
            self._commands.ask("historial", options={"ultimos": "1"})

    def _attend(self, job: Job, lock: int) -> None:
        """Do one; whatever happens, the next one gets its turn."""
        try:
            self._guarded(job, lock)
        except Exception as error:
            self._hold_up(job.id, error)
        else:
            self._held_up.pop(job.id, None)
        with self._news:
            self._news.notify_all()

    def _hold_up(self, name: str, error: Exception) -> None:
        """Note why somebody waits: on their page, and in the log once, which may be on the same full disk."""
        why = reason(error) if isinstance(error, OSError) else type(error).__name__
        said = str(error) if isinstance(error, LocksRefused) else f"El servidor no puede guardar cómo va ({why})."
        said += f" Lo intenta de nuevo cada {_LOOK_ROUND_S:.0f} segundos."
        if self._held_up.get(name) != said:
            _LOG.error("Encargo %s: no se pudo guardar cómo va", name or "(todos)", exc_info=error)
        self._held_up[name] = said

    def _locked(self) -> int | None:
        """The lock, once nobody else works here."""
        while not self._ended:
            if self._jobs.root.is_dir():
                handle = locked(self._jobs.root / LOCK)
                if handle is not None:
                    return handle
            with self._news:
                if not self._ended:
                    self._news.wait(_LOOK_ROUND_S if not self._jobs.root.is_dir() else _LOOK_AGAIN_S)
        return None

    def _guarded(self, job: Job, lock: int) -> None:
        """Do one, and write down how it went. Raises ``OSError``: it could not be written down."""
        try:
            self._do(job, lock)
        except CommandFailed as error:
            published = error.answer.get("publicado")
            more = " Quedó en el acervo, pero todavía no se publica." if published is False else ""
            self._jobs.change(job.id, state="fallo", error=f"{error}{more}", answer=dict(error.answer))
        except OSError:
            raise
        except Exception as error:
            _LOG.error("Encargo %s", job.id, exc_info=error)
            self._jobs.change(job.id, state="fallo", error="El servidor falló al hacerlo; vuelva a intentarlo.")

    def _do(self, job: Job, lock: int) -> None:
        if self._jobs.change(job.id, state="en_curso", error="", runs=job.runs + 1) is None:
            return  # it was given up
        if not job.calls:
            raise CommandFailed("No dice qué se hace: vuelva a su página y envíelo desde ahí.", {})
        answer: dict[str, Any] = {"pagina": job.page}
        done = 0
        if job.runs:  # by a server that died, or it failed: what a crash broke off is brought to its end first
            published = self._commands.publish(COMMAND_S, (lock,))
            taken = completed_steps(self._commands, job)
            done = first_to_do(job, taken)
            answer |= {"paso": taken[-1].number} if taken else {}
            if done == len(job.calls) and not published:
                raise CommandFailed("Quedó en el acervo, pero no se pudo publicar; vuelva a intentarlo.", {})
        for number in range(done, len(job.calls)):
            answer = _together(answer, self._run(job, number, lock))
            self._jobs.change(job.id, done=number + 1)
        if any("simular" in call.options for call in job.calls):  # nothing was done: it is shown what would be
            self._jobs.change(job.id, state="borrador", examined=answer, calls=(), done=0, runs=0)
            return
        if any(call.command == "retirar" for call in job.calls):
            self._jobs.forget(job.page)
        self._jobs.finish(job.id, answer)

    def _run(self, job: Job, number: int, lock: int) -> dict[str, Any]:
        call, progress = job.calls[number], self._jobs.path(job, PROGRESS)
        with contextlib.suppress(OSError):
            progress.write_text("", encoding="utf-8")  # what the command before said
        words = (str(self._jobs.path(job)), *call.words) if call.with_file else call.words
        options = {**call.options, "autor": job.author, "desde": mark(job, number), "publica": job.reviewer or False}
        if call.with_clock and job.clock:
            options["tiempos"] = str(self._jobs.path(job, job.clock))
        return self._commands.ask(
            call.command, *words, options=options, given=call.given, timeout_s=COMMAND_S, held=(lock,),
            progress=progress,
        )  # fmt: skip


def _together(before: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """The answer of one command after that of another: the last step that was taken, and every warning once."""
    both = {**before, **answer}
    both["avisos"] = list(dict.fromkeys([*before.get("avisos", []), *answer.get("avisos", [])]))
    if both.get("paso") is None and "paso" in before:
        both["paso"] = before["paso"]
    return both
