"""The SPARQL 1.1 Protocol, for queries: straight through the engine and its serialisers, streamed.

Source: https://www.w3.org/TR/sparql11-protocol/ section 2.1.
"""

from collections.abc import Callable
from typing import IO, Any

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from api.answer import refuse_form
from api.live import CurrentStore
from api.negotiate import preferred
from api.problem import problem
from api.stream import Streamed

router = APIRouter(tags=["SPARQL"])

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_LONGEST = 1_000_000
"""Bytes of a query; the engine would read more, nobody writes it."""


class _NotAcceptableError(Exception):
    """The client accepts none of the forms this kind of answer has."""

    def __init__(self, offered: list[str]) -> None:
        super().__init__()
        self.offered = offered


class _BadRequestError(Exception):
    """The request is not one of the protocol's."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.status = status


@router.get("/sparql", summary="SPARQL 1.1 query", openapi_extra={
    "parameters": [{"name": "query", "in": "query", "required": True, "schema": {"type": "string"},
                    "example": "SELECT ?x ?y { ?x ph:implements ?y } LIMIT 10"}]})  # fmt: skip
async def sparql_get(request: Request, store: CurrentStore) -> Response:
    """SELECT, ASK as JSON, XML, CSV or TSV; CONSTRUCT, DESCRIBE as Turtle, N-Triples, JSON-LD or RDF/XML.

    SERVICE, FROM and updates are refused: asking never reaches beyond this store.
    """
    return await _answer(request, store)


@router.post("/sparql", summary="SPARQL 1.1 query, by form or as the body", openapi_extra={
    "requestBody": {"required": True, "content": {
        "application/sparql-query": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {"schema": {
            "type": "object", "required": ["query"],
            "properties": {"query": {"type": "string"}}}}}}})  # fmt: skip
async def sparql_post(request: Request, store: CurrentStore) -> Response:
    """The same, for queries too long for an address."""
    return await _answer(request, store)


async def _answer(request: Request, store: Any) -> Response:
    try:
        text = await _query(request)
        streamed = Streamed(_writer(store, text, request.headers.get("accept")))
        media_type = await streamed.start()
    except _BadRequestError as error:
        return problem(
            request, error.status, "bad-request", "Not a query request of the SPARQL Protocol", str(error)
        )
    except _NotAcceptableError as error:
        return refuse_form(request, error.offered)
    headers = {
        "Content-Type": f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    }
    return StreamingResponse(streamed.chunks(), headers=headers | {"Vary": "Accept"})


async def _query(request: Request) -> str:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if request.method == "GET":
        parameters: Any = request.query_params
    elif kind == "application/x-www-form-urlencoded":
        parameters = await request.form()
    elif kind == "application/sparql-query":
        body = await request.body()
        if len(body) > _LONGEST:
            raise _BadRequestError(f"query of {len(body)} bytes, at most {_LONGEST}", 413)
        _check_dataset(request.query_params)
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _BadRequestError(f"the query is not UTF-8 (byte {error.start})") from error
    else:
        raise _BadRequestError(
            f"Content-Type {kind or 'absent'!r}: expected application/sparql-query"
            " or application/x-www-form-urlencoded",
            415,
        )
    _check_dataset(parameters)
    queries = parameters.getlist("query")
    if len(queries) != 1 or not isinstance(queries[0], str):
        raise _BadRequestError(f"parameter query: given {len(queries)} times, expected once")
    if "update" in parameters:
        raise _BadRequestError("updates are refused: this store is read-only")
    return queries[0]


def _check_dataset(parameters: Any) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        if name in parameters:
            raise _BadRequestError(f"parameter {name}: the graphs of this store are fixed")


def _writer(store: Any, text: str, accept: str | None) -> Callable[[Callable[[str], None], IO[bytes]], None]:
    def write(begin: Callable[[str], None], output: IO[bytes]) -> None:
        results = store.query(text)
        try:
            forms: dict[str, Any] = _GRAPHS if isinstance(results, ox.QueryTriples) else _RESULTS
            chosen = preferred(accept, list(forms))
            if chosen is None:
                raise _NotAcceptableError(list(forms))
            begin(chosen)
            results.serialize(output, format=forms[chosen])
        finally:
            # pyoxigraph's results may only end in their own thread; an error would carry them to another
            del results

    return write
