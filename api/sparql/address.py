"""Addresses of this server as the world knows them."""

from starlette.requests import Request

from api.settings import Settings


def own_address(request: Request, path: str | None = None) -> str:
    """The address of a path of this server, without query; by default the path that was asked for.

    The setting `public_url` decides where it is given, otherwise what the client called the server.
    """
    settings: Settings = request.app.state.settings
    scope = request.scope
    if settings.public_url:
        root = settings.public_url.rstrip("/")
    else:
        # a client of HTTP/1.0 may not say what it called the server
        host = request.headers.get("host") or ":".join(map(str, scope["server"]))
        root = f"{scope['scheme']}://{host}{scope.get('root_path', '')}"
    return root + (path if path is not None else scope["path"])
