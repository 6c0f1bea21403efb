"""``/ayuda/acervo``: the public help page for staff, with pictures."""

from __future__ import annotations

from flask import Blueprint, render_template

desk_help = Blueprint("desk_help", __name__)


@desk_help.get("/ayuda/acervo")
def explained() -> str:
    """The page."""
    return render_template("desk/help.html")
