"""Documents that implement, or supersede, each other in a circle."""

from collections.abc import Collection, Iterator

from graph.facts import Document, Edge, read_documents, read_edges, words_of_sources
from graph.finding import PREFIX, Finding, make_finding
from graph.vocabulary import Queryable, local_name, narrower, relation_kinds

RELATIONS = {"implements": "thực hiện", "supersedes": "thay thế"}
"""Relations in which a circle makes no sense, and how it is told."""

_PAIRS = "SELECT ?subject ?object WHERE {{ ?subject ph:{relation} ?object }}"


def cycle_candidates(store: Queryable) -> set[str]:
    """IRIs of documents that may lie on a circle: what is left when ends of paths are taken away again and again."""
    found: set[str] = set()
    for relation in RELATIONS:
        up: dict[str, set[str]] = {}
        down: dict[str, set[str]] = {}
        for row in store.query(PREFIX + _PAIRS.format(relation=relation)):
            subject, object_ = row["subject"].value, row["object"].value
            up.setdefault(subject, set()).add(object_)
            down.setdefault(object_, set()).add(subject)
        waiting = [iri for iri in up.keys() | down.keys() if not (up.get(iri) and down.get(iri))]
        while waiting:
            iri = waiting.pop()
            for near, far in ((up, down), (down, up)):
                for other in near.pop(iri, ()):
                    far.get(other, set()).discard(iri)
                    if other in near and not far.get(other):
                        waiting.append(other)
        found |= {iri for iri, others in up.items() if others}
    return found


def find_cycles(
    store: Queryable, documents: Collection[Document], sources: Collection[str] | None
) -> Iterator[Finding]:
    """The shortest circle of each relation through each of some documents; a circle is told once.

    Args:
        store: what to ask.
        documents: through which circles are looked for.
        sources: ids of sources whose words count; None for all.
    """
    kinds = relation_kinds(store)
    told: set[str] = set()
    for relation, words in RELATIONS.items():
        predicates = narrower(kinds, [relation])
        for document in documents:
            circle = _circle(store, document, predicates, sources)
            if circle:
                iris = [edge.subject for edge in circle]
                met = read_documents(store, iris)
                finding = make_finding(
                    "cycle",
                    "medium",
                    [met[iri] for iri in iris],
                    circle,
                    key=(relation, *sorted(map(local_path, iris))),
                    relation=words,
                )
                if finding.id not in told:
                    told.add(finding.id)
                    yield finding


def local_path(iri: str) -> str:
    """What stands after `/doc/` in a document's IRI."""
    return iri.partition("/doc/")[2] or local_name(iri)


def _circle(
    store: Queryable, document: Document, predicates: frozenset[str], sources: Collection[str] | None
) -> list[Edge]:
    """The relations of a shortest way from a document back to itself, in order; empty where there is none."""
    ways: dict[str, tuple[Edge, ...]] = {document.iri: ()}
    frontier = [document.iri]
    while frontier:
        found = read_edges(store, frontier, "up", predicates)
        fresh = []
        for iri in frontier:
            for edge in found.get(iri, ()):
                step = words_of_sources(edge, sources)
                if step is None:
                    continue
                if edge.object == document.iri:
                    return [*ways[iri], step]
                if edge.object not in ways:
                    ways[edge.object] = (*ways[iri], step)
                    fresh.append(edge.object)
        frontier = sorted(fresh)
    return []
