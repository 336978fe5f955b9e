"""The graph as a picture: documents with coordinates, their neighbours, files of what is on screen."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.live import CurrentStore
from api.models.graph import FileRequest, NeighbourPage, Picture, PictureRequest
from api.negotiate import wants_html
from api.openapi import AMBIGUOUS, BAD, NOT_HERE, Responses
from api.routes.parameters import AsOf, Ref, RelationName
from api.web.drawing import neighbours_row, picture_of
from graph.ask import document_at, resolve_reference
from graph.facts import document_iri
from graph.neighbours import list_neighbours
from graph.picture_file import FORMS, write_picture
from graph.project import induced, neighbourhood

router = APIRouter(tags=["graph"])

_VARY = {"Vary": "Accept"}
_FILES: Responses = {200: {"content": {name.partition(";")[0]: {} for name in FORMS.values()}}}
_DRAWN: Responses = {200: {"model": Picture}}


@router.get(
    "/graph", summary="A document's neighbourhood, to be drawn", responses=_DRAWN | AMBIGUOUS | NOT_HERE
)
def graph(
    request: Request,
    store: CurrentStore,
    ref: Ref,
    hops: Annotated[int, Query(ge=0, le=6)] = 1,
    cap: Annotated[int, Query(ge=1, le=5000, description="most documents drawn")] = 150,
) -> Response:
    """Documents at most `hops` relations away, whichever way they point, with coordinates; a browser gets the page."""
    document = resolve_reference(store, ref)
    if wants_html(request):
        return RedirectResponse(
            request.url_for("explore").include_query_params(ref=document.path, hops=hops, cap=cap), 303
        )
    return _json(picture_of(store, neighbourhood(store, document, hops, cap)))


@router.post(
    "/graph/documents", summary="These documents and the relations among them", responses=_DRAWN | BAD
)
def graph_of(store: CurrentStore, wanted: PictureRequest) -> Response:
    """Documents that this corpus does not have are left out."""
    return _json(picture_of(store, induced(store, map(document_iri, wanted.documents))))


@router.get(
    "/graph/neighbours",
    summary="The documents in one relation to a document",
    responses={200: {"model": NeighbourPage}} | BAD | NOT_HERE,
)
def neighbours(
    store: CurrentStore,
    document: Annotated[
        str, Query(min_length=1, max_length=300, description="its path", examples=["tw/nq/2013/25"])
    ],
    relation: RelationName,
    direction: Literal["up", "down"] = "down",
    place: Annotated[
        str | None, Query(max_length=100, description="name of a place; empty for those without one")
    ] = None,
    words: Annotated[str | None, Query(max_length=200, description="words of the label or title")] = None,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 30,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """By place and date; `places` says how many there are in each, so that one can choose."""
    found = list_neighbours(
        store, document_at(store, document), direction, relation,
        place=place, words=words, as_of=as_of, limit=limit, offset=offset,
    )  # fmt: skip
    return _json(neighbours_row(found, offset))


@router.post(
    "/graph/file/{form}",
    summary="What is on screen, as GraphML, GEXF, CSV or JSON-LD",
    response_class=Response,
    responses=_FILES | BAD,
)
def graph_file(
    store: CurrentStore, form: Literal["graphml", "gexf", "csv", "jsonld"], wanted: FileRequest
) -> Response:
    """The documents named and, of the relations among them, those whose ids are given."""
    body = write_picture(store, induced(store, map(document_iri, wanted.documents)), set(wanted.edges), form)
    headers = {"Content-Disposition": f'attachment; filename="phahe.{form}"'}
    return Response(body, 200, headers, FORMS[form])


def _json(content: Any) -> Response:
    return Response(orjson.dumps(content), 200, _VARY, "application/json")
