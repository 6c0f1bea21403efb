"""All addresses of the staff's desk; each module puts its own onto the blueprint."""

from __future__ import annotations

from search_app.routes import (  # noqa: F401 - they register themselves
    desk_adding,
    desk_disk,
    desk_entry,
    desk_history,
    desk_home,
    desk_mending,
    desk_people,
    desk_reports,
    desk_speakers,
    desk_withdrawing,
)
from search_app.routes.desk_guard import desk

__all__ = ["desk"]
