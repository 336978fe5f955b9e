"""All that is told of one document: facts, status with its cause, relations both ways."""

from graph.ask import trace_lineage
from graph.facts import Document, Edge
from graph.rows import Row, brief_row, document_row, edge_row, status_row
from graph.status import Status
from graph.vocabulary import Queryable

MAX_RELATED = 200
"""Neighbours told with a document; the rest is for its lineage."""


def related(store: Queryable, found: Document) -> tuple[list[Edge], list[Document], bool]:
    """A document's own relations, the documents at their far ends, and whether some were left out."""
    near = trace_lineage(store, found, "both", ["relatedTo"], depth=1, max_nodes=MAX_RELATED + 1)
    edges = [edge for edge in near.edges if found.iri in (edge.subject, edge.object)]
    return edges, list(near.nodes[1:]), len(near.nodes) > MAX_RELATED


def whole_row(found: Document, status: Status, edges: list[Edge], nodes: list[Document], is_cut: bool) -> Row:
    """The document as a row of plain values; arguments as `related` and `graph.status` give them."""
    return document_row(found) | {
        "status": status_row(status, found),
        "relations": [edge_row(edge) for edge in edges],
        "truncated": is_cut,
        "documents": {node.iri: brief_row(node) for node in nodes},
    }
