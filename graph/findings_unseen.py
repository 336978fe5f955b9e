"""Documents that others cite and the corpus does not hold, most needed first: what to collect next."""

from collections.abc import Collection, Iterator

from graph.facts import Document, read_documents, read_edges
from graph.finding import PREFIX, Finding, make_finding, values
from graph.vocabulary import Queryable, narrower, relation_kinds

FEWEST = 2
"""Documents that must cite one before it is told, where all are asked for."""

_HEAVY, _MIDDLE = 10, 3
_EXAMPLES = 3

_UNSEEN = """
SELECT ?document (COUNT(DISTINCT ?citing) AS ?n) WHERE {
  %s
  ?citing ph:relatedTo ?document .
  FILTER NOT EXISTS { ?document ph:url ?address }
  FILTER NOT EXISTS { ?document ph:dateEffective ?effective }
  FILTER NOT EXISTS { ?source ph:describes ?document }
} GROUP BY ?document HAVING (COUNT(DISTINCT ?citing) >= %d)"""


def find_unseen(store: Queryable, documents: Collection[Document] | None = None) -> Iterator[Finding]:
    """Findings of this kind about some documents, or about all that at least `FEWEST` cite, most cited first."""
    counts: dict[str, int] = {}
    parts = (
        [f"VALUES ?document {{ {batch} }}" for batch in values(documents)] if documents is not None else [""]
    )
    for part in parts:
        for row in store.query(PREFIX + _UNSEEN % (part, FEWEST if documents is None else 1)):
            counts[row["document"].value] = int(row["n"].value)
    kinds = relation_kinds(store)
    resting = narrower(kinds, ["implements", "basedOn"])
    ranked = sorted(counts, key=lambda iri: (-counts[iri], iri))
    met = read_documents(store, ranked)
    for start in range(0, len(ranked), 500):
        batch = [iri for iri in ranked[start : start + 500] if iri in met]
        edges = read_edges(store, batch, "down", narrower(kinds, ["relatedTo"]))
        for iri in batch:
            found = sorted(edges.get(iri, ()), key=lambda edge: (edge.predicate not in resting, edge.subject))
            n_resting = len({edge.subject for edge in found if edge.predicate in resting})
            n = counts[iri]
            severity = "high" if n >= _HEAVY else "medium" if n >= _MIDDLE else "low"
            yield make_finding("unseen", severity, [met[iri]], found[:_EXAMPLES], n=n, resting=n_resting)
