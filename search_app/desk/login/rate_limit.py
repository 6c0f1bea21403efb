"""The rate limit: how many times per minute a person may try."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MOST_KEYS = 10_000
"""Of more, those that tried longest ago are forgotten."""


class RateLimit:
    """A sliding minute in memory. Safe to use from several threads."""

    def __init__(self, most: int, seconds: float = 60.0, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._made: dict[str, tuple[float, ...]] = {}
        """When each key tried, never empty; the keys stand by when they last did."""
        self._lock = threading.Lock()

    def allow(self, *keys: str) -> bool:
        """Whether another try may be made now by all of these; if so, it is counted. A refusal changes nothing."""
        with self._lock:
            now = self._now()
            known = {key: self._recent(key, now) for key in keys}
            if any(len(times) >= self._most for times in known.values()):
                return False
            for key, times in known.items():
                self._made.pop(key, None)
                self._made[key] = (*times, now)
            while len(self._made) > MOST_KEYS:
                del self._made[next(iter(self._made))]
            return True

    def clear(self) -> None:
        """Nobody has tried anything."""
        with self._lock:
            self._made.clear()

    def forgive(self, *keys: str) -> None:
        """The last try was no mistake."""
        with self._lock:
            for key in keys:
                if times := self._made.get(key):
                    self._made[key] = times[:-1]
                    if not self._made[key]:
                        del self._made[key]

    def _recent(self, key: str, now: float) -> tuple[float, ...]:
        return tuple(made for made in self._made.get(key, ()) if made > now - self._seconds)
