"""How often somebody may try: so many times a minute, by whatever they are known by."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

_MOST_KEYS = 10_000


class Attempts:
    """A sliding minute in memory. Safe to use from several threads."""

    def __init__(self, most: int, seconds: float = 60.0, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._made: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allow(self, *keys: str) -> bool:
        """Whether another try may be made now by all of these; if so, it is counted."""
        with self._lock:
            now = self._now()
            if len(self._made) > _MOST_KEYS:
                self._made = {key: times for key, times in self._made.items() if times[-1] > now - self._seconds}
            known = [self._recent(key, now) for key in keys]
            if any(len(times) >= self._most for times in known):
                return False
            for key, times in zip(keys, known, strict=True):
                times.append(now)
                self._made[key] = times
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
                    times.pop()
                    if not times:
                        del self._made[key]

    def _recent(self, key: str, now: float) -> deque[float]:
        times = self._made.get(key, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        return times
