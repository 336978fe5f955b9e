"""Headers that keep a browser from doing more with an answer than show it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
# data opened in a browser runs nothing and sits in no frame; an SVG may still style itself
_POLICY = b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


class SecurityHeadersMiddleware:
    """Adds them where the answer does not say otherwise; the policy of HTML is the page's own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                said = {name.lower(): value for name, value in headers}
                headers.extend(pair for pair in _ALWAYS if pair[0] not in said)
                kind = said.get(b"content-type", b"text/html")  # none, as in a 304: says nothing of its own
                is_page = kind.startswith((b"text/html", b"application/xhtml"))
                if not is_page and b"content-security-policy" not in said:
                    headers.append((b"content-security-policy", _POLICY))
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)
