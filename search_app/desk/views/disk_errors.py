"""The answer when the disk refuses to write: nothing was accepted, and why."""

from __future__ import annotations

import logging

from flask import render_template, request

from indexer.errors import reason
from search_app.desk.views.guard import desk

_LOG = logging.getLogger(__name__)


@desk.errorhandler(OSError)
def refused_by_the_disk(error: OSError) -> tuple[str, int]:
    """Something that was sent could not be kept."""
    _LOG.error("El disco se negó: %s %s", request.method, request.url_rule or "?", exc_info=error)
    said = f"El servidor no pudo guardarlo ({reason(error)}). Avise a quien lo cuida, y repítalo cuando esté resuelto."
    return render_template("desk/failure.html", titulo="No se pudo guardar", detalle=said), 409
