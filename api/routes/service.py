"""The first page, and what those who run the server ask: does it live, can it answer, what has it done."""

from fastapi import APIRouter, Request, Response

from api.answer import data
from api.live import CurrentStore
from api.metrics import exposition
from api.pages import page
from api.problem import problem
from api.sparql.pool import QueryPool

router = APIRouter(tags=["service"])


@router.get("/", include_in_schema=False)
def home(request: Request, store: CurrentStore) -> Response:
    """A search field, and what the corpus holds."""
    return page(request, "home.html", manifest=store.manifest)


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> Response:
    """Always 200 while the process answers."""
    return data({"status": "alive"})


@router.get("/readyz", summary="Can questions be answered?")
def readyz(request: Request, store: CurrentStore) -> Response:
    """200 with the version of the live build; 503 where nothing usable is built or no query process runs."""
    queries: QueryPool = request.app.state.queries
    if not queries.n_alive:
        detail = "no process for SPARQL runs; the server's log says why"
        return problem(request, 503, "no-query-process", "SPARQL cannot be answered", detail)
    return data({"status": "ready", "version": store.version, "query_processes": queries.n_alive})


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
def metrics(request: Request) -> Response:
    """Requests, SPARQL queries and what the store holds; of all web processes together."""
    body, media_type = exposition(request.app.state.live, request.headers.get("accept", ""))
    return Response(body, media_type=media_type)
