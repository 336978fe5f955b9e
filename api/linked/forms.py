"""The forms a description comes in: media types, the suffixes of their addresses, their bytes."""

from collections.abc import Sequence

import orjson
import pyoxigraph as ox
from fastapi import Response

from graph.describe import describe
from graph.jsonld import compact_jsonld
from graph.prefixes import PREFIXES
from graph.store import Store

TURTLE, JSON_LD, N_TRIPLES = "text/turtle", "application/ld+json", "application/n-triples"

RDF = (TURTLE, JSON_LD, N_TRIPLES)
"""Media types of RDF, the most readable first."""

ANNOTATION = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'

SUFFIXES = {
    ".ttl": TURTLE,
    ".jsonld": JSON_LD,
    ".nt": N_TRIPLES,
    ".json": "application/json",
    ".html": "text/html",
    ".anno.jsonld": ANNOTATION,
}
"""What an address of data ends in, with the media type; the longer of two that fit counts."""


def split_suffix(name: str) -> tuple[str, str | None]:
    """A name without the suffix of a form, and the media type of that form, or None where it has none.

    >>> split_suffix("tw/nq/2013/25.ttl"), split_suffix("tw/nq/2013/25")
    (('tw/nq/2013/25', 'text/turtle'), ('tw/nq/2013/25', None))
    """
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix), SUFFIXES[suffix]
    return name, None


def rdf_answer(store: Store, kind: str, name: str, form: str) -> Response:
    """The description of a thing in a form of RDF.

    Raises:
        UnknownReferenceError: the store says nothing of it.
    """
    return triples_answer(describe(store, kind, name), form)


def triples_answer(triples: Sequence[ox.Triple], form: str) -> Response:
    """Triples in a form of RDF, in their order where the form keeps one."""
    return Response(_written(triples, form), media_type=form, headers={"Vary": "Accept"})


def _written(triples: Sequence[ox.Triple], form: str) -> bytes | None:
    if form == JSON_LD:
        return orjson.dumps(compact_jsonld(triples))
    kind = ox.RdfFormat.TURTLE if form == TURTLE else ox.RdfFormat.N_TRIPLES
    return ox.serialize(triples, format=kind, prefixes=PREFIXES)
