"""HEAD wherever there is GET: the endpoint answers as for GET, and the server sends no body."""

from starlette.types import ASGIApp, Receive, Scope, Send

_ASKED = "phahe.head"


def asks_head(scope: Scope) -> bool:
    """Whether HEAD was asked, for who can answer that for less than GET."""
    return scope["method"] == "HEAD" or _ASKED in scope


class HeadAsGetMiddleware:
    """Asks the application as for GET; the server still knows that HEAD was asked, and leaves the body out.

    Source: RFC 9110, section 9.3.2.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET", _ASKED: True}
        await self._app(scope, receive, send)
