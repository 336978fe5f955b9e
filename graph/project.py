"""A store, or the neighbourhood of one document, as a networkx MultiDiGraph: for pictures and graph files.

What is an edge and what it is called comes from the vocabulary (`ph:drawn`, labels), so there is no code for
single relation types here. Parallel relations between two documents stay apart (a DiGraph would merge them):
the key of an edge is the relation's local name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

from graph.facts import Direction, Document, Edge, read_documents, read_edges
from graph.index import document_index
from graph.iri import mint_document
from graph.vocabulary import Queryable, RelationKind, narrower, relation_kinds

_BATCH = 1000


def project_graph(store: Queryable, relations: Iterable[str] | None = None) -> "nx.MultiDiGraph[str]":
    """Every document and every drawn relation of a store.

    Args:
        store: what to ask.
        relations: local names instead of those the vocabulary says to draw; narrower ones follow.

    Returns:
        A graph whose nodes and edges stand in sorted order, so that equal stores give equal files. Nodes are
        IRIs with what is known of `label`, `number`, `title`, `type`, `type_slug`, `date`, `issuer`, `polity`,
        `level`, `place`, `place_slug` and `path`; edges have `predicate`, `caption`, how many pieces of `evidence`
        there are, and of the best one `basis`, `confidence`, `quote`, `source`, `source_name`, `start`, `end`,
        `rule`.
    """
    kinds = relation_kinds(store)
    predicates = _drawn(kinds, relations)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    iris = [mint_document(path) for path in document_index(store).paths]
    for start in range(0, len(iris), _BATCH):
        batch = iris[start : start + _BATCH]
        for document in read_documents(store, batch).values():
            _add_node(graph, document)
    for start in range(0, len(iris), _BATCH):
        batch = iris[start : start + _BATCH]
        for edges in read_edges(store, batch, "up", predicates).values():
            _add_edges(graph, edges, kinds)
    return graph


def neighbourhood(
    store: Queryable,
    document: Document,
    hops: int = 1,
    cap: int = 150,
    relations: Iterable[str] | None = None,
) -> "nx.MultiDiGraph[str]":
    """A document and those at most some steps away, whichever way the relations point.

    Args:
        store: what to ask.
        document: the centre; `graph.graph["centre"]` is its IRI.
        hops: steps, 0 for the document alone.
        cap: most nodes; `graph.graph["truncated"]` says whether some were left out.
        relations: as for `project_graph`.
    """
    predicates = _drawn(relation_kinds(store), relations)
    known = {document.iri: document}
    truncated = False
    frontier = [document.iri]
    for _ in range(hops):
        ends = sorted(
            {end for edge in _around(store, frontier, predicates) for end in (edge.subject, edge.object)}
        )
        found = read_documents(store, [end for end in ends if end not in known])
        news = list(found.items())[: cap - len(known)]
        truncated |= len(news) < len(found)
        known |= news
        frontier = [iri for iri, _ in news]
    graph = induced(store, known.values(), relations)
    graph.graph.update(centre=document.iri, truncated=truncated)
    return graph


def induced(
    store: Queryable, documents: Iterable[Document], relations: Iterable[str] | None = None
) -> "nx.MultiDiGraph[str]":
    """These documents and the relations among them.

    Args:
        store: what to ask.
        documents: in the order the nodes shall have.
        relations: as for `project_graph`.
    """
    kinds = relation_kinds(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in documents:
        _add_node(graph, document)
    for edges in read_edges(store, sorted(graph), "up", _drawn(kinds, relations)).values():
        _add_edges(graph, [edge for edge in edges if edge.object in graph], kinds)
    return graph


def _drawn(kinds: dict[str, RelationKind], relations: Iterable[str] | None) -> frozenset[str]:
    if relations is not None:
        return narrower(kinds, relations)
    return frozenset(kind.name for kind in kinds.values() if kind.drawn)


def _around(store: Queryable, iris: list[str], predicates: frozenset[str]) -> Iterator[Edge]:
    directions: tuple[Direction, ...] = ("up", "down")
    for direction in directions:
        for edges in read_edges(store, iris, direction, predicates).values():
            yield from edges


def _add_node(graph: "nx.MultiDiGraph[str]", document: Document) -> None:
    names = ("label", "number", "title", "type", "type_slug", "date", "issuer", "polity", "level", "place",
             "place_slug", "path")  # fmt: skip
    facts: dict[str, Any] = {name: value for name in names if (value := getattr(document, name))}
    graph.add_node(document.iri, **facts)


def narrowest(edges: Iterable[Edge], kinds: dict[str, RelationKind]) -> list[Edge]:
    """The edges, in their order, without those that a narrower one between the same two already implies."""
    edges = list(edges)
    present: dict[tuple[str, str], set[str]] = {}
    for edge in edges:
        present.setdefault((edge.subject, edge.object), set()).add(edge.predicate)
    return [
        edge
        for edge in edges
        if not any(
            edge.predicate in kinds[other].implied
            for other in present[edge.subject, edge.object] - {edge.predicate}
        )
    ]


def _add_edges(graph: "nx.MultiDiGraph[str]", edges: Iterable[Edge], kinds: dict[str, RelationKind]) -> None:
    for edge in narrowest(edges, kinds):
        best = edge.best
        facts = {
            "predicate": edge.predicate,
            "caption": kinds[edge.predicate].label,
            "basis": best.basis,
            "confidence": best.confidence,
            "quote": best.quote,
            "evidence": len(edge.evidence),
            "source": best.source,
            "source_name": best.source_name or best.source,
            "start": best.start,
            "end": best.end,
            "rule": best.rule or "",
        }
        graph.add_edge(edge.subject, edge.object, key=edge.predicate, **facts)
