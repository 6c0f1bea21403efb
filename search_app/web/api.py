"""The API beyond searching: what the pages show, as JSON. Keys and where their values stand are in ``openapi.toml``."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from indexer.index.catalogue import PageRecord
from indexer.index.protocol import SearchIndex
from indexer.model import PageId
from search_app.asking.listing import Part, names_of, read_list, sought
from search_app.asking.parameters import choice, first_value, read
from search_app.asking.periods import UNITS
from search_app.asking.suggesting import suggested
from search_app.finding.following import found_per_session
from search_app.finding.json_results import answer
from search_app.finding.results_page import answered
from search_app.finding.trend import trend
from search_app.http.answers import at_cursor, current_index, following, json_response, pairs
from search_app.http.few_at_once import few_at_once
from search_app.quotations.answer import quotation_answer, read_asked
from search_app.registers.entities import entities_page
from search_app.registers.people import people_page, person_page
from search_app.shown.addresses import Pairs, page_address, topic_address
from search_app.shown.collection import Collection, topic_name
from search_app.shown.page_parts import Pager
from search_app.study.comparison import comparison_page
from search_app.study.comparison_counts import read_comparison
from search_app.study.concordance import concordance_page, read_concordance
from search_app.study.contrast_page import COMPANY, KEYWORDS, read_study, study_page
from search_app.web.openapi import Schema, written

api = Blueprint("api", __name__)


def _results(given: Pairs, index: SearchIndex, collection: Collection) -> dict[str, Any]:
    asked, found = answered(read(given), index)
    pager = Pager.of(asked.page, found.total_full + found.total_partial, asked.per_page, str)
    return answer(asked, found, collection.catalogue.edition) | {"siguiente": pager}


def _trend(given: Pairs, index: SearchIndex, collection: Collection) -> Any:
    asked, unit = read(given), choice("por", first_value("por", given), ("", *UNITS))
    asked, found = answered(asked, index)
    return asked, trend(asked, found, index, collection, unit)


def _sessions(given: Pairs, index: SearchIndex, collection: Collection) -> Part[Any]:
    asked = read_list(given, "")
    visible = {event.slug for event in collection.events.values() if asked.fictitious or not event.fictitious}
    events = {value for name, value in given if name == "evento" and value.strip()} or visible
    sessions = [one for one in collection.catalogue.sessions if one.event in events]

    def row(place: int) -> tuple[Any, ...]:
        page = sessions[place].page
        record = collection.catalogue.pages.get(str(page), PageRecord("", 0, 0))
        return sessions[place], collection.events[page.event], record, page_address(page)

    return asked.part(
        len(sessions), row, ("mesa", "mesas"),
        lambda: names_of("mesa", [str(one.page) for one in sessions], index, collection),
    )  # fmt: skip


def _topics(given: Pairs, _: SearchIndex, collection: Collection) -> Part[Any]:
    counts = collection.overview.topic_counts
    rows = [(topic, counts.get(topic.id, 0), topic_address(topic.id)) for topic in collection.topics.values()]
    names = [sought(topic_name(topic)) for topic, _, _ in rows]
    return read_list(given, "").part(len(rows), rows.__getitem__, ("tema", "temas"), lambda: names)


@few_at_once()
def _lines(given: Pairs, index: SearchIndex, collection: Collection) -> Any:
    return concordance_page(read_concordance(given), index, collection)


ADDRESSES: dict[str, Callable[..., Any]] = {
    "/api/buscar": _results,
    "/api/tendencia": _trend,
    "/api/seguir": found_per_session,
    "/api/sugerir": suggested,
    "/api/cotejar": lambda given, index, known: quotation_answer(read_asked(given), index, known),
    "/api/mesas": _sessions,
    "/api/temas": _topics,
    "/api/personas": lambda given, index, known: people_page(index, known, read_list(given, "")),
    "/api/personas/<slug:persona>": lambda given, index, known, persona: person_page(
        persona, index, known, read_list(given, "")
    ),
    "/api/entidades": lambda given, index, known: entities_page(index, known, read_list(given, "")),
    "/api/en-contexto": _lines,
    "/api/comparar": lambda given, index, known: comparison_page(read_comparison(given), index, known),
    f"/api{COMPANY.path}": lambda given, index, known: study_page(read_study(COMPANY, given), index, known),
    f"/api{KEYWORDS.path}": lambda given, index, known: study_page(read_study(KEYWORDS, given), index, known),
}
"""What each address shows of a generation; a slug of the address is a keyword."""


def _view(path: str, show: Callable[..., Any]) -> Callable[..., Response]:
    """The view of an address: what is shown, as the schema of its answer describes it."""

    def view(**named: str) -> Response:
        [operation] = written()["paths"][path.replace("<slug:", "{").replace(">", "}")].values()
        schemas = written()["components"]["schemas"]
        with current_index().now() as (index, collection):
            edition = collection.catalogue.edition
            given = at_cursor(pairs(), edition)
            answer = _as(schemas[operation["schema"]], (edition, show(given, index, collection, **named)), schemas)
            if "siguiente" in answer:
                answer["siguiente"] = following(given, edition, answer["siguiente"])
            return json_response(answer)

    return view


def _as(schema: Schema, value: Any, schemas: Schema) -> Any:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        return value
    if "properties" in schema and value is not None:
        found = {name: (row, _at(row.get("from", ""), value)) for name, row in schema["properties"].items()}
        gone = {name for name in schema.get("optional", ()) if found[name][1] is None}
        return {name: _as(*found[name], schemas) for name in found if name not in gone}
    if "items" in schema and value is not None:
        return [_as(schema["items"], one, schemas) for one in value]
    if isinstance(value, dt.date | PageId):
        return str(value)
    if isinstance(value, float):
        return round(value, 4)
    return "".join(value) if isinstance(value, tuple) else value


def _at(path: str, value: Any) -> Any:
    """What stands at ``1.people.rows``: attributes and keys by name, items by place; nothing where nothing is."""
    for part in filter(None, path.split(".")):
        if isinstance(value, dict):
            value = value.get(part)
        elif value is not None:
            value = value[int(part)] if part.isdigit() else getattr(value, part)
    return value


for _path, _show in ADDRESSES.items():
    api.add_url_rule(_path, _path, _view(_path, _show))
