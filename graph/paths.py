"""The shortest ways from one document to another, whichever way their relations point, each step with its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.adjacency import Direction
from graph.ask import number_of
from graph.errors import QueryError
from graph.facts import Document, Edge, documents_of, edges_of
from graph.index import DocumentIndex, document_index
from graph.vocabulary import Queryable, narrower, relation_kinds

MAX_DEPTH = 6
"""Most steps of a path unless told otherwise: longer ones say little about either end."""

MAX_PATHS = 10
MAX_VISITED = 20_000
"""Documents visited from both ends together before the search gives up."""

_BOTH: tuple[Direction, ...] = ("up", "down")

_Ways = dict[int, list[tuple[int, int]]]
"""By document met, number of an edge and the document next to it, one step nearer to the end one came from."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a path.

    Attributes:
        direction: up: the document before it acts on the one after; down: it is acted on.
        edge: the relation, with all that speaks for it.
        document: where the step leads.
    """

    direction: Direction
    edge: Edge
    document: Document


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths between two documents.

    Attributes:
        start: where they begin.
        goal: where they end.
        paths: all of the same length, by the documents and relations on them; one without steps where both
            ends are one document; none where there is no path.
        truncated: whether a limit left paths out, or ended the search before it found any: no paths and
            truncated does not mean that there are none.
    """

    start: Document
    goal: Document
    paths: tuple[tuple[PathStep, ...], ...]
    truncated: bool


def find_paths(
    store: Queryable,
    start: Document,
    goal: Document,
    relations: Iterable[str] = ("relatedTo",),
    max_depth: int = MAX_DEPTH,
    max_paths: int = MAX_PATHS,
) -> Paths:
    """The shortest paths from one document to another.

    Parallel relations between two documents are several paths.

    Args:
        store: what to ask.
        start: where to begin.
        goal: where to end.
        relations: local names; narrower relations follow.
        max_depth: most steps.
        max_paths: most paths.

    Raises:
        QueryError: a relation the vocabulary does not have, or a limit below 1.
        UnknownReferenceError: a document of another store.
    """
    for name, value in (("max_depth", max_depth), ("max_paths", max_paths)):
        if value < 1:
            raise QueryError(f"{name} {value}: expected 1 or more")
    index = document_index(store)
    first, last = number_of(index, start), number_of(index, goal)
    search = _Search(index, index.relations_named(narrower(relation_kinds(store), relations)))
    meeting, truncated = search.meet(first, last, max_depth)
    found = search.paths(meeting, max_paths + 1) if meeting else []
    truncated |= len(found) > max_paths
    found = sorted(found, key=search.sort_key)[:max_paths]
    edges = edges_of(index, {edge for path in found for edge, _ in path})
    documents = documents_of(index, {number for path in found for _, number in path})
    paths = []
    for path in found:
        steps, here = [], start.iri
        for edge, number in path:
            direction: Direction = "up" if edges[edge].subject == here else "down"
            steps.append(PathStep(direction, edges[edge], documents[number]))
            here = documents[number].iri
        paths.append(tuple(steps))
    return Paths(start, goal, tuple(paths), truncated)


class _Search:
    """A breadth-first search from both ends at once, always from the end that has fewer documents to go on from."""

    def __init__(self, index: DocumentIndex, relations: list[int]) -> None:
        self._index = index
        self._relations = relations
        self._ways: tuple[_Ways, _Ways] = ({}, {})

    def meet(self, first: int, last: int, max_depth: int) -> tuple[list[int], bool]:
        """Documents in the middle of the shortest paths, and whether a limit ended the search."""
        self._ways = ({first: []}, {last: []})
        if first == last:
            return [first], False
        frontiers = [[first], [last]]
        for _ in range(max_depth):
            side = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
            frontiers[side] = self._round(frontiers[side], self._ways[side])
            met = sorted(self._ways[1 - side].keys() & set(frontiers[side]))
            if met or not frontiers[side]:
                return met, False
            if len(self._ways[0]) + len(self._ways[1]) > MAX_VISITED:
                break
        return [], True

    def _round(self, frontier: list[int], ways: _Ways) -> list[int]:
        """Go one step further; the documents newly met, sorted."""
        adjacency = self._index.adjacency
        news: _Ways = {}
        for direction in _BOTH:
            for step in adjacency.steps(frontier, direction, self._relations):
                if step.far not in ways:
                    news.setdefault(step.far, []).append((step.edge, step.near))
        ways |= news
        return sorted(news)

    def paths(self, meeting: list[int], limit: int) -> list[list[tuple[int, int]]]:
        """Paths through these documents: number of each step's edge and of the document it leads to."""
        found: list[list[tuple[int, int]]] = []
        for middle in meeting:
            before = self._to_end(middle, self._ways[0], limit)
            after = self._to_end(middle, self._ways[1], limit)
            for head in before:
                # from the middle back to the start: turned round, each edge leads to the document before it
                nodes = [middle, *(number for _, number in head)]
                turned = [(edge, nodes[place]) for place, (edge, _) in enumerate(head)][::-1]
                found += [turned + tail for tail in after]
                if len(found) >= limit:
                    return found[:limit]
        return found

    def _to_end(self, number: int, ways: _Ways, limit: int) -> list[list[tuple[int, int]]]:
        """Ways from a document to the end it was met from, at most so many."""
        found: list[list[tuple[int, int]]] = [[]]
        at = [number]
        while ways[at[0]]:
            longer = [
                ([*path, (edge, near)], near)
                for path, here in zip(found, at, strict=True)
                for edge, near in sorted(ways[here])
            ][:limit]
            found, at = [path for path, _ in longer], [near for _, near in longer]
        return found

    def sort_key(self, path: list[tuple[int, int]]) -> tuple[object, ...]:
        """Orders paths by their documents, then by the names of their relations."""
        names = self._index.relations
        relations = [names[self._index.adjacency.ends_of(edge)[0]] for edge, _ in path]
        return ([number for _, number in path], relations)
