"""``/en-contexto`` and ``/comparar``."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from search_app.http.answers import csv_response, current_index, pairs
from search_app.http.few_at_once import few_at_once
from search_app.study.comparison import comparison_page
from search_app.study.comparison_counts import comparison_csv, read_comparison
from search_app.study.concordance import concordance_page, read_concordance

study = Blueprint("study", __name__)


@study.get("/en-contexto")
@few_at_once()
def in_context() -> str:
    """Every occurrence of a search, one per line."""
    asked, order = read_concordance(pairs())
    with current_index().now() as (index, collection):
        page = concordance_page(asked, order, index, collection)
    return render_template("study/concordance.html", pagina=page)


@study.get("/comparar")
def compare() -> str | Response:
    """Up to four terms over mesas, days, years, people or entities; with ``formato=csv``, every row."""
    comparison = read_comparison(pairs())
    with current_index().now() as (index, collection):
        if request.args.get("formato") == "csv":
            return csv_response(comparison_csv(comparison, index, collection), "comparar")
        page = comparison_page(comparison, index, collection)
    return render_template("study/comparison.html", pagina=page)
