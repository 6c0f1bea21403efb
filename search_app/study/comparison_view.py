"""Comparisons of terms."""

from __future__ import annotations

from flask import Blueprint, render_template

from search_app.http.answers import pairs, service
from search_app.study.comparison import comparison_page, read_comparison

comparing = Blueprint("comparing", __name__)


@comparing.get("/comparar")
def compare() -> str:
    """Up to four terms over mesas, days, people or entities."""
    comparison = read_comparison(pairs())
    with service().now() as (index, collection):
        page = comparison_page(comparison, index, collection)
    return render_template("study/comparison.html", pagina=page)
