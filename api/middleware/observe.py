"""Every request gets an id, is timed, counted and logged; a fault of ours becomes one problem and one log entry.

One wrapper does all of it, since all of it looks at the same things: when the answer began and ended, with
which status and how many bytes.
"""

import logging
import re
import secrets
from time import perf_counter
from typing import Any

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.log import log_access
from api.metrics import count_request, request_in_flight
from api.middleware.head_as_get import asks_head
from api.problem import problem

_SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}")
_HEADER = b"x-request-id"

logger = logging.getLogger("phahe")


class ObserveMiddleware:
    """Wraps all of the application.

    The id is the client's `X-Request-ID` where that is sane, else a new one; it goes back in the same header,
    into problem documents and into the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin = perf_counter()
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        is_head = asks_head(scope)
        method = "HEAD" if is_head else scope["method"]
        status, n_bytes = 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, n_bytes
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", []).append((_HEADER, request_id.encode("ascii")))
            elif message["type"] == "http.response.body":
                n_bytes += 0 if is_head else len(message.get("body", b""))
            await send(message)

        with request_in_flight():
            try:
                await self.app(scope, receive, watched)
            except Exception as error:
                logger.exception("fault", extra={"request_id": request_id, "path": shown_path(scope)})
                if status:  # half an answer is out: only breaking off tells the client
                    raise
                await _fault(Request(scope), error)(scope, receive, watched)
            finally:
                seconds = perf_counter() - begin
                route = route_template(scope)
                # a client that left before the answer began got none; 499 is what proxies write for it
                count_request(method, route, status or 499, seconds)
                log_access(
                    request_id=request_id,
                    client=(scope.get("client") or ("-",))[0],
                    method=method,
                    route=route,
                    path=shown_path(scope),
                    status=status or 499,
                    bytes=n_bytes,
                    seconds=round(seconds, 6),
                )


def route_template(scope: Scope) -> str:
    """The address with its variable parts named, such as `/documents/{path}`; `unmatched` where no route is.

    Made from what the router found, since an included router does not tell the whole address of a route.
    """
    if "endpoint" not in scope:
        return "unmatched"
    path: str = scope["path"]
    mounted: str = scope.get("root_path", "")
    if mounted and path.startswith(mounted + "/"):
        return mounted + "/{path}"
    parameters: dict[str, Any] = scope.get("path_params", {})
    for name, value in sorted(parameters.items(), key=lambda item: -len(str(item[1]))):
        path = path.replace(str(value), f"{{{name}}}", 1) if str(value) else f"{path}{{{name}}}"
    return path


def shown_path(scope: Scope) -> str:
    """The path as it was sent, without the query, at most 500 letters, on one line."""
    path = scope.get("raw_path", b"").decode("ascii", "backslashreplace")[:500]
    return path if path.isprintable() else ascii(path)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _HEADER:
            given: str = value.decode("latin-1")
            if _SANE_ID.fullmatch(given):
                return given
    return secrets.token_hex(8)


def _fault(request: Request, error: Exception) -> ASGIApp:
    # what went wrong inside is for the log, not for strangers
    return problem(
        request, 500, "fault", "A fault of the program", f"{type(error).__name__}; the server's log says more"
    )
