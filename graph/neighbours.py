"""The documents around one: how many in which relation, and which, part by part; for expanding pictures."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from graph.ask import is_within
from graph.facts import Direction, Document, Edge, document_iri, read_documents, read_edges
from graph.index import document_index
from graph.project import narrowest
from graph.vocabulary import Queryable, narrower, relation_kinds

_DIRECTIONS: tuple[Direction, ...] = ("up", "down")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document and the relation that leads to it."""

    document: Document
    edge: Edge


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Part of the documents around one.

    Attributes:
        total: how many fit.
        found: those of this part; by place, date and path, each document once for each relation.
        places: name of place and how many fit there, most first; "" for none.
    """

    total: int
    found: tuple[Neighbour, ...]
    places: tuple[tuple[str, int], ...]


def count_neighbours(store: Queryable, paths: Collection[str]) -> dict[str, dict[Direction, dict[str, int]]]:
    """How many documents stand in each drawn relation to these, by path and direction.

    Zeros are left out, and documents without any. A relation counts what its narrower ones lead to as well (who
    details also implements).
    """
    index = document_index(store)
    names = [kind.name for kind in relation_kinds(store).values() if kind.drawn]
    numbers = dict(zip(index.numbers_of(map(document_iri, paths)), paths, strict=True))
    counts: dict[str, dict[Direction, dict[str, int]]] = {}
    for direction in _DIRECTIONS:
        ends: dict[tuple[int, str], set[int]] = {}
        for name in names:
            relations = index.relations_named(narrower(relation_kinds(store), [name]))
            for step in index.adjacency.steps(
                [number for number in numbers if number is not None], direction, relations
            ):
                ends.setdefault((step.near, name), set()).add(step.far)
        for (number, name), far in ends.items():
            at = counts.setdefault(numbers[number], {"up": {}, "down": {}})
            at[direction][name] = len(far)
    return counts


def list_neighbours(
    store: Queryable,
    document: Document,
    direction: Direction,
    relation: str,
    *,
    place: str | None = None,
    words: str | None = None,
    as_of: str | None = None,
    limit: int = 30,
    offset: int = 0,
) -> Neighbours:
    """The documents in one relation to a document.

    Args:
        store: what to ask.
        document: where they are related to.
        direction: up: it acts on them; down: they act on it.
        relation: local name; narrower ones count.
        place: only those of this place, by its name.
        words: only those whose label or title holds this, whatever its case.
        as_of: ISO prefix; later documents are left out.
        limit: most of this part.
        offset: how many to pass over.

    Raises:
        QueryError: no such relation.
    """
    kinds = relation_kinds(store)
    edges = read_edges(store, [document.iri], direction, narrower(kinds, [relation])).get(document.iri, [])
    ends = [(edge.object if direction == "up" else edge.subject, edge) for edge in narrowest(edges, kinds)]
    known = read_documents(store, [iri for iri, _ in ends])
    fitting = [
        Neighbour(known[iri], edge)
        for iri, edge in ends
        if iri in known and is_within(known[iri].date, as_of) and _holds(known[iri], words)
    ]
    places = Counter(item.document.place or "" for item in fitting)
    chosen = sorted(
        (item for item in fitting if place is None or (item.document.place or "") == place), key=_order
    )
    return Neighbours(len(chosen), tuple(chosen[offset : offset + limit]), tuple(places.most_common()))


def _holds(document: Document, words: str | None) -> bool:
    return not words or words.casefold() in f"{document.label} {document.title or ''}".casefold()


def _order(item: Neighbour) -> tuple[str, str, str, str]:
    document = item.document
    return document.place_slug or "", document.date or "9999", document.path, item.edge.predicate
