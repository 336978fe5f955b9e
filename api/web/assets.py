"""Our style sheets and scripts and the picture library, under addresses that change with their content.

All of them share one fingerprint, so that a script's relative import of another stays within it and a browser
may keep everything for good: `/static/{fingerprint}/base.css`.
"""

import gzip
import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graph.draw import vis_network

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOREVER = "public, max-age=31536000, immutable"


@cache
def assets() -> dict[str, bytes]:
    """Content by name (`base.css`, `explore/state.js`, `vis-network.js`), sorted by name."""
    found = dict(_below(files("api").joinpath("static"), ""))
    found |= {f"vis-network.{kind}": content for kind, content in vis_network().items()}
    return dict(sorted(found.items()))


@cache
def fingerprint() -> str:
    """16 hexadecimal digits that change when any asset does."""
    digest = hashlib.sha256()
    for name, content in assets().items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def asset_address(root: str, name: str) -> str:
    """Where a page finds an asset.

    Raises:
        KeyError: there is none of that name.
    """
    if name not in assets():
        raise KeyError(f"asset {name!r}: none of that name (see api/static)")
    return f"{root}/static/{fingerprint()}/{name}"


def _below(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _below(item, f"{prefix}{item.name}/")
        elif item.name.rpartition(".")[2] in _TYPES:
            found.append((prefix + item.name, item.read_bytes()))
    return found


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(assets()[name], 9, mtime=0)


async def _serve(request: Request) -> Response:
    version, name = request.path_params["version"], request.path_params["name"]
    if name not in assets():
        return Response("no such asset\n", 404, media_type="text/plain")
    if version != fingerprint():
        # a page from before the server was renewed asks for what it knew
        return RedirectResponse(
            asset_address(request.scope.get("root_path", ""), name), 307, {"Cache-Control": "no-cache"}
        )
    headers = {
        "Cache-Control": _FOREVER,
        "ETag": f'"{version}"',
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    body = assets()[name]
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = _packed(name), "gzip"
    return Response(body, 200, headers, _TYPES[name.rpartition(".")[2]])


ROUTE = Route("/static/{version}/{name:path}", _serve, name="static")
"""Serves the assets."""
