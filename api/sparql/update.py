"""Updates: refused where the server is read-only, else applied by a process of their own for who has the token."""

import asyncio
import hmac
import json
import subprocess
import sys
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.answer import data
from api.problem import problem
from api.settings import Settings
from api.sparql.address import own_address
from api.sparql.operation import Operation

_NOTE = "an update stays until the next phahe build, which makes the graph anew from its texts"


async def answer_update(request: Request, operation: Operation, settings: Settings) -> Response:
    """Apply an update, or say why not.

    Args:
        request: bears the token as `Authorization: Bearer TOKEN`.
        operation: an update.
        settings: whether updates are accepted, and the token.
    """
    if not settings.writable or settings.update_token is None:
        detail = f"this server is read-only; phahe serve --writable with a token accepts updates, and {_NOTE}"
        return problem(request, 403, "read-only", "Updates are refused", detail)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    expected = settings.update_token.get_secret_value().encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode("latin-1"), expected):
        detail = "an update needs the header Authorization: Bearer with the server's update_token"
        return problem(
            request, 401, "token", "The token is missing or wrong", detail, {"WWW-Authenticate": "Bearer"}
        )
    if operation.has_dataset:
        detail = "parameters using-graph-uri, using-named-graph-uri: write USING in the update instead"
        return problem(request, 400, "bad-request", "Not a request this server knows", detail)
    outcome = await asyncio.to_thread(_run, operation.text, own_address(request), settings)
    if "kind" in outcome:
        if outcome["kind"] == "bad-update":
            return problem(
                request, 400, "bad-update", "The update is malformed or refused", outcome["detail"]
            )
        retry = {"Retry-After": "5"}
        return problem(request, 503, "no-store", "The store cannot be changed now", outcome["detail"], retry)
    return data({"version": outcome["version"], "quads": outcome["quads"], "note": _NOTE})


def _run(text: str, base: str, settings: Settings) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "graph.update", str(settings.store)],
        input=json.dumps({"text": text, "base": base, "service_allow": settings.service_allow}),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        detail = f"the process of the update ended with status {done.returncode}; nothing was changed"
        return {"kind": "no-store", "detail": detail}
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome
