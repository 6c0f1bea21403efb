"""Tries the names of a person on the published collection before they are saved: how many fragments bear each."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from indexer.config import Settings
from indexer.engines import open_index
from indexer.language.folding import fold
from indexer.language.named_people import named
from indexer.operations.root_rows import PEOPLE, edited


def try_person(settings: Settings, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is published under each name of a person as it is asked for (see ``edited``); nothing is written.

    Raises:
        CorpusError: It cannot be saved so.
        IndexMissing, IndexDamaged: Nothing is published.
    """
    text, called = edited(PEOPLE.text(settings), PEOPLE, asked)
    row = next(one for one in PEOPLE.rows(text) if one["nombre"] == called)
    with closing(open_index(settings.index)) as index:
        known = {fold(name): tally for name, tally in named(index, index.overview().catalogue).items()}
    forms = []
    for form in (called, *row.get("variantes", ())):
        tally = known.get(fold(form))
        first = [{"pagina": str(tally.first[0]), "numero": tally.first[1]}] if tally and tally.first else []
        forms.append({"forma": form, "fragmentos": tally.fragments if tally else 0, "primeros": first})
    return {"persona": called, "formas": forms, "fragmentos": sum(one["fragmentos"] for one in forms), "avisos": []}
