"""A query under way, as its server sees it: what it may cost, and how it can fail."""

import asyncio
import json

from api.sparql.worker import Worker, WorkerDeathError
from graph.errors import PhaheError
from graph.query_worker import END, ERROR, READY

_PATIENCE = 10
"""How many times the time of a query its client has to take the answer."""


class BusyError(PhaheError):
    """Every process is busy and the line is full, or stood still for too long.

    Attributes:
        retry_after: whole seconds after which asking again makes sense.
    """

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class QueryTimeError(PhaheError):
    """A query took longer than it may."""


class QueryMemoryError(PhaheError):
    """A query needed more memory than it may use."""


class QueryDepthError(PhaheError):
    """A query is nested too deeply for the engine."""


class QueryFailureError(PhaheError):
    """A query could not be answered, through no fault of its own."""


class RefusedError(PhaheError):
    """The process refused a job.

    Attributes:
        kind: `bad-query`, `not-acceptable`, `no-graph`, `no-store` or `failed`.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


class Asked:
    """A query under way: its media type, then its pieces.

    Attributes:
        is_whole: whether all pieces have come.
        is_ready: whether its process can take another query.
        patience: seconds that the client has to take the answer.
    """

    def __init__(self, worker: Worker, seconds: float) -> None:
        self._worker = worker
        self._seconds = self._left = seconds
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._is_late = False
        self.is_whole = self.is_ready = False
        self.patience = seconds * _PATIENCE
        self.start_clock()

    def start_clock(self) -> None:
        """Time runs: the process is waited for."""
        self._since = self._loop.time()
        self._timer = self._loop.call_later(max(0, self._left), self._be_late)

    def stop_clock(self) -> None:
        """Time stands: the client is waited for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._left -= self._loop.time() - self._since

    def _be_late(self) -> None:
        self._is_late = True
        self._worker.kill()

    async def media_type(self) -> str:
        """The form of what follows.

        Raises:
            RefusedError, QueryTimeError, QueryMemoryError, QueryDepthError, QueryFailureError: no answer.
        """
        return (await self._next())[1].decode()

    async def piece(self) -> bytes:
        """The next piece; `is_whole` says whether it is the last.

        Raises:
            RefusedError, QueryTimeError, QueryMemoryError, QueryDepthError, QueryFailureError: the answer
                breaks off.
        """
        kind, content = await self._next()
        if kind == END:
            await self._finish()
            self.is_whole = True
        return content

    async def _finish(self) -> None:
        self.is_ready = (await self._next())[0] == READY
        self.stop_clock()

    async def _next(self) -> tuple[bytes, bytes]:
        try:
            kind, content = await self._worker.frame()
        except WorkerDeathError as error:
            if self._is_late:
                detail = f"the query was stopped after {self._seconds:g} seconds; ask for less, or with LIMIT"
                raise QueryTimeError(detail) from None
            if error.is_memory:
                raise QueryMemoryError("the query needed more memory than it may use; ask for less") from None
            if error.is_depth:
                raise QueryDepthError("query: nested too deeply for the engine") from None
            raise QueryFailureError(str(error)) from None
        if kind == ERROR:
            await self._finish()
            raise RefusedError(**json.loads(content))
        return kind, content
