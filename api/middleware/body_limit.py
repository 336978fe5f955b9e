"""A body that is too long is refused: before a byte of it is read where its length is announced, else midway."""

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problem import problem


class BodyLimitMiddleware:
    """Answers 413 where a body is longer than `max_body_bytes`."""

    def __init__(self, app: ASGIApp, max_body_bytes: int) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        length = _announced(scope)
        if length > self.max_body_bytes:
            refusal = problem(
                Request(scope), 413, "content-too-large", "Content Too Large", self._detail(f"{length} bytes")
            )
            await refusal(scope, receive, send)
            return
        n_bytes = 0

        async def counted() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > self.max_body_bytes:
                # whoever reads the body hands this on to the handlers of errors, which make a problem of it
                raise HTTPException(413, self._detail("more"))
            return message

        await self.app(scope, counted, send)

    def _detail(self, found: str) -> str:
        return f"body: {found}, at most {self.max_body_bytes} bytes are read here"


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0
