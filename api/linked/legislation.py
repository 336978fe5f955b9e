"""A document in the words of schema.org, for the search engines that read a page.

Source: https://schema.org/Legislation. Documents of the Party are not law: they are given as the same type,
since there is no nearer one, but without a legal force.
"""

from collections.abc import Iterable
from typing import Any

from graph.citation import cite_document
from graph.facts import Document, Edge
from graph.status import Status

_FORCE = {
    "in-force": "https://schema.org/InForce",
    "partly-superseded": "https://schema.org/PartiallyInForce",
    "superseded": "https://schema.org/NotInForce",
    "not-yet-in-force": "https://schema.org/NotInForce",
}
_OUTGOING = {
    "implements": "legislationApplies",
    "details": "legislationApplies",
    "guides": "legislationApplies",
    "amends": "legislationChanges",
    "corrects": "legislationChanges",
    "replaces": "legislationChanges",
    "repeals": "legislationChanges",
    "supersedes": "legislationChanges",
    "suspends": "legislationChanges",
    "consolidates": "legislationConsolidates",
    "cites": "citation",
    "basedOn": "citation",
}


def legislation(
    document: Document, edges: Iterable[Edge], others: Iterable[Document], status: Status
) -> dict[str, Any]:
    """A document as `Legislation`; what is not known is left out.

    Args:
        document: the document.
        edges: its relations; those of which it is the subject are told.
        others: the documents at their far ends.
        status: of the document.
    """
    known = {other.iri: other for other in others}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": document.iri,
        "name": document.title or document.label,
        "alternateName": [document.label, *document.aliases],
        "abstract": cite_document(document),
        "inLanguage": "vi",
        "legislationIdentifier": document.number,
        "legislationType": document.type,
        "legislationDate": document.date,
        "legislationPassedBy": {"@type": "Organization", "name": document.issuer}
        if document.issuer
        else None,
        "legislationJurisdiction": {
            "@type": "AdministrativeArea",
            "name": f"{document.place}, Việt Nam" if document.place else "Việt Nam",
        },
        "spatialCoverage": document.place,
        "url": document.url,
        "legislationLegalForce": _FORCE.get(status.state) if document.polity == "state" else None,
    }
    for edge in edges:
        name = _OUTGOING.get(edge.predicate)
        if name and edge.subject == document.iri and edge.object in known:
            other = known[edge.object]
            found.setdefault(name, []).append({"@type": "Legislation", "@id": other.iri, "name": other.label})
    return {name: value for name, value in found.items() if value is not None}
