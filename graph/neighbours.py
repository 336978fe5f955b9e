"""The documents around one: how many in which relation, and which, part by part; for expanding pictures."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from graph.ask import is_within
from graph.facts import Direction, Document, Edge, document_iri, read_documents, read_edges
from graph.project import narrowest
from graph.vocabulary import NAMESPACE, Queryable, local_name, narrower, relation_kinds

_DEGREES = """
SELECT ?near ?predicate (COUNT(DISTINCT ?far) AS ?count) WHERE {
  VALUES ?near { %s } VALUES ?predicate { %s } %s . ?far a ph:Document
} GROUP BY ?near ?predicate"""


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
    """How many documents stand in each drawn relation to these, by path and direction; zeros are left out.

    A relation counts what its narrower ones lead to as well (who details also implements).
    """
    kinds = relation_kinds(store)
    values = " ".join(f"<{document_iri(path)}>" for path in paths)
    drawn = " ".join(f"<{NAMESPACE}{kind.name}>" for kind in kinds.values() if kind.drawn)
    by_iri = {document_iri(path): path for path in paths}
    counts: dict[str, dict[Direction, dict[str, int]]] = {path: {"up": {}, "down": {}} for path in paths}
    patterns: dict[Direction, str] = {"up": "?near ?predicate ?far", "down": "?far ?predicate ?near"}
    for direction, pattern in patterns.items():
        for row in store.query("PREFIX ph: <" + NAMESPACE + ">" + _DEGREES % (values, drawn, pattern)):
            at = counts[by_iri[row["near"].value]][direction]
            at[local_name(row["predicate"].value)] = int(row["count"].value)
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
