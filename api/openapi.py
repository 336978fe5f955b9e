"""The OpenAPI document: what the framework makes of the endpoints, with the answers that all of them share.

Errors are problem documents whatever the endpoint, so they are written here once and not at each.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.answer import CorpusRoute
from api.models.document import Choices
from api.models.problem import Problem

Responses = dict[int | str, dict[str, Any]]

PROBLEM = "application/problem+json"


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


AMBIGUOUS: Responses = {300: {"model": Choices, "description": "Several documents may be meant"}}
NOT_HERE: Responses = {404: _problem("Not in this corpus, which says nothing about the world")}
BAD: Responses = {400: _problem("The question is malformed or not allowed")}
BODY: Responses = {
    413: _problem("The body is too large"),
    415: _problem("The body is in no form that is read here"),
}

_EVERYWHERE: dict[str, dict[str, Any]] = {
    "406": _problem("The client accepts none of the forms of this answer"),
    "422": _problem("A parameter or the body is missing or malformed"),
    "503": _problem("Nothing usable is built, or the server is busy"),
}
_HEADERS = {
    "Corpus-Version": {
        "description": "which corpus the answer is of",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    }
}
_VALIDATORS = {
    "ETag": {"description": "for If-None-Match", "schema": {"type": "string"}},
    "Last-Modified": {"description": "when the build was made", "schema": {"type": "string"}},
}
_UNCHANGED = {"description": "The client has this answer already", "headers": _VALIDATORS}


def describe_api(app: FastAPI) -> None:
    """Make `app.openapi` give the document with the shared answers."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(
                document=get_openapi(
                    title=app.title,
                    version=app.version,
                    description=app.description,
                    routes=app.routes,
                    tags=app.openapi_tags,
                ),
                dated={route.path_format for route in app.routes if isinstance(route, CorpusRoute)},
            )
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _completed(document: dict[str, Any], dated: set[str]) -> dict[str, Any]:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            responses = operation["responses"]
            for status, response in _EVERYWHERE.items():
                responses[status] = response
            if path in dated:
                ok = responses["200"]
                ok["headers"] = _HEADERS | (_VALIDATORS if method == "get" else {}) | ok.get("headers", {})
                if method == "get":
                    responses["304"] = _UNCHANGED
            operation["responses"] = dict(sorted(responses.items()))
    return document
