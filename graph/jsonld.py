"""Triples as compact JSON-LD: with the keys of the published context, so that it reads as plain JSON.

The engine's own serialiser writes the expanded form, with an IRI for each key. Only what our context says is
made use of here: its terms, their coercions, its prefixes.

Source: W3C JSON-LD 1.1, section 4 (type coercion, default language of a term).
"""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox

from graph.iri import base_iri
from graph.nquads import PH

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"


def context_bytes() -> bytes:
    """The context document, as published at `{base}context.jsonld`."""
    return files("ontology").joinpath("context.jsonld").read_bytes()


def compact_jsonld(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """A JSON-LD document of triples without blank nodes; nodes and keys in the order of the triples.

    Returns:
        One node object where all triples have one subject, else a `@graph` of them.
    """
    nodes: dict[str, dict[str, Any]] = {}
    value: Any
    for triple in triples:
        subject = str(getattr(triple.subject, "value", triple.subject))
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate.value == _RDF_TYPE:
            key, value = "@type", _vocabulary_name(str(getattr(triple.object, "value", triple.object)))
        else:
            key = _key(triple.predicate.value)
            value = _value(triple.object, _terms().get(key, {}))
        if key not in node:
            node[key] = value
        elif isinstance(node[key], list):
            node[key].append(value)
        else:
            node[key] = [node[key], value]
    context = {"@context": f"{base_iri()}context.jsonld"}
    if len(nodes) == 1:
        return context | next(iter(nodes.values()))
    return context | {"@graph": list(nodes.values())}


@cache
def _context() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(context_bytes())["@context"]
    return found


@cache
def _terms() -> dict[str, dict[str, str]]:
    return {name: value for name, value in _context().items() if isinstance(value, dict)}


@cache
def _prefixes() -> dict[str, str]:
    return {
        name: value
        for name, value in _context().items()
        if isinstance(value, str) and not name.startswith("@")
    }


@cache
def _key(iri: str) -> str:
    short = _prefixed(iri)
    return next((name for name, term in _terms().items() if term["@id"] == short), short)


def _prefixed(iri: str) -> str:
    for prefix, space in _prefixes().items():
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def _vocabulary_name(iri: str) -> str:
    return iri.removeprefix(PH) if iri.startswith(PH) else _prefixed(iri)


def _value(term: Any, definition: dict[str, str]) -> Any:
    coercion = definition.get("@type")
    if isinstance(term, ox.NamedNode):
        if coercion == "@vocab":
            return _vocabulary_name(term.value)
        return term.value if coercion == "@id" else {"@id": term.value}
    if term.language:
        plain = term.language == definition.get("@language")
        return term.value if plain else {"@value": term.value, "@language": term.language}
    kind = term.datatype.value
    if kind == f"{_XSD}string":
        plain = not {"@language", "@type"} & definition.keys()
        return term.value if plain else {"@value": term.value}
    short = _prefixed(kind)
    if short == coercion:
        # only whole numbers are the same number in JSON and in XML Schema
        return (
            int(term.value) if short == "xsd:integer" and str(int(term.value)) == term.value else term.value
        )
    return {"@value": term.value, "@type": short}
