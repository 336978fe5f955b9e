"""Evidence as W3C Web Annotations: the quoted span of a source is the target, the relation it bears out the body.

Source: https://www.w3.org/TR/annotation-model/, sections 3 (bodies, targets), 4.2 (selectors), 5 (collections).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from graph.facts import Document, Edge, Evidence
from graph.iri import mint
from graph.nquads import PH
from graph.rows import evidence_row
from graph.vocabulary import RelationKind

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PAGE = 100
"""Annotations of one page of a collection."""


def annotation(
    edge: Edge, evidence: Evidence, ends: dict[str, Document], kinds: dict[str, RelationKind]
) -> dict[str, Any]:
    """The annotation of one record: what its source says, where.

    Args:
        edge: the relation.
        evidence: of that relation.
        ends: the documents of the relation, by IRI.
        kinds: the relations of the vocabulary, for their labels.
    """
    row = evidence_row(edge, evidence)
    said = " ".join((ends[edge.subject].label, kinds[edge.predicate].label, ends[edge.object].label))
    return {
        "id": f"{row['iri']}#annotation",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"id": row["iri"], "type": f"{PH}Relation"},
            {"type": "TextualBody", "value": said, "language": "vi", "format": "text/plain", "purpose": "describing"},
        ],
        "target": {
            "source": mint("source", evidence.source),
            "selector": [
                {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
                {"type": "TextQuoteSelector", "exact": evidence.quote},
            ],
        },
    }  # fmt: skip


def collection(address: str, label: str, items: Sequence[dict[str, Any]], number: int) -> dict[str, Any]:
    """A page of a collection of annotations, with the collection it is part of.

    Args:
        address: IRI of the collection.
        label: of what these are the annotations.
        items: all of them, in order.
        number: of the page, from 0.
    """
    start = number * PAGE
    page: dict[str, Any] = {
        "id": f"{address}?page={number}",
        "type": "AnnotationPage",
        "startIndex": start,
        "items": list(items[start : start + PAGE]),
    }
    if start + PAGE < len(items):
        page["next"] = f"{address}?page={number + 1}"
    last = max(0, (len(items) - 1) // PAGE)
    whole = {"id": address, "type": "AnnotationCollection", "label": label, "total": len(items)}
    if number:
        return {"@context": CONTEXT, **page, "partOf": {**whole, "first": f"{address}?page=0"}}
    return {"@context": CONTEXT, **whole, "first": page, "last": f"{address}?page={last}"}


def annotations(
    edges: Iterable[Edge], ends: dict[str, Document], kinds: dict[str, RelationKind]
) -> list[dict[str, Any]]:
    """The annotations of all evidence of some relations, in their order."""
    return [annotation(edge, item, ends, kinds) for edge in edges for item in edge.evidence]
