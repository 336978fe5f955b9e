"""A store, or the neighbourhood of one document, as a networkx MultiDiGraph: for pictures and graph files.

What is an edge and what it is called comes from the vocabulary (`ph:drawn`, labels), so there is no code for
single relation types here. Parallel relations between two documents stay apart (a DiGraph would merge them):
the key of an edge is the relation's local name.
"""

from collections.abc import Collection, Iterable
from typing import Any

import networkx as nx

from graph.facts import Direction, Document, Edge, documents_of, edges_of
from graph.index import DocumentIndex, document_index
from graph.vocabulary import Queryable, RelationKind, narrower, relation_kinds, vocabulary_labels

_BATCH = 1000


def project_graph(store: Queryable, relations: Iterable[str] | None = None) -> "nx.MultiDiGraph[str]":
    """Every document and every drawn relation of a store.

    Args:
        store: what to ask.
        relations: local names instead of those the vocabulary says to draw; narrower ones follow.

    Returns:
        A graph whose nodes and edges stand in sorted order, so that equal stores give equal files. Nodes are
        IRIs with what is known of `label`, `number`, `title`, `type`, `date`, `issuer`, `polity`, `level`,
        `place` and `path`; edges have `predicate`, `caption`, and of their best evidence `basis`,
        `confidence`, `quote`, `source`, `start`, `end`, `rule`.
    """
    kinds = relation_kinds(store)
    predicates = _drawn(kinds, relations)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    index = document_index(store)
    for start in range(0, index.count, _BATCH):
        for document in documents_of(index, range(start, min(start + _BATCH, index.count))).values():
            _add_node(graph, document)
    for start in range(0, index.count, _BATCH):
        batch = range(start, min(start + _BATCH, index.count))
        _add_edges(graph, _edges_up(index, batch, predicates), kinds)
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
        document: the centre; `graph.graph["centre"]` is its IRI, `graph.graph["labels"]` the vocabulary's
            words.
        hops: steps, 0 for the document alone.
        cap: most nodes; `graph.graph["truncated"]` says whether some were left out.
        relations: as for `project_graph`.
    """
    kinds = relation_kinds(store)
    predicates = _drawn(kinds, relations)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        centre=document.iri, truncated=False, labels=vocabulary_labels(store), relations=sorted(predicates)
    )
    index = document_index(store)
    relations_ = index.relations_named(predicates)
    frontier = [number for number in index.numbers_of([document.iri]) if number is not None]
    known = dict.fromkeys(frontier)
    for _ in range(hops):
        steps = [step for way in _BOTH for step in index.adjacency.steps(frontier, way, relations_)]
        ends = sorted({step.far for step in steps} - known.keys())
        frontier = ends[: max(0, cap - len(known))]
        graph.graph["truncated"] |= len(frontier) < len(ends)
        known.update(dict.fromkeys(frontier))
    documents = documents_of(index, known)
    for number in known:
        _add_node(graph, documents[number])
    _add_edges(graph, _edges_up(index, sorted(known), predicates, known), kinds)
    return graph


_BOTH: tuple[Direction, ...] = ("up", "down")


def _edges_up(
    index: DocumentIndex,
    documents: Collection[int],
    predicates: Iterable[str],
    ends: Collection[int] | None = None,
) -> list[Edge]:
    """Edges from these documents, to some where `ends` are given, by subject, object and relation."""
    steps = index.adjacency.steps(documents, "up", index.relations_named(predicates))
    numbers = [step.edge for step in steps if ends is None or step.far in ends]
    return list(edges_of(index, numbers).values())


def _drawn(kinds: dict[str, RelationKind], relations: Iterable[str] | None) -> frozenset[str]:
    if relations is not None:
        return narrower(kinds, relations)
    return frozenset(kind.name for kind in kinds.values() if kind.drawn)


def _add_node(graph: "nx.MultiDiGraph[str]", document: Document) -> None:
    names = ("label", "number", "title", "type", "date", "issuer", "polity", "level", "place", "path")
    facts: dict[str, Any] = {name: value for name in names if (value := getattr(document, name))}
    graph.add_node(document.iri, **facts)


def _add_edges(graph: "nx.MultiDiGraph[str]", edges: Iterable[Edge], kinds: dict[str, RelationKind]) -> None:
    """Add edges; where a narrower relation holds between the same two, the wider one is left out."""
    edges = list(edges)
    present = {(edge.subject, edge.object): set[str]() for edge in edges}
    for edge in edges:
        present[edge.subject, edge.object].add(edge.predicate)
    for edge in edges:
        others = present[edge.subject, edge.object] - {edge.predicate}
        if any(edge.predicate in kinds[other].implied for other in others):
            continue
        best = edge.best
        facts = {
            "predicate": edge.predicate,
            "caption": kinds[edge.predicate].label,
            "basis": best.basis,
            "confidence": best.confidence,
            "quote": best.quote,
            "source": best.source_name or best.source,
            "start": best.start,
            "end": best.end,
            "rule": best.rule or "",
        }
        graph.add_edge(edge.subject, edge.object, key=edge.predicate, **facts)
