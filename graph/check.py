"""Check a graph: SHACL shapes over what was built, and every quote against its text.

The one place that imports pyshacl. pyshacl holds a graph in memory as rdflib does, so a store is checked in
pieces: some hundred nodes of one class at a time, with all that is said of them and the types of what they
point to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.iri import mint
from graph.nquads import PH
from graph.scheme import super_properties
from graph.store import Store
from graph.texts import scalar

_TYPE = ox.NamedNode(str(RDF.type))
_BATCH = 400


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of a graph.

    Attributes:
        node: IRI of what is at fault.
        rule: the shape or property that is broken (`DocumentShape dateIssued`), or `quote`.
        message: what was expected.
        value: what was found instead, or None.
    """

    node: str
    rule: str
    message: str
    value: str | None = None


def check_store(store: Store, *, limit: int = 1000) -> list[Finding]:
    """All faults of a store: shapes, direct edges without a record, quotes that are not in their text.

    Args:
        store: opened.
        limit: stop after so many.

    Returns:
        Sorted by node and rule; empty for a sound store.
    """
    found: list[Finding] = []
    for findings in (_shape_findings(store), _edge_findings(store), _quote_findings(store)):
        found += islice(findings, limit - len(found))
    return sorted(set(found), key=lambda one: (one.node, one.rule, one.message, one.value or ""))


def check_graph(
    graph: Graph | str | bytes | Iterable[ox.Quad], *, focus: Sequence[str] | None = None
) -> list[Finding]:
    """Faults of a small graph against the shapes.

    Args:
        graph: an rdflib graph, N-Quads (or N-Triples) as a string, or quads; named graphs count as one.
        focus: IRIs to check; None checks all that a shape targets.
    """
    if not isinstance(graph, Graph):
        quads = ox.parse(graph, ox.RdfFormat.N_QUADS) if isinstance(graph, str | bytes) else graph
        graph = _rdflib(quads)
    _, report, text = pyshacl.validate(
        graph,
        shacl_graph=_shapes(),
        ont_graph=_vocabulary(),
        inference="none",
        advanced=True,
        focus_nodes=None if focus is None else [URIRef(node) for node in focus],
    )
    if not isinstance(report, Graph):
        return [Finding("", "shapes", f"could not be checked: {text}")]
    return sorted(_findings(report), key=lambda one: (one.node, one.rule, one.message, one.value or ""))


def _findings(report: Graph) -> Iterator[Finding]:
    shapes = _shapes()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        shape = _named_shape(shapes, report.value(result, SH.sourceShape))
        value = report.value(result, SH.value)
        rule = " ".join(part for part in (shape, _short(path)) if part)
        message = " ".join(str(report.value(result, SH.resultMessage) or "").split())
        yield Finding(str(node), rule, message, None if value is None or value == node else str(value))


def _named_shape(shapes: Graph, shape: Node | None) -> str:
    """The name of a shape, or of the shape that a nameless one belongs to."""
    while isinstance(shape, BNode):
        shape = next(iter(shapes.subjects(None, shape)), None)
    return _short(shape)


def _short(node: Node | None) -> str:
    return str(node).rpartition("#")[2].rpartition("/")[2] if isinstance(node, URIRef) else ""


def _shape_findings(store: Store) -> Iterator[Finding]:
    for name in _target_classes():
        nodes = (quad.subject for quad in store.quads(None, _TYPE, ox.NamedNode(name)))
        while batch := [node for node in islice(nodes, _BATCH) if isinstance(node, ox.NamedNode)]:
            yield from check_graph(_surroundings(store, batch), focus=[node.value for node in batch])
    yield from _untyped(store)


def _surroundings(store: Store, nodes: Sequence[ox.NamedNode]) -> Iterator[ox.Quad]:
    """All that is said of some nodes, and the types of what they point to."""
    neighbours: set[ox.NamedNode] = set()
    for node in nodes:
        for quad in store.quads(node):
            yield quad
            if isinstance(quad.object, ox.NamedNode):
                neighbours.add(quad.object)
    for node in neighbours.difference(nodes):
        yield from store.quads(node, _TYPE)


def _untyped(store: Store) -> Iterator[Finding]:
    """Edges between things that are no documents of this graph."""
    query = f"""
        SELECT ?subject ?predicate ?object WHERE {{
          ?relation a <{PH}Relation> ; <{PH}subject> ?subject ; <{PH}predicate> ?predicate ; <{PH}object>
          ?object . FILTER (!EXISTS {{ ?subject a <{PH}Document> }} || !EXISTS {{ ?object a <{PH}Document> }})
        }}"""
    for row in store.query(query):
        value = f"{row['subject'].value} {row['object'].value}"
        yield Finding(row["subject"].value, "Relation ends", "both ends are documents of this graph", value)


def _edge_findings(store: Store) -> Iterator[Finding]:
    """Direct edges that no record vouches for: an edge without evidence does not exist."""
    vouched: set[tuple[str, str, str]] = set()
    records = f"SELECT ?s ?p ?o {{ ?r <{PH}subject> ?s ; <{PH}predicate> ?p ; <{PH}object> ?o }}"
    for row in store.query(records):
        subject, object_ = row["s"].value, row["o"].value
        name = row["p"].value.removeprefix(PH)
        for implied in (name, *super_properties().get(name, ())):
            vouched.add((subject, implied, object_))
    for name in sorted(
        {*super_properties(), *(above for all_ in super_properties().values() for above in all_)}
    ):
        for quad in store.quads(None, ox.NamedNode(PH + name)):
            subject, object_ = _value(quad.subject), _value(quad.object)
            if (subject, name, object_) not in vouched:
                message = "an edge has a relation record with a quote"
                yield Finding(subject, f"{name} evidence", message, object_)


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def _quote_findings(store: Store) -> Iterator[Finding]:
    """Quotes that are not what their source has at their place."""
    for id_ in store.texts.ids():
        source = ox.NamedNode(mint("source", id_))
        query = f"""
            SELECT ?node ?start ?end ?quote ?source WHERE {{
              ?node <{PH}source> ?source ; <{PH}start> ?start ; <{PH}end> ?end ; <{PH}quote> ?quote
            }}"""
        rows = [
            (row[0].value, int(row[1].value), int(row[2].value), row[3].value)
            for row in store.query(query, source=source)
        ]
        raw = store.texts.raw(id_) if rows else ""
        for node, start, end, quote in rows:
            if not 0 <= start < end or scalar(raw[start:end]) != scalar(quote):
                yield Finding(
                    node, "quote", f"the text's own words at {start}-{end}: {raw[start:end]!r}", quote
                )


@cache
def _target_classes() -> tuple[str, ...]:
    return tuple(sorted({str(target) for target in _shapes().objects(None, SH.targetClass)}))


@cache
def _shapes() -> Graph:
    return Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_bytes(), format="turtle")


@cache
def _vocabulary() -> Graph:
    return Graph().parse(data=files("ontology").joinpath("phahe.ttl").read_bytes(), format="turtle")


def _rdflib(quads: Iterable[ox.Quad]) -> Graph:
    graph = Graph()
    for quad in quads:
        graph.add((_node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)))
    return graph


def _node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise TypeError(f"term {term!r}: expected an IRI, a literal or a blank node")
