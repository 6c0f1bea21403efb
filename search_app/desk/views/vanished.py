"""What a page or a form of the desk is about is not there: who did what to it, and what was sent."""

import contextlib
from typing import Any

from flask import g, request
from werkzeug.exceptions import HTTPException

from indexer.model import PageId
from search_app.desk.forms.form_fields import page_of
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.views.guard import SAID, current_desk, desk, failure
from search_app.http.answers import current_index


@desk.errorhandler(404)
def vanished(_error: HTTPException) -> tuple[str, int]:
    """Somebody else withdrew, moved or undid it meanwhile; or there was never anything."""
    asked = {**request.values, **(request.view_args or {})}
    named = [part for part in map(asked.get, ("evento", "mesa")) if part]
    page = page_of(named[-1] if "/" in named[-1] else "/".join(named)) if named and g.get("account") else None
    with current_index().now() as (_, collection):
        if page is None or collection.exists(page):
            return failure("No existe", SAID["sin_encargo" if "encargo" in asked else "nada_aqui"], 404)
        now = collection.fragment_now(page, 0)[0]
        gone = now if now.event in collection.events else PageId(now.event)
        moved = now != page and collection.exists(now)
    steps: list[dict[str, Any]] = []
    with contextlib.suppress(CommandFailed):
        if g.account.covers(frozenset([gone.event])):
            steps = current_desk().commands.ask("historial", str(page), str(gone))["pasos"]
    last = next((one for one in steps if not moved or one["accion"] in ("mover", "unir")), None)
    there = request.path.replace(f"/acervo/{page}", f"/acervo/{now}", 1) if moved else ""
    return failure("Ya no está ahí", SAID["otra_direccion" if moved else "ya_no_esta"], 404, paso=last, ahora=there)
