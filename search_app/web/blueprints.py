"""Addresses: a blueprint a family of pages. Each asks the service or a family's own module; none holds logic."""

from __future__ import annotations

from search_app.desk.views.blueprint import desk
from search_app.desk.views.help import desk_help
from search_app.exporting.views import exporting
from search_app.finding.views import api
from search_app.quotations.views import quotation
from search_app.reading.corrections_view import corrections
from search_app.reading.views import pages
from search_app.registers.views import people
from search_app.study.comparison_view import comparing
from search_app.study.concordance_view import concordance
from search_app.web.views import conventions

BLUEPRINTS = (
    api,
    conventions,
    pages,
    corrections,
    concordance,
    exporting,
    quotation,
    comparing,
    people,
    desk,
    desk_help,
)
"""In the order in which they are registered; an address belongs to one family."""
