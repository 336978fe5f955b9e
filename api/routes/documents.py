"""Documents: lists, single ones in several forms, and the questions about one by its address."""

from typing import Annotated

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.answer import data, refuse_form
from api.live import CurrentStore
from api.negotiate import preferred
from api.pages import page
from api.routes.parameters import Level, Narrowed, Trace
from graph.ask import document_at, list_implementing, trace_lineage
from graph.browse import browse_documents
from graph.errors import AmbiguousReferenceError, UnknownReferenceError
from graph.facts import Document, Edge
from graph.lookup import find_documents
from graph.prefixes import PREFIXES
from graph.rows import brief_row, document_row, edge_row, implementing_row, lineage_row
from graph.store import Store
from graph.vocabulary import vocabulary_labels

router = APIRouter(tags=["documents"])

_RDF = {"text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD,
        "application/n-triples": ox.RdfFormat.N_TRIPLES}  # fmt: skip
_MAX_RELATED = 200
"""Neighbours told with a document; the rest is for `/documents/{path}/lineage`."""

_FORMS = ["application/json", "text/html", *_RDF]


@router.get("/documents", summary="List documents")
def documents(
    store: CurrentStore,
    number: str | None = None,
    type: Annotated[str | None, Query(description="slug, symbol or name")] = None,  # noqa: A002
    place: Annotated[str | None, Query(description="province, by slug or name")] = None,
    level: Level = None,
    q: Annotated[str | None, Query(description="a reference or words of a title")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Documents that fit all that is given, by path; with `q` likeliest first."""
    found = browse_documents(
        store, number=number, type=type, place=place, level=level, words=q, limit=limit, offset=offset
    )
    after = offset + limit
    return data(
        {
            "total": found.total,
            "offset": offset,
            "next": after if after < found.total else None,
            "items": [
                brief_row(document) | {"href": f"/documents/{document.path}"} for document in found.documents
            ],
        }
    )


@router.get("/documents/{path:path}/implementing", summary="Documents that implement one, by its path")
def implementing(store: CurrentStore, path: str, narrowed: Narrowed) -> Response:
    """Each with the sentence that says so, and the way on where it goes through another document."""
    return implementing_answer(store, document_at(store, path), narrowed)


@router.get(
    "/documents/{path:path}/lineage", summary="What a document comes from or what came of it, by its path"
)
def lineage(store: CurrentStore, path: str, trace: Trace) -> Response:
    """Nodes and edges, each edge with its evidence; `truncated` says whether a limit cut something off."""
    return lineage_answer(store, document_at(store, path), trace)


@router.get("/documents/{path:path}", summary="One document, as JSON, JSON-LD, Turtle, N-Triples or HTML")
def document(request: Request, store: CurrentStore, path: str) -> Response:
    """The facts of a document in the form the Accept header asks for.

    An address from before the document's year was known redirects to its present one, or gives candidates.
    """
    form = preferred(request.headers.get("accept"), _FORMS)
    if form is None:
        return refuse_form(request, _FORMS)
    try:
        found = document_at(store, path)
    except UnknownReferenceError:
        moved = _moved(store, path)
        if moved is None:
            raise
        return RedirectResponse(request.url_for("document", path=moved.path), 301)
    if form in _RDF:
        return _as_rdf(store, found, form)
    if form == "text/html":
        return _as_page(request, store, found)
    edges, nodes, is_cut = _related(store, found)
    return data(
        document_row(found)
        | {
            "relations": [edge_row(edge) for edge in edges],
            "truncated": is_cut,
            "documents": {node.iri: brief_row(node) for node in nodes},
        }
    )


def implementing_answer(store: Store, found: Document, narrowed: Narrowed) -> Response:
    """The documents that implement one, as data."""
    items = list_implementing(store, found, narrowed.level, narrowed.place, narrowed.direct, narrowed.as_of)
    return data(
        {
            "document": brief_row(found),
            "total": len(items),
            "items": [implementing_row(item) for item in items],
        }
    )


def lineage_answer(store: Store, found: Document, trace: Trace) -> Response:
    """What a document comes from or what came of it, as data."""
    return data(
        lineage_row(
            trace_lineage(
                store, found, trace.direction, trace.relation, trace.depth, trace.as_of, trace.max_nodes
            )
        )
    )


def _related(store: Store, found: Document) -> tuple[list[Edge], list[Document], bool]:
    """A document's own relations, the documents at their far ends, and whether some were left out."""
    near = trace_lineage(store, found, "both", ["relatedTo"], depth=1, max_nodes=_MAX_RELATED + 1)
    edges = [edge for edge in near.edges if found.iri in (edge.subject, edge.object)]
    return edges, list(near.nodes[1:]), len(near.nodes) > _MAX_RELATED


def _moved(store: Store, path: str) -> Document | None:
    """The document that a path without a year now means.

    Raises:
        AmbiguousReferenceError: it may mean several.
    """
    if path.strip("/").count("/") != 2:
        return None
    scope, kind, number = path.strip("/").split("/")
    found = [
        candidate
        for candidate in find_documents(store, path, 100)
        if candidate.document.path.split("/")[::3] == [scope, number]
        and candidate.document.path.split("/")[1] == kind
    ]
    if len(found) > 1:
        raise AmbiguousReferenceError(
            f"document {path!r}: {len(found)} documents have this path with a year in it", found
        )
    return found[0].document if found else None


def _as_rdf(store: Store, found: Document, form: str) -> Response:
    query = "CONSTRUCT { ?document ?property ?value } WHERE { ?document ?property ?value }"
    triples = sorted(store.query(query, document=ox.NamedNode(found.iri)), key=str)
    body = ox.serialize(triples, format=_RDF[form], prefixes=PREFIXES)
    return Response(body, media_type=form, headers={"Vary": "Accept"})


def _as_page(request: Request, store: Store, found: Document) -> Response:
    implementers = list_implementing(store, found)
    others, nodes, is_cut = _related(store, found)
    below = {item.document.iri for item in implementers}
    edges = [edge for edge in others if not (edge.object == found.iri and edge.subject in below)]
    return page(
        request,
        "document.html",
        document=found,
        implementers=implementers,
        edges=edges,
        nodes={node.iri: node for node in (found, *nodes)},
        truncated=is_cut,
        labels=vocabulary_labels(store),
    )
