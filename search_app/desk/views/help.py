"""``/ayuda/acervo``: how staff add and mend texts, with pictures. Public: who will have an account reads it first."""

from __future__ import annotations

from flask import Blueprint, render_template

desk_help = Blueprint("desk_help", __name__)


@desk_help.get("/ayuda/acervo")
def explained() -> str:
    """The page."""
    return render_template("desk/help.html")
