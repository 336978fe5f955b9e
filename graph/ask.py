"""The questions people bring: what is this document, who implements it, what it descends from; with evidence.

Every edge of an answer has a relation record, so that every step can show the sentence that says so.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.browse import LEVELS, checked_levels, fitting_mask, place_slug
from graph.days import checked_date, is_within
from graph.errors import UnknownReferenceError
from graph.facts import (
    Direction,
    Document,
    Edge,
    Evidence,
    document_iri,
    documents_of,
    edges_of,
    read_documents,
    words_of_sources,
)
from graph.index import DocumentIndex, document_index
from graph.lookup import Candidate, find_documents, resolve_reference
from graph.vocabulary import Queryable, narrower, relation_kinds
from graph.walk import Walk

__all__ = [
    "Candidate",
    "Document",
    "Edge",
    "Evidence",
    "Implementing",
    "Lineage",
    "checked_date",
    "document_at",
    "find_documents",
    "is_within",
    "list_implementing",
    "resolve_reference",
    "trace_lineage",
]

LINEAGE = ("implements", "supersedes")
"""What lineage follows unless told otherwise: with `cites` one local paper reaches a fifth of a corpus."""

MAX_DEPTH = 10
MAX_NODES = 500


@dataclass(frozen=True, slots=True)
class Implementing:
    """A document that implements the one asked about.

    Attributes:
        document: the implementing document.
        steps: its way to the one asked about: its own relation first; one step where it implements it
            directly.
        documents: the documents between, in the order of the steps; empty where there is one step.
    """

    document: Document
    steps: tuple[Edge, ...]
    documents: tuple[Document, ...] = ()

    @property
    def evidence(self) -> Evidence:
        """What says that this document implements the next one on its way."""
        return self.steps[0].best


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a document descends from, or what descends from it.

    Attributes:
        root: the document asked about.
        nodes: all documents met, root first, then by distance and path.
        edges: relations among them that the walk followed, sorted by subject, predicate, object.
        truncated: whether a limit of depth or of nodes left something out.
        ways: by IRI of each document the edges of its shortest way from the root, the root's own first; their
            number is its distance, none for the root itself.
    """

    root: Document
    nodes: tuple[Document, ...]
    edges: tuple[Edge, ...]
    truncated: bool
    ways: Mapping[str, tuple[Edge, ...]]


def document_at(store: Queryable, path: str) -> Document:
    """The document with this path (`tw/nq/2013/25`) or IRI.

    Raises:
        UnknownReferenceError: this corpus has none.
    """
    found = read_documents(store, [document_iri(path)])
    if not found:
        raise UnknownReferenceError(f"document {path!r}: not in this corpus; try: phahe find WORDS")
    return next(iter(found.values()))


def list_implementing(
    store: Queryable,
    document: Document,
    level: str | None = None,
    place: str | None = None,
    direct: bool = False,
    as_of: str | None = None,
    sources: Collection[str] | None = None,
) -> list[Implementing]:
    """Documents that implement (detail, guide) a document, directly or through others.

    Args:
        store: what to ask.
        document: the document implemented.
        level: only documents of this level; `local` for all below the centre.
        place: only documents of this province, by slug or name.
        direct: leave out those that implement a document that implements it.
        as_of: ISO prefix; documents issued and relations effective after it are left out. What bears no date
            stays.
        sources: ids of sources; relations on the word of others are left out.

    Returns:
        By place (those of none first), level, date and path; each document once, by its shortest way.
        Perhaps empty.

    Raises:
        QueryError: level, place or date is none.
    """
    levels = checked_levels(level)
    wanted_place = place_slug(place) if place else None
    bound = checked_date(as_of)
    index = document_index(store)
    root = number_of(index, document)
    walk = Walk(index, root, narrower(relation_kinds(store), ["implements"]), bound, sources=sources)
    ways: dict[int, tuple[int, ...]] = {root: ()}
    frontier = [root]
    while frontier:
        reached = []
        for step in walk.advance(frontier, "down"):
            if step.far not in ways:
                ways[step.far] = (step.edge, *ways[step.near])
                reached.append(step.far)
        frontier = [] if direct else sorted(reached)
    fitting = fitting_mask(index, {"level": levels, "place": (wanted_place,) if wanted_place else ()})
    kept = {number: edges for number, edges in ways.items() if edges and fitting[number]}
    edges = _told(edges_of(index, {edge for way in kept.values() for edge in way}), sources)
    known = read_documents(store, {end for edge in edges.values() for end in (edge.subject, edge.object)})
    found = []
    for way in kept.values():
        steps = tuple(edges[edge] for edge in way)
        between = tuple(known[edge.object] for edge in steps[:-1])
        found.append(Implementing(known[steps[0].subject], steps, between))
    return sorted(found, key=_place_first)


