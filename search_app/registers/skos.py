"""The vocabulary as SKOS in JSON-LD 1.1 (W3C Recommendation of 18 August 2009).

Signs are no labels in the sense of SKOS, since they do not mean the topic: they go into a scope note.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from indexer.index.catalogue import Catalogue
from indexer.model.vocabulary import Topic
from indexer.word_lists import beside
from search_app.shown.addresses import topic_address
from search_app.shown.video import web_address

LANGUAGE = "es-MX"
MIMETYPE = "application/ld+json"
TITLE = "Vocabulario de elecciones locales de México"

_IRI = "!#$%&'()*+,/:;=?@[]~"
"""Characters of an address that stay as they are; what no IRI may hold is written with ``%``."""


CONTEXT: dict[str, Any] = beside(__file__)["context"]


def document(catalogue: Catalogue, base: str) -> dict[str, Any]:
    """The scheme and its concepts.

    Args:
        catalogue: Whose topics.
        base: Scheme and host of the addresses (``https://consta.example.mx``).
    """
    scheme = base + topic_address("")
    known = {topic.id for topic in catalogue.topics}
    tops = [topic.id for topic in catalogue.topics if not known.intersection(topic.broader)]
    head = {
        "id": scheme,
        "type": "skos:ConceptScheme",
        "title": TITLE,
        "language": LANGUAGE,
        "version": catalogue.edition,
        "hasTopConcept": _addresses(tops, base),
    }
    concepts = [_concept(topic, scheme, base, known) for topic in catalogue.topics]
    return {"@context": CONTEXT, "@graph": [_full(head), *map(_full, concepts)]}


def _concept(topic: Topic, scheme: str, base: str, known: set[str]) -> dict[str, Any]:
    labels = [topic.label]
    alternative = _new((*topic.acronyms, *topic.equivalents), labels)
    hidden = _new(topic.hidden, [*labels, *alternative])
    addresses = [quote(source, safe=_IRI) for source in topic.sources if web_address(source)]
    citations = [source for source in topic.sources if not web_address(source)]
    broader = [other for other in topic.broader if other in known]
    return {
        "id": base + topic_address(topic.id),
        "type": "skos:Concept",
        "inScheme": scheme,
        "topConceptOf": None if broader else scheme,
        "notation": topic.id,
        "prefLabel": topic.label,
        "altLabel": alternative,
        "hiddenLabel": hidden,
        "broader": _addresses(broader, base),
        "narrower": _addresses((other for other in topic.narrower if other in known), base),
        "related": _addresses((other for other in topic.related if other in known), base),
        "definition": topic.definition,
        "scopeNote": f"También lo sugieren, junto a otro indicio: {', '.join(topic.signs)}." if topic.signs else None,
        "editorialNote": "Definición sin cotejar con una fuente." if topic.definition and not topic.verified else None,
        "source": addresses,
        "citation": [*([topic.norm] if topic.norm else []), *citations],
    }


def _addresses(topics: Iterable[str], base: str) -> list[str]:
    return [base + topic_address(topic) for topic in topics]


def _new(forms: Iterable[str], known: list[str]) -> list[str]:
    """Each form once, without those that are another kind of label already (condition S13)."""
    return [form for form in dict.fromkeys(forms) if form not in known]


def _full(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in node.items() if value not in (None, [])}
