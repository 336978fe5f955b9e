"""Part of a graph as a file other programs read: GraphML, GEXF, a table, JSON-LD."""

import csv
import io
from collections.abc import Collection

import networkx as nx
import pyoxigraph as ox

from graph.export import plain_graph
from graph.iri import parse_document
from graph.prefixes import PREFIXES
from graph.store import Store
from graph.vocabulary import NAMESPACE

FORMS = {
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv; charset=utf-8",
    "jsonld": "application/ld+json",
}
"""Media types by name of the form."""

COLUMNS = (
    "subject", "subject_label", "predicate", "object", "object_label",
    "basis", "confidence", "rule", "source", "source_name", "start", "end", "quote",
)  # fmt: skip
"""Columns of the table: the words of `graph.export`'s, with the name of the source."""


def write_picture(store: Store, graph: "nx.MultiDiGraph[str]", edges: Collection[str], form: str) -> bytes:
    """The documents of a graph and some of its relations, as a file.

    Args:
        store: what the graph was read from; JSON-LD tells all it says of the documents.
        graph: made by `graph.project`; loses the other edges.
        edges: `subject predicate object` with the paths of documents, as in pictures.
        form: one of `FORMS`.
    """
    paths: dict[str, str] = {iri: facts["path"] for iri, facts in graph.nodes(data=True)}
    graph.remove_edges_from(
        [
            edge
            for edge in graph.edges(keys=True)
            if f"{paths[edge[0]]} {edge[2]} {paths[edge[1]]}" not in edges
        ]
    )
    if form == "jsonld":
        return _jsonld(store, graph)
    if form == "csv":
        return _csv(graph)
    out = io.BytesIO()
    write = nx.write_graphml if form == "graphml" else nx.write_gexf
    write(plain_graph(graph), out, encoding="utf-8")
    return out.getvalue()


def _csv(graph: "nx.MultiDiGraph[str]") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    for subject, object_, facts in graph.edges(data=True):
        ends = {"subject": subject, "object": object_}
        named = {name: graph.nodes[iri].get("path", iri) for name, iri in ends.items()}
        labels = {f"{name}_label": graph.nodes[iri].get("label", "") for name, iri in ends.items()}
        writer.writerow(facts | named | labels)
    return out.getvalue().encode("utf-8")


def _jsonld(store: Store, graph: "nx.MultiDiGraph[str]") -> bytes:
    """What the store says of the documents, without relations that are not drawn; and the drawn ones."""
    triples = []
    for iri in graph:
        node = ox.NamedNode(iri)
        triples += [quad.triple for quad in store.quads(node) if not _is_document(quad.object)]
        triples += [
            ox.Triple(node, ox.NamedNode(NAMESPACE + predicate), ox.NamedNode(object_))
            for _, object_, predicate in graph.edges(iri, keys=True)
        ]
    body = ox.serialize(triples, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES)
    return body or b""


def _is_document(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and parse_document(term.value) is not None
