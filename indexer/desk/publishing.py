"""``actualizar``, when it is one's turn: a step waits for the update of another one, which may do its work as well."""

from __future__ import annotations

import time

from indexer import pipeline
from indexer.config import Settings
from indexer.errors import UpdateInProgress
from indexer.history.lock import waiting_s
from indexer.pipeline import Report
from indexer.pipeline.report import Progress

_WAIT_S = 120.0
_LOOK_AGAIN_S = 0.1


def update_in_turn(settings: Settings, *, fresh: bool = False, progress: Progress | None = None) -> Report:
    """Bring the index to the state of the corpus, after the update that is at work.

    Args:
        settings: Where they are.
        fresh: True after a withdrawal: no older generation stays.
        progress: Told of every page.

    Raises:
        UpdateInProgress: It did not end in time.
    """
    deadline = time.monotonic() + waiting_s(_WAIT_S)
    while True:
        try:
            return pipeline.update(settings, fresh=fresh, keep_old=not fresh, progress=progress)
        except UpdateInProgress:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_LOOK_AGAIN_S)
