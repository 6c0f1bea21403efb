"""Answers that cost much are made few at a time: however many are asked for, a thread is left for everything else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from indexer.errors import ConstaError

MOST = 2
"""At a time, of a server's four threads."""
PATHS = frozenset(("/exportar", "/en-contexto"))
"""Where they are asked for: the server lets them wait for each other before they take a thread."""
RETRY_AFTER_S = 3
_room = threading.BoundedSemaphore(MOST)


class TooMany(ConstaError):
    """As many are being made as may be: a 503 with ``Retry-After``."""

    def __init__(self) -> None:
        super().__init__(
            f"El servidor está preparando otras descargas o listas largas. Pídala otra vez en {RETRY_AFTER_S} segundos."
        )


@contextmanager
def few_at_once() -> Iterator[None]:
    """Answer in here (it decorates a view), unless others as costly are being made.

    Nobody waits for a turn: those who wait would take the threads.

    Raises:
        TooMany: They are.
    """
    if not _room.acquire(blocking=False):
        raise TooMany
    try:
        yield
    finally:
        _room.release()
