"""The first page, and whether the server lives and can answer."""

from fastapi import APIRouter, Request, Response

from api.answer import data
from api.live import CurrentStore
from api.pages import page

router = APIRouter(tags=["service"])


@router.get("/", include_in_schema=False)
def home(request: Request, store: CurrentStore) -> Response:
    """A search field, and what the corpus holds."""
    return page(request, "home.html", manifest=store.manifest)


@router.get("/healthz", summary="Is the process alive?")
def healthz() -> Response:
    """Always 200 while the process answers."""
    return data({"status": "alive"})


@router.get("/readyz", summary="Can questions be answered?")
def readyz(store: CurrentStore) -> Response:
    """200 with the version of the live build; 503 where nothing usable is built."""
    return data({"status": "ready", "version": store.version})
