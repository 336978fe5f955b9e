"""What a store says of one thing it has an IRI for, as triples: the answer to whoever follows that IRI.

A description holds what is stated of the thing; of a document also the records of its own relations and what
other documents are to it, of a source what it is evidence for, of an open mention its candidates.
"""

import pyoxigraph as ox

from graph.errors import UnknownReferenceError
from graph.iri import base_iri
from graph.nquads import PH
from graph.store import Store

KINDS = ("doc", "body", "place", "type", "term", "source", "relation", "mention")
"""First parts of the paths of all IRIs of individuals."""

MAX_INCOMING = 1000
"""Triples that have the thing as object; a law may be cited by a hundred thousand documents."""

_OWN_RECORDS = f"""CONSTRUCT {{ ?record ?property ?value }} WHERE {{
  ?record <{PH}subject> ?thing ; a <{PH}Relation> ; ?property ?value }}"""
_CANDIDATES = f"""CONSTRUCT {{ ?candidate ?property ?value }} WHERE {{
  ?thing <{PH}candidate> ?candidate . ?candidate ?property ?value }}"""
_BESIDES = {"doc": _OWN_RECORDS, "mention": _CANDIDATES}
_SEEN_FROM_AFAR = frozenset({"doc", "source"})


def describe(store: Store, kind: str, name: str) -> list[ox.Triple]:
    """The description of `{base}{kind}/{name}`, sorted, the thing's own triples first; never empty.

    Raises:
        UnknownReferenceError: the store says nothing of it.
    """
    thing = thing_node(kind, name)
    own = {quad.triple for quad in store.quads(thing)} if thing else set()
    if thing is None or not own:
        raise UnknownReferenceError(f"{kind} {name!r}: not in this corpus")
    besides: set[ox.Triple] = set()
    if (query := _BESIDES.get(kind)) is not None:
        besides |= set(store.query(query, thing=thing))
    if kind in _SEEN_FROM_AFAR:
        incoming = sorted((quad.triple for quad in store.quads(object_=thing)), key=str)
        besides |= set(incoming[:MAX_INCOMING])
    return sorted(own, key=str) + sorted(besides - own, key=str)


def thing_node(kind: str, name: str) -> ox.NamedNode | None:
    """The node of a thing, or None where the name could not stand in an IRI."""
    try:
        return ox.NamedNode(f"{base_iri()}{kind}/{name}")
    except ValueError:
        return None


def vocabulary_triples(store: Store) -> list[ox.Triple]:
    """The vocabulary that a store carries, sorted."""
    query = (
        f"CONSTRUCT {{ ?term ?property ?value }} WHERE {{ GRAPH <{PH[:-1]}> {{ ?term ?property ?value }} }}"
    )
    return sorted(store.query(query), key=str)
