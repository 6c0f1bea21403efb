"""The OpenSearch 1.1 description, with which a browser learns to search here, and its suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from search_app.asking.suggesting import Suggestion
from search_app.shown.addresses import address
from search_app.shown.serializing import document, put

MIMETYPE = "application/opensearchdescription+xml"
SUGGESTIONS_MIMETYPE = "application/x-suggestions+json"
NAME = "Consta"
"""At most 16 letters."""
DESCRIPTION = "Busca en lo que se dijo en sesiones grabadas y lleva al turno, al segundo y a la cita."
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


def description(base: str) -> bytes:
    """The description document; ``base`` is scheme and host, for addresses here are whole ones."""
    root = Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    put(root, "ShortName", NAME)
    put(root, "Description", DESCRIPTION)
    pages = "pagina={startPage?}"
    for kind, rel, template in (
        ("text/html", "results", f"/buscar?q={{searchTerms}}&{pages}"),
        ("application/atom+xml", "results", f"/buscar.atom?q={{searchTerms}}&{pages}"),
        ("application/json", "results", f"/api/buscar?q={{searchTerms}}&{pages}&por_pagina={{count?}}"),
        (SUGGESTIONS_MIMETYPE, "suggestions", "/api/sugerir/opensearch?q={searchTerms}"),
        (MIMETYPE, "self", "/opensearch.xml"),
    ):
        put(root, "Url", attributes={"type": kind, "rel": rel, "template": base + address(template)})
    for size, kind, name in (("16", "image/x-icon", "/favicon.ico"), ("64", "image/svg+xml", "/static/favicon.svg")):
        put(root, "Image", base + address(name), {"height": size, "width": size, "type": kind})
    put(root, "Query", attributes={"role": "example", "searchTerms": "PREP"})
    for tag, text in (
        ("SyndicationRight", "open"),
        ("AdultContent", "false"),
        ("Language", "es-MX"),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        put(root, tag, text)
    return document(root)


def suggestions(text: str, found: Sequence[Suggestion], base: str) -> list[Any]:
    """What was typed, what may be meant, what each is, where each leads (OpenSearch Suggestions 1.1)."""
    return [text, [s.text for s in found], [s.label for s in found], [base + s.url for s in found]]
