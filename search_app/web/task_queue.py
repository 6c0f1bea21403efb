"""Requests wait here for a thread. Those that cost much wait for each other first, and hold none meanwhile."""

from collections import deque
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from search_app.http.few_at_once import MOST

MOST_ASIDE = 16
"""Costly requests that wait; one more is refused by the application, which tells when to ask again."""


class TaskQueue(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Waitress's queue, with a second one before it for what ``few_at_once`` makes."""

    def __init__(self) -> None:
        super().__init__()
        self._under_way = 0
        self._aside: deque[Any] = deque()

    def add_task(self, task: Any) -> None:
        """Have a connection's first request answered when it is its turn."""
        if task.requests[0].costly:
            with self.lock:
                if self._under_way >= MOST and len(self._aside) < MOST_ASIDE:
                    self._aside.append(task)
                    return
                self._under_way += 1
        super().add_task(task)

    def answered(self) -> None:
        """A costly request is answered: the next one takes its turn."""
        with self.lock:
            self._under_way -= 1
            if self._under_way >= MOST or not self._aside:
                return
            self._under_way += 1
            following = self._aside.popleft()
        super().add_task(following)
