"""Addresses of the pages that are of no use to programs, so they stand in no API description."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response

from api.live import CurrentStore
from api.pages import page
from api.web import assets, reports
from api.web.about_page import about_page
from api.web.explore_page import explore_page
from api.web.home_page import home_page
from api.web.source_page import source_page
from api.web.territory import body_page, place_page
from graph.suggest import suggest as suggest_documents

_SUGGESTIONS = 8

router = APIRouter(include_in_schema=False)
router.routes += [assets.ROUTE, reports.ROUTE]


@router.get("/")
def home(request: Request, store: CurrentStore) -> Response:
    """A search field, and what the corpus holds."""
    return home_page(request, store)


@router.get("/about")
def about(request: Request, store: CurrentStore) -> Response:
    """What the corpus holds, and what it does not know."""
    return about_page(request, store)


@router.get("/docs")
def docs(request: Request) -> Response:
    """The description of the HTTP API; what shows it comes with fastapi-offline."""
    return page(request, "docs.html")


@router.get("/explore")
def explore(
    request: Request,
    store: CurrentStore,
    ref: Annotated[str | None, Query(max_length=2000)] = None,
    hops: Annotated[int, Query(ge=0, le=6)] = 1,
    cap: Annotated[int, Query(ge=1, le=5000)] = 150,
) -> Response:
    """The picture of a part of the graph."""
    return explore_page(request, store, ref, hops, cap)


@router.get("/sources/{id_}")
def source(request: Request, store: CurrentStore, id_: str) -> Response:
    """A text with its citations."""
    return source_page(request, store, id_)


@router.get("/places/{slug}")
def place(request: Request, store: CurrentStore, slug: str) -> Response:
    """A province: its documents, and what it implements."""
    return place_page(request, store, slug)


@router.get("/bodies/{id_}")
def body(request: Request, store: CurrentStore, id_: str) -> Response:
    """An issuing body and its documents."""
    return body_page(request, store, id_)


@router.get("/suggest")
def suggest(request: Request, store: CurrentStore, q: Annotated[str, Query(max_length=200)]) -> Response:
    """Documents that what is typed so far may mean, likeliest first."""
    root = request.scope.get("root_path", "")
    found = [
        {
            "label": document.label,
            "about": " · ".join(part for part in (document.place, document.title) if part),
            "path": document.path,
            "href": f"{root}/documents/{document.path}",
        }
        for document in suggest_documents(store, q, _SUGGESTIONS)
    ]
    return Response(orjson.dumps({"suggestions": found}), media_type="application/json")
