"""How `/sparql`, `/graphs` and `/.well-known/void` stand in OpenAPI: they are no endpoints of the framework's."""

from typing import Any

from graph.query_worker import GRAPHS, TABLES

_TEXT: dict[str, Any] = {"type": "string"}
_IRIS: dict[str, Any] = {"type": "array", "items": {"type": "string", "format": "iri"}}
_EXAMPLE = "SELECT ?x ?y { ?x ph:implements ?y } LIMIT 10"
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}


def _problems(*statuses: int) -> dict[str, Any]:
    names = {
        400: "malformed or not allowed", 401: "no token, or a wrong one", 403: "the server is read-only",
        404: "no such graph", 406: "no form of the answer is accepted", 413: "too long",
        415: "not a type of the protocol", 429: "too many queries at once", 503: "too much memory, or no store",
        504: "too slow",
    }  # fmt: skip
    return {str(status): {"description": names[status], **_PROBLEM} for status in statuses}


def _parameter(name: str, schema: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": text, **more}


def _content(*forms: str) -> dict[str, Any]:
    schemas: dict[str, Any] = {
        "application/sparql-results+json": {"type": "object", "required": ["head"]},
        "application/ld+json": {"type": "array", "items": {"type": "object"}},
    }
    return {form: {"schema": schemas.get(form, _TEXT)} for form in forms}


_DATASET = [
    _parameter("default-graph-uri", _IRIS, "graphs that make the default graph"),
    _parameter("named-graph-uri", _IRIS, "graphs that GRAPH may name"),
]
_ANSWER = {
    "200": {
        "description": "SELECT and ASK in the first four forms, CONSTRUCT and DESCRIBE in the others",
        "content": _content(*TABLES, *GRAPHS),
    }
}
_GRAPH = {"200": {"description": "the graph", "content": _content(*GRAPHS)}}

PATHS: dict[str, Any] = {
    "/sparql": {
        "get": {
            "tags": ["SPARQL"],
            "summary": "SPARQL 1.1 query; without one, the service description",
            "operationId": "sparql_get",
            "description": "SERVICE is refused unless allowed, and FROM names only graphs of this store:"
            " asking never reaches beyond it.",
            "parameters": [_parameter("query", _TEXT, "the query", example=_EXAMPLE), *_DATASET],
            "responses": _ANSWER | _problems(400, 406, 413, 429, 503, 504),
        },
        "post": {
            "tags": ["SPARQL"],
            "summary": "SPARQL 1.1 query or update, by form or as the body",
            "operationId": "sparql_post",
            "parameters": _DATASET,
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": {"schema": _TEXT, "example": _EXAMPLE},
                    "application/sparql-update": {"schema": _TEXT},
                    "application/x-www-form-urlencoded": {
                        "schema": {"type": "object", "properties": {"query": _TEXT, "update": _TEXT}}
                    },
                },
            },
            "responses": _ANSWER | _problems(400, 401, 403, 406, 413, 415, 429, 503, 504),
        },
    },
    "/graphs": {
        "get": {
            "tags": ["SPARQL"],
            "summary": "A whole graph (Graph Store Protocol, read side)",
            "operationId": "graph_get",
            "parameters": [
                _parameter("graph", _TEXT, "IRI of a named graph"),
                _parameter("default", _TEXT, "the default graph", allowEmptyValue=True),
            ],
            "responses": _GRAPH | _problems(400, 404, 406, 429, 503, 504),
        }
    },
    "/.well-known/void": {
        "get": {
            "tags": ["SPARQL"],
            "summary": "The dataset and its counts, in VoID and DCAT",
            "operationId": "void_get",
            "responses": _GRAPH | _problems(406, 503),
        }
    },
}
"""Paths by address, as OpenAPI 3.1 writes them."""
