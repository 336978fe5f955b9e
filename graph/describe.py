"""What a store says of one thing it has an IRI for, as triples: the answer to whoever follows that IRI.

A description holds what is stated of the thing; of a document also the records of its own relations and what
other documents are to it, of a source what it is evidence for, of an open mention its candidates.
"""

from collections.abc import Iterable
from itertools import chain

import pyoxigraph as ox

from graph.errors import UnknownReferenceError
from graph.facts import Edge, Evidence
from graph.iri import base_iri
from graph.nquads import PH
from graph.store import Store
from graph.vocabulary import local_name

KINDS = ("doc", "body", "place", "type", "term", "source", "relation", "mention")
"""First parts of the paths of all IRIs of individuals."""

MAX_INCOMING = 1000
"""Triples that have the thing as object; a law may be cited by a hundred thousand documents."""

_SUBJECT, _SOURCE = ox.NamedNode(f"{PH}subject"), ox.NamedNode(f"{PH}source")
_CANDIDATE, _BASIS = ox.NamedNode(f"{PH}candidate"), ox.NamedNode(f"{PH}basis")
_SEEN_FROM_AFAR = frozenset({"doc", "source"})


def describe(store: Store, kind: str, name: str) -> list[ox.Triple]:
    """The description of `{base}{kind}/{name}`, sorted, the thing's own triples first; never empty.

    Raises:
        UnknownReferenceError: the store says nothing of it.
    """
    thing = thing_node(kind, name)
    own = {quad.triple for quad in store.quads(thing)} if thing else set()
    if not own or thing is None:
        raise UnknownReferenceError(f"{kind} {name!r}: not in this corpus")
    besides: set[ox.Triple] = set()
    if kind == "doc":
        besides.update(chain.from_iterable(_told_of_subjects(store, _SUBJECT, thing)))
    elif kind == "mention":
        for quad in store.quads(thing, _CANDIDATE):
            if isinstance(quad.object, ox.NamedNode):
                besides |= {told.triple for told in store.quads(quad.object)}
    if kind in _SEEN_FROM_AFAR:
        incoming = sorted((quad.triple for quad in store.quads(object_=thing)), key=str)
        besides |= set(incoming[:MAX_INCOMING])
    return sorted(own, key=str) + sorted(besides - own, key=str)


def _told_of_subjects(store: Store, predicate: ox.NamedNode, thing: ox.NamedNode) -> list[list[ox.Triple]]:
    """All triples of each subject that has the thing as value of a property."""
    # by pattern: the engine joins such a query only after it has looked at all records
    return [
        [told.triple for told in store.quads(quad.subject)]
        for quad in store.quads(None, predicate, thing)
        if isinstance(quad.subject, ox.NamedNode)
    ]


def thing_node(kind: str, name: str) -> ox.NamedNode | None:
    """The node of a thing, or None where the name could not stand in an IRI."""
    try:
        return ox.NamedNode(f"{base_iri()}{kind}/{name}")
    except ValueError:
        return None


def record_edges(store: Store, source: str) -> list[Edge]:
    """What a source is evidence for: an edge with this one evidence for each of its records, by subject and place.

    Records of low confidence and those we merely infer are among them. May be empty.
    """
    node = thing_node("source", source)
    records = _told_of_subjects(store, _SOURCE, node) if node else []
    edges = [record_edge(triples) for triples in records if any(t.predicate == _BASIS for t in triples)]
    return sorted(edges, key=lambda edge: (edge.best.start, edge.subject, edge.predicate, edge.object))


def record_edge(triples: Iterable[ox.Triple]) -> Edge:
    """The relation that a record's own triples tell, with its evidence."""
    facts = {
        local_name(triple.predicate.value): str(getattr(triple.object, "value", "")) for triple in triples
    }
    evidence = Evidence(
        basis=local_name(facts["basis"]),
        confidence=float(facts["confidence"]),
        quote=facts["quote"],
        source=local_name(facts["source"]),
        start=int(facts["start"]),
        end=int(facts["end"]),
        rule=facts.get("rule"),
        provision=facts.get("provision"),
        effective=facts.get("effectiveDate"),
    )
    return Edge(facts["subject"], local_name(facts["predicate"]), facts["object"], (evidence,))
