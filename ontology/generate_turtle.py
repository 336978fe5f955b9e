"""Makes `types.ttl` from `types.toml` and `namespace.py` from `phahe.ttl`: `python -m ontology.generate`.

Both are committed, so that neither a user of the Turtle nor the program needs to make them; a test compares.
"""

import json
from importlib.resources import files

from rdflib import RDF, Graph, URIRef

from ontology.doctype import DocumentType, document_types

NAMESPACE = "https://w3id.org/phahe/ontology#"
SCHEME = "https://w3id.org/phahe/type/scheme"
"""IRI of the scheme of document types."""


def types_ttl() -> str:
    """The document types as a SKOS scheme, in Turtle, sorted by slug."""
    return _TYPES_HEAD + "".join(map(_concept, sorted(document_types(), key=lambda kind: kind.slug)))


def namespace_py() -> str:
    """The module of the closed namespace: every name the vocabulary defines, sorted, in three groups."""
    graph = Graph().parse(data=files("ontology").joinpath("phahe.ttl").read_bytes(), format="turtle")
    groups: dict[str, list[str]] = {"classes": [], "properties": [], "individuals": []}
    for subject in set(graph.subjects(RDF.type, None)):
        if isinstance(subject, URIRef) and subject.startswith(NAMESPACE):
            kinds = {str(kind).rpartition("#")[2] for kind in graph.objects(subject, RDF.type)}
            is_property = any(kind.endswith("Property") for kind in kinds)
            group = "classes" if "Class" in kinds else "properties" if is_property else "individuals"
            groups[group].append(subject.removeprefix(NAMESPACE))
    lines = [_NAMESPACE_HEAD]
    for group, names in groups.items():
        lines.append(f"\n    # {group}\n" + "".join(f"    {name}: URIRef\n" for name in sorted(names)))
    return "".join(lines)


def _concept(kind: DocumentType) -> str:
    facts = [
        ("a", "skos:Concept, ph:DocumentType"),
        ("skos:inScheme", f"<{SCHEME}>"),
        ("skos:topConceptOf", f"<{SCHEME}>"),
        ("skos:prefLabel", f"{_quoted(kind.name)}@vi"),
    ]
    if kind.aliases:
        facts.append(("skos:altLabel", ", ".join(f"{_quoted(alias)}@vi" for alias in sorted(kind.aliases))))
    if kind.symbols:
        facts.append(("skos:notation", ", ".join(map(_quoted, kind.symbols))))
    polities = ("party", "state") if kind.polity == "both" else (kind.polity,)
    facts.append(("ph:polity", ", ".join(f"ph:{polity}" for polity in polities)))
    if kind.level == "central":
        facts.append(("ph:level", "ph:central"))
    facts.append(("skos:scopeNote", f"{_quoted(f'Issued by: {kind.issuers}')}@en"))
    facts.append(("dcterms:source", f"{_quoted(kind.source)}@en"))
    body = " ;\n  ".join(f"{predicate} {value}" for predicate, value in facts)
    return f"\n<https://w3id.org/phahe/type/{kind.slug}> {body} .\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_TYPES_HEAD = f"""\
# Types of documents. Generated from types.toml, do not edit: `python -m ontology.generate`.
@prefix ph: <{NAMESPACE}> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<{SCHEME}> a skos:ConceptScheme ;
  skos:prefLabel "Loại văn bản"@vi, "Types of documents"@en .
"""

_NAMESPACE_HEAD = '''\
"""The vocabulary's names as attributes; one it does not define raises AttributeError.

Generated from phahe.ttl, do not edit: `python -m ontology.generate`.
"""
# ruff: noqa: N815 (the names are the vocabulary's)

import rdflib.namespace
from rdflib import Namespace, URIRef


class PH(rdflib.namespace.DefinedNamespace):
    """Names of `https://w3id.org/phahe/ontology#`, closed: a typo is an error."""

    _fail = True
    _warn = False
    _NS = Namespace("https://w3id.org/phahe/ontology#")
'''
