"""A body that is announced as too long is refused before a byte of it is read.

A body of unannounced length is counted while it is read, by the framework (`FastAPI(max_body_size=...)`);
this is here so that the answer to the announced ones is a problem document too.
"""

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problem import problem


class BodyLimitMiddleware:
    """Answers 413 where Content-Length is above `max_body_bytes`."""

    def __init__(self, app: ASGIApp, max_body_bytes: int) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        length = _announced(scope) if scope["type"] == "http" else 0
        if length <= self.max_body_bytes:
            await self.app(scope, receive, send)
            return
        refusal = problem(
            Request(scope),
            413,
            "content-too-large",
            "The body is too long",
            f"Content-Length {length}: at most {self.max_body_bytes} bytes are read here",
        )
        await refusal(scope, receive, send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0
