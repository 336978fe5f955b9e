"""Errors over HTTP: RFC 9457 problem details, one shape whatever went wrong; a page where a browser asks.

"Not in this corpus" (`not-in-corpus`) and "no such page" (`not-found`) are different problems: the first says
nothing about the world. A reference that several documents bear is no error: 300 with the candidates.
"""

from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.negotiate import wants_html
from api.pages import page
from graph.errors import (
    AmbiguousReferenceError,
    PhaheError,
    QueryError,
    ReadError,
    StoreError,
    UnknownReferenceError,
)
from graph.rows import candidate_row

PROBLEMS = "https://w3id.org/phahe/problem/"
"""Where the types of problems live; the last part names one."""

_KINDS: dict[type[PhaheError], tuple[int, str, str]] = {
    UnknownReferenceError: (404, "not-in-corpus", "Not in this corpus"),
    QueryError: (400, "bad-query", "The question is malformed or not allowed"),
    StoreError: (503, "no-store", "The store cannot be read"),
    ReadError: (422, "unreadable", "The file holds no text that can be read"),
}

# of RFC 9110; Python 3.11 and 3.12 still know the former ones
_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of an application a problem document (faults of ours: `api.middleware.observe`)."""
    app.add_exception_handler(AmbiguousReferenceError, _on_ambiguous)
    app.add_exception_handler(PhaheError, _on_ours)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


def problem(
    request: Request,
    status: int,
    kind: str,
    title: str,
    detail: str,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem document, or a page that says the same."""
    if wants_html(request):
        return page(request, "problem.html", status, headers, title=title, detail=detail, code=status)
    body = {
        "type": PROBLEMS + kind,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "request_id": request.scope.get("state", {}).get("request_id"),
        **more,
    }
    return Response(
        orjson.dumps(body), status, {"Vary": "Accept"} | (headers or {}), "application/problem+json"
    )


def candidates_answer(request: Request, error: AmbiguousReferenceError) -> Response:
    """300 Multiple Choices: the documents that may be meant, each with its address."""
    rows = [
        candidate_row(candidate) | {"href": f"/documents/{candidate.document.path}"}
        for candidate in error.candidates
    ]
    if wants_html(request):
        return page(
            request, "candidates.html", 300, query=request.query_params.get("q") or "", candidates=rows
        )
    body = {
        "corpus_version": request.state.store.version,
        "title": "Several documents may be meant",
        "detail": str(error),
        "candidates": rows,
    }
    headers = {"Corpus-Version": request.state.store.version, "Vary": "Accept"}
    return Response(orjson.dumps(body), 300, headers, "application/json")


async def _on_ambiguous(request: Request, error: Exception) -> Response:
    assert isinstance(error, AmbiguousReferenceError)  # noqa: S101 - how the handler is registered
    return candidates_answer(request, error)


async def _on_ours(request: Request, error: Exception) -> Response:
    for kind, (status, name, title) in _KINDS.items():
        if isinstance(error, kind):
            return problem(request, status, name, title, str(error))
    return problem(request, 400, "failed", "The request could not be answered", str(error))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - how the handler is registered
    errors = [
        {"in": ".".join(map(str, item["loc"])), "message": item["msg"], "value": _short(item.get("input"))}
        for item in error.errors()
    ]
    detail = "; ".join(f"{item['in']}: {item['message']}" for item in errors)
    return problem(
        request, 422, "invalid-parameter", "A parameter is missing or malformed", detail, errors=errors
    )


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - how the handler is registered
    phrase = _PHRASES.get(error.status_code) or HTTPStatus(error.status_code).phrase
    kind = phrase.lower().replace(" ", "-")
    detail = (
        error.detail
        if error.detail != phrase
        else f"{request.method} {request.url.path}: {phrase}; see /docs"
    )
    return problem(request, error.status_code, kind, phrase, detail, dict(error.headers or {}))


def _short(value: Any) -> Any:
    return value[:200] if isinstance(value, str) else value if isinstance(value, int | float) else None
