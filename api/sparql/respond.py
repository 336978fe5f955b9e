"""The answer to a query, sent piece by piece as its process writes it.

What goes wrong before the first piece is a problem document. What goes wrong after it breaks the connection
off, so that half an answer is never taken for a whole one.
"""

import asyncio
import logging
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Send

from api.problem import problem
from api.sparql.asked import (
    Asked,
    BusyError,
    QueryDepthError,
    QueryFailureError,
    QueryMemoryError,
    QueryTimeError,
    RefusedError,
)
from api.sparql.forms import content_type
from api.sparql.pool import QueryPool
from graph.errors import PhaheError, StoreError
from graph.query_worker import Job

_LOG = logging.getLogger("phahe.sparql")
_PROBLEMS: dict[type[PhaheError], tuple[int, str, str]] = {
    BusyError: (429, "busy", "Too many queries at once"),
    QueryTimeError: (504, "query-time", "The query took too long"),
    QueryMemoryError: (503, "query-memory", "The query needed too much memory"),
    QueryDepthError: (400, "bad-query", "The question is malformed or not allowed"),
    QueryFailureError: (503, "query-failed", "The query could not be answered"),
    StoreError: (503, "no-store", "The store cannot be read"),
}
_REFUSALS = {
    "bad-query": (400, "The question is malformed or not allowed"),
    "not-acceptable": (406, "No form of this answer is accepted"),
    "no-graph": (404, "No such graph"),
    "no-store": (503, "The store cannot be read"),
    "failed": (503, "The query could not be answered"),
}


async def respond(request: Request, receive: Receive, send: Send, job: Job) -> None:
    """Ask and send the answer; when the client leaves, the query is stopped.

    Args:
        request: its body has been read.
        receive: where it says that the client left.
        send: where the answer goes.
        job: what is asked.
    """
    this = asyncio.current_task()
    assert this is not None  # noqa: S101 - a coroutine runs in a task
    has_left = is_over = False

    def stop(_: "asyncio.Future[None]") -> None:
        nonlocal has_left
        if not is_over:  # a server also says "left" when the answer is complete
            has_left = True
            this.cancel()

    left = asyncio.ensure_future(_left(receive))
    left.add_done_callback(stop)
    try:
        await _answer(request, send, job)
    except asyncio.CancelledError:
        if not has_left:
            raise
        this.uncancel()
    finally:
        is_over = True
        left.cancel()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(request: Request, send: Send, job: Job) -> None:
    pool: QueryPool = request.app.state.queries
    has_begun = False
    try:
        async with pool.asking(job) as asked:
            media_type = await asked.media_type()
            piece = await asked.piece()
            headers = [(b"content-type", content_type(media_type).encode()), (b"vary", b"Accept")]
            if asked.is_whole and not job.head_only:
                headers.append((b"content-length", str(len(piece)).encode()))
            has_begun = True
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await _send_pieces(asked, piece, send)
    except (PhaheError, TimeoutError) as error:
        if has_begun:
            _LOG.warning("an answer was broken off: %s", error or "the client was too slow")
            return
        assert isinstance(error, PhaheError)  # noqa: S101 - only a slow client raises the other
        await problem_of(request, error)(request.scope, request.receive, send)


async def _send_pieces(asked: Asked, piece: bytes, send: Send) -> None:
    """Send the pieces; the client has so long for all of them together."""
    clock, patience = asyncio.get_running_loop().time, asked.patience
    while not asked.is_whole:
        started = clock()
        asked.stop_clock()
        async with asyncio.timeout(patience):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        patience -= clock() - started
        asked.start_clock()
        piece = await asked.piece()
    await send({"type": "http.response.body", "body": piece, "more_body": False})


def problem_of(request: Request, error: PhaheError) -> Response:
    """The problem document of what a query met; its place in the query, where the engine says one."""
    detail = str(error)
    if isinstance(error, RefusedError):
        status, title = _REFUSALS[error.kind]
        if error.kind == "not-acceptable":
            detail = f"offered: {detail}"
        place = re.search(r"error at (\d+):(\d+)", detail) if error.kind == "bad-query" else None
        where = {"line": int(place[1]), "column": int(place[2])} if place else {}
        return problem(request, status, error.kind, title, detail, None, **where)
    status, kind, title = _PROBLEMS.get(type(error), _PROBLEMS[QueryFailureError])
    retry = {"Retry-After": str(error.retry_after)} if isinstance(error, BusyError) else None
    return problem(request, status, kind, title, detail, retry)
