"""Documents superseded by a body that is neither their issuer (or its heir) nor above it: kept, and told.

Source: Quy định 66-QĐ/TW (2017), Điều 3, for the Party; Luật 80/2015/QH13, Điều 12, for the State.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from graph.facts import Direction, Document, read_documents, read_edges, words_of_sources
from graph.finding import Finding, make_finding
from graph.vocabulary import Queryable, narrower, relation_kinds
from ontology.authority import may_end
from ontology.body import Body, body_named

CANDIDATES = "SELECT DISTINCT ?document WHERE { ?by ph:supersedes ?document }"


def find_authority(
    store: Queryable, documents: Collection[Document], sources: Collection[str] | None, skipped: Counter[str]
) -> Iterator[Finding]:
    """Findings of this kind in which some documents are superseded or supersede.

    Args:
        store: what to ask.
        documents: either end.
        sources: ids of sources whose words count; None for all.
        skipped: gets `authority`: pairs of which one issuer is not known.
    """
    predicates = narrower(relation_kinds(store), ["supersedes"])
    met = {document.iri: document for document in documents}
    asked = sorted(met)
    directions: tuple[Direction, ...] = ("down", "up")
    edges = [
        told
        for direction in directions
        for found in read_edges(store, asked, direction, predicates).values()
        for edge in found
        if (told := words_of_sources(edge, sources)) is not None
    ]
    missing = {end for edge in edges for end in (edge.subject, edge.object)} - met.keys()
    met.update(read_documents(store, sorted(missing)))
    for edge in edges:
        if edge.subject not in met or edge.object not in met:
            continue
        by, document = met[edge.subject], met[edge.object]
        allowed = _may_end(by, document)
        if allowed is None:
            skipped["authority"] += 1
        elif not allowed:
            yield make_finding("authority", "medium", (document, by), [edge], by.date, document.polity)


def _may_end(by: Document, document: Document) -> bool | None:
    if "joint" in (by.polity, document.polity):
        return None
    body, issuer = _body(by), _body(document)
    return may_end(body, issuer) if body and issuer else None


def _body(document: Document) -> Body | None:
    return body_named(document.issuer, document.place_slug) if document.issuer else None
