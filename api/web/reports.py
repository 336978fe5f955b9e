"""What browsers report of the pages' Content-Security-Policy: written to the log, which should stay empty."""

import logging

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.pages import REPORTS

LOG = logging.getLogger("phahe.csp")
_LONGEST = 4000


async def _report(request: Request) -> Response:
    size = int(request.headers.get("content-length") or 0)
    if 0 < size <= _LONGEST:
        body = await request.body()
        LOG.warning("the browser stopped: %s", body[:_LONGEST].decode("utf-8", "replace"))
    return Response(status_code=204)


ROUTE = Route(REPORTS, _report, methods=["POST"], name="csp-report")
"""Takes the reports."""