def number_of(index: DocumentIndex, document: Document) -> int:
    """The number of a document of this store.

    Raises:
        UnknownReferenceError: it is of another.
    """
    (number,) = index.numbers_of([document.iri])
    if number is None:
        raise UnknownReferenceError(f"document {document.path!r}: not in this corpus; try: phahe find WORDS")
    return number


def _told(edges: dict[int, Edge], sources: Collection[str] | None) -> dict[int, Edge]:
    """Edges with the evidence of some sources only."""
    told = {number: words_of_sources(edge, sources) for number, edge in edges.items()}
    return {number: edge for number, edge in told.items() if edge is not None}


def _place_first(item: Implementing) -> tuple[str, int, str, str]:
    document = item.document
    level = LEVELS.index(document.level) if document.level in LEVELS else len(LEVELS)
    return document.place_slug or "", level, document.date or "9999", document.path


def trace_lineage(
    store: Queryable,
    document: Document,
    direction: Literal["up", "down", "both"] = "up",
    relations: Iterable[str] = LINEAGE,
    depth: int = MAX_DEPTH,
    as_of: str | None = None,
    max_nodes: int = MAX_NODES,
    sources: Collection[str] | None = None,
) -> Lineage:
    """Follow relations from a document: up to what it acts on, down to what acts on it.

    Args:
        store: what to ask.
        document: where to start.
        direction: `both` is ancestors and descendants, not the relatives of relatives.
        relations: local names; narrower relations follow (`implements` takes `details` along).
        depth: most steps away.
        as_of: ISO prefix; documents issued and relations effective after it are left out. What bears no date
            stays.
        max_nodes: most documents, the root included.
        sources: ids of sources; relations on the word of others are left out.

    Raises:
        QueryError: a relation the vocabulary does not have, or no date.
    """
    index = document_index(store)
    root = number_of(index, document)
    followed = narrower(relation_kinds(store), relations)
    walk = Walk(index, root, followed, checked_date(as_of), max_nodes, sources)
    met: set[int] = set()
    ways: dict[int, tuple[int, ...]] = {root: ()}
    directions: tuple[Direction, ...] = ("up", "down") if direction == "both" else (direction,)
    for way in directions:
        reached: dict[int, tuple[int, ...]] = {root: ()}
        frontier = [root]
        for distance in range(depth + 1):
            news = []
            for step in walk.advance(frontier, way, is_last=distance == depth):
                met.add(step.edge)
                if step.far not in reached:
                    reached[step.far] = (*reached[step.near], step.edge)
                    news.append(step.far)
            frontier = sorted(news)
            if not frontier:
                break
        ways = reached | ways
    documents, edges = documents_of(index, walk.known), _told(edges_of(index, met), sources)
    return Lineage(
        document,
        tuple(documents[number] for number in walk.known),
        tuple(sorted(edges.values(), key=lambda edge: (edge.subject, edge.predicate, edge.object))),
        walk.truncated,
        {documents[number].iri: tuple(edges[edge] for edge in ways[number]) for number in walk.known},
    )
