"""The pages of a place and of a body: what they are, what they issued, which central documents they implement."""

import re
from collections.abc import Iterable

from fastapi import Request, Response

from api.pages import page
from api.web.language import visitor_of
from api.web.paging import Paging, paging_of
from graph.errors import UnknownReferenceError
from graph.facts import Document, read_documents
from graph.iri import mint
from graph.store import Store
from graph.vocabulary import vocabulary_labels
from ontology.body import bodies
from ontology.place import Place, places

_ROWS = 50
_IMPLEMENTED = """
SELECT ?document (COUNT(DISTINCT ?rule) AS ?count) (SAMPLE(?rule) AS ?example) WHERE {
  ?rule ph:place <%s> ; ph:implements ?document . ?document ph:level ph:central
} GROUP BY ?document ORDER BY DESC(?count) ?document LIMIT 20"""


def place_page(request: Request, store: Store, slug: str) -> Response:
    """The page of a province, by slug.

    Raises:
        UnknownReferenceError: neither our list nor this corpus has it.
    """
    iri = _iri("place", slug)
    known = next((item for item in places() if item.slug == slug), None)
    documents, paging = _documents(request, store, "place", iri)
    name = known.name if known else _label(store, iri)
    if name is None:
        raise UnknownReferenceError(f"place {slug!r}: not known; expected a slug such as hai-duong")
    rows = list(store.query(_IMPLEMENTED % iri)) if documents else []
    implemented = read_documents(store, [row["document"].value for row in rows])
    return page(
        request,
        "place.html",
        name=name,
        place=known,
        successors=_named(known.successors if known else ()),
        documents=documents,
        paging=paging,
        implemented=[
            (implemented[iri], int(row["count"].value))
            for row in rows
            if (iri := row["document"].value) in implemented
        ],
        slug=slug,
        labels=vocabulary_labels(store, visitor_of(request).language),
    )


def body_page(request: Request, store: Store, id_: str) -> Response:
    """The page of an issuing body, by the last part of its IRI.

    Raises:
        UnknownReferenceError: neither our list nor this corpus has it.
    """
    iri = _iri("body", id_)
    known = next((item for item in bodies() if item.id == id_), None)
    documents, paging = _documents(request, store, "issuedBy", iri)
    name = _label(store, iri) or (known.name if known else None)
    if name is None:
        raise UnknownReferenceError(f"body {id_!r}: not known; expected the end of a body's IRI such as bct")
    by_id = {item.id: item for item in bodies()}
    return page(
        request,
        "body.html",
        name=name,
        body=known,
        place=next((item for item in places() if known and item.slug == known.place), None),
        successors=[by_id[item] for item in (known.successors if known else ()) if item in by_id],
        documents=documents,
        paging=paging,
        labels=vocabulary_labels(store, visitor_of(request).language),
    )


def _documents(request: Request, store: Store, predicate: str, iri: str) -> tuple[list[Document], Paging]:
    """A page of the documents that have this value, newest first, undated ones last."""
    found = store.query(
        f"SELECT ?document ?date WHERE {{ ?document ph:{predicate} <{iri}> ; a ph:Document"
        " OPTIONAL { ?document ph:dateIssued ?date } }"
    )
    order = sorted(
        ((str(row["date"].value) if row["date"] else "", row["document"].value) for row in found),
        key=lambda item: (item[0], item[1]),
        reverse=True,
    )
    paging = paging_of(request, len(order), _ROWS)
    chosen = [iri for _, iri in order[paging.offset : paging.offset + _ROWS]]
    return list(read_documents(store, chosen).values()), paging


def _iri(kind: str, name: str) -> str:
    """The IRI of a place or a body.

    Raises:
        UnknownReferenceError: no IRI of ours ends like that.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]{1,200}", name):
        raise UnknownReferenceError(f"{kind} {name!r}: expected the end of its IRI, small letters and dashes")
    return mint(kind, name)


def _label(store: Store, iri: str) -> str | None:
    return next(
        (str(row["label"].value) for row in store.query(f"SELECT ?label {{ <{iri}> rdfs:label ?label }}")),
        None,
    )


def _named(slugs: Iterable[str]) -> list[Place]:
    wanted = set(slugs)
    return [item for item in places() if item.slug in wanted]
