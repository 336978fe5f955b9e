"""Documents said to implement one that is younger than they are.

Such a reading is mostly no edge of the graph (its confidence is lowered when it is stated), so the records
are asked, not the edges.
"""

from collections.abc import Collection, Iterator
from typing import Any

from graph.facts import Document, Edge, Evidence, read_documents
from graph.finding import PREFIX, Finding, make_finding, values
from graph.moment import is_before
from graph.vocabulary import Queryable, local_name

CANDIDATES = """
SELECT DISTINCT ?document WHERE {
  VALUES ?predicate { ph:implements ph:details ph:guides }
  ?relation ph:predicate ?predicate ; ph:subject ?document ; ph:object ?other .
  ?document ph:dateIssued ?date . ?other ph:dateIssued ?otherDate .
  FILTER(STR(?date) < STR(?otherDate))
}"""

# dates are compared afterwards: joined here, they would send the engine through all documents
_RECORDS = """
SELECT ?document ?other ?predicate ?basis ?confidence ?rule ?quote ?source ?start ?end WHERE {
  VALUES ?document { %s }
  ?relation ph:subject ?document ; ph:predicate ?predicate ; ph:object ?other ; ph:basis ?basis ;
    ph:confidence ?confidence ; ph:quote ?quote ; ph:source ?source ; ph:start ?start ; ph:end ?end .
  FILTER(?predicate IN (ph:implements, ph:details, ph:guides) && ?basis != ph:inferred)
  OPTIONAL { ?relation ph:rule ?rule }
} ORDER BY ?document ?other ?predicate DESC(?confidence) ?source"""


def find_chronology(
    store: Queryable, documents: Collection[Document], sources: Collection[str] | None
) -> Iterator[Finding]:
    """Findings of this kind about some documents, by IRI of the document.

    Args:
        store: what to ask.
        documents: those said to implement.
        sources: ids of sources whose words count; None for all.
    """
    by_iri = {document.iri: document for document in documents}
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for batch in values(documents):
        for row in store.query(PREFIX + _RECORDS % batch):
            evidence = _evidence(row)
            if sources is None or evidence.source in sources:
                key = (row["document"].value, row["other"].value, local_name(row["predicate"].value))
                found.setdefault(key, []).append(evidence)
    others = read_documents(store, sorted({other for _, other, _ in found}))
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for (document, other, predicate), items in found.items():
        if other in others and is_before(by_iri[document].date, others[other].date):
            edge = Edge(document, predicate, other, tuple(items))
            pairs.setdefault((document, other), []).append(edge)
    for (document, other), edges in pairs.items():
        yield make_finding("chronology", "medium", (by_iri[document], others[other]), edges)


def _evidence(row: Any) -> Evidence:
    return Evidence(
        basis=local_name(row["basis"].value),
        confidence=float(row["confidence"].value),
        quote=row["quote"].value,
        source=local_name(row["source"].value),
        start=int(row["start"].value),
        end=int(row["end"].value),
        rule=row["rule"].value if row["rule"] is not None else None,
    )
