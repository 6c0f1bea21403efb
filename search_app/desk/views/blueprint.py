"""All addresses of the desk; each module registers its own on the blueprint."""

from __future__ import annotations

from search_app.desk.views import (  # noqa: F401 - they register themselves
    adding,
    corrections,
    disk_errors,
    entry,
    history,
    home,
    people,
    reports,
    speakers,
    withdrawing,
)
from search_app.desk.views.guard import desk

__all__ = ["desk"]
