"""Forms that a lost login interrupted: what each would do, so that staff can send it again.

A form is taken up after signing in only where its address is one of the desk's, and its purpose is said with every
field. Somebody may have been led to it; what cannot be undone (``NEVER``) is therefore asked for anew.
"""

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from indexer.model import PageId
from indexer.model.page_fields import LABELS
from indexer.word_lists import beside
from search_app.desk.forms.edits import edits_of, kept
from search_app.desk.forms.form_fields import InvalidInput
from search_app.http.answers import current_index
from search_app.shown.addresses import local

NEVER = frozenset({"desk.withdraw", "desk.leave", "desk.change_account", "desk.change_own_account"})
"""What is not taken up: a withdrawal (its confirmation is typed anew), signing out, accounts and their passwords."""
_WORDS = beside(__file__)
PURPOSES: dict[str, str] = _WORDS["purposes"]
"""What each form does, by its endpoint."""
_FIELD = re.compile(rf"({'|'.join(_WORDS['numbered'])})([0-9]{{1,9}})")
_TECHNICAL = frozenset(_WORDS["technical"])
_AT_FIRST = 25


class Field(NamedTuple):
    """One field of a form: its name, what it is called for a person, what was typed."""

    name: str
    called: str
    value: str


@dataclass(frozen=True, slots=True)
class Resumable:
    """A form that can be sent again.

    Attributes:
        fields: What is seen at once.
        more: The rest, behind a click: what is empty, and what is many.
        unseen: What says which state of a page was looked at, and nothing to a person.
    """

    address: str
    purpose: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...]
    unseen: tuple[Field, ...] = ()


def resumable(address: str, pairs: list[tuple[str, str]]) -> Resumable | None:
    """What a form would do; None where it is not to be taken up."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return None
    try:
        endpoint, values = adapter.match(local(urlsplit(address).path), method="POST")
    except HTTPException:
        return None
    if endpoint in NEVER or endpoint not in PURPOSES:
        return None
    if endpoint == "desk.edit":  # a browser sends every box of its page, also those that nobody touched
        with contextlib.suppress(InvalidInput):
            pairs = list(kept(dict(pairs), edits_of(dict(pairs))).items())
    typed = [Field(name, _called(endpoint, name), value) for name, value in pairs]
    first = [field for field in typed if field.value.strip() and field.name not in _TECHNICAL][:_AT_FIRST]
    shown = {id(field) for field in first}
    decisions: dict[str, str] = _WORDS["decisions"].get(endpoint, {})
    purpose = decisions.get(dict(pairs).get("accion", ""), PURPOSES[endpoint])
    return Resumable(
        address=address,
        purpose=purpose.format(paso=values.get("paso", ""), mesa=_title(values)),
        fields=tuple(first),
        more=tuple(field for field in typed if id(field) not in shown and field.name not in _TECHNICAL),
        unseen=tuple(field for field in typed if field.name in _TECHNICAL),
    )


def from_here(site: str | None, origin: str | None, host: str, public: str) -> bool:
    """Whether a page of this very site sent a form, as far as the browser says.

    ``Sec-Fetch-Site`` is what browsers themselves say, over https and on this machine; elsewhere there is ``Origin``.
    Programs send neither, and have no session that somebody could ride on. Another port or subdomain is another site.

    Args:
        site, origin: Those two headers.
        host: The one that was asked.
        public: The scheme and host that the world sees; empty where that is not known.
    """
    if site is not None:
        return site in ("same-origin", "none")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() in {host.lower(), urlsplit(public).netloc.lower()} - {""}


def _called(endpoint: str, name: str) -> str:
    if (listed := name.split("."))[0] in LABELS and len(listed) == 3:
        return f"{LABELS[listed[0]]}, renglón {int(listed[1]) + 1}: {LABELS.get(listed[2], listed[2])}"
    if numbered := _FIELD.fullmatch(name):
        return str(_WORDS["numbered"][numbered[1]].format(numbered[2]))
    own = _WORDS["here"].get(endpoint, {}).get(name)
    return str(own or _WORDS["called"].get(name) or LABELS.get(name, name[:60]))


def _title(values: Mapping[str, object]) -> str:
    if "evento" not in values:
        return ""
    page = PageId(str(values["evento"]), str(values["mesa"]) if values.get("mesa") else None)
    with current_index().now() as (_, collection):
        return collection.title(page) if collection.exists(page) else str(page)
