"""``/acervo/temas/`` and ``/acervo/personas/``: topics and people, one of them tried on the collection and saved.

Names that may belong to one person are united or kept apart.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import abort, render_template, request

from indexer.index.protocol import SearchIndex
from indexer.language.collation import alphabetical
from indexer.language.named_people import Proposal, named, proposals
from indexer.language.spanish import slug
from indexer.model.page_fields import PERSON_FIELDS, TOPIC_FIELDS, Field
from search_app.asking.listing import read_list, sought
from search_app.desk.forms.form_fields import InvalidInput, line
from search_app.desk.forms.page_editing import field_form, given_of
from search_app.desk.jobs.commands import CommandFailed
from search_app.desk.jobs.job import CommandCall
from search_app.desk.views.guard import Answer, current_desk, desk
from search_app.desk.views.sending import carry_out, interrupted_job
from search_app.http.answers import current_index, pairs
from search_app.shown.addresses import person_address
from search_app.shown.collection import Collection, once_per_edition

NEW = "-nuevo"
"""In place of the name of a topic or a person: no name begins so."""
_ADDRESS = "/acervo/personas"


class Register(NamedTuple):
    """A list of the corpus's root: its fields (the first one names a row), what a row is called, how all are listed."""

    fields: tuple[Field, ...]
    called: str
    lists: dict[str, bool]


REGISTERS = {
    "temas": Register(TOPIC_FIELDS, "el tema", {}),
    "personas": Register(PERSON_FIELDS, "la persona", {"lista": True}),
}


@desk.get("/acervo/temas")
def topics() -> str:
    """Every topic of the vocabulary that is published."""
    asked = read_list(pairs(), "/acervo/temas")
    with current_index().now() as (_, collection):
        found = list(collection.topics.values())
        listed = asked.part(
            len(found), found.__getitem__, ("tema", "temas"),
            lambda: [sought(" ".join((one.id, one.label, *one.acronyms, *one.equivalents))) for one in found],
        )  # fmt: skip
    return render_template("desk/topics.html", temas=listed)


@once_per_edition
def everybody(index: SearchIndex, collection: Collection) -> list[tuple[str, int]]:
    """Everybody who is named in what is published or in ``personas.toml``, with the fragments of each."""
    counts = {name: tally.fragments for name, tally in named(index, collection.catalogue).items()}
    counts = dict.fromkeys((person.name for person in collection.catalogue.people), 0) | counts
    return sorted(counts.items(), key=lambda one: alphabetical(one[0]))


@desk.get("/acervo/temas/<cual>", defaults={"registro": "temas"})
@desk.get("/acervo/personas/<cual>", defaults={"registro": "personas"})
def row(registro: str, cual: str) -> str:
    """The fields of one, or of a new one; what was typed where it could not be saved."""
    job = interrupted_job(registro)
    name = request.args.get("etiqueta", "")[:200]
    proposed = {"antes": "", "campos": {"id": slug(name), "etiqueta": name}} if name and cual == NEW else None
    return _page(registro, cual, job.calls[0].given if job else proposed)


@desk.post("/acervo/temas/<cual>", defaults={"registro": "temas"})
@desk.post("/acervo/personas/<cual>", defaults={"registro": "personas"})
def save_row(registro: str, cual: str) -> Answer:
    """Say what it would tag or whom it would name; or save it."""
    register = REGISTERS[registro]
    given = {"antes": request.form.get("antes", ""), **given_of(request.form, register.fields)}
    name = str(given["campos"][register.fields[0].key])
    if request.form.get("accion") != "guardar":
        try:
            trial = current_desk().commands.ask(registro, options={"probar": True}, given=given)
        except CommandFailed as fault:
            return _page(registro, cual, given, notice=str(fault)), 400
        return _page(registro, cual, given, trial=trial)
    call = CommandCall(registro, (), {"escribir": True}, given)
    title = f"Guardar {register.called} «{given['campos'].get('etiqueta') or name or given['antes']}»"
    return carry_out(title, call, after=f"/acervo/{registro}/{slug(name) or NEW}", reopens=True)


def _page(
    registro: str, cual: str, typed: Mapping[str, Any] | None, trial: dict[str, Any] | None = None, notice: str = ""
) -> str:
    register = REGISTERS[registro]
    name = register.fields[0].key
    rows = current_desk().commands.ask(registro, options=register.lists)[registro]
    now = next((one for one in rows if (one[name] == typed["antes"] if typed else slug(one[name]) == cual)), None)
    with current_index().now() as (index, collection):
        labels = {one.id: one.label for one in collection.topics.values()}
        published = [one for one, _ in everybody(index, collection) if registro == "personas" and slug(one) == cual]
    if now is None and not typed and not published and cual != NEW:
        abort(404)
    here = {"base": now["base"] if now else "", "campos": now or {name: "".join(published[:1])}}
    return render_template(
        "desk/register_row.html",
        registro=registro,
        cual=cual,
        datos=field_form(register.fields, here, typed if typed and now else typed and {**typed, "base": ""}),
        antes=now[name] if now else "",
        temas=labels,
        publicada="".join(published[:1]),
        prueba=trial,
        aviso=notice,
    )


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
def decide() -> Answer:
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
