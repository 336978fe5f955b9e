"""Whether the server lives and can answer."""

from fastapi import APIRouter, Response

from api.answer import data
from api.live import CurrentStore

router = APIRouter(tags=["service"])


@router.get("/healthz", summary="Is the process alive?")
def healthz() -> Response:
    """Always 200 while the process answers."""
    return data({"status": "alive"})


@router.get("/readyz", summary="Can questions be answered?")
def readyz(store: CurrentStore) -> Response:
    """200 with the version of the live build; 503 where nothing usable is built."""
    return data({"status": "ready", "version": store.version})
