"""The page of one document: what it is, what it comes from, what came of it, each relation with its words."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fastapi import Request, Response

from api.pages import page
from api.tables import shown_evidence
from api.web.cited_source import CitedSource, source_namer
from api.web.language import visitor_of
from api.web.paging import paging_of
from graph.ask import is_within, list_implementing
from graph.days import today
from graph.facts import Direction, Document, Edge, Evidence, read_documents, read_edges
from graph.findings import find_findings
from graph.lookup import shown_date
from graph.project import narrowest
from graph.status import Status
from graph.store import Store
from graph.vocabulary import RelationKind, local_name, narrower, relation_kinds, vocabulary_labels
from ontology.status import reason_words, state_label

_ROWS = 25
"""Rows of a group on the document's own page; the rest is one click away, so that no page grows without bound."""

_ROWS_ALONE = 100
"""Rows of a page that shows one group."""

_IMPLEMENTED = "down-implements"
"""Id of the group of documents that implement this one."""

_BEGINNING = "1945"
"""From when changes are asked for where a document's date is not known."""

_STRIP = 4
"""Documents named in each part of the lineage strip."""


@dataclass(frozen=True, slots=True)
class Row:
    """A related document with what says so.

    Attributes:
        document: at the far end.
        evidence: best first.
        between: documents on the way where the relation goes through others; mostly empty.
    """

    document: Document
    evidence: tuple[Evidence, ...]
    between: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The documents related in one way.

    Attributes:
        id: `down-implements`, unique on the page, what `?group=` takes.
        direction: up: this document acts; down: it is acted upon.
        predicate: local name.
        rows: all of them, in the order shown.
        places: slug, name and number of rows of each place; empty where there is but one.
    """

    id: str
    direction: Direction
    predicate: str
    rows: tuple[Row, ...]
    places: tuple[tuple[str, str, int], ...] = ()


def document_page(
    request: Request,
    store: Store,
    document: Document,
    status: Status,
    legislation: dict[str, Any],
    as_of: str | None = None,
) -> Response:
    """The page; with `?group=down-implements&place=hai-duong&offset=100` one group of it, page by page.

    Args:
        request: what is answered.
        store: where the document is from.
        document: the document.
        status: of the document.
        legislation: the document in the words of schema.org.
        as_of: documents issued after it are left out; None for all.
    """
    groups = _groups(store, document, as_of)
    wanted, place = request.query_params.get("group"), request.query_params.get("place")
    alone = next((group for group in groups if group.id == wanted), None)
    listed = [(group, _at(group, place)) for group in ([alone] if alone else groups)]
    paging = paging_of(request, len(listed[0][1]), _ROWS_ALONE) if alone else None
    window = slice(paging.offset, paging.last) if paging else slice(_ROWS)
    language = visitor_of(request).language
    source_of = source_namer(store)
    return page(
        request,
        "document.html",
        document=document,
        legislation=legislation,
        force=status,
        reason=reason_words(status.reason, shown_date(status.as_of) if status.as_of else "nay", language),
        state=state_label(status.state, document.polity, language),
        groups=[(group, rows[window], len(rows)) for group, rows in listed],
        strip=_strip(groups, relation_kinds(store)),
        is_implemented=any(group.id == _IMPLEMENTED for group in groups),
        findings=find_findings(store, [document], as_of=status.as_of).items,
        span=_span(document),
        source_of=source_of,
        alone=alone,
        place=place,
        paging=paging,
        texts=_sources(store, document, "describes", source_of),
        mentioned=_sources(store, document, "mentions", source_of),
        labels=vocabulary_labels(store, language),
        shown_evidence=shown_evidence,
        issuer_id=_issuer(store, document),
    )


def _span(document: Document) -> tuple[str, str]:
    """From when to when changes around a document are looked for."""
    now = today()
    return min(document.date or _BEGINNING, now), now


def _groups(store: Store, document: Document, as_of: str | None) -> list[Group]:
    """Incoming relations first, implementing before all; then what the document itself does.

    Documents issued after `as_of` are left out.
    """
    kinds = relation_kinds(store)
    implementing = narrower(kinds, ["implements"])
    found = [
        Row(item.document, item.steps[0].evidence, item.documents)
        for item in list_implementing(store, document, as_of=as_of)
    ]
    groups = [_group("down", "implements", found)] if found else []
    for direction in ("down", "up"):
        taken = implementing if direction == "down" else frozenset()
        groups += _related(store, document, direction, kinds, taken, as_of)
    return groups


def _related(
    store: Store,
    document: Document,
    direction: Direction,
    kinds: dict[str, RelationKind],
    taken: frozenset[str],
    as_of: str | None,
) -> list[Group]:
    edges = narrowest(read_edges(store, [document.iri], direction, kinds).get(document.iri, ()), kinds)
    edges = [edge for edge in edges if edge.predicate not in taken]
    known = read_documents(store, [_far(edge, direction) for edge in edges])
    edges = [edge for edge in edges if is_within(known[_far(edge, direction)].date, as_of)]
    order = list(kinds)
    edges.sort(key=lambda edge: (kinds[edge.predicate].drawn is False, order.index(edge.predicate)))
    return [
        _group(
            direction,
            predicate,
            sorted(
                (Row(known[_far(edge, direction)], edge.evidence) for edge in same),
                key=lambda row: (
                    row.document.place_slug or "",
                    row.document.date or "9999",
                    row.document.path,
                ),
            ),
        )
        for predicate, same in groupby(edges, key=lambda edge: edge.predicate)
    ]


def _far(edge: Edge, direction: Direction) -> str:
    return edge.object if direction == "up" else edge.subject


def _group(direction: Direction, predicate: str, rows: list[Row]) -> Group:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.document.place_slug and row.document.place:
            key = (row.document.place_slug, row.document.place)
            counts[key] = counts.get(key, 0) + 1
    places = tuple((slug, name, number) for (slug, name), number in counts.items())
    return Group(
        f"{direction}-{predicate}", direction, predicate, tuple(rows), places if len(places) > 1 else ()
    )


def _at(group: Group, place: str | None) -> tuple[Row, ...]:
    """The rows of this place; all of them where none is asked for or the group has none there."""
    if place is None:
        return group.rows
    return tuple(row for row in group.rows if row.document.place_slug == place) or group.rows


def _strip(
    groups: list[Group], kinds: dict[str, RelationKind]
) -> dict[str, list[tuple[Group, tuple[Row, ...]]]]:
    """What stands before and after a document in its lineage: drawn relations only, a few names of each."""
    return {
        direction: [
            (group, group.rows[:_STRIP])
            for group in groups
            if group.direction == direction and kinds[group.predicate].drawn
        ]
        for direction in ("up", "down")
    }


def _sources(
    store: Store, document: Document, predicate: str, source_of: Callable[[str, int], CitedSource]
) -> list[tuple[CitedSource, str]]:
    """The sources that are or mention a document, with their ids, by name; only those the store keeps."""
    rows = store.query(
        f"SELECT ?source {{ ?source ph:{predicate} <{document.iri}> }} ORDER BY ?source LIMIT {_ROWS}"
    )
    ids = [local_name(row["source"].value) for row in rows]
    found = ((source_of(id_, 0), id_) for id_ in ids if id_ in store.texts)
    return sorted(found, key=lambda item: (item[0].is_catalogue, item[0].name, item[1]))


def _issuer(store: Store, document: Document) -> str | None:
    """Last part of the IRI of the body that issued a document."""
    rows = store.query(f"SELECT ?body {{ <{document.iri}> ph:issuedBy ?body }} LIMIT 1")
    return next((local_name(row["body"].value) for row in rows), None)
