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
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from api.metrics import count_query, query_waiting
from api.settings import Settings
from api.sparql.asked import Asked, BusyError, QueryMemoryError, QueryTimeError, RefusedError
from api.sparql.worker import Worker, WorkerDeathError, start_worker
from graph.errors import PhaheError, StoreError
from graph.query_worker import QUIT, READY, Job
from graph.store import live_build

_LOG = logging.getLogger("phahe.sparql")
_OUTCOMES: dict[type[PhaheError], str] = {
    RefusedError: "refused",
    QueryTimeError: "timed-out",
    QueryMemoryError: "out-of-memory",
}


class QueryPool:
    """The query processes of one web process; started and closed with it.

    Queries are counted (`api.metrics`) by how they ended: `answered`, `refused`, `timed-out`, `out-of-memory`,
    `turned-away`, `abandoned` (by the client), `failed`.
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

    @property
    def n_alive(self) -> int:
        """Processes that answer or wait."""
        return sum(worker.is_alive() for worker in self._all)

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
        self.live_build()  # where nothing is built nobody need wait
        worker = await self._take()
        asked = Asked(worker, self._settings.query_seconds)
        outcome, began = "abandoned", time.monotonic()
        try:
            worker.send(job, self.live_build())
            yield asked
            outcome = "answered" if asked.is_whole else "abandoned"
        except PhaheError as error:
            outcome = _OUTCOMES.get(type(error), "failed")
            raise
        finally:
            asked.stop_clock()
            count_query(outcome, time.monotonic() - began)
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

    def live_build(self) -> str:
        """The folder of the live build; looked up anew when the file that names it was replaced.

        Raises:
            StoreError: nothing usable is built.
        """
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
            count_query("turned-away")
            detail = f"{settings.query_workers} queries run and {len(self._line)} wait, more may not"
            raise BusyError(detail, retry_after)
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._line.append(place)
        try:
            with query_waiting():
                async with asyncio.timeout(settings.query_seconds):
                    return await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self._give(place.result())
            if not isinstance(error, TimeoutError):
                raise
            count_query("turned-away")
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
            build = self.live_build()
        except StoreError:
            return
        worker.send(Job("ASK {}", table="application/sparql-results+json"), build)
        while (await worker.frame())[0] not in {READY, QUIT}:
            pass

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
