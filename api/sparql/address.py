"""Addresses of this server as the world knows them."""

from starlette.requests import Request

from api.settings import Settings


def own_address(request: Request, path: str | None = None) -> str:
    """The address of a path of this server, without query; by default the path that was asked for.

    The setting `public_url` decides where it is given, otherwise what the client called the server.
    """
    settings: Settings = request.app.state.settings
    root = (settings.public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")
    return (
        root
        + (request.scope.get("root_path", "") if not settings.public_url else "")
        + (path if path is not None else request.url.path)
    )
