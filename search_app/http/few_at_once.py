"""Answers that cost much are made few at a time: however many are asked for, a thread is left for everything else."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from indexer.errors import ConstaError

MOST = 2
"""At a time, of a server's four threads."""
RETRY_AFTER_S = 3
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_room = threading.BoundedSemaphore(MOST)


class TooMany(ConstaError):
    """As many are being made as may be: a 503 with ``Retry-After``."""

    def __init__(self) -> None:
        super().__init__(
            f"El servidor está preparando otras descargas o listas largas. Pídala otra vez en {RETRY_AFTER_S} segundos."
        )


def few_at_once(view: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Answer with this view, unless others as costly are being made.

    Nobody waits for a turn: those who wait would take the threads.

    Raises:
        TooMany: The view is not called.
    """

    @functools.wraps(view)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        if not _room.acquire(blocking=False):
            raise TooMany
        try:
            return view(*args, **kwargs)
        finally:
            _room.release()

    return guarded
