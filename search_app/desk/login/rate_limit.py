"""How often somebody may try, counted together by all processes over one corpus.

A try is noted before it is counted, so that of those made at one moment never too many pass.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from search_app.desk.login.marks import Marks

TRIES_A_MINUTE = 5
LONGEST_PAUSE_S = 5.0
MOST_WAITING = 2
"""Threads of this process that wait before they look at a password; the others are for who has not tried too often."""


class RateLimit:
    """The tries of the last minute."""

    def __init__(self, corpus: Path, now: Callable[[], float] = time.time) -> None:
        self._tries = Marks(corpus, "intentos", 60, now)

    def note(self, key: str) -> tuple[str, int]:
        """Note another try of somebody (``key``): its mark, and which one of theirs it is within the minute, from 1."""
        whose = hashlib.sha256(key.encode()).hexdigest()[:32]
        mark = f"{whose}.{secrets.token_hex(8)}"
        return mark, sum(each.startswith(whose) for each in self._tries.put(mark))

    def forgive(self, *marks: str) -> None:
        """These tries were no mistakes."""
        for mark in marks:
            self._tries.remove(mark)

    def allow(self, key: str) -> bool:
        """Whether another try may be made now; if so, it is counted. A refusal changes nothing."""
        mark, number = self.note(key)
        if number > TRIES_A_MINUTE:
            self.forgive(mark)
        return number <= TRIES_A_MINUTE


class Turn(NamedTuple):
    """A password may be looked at now; ``late``: its address tried too often; ``marks``: to forgive if it is right."""

    late: bool
    marks: tuple[str, ...] = ()


class SignInPace:
    """When a password is looked at.

    There is a pause before it from an address that tried too often, and for a name that was tried too often. A right
    password gets in all the same, so that nobody can lock out who has an account. Where too many wait already, an
    address that tried too often is refused; whoever else need not wait.
    """

    def __init__(self, limit: RateLimit, pause: Callable[[float], None] = time.sleep) -> None:
        self._limit = limit
        self._pause = pause
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)

    def turn(self, address: str, name: str) -> Turn | None:
        """Wait until the password for a name may be looked at; None where it is not looked at now."""
        try:
            mark, here = self._limit.note(f"dirección {address}")
            other, named = self._limit.note(f"nombre {name}")
            turn = Turn(here > TRIES_A_MINUTE, (mark, other))
            pause_s = LONGEST_PAUSE_S if turn.late else min(LONGEST_PAUSE_S, named - TRIES_A_MINUTE)
        except OSError:  # nothing can be counted on such a disk: everybody is slow
            turn, pause_s = Turn(True), LONGEST_PAUSE_S
        if pause_s > 0:
            if self._waiting.acquire(blocking=False):
                try:
                    self._pause(pause_s)
                finally:
                    self._waiting.release()
            elif turn.late:
                self._limit.forgive(*turn.marks)
                return None
        return turn
