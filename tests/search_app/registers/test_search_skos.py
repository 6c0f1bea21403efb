"""``/temas.jsonld`` read back with rdflib, and held to the integrity conditions of SKOS (2009)."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from indexer.index.catalogue import Catalogue
from indexer.model.vocabulary import Topic
from search_app.registers import skos
from search_app.shown.serializing import to_json

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib")
"""rdflib 7.6 warns of itself."""

BASE = "https://consta.example.mx"
PREP = URIRef(f"{BASE}/temas/prep")
SCHEME = URIRef(f"{BASE}/temas/")


@pytest.fixture(scope="module")
def graph(shipped: FlaskClient) -> Graph:
    answer = shipped.get("/temas.jsonld")
    assert answer.status_code == 200
    assert answer.mimetype == "application/ld+json"
    return Graph().parse(data=answer.get_data(as_text=True), format="json-ld")


def es(text: str) -> Literal:
    return Literal(text, lang="es-MX")


def test_every_topic_is_a_concept_of_the_scheme(graph: Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == 84
    assert set(graph.subjects(SKOS.inScheme, SCHEME)) == concepts
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [SCHEME]
    tops = set(graph.objects(SCHEME, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, SCHEME)) == {
        concept for concept in concepts if not list(graph.objects(concept, SKOS.broader))
    }  # fmt: skip


def test_the_prep_says_what_the_vocabulary_says(graph: Graph) -> None:
    for predicate, value in [
        (SKOS.prefLabel, es("Programa de Resultados Electorales Preliminares")),
        (SKOS.altLabel, es("PREP")),
        (SKOS.altLabel, es("resultados preliminares")),
        (SKOS.hiddenLabel, es("pre p")),
        (SKOS.broader, URIRef(f"{BASE}/temas/resultados-electorales")),
        (SKOS.broader, URIRef(f"{BASE}/temas/sistemas-informaticos")),
        (SKOS.narrower, URIRef(f"{BASE}/temas/cotaprep")),
        (SKOS.related, URIRef(f"{BASE}/temas/conteo-rapido")),
        (SKOS.notation, Literal("prep")),
        (DCTERMS.bibliographicCitation, es("LGIPE arts. 219 y 305")),
    ]:
        assert (PREP, predicate, value) in graph, predicate
    [definition] = graph.objects(PREP, SKOS.definition)
    assert definition.language == "es-MX"
    sources = list(graph.objects(PREP, DCTERMS.source))
    assert len(sources) == 2
    assert all(isinstance(source, URIRef) and source.startswith("https://") for source in sources)


def test_signs_are_no_labels(graph: Graph) -> None:
    boletas = URIRef(f"{BASE}/temas/documentacion-electoral")
    labels = {str(label) for kind in (SKOS.altLabel, SKOS.hiddenLabel) for label in graph.objects(boletas, kind)}
    assert "boletas" not in labels
    assert "boletas" in str(next(graph.objects(boletas, SKOS.scopeNote)))


def test_one_preferred_label_a_language_and_no_label_of_two_kinds(graph: Graph) -> None:
    """Conditions S13 and S14; and no two concepts share a preferred label."""
    every: list[Literal] = []
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        kinds = [set(graph.objects(concept, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert [label.language for label in kinds[0]] == ["es-MX"]
        assert not any(one & other for one, other in combinations(kinds, 2))
        every += kinds[0]
    assert max(Counter(map(str.lower, every)).values()) == 1


def test_what_is_related_is_neither_above_nor_below(graph: Graph) -> None:
    """Conditions S24, S25 and S27; what is broader has an inverse, what is related holds both ways."""
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        related = set(graph.objects(concept, SKOS.related))
        assert not above & related
        assert concept not in set(graph.objects(concept, SKOS.broader)) | related
        assert all((other, SKOS.related, concept) in graph for other in related)
        assert all((other, SKOS.narrower, concept) in graph for other in graph.objects(concept, SKOS.broader))
        assert all((other, SKOS.broader, concept) in graph for other in graph.objects(concept, SKOS.narrower))


def test_sources_that_are_no_clean_address_make_no_broken_graph(caplog: pytest.LogCaptureFixture) -> None:
    topic = Topic(
        "raro", "Raro", equivalents=("Raro", "Rareza"), hidden=("rareza", "Rareza"),
        broader=("nadie",), sources=("https://a.mx/b c?d={e}&f=ñ<g>", "Un libro, p. 3", "javascript:alert(1)"),
    )  # fmt: skip
    catalogue = Catalogue("x", None, "y", topics=(topic,))  # type: ignore[arg-type]
    graph = Graph().parse(data=to_json(skos.document(catalogue, BASE)), format="json-ld")
    graph.serialize(format="nt")
    assert not caplog.records
    node = URIRef(f"{BASE}/temas/raro")
    assert list(graph.objects(node, DCTERMS.source)) == [URIRef("https://a.mx/b%20c?d=%7Be%7D&f=%C3%B1%3Cg%3E")]
    assert set(graph.objects(node, DCTERMS.bibliographicCitation)) == {es("Un libro, p. 3"), es("javascript:alert(1)")}
    assert set(graph.objects(node, SKOS.altLabel)) == {es("Rareza")}
    assert set(graph.objects(node, SKOS.hiddenLabel)) == {es("rareza")}
    assert list(graph.objects(node, SKOS.topConceptOf)) == [SCHEME]
