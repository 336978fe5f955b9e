"""The processes that answer queries: a few, each with one query at a time, and a line before them.

A query that takes too long, needs too much memory or whose client has left costs its process its life; another
is started beside. Time is counted while the server waits for the process, not while the client takes what is
there; a client has ten times as long for that, since it keeps the process from others.

Each query is answered from the build that is live when its turn comes; a process opens another build when it is
asked to, so nothing is dropped when one goes live.
"""

import asyncio
import json
import logging
import math
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from api.settings import Settings
from api.sparql.worker import Worker, WorkerDeathError, start_worker
from graph.errors import PhaheError, StoreError
from graph.query_worker import END, ERROR, QUIT, READY, Job
from graph.store import live_build

_LOG = logging.getLogger("phahe.sparql")
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
        kind: `bad-query`, `not-acceptable`, `not-found`, `no-store` or `failed`.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


_OUTCOMES: dict[type[PhaheError], str] = {
    RefusedError: "refused",
    QueryTimeError: "timed-out",
    QueryMemoryError: "out-of-memory",
}


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


class QueryPool:
    """The query processes of one web process; started and closed with it.

    Attributes:
        counts: queries by how they ended: `answered`, `refused`, `timed-out`, `out-of-memory`, `turned-away`,
            `abandoned` (by the client), `failed`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._current = settings.store / "CURRENT"
        self._build: tuple[tuple[int, int], str] | None = None
        self._idle: deque[Worker] = deque()
        self._line: deque[asyncio.Future[Worker]] = deque()
        self._all: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_started = False
        self.counts: Counter[str] = Counter()

    @property
    def n_busy(self) -> int:
        """Processes that answer, or are being started."""
        return self._settings.query_workers - len(self._idle)

    @property
    def n_waiting(self) -> int:
        """Queries in the line."""
        return len(self._line)

    async def start(self) -> None:
        """Start the processes; each opens the live build, if there is one."""
        self._is_started = True
        await asyncio.gather(*(self._bring() for _ in range(self._settings.query_workers)))

    async def close(self) -> None:
        """End the processes, at once."""
        self._is_started = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))
        self._all.clear()
        self._idle.clear()

    @asynccontextmanager
    async def asking(self, job: Job) -> AsyncIterator[Asked]:
        """A query under way, on a process that is free again, or killed, when the block is left.

        Args:
            job: what is asked.

        Raises:
            BusyError: no process becomes free in time.
            StoreError: nothing usable is built.
        """
        if not self._is_started:
            await self.start()
        self._live_build()  # where nothing is built nobody need wait
        worker = await self._take()
        asked = Asked(worker, self._settings.query_seconds)
        outcome = "abandoned"
        try:
            worker.send(job, self._live_build())
            yield asked
            outcome = "answered" if asked.is_whole else "abandoned"
        except PhaheError as error:
            outcome = _OUTCOMES.get(type(error), "failed")
            raise
        finally:
            asked.stop_clock()
            self.counts[outcome] += 1
            if asked.is_ready:
                self._give(worker)
            else:
                self._in_background(self._bring(instead_of=worker))

    async def table(self, text: str) -> list[dict[str, Any]]:
        """The rows of a small SELECT: by variable, the value as text.

        Raises:
            PhaheError: as `asking` and its pieces do.
        """
        content = b""
        async with self.asking(Job(text, table="application/sparql-results+json")) as asked:
            await asked.media_type()
            while not asked.is_whole:
                content += await asked.piece()
        rows = json.loads(content)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in rows]

    def _live_build(self) -> str:
        """The folder of the live build; looked up anew when the file that names it was replaced."""
        try:
            status = self._current.stat()
            seen = status.st_ino, status.st_mtime_ns
        except FileNotFoundError:
            seen = (0, 0)
        if self._build is None or self._build[0] != seen:
            build = live_build(self._settings.store)
            if build is None:
                raise StoreError(f"store {self._settings.store}: nothing built there; see phahe build")
            self._build = seen, str(build)
        return self._build[1]

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive():
                return worker
            self._in_background(self._bring(instead_of=worker))
        settings = self._settings
        retry_after = max(1, math.ceil(settings.query_seconds / 10))
        if len(self._line) >= settings.query_waiting:
            self.counts["turned-away"] += 1
            detail = f"{settings.query_workers} queries run and {len(self._line)} wait, more may not"
            raise BusyError(detail, retry_after)
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._line.append(place)
        try:
            async with asyncio.timeout(settings.query_seconds):
                return await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self._give(place.result())
            if not isinstance(error, TimeoutError):
                raise
            self.counts["turned-away"] += 1
            detail = f"no query process became free within {settings.query_seconds:g} seconds"
            raise BusyError(detail, retry_after) from None
        finally:
            with suppress(ValueError):
                self._line.remove(place)

    def _give(self, worker: Worker) -> None:
        """A process is free: for the first in the line, or for whoever comes."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    async def _bring(self, instead_of: Worker | None = None) -> None:
        """Start a process, let it open the live build, and give it to who waits."""
        if instead_of is not None:
            self._all.discard(instead_of)
            await instead_of.end()
        pause = 0.1
        while True:
            worker = await start_worker(self._settings.service_allow, self._settings.query_memory_mb)
            self._all.add(worker)
            try:
                await self._warm(worker)
            except WorkerDeathError as error:
                _LOG.error("%s while it started; trying again in %g seconds", error, pause)
                self._all.discard(worker)
                await asyncio.sleep(pause)
                pause = min(30, pause * 2)
            else:
                self._give(worker)
                return

    async def _warm(self, worker: Worker) -> None:
        try:
            build = self._live_build()
        except StoreError:
            return
        worker.send(Job("ASK {}", table="application/sparql-results+json"), build)
        while (await worker.frame())[0] not in {READY, QUIT}:
            pass

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
