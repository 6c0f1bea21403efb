"""The list of the rooms' blueprints, in the order in which they are registered."""

from search_app.desk.views.blueprint import desk
from search_app.exporting.views import exporting
from search_app.finding.views import finding
from search_app.quotations.views import quotation
from search_app.reading.views import reading
from search_app.registers.views import registers
from search_app.study.views import study
from search_app.web.api import api
from search_app.web.views import conventions

BLUEPRINTS = (finding, conventions, reading, study, exporting, quotation, registers, api, desk)
