"""One process that answers queries, as the server sees it: started, spoken to over a socket, killed."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from collections import deque
from functools import partial
from typing import cast

from graph.query_worker import OUT_OF_MEMORY, Job

_READ_AHEAD = 256 * 1024
"""Bytes taken from the process before the client has taken them; then it waits."""


class WorkerDeathError(Exception):
    """The process ended while it was answering.

    Attributes:
        is_memory: it needed more memory than it may use.
        is_depth: the engine's stack did not suffice for what was asked.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"query process ended with status {status}")
        # memory that is refused ends in an abort; a machine without memory kills
        self.is_memory = status in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}
        self.is_depth = status in {-signal.SIGSEGV, -signal.SIGBUS}


class Worker(asyncio.Protocol):
    """A running query process; made by `start_worker`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._transport: asyncio.Transport | None = None
        self._unread = bytearray()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._n_ahead = 0
        self._is_paused = False
        self._waiter: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The process can be spoken to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Cut what comes into frames; beyond what may be read ahead, the process has to wait."""
        self._unread += data
        at = 0
        while len(self._unread) >= at + 5:
            end = at + 5 + int.from_bytes(self._unread[at + 1 : at + 5], "big")
            if len(self._unread) < end:
                break
            self._frames.append((bytes(self._unread[at : at + 1]), bytes(self._unread[at + 5 : end])))
            self._n_ahead += end - at - 5
            at = end
        del self._unread[:at]
        if self._n_ahead > _READ_AHEAD and self._transport and not self._is_paused:
            self._transport.pause_reading()
            self._is_paused = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended, or will."""
        self._transport = None
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def send(self, job: Job, build: str) -> None:
        """Ask a build; the answer comes as frames, up to READY or QUIT."""
        if self._transport is not None:
            self._transport.write(job.frame(build))

    async def frame(self) -> tuple[bytes, bytes]:
        """Kind and content of the next frame.

        Raises:
            WorkerDeathError: the process has ended.
        """
        while not self._frames:
            if self._transport is None:
                raise WorkerDeathError(await self._reap())
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        kind, content = self._frames.popleft()
        self._n_ahead -= len(content)
        if self._is_paused and self._n_ahead < _READ_AHEAD // 2 and self._transport:
            self._transport.resume_reading()
            self._is_paused = False
        return kind, content

    def is_alive(self) -> bool:
        """Whether the process has not closed its socket."""
        return self._transport is not None

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    async def end(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        if self._transport is not None:
            self._transport.abort()
        await self._reap()

    async def _reap(self) -> int:
        return await asyncio.get_running_loop().run_in_executor(None, partial(self._process.wait, 10))


async def start_worker(service_allow: tuple[str, ...], memory_mb: int) -> Worker:
    """Start a process; it opens a store with its first job.

    Args:
        service_allow: beginnings of the addresses that SERVICE may ask; none: it cannot reach any.
        memory_mb: megabytes it may use before it ends.
    """
    ours, its = socket.socketpair()
    config = json.dumps({"service_allow": service_allow, "memory": memory_mb << 20})
    with its:
        process = subprocess.Popen(  # noqa: S603 - our own program
            # -P: what lies in the current folder is not what is meant
            [sys.executable, "-P", "-m", "graph.query_worker", str(its.fileno()), config],
            pass_fds=[its.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    _, worker = await asyncio.get_running_loop().create_connection(lambda: Worker(process), sock=ours)
    return worker
