"""What a page or a form of the desk is about is not there: who did what to it, and what was sent."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from flask import g, request
from werkzeug.exceptions import HTTPException

from indexer.model import PageId
from search_app.desk.forms.form_fields import page_of
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.views.guard import SAID, current_desk, desk, failure
from search_app.http.answers import current_index


@desk.errorhandler(404)
def vanished(error: HTTPException) -> tuple[str, int]:
    """Somebody else withdrew, moved or undid it meanwhile; or there was never anything."""
    asked = {**request.values, **(request.view_args or {})}
    named = asked.get("mesa", "") if "/" in asked.get("mesa", "") else "/".join(filter(None, map(asked.get, _PARTS)))
    page = page_of(named) if g.get("account") else None
    with current_index().now() as (_, collection):
        if page is None or collection.exists(page):
            return failure("No existe", SAID["sin_encargo" if "encargo" in asked else "nada_aqui"], 404)
        now = collection.fragment_now(page, 0)[0]
        gone = now if now.event in collection.events else PageId(now.event)
        moved = now != page and collection.exists(now)
    there = request.path.replace(f"/acervo/{page}", f"/acervo/{now}", 1) if moved else ""
    said = SAID["otra_direccion" if moved else "ya_no_esta"]
    return failure("Ya no está ahí", said, 404, paso=_last_step(page, gone, moved), ahora=there)


_PARTS = ("evento", "mesa")


def _last_step(page: PageId, gone: PageId, moved: bool) -> Mapping[str, Any] | None:
    """What was done last to a page, under its old address or its new one; of one that moved, what moved it."""
    if not g.account.covers(frozenset([gone.event])):
        return None
    with contextlib.suppress(CommandFailed):
        steps = current_desk().commands.ask("historial", str(page), str(gone))["pasos"]
        return next((one for one in steps if not moved or one["accion"] in ("mover", "unir")), None)
    return None
