"""Addresses: a blueprint a family of pages. Each asks the service or a family's own module; none holds logic."""

from __future__ import annotations

from search_app.routes.api import api
from search_app.routes.comparing import comparing
from search_app.routes.concordance import concordance
from search_app.routes.conventions import conventions
from search_app.routes.corrections import corrections
from search_app.routes.desk import desk
from search_app.routes.exporting import exporting
from search_app.routes.people import people
from search_app.routes.quotation import quotation
from search_app.routes.reading import pages

BLUEPRINTS = (api, conventions, pages, corrections, concordance, exporting, quotation, comparing, people, desk)
"""In the order in which they are registered; an address belongs to one family."""
