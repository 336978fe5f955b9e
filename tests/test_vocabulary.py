"""The vocabulary: whole, described in both languages, and the same as what was generated from it."""

from importlib.resources import files
from itertools import combinations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from ontology.generate_context import context_jsonld
from ontology.generate_turtle import NAMESPACE, namespace_py
from ontology.namespace import PH

RELATIONS = {
    "implements": {"relatedTo"},
    "details": {"implements", "relatedTo"},
    "guides": {"implements", "relatedTo"},
    "supersedes": {"relatedTo"},
    "replaces": {"supersedes", "relatedTo"},
    "repeals": {"supersedes", "relatedTo"},
    "amends": {"relatedTo"},
    "cites": {"relatedTo"},
    "basedOn": {"cites", "relatedTo"},
    "consolidates": {"relatedTo"},
    "suspends": {"relatedTo"},
    "corrects": {"relatedTo"},
}


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(data=files("ontology").joinpath("phahe.ttl").read_bytes(), format="turtle")


def _terms(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(NAMESPACE)})


def test_namespace_is_current() -> None:
    written = files("ontology").joinpath("namespace.py").read_text(encoding="utf-8")
    assert written == namespace_py(), "run `python -m ontology.generate`"


def test_context_is_current() -> None:
    written = files("ontology").joinpath("context.jsonld").read_text(encoding="utf-8")
    assert written == context_jsonld(), "run `python -m ontology.generate`"


def test_namespace_is_closed() -> None:
    assert str(PH.implements) == f"{NAMESPACE}implements"
    with pytest.raises(AttributeError):
        _ = PH.implement


def test_there_are_no_blank_nodes(vocabulary: Graph) -> None:
    assert not [node for triple in vocabulary for node in triple if isinstance(node, BNode)]


def test_every_term_is_labelled_in_both_languages_and_defined(vocabulary: Graph) -> None:
    for term in _terms(vocabulary):
        labels = [label for label in vocabulary.objects(term, RDFS.label) if isinstance(label, Literal)]
        assert sorted(label.language or "" for label in labels) == ["en", "vi"], term
        definitions = [str(text) for text in vocabulary.objects(term, SKOS.definition)]
        assert definitions and all(text.endswith(".") for text in definitions), term
        assert (term, RDFS.isDefinedBy, URIRef(NAMESPACE[:-1])) in vocabulary, term


def test_no_two_terms_of_a_kind_share_a_label(vocabulary: Graph) -> None:
    relations = [URIRef(NAMESPACE + name) for name in (*RELATIONS, "relatedTo")]
    for a, b in combinations(relations, 2):
        for label in vocabulary.objects(a, RDFS.label):
            assert (b, RDFS.label, label) not in vocabulary, (a, b, label)


def test_what_is_pointed_to_within_the_namespace_is_defined(vocabulary: Graph) -> None:
    known = set(_terms(vocabulary))
    for triple in vocabulary:
        for node in triple:
            if isinstance(node, URIRef) and node.startswith(NAMESPACE):
                assert node in known or str(node) == NAMESPACE, node


def test_relations_and_what_they_imply(vocabulary: Graph) -> None:
    related = PH.relatedTo
    below = set(vocabulary.transitive_subjects(RDFS.subPropertyOf, related)) - {related}
    assert {str(term).removeprefix(NAMESPACE) for term in below} == set(RELATIONS)
    for name, implied in RELATIONS.items():
        above = set(vocabulary.transitive_objects(URIRef(NAMESPACE + name), RDFS.subPropertyOf))
        own = {str(term).removeprefix(NAMESPACE) for term in above if str(term).startswith(NAMESPACE)}
        assert own == implied | {name}


def test_every_relation_is_between_documents_and_says_whether_it_is_drawn(vocabulary: Graph) -> None:
    for name in (*RELATIONS, "relatedTo"):
        term = URIRef(NAMESPACE + name)
        assert (term, RDFS.domain, PH.Document) in vocabulary and (
            term,
            RDFS.range,
            PH.Document,
        ) in vocabulary
        assert isinstance(getattr(vocabulary.value(term, PH.drawn), "value", None), bool), name


ALIGNED = [
    ("Document", RDFS.subClassOf, "http://data.europa.eu/eli/ontology#LegalResource"),
    ("Body", RDFS.subClassOf, "http://www.w3.org/ns/org#Organization"),
    ("Source", RDFS.subClassOf, "http://www.w3.org/ns/prov#Entity"),
    ("DocumentType", RDFS.subClassOf, "http://www.w3.org/2004/02/skos/core#Concept"),
    ("basedOn", RDFS.subPropertyOf, "http://data.europa.eu/eli/ontology#based_on"),
    ("implements", RDFS.subPropertyOf, "http://data.europa.eu/eli/ontology#ensures_implementation_of"),
    ("quote", RDFS.subPropertyOf, "http://www.w3.org/ns/oa#exact"),
    ("dateIssued", RDFS.subPropertyOf, "http://purl.org/dc/terms/issued"),
    ("source", RDFS.subPropertyOf, "http://www.w3.org/ns/prov#wasDerivedFrom"),
]


@pytest.mark.parametrize(("name", "predicate", "target"), ALIGNED)
def test_alignment(vocabulary: Graph, name: str, predicate: URIRef, target: str) -> None:
    assert (URIRef(NAMESPACE + name), predicate, URIRef(target)) in vocabulary


def test_header(vocabulary: Graph) -> None:
    ontology = URIRef(NAMESPACE[:-1])
    assert (ontology, RDF.type, OWL.Ontology) in vocabulary
    assert str(vocabulary.value(ontology, OWL.versionInfo)) == "0.1.0"
