"""The part of the application that speaks SPARQL: its addresses, its processes, its place in OpenAPI."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from api.settings import Settings
from api.sparql.describe import answer_void
from api.sparql.endpoint import SparqlEndpoint
from api.sparql.graphs import GraphStore
from api.sparql.openapi import PATHS
from api.sparql.pool import QueryPool


def mount_sparql(app: FastAPI, settings: Settings) -> None:
    """Give an application `/sparql`, `/graphs` and `/.well-known/void`; `app.state.queries` is its pool."""
    app.state.queries = QueryPool(settings)
    endpoint, graphs = SparqlEndpoint(), GraphStore()
    # before all others: a route is looked for in their order, and queries are asked most
    app.router.routes[:0] = [
        Route("/sparql", endpoint),
        Route("/sparql/", endpoint),
        Route("/graphs", graphs),
        Route("/graphs/{graph:path}", graphs),
        Route("/.well-known/void", answer_void, methods=["GET"]),
    ]
    described = app.openapi

    def with_sparql() -> dict[str, Any]:
        schema = described()
        schema["paths"] |= PATHS
        return schema

    app.openapi = with_sparql  # type: ignore[method-assign]  # the way that FastAPI documents


@asynccontextmanager
async def query_processes(app: FastAPI) -> AsyncIterator[None]:
    """The query processes, from the application's start to its end."""
    await app.state.queries.start()
    try:
        yield
    finally:
        await app.state.queries.close()
