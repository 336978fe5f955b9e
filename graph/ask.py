"""The questions people bring: what is this document, who implements it, what it descends from; with evidence.

Each answer is read off the relation records, never off bare edges, so that every step can show the sentence
that says so. Walks are breadth first, one query for each round whatever its width, and stop at cycles and at
a limit.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from graph.browse import LEVELS, checked_levels, place_slug
from graph.errors import QueryError, UnknownReferenceError
from graph.facts import (
    Direction,
    Document,
    Edge,
    Evidence,
    document_iri,
    read_documents,
    read_edges,
    words_of_sources,
)
from graph.lookup import Candidate, find_documents, resolve_reference
from graph.vocabulary import Queryable, narrower, relation_kinds

__all__ = [
    "Candidate",
    "Document",
    "Edge",
    "Evidence",
    "Implementing",
    "Lineage",
    "document_at",
    "find_documents",
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
    """

    root: Document
    nodes: tuple[Document, ...]
    edges: tuple[Edge, ...]
    truncated: bool


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
    known: Collection[str] | None = None,
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
        known: ids of sources; relations on the word of others are left out.

    Returns:
        By place (those of none first), level, date and path; each document once, by its shortest way.
        Perhaps empty.

    Raises:
        QueryError: level, place or date is none.
    """
    levels = checked_levels(level)
    wanted_place = place_slug(place) if place else None
    bound = checked_date(as_of)
    predicates = narrower(relation_kinds(store), ["implements"])
    ways: dict[str, tuple[Edge, ...]] = {document.iri: ()}
    met: dict[str, Document] = {document.iri: document}
    frontier = [document.iri]
    while frontier:
        incoming = read_edges(store, frontier, "down", predicates)
        news = _fresh(store, incoming, frontier, met, bound, known=known)
        for edge in news:
            ways.setdefault(edge.subject, (edge, *ways[edge.object]))
        frontier = [] if direct else sorted({edge.subject for edge in news})
    found = []
    for iri, steps in ways.items():
        item = met[iri]
        if (
            not steps
            or (levels and item.level not in levels)
            or (wanted_place and item.place_slug != wanted_place)
        ):
            continue
        between = tuple(met[edge.object] for edge in steps[:-1])
        found.append(Implementing(item, steps, between))
    return sorted(found, key=_place_first)


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
    known: Collection[str] | None = None,
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
        known: ids of sources; relations on the word of others are left out.

    Raises:
        QueryError: a relation the vocabulary does not have, or no date.
    """
    predicates = narrower(relation_kinds(store), relations)
    bound = checked_date(as_of)
    met: dict[str, Document] = {document.iri: document}
    edges: dict[tuple[str, str, str], Edge] = {}
    truncated = False
    ways: tuple[Direction, ...] = ("up", "down") if direction == "both" else (direction,)
    for way in ways:
        reached = {document.iri}
        frontier = [document.iri]
        for step in range(depth + 1):
            found = read_edges(store, frontier, way, predicates)
            news = _fresh(store, found, frontier, met, bound, max_nodes if step < depth else len(met), known)
            kept = {edge.object if way == "up" else edge.subject for edge in news}
            truncated |= news.cut
            edges.update({(edge.subject, edge.predicate, edge.object): edge for edge in news})
            frontier = sorted(kept - reached)
            reached |= kept
            if not frontier:
                break
    return Lineage(document, tuple(met.values()), tuple(edges[key] for key in sorted(edges)), truncated)


class _Edges(list[Edge]):
    """Edges whose both ends are known, and whether a limit cut some off."""

    cut = False


def _fresh(
    store: Queryable,
    found: dict[str, list[Edge]],
    frontier: Collection[str],
    met: dict[str, Document],
    bound: str | None,
    max_nodes: int | None = None,
    known: Collection[str] | None = None,
) -> _Edges:
    """The edges of a round that hold at the date; their far ends are added to `met`, up to the limit."""
    told = (words_of_sources(edge, known) for iri in frontier for edge in found.get(iri, ()))
    edges = [edge for edge in told if edge is not None and _is_effective(edge, bound)]
    ends = {end for edge in edges for end in (edge.subject, edge.object)} - met.keys()
    kept = _Edges()
    for iri, item in read_documents(store, sorted(ends)).items():
        if not is_within(item.date, bound):
            continue
        if max_nodes is not None and len(met) >= max_nodes:
            kept.cut = True
            break
        met[iri] = item
    kept.extend(edge for edge in edges if edge.subject in met and edge.object in met)
    return kept


def _is_effective(edge: Edge, bound: str | None) -> bool:
    return any(is_within(evidence.effective, bound) for evidence in edge.evidence)


def is_within(date: str | None, bound: str | None) -> bool:
    """Whether a date is not certainly after a bound; both ISO prefixes, compared as far as both go.

    >>> is_within("2013", "2013-06-03"), is_within("2013-07", "2013-06-03"), is_within(None, "2013")
    (True, False, True)
    """
    if date is None or bound is None:
        return True
    shared = min(len(date), len(bound))
    return date[:shared] <= bound[:shared]


def checked_date(date: str | None) -> str | None:
    """The date itself.

    Raises:
        QueryError: it is no ISO prefix.
    """
    if date is not None and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date):
        raise QueryError(f"date {date!r}: expected an ISO date (2013-06-03, 2013-06 or 2013)")
    return date
