"""Documents on which sources contradict each other: number, date, or the day from which an act upon them holds."""

from collections.abc import Collection, Iterator

from graph.days import first_day, last_day
from graph.facts import Document, Edge, read_edges, words_of_sources
from graph.finding import Finding, make_finding
from graph.lookup import shown_date
from graph.vocabulary import Queryable, narrower, relation_kinds

CANDIDATES = """
SELECT DISTINCT ?document WHERE {
  { ?document ph:variant ?variant } UNION {
    SELECT ?document WHERE { ?relation ph:effectiveDate ?day ; ph:object ?document ; ph:subject ?by }
    GROUP BY ?document ?by HAVING (COUNT(DISTINCT ?day) > 1)
  }
}"""


def find_contradictions(
    store: Queryable, documents: Collection[Document], sources: Collection[str] | None
) -> Iterator[Finding]:
    """Findings of this kind about some documents, in their order.

    Args:
        store: what to ask.
        documents: about which sources may contradict each other.
        sources: ids of sources whose words count for acts upon them; None for all.
    """
    acting = narrower(relation_kinds(store), ["supersedes", "amends", "suspends"])
    upon = read_edges(store, sorted(document.iri for document in documents), "down", acting)
    for document in documents:
        edges = [
            told
            for edge in upon.get(document.iri, ())
            if (told := words_of_sources(edge, sources)) is not None
        ]
        torn = [edge for edge in edges if _contradicts(edge)]
        what = [*document.variants, *(_said(edge) for edge in torn)]
        if what:
            severity = "medium" if torn else "low"
            yield make_finding("contradiction", severity, [document], torn, what="; ".join(what))


def _contradicts(edge: Edge) -> bool:
    days = _days(edge)
    return bool(days) and max(map(first_day, days)) > min(map(last_day, days))


def _days(edge: Edge) -> list[str]:
    return sorted({item.effective for item in edge.evidence if item.effective})


def _said(edge: Edge) -> str:
    return "hiệu lực từ " + " hoặc ".join(map(shown_date, _days(edge)))
