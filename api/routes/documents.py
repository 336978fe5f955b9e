"""Documents: lists, single ones in several forms, and the questions about one by its address."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.answer import CorpusRoute, accepts_json, corpus_data, refuse_form
from api.linked import forms
from api.linked.legislation import legislation
from api.live import CurrentStore
from api.models.document import DocumentList, WholeDocument
from api.models.lineage import Implementing, Lineage
from api.negotiate import preferred
from api.openapi import AMBIGUOUS, BAD, NOT_HERE
from api.routes.parameters import AsOf, DocumentPath, Listed, Narrowed, Trace
from api.web.document_page import document_page
from graph.ask import document_at, list_implementing, trace_lineage
from graph.browse import browse_documents
from graph.days import today
from graph.errors import AmbiguousReferenceError, UnknownReferenceError
from graph.facts import Document
from graph.lookup import find_documents
from graph.rows import brief_row, implementing_row, lineage_row
from graph.status import status_of
from graph.store import Store
from graph.whole_document import related, whole_row

router = APIRouter(tags=["documents"], route_class=CorpusRoute)

_FORMS = ["application/json", "text/html", *forms.RDF]
_OFFERED: dict[str, Any] = {
    "content": {name: {"schema": {"type": "string"}} for name in _FORMS if name != "application/json"}
}


@router.get(
    "/documents",
    summary="List documents",
    response_model=DocumentList,
    responses=BAD,
    dependencies=[Depends(accepts_json)],
)
def documents(store: CurrentStore, asked: Listed) -> Response:
    """Documents that fit all that is given, by path; with `q` likeliest first, unless sorted otherwise."""

    def keep(some: Sequence[Document]) -> set[str]:
        found = status_of(store, some, asked.as_of)
        return {iri for iri, status in found.items() if status.state == asked.status}

    found = browse_documents(
        store,
        number=asked.number,
        type=asked.type,
        issuer=asked.issuer,
        place=asked.place,
        level=asked.level,
        polity=asked.polity,
        since=asked.since,
        until=asked.until,
        words=asked.q,
        keep=keep if asked.status else None,
        sort=asked.sort,
        limit=asked.limit,
        offset=asked.offset,
        after=asked.cursor,
    )
    following = asked.offset + asked.limit
    is_by_offset = asked.cursor is None and following < found.total
    return corpus_data(
        store,
        {
            "total": found.total,
            "offset": asked.offset,
            "next": following if is_by_offset else None,
            "cursor": found.next,
            "truncated": found.truncated,
            "items": [located_row(document) for document in found.documents],
        },
    )


@router.get(
    "/documents/{path:path}/implementing",
    summary="Documents that implement one, by its path",
    response_model=Implementing,
    responses=BAD | NOT_HERE,
    dependencies=[Depends(accepts_json)],
)
def implementing(store: CurrentStore, path: DocumentPath, narrowed: Narrowed) -> Response:
    """Each with the sentence that says so, and the way on where it goes through another document."""
    return implementing_answer(store, document_at(store, path), narrowed)


@router.get(
    "/documents/{path:path}/lineage",
    summary="What a document comes from or what came of it, by its path",
    response_model=Lineage,
    responses=BAD | NOT_HERE,
    dependencies=[Depends(accepts_json)],
)
def lineage(store: CurrentStore, path: DocumentPath, trace: Trace) -> Response:
    """Nodes and edges, each edge with its evidence; `truncated` says whether a limit cut something off."""
    return lineage_answer(store, document_at(store, path), trace)


@router.get(
    "/documents/{path:path}",
    summary="One document, as JSON, JSON-LD, Turtle, N-Triples or HTML",
    response_model=WholeDocument,
    responses={200: _OFFERED} | AMBIGUOUS | NOT_HERE,
)
def document(request: Request, store: CurrentStore, path: DocumentPath, as_of: AsOf = None) -> Response:
    """The facts of a document in the form the Accept header asks for; `as_of` is the date of its status.

    An address from before the document's year was known redirects to its present one, or gives candidates.
    """
    form = preferred(request.headers.get("accept"), _FORMS)
    if form is None:
        return refuse_form(request, _FORMS)
    try:
        found = document_at(store, path)
    except UnknownReferenceError:
        moved = moved_document(store, path)
        if moved is None:
            raise
        return RedirectResponse(request.url.path.removesuffix(path) + moved.path, 301)
    return document_answer(request, store, found, form, as_of)


def document_answer(
    request: Request, store: Store, found: Document, form: str, as_of: str | None = None
) -> Response:
    """A document in one of its forms."""
    if form in forms.RDF:
        return forms.rdf_answer(store, "doc", found.path, form)
    edges, nodes, is_cut = related(store, found)
    if form == "text/html":
        # people ask about today; data are of the build alone, so that they can be kept
        status = status_of(store, [found], as_of or today())[found.iri]
        told = legislation(found, edges, nodes, status)
        return document_page(request, store, found, status, told, as_of)
    status = status_of(store, [found], as_of)[found.iri]
    return corpus_data(
        store,
        whole_row(found, status, edges, nodes, is_cut) | {"href": f"/documents/{found.path}"},
    )


def located_row(found: Document) -> dict[str, Any]:
    """A document as lists give it, with its address here."""
    return brief_row(found) | {"href": f"/documents/{found.path}"}


def implementing_answer(store: Store, found: Document, narrowed: Narrowed) -> Response:
    """The documents that implement one, as data."""
    items = list_implementing(store, found, narrowed.level, narrowed.place, narrowed.direct, narrowed.as_of)
    return corpus_data(
        store,
        {
            "document": brief_row(found),
            "total": len(items),
            "items": [implementing_row(item) for item in items],
        },
    )


def lineage_answer(store: Store, found: Document, trace: Trace) -> Response:
    """What a document comes from or what came of it, as data."""
    return corpus_data(
        store,
        lineage_row(
            trace_lineage(
                store, found, trace.direction, trace.relation, trace.depth, trace.as_of, trace.max_nodes
            )
        ),
    )


def moved_document(store: Store, path: str) -> Document | None:
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
