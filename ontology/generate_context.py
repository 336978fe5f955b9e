"""Makes `context.jsonld` from `phahe.ttl`: `python -m ontology.generate`; what JSON-LD names stand for.

Keys are the vocabulary's local names. Where the range of a property says which kind of value it has, a value
is written plainly: an IRI as its text, a word of the vocabulary (`party`, `reported`, `implements`) as its
local name, a title without its language tag.
"""

import json
from importlib.resources import files
from typing import Any

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from ontology.generate_turtle import NAMESPACE

_PREFIXES = ("dcterms", "eli", "oa", "org", "owl", "prov", "rdf", "rdfs", "skos", "vann", "xsd")
_WORDS = {"Basis", "Polity", "Level"}
"""Classes whose individuals are words of the vocabulary."""


def context_jsonld() -> str:
    """The context document, keys sorted within their groups."""
    graph = Graph().parse(data=files("ontology").joinpath("phahe.ttl").read_bytes(), format="turtle")
    spaces = dict(graph.namespaces())
    context: dict[str, Any] = {"@version": 1.1, "@vocab": NAMESPACE, "ph": NAMESPACE}
    context |= {prefix: str(spaces[prefix]) for prefix in _PREFIXES}
    context["label"] = {"@id": "rdfs:label", "@language": "vi"}
    context["identifier"] = {"@id": "dcterms:identifier"}
    properties = {
        *graph.subjects(RDF.type, OWL.ObjectProperty),
        *graph.subjects(RDF.type, OWL.DatatypeProperty),
    }
    for property_ in sorted(properties, key=str):
        name = str(property_).removeprefix(NAMESPACE)
        context[name] = {"@id": f"ph:{name}"} | _coercion(graph, property_)
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _coercion(graph: Graph, property_: Any) -> dict[str, str]:
    range_ = graph.value(property_, RDFS.range)
    if (property_, RDF.type, OWL.ObjectProperty) in graph:
        is_word = range_ == RDF.Property or str(range_).removeprefix(NAMESPACE) in _WORDS
        return {"@type": "@vocab" if is_word else "@id"}
    if range_ == RDF.langString:
        return {"@language": "vi"}
    if isinstance(range_, URIRef) and range_.startswith(str(XSD)) and range_ != XSD.string:
        return {"@type": f"xsd:{range_.removeprefix(str(XSD))}"}
    return {}
