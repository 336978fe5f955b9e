"""`/sparql`: the SPARQL 1.1 Protocol, as a bare ASGI application, since each layer between costs time.

Source: https://www.w3.org/TR/sparql11-protocol/
"""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.middleware.head_as_get import asks_head
from api.problem import problem
from api.settings import Settings
from api.sparql.address import own_address
from api.sparql.describe import answer_description
from api.sparql.forms import accepted, graph_form, table_form
from api.sparql.operation import BadOperationError, Operation, read_operation
from api.sparql.respond import respond
from api.sparql.update import answer_update
from graph.query_worker import Job

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_KINDS = {413: "content-too-large", 415: "unsupported-media-type"}
_ALLOW = {"Allow": ", ".join(_METHODS)}


class SparqlEndpoint:
    """Queries by GET and POST, updates where the server is writable, its description to who asks nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)
        settings: Settings = scope["app"].state.settings
        answer: Response
        if request.method not in _METHODS:
            detail = f"{request.method}: expected one of {', '.join(_METHODS)}"
            answer = problem(request, 405, "method-not-allowed", "Method Not Allowed", detail, _ALLOW)
        elif request.method == "OPTIONS":
            answer = Response(status_code=204, headers=_ALLOW)
        else:
            try:
                operation = await read_operation(request, settings.max_query_bytes)
            except ClientDisconnect:
                return
            except BadOperationError as error:
                title = "Not a request of the SPARQL Protocol"
                kind = _KINDS.get(error.status, "bad-request")
                answer = problem(request, error.status, kind, title, str(error), error.headers)
            else:
                if operation is not None and operation.kind == "query":
                    await respond(request, receive, send, _job(request, operation))
                    return
                if operation is None:
                    answer = await answer_description(request)
                else:
                    answer = await answer_update(request, operation, settings)
        await answer(scope, receive, send)


def _job(request: Request, operation: Operation) -> Job:
    accept = accepted(request.headers.getlist("accept"))
    return Job(
        operation.text,
        table=table_form(accept),
        form=graph_form(accept),
        base=own_address(request),
        default_graphs=list(operation.default_graphs) if operation.has_dataset else None,
        named_graphs=list(operation.named_graphs) if operation.has_dataset else None,
        head_only=asks_head(request.scope),
    )
