"""``/acervo/personas``: everybody who is named; names that may belong to one person, united or kept apart."""

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.index.protocol import SearchIndex
from indexer.language.named_people import Proposal, proposals
from indexer.language.spanish import slug
from search_app.asking.listing import read_list, sought
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import desk
from search_app.desk.views.registers import everybody
from search_app.desk.views.sending import carry_out
from search_app.http.answers import current_index, pairs
from search_app.shown.addresses import person_address
from search_app.shown.collection import Collection, once_per_edition

_ADDRESS = "/acervo/personas"


@desk.get(_ADDRESS)
def alike() -> str:
    """The list, and the proposals over what is published."""
    asked = read_list(pairs(), _ADDRESS)
    with current_index().now() as (index, collection):
        found, people = similar_names(index, collection), everybody(index, collection)
    listed = asked.part(
        len(people),
        lambda place: (*people[place], f"{_ADDRESS}/{slug(people[place][0])}"),
        ("persona", "personas"),
        lambda: [sought(name) for name, _ in people],
    )
    return render_template(
        "desk/people.html",
        personas=listed,
        propuestas=[(_linked(one.name), [_linked(other) for other in one.others]) for one in found],
    )


@desk.post(_ADDRESS)
def decide() -> AnyResponse:
    """They are one person, called by one of the names; or they are not, and are not proposed again."""
    name, other = (line(request.form, field, 200, called="El nombre") for field in ("nombre", "otra"))
    if not name or not other:
        raise InvalidInput("Elija los dos nombres en la lista")
    title, options = f"«{name}» se llama «{other}» en todo el acervo", {"unir": name, "en": other}
    if request.form.get("accion") == "distintas":
        title, options = f"«{name}» y «{other}» son personas distintas", {"distinta": name, "de": other}
    return carry_out(title, CommandCall("personas", (), options), after=_ADDRESS)


def _linked(name: tuple[str, int]) -> tuple[str, int, str]:
    """A name with what is said of them, and where that is read."""
    return *name, person_address(slug(name[0]))


@once_per_edition
def similar_names(index: SearchIndex, collection: Collection) -> tuple[Proposal, ...]:
    """Names that may belong to one person, over what is published."""
    return proposals(index, collection.catalogue)
