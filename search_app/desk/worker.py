"""The one who does the errands: a thread that takes them one after the other, the oldest first.

A lock in the folder of the errands is held by the server that works at them, and inherited by the commands it runs: a
server that starts after a crash waits for a command that outlived the old server before it looks at what that did.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time

from search_app.desk.commands import CommandFailed, Commands
from search_app.desk.errands import Errand, Errands, Order

LOCK = "bloqueo"
ORDER_S = 1_800.0
"""Seconds that one command may take; reading and publishing the largest file takes far less."""
_LOOK_AGAIN_S = 0.2
_LOOK_ROUND_S = 5.0
"""Another server may have put an errand there."""
_PATIENCE_S = 30.0
_LOG = logging.getLogger(__name__)


class Worker:
    """Does what waits, also what waited when the last server died."""

    def __init__(self, errands: Errands, commands: Commands) -> None:
        self._errands = errands
        self._commands = commands
        self._news = threading.Condition()
        self._asked = 0
        self._ended = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, with what was left."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="encargos", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Take no further errand, and wait for the one at work."""
        with self._news:
            self._ended = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            self._thread = None

    def wake(self) -> None:
        """There is something to do."""
        with self._news:
            self._asked += 1
            self._news.notify_all()

    def wait(self, name: str, seconds: float) -> Errand | None:
        """The errand once it is done or has failed, or as it is after so many seconds."""
        deadline = time.monotonic() + seconds
        with self._news:
            while (errand := self._errands.get(name)) is not None and errand.waiting:
                left = deadline - time.monotonic()
                if left <= 0:
                    return errand
                self._news.wait(min(left, _LOOK_AGAIN_S))
            return errand

    def _work(self) -> None:
        lock = self._locked()
        if lock is None:
            return
        try:
            self._errands.sweep()
            while not self._ended:
                with self._news:
                    seen = self._asked
                for errand in list(self._errands.all()):
                    if errand.waiting and not self._ended:
                        self._guarded(errand, lock)
                with self._news:
                    if self._asked == seen and not self._ended:
                        self._news.wait(_LOOK_ROUND_S)
        finally:
            os.close(lock)

    def _locked(self) -> int | None:
        """The lock, once nobody else works here."""
        while not self._ended:
            if self._errands.root.is_dir():
                handle = os.open(self._errands.root / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return handle
                except BlockingIOError:
                    os.close(handle)
            with self._news:
                if not self._ended:
                    self._news.wait(_LOOK_ROUND_S if not self._errands.root.is_dir() else _LOOK_AGAIN_S)
        return None

    def _guarded(self, errand: Errand, lock: int) -> None:
        try:
            self._do(errand, lock)
        except CommandFailed as error:
            published = error.answer.get("publicado")
            more = " Quedó en el acervo, pero todavía no se publica." if published is False else ""
            self._errands.change(errand.id, state="fallo", error=f"{error}{more}", answer=dict(error.answer))
        except Exception as error:
            _LOG.error("Encargo %s", errand.id, exc_info=error)
            self._errands.change(errand.id, state="fallo", error="El servidor falló al hacerlo; vuelva a intentarlo.")
        with self._news:
            self._news.notify_all()

    def _do(self, errand: Errand, lock: int) -> None:
        self._errands.change(errand.id, state="en_curso", error="", runs=errand.runs + 1)
        done = max(errand.done, self._steps_taken(errand)) if errand.runs else 0
        answer = {"pagina": errand.page, **(errand.answer or {})}
        answer.pop("error", None)
        for number, order in enumerate(errand.orders[done:], start=done + 1):
            answer = self._run(errand, order, lock)
            self._errands.change(errand.id, done=number, answer=answer)
        if done == len(errand.orders) and not self._commands.publish(ORDER_S, (lock,)):
            raise CommandFailed("Quedó en el acervo, pero no se pudo publicar; vuelva a intentarlo.", {})
        if any(order.command == "retirar" for order in errand.orders):
            self._errands.forget(errand.page)
        self._errands.finish(errand.id, answer)

    def _run(self, errand: Errand, order: Order, lock: int) -> dict[str, object]:
        words = (str(self._errands.path(errand)), *order.words) if order.with_file else order.words
        options = {**order.options, "autor": errand.author, "desde": errand.origin}
        return self._commands.ask(
            order.command, *words, options=options, given=order.given, timeout_s=ORDER_S, held=(lock,)
        )

    def _steps_taken(self, errand: Errand) -> int:
        """How many of its orders are steps of the history: the server died and does not know."""
        steps = self._commands.ask("historial", timeout_s=60).get("pasos", [])
        return sum(step.get("desde") == errand.origin for step in steps if isinstance(step, dict))
