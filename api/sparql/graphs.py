"""`/graphs`: the read side of the Graph Store Protocol.

A graph is named by `?graph=IRI` (or `?default`), or directly: the address `/graphs/...` is then its IRI.
Graphs change by building, or by updates where the server is writable, never through here.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/ sections 4 and 5.2
"""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.middleware.head_as_get import asks_head
from api.problem import problem
from api.sparql.address import own_address
from api.sparql.forms import accepted, graph_form
from api.sparql.respond import respond
from graph.query_worker import Job

_ALLOW = {"Allow": "GET, HEAD, OPTIONS"}


class GraphStore:
    """One graph, by GET or HEAD."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive, send)
        answer: Response
        if request.method == "OPTIONS":
            answer = Response(status_code=204, headers=_ALLOW)
        elif request.method not in {"GET", "HEAD"}:
            detail = f"{request.method}: graphs are read here, not written"
            answer = problem(request, 405, "method-not-allowed", "Method Not Allowed", detail, _ALLOW)
        else:
            try:
                name = _graph(request)
            except ValueError as error:
                title = "Not a request of the Graph Store Protocol"
                answer = problem(request, 400, "bad-request", title, str(error))
            else:
                form = graph_form(accepted(request.headers.getlist("accept")))
                job = Job(graph=name, form=form, head_only=asks_head(request.scope))
                await respond(request, receive, send, job)
                return
        await answer(scope, receive, send)


def _graph(request: Request) -> str | None:
    """The IRI of the graph that is asked for; None: the default graph.

    Raises:
        ValueError: none is named, or more than one.
    """
    if request.path_params.get("graph"):
        return own_address(request)
    given = parse_qsl(request.url.query, keep_blank_values=True, errors="strict")
    if [(name, value) for name, value in given if name == "default"] == given and len(given) == 1:
        return None
    graphs = [value for name, value in given if name == "graph"]
    if len(graphs) != 1 or len(given) != 1 or ":" not in graphs[0]:
        raise ValueError("expected ?graph= with one full IRI, or ?default, and nothing else")
    return graphs[0]
